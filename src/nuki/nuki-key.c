/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-key-private.h"

#include "nuki-assign.h"

/**
 * NukiKey:
 *
 * A key to one lock, whoever or whatever has it: a `SmartlockAuth` of the Nuki Web API 4.10.0. Read from JSON,
 * then changed by nuki_key_assign() alone.
 */
G_DEFINE_FINAL_TYPE (NukiKey, nuki_key, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_LOCK_ID,
  PROP_USER_ID,
  PROP_KEY_TYPE,
  PROP_NAME,
  PROP_ENABLED,
  PROP_REMOTE_ALLOWED,
  PROP_CODE,
  PROP_LIMITS,
  PROP_USE_COUNT,
  PROP_LAST_ACTIVE,
  PROP_CREATED,
  PROP_UPDATED,
  PROP_BUSY,
  PROP_ON_LOCK,
  PROP_INFRASTRUCTURE,
  PROP_TROUBLE,
  N_PROPS,
};

#define READ_ONLY (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *properties[N_PROPS];

static gboolean
notify (NukiKey *self, guint prop, gboolean changed)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);

  return changed;
}

/* What nobody asks for but the service says. */
static void
get_history_property (NukiKey *self, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_USE_COUNT:
      g_value_set_int (value, nuki_key_get_use_count (self));
      break;
    case PROP_LAST_ACTIVE:
      g_value_set_boxed (value, nuki_key_get_last_active (self));
      break;
    case PROP_CREATED:
      g_value_set_boxed (value, nuki_key_get_created (self));
      break;
    case PROP_UPDATED:
      g_value_set_boxed (value, nuki_key_get_updated (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, nuki_key_get_busy (self));
      break;
    case PROP_ON_LOCK:
      g_value_set_boolean (value, nuki_key_get_on_lock (self));
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, nuki_key_get_trouble (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, prop_id, pspec);
    }
}

static void
nuki_key_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NukiKey *self = NUKI_KEY (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, nuki_key_get_id (self));
      break;
    case PROP_LOCK_ID:
      g_value_set_int64 (value, nuki_key_get_lock_id (self));
      break;
    case PROP_USER_ID:
      g_value_set_int (value, nuki_key_get_user_id (self));
      break;
    case PROP_KEY_TYPE:
      g_value_set_int (value, nuki_key_get_key_type (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, nuki_key_get_name (self));
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, nuki_key_get_enabled (self));
      break;
    case PROP_REMOTE_ALLOWED:
      g_value_set_boolean (value, nuki_key_get_remote_allowed (self));
      break;
    case PROP_CODE:
      g_value_set_int (value, nuki_key_get_code (self));
      break;
    case PROP_LIMITS:
      g_value_set_boxed (value, nuki_key_get_limits (self));
      break;
    case PROP_INFRASTRUCTURE:
      g_value_set_boolean (value, nuki_key_get_infrastructure (self));
      break;
    default:
      get_history_property (self, prop_id, value, pspec);
    }
}

static void
nuki_key_finalize (GObject *object)
{
  NukiKey *self = NUKI_KEY (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->trouble);
  g_clear_pointer (&self->limits, nuki_limits_unref);
  g_clear_pointer (&self->last_active, g_date_time_unref);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_clear_pointer (&self->updated, g_date_time_unref);

  G_OBJECT_CLASS (nuki_key_parent_class)->finalize (object);
}

