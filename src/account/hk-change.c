/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-change-private.h"

#include <glib/gi18n-lib.h>
#include <nuki-error.h>
#include <nuki-text.h>

G_DEFINE_FINAL_TYPE (HkChange, hk_change, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_STATE,
  PROP_SETTLED,
  PROP_ERROR,
  PROP_TEXT,
  PROP_NAME,
  PROP_ASKED,
  PROP_LOCK,
  PROP_CAN_UNDO,
  PROP_CAN_RETRY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_delete (HkChange *self)
{
  return self->kind == HK_CHANGE_DELETE_KEY || self->kind == HK_CHANGE_DELETE_PERSON;
}

static void
forget_theirs (HkChange *self)
{
  g_clear_pointer (&self->theirs, nuki_key_spec_free);
  g_clear_pointer (&self->their_details, hk_details_free);
}

static char *
dup_waiting_text (HkChange *self)
{
  if (self->undoable)
    return g_strdup (_ ("Deleting…"));

  switch (self->hindrance)
    {
    case HK_HINDRANCE_NETWORK:
      return g_strdup (is_delete (self) ? _ ("Deleting – waiting for the network") : _ ("Waiting for the network"));
    case HK_HINDRANCE_SERVICE:
      return g_strdup (is_delete (self) ? _ ("Deleting – waiting for the service") : _ ("Waiting for the service"));
    case HK_HINDRANCE_BUSY:
      return g_strdup (is_delete (self) ? _ ("Deleting – waiting for another change to end")
                                        : _ ("Waiting for another change to end"));
    case HK_HINDRANCE_UNCLEAR:
    case HK_HINDRANCE_NONE:
    default:
      break;
    }

  if (self->kind == HK_CHANGE_DELETE_PERSON)
    return g_strdup (_ ("Deleting – the keys are taken back first"));

  return g_strdup (is_delete (self) ? _ ("Deleting – waiting to be sent") : _ ("Waiting to be sent"));
}

static char *
dup_accepted_text (HkChange *self)
{
  const char *lock_name = self->lock != NULL ? nuki_lock_get_name (self->lock) : NULL;

  if (self->kind == HK_CHANGE_DELETE_PERSON)
    return g_strdup (_ ("Deleting…"));
  if (self->kind == HK_CHANGE_UPDATE_PERSON || self->kind == HK_CHANGE_UPDATE_LOCK)
    return g_strdup (_ ("Saving…"));

  if (hk_change_is_lock_offline (self))
    {
      if (is_delete (self))
        /* Translators: %s is the name of a lock */
        return nuki_text_printf (_ ("Deleting – waiting for the lock (%s is offline)"), lock_name);
      /* Translators: %s is the name of a lock */
      return nuki_text_printf (_ ("Waiting for the lock (%s is offline)"), lock_name);
    }

  return g_strdup (is_delete (self) ? _ ("Deleting – waiting for the lock") : _ ("Waiting for the lock"));
}

static char *
dup_unclear_text (HkChange *self)
{
  if (hk_change_is_lock_offline (self))
    /* Translators: %s is the name of a lock */
    return nuki_text_printf (_ ("Not known whether the service has it – checking until %s is back online"),
                             nuki_lock_get_name (self->lock));

  return g_strdup (_ ("Not known whether the service has it – checking"));
}

static char *
dup_not_confirmed_text (HkChange *self)
{
  if (self->hindrance == HK_HINDRANCE_UNCLEAR)
    return dup_unclear_text (self);
  if (self->kind == HK_CHANGE_DELETE_PERSON)
    return g_strdup (_ ("Not deleted yet – not every lock has confirmed"));
  if (self->kind == HK_CHANGE_UPDATE_PERSON || self->kind == HK_CHANGE_UPDATE_LOCK)
    return g_strdup (_ ("Not confirmed yet"));

  if (hk_change_is_lock_offline (self))
    {
      const char *lock_name = nuki_lock_get_name (self->lock);

      if (is_delete (self))
        /* Translators: %s is the name of a lock */
        return nuki_text_printf (_ ("Deleting – the lock has not confirmed yet (%s is offline)"), lock_name);
      /* Translators: %s is the name of a lock */
      return nuki_text_printf (_ ("The lock has not confirmed yet (%s is offline)"), lock_name);
    }

  return g_strdup (is_delete (self) ? _ ("Deleting – the lock has not confirmed yet")
                                    : _ ("The lock has not confirmed yet"));
}

static void
on_lock_notify (HkChange *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
hk_change_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkChange *self = HK_CHANGE (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_SETTLED:
      g_value_set_boolean (value, hk_change_get_settled (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_TEXT:
      g_value_take_string (value, hk_change_dup_text (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ASKED:
      g_value_set_boxed (value, self->asked);
      break;
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, hk_change_get_can_undo (self));
      break;
    case PROP_CAN_RETRY:
      g_value_set_boolean (value, hk_change_get_can_retry (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_change_dispose (GObject *object)
{
  HkChange *self = HK_CHANGE (object);

  if (self->parts != NULL)
    for (guint i = 0; i < self->parts->len; i++)
      HK_CHANGE (g_ptr_array_index (self->parts, i))->whole = NULL;

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_object (&self->after);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (hk_change_parent_class)->dispose (object);
}

static void
hk_change_finalize (GObject *object)
{
  HkChange *self = HK_CHANGE (object);

  g_date_time_unref (self->asked);
  g_clear_error (&self->error);
  g_free (self->name);
  g_free (self->key_id);
  g_clear_pointer (&self->spec, nuki_key_spec_free);
  g_clear_pointer (&self->base, nuki_key_spec_free);
  forget_theirs (self);
  g_clear_pointer (&self->invitee, hk_invitee_unref);
  g_clear_pointer (&self->details, hk_details_free);
  g_clear_pointer (&self->base_details, hk_details_free);

  G_OBJECT_CLASS (hk_change_parent_class)->finalize (object);
}

static void
hk_change_class_init (HkChangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hk_change_get_property;
  object_class->dispose = hk_change_dispose;
  object_class->finalize = hk_change_finalize;

  /* A #HkChangeKind and a #HkChangeState. */
  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ASKED] = g_param_spec_boxed ("asked", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, NUKI_TYPE_LOCK, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_RETRY] = g_param_spec_boolean ("can-retry", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hk_change_init (HkChange *self)
{
  self->state = HK_CHANGE_WAITING;
}

/*
 * hk_change_new:
 * @kind: what is asked; the fields that belong to it are set by the caller
 * @asked: when it is asked
 */
HkChange *
hk_change_new (HkChangeKind kind, GDateTime *asked)
{
  HkChange *self = g_object_new (HK_TYPE_CHANGE, NULL);

  self->kind = kind;
  self->asked = g_date_time_ref (asked);

  return self;
}

/* @lock tells whether it is offline; %NULL if the account does not know the lock (any more). */
void
hk_change_set_lock (HkChange *self, gint64 lock_id, NukiLock *lock)
{
  NukiLock *before = self->lock;

  self->lock_id = lock_id;
  if (before == lock)
    return;

  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, on_lock_notify, self);
  g_set_object (&self->lock, lock);

  if (lock != NULL)
    {
      g_signal_connect_object (lock, "notify::online", G_CALLBACK (on_lock_notify), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lock, "notify::name", G_CALLBACK (on_lock_notify), self, G_CONNECT_SWAPPED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOCK]);
}

void
hk_change_set_name (HkChange *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

void
hk_change_set_key_id (HkChange *self, const char *key_id)
{
  if (self->key_id == key_id)
    return;

  g_free (self->key_id);
  self->key_id = g_strdup (key_id);
}

/* The key is the invited person's as soon as there is one, also while it waits for its turn. */
void
hk_change_set_invited (HkChange *self)
{
  if (self->invitee == NULL || self->spec == NULL || self->user_id != 0)
    return;

  self->user_id = hk_invitee_get_user_id (self->invitee);
  self->spec->user_id = self->user_id;
}

void
hk_change_set_undoable (HkChange *self, gboolean undoable)
{
  if (self->undoable == undoable)
    return;

  self->undoable = undoable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

void
hk_change_set_hindrance (HkChange *self, HkHindrance hindrance)
{
  if (self->hindrance == hindrance)
    return;

  self->hindrance = hindrance;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* Forgets an earlier error; hk_change_fail() is the way to %HK_CHANGE_FAILED. */
void
hk_change_set_state (HkChange *self, HkChangeState state)
{
  GObject *object = G_OBJECT (self);

  if (self->state == state && self->error == NULL)
    return;

  g_clear_error (&self->error);
  if (state != HK_CHANGE_FAILED)
    forget_theirs (self);
  self->state = state;
  if (state != HK_CHANGE_WAITING)
    self->undoable = FALSE;
  if (hk_change_get_settled (self))
    g_clear_object (&self->after);

  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, properties[PROP_STATE]);
  g_object_notify_by_pspec (object, properties[PROP_SETTLED]);
  g_object_notify_by_pspec (object, properties[PROP_ERROR]);
  g_object_notify_by_pspec (object, properties[PROP_TEXT]);
  g_object_notify_by_pspec (object, properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (object, properties[PROP_CAN_RETRY]);
  g_object_thaw_notify (object);
}

void
hk_change_fail (HkChange *self, const GError *error)
{
  g_autoptr (GError) copy = g_error_copy (error);

  g_object_freeze_notify (G_OBJECT (self));
  hk_change_set_state (self, HK_CHANGE_FAILED);
  self->error = g_steal_pointer (&copy);
  g_object_thaw_notify (G_OBJECT (self));
}

static const char *
get_conflict_text (HkChange *self)
{
  switch (self->kind)
    {
    case HK_CHANGE_UPDATE_PERSON:
      return _ ("Somebody else has changed this person in the meantime.");
    case HK_CHANGE_UPDATE_LOCK:
      return _ ("Somebody else has changed this lock in the meantime.");
    case HK_CHANGE_CREATE_KEY:
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_SWITCH_KEY:
    case HK_CHANGE_DELETE_KEY:
    case HK_CHANGE_DELETE_PERSON:
    default:
      return _ ("Somebody else has changed this key in the meantime.");
    }
}

/*
 * hk_change_set_theirs:
 * @theirs: (nullable): what somebody else made of the key
 * @their_details: (nullable): or of the person or the lock
 *
 * It failed because of that.
 */
void
hk_change_set_theirs (HkChange *self, const NukiKeySpec *theirs, const HkDetails *their_details)
{
  forget_theirs (self);
  if (theirs != NULL)
    self->theirs = nuki_key_spec_copy (theirs);
  if (their_details != NULL)
    self->their_details = hk_details_copy (their_details);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/*
 * hk_change_fail_conflict:
 * @theirs: (nullable): see hk_change_set_theirs()
 * @their_details: (nullable): likewise
 */
void
hk_change_fail_conflict (HkChange *self, const NukiKeySpec *theirs, const HkDetails *their_details)
{
  g_autoptr (GError) error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_CONFLICT, get_conflict_text (self));

  hk_change_set_theirs (self, theirs, their_details);
  hk_change_fail (self, error);
}

gboolean
hk_change_is_lock_offline (HkChange *self)
{
  return self->lock != NULL && !nuki_lock_get_online (self->lock);
}

/**
 * hk_change_get_kind:
 *
 * Returns: what is asked
 */
HkChangeKind
hk_change_get_kind (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), 0);

  return self->kind;
}

/**
 * hk_change_get_state:
 *
 * Returns: what became of it so far
 */
HkChangeState
hk_change_get_state (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), HK_CHANGE_FAILED);

  return self->state;
}

/**
 * hk_change_get_settled:
 *
 * Returns: %TRUE if nothing more will happen by itself: confirmed, failed or discarded
 */
gboolean
hk_change_get_settled (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), TRUE);

  return self->state == HK_CHANGE_CONFIRMED || self->state == HK_CHANGE_FAILED ||
         self->state == HK_CHANGE_DISCARDED;
}

/**
 * hk_change_get_lock_id:
 *
 * Returns: the `smartlockId` of the lock that it is about, or 0
 */
gint64
hk_change_get_lock_id (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), 0);

  return self->lock_id;
}

/**
 * hk_change_get_lock:
 *
 * Returns: (transfer none) (nullable): the lock that it is about, if the account knows it
 */
NukiLock *
hk_change_get_lock (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->lock;
}

/**
 * hk_change_get_key_id:
 *
 * Returns: (nullable): the id of the key that it is about; a new key has none until a read-back revealed it
 */
const char *
hk_change_get_key_id (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->key_id;
}

/**
 * hk_change_get_user_id:
 *
 * Returns: the `accountUserId` of the person that it is about, or 0
 */
int
hk_change_get_user_id (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), 0);

  return self->user_id;
}

/**
 * hk_change_get_name:
 *
 * Returns: (nullable): the name of the key, person or lock that it is about, as it was when it was asked
 */
const char *
hk_change_get_name (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->name;
}

/**
 * hk_change_get_spec:
 *
 * Returns: (transfer none) (nullable): what is asked for a key; %NULL unless a key is created, updated or switched
 */
const NukiKeySpec *
hk_change_get_spec (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->spec;
}

/**
 * hk_change_get_details:
 *
 * Returns: (transfer none) (nullable): what is asked for a person or a lock; %NULL unless one of these is updated
 */
const HkDetails *
hk_change_get_details (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->details;
}

/**
 * hk_change_get_error:
 *
 * Returns: (transfer none) (nullable): why it failed, in words for a person
 */
const GError *
hk_change_get_error (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->error;
}

/**
 * hk_change_get_asked:
 *
 * Returns: (transfer none): when it was asked, UTC
 */
GDateTime *
hk_change_get_asked (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->asked;
}

/**
 * hk_change_dup_text:
 *
 * Returns: (transfer full): the state in a few words, for the second line of a row
 */
char *
hk_change_dup_text (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  switch (self->state)
    {
    case HK_CHANGE_WAITING:
      return dup_waiting_text (self);
    case HK_CHANGE_SENDING:
      /* Translators: what Housekeys is doing. */
      return g_strdup (is_delete (self) ? _ ("Deleting…") : _ ("Saving…"));
    case HK_CHANGE_ACCEPTED:
      return dup_accepted_text (self);
    case HK_CHANGE_CONFIRMED:
      /* Translators: what became of a change. */
      return g_strdup (is_delete (self) ? _ ("Deleted") : _ ("Saved"));
    case HK_CHANGE_NOT_CONFIRMED:
      return dup_not_confirmed_text (self);
    case HK_CHANGE_FAILED:
      /* Translators: %s is a sentence that says why */
      return nuki_text_printf (_ ("Failed: %s"), self->error->message);
    case HK_CHANGE_DISCARDED:
      /* Translators: what became of a change. */
      return g_strdup (_ ("Discarded"));
    default:
      g_assert_not_reached ();
    }
}

/**
 * hk_change_get_can_undo:
 *
 * Returns: %TRUE while it takes something away and has not been sent yet
 */
gboolean
hk_change_get_can_undo (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), FALSE);

  return self->undoable;
}

/**
 * hk_change_get_can_retry:
 *
 * Returns: %TRUE if hk_account_retry() may start it again
 */
gboolean
hk_change_get_can_retry (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), FALSE);

  return self->state == HK_CHANGE_FAILED || self->state == HK_CHANGE_NOT_CONFIRMED;
}

/**
 * hk_change_get_stuck:
 *
 * Returns: %TRUE if it does not go on as usual: it failed, is not confirmed, or something is in its way
 */
gboolean
hk_change_get_stuck (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), FALSE);

  return hk_change_get_can_retry (self) ||
         (self->state == HK_CHANGE_WAITING && self->hindrance != HK_HINDRANCE_NONE && !self->undoable);
}
