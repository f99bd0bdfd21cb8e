/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invite-checks.h"

#include <glib/gi18n-lib.h>
#include <nuki-code.h>
#include <nuki-text.h>
#include <string.h>

#include "people/hk-person-validator.h"

/* Returns: (transfer full) (nullable): who already has the address @email */
static NukiUser *
find_by_email (HkAccount *account, const char *email)
{
  g_autofree char *wanted = g_utf8_casefold (email, -1);
  GListModel *people = hk_account_get_people (account);
  guint n_people = g_list_model_get_n_items (people);

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (NukiUser) person = g_list_model_get_item (people, i);
      g_autofree char *theirs = NULL;

      if (nuki_user_get_email (person) == NULL)
        continue;
      theirs = g_utf8_casefold (nuki_user_get_email (person), -1);
      if (g_str_equal (theirs, wanted))
        return g_steal_pointer (&person);
    }

  return NULL;
}

static gboolean
has_code (HkKey *key, int code)
{
  g_autoptr (NukiKeySpec) spec = NULL;

  if (hk_key_get_key_type (key) != NUKI_KEY_CODE)
    return FALSE;
  spec = hk_key_dup_spec (key);

  return spec->code == code;
}

/* Returns: (transfer none) (nullable): the first of @locks that knows @code by another key than @except */
static NukiLock *
find_lock_with_code (HkAccount *account, GPtrArray *locks, HkKey *except, int code)
{
  for (guint i = 0; i < locks->len; i++)
    {
      NukiLock *lock = g_ptr_array_index (locks, i);
      g_autoptr (GPtrArray) keys = hk_account_list_lock_keys (account, lock);

      for (guint j = 0; j < keys->len; j++)
        if (g_ptr_array_index (keys, j) != except && has_code (g_ptr_array_index (keys, j), code))
          return lock;
    }

  return NULL;
}

/**
 * hk_invite_has_person:
 * @account: the account
 * @person: somebody who was chosen from its people
 *
 * Returns: whether @person is still there to be chosen, and not about to go
 */
gboolean
hk_invite_has_person (HkAccount *account, NukiUser *person)
{
  GListModel *people;
  guint n_people;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (NUKI_IS_USER (person), FALSE);

  people = hk_account_get_people (account);
  n_people = g_list_model_get_n_items (people);
  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (NukiUser) item = g_list_model_get_item (people, i);

      if (item == person)
        return TRUE;
    }

  return FALSE;
}

/**
 * hk_invite_check_email:
 * @account: the account
 * @text: the address of a new person, as typed
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong, or %NULL
 */
char *
hk_invite_check_email (HkAccount *account, const char *text)
{
  g_autofree char *email = NULL;
  g_autoptr (NukiUser) owner = NULL;
  char *error;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  error = hk_person_validator_check_email (text);
  if (error != NULL)
    return error;

  email = g_strstrip (g_strdup (text));
  owner = find_by_email (account, email);
  if (owner == NULL)
    return NULL;

  /* Translators: %s is a person */
  return nuki_text_printf (_ ("%s already has this address: choose them from the list."), nuki_user_get_name (owner));
}

/**
 * hk_invite_check_code:
 * @account: the account
 * @locks: (element-type NukiLock): the locks that are to get the code
 * @except: (nullable): a key that may have the code already
 * @text: the code, as typed
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong, or %NULL
 */
char *
hk_invite_check_code (HkAccount *account, GPtrArray *locks, HkKey *except, const char *text)
{
  g_autoptr (GError) error = NULL;
  NukiLock *lock;
  int code;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (locks != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!nuki_code_parse (text, &code, &error))
    return g_strdup (error->message);
  lock = find_lock_with_code (account, locks, except, code);
  if (lock == NULL)
    return NULL;

  /* Translators: %s is a lock */
  return nuki_text_printf (_ ("%s already has this code: take another."), nuki_lock_get_name (lock));
}

/**
 * hk_invite_cut_name:
 * @name: (nullable): the name of a person
 *
 * Returns: (transfer full): the name as a key can have it: at most %NUKI_KEY_NAME_MAX_BYTES bytes, and no half character
 */
char *
hk_invite_cut_name (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name != NULL ? name : ""));
  gsize length = strlen (stripped);

  while (length > NUKI_KEY_NAME_MAX_BYTES)
    length = g_utf8_find_prev_char (stripped, stripped + length) - stripped;

  return g_strchomp (g_strndup (stripped, length));
}
