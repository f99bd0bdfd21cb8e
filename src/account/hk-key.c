/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-private.h"

#include <glib/gi18n-lib.h>

#include "hk-key-changes.h"

/*
 * HkKey:
 * @record: (owned) (nullable): what the service last said; %NULL for a key that it has not shown yet
 * @lock_id: the lock's id
 * @lock: (owned) (nullable): the lock, if the account knows it
 * @person: (owned) (nullable): the person, if there is one and the account knows them
 * @changes: (owned) (nullable): what is asked of it, if there is anything
 * @mark: number of the last merge that has seen it
 * @gone: the service had it, and does not have it any more
 * @shown: it is in the account's list
 * @renamed: it is called otherwise, or is to another lock, than when the list was last told
 *
 * There may be tens of thousands: what most of them do not need is %NULL.
 */
struct _HkKey
{
  GObject parent_instance;

  NukiKey *record;
  gint64 lock_id;
  NukiLock *lock;
  NukiUser *person;
  HkKeyChanges *changes;
  guint mark;
  guint gone : 1;
  guint shown : 1;
  guint renamed : 1;
};

G_DEFINE_FINAL_TYPE (HkKey, hk_key, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RECORD,
  PROP_LOCK,
  PROP_PERSON,
  PROP_CHANGE,
  PROP_NAME,
  PROP_LOCK_NAME,
  PROP_KEY_TYPE,
  PROP_LIMITS,
  PROP_ENABLED,
  PROP_PENDING,
  PROP_INFRASTRUCTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What the screen shows of a key, to find out what has to be notified. */
typedef struct
{
  char *name;
  gboolean enabled;
  gboolean pending;
  HkChange *change;
  NukiLimits *limits;
} Look;

static void
notify (HkKey *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
take_look (HkKey *self, Look *look)
{
  look->name = g_strdup (hk_key_get_name (self));
  look->enabled = hk_key_get_enabled (self);
  look->pending = hk_key_get_pending (self);
  look->change = hk_key_get_change (self);
  look->limits = nuki_limits_ref (hk_key_get_limits (self));
}

/* Notifies where @before differs; returns whether it does anywhere. */
static gboolean
compare_look (HkKey *self, Look *before)
{
  GObject *object = G_OBJECT (self);
  Look now;
  gboolean differs = FALSE;

  take_look (self, &now);
  g_object_freeze_notify (object);
  if (g_strcmp0 (before->name, now.name) != 0)
    differs = self->renamed = TRUE, notify (self, PROP_NAME);
  if (before->enabled != now.enabled)
    differs = TRUE, notify (self, PROP_ENABLED);
  if (before->pending != now.pending)
    differs = TRUE, notify (self, PROP_PENDING);
  if (before->change != now.change)
    differs = TRUE, notify (self, PROP_CHANGE);
  if (!nuki_limits_equal (before->limits, now.limits))
    differs = TRUE, notify (self, PROP_LIMITS);
  g_object_thaw_notify (object);

  g_free (before->name);
  nuki_limits_unref (before->limits);
  g_free (now.name);
  nuki_limits_unref (now.limits);

  return differs;
}

/* Returns: (transfer none) (nullable): the record with what is asked written over it; %NULL if that is the record */
static NukiKeySpec *
get_view (HkKey *self)
{
  return self->changes != NULL ? self->changes->view : NULL;
}

/* To be called when the record or the changes are others; what is not needed any more goes. */
static void
update_view (HkKey *self)
{
  if (self->changes == NULL)
    return;

  hk_key_changes_update_view (self->changes, self->record);
  if (self->changes->list->len == 0 && self->changes->view == NULL)
    g_clear_pointer (&self->changes, hk_key_changes_free);
}

static void
hk_key_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKey *self = HK_KEY (object);

  switch (prop_id)
    {
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_CHANGE:
      g_value_set_object (value, hk_key_get_change (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, hk_key_get_name (self));
      break;
    case PROP_LOCK_NAME:
      g_value_set_string (value, hk_key_get_lock_name (self));
      break;
    case PROP_KEY_TYPE:
      g_value_set_uint (value, hk_key_get_key_type (self));
      break;
    case PROP_LIMITS:
      g_value_set_boxed (value, hk_key_get_limits (self));
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, hk_key_get_enabled (self));
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, hk_key_get_pending (self));
      break;
    case PROP_INFRASTRUCTURE:
      g_value_set_boolean (value, hk_key_get_infrastructure (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_finalize (GObject *object)
{
  HkKey *self = HK_KEY (object);

  g_clear_object (&self->record);
  g_clear_object (&self->lock);
  g_clear_object (&self->person);
  g_clear_pointer (&self->changes, hk_key_changes_free);

  G_OBJECT_CLASS (hk_key_parent_class)->finalize (object);
}

static void
hk_key_class_init (HkKeyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hk_key_get_property;
  object_class->finalize = hk_key_finalize;

  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, NUKI_TYPE_KEY, flags);
  properties[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, NUKI_TYPE_LOCK, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, NUKI_TYPE_USER, flags);
  properties[PROP_CHANGE] = g_param_spec_object ("change", NULL, NULL, HK_TYPE_CHANGE, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_LOCK_NAME] = g_param_spec_string ("lock-name", NULL, NULL, NULL, flags);
  /* A #NukiKeyType. */
  properties[PROP_KEY_TYPE] = g_param_spec_uint ("key-type", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LIMITS] = g_param_spec_boxed ("limits", NULL, NULL, NUKI_TYPE_LIMITS, flags);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_INFRASTRUCTURE] = g_param_spec_boolean ("infrastructure", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hk_key_init (HkKey *self)
{
}

/* For a key that a list showed; @record is kept and later assigned to. */
HkKey *
hk_key_new_for_record (NukiKey *record)
{
  HkKey *self = g_object_new (HK_TYPE_KEY, NULL);

  self->record = g_object_ref (record);
  self->lock_id = nuki_key_get_lock_id (record);

  return self;
}

/* For a key that is still to be made by @change. */
HkKey *
hk_key_new_for_change (HkChange *change)
{
  HkKey *self = g_object_new (HK_TYPE_KEY, NULL);

  g_assert (change->kind == HK_CHANGE_CREATE_KEY);

  self->lock_id = change->lock_id;
  hk_key_add_change (self, change);

  return self;
}

/* Returns: (nullable): the id of the record, or %NULL while there is none */
const char *
hk_key_get_id (HkKey *self)
{
  return self->record != NULL ? nuki_key_get_id (self->record) : NULL;
}

/* Returns: the `accountUserId` of the key, or 0 */
int
hk_key_get_user_id (HkKey *self)
{
  if (self->record != NULL)
    return nuki_key_get_user_id (self->record);

  return get_view (self)->user_id;
}

/* Takes over what the service says now; returns whether anything of it is new. */
gboolean
hk_key_assign_record (HkKey *self, NukiKey *newer)
{
  const gboolean is_first = self->record == NULL;
  gboolean changed = is_first;
  Look before;

  take_look (self, &before);
  if (is_first)
    self->record = g_object_ref (newer);
  else
    changed = nuki_key_assign (self->record, newer);
  update_view (self);
  if (is_first)
    notify (self, PROP_RECORD);

  changed |= hk_key_set_gone (self, FALSE);

  return compare_look (self, &before) || changed;
}

/* The key that was made is gone, and is to be made anew. */
void
hk_key_forget_record (HkKey *self)
{
  Look before;

  take_look (self, &before);
  g_clear_object (&self->record);
  self->gone = FALSE;
  update_view (self);
  compare_look (self, &before);
  notify (self, PROP_RECORD);
}

/* Returns: whether that is news */
gboolean
hk_key_set_gone (HkKey *self, gboolean gone)
{
  if (self->gone == gone)
    return FALSE;

  self->gone = gone;
  notify (self, PROP_RECORD);

  return TRUE;
}

/* Returns: whether the lock or the person is another than before */
gboolean
hk_key_join (HkKey *self, NukiLock *lock, NukiUser *person)
{
  gboolean changed = FALSE;

  if (g_set_object (&self->lock, lock))
    {
      changed = TRUE;
      notify (self, PROP_LOCK);
      notify (self, PROP_LOCK_NAME);
    }
  if (g_set_object (&self->person, person))
    {
      changed = TRUE;
      notify (self, PROP_PERSON);
    }
  self->renamed |= changed;

  return changed;
}

/* The lock has a new name. Told by the account: a handler per key would be dear. */
void
hk_key_tell_lock_name (HkKey *self)
{
  self->renamed = TRUE;
  notify (self, PROP_LOCK_NAME);
}

void
hk_key_add_change (HkKey *self, HkChange *change)
{
  const gboolean has_look = self->record != NULL || get_view (self) != NULL;
  Look before;

  if (has_look)
    take_look (self, &before);
  if (self->changes == NULL)
    self->changes = hk_key_changes_new ();
  g_ptr_array_add (self->changes->list, g_object_ref (change));
  update_view (self);
  if (has_look)
    compare_look (self, &before);
}

void
hk_key_remove_change (HkKey *self, HkChange *change)
{
  Look before;

  take_look (self, &before);
  g_ptr_array_remove (self->changes->list, change);
  update_view (self);
  compare_look (self, &before);
}

/* One of the changes is in another state. */
void
hk_key_refresh_changes (HkKey *self)
{
  Look before;

  take_look (self, &before);
  update_view (self);
  compare_look (self, &before);
  notify (self, PROP_PENDING);
  notify (self, PROP_CHANGE);
}

/* Returns: (transfer none) (nullable): what is neither confirmed nor discarded, oldest first */
GPtrArray *
hk_key_get_changes (HkKey *self)
{
  return self->changes != NULL && self->changes->list->len > 0 ? self->changes->list : NULL;
}

/* Returns: (transfer none) (nullable): the newest change that has not come to its end */
HkChange *
hk_key_get_last_unsettled (HkKey *self)
{
  return self->changes != NULL ? hk_key_changes_get_unsettled (self->changes) : NULL;
}

gboolean
hk_key_get_shown (HkKey *self)
{
  return self->shown;
}

void
hk_key_set_shown (HkKey *self, gboolean shown)
{
  /* A list that it comes into takes it as it is. */
  if (!self->shown && shown)
    self->renamed = FALSE;
  self->shown = shown;
}

gboolean
hk_key_get_renamed (HkKey *self)
{
  return self->renamed;
}

void
hk_key_set_renamed (HkKey *self, gboolean renamed)
{
  self->renamed = renamed;
}

guint
hk_key_get_mark (HkKey *self)
{
  return self->mark;
}

void
hk_key_set_mark (HkKey *self, guint mark)
{
  self->mark = mark;
}

/**
 * hk_key_get_record:
 *
 * Returns: (transfer none) (nullable): what the service last said; %NULL while the key is still being made
 */
NukiKey *
hk_key_get_record (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return self->record;
}

/**
 * hk_key_get_lock:
 *
 * Returns: (transfer none) (nullable): the lock, if it is in the account
 */
NukiLock *
hk_key_get_lock (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return self->lock;
}

/**
 * hk_key_get_lock_id:
 *
 * Returns: the `smartlockId` of the lock
 */
gint64
hk_key_get_lock_id (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), 0);

  return self->lock_id;
}

/**
 * hk_key_get_person:
 *
 * Returns: (transfer none) (nullable): the person who has the key; a code often belongs to nobody
 */
NukiUser *
hk_key_get_person (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return self->person;
}

/**
 * hk_key_get_change:
 *
 * Returns: (transfer none) (nullable): the newest change that is under way, or else the newest that failed
 */
HkChange *
hk_key_get_change (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return self->changes != NULL ? hk_key_changes_get_newest (self->changes) : NULL;
}

/**
 * hk_key_get_name:
 *
 * Returns: the name as asked for, or that of the person if the key has none
 */
const char *
hk_key_get_name (HkKey *self)
{
  const char *name;

  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  name = get_view (self) != NULL ? get_view (self)->name : nuki_key_get_name (self->record);
  if (name != NULL && *name != '\0')
    return name;

  if (self->person != NULL && nuki_user_get_name (self->person) != NULL)
    return nuki_user_get_name (self->person);

  return _ ("Unnamed key");
}

/**
 * hk_key_get_lock_name:
 *
 * Returns: the name of the lock
 */
const char *
hk_key_get_lock_name (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return self->lock != NULL ? nuki_lock_get_name (self->lock) : _ ("Unknown lock");
}

/**
 * hk_key_get_key_type:
 *
 * Returns: the kind of key
 */
NukiKeyType
hk_key_get_key_type (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NUKI_KEY_OTHER);

  return self->record != NULL ? nuki_key_get_key_type (self->record) : get_view (self)->type;
}

/**
 * hk_key_get_limits:
 *
 * Returns: (transfer none): when it may be used, as asked for
 */
NukiLimits *
hk_key_get_limits (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return get_view (self) != NULL ? get_view (self)->limits : nuki_key_get_limits (self->record);
}

/**
 * hk_key_get_enabled:
 *
 * Returns: whether it is switched on, as asked for
 */
gboolean
hk_key_get_enabled (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), FALSE);

  return get_view (self) != NULL ? get_view (self)->enabled : nuki_key_get_enabled (self->record);
}

