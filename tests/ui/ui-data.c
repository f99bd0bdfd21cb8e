/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

/**
 * ui_key_named:
 *
 * Returns: (transfer none): the first key of that name
 */
HkKey *
ui_key_named (HkAccount *account, const char *name)
{
  GListModel *keys = hk_account_get_keys (account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (g_strcmp0 (hk_key_get_name (key), name) == 0)
        return key;
    }

  g_error ("the account has no key “%s”", name);
}

/**
 * ui_lock_named:
 *
 * Returns: (transfer none): the first lock of that name
 */
NukiLock *
ui_lock_named (HkAccount *account, const char *name)
{
  GListModel *locks = hk_account_get_locks (account);

  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);

      if (g_strcmp0 (nuki_lock_get_name (lock), name) == 0)
        return lock;
    }

  g_error ("the account has no lock “%s”", name);
}

/**
 * ui_person_named:
 *
 * Returns: (transfer none): the first person of that name
 */
NukiUser *
ui_person_named (HkAccount *account, const char *name)
{
  GListModel *people = hk_account_get_people (account);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (NukiUser) person = g_list_model_get_item (people, i);

      if (g_strcmp0 (nuki_user_get_name (person), name) == 0)
        return person;
    }

  g_error ("the account has no person “%s”", name);
}

/**
 * ui_list_data:
 *
 * Returns: (transfer full) (element-type utf8): what is shown as it is in every language: what the account holds, names, and what
 *   the toolkit says by itself
 */
GPtrArray *
ui_list_data (HkAccount *account)
{
  static const char *const models[] = { "Smart Lock", "Opener", "Pro", "Go", "Ultra", "Housekeys", "Nuki", "HTTP",
                                        "web.nuki.io", "Show Text", "Clear entry" };
  GPtrArray *data = g_ptr_array_new_with_free_func (g_free);
  GListModel *keys = hk_account_get_keys (account);
  GListModel *locks = hk_account_get_locks (account);
  GListModel *people = hk_account_get_people (account);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    g_ptr_array_add (data, g_strdup (models[i]));
  g_ptr_array_add (data, g_strdup (hk_account_get_api_url (account)));
  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      g_ptr_array_add (data, g_strdup (hk_key_get_name (key)));
    }
  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);
      g_ptr_array_add (data, g_strdup (nuki_lock_get_name (lock)));
    }
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (NukiUser) person = g_list_model_get_item (people, i);
      g_ptr_array_add (data, g_strdup (nuki_user_get_name (person)));
      g_ptr_array_add (data, g_strdup (nuki_user_get_email (person)));
    }

  return data;
}
