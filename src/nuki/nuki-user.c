/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-user-private.h"

#include "nuki-assign.h"

/**
 * NukiUser:
 *
 * A person to whom keys can be given: an `AccountUser` of the Nuki Web API 4.10.0. Read from JSON, then changed by
 * nuki_user_assign() alone.
 */
G_DEFINE_FINAL_TYPE (NukiUser, nuki_user, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_EMAIL,
  PROP_LANGUAGE,
  PROP_BUSY,
  PROP_CREATED,
  PROP_UPDATED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* `AccountUserCreate.language`. */
static const char *const languages[] = { "en", "de", "es", "fr", "it", "nl", "cs", "sk", NULL };

static gboolean
notify (NukiUser *self, guint prop, gboolean changed)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);

  return changed;
}

static void
nuki_user_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NukiUser *self = NUKI_USER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int (value, nuki_user_get_id (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, nuki_user_get_name (self));
      break;
    case PROP_EMAIL:
      g_value_set_string (value, nuki_user_get_email (self));
      break;
    case PROP_LANGUAGE:
      g_value_set_string (value, nuki_user_get_language (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, nuki_user_get_busy (self));
      break;
    case PROP_CREATED:
      g_value_set_boxed (value, nuki_user_get_created (self));
      break;
    case PROP_UPDATED:
      g_value_set_boxed (value, nuki_user_get_updated (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
nuki_user_finalize (GObject *object)
{
  NukiUser *self = NUKI_USER (object);

  g_free (self->name);
  g_free (self->email);
  g_free (self->language);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_clear_pointer (&self->updated, g_date_time_unref);

  G_OBJECT_CLASS (nuki_user_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * NukiUser:id:
   *
   * The `accountUserId`.
   */
  properties[PROP_ID] = g_param_spec_int ("id", NULL, NULL, G_MININT, G_MAXINT, 0, read_only);
  /**
   * NukiUser:name:
   *
   * The name; may be empty.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read_only);
  /**
   * NukiUser:email:
   *
   * The e-mail address that invitations go to; may be empty.
   */
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, read_only);
  /**
   * NukiUser:language:
   *
   * The language of invitations as an ISO 639-1 code, or %NULL if the service says none.
   */
  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL, read_only);
  /**
   * NukiUser:busy:
   *
   * Whether an operation on this person is under way; changes are refused meanwhile.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, read_only);
  /**
   * NukiUser:created:
   *
   * When this person was added, UTC.
   */
  properties[PROP_CREATED] = g_param_spec_boxed ("created", NULL, NULL, G_TYPE_DATE_TIME, read_only);
  /**
   * NukiUser:updated:
   *
   * When this person was last changed, UTC.
   */
  properties[PROP_UPDATED] = g_param_spec_boxed ("updated", NULL, NULL, G_TYPE_DATE_TIME, read_only);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
nuki_user_class_init (NukiUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nuki_user_get_property;
  object_class->finalize = nuki_user_finalize;
  install_properties (object_class);
}

static void
nuki_user_init (NukiUser *self)
{
}

/**
 * nuki_user_get_id:
 *
 * Returns: the `accountUserId`
 */
int
nuki_user_get_id (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), 0);

  return self->id;
}

/**
 * nuki_user_get_name:
 *
 * Returns: the name; may be empty
 */
const char *
nuki_user_get_name (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), NULL);

  return self->name;
}

/**
 * nuki_user_get_email:
 *
 * Returns: the e-mail address that invitations go to; may be empty
 */
const char *
nuki_user_get_email (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), NULL);

  return self->email;
}

/**
 * nuki_user_get_language:
 *
 * Returns: (nullable): the language of invitations as an ISO 639-1 code
 */
const char *
nuki_user_get_language (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), NULL);

  return self->language;
}

/**
 * nuki_user_get_busy:
 *
 * Returns: %TRUE if an operation on this person is under way
 */
gboolean
nuki_user_get_busy (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), FALSE);

  return self->busy;
}

/**
 * nuki_user_get_created:
 *
 * Returns: (transfer none) (nullable): when this person was added, UTC
 */
GDateTime *
nuki_user_get_created (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), NULL);

  return self->created;
}

/**
 * nuki_user_get_updated:
 *
 * Returns: (transfer none) (nullable): when this person was last changed, UTC
 */
GDateTime *
nuki_user_get_updated (NukiUser *self)
{
  g_return_val_if_fail (NUKI_IS_USER (self), NULL);

  return self->updated;
}

/**
 * nuki_user_assign:
 * @newer: what the service says now about the same person
 *
 * Takes over all that is new, so that what shows this object stays; notifies only what changed.
 *
 * Returns: whether anything is new
 */
gboolean
nuki_user_assign (NukiUser *self, NukiUser *newer)
{
  gboolean changed = FALSE;

  g_return_val_if_fail (NUKI_IS_USER (self), FALSE);
  g_return_val_if_fail (NUKI_IS_USER (newer), FALSE);
  g_return_val_if_fail (self->id == newer->id, FALSE);

  g_object_freeze_notify (G_OBJECT (self));
  changed |= notify (self, PROP_NAME, nuki_assign_string (&self->name, newer->name));
  changed |= notify (self, PROP_EMAIL, nuki_assign_string (&self->email, newer->email));
  changed |= notify (self, PROP_LANGUAGE, nuki_assign_string (&self->language, newer->language));
  changed |= notify (self, PROP_BUSY, nuki_assign_int (&self->busy, newer->busy));
  changed |= notify (self, PROP_CREATED, nuki_assign_date (&self->created, newer->created));
  changed |= notify (self, PROP_UPDATED, nuki_assign_date (&self->updated, newer->updated));
  g_object_thaw_notify (G_OBJECT (self));

  return changed;
}

/**
 * nuki_user_list_languages:
 *
 * Returns: (transfer none): the languages in which the service writes invitations, as ISO 639-1 codes; %NULL-terminated
 */
const char *const *
nuki_user_list_languages (void)
{
  return languages;
}
