/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-lock-choices.h"

#include "invite/hk-lock-obstacles.h"
#include "limits/hk-zone-hint.h"

/*
 * The locks of the account, which of them get the new key, and what stands against the others. Follows the account.
 * Emits “changed” when another set of locks is chosen. Owned by a HkInviteDraft.
 */
struct _HkLockChoices
{
  GObject parent_instance;

  HkAccount *account;    /* (owned) */
  GListStore *choices;   /* (owned) (element-type HkLockChoice) */
  gboolean for_code;
  NukiUser *person;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HkLockChoices, hk_lock_choices, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
find_obstacles (HkLockChoices *self)
{
  g_autoptr (GHashTable) obstacles = hk_lock_obstacles_find (self->account, self->for_code, self->person);
  guint n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = 0; i < n_choices; i++)
    {
      g_autoptr (HkLockChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->choices), i);
      gint64 id = nuki_lock_get_id (hk_lock_choice_get_lock (choice));

      hk_lock_choice_set_obstacle (choice, g_hash_table_lookup (obstacles, &id));
    }
}

static void
on_chosen_changed (HkLockChoices *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_locks_changed (HkLockChoices *self, guint position, guint removed, guint added, GListModel *locks)
{
  g_autoptr (GPtrArray) new_choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);
      HkLockChoice *choice = hk_lock_choice_new (lock);

      g_signal_connect_object (choice, "notify::chosen", G_CALLBACK (on_chosen_changed), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (new_choices, choice);
    }
  g_list_store_splice (self->choices, position, removed, new_choices->pdata, new_choices->len);
  find_obstacles (self);
  on_chosen_changed (self);
}

static void
hk_lock_choices_finalize (GObject *object)
{
  HkLockChoices *self = HK_LOCK_CHOICES (object);

  g_clear_object (&self->account);
  g_clear_object (&self->choices);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (hk_lock_choices_parent_class)->finalize (object);
}

static void
hk_lock_choices_class_init (HkLockChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hk_lock_choices_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          g_cclosure_marshal_VOID__VOID, G_TYPE_NONE, 0);
}

static void
hk_lock_choices_init (HkLockChoices *self)
{
  self->choices = g_list_store_new (HK_TYPE_LOCK_CHOICE);
}

/**
 * hk_lock_choices_new:
 * @account: the account whose locks there are to choose from
 *
 * Returns: (transfer full): choices of which none is chosen, for an app key of somebody new
 */
HkLockChoices *
hk_lock_choices_new (HkAccount *account)
{
  HkLockChoices *self;
  GListModel *locks;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  self = g_object_new (HK_TYPE_LOCK_CHOICES, NULL);
  self->account = g_object_ref (account);
  locks = hk_account_get_locks (account);
  g_signal_connect_object (locks, "items-changed", G_CALLBACK (on_locks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "keys-updated", G_CALLBACK (find_obstacles), self, G_CONNECT_SWAPPED);
  on_locks_changed (self, 0, 0, g_list_model_get_n_items (locks), locks);

  return self;
}

/**
 * hk_lock_choices_get_model:
 *
 * Returns: (transfer none): a list of #HkLockChoice, in the order of the account's locks
 */
GListModel *
hk_lock_choices_get_model (HkLockChoices *self)
{
  g_return_val_if_fail (HK_IS_LOCK_CHOICES (self), NULL);

  return G_LIST_MODEL (self->choices);
}

/**
 * hk_lock_choices_find:
 * @lock: a lock
 *
 * Returns: (transfer none) (nullable): the choice of that lock
 */
HkLockChoice *
hk_lock_choices_find (HkLockChoices *self, NukiLock *lock)
{
  guint n_choices;

  g_return_val_if_fail (HK_IS_LOCK_CHOICES (self), NULL);

  n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));
  for (guint i = 0; i < n_choices; i++)
    {
      g_autoptr (HkLockChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->choices), i);

      if (hk_lock_choice_get_lock (choice) == lock)
        return choice;
    }

  return NULL;
}

/**
 * hk_lock_choices_list_chosen:
 *
 * Returns: (transfer container) (element-type NukiLock): the locks that get the key; valid until the account changes
 */
GPtrArray *
hk_lock_choices_list_chosen (HkLockChoices *self)
{
  GPtrArray *chosen;
  guint n_choices;

  g_return_val_if_fail (HK_IS_LOCK_CHOICES (self), NULL);

  chosen = g_ptr_array_new ();
  n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));
  for (guint i = 0; i < n_choices; i++)
    {
      g_autoptr (HkLockChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->choices), i);

      if (hk_lock_choice_get_chosen (choice))
        g_ptr_array_add (chosen, hk_lock_choice_get_lock (choice));
    }

  return chosen;
}

/**
 * hk_lock_choices_set_recipient:
 * @for_code: whether the key is a keypad code
 * @person: (nullable): whom it is for, if that is somebody who may have keys already
 *
 * Finds again what stands against each lock.
 */
void
hk_lock_choices_set_recipient (HkLockChoices *self, gboolean for_code, NukiUser *person)
{
  g_return_if_fail (HK_IS_LOCK_CHOICES (self));

  self->for_code = for_code;
  g_set_object (&self->person, person);
  find_obstacles (self);
}

/**
 * hk_lock_choices_dup_zone:
 *
 * Returns: (transfer full): the zone of the first chosen lock, by which dates are read; that of the computer if there is
 *   none, or it is not known
 */
GTimeZone *
hk_lock_choices_dup_zone (HkLockChoices *self)
{
  g_autoptr (GPtrArray) chosen = NULL;

  g_return_val_if_fail (HK_IS_LOCK_CHOICES (self), NULL);

  chosen = hk_lock_choices_list_chosen (self);
  if (chosen->len == 0 || !nuki_lock_get_zone_known (chosen->pdata[0]))
    return g_time_zone_new_local ();

  return g_time_zone_ref (nuki_lock_get_zone (chosen->pdata[0]));
}

/**
 * hk_lock_choices_dup_zone_hint:
 * @now: the time
 *
 * Returns: (transfer full) (nullable): a sentence that says whose time is meant, if the user has to know; see
 *   hk_zone_hint()
 */
char *
hk_lock_choices_dup_zone_hint (HkLockChoices *self, GDateTime *now)
{
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (GPtrArray) zones = NULL;
  g_autoptr (GTimeZone) computer = NULL;

  g_return_val_if_fail (HK_IS_LOCK_CHOICES (self), NULL);

  chosen = hk_lock_choices_list_chosen (self);
  zones = g_ptr_array_new ();
  computer = g_time_zone_new_local ();
  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (zones, nuki_lock_get_zone_known (chosen->pdata[i]) ? nuki_lock_get_zone (chosen->pdata[i]) : NULL);

  return hk_zone_hint ((GTimeZone *const *) zones->pdata, zones->len, computer, now);
}
