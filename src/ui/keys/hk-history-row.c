/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-history-row.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-key-words.h"

struct _HkHistoryRow
{
  AdwExpanderRow parent_instance;

  HkAccount *account;    /* (owned) */
  HkKey *key;            /* (owned) */
  HkChange *change;      /* (owned) */
  GCancellable *leaving; /* (owned) */

  GtkWidget *steps_row;
  GtkGrid *steps;
};

G_DEFINE_FINAL_TYPE (HkHistoryRow, hk_history_row, ADW_TYPE_EXPANDER_ROW)

static const char *
name_kind (HkChange *change)
{
  switch (hk_change_get_kind (change))
    {
    case HK_CHANGE_CREATE_KEY:
      /* Translators: what happened to a key; so are the next ones. */
      return _ ("Given");
    case HK_CHANGE_SWITCH_KEY:
      /* Translators: what happened to a key, or whether it is so. */
      return hk_change_get_spec (change)->enabled ? _ ("Switched on") : _ ("Switched off");
    case HK_CHANGE_DELETE_KEY:
      return _ ("Taken back");
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_UPDATE_PERSON:
    case HK_CHANGE_DELETE_PERSON:
    case HK_CHANGE_UPDATE_LOCK:
    default:
      /* Translators: what happened to a key. */
      return _ ("Edited");
    }
}

static gboolean
say_time_and_state (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  HkHistoryRow *self = HK_HISTORY_ROW (user_data);
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autofree char *moment =
      hk_words_moment (hk_change_get_asked (self->change), hk_key_get_zone (self->key), now);

  /* Translators: when something was asked, and what became of it. */
  g_value_take_string (to, nuki_text_printf (C_ ("change", "%s · %s"), moment, g_value_get_string (from)));

  return TRUE;
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/* Returns: (transfer full): only the time, if it is the day on which it was asked */
static char *
say_time (HkHistoryRow *self, GDateTime *time)
{
  GTimeZone *zone = hk_key_get_zone (self->key);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (time, zone);
  g_autoptr (GDateTime) asked = g_date_time_to_timezone (hk_change_get_asked (self->change), zone);

  if (is_same_day (local, asked))
    return nuki_limits_format_minute (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));

  return hk_words_moment (time, zone, asked);
}

static char *
say_looked_up (HkHistoryRow *self, const HkChangeStep *step)
{
  g_autofree char *last = say_time (self, step->last);

  if (step->count == 1)
    return g_strdup (_ ("Checked, not confirmed yet"));

  /* Translators: how often, and when last. */
  return nuki_text_printf (ngettext ("Checked %u time, last at %s, not confirmed yet",
                                     "Checked %u times, last at %s, not confirmed yet", step->count),
                           step->count, last);
}

static char *
say_held_up (HkHistoryRow *self, const HkChangeStep *step)
{
  g_autofree char *last = say_time (self, step->last);

  if (step->count == 1)
    /* Translators: a sentence that says what was in the way. */
    return nuki_text_printf (_ ("Delayed: %s"), step->text);

  return nuki_text_printf (
       /* Translators: how often, when last, and a sentence that says what was in the way. */
       ngettext ("Delayed %u time, last at %s: %s", "Delayed %u times, last at %s: %s", step->count),
       step->count, last, step->text);
}

static char *
say_step (HkHistoryRow *self, const HkChangeStep *step)
{
  switch (step->kind)
    {
    case HK_CHANGE_STEP_AMENDED:
      return g_strdup (_ ("Changed before it was sent"));
    case HK_CHANGE_STEP_RETRIED:
      return g_strdup (_ ("Tried again"));
    case HK_CHANGE_STEP_SENT:
      /* Translators: a change, to the service. */
      return g_strdup (_ ("Sent"));
    case HK_CHANGE_STEP_HELD_UP:
      return say_held_up (self, step);
    case HK_CHANGE_STEP_ACCEPTED:
      return g_strdup (_ ("Accepted by the service"));
    case HK_CHANGE_STEP_LOOKED_UP:
      return say_looked_up (self, step);
    case HK_CHANGE_STEP_NOT_CONFIRMED:
      return g_strdup (_ ("Not confirmed by the lock so far"));
    case HK_CHANGE_STEP_CONFIRMED:
      return g_strdup (_ ("Confirmed by the lock"));
    case HK_CHANGE_STEP_FAILED:
      /* Translators: %s is a sentence that says why */
      return nuki_text_printf (_ ("Failed: %s"), step->text);
    case HK_CHANGE_STEP_DISCARDED:
      return g_strdup (_ ("Discarded"));
    default:
      g_assert_not_reached ();
    }
}

