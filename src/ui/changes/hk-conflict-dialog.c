/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-conflict-dialog.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "form/hk-languages.h"
#include "hk-wrap.h"

struct _HkConflictDialog
{
  HkDialog parent_instance;

  HkAccount *account; /* (owned) */
  HkChange *change;   /* (owned) */

  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (HkConflictDialog, hk_conflict_dialog, HK_TYPE_DIALOG)

static const struct
{
  HkFields field;
  const char *name;
} fields[] = {
  { HK_FIELD_NAME, N_ ("Name") },
  { HK_FIELD_EMAIL, N_ ("E-mail") },
  /* Translators: in which somebody gets e-mails. */
  { HK_FIELD_LANGUAGE, N_ ("Language") },
  /* Translators: whether a lock is one. */
  { HK_FIELD_FAVORITE, N_ ("Favorite") },
  /* Translators: the digits to be typed on a keypad. */
  { HK_FIELD_CODE, N_ ("Code") },
  { HK_FIELD_ENABLED, N_ ("On or off") },
  { HK_FIELD_REMOTE, N_ ("Operate from afar") },
  { HK_FIELD_LIMITS, N_ ("When") },
};

static char *
describe_limits (HkConflictDialog *self, const NukiLimits *limits)
{
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autoptr (GTimeZone) computer = g_time_zone_new_local ();
  NukiLock *lock = hk_change_get_lock (self->change);

  return nuki_limits_describe (limits, lock != NULL ? nuki_lock_get_zone (lock) : computer, now);
}

static char *
describe_of_key (HkConflictDialog *self, const NukiKeySpec *spec, HkFields field)
{
  if (field == HK_FIELD_NAME)
    return g_strdup (spec->name);
  if (field == HK_FIELD_CODE)
    return g_strdup_printf ("%06d", spec->code);
  if (field == HK_FIELD_ENABLED)
    /* Translators: whether a key is. */
    return g_strdup (spec->enabled ? _ ("On") : _ ("Off"));
  if (field == HK_FIELD_REMOTE)
    /* Translators: whether something is. */
    return g_strdup (spec->remote_allowed ? _ ("Allowed") : _ ("Not allowed"));

  return describe_limits (self, spec->limits);
}

static char *
describe_of_details (const HkDetails *details, HkFields field)
{
  if (field == HK_FIELD_NAME)
    return g_strdup (details->name);
  if (field == HK_FIELD_EMAIL)
    return hk_wrap_email (details->email);
  if (field == HK_FIELD_LANGUAGE)
    return g_strdup (hk_languages_get_name (details->language));

  /* Translators: whether a lock is a favorite. */
  return g_strdup (details->favorite ? _ ("Yes") : _ ("No"));
}

static void
add_row (HkConflictDialog *self, const char *name, HkFields field)
{
  const HkDetails *their_details = hk_change_get_their_details (self->change);
  g_autofree char *theirs = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (their_details != NULL)
    {
      theirs = describe_of_details (their_details, field);
      mine = describe_of_details (hk_change_get_details (self->change), field);
    }
  else
    {
      theirs = describe_of_key (self, hk_change_get_theirs (self->change), field);
      mine = describe_of_key (self, hk_change_get_spec (self->change), field);
    }

  /* Translators: what somebody else chose, and below it what the user chose. */
  subtitle = nuki_text_printf (_ ("Theirs: %s\nYours: %s"), theirs, mine);
  row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name, "subtitle-lines", 0, NULL);
  /* The label is told of use-markup when the row has been made, and must not have the text before. */
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->group, row);
}

static const char *
get_question (HkChange *change)
{
  switch (hk_change_get_kind (change))
    {
    case HK_CHANGE_UPDATE_PERSON:
      return _ ("While you edited this person, somebody else changed them too. Which one is right?");
    case HK_CHANGE_UPDATE_LOCK:
      return _ ("While you edited this lock, somebody else changed it too. Which one is right?");
    case HK_CHANGE_CREATE_KEY:
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_SWITCH_KEY:
    case HK_CHANGE_DELETE_KEY:
    case HK_CHANGE_DELETE_PERSON:
    default:
      return _ ("While you edited this key, somebody else changed it too. Which one is right?");
    }
}

static void
on_keep_theirs (HkConflictDialog *self)
{
  hk_account_resolve (self->account, self->change, 0);
  hk_dialog_force_close (HK_DIALOG (self));
}

static void
on_use_mine (HkConflictDialog *self)
{
  hk_account_resolve (self->account, self->change, hk_change_get_conflict (self->change));
  hk_dialog_force_close (HK_DIALOG (self));
}

static void
hk_conflict_dialog_dispose (GObject *object)
{
  HkConflictDialog *self = HK_CONFLICT_DIALOG (object);

  g_clear_object (&self->change);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_conflict_dialog_parent_class)->dispose (object);
}

static void
hk_conflict_dialog_class_init (HkConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hk_conflict_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/changes/hk-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkConflictDialog, group);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_theirs);
  gtk_widget_class_bind_template_callback (widget_class, on_use_mine);
}

static void
hk_conflict_dialog_init (HkConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_conflict_dialog_new:
 * @account: whose change it is
 * @change: a change for which hk_change_get_conflict() says something
 *
 * Returns: (transfer floating): a dialog to present
 */
HkConflictDialog *
hk_conflict_dialog_new (HkAccount *account, HkChange *change)
{
  HkConflictDialog *self;
  HkFields conflict;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (HK_IS_CHANGE (change), NULL);

  self = g_object_new (HK_TYPE_CONFLICT_DIALOG, NULL);
  self->account = g_object_ref (account);
  self->change = g_object_ref (change);
  adw_preferences_group_set_description (self->group, get_question (change));
  conflict = hk_change_get_conflict (change);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (conflict & fields[i].field)
      add_row (self, _ (fields[i].name), fields[i].field);

  return self;
}