static void
create_content_properties (void)
{
  /**
   * NukiKey:id:
   *
   * The id of the authorization, as it goes into addresses; not the `authId` of the device.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, READ_ONLY);
  /**
   * NukiKey:lock-id:
   *
   * The `smartlockId` of the lock.
   */
  properties[PROP_LOCK_ID] = g_param_spec_int64 ("lock-id", NULL, NULL, G_MININT64, G_MAXINT64, 0, READ_ONLY);
  /**
   * NukiKey:user-id:
   *
   * The `accountUserId` of the person, or 0.
   */
  properties[PROP_USER_ID] = g_param_spec_int ("user-id", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiKey:key-type:
   *
   * The #NukiKeyType.
   */
  properties[PROP_KEY_TYPE] = g_param_spec_int ("key-type", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiKey:name:
   *
   * The name; may be empty.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, READ_ONLY);
}

static void
create_permission_properties (void)
{
  /**
   * NukiKey:enabled:
   *
   * Whether the key is on.
   */
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiKey:remote-allowed:
   *
   * Whether the key operates the lock from afar.
   */
  properties[PROP_REMOTE_ALLOWED] = g_param_spec_boolean ("remote-allowed", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiKey:code:
   *
   * The six digits of a code, or 0.
   */
  properties[PROP_CODE] = g_param_spec_int ("code", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiKey:limits:
   *
   * When the key may be used.
   */
  properties[PROP_LIMITS] = g_param_spec_boxed ("limits", NULL, NULL, NUKI_TYPE_LIMITS, READ_ONLY);
  /**
   * NukiKey:infrastructure:
   *
   * Whether this is a bridge, a keypad or the like: not somebody's key, and never to be deleted.
   */
  properties[PROP_INFRASTRUCTURE] = g_param_spec_boolean ("infrastructure", NULL, NULL, FALSE, READ_ONLY);
}

static void
create_history_properties (void)
{
  /**
   * NukiKey:use-count:
   *
   * How often the key was used: `lockCount`.
   */
  properties[PROP_USE_COUNT] = g_param_spec_int ("use-count", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiKey:last-active:
   *
   * When the key was last used, UTC.
   */
  properties[PROP_LAST_ACTIVE] = g_param_spec_boxed ("last-active", NULL, NULL, G_TYPE_DATE_TIME, READ_ONLY);
  /**
   * NukiKey:created:
   *
   * When the key was made, UTC.
   */
  properties[PROP_CREATED] = g_param_spec_boxed ("created", NULL, NULL, G_TYPE_DATE_TIME, READ_ONLY);
  /**
   * NukiKey:updated:
   *
   * When the lock last confirmed the key, UTC.
   */
  properties[PROP_UPDATED] = g_param_spec_boxed ("updated", NULL, NULL, G_TYPE_DATE_TIME, READ_ONLY);
  /**
   * NukiKey:busy:
   *
   * Whether a change is on its way to the lock; another one is refused meanwhile.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiKey:on-lock:
   *
   * Whether the lock has confirmed the key; until then it is only in the service.
   */
  properties[PROP_ON_LOCK] = g_param_spec_boolean ("on-lock", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiKey:trouble:
   *
   * What the service says is wrong with the key, in its words.
   */
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, READ_ONLY);
}

static void
nuki_key_class_init (NukiKeyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nuki_key_get_property;
  object_class->finalize = nuki_key_finalize;
  create_content_properties ();
  create_permission_properties ();
  create_history_properties ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
nuki_key_init (NukiKey *self)
{
  self->type = NUKI_KEY_OTHER;
}

/**
 * nuki_key_get_id:
 *
 * Returns: the id of the authorization, as it goes into addresses; not the `authId` of the device
 */
const char *
nuki_key_get_id (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->id;
}

/**
 * nuki_key_get_lock_id:
 *
 * Returns: the `smartlockId` of the lock
 */
gint64
nuki_key_get_lock_id (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), 0);

  return self->lock_id;
}

/**
 * nuki_key_get_user_id:
 *
 * Returns: the `accountUserId` of the person, or 0
 */
int
nuki_key_get_user_id (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), 0);

  return self->user_id;
}

/**
 * nuki_key_get_key_type:
 *
 * Returns: what kind of key it is
 */
NukiKeyType
nuki_key_get_key_type (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NUKI_KEY_OTHER);

  return self->type;
}

/**
 * nuki_key_get_name:
 *
 * Returns: the name; may be empty
 */
const char *
nuki_key_get_name (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->name;
}

/**
 * nuki_key_get_enabled:
 *
 * Returns: %TRUE if the key is on
 */
gboolean
nuki_key_get_enabled (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);

  return self->enabled;
}

/**
 * nuki_key_get_remote_allowed:
 *
 * Returns: %TRUE if the key operates the lock from afar
 */
gboolean
nuki_key_get_remote_allowed (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);

  return self->remote_allowed;
}

/**
 * nuki_key_get_code:
 *
 * Returns: the six digits of a code, or 0
 */
int
nuki_key_get_code (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), 0);

  return self->code;
}

/**
 * nuki_key_get_limits:
 *
 * Returns: (transfer none): when the key may be used; never %NULL
 */
NukiLimits *
nuki_key_get_limits (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->limits;
}

/**
 * nuki_key_get_use_count:
 *
 * Returns: how often the key was used: `lockCount`
 */
int
nuki_key_get_use_count (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), 0);

  return self->use_count;
}

/**
 * nuki_key_get_last_active:
 *
 * Returns: (transfer none) (nullable): when the key was last used, UTC
 */
GDateTime *
nuki_key_get_last_active (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->last_active;
}

/**
 * nuki_key_get_created:
 *
 * Returns: (transfer none) (nullable): when the key was made, UTC
 */
GDateTime *
nuki_key_get_created (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->created;
}

/**
 * nuki_key_get_updated:
 *
 * Returns: (transfer none) (nullable): when the lock last confirmed the key, UTC
 */
GDateTime *
nuki_key_get_updated (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->updated;
}

/**
 * nuki_key_get_busy:
 *
 * Returns: %TRUE if a change is on its way to the lock; another one is refused meanwhile
 */
gboolean
nuki_key_get_busy (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);

  return self->busy;
}

/**
 * nuki_key_get_on_lock:
 *
 * Returns: %TRUE if the lock has confirmed the key; until then it is only in the service
 */
