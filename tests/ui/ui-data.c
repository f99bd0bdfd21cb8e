/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

static gboolean names_are_odd;

static JsonArray *
make_odd (JsonArray *records, const char *id)
{
  JsonArray *edits = json_array_new ();

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);
      JsonObject *edit = json_object_new ();
      g_autofree char *name = g_strconcat (json_object_get_string_member (record, "name"), UI_ODD_SUFFIX, NULL);

      json_object_set_member (edit, id, json_node_copy (json_object_get_member (record, id)));
      json_object_set_string_member (edit, "name", name);
      json_array_add_object_element (edits, edit);
    }

  return edits;
}

/**
 * ui_data_make_odd:
 *
 * Lets every name in the demo account of later tests end with %UI_ODD_SUFFIX. They are found without that, too.
 */
void
ui_data_make_odd (void)
{
  names_are_odd = TRUE;
}

/**
 * ui_data_prepare:
 * @simulator: with the demo account
 *
 * Makes the names as ui_data_make_odd() wants them.
 */
void
ui_data_prepare (NukiSimulator *simulator)
{
  static const char *const lists[][2] = { { "locks", "smartlockId" }, { "users", "accountUserId" }, { "keys", "id" } };
  g_autoptr (JsonNode) dump = nuki_simulator_dump (simulator);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *edits = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_node_take_object (node, edits);
  if (!names_are_odd)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    json_object_set_array_member (edits, lists[i][0],
                                  make_odd (json_object_get_array_member (json_node_get_object (dump), lists[i][0]), lists[i][1]));
  nuki_simulator_edit (simulator, node, &error);
  g_assert_no_error (error);
}

static gboolean
is_named (const char *name, const char *wanted)
{
  const gsize length = strlen (wanted);

  return name != NULL && g_str_has_prefix (name, wanted) && (name[length] == '\0' || g_str_equal (name + length, UI_ODD_SUFFIX));
}

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

      if (is_named (hk_key_get_name (key), name))
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

      if (is_named (nuki_lock_get_name (lock), name))
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

      if (is_named (nuki_user_get_name (person), name))
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