static GtkWidget *
create_label (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "valign", GTK_ALIGN_START, NULL);
}

static void
add_line (HkHistoryRow *self, int line, GDateTime *time, const char *text, GString *all)
{
  g_autofree char *moment = say_time (self, time);
  GtkWidget *time_label = create_label (moment);
  GtkWidget *text_label = create_label (text);

  gtk_widget_add_css_class (time_label, "numeric");
  gtk_widget_add_css_class (time_label, "dim-label");
  g_object_set (text_label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  gtk_grid_attach (self->steps, time_label, 0, line, 1, 1);
  gtk_grid_attach (self->steps, text_label, 1, line, 1, 1);
  g_string_append_printf (all, "%s%s %s", line > 0 ? "\n" : "", moment, text);
}

static void
clear_lines (HkHistoryRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_grid_remove (self->steps, child);
}

/* @steps: (nullable): without a journal there is only the beginning */
static void
show_steps (HkHistoryRow *self, GPtrArray *steps)
{
  g_autoptr (GString) all = g_string_new (NULL);

  clear_lines (self);
  /* Translators: the beginning of what happened to a change: what the user wanted. */
  add_line (self, 0, hk_change_get_asked (self->change), _ ("Asked for"), all);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const HkChangeStep *step = g_ptr_array_index (steps, i);
      g_autofree char *text = say_step (self, step);

      add_line (self, (int) i + 1, step->first, text, all);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->steps_row), GTK_ACCESSIBLE_PROPERTY_LABEL, all->str,
                                  -1);
}

static void
on_steps_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkHistoryRow) self = HK_HISTORY_ROW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = hk_account_load_steps_finish (self->account, result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_steps (self, steps);
}

/* What is not to be seen is not read. */
static void
load (HkHistoryRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    hk_account_load_steps_async (self->account, self->change, self->leaving, on_steps_loaded,
                                 g_object_ref (self));
}

static void
hk_history_row_dispose (GObject *object)
{
  HkHistoryRow *self = HK_HISTORY_ROW (object);

  g_cancellable_cancel (self->leaving);

  G_OBJECT_CLASS (hk_history_row_parent_class)->dispose (object);
}

static void
hk_history_row_finalize (GObject *object)
{
  HkHistoryRow *self = HK_HISTORY_ROW (object);

  g_object_unref (self->account);
  g_object_unref (self->key);
  g_object_unref (self->change);
  g_object_unref (self->leaving);

  G_OBJECT_CLASS (hk_history_row_parent_class)->finalize (object);
}

static void
hk_history_row_class_init (HkHistoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hk_history_row_dispose;
  object_class->finalize = hk_history_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkHistoryRow, steps_row);
  gtk_widget_class_bind_template_child (widget_class, HkHistoryRow, steps);
}

static void
hk_history_row_init (HkHistoryRow *self)
{
  self->leaving = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (load), NULL);
}

/**
 * hk_history_row_new:
 * @key: the key that @change is about
 * @change: a change, from this session or an earlier one
 */
GtkWidget *
hk_history_row_new (HkAccount *account, HkKey *key, HkChange *change)
{
  HkHistoryRow *self = g_object_new (HK_TYPE_HISTORY_ROW, "title", name_kind (change), NULL);

  self->account = g_object_ref (account);
  self->key = g_object_ref (key);
  self->change = g_object_ref (change);
  g_object_bind_property_full (change, "text", self, "subtitle", G_BINDING_SYNC_CREATE, say_time_and_state,
                               NULL, self, NULL);
  g_signal_connect_object (change, "notify::state", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "keys-updated", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  show_steps (self, NULL);

  return GTK_WIDGET (self);
}