/**
 * hk_key_get_pending:
 *
 * Returns: whether something that was asked for is not on the lock yet
 */
gboolean
hk_key_get_pending (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), FALSE);

  return hk_key_get_last_unsettled (self) != NULL;
}

/**
 * hk_key_get_infrastructure:
 *
 * Returns: whether it is a bridge, a keypad or the like, which must not be taken back
 */
gboolean
hk_key_get_infrastructure (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), FALSE);

  return self->record != NULL && nuki_key_get_infrastructure (self->record);
}

/**
 * hk_key_get_gone:
 *
 * Returns: whether the service does not have it any more; it is only there for a change to it that nobody has discarded
 */
gboolean
hk_key_get_gone (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), FALSE);

  return self->gone;
}

/**
 * hk_key_get_zone:
 *
 * Returns: (transfer none): the zone of the lock, or the computer's if it is not known
 */
GTimeZone *
hk_key_get_zone (HkKey *self)
{
  static GTimeZone *local;

  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  if (self->lock != NULL)
    return nuki_lock_get_zone (self->lock);

  if (g_once_init_enter (&local))
    g_once_init_leave (&local, g_time_zone_new_local ());

  return local;
}

/**
 * hk_key_dup_spec:
 *
 * Returns: (transfer full): the whole key as asked for, to be edited and given to hk_account_update_key()
 */
NukiKeySpec *
hk_key_dup_spec (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  return get_view (self) != NULL ? nuki_key_spec_copy (get_view (self)) : nuki_key_spec_new_from_key (self->record);
}
