/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-selection-bar.h"

#include "hk-selection-words.h"

struct _HkSelectionBar
{
  AdwBin parent_instance;

  HkAccount *account;        /* (owned) (nullable) */
  HkKeySelection *selection; /* (owned) (nullable) */
  GPtrArray *errands;        /* (owned) (element-type Errand): what has not ended */

  GtkRevealer *bar;
  GtkWidget *obstacles_view;
  GtkLabel *obstacles;
};

G_DEFINE_FINAL_TYPE (HkSelectionBar, hk_selection_bar, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_SELECTION,
} Property;

static GParamSpec *properties[PROP_SELECTION + 1];

/* What was asked for several keys at once. */
typedef struct
{
  HkJob job;
  GPtrArray *changes; /* (owned) (element-type HkChange) */
} Errand;

static const char *const job_actions[HK_N_JOBS] = {
  [HK_JOB_SWITCH_ON] = "selection.switch-on",
  [HK_JOB_SWITCH_OFF] = "selection.switch-off",
  [HK_JOB_DELETE] = "selection.delete",
};

static void
free_errand (gpointer data)
{
  Errand *errand = data;

  g_ptr_array_unref (errand->changes);
  g_free (errand);
}

static void
show_selected (HkSelectionBar *self)
{
  const gboolean active = hk_key_selection_get_active (self->selection);
  g_autoptr (GPtrArray) keys = hk_key_selection_list (self->selection);
  g_autofree char *text = NULL;
  HkSelected selected;

  hk_selected_count (&selected, keys);
  if (active)
    selected.unlisted = keys->len - hk_key_selection_count_listed (self->selection);
  text = hk_selection_words_obstacles (&selected);
  for (HkJob job = 0; job < HK_N_JOBS; job++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), job_actions[job], selected.can[job] > 0);
  gtk_label_set_label (self->obstacles, text);
  gtk_widget_set_visible (self->obstacles_view, *text != '\0');
  gtk_revealer_set_reveal_child (self->bar, active);
}

static void
tell_ends (HkSelectionBar *self)
{
  for (guint i = self->errands->len; i > 0; i--)
    {
      Errand *errand = g_ptr_array_index (self->errands, i - 1);
      gboolean trouble;
      g_autofree char *text = hk_selection_words_end (errand->job, errand->changes, &trouble);

      if (text == NULL)
        continue;
      g_ptr_array_remove_index (self->errands, i - 1);
      if (*text != '\0')
        gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "(sb)", text, trouble);
    }
}

static void
on_keys_updated (HkSelectionBar *self)
{
  tell_ends (self);
  if (hk_key_selection_get_active (self->selection))
    show_selected (self);
}

static void
on_notify_state (HkSelectionBar *self)
{
  if (hk_account_get_state (self->account) == HK_ACCOUNT_SIGNED_OUT)
    g_ptr_array_set_size (self->errands, 0);
}

static GPtrArray *
list_possible (HkSelectionBar *self, HkJob job)
{
  GPtrArray *keys = hk_key_selection_list (self->selection);

  for (guint i = keys->len; i > 0; i--)
    if (!hk_job_can (job, g_ptr_array_index (keys, i - 1)))
      g_ptr_array_remove_index_fast (keys, i - 1);

  return keys;
}

static void
start (HkSelectionBar *self, HkJob job)
{
  g_autoptr (GPtrArray) keys = list_possible (self, job);
  Errand *errand = g_new0 (Errand, 1);

  errand->job = job;
  errand->changes = job == HK_JOB_DELETE
                        ? hk_account_delete_keys (self->account, keys)
                        : hk_account_switch_keys (self->account, keys, job == HK_JOB_SWITCH_ON);
  g_ptr_array_add (self->errands, errand);
  hk_key_selection_set_active (self->selection, FALSE);
}

static void
on_job (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  for (HkJob job = 0; job < HK_N_JOBS; job++)
    if (g_str_equal (action_name, job_actions[job]))
      start (HK_SELECTION_BAR (widget), job);
}

static void
set_account (HkSelectionBar *self, HkAccount *account)
{
  if (account == NULL)
    return;

  self->account = g_object_ref (account);
  g_signal_connect_object (account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::state", G_CALLBACK (on_notify_state), self, G_CONNECT_SWAPPED);
}

static void
set_selection (HkSelectionBar *self, HkKeySelection *selection)
{
  if (selection == NULL)
    return;

  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED);
}

static void
hk_selection_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkSelectionBar *self = HK_SELECTION_BAR (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_selection_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkSelectionBar *self = HK_SELECTION_BAR (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      set_account (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_selection_bar_dispose (GObject *object)
{
  HkSelectionBar *self = HK_SELECTION_BAR (object);

  g_ptr_array_set_size (self->errands, 0);
  g_clear_object (&self->account);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (hk_selection_bar_parent_class)->dispose (object);
}

static void
hk_selection_bar_finalize (GObject *object)
{
  g_ptr_array_unref (HK_SELECTION_BAR (object)->errands);

  G_OBJECT_CLASS (hk_selection_bar_parent_class)->finalize (object);
}

static void
hk_selection_bar_class_init (HkSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_selection_bar_get_property;
  object_class->set_property = hk_selection_bar_set_property;
  object_class->dispose = hk_selection_bar_dispose;
  object_class->finalize = hk_selection_bar_finalize;

  /* Both are set once. */
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, HK_TYPE_KEY_SELECTION, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  for (HkJob job = 0; job < HK_N_JOBS; job++)
    gtk_widget_class_install_action (widget_class, job_actions[job], NULL, on_job);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HkSelectionBar, bar);
  gtk_widget_class_bind_template_child (widget_class, HkSelectionBar, obstacles_view);
  gtk_widget_class_bind_template_child (widget_class, HkSelectionBar, obstacles);
}

static void
hk_selection_bar_init (HkSelectionBar *self)
{
  self->errands = g_ptr_array_new_with_free_func (free_errand);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_selection_bar_get_obstacles:
 *
 * Returns: what cannot be done with some of the selected keys, in words; mostly nothing
 */
const char *
hk_selection_bar_get_obstacles (HkSelectionBar *self)
{
  g_return_val_if_fail (HK_IS_SELECTION_BAR (self), NULL);

  return gtk_label_get_label (self->obstacles);
}
