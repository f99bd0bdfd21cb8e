/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-lock-choice.h"

#include <glib/gi18n-lib.h>

/*
 * One lock in the list of those that may get the new key: whether it is chosen, what there is to say about it, and
 * whether something stands against it. Owned by a HkInviteDraft.
 */
struct _HkLockChoice
{
  GObject parent_instance;

  NukiLock *lock;      /* (owned) */
  gboolean wanted;     /* remembered while an obstacle lasts */
  char *obstacle;      /* (owned) (nullable): why it cannot be chosen */
};

G_DEFINE_FINAL_TYPE (HkLockChoice, hk_lock_choice, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CHOSEN,
  PROP_SELECTABLE,
  PROP_NOTE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
hk_lock_choice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkLockChoice *self = HK_LOCK_CHOICE (object);

  switch (prop_id)
    {
    case PROP_CHOSEN:
      g_value_set_boolean (value, hk_lock_choice_get_chosen (self));
      break;
    case PROP_SELECTABLE:
      g_value_set_boolean (value, hk_lock_choice_get_selectable (self));
      break;
    case PROP_NOTE:
      g_value_set_string (value, hk_lock_choice_get_note (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_lock_choice_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CHOSEN)
    hk_lock_choice_set_chosen (HK_LOCK_CHOICE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_lock_choice_finalize (GObject *object)
{
  HkLockChoice *self = HK_LOCK_CHOICE (object);

  g_clear_object (&self->lock);
  g_free (self->obstacle);

  G_OBJECT_CLASS (hk_lock_choice_parent_class)->finalize (object);
}

static void
hk_lock_choice_class_init (HkLockChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hk_lock_choice_get_property;
  object_class->set_property = hk_lock_choice_set_property;
  object_class->finalize = hk_lock_choice_finalize;

  props[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SELECTABLE] = g_param_spec_boolean ("selectable", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_lock_choice_init (HkLockChoice *self)
{
}

/**
 * hk_lock_choice_new:
 * @lock: a lock of the account
 *
 * Returns: (transfer full): a choice that is not chosen
 */
HkLockChoice *
hk_lock_choice_new (NukiLock *lock)
{
  HkLockChoice *self;

  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  self = g_object_new (HK_TYPE_LOCK_CHOICE, NULL);
  self->lock = g_object_ref (lock);

  return self;
}

/**
 * hk_lock_choice_get_lock:
 *
 * Returns: (transfer none): the lock
 */
NukiLock *
hk_lock_choice_get_lock (HkLockChoice *self)
{
  g_return_val_if_fail (HK_IS_LOCK_CHOICE (self), NULL);

  return self->lock;
}

/**
 * hk_lock_choice_get_chosen:
 *
 * Returns: whether the lock gets the key; never while something stands against it
 */
gboolean
hk_lock_choice_get_chosen (HkLockChoice *self)
{
  g_return_val_if_fail (HK_IS_LOCK_CHOICE (self), FALSE);

  return self->wanted && self->obstacle == NULL;
}

/**
 * hk_lock_choice_set_chosen:
 * @chosen: whether the lock is to get the key; ignored while something stands against it
 */
void
hk_lock_choice_set_chosen (HkLockChoice *self, gboolean chosen)
{
  g_return_if_fail (HK_IS_LOCK_CHOICE (self));

  if (self->obstacle != NULL || self->wanted == chosen)
    return;

  self->wanted = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN]);
}

/**
 * hk_lock_choice_get_selectable:
 *
 * Returns: whether nothing stands against the lock
 */
gboolean
hk_lock_choice_get_selectable (HkLockChoice *self)
{
  g_return_val_if_fail (HK_IS_LOCK_CHOICE (self), FALSE);

  return self->obstacle == NULL;
}

/**
 * hk_lock_choice_get_note:
 *
 * Returns: (transfer none) (nullable): why the lock cannot be chosen, or what state it is in
 */
const char *
hk_lock_choice_get_note (HkLockChoice *self)
{
  g_return_val_if_fail (HK_IS_LOCK_CHOICE (self), NULL);

  if (self->obstacle != NULL)
    return self->obstacle;
  if (!nuki_lock_get_online (self->lock))
    return _ ("Offline – will get the key when it is back");

  return nuki_lock_get_state_text (self->lock);
}

/**
 * hk_lock_choice_set_obstacle:
 * @obstacle: (nullable): a translated reason why the lock cannot be chosen, or %NULL
 *
 * A lock that was chosen before is chosen again when the obstacle goes.
 */
void
hk_lock_choice_set_obstacle (HkLockChoice *self, const char *obstacle)
{
  gboolean was_chosen;

  g_return_if_fail (HK_IS_LOCK_CHOICE (self));

  was_chosen = hk_lock_choice_get_chosen (self);
  if (g_strcmp0 (self->obstacle, obstacle) != 0)
    {
      g_free (self->obstacle);
      self->obstacle = g_strdup (obstacle);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTABLE]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
  if (was_chosen != hk_lock_choice_get_chosen (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN]);
}