gboolean
nuki_key_get_on_lock (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);

  return self->updated != NULL;
}

/**
 * nuki_key_get_infrastructure:
 *
 * Returns: %TRUE if this is a bridge, a keypad or the like: not somebody's key, and never to be deleted
 */
gboolean
nuki_key_get_infrastructure (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);

  return self->type == NUKI_KEY_BRIDGE || self->type == NUKI_KEY_KEYPAD || self->type == NUKI_KEY_VIRTUAL;
}

/**
 * nuki_key_get_trouble:
 *
 * Returns: (nullable): what the service says is wrong with the key, in its words
 */
const char *
nuki_key_get_trouble (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), NULL);

  return self->trouble;
}

/**
 * nuki_key_get_understood:
 *
 * An update sends all of a key back, and the service drops what that leaves out.
 *
 * Returns: %FALSE if some of what the service says is in a form that nobody here understands, such as a date that is none
 */
gboolean
nuki_key_get_understood (NukiKey *self)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);

  return !self->not_understood;
}

static gboolean
is_same_history (NukiKey *self, NukiKey *other)
{
  return self->use_count == other->use_count && nuki_same_date (self->last_active, other->last_active) &&
         nuki_same_date (self->created, other->created) && nuki_same_date (self->updated, other->updated);
}

/**
 * nuki_key_equal:
 * @other: another object
 *
 * Returns: whether the service says the same of both
 */
gboolean
nuki_key_equal (NukiKey *self, NukiKey *other)
{
  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);
  g_return_val_if_fail (NUKI_IS_KEY (other), FALSE);

  return g_str_equal (self->id, other->id) && self->lock_id == other->lock_id && self->user_id == other->user_id &&
         self->type == other->type && g_strcmp0 (self->name, other->name) == 0 && self->enabled == other->enabled &&
         self->remote_allowed == other->remote_allowed && self->code == other->code && self->busy == other->busy &&
         g_strcmp0 (self->trouble, other->trouble) == 0 && nuki_limits_equal (self->limits, other->limits) &&
         self->not_understood == other->not_understood && is_same_history (self, other);
}

/**
 * nuki_key_assign:
 * @newer: what the service says now about the same key
 *
 * Takes over all that is new, so that what shows this object stays; notifies only what changed.
 *
 * Returns: whether anything is new
 */
gboolean
nuki_key_assign (NukiKey *self, NukiKey *newer)
{
  gboolean was_on_lock, was_infrastructure;
  gboolean changed = FALSE;

  g_return_val_if_fail (NUKI_IS_KEY (self), FALSE);
  g_return_val_if_fail (NUKI_IS_KEY (newer), FALSE);
  g_return_val_if_fail (g_str_equal (self->id, newer->id), FALSE);

  was_on_lock = nuki_key_get_on_lock (self);
  was_infrastructure = nuki_key_get_infrastructure (self);

  g_object_freeze_notify (G_OBJECT (self));
  changed |= notify (self, PROP_LOCK_ID, self->lock_id != newer->lock_id);
  self->lock_id = newer->lock_id;
  changed |= notify (self, PROP_KEY_TYPE, self->type != newer->type);
  self->type = newer->type;
  changed |= notify (self, PROP_USER_ID, nuki_assign_int (&self->user_id, newer->user_id));
  changed |= notify (self, PROP_NAME, nuki_assign_string (&self->name, newer->name));
  changed |= notify (self, PROP_ENABLED, nuki_assign_int (&self->enabled, newer->enabled));
  changed |= notify (self, PROP_REMOTE_ALLOWED, nuki_assign_int (&self->remote_allowed, newer->remote_allowed));
  changed |= notify (self, PROP_CODE, nuki_assign_int (&self->code, newer->code));
  changed |= notify (self, PROP_LIMITS, nuki_assign_limits (&self->limits, newer->limits));
  changed |= notify (self, PROP_USE_COUNT, nuki_assign_int (&self->use_count, newer->use_count));
  changed |= notify (self, PROP_LAST_ACTIVE, nuki_assign_date (&self->last_active, newer->last_active));
  changed |= notify (self, PROP_CREATED, nuki_assign_date (&self->created, newer->created));
  changed |= notify (self, PROP_UPDATED, nuki_assign_date (&self->updated, newer->updated));
  changed |= notify (self, PROP_BUSY, nuki_assign_int (&self->busy, newer->busy));
  changed |= notify (self, PROP_TROUBLE, nuki_assign_string (&self->trouble, newer->trouble));
  self->not_understood = newer->not_understood;
  changed |= notify (self, PROP_ON_LOCK, nuki_key_get_on_lock (self) != was_on_lock);
  changed |= notify (self, PROP_INFRASTRUCTURE, nuki_key_get_infrastructure (self) != was_infrastructure);
  g_object_thaw_notify (G_OBJECT (self));

  return changed;
}
