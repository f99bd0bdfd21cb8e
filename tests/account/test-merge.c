/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a refresh does to lists that somebody looks at. */

#include <locale.h>

#include "fixture.h"

typedef struct
{
  guint n_signals;
  guint position;
  guint removed;
  guint added;
} Splices;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Splices *splices = user_data;

  splices->n_signals++;
  splices->position = position;
  splices->removed = removed;
  splices->added = added;
}

static void
watch (GListModel *model, Splices *splices)
{
  *splices = (Splices) { 0 };
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), splices);
}

static void
count (guint *n)
{
  ++*n;
}

static JsonArray *
get_list (JsonNode *dump, const char *list)
{
  return json_object_get_array_member (json_node_get_object (dump), list);
}

static void
load (Fixture *f, JsonNode *dump)
{
  g_autoptr (GError) error = NULL;

  nuki_simulator_load (f->simulator, dump, &error);
  g_assert_no_error (error);
}

static void
test_a_refresh_without_news_disturbs_nobody (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  Splices keys, people, locks;
  guint n_notified = 0, n_updated = 0;

  watch (hk_account_get_keys (f->account), &keys);
  watch (hk_account_get_people (f->account), &people);
  watch (hk_account_get_locks (f->account), &locks);
  g_signal_connect_swapped (fixture_find_key (f, ANNA_FRONT), "notify", G_CALLBACK (count), &n_notified);
  g_signal_connect_swapped (f->account, "keys-updated", G_CALLBACK (count), &n_updated);
  fixture_refresh (f);
  g_assert_cmpuint (keys.n_signals + people.n_signals + locks.n_signals, ==, 0);
  g_assert_cmpuint (n_notified, ==, 0);
  g_assert_cmpuint (n_updated, ==, 0);
}

/* The service says what it said first. */
static void
test_what_the_service_takes_back_is_seen (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) before = nuki_simulator_dump (f->simulator);
  HkKey *key = fixture_find_key (f, ANNA_FRONT);

  fixture_refresh (f);
  hk_account_switch_key (f->account, key, FALSE);
  fixture_pass (f, 30);
  g_assert_false (hk_key_get_pending (key));
  g_assert_false (hk_key_get_enabled (key));

  load (f, before);
  fixture_refresh (f);
  g_assert_true (hk_key_get_enabled (key));
}

/* Neither of these is a property of the key, but each of them may decide whether it is listed. */
static void
test_a_refresh_with_any_news_tells_whoever_filters (void)
{
  static const char *const news[][4] = {
    { "keys", "id", ANNA_FRONT, "lastActiveDate" },
    { "users", "name", "Anna", "email" },
    { "locks", "name", "Front door", "name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (news); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
      guint n_updated = 0;

      json_object_set_string_member (fixture_find_record (f, dump, news[i][0], news[i][1], news[i][2]), news[i][3],
                                     "2026-01-01T00:00:00.000Z");
      load (f, dump);
      g_signal_connect_swapped (f->account, "keys-updated", G_CALLBACK (count), &n_updated);
      fixture_refresh (f);
      g_assert_cmpuint (n_updated, ==, 1);
    }
}

static void
test_items_stay_the_same_objects_with_new_values (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  NukiKey *record = hk_key_get_record (key);
  NukiLock *lock = hk_account_find_lock (f->account, FRONT_DOOR);
  NukiUser *anna = hk_account_find_person (f->account, ANNA);
  guint n_name = 0, n_lock_name = 0, n_enabled = 0, n_limits = 0;
  Splices keys;

  g_assert_true (hk_key_get_lock (key) == lock);
  g_assert_true (hk_key_get_person (key) == anna);
  json_object_set_string_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "name", "Anna B.");
  json_object_set_boolean_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "enabled", FALSE);
  json_object_set_int_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "allowedWeekDays", 127);
  json_object_set_string_member (fixture_find_record (f, dump, "locks", "name", "Front door"), "name", "Main door");
  json_object_set_string_member (fixture_find_record (f, dump, "users", "name", "Anna"), "name", "Anna Berg");
  load (f, dump);

  watch (hk_account_get_keys (f->account), &keys);
  g_signal_connect_swapped (key, "notify::name", G_CALLBACK (count), &n_name);
  g_signal_connect_swapped (key, "notify::lock-name", G_CALLBACK (count), &n_lock_name);
  g_signal_connect_swapped (key, "notify::enabled", G_CALLBACK (count), &n_enabled);
  g_signal_connect_swapped (key, "notify::limits", G_CALLBACK (count), &n_limits);
  fixture_refresh (f);

  /* Told only so that they are sorted anew. */
  g_assert_cmpuint (keys.n_signals, >, 0);
  g_assert_cmpuint (keys.removed, ==, keys.added);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  g_assert_true (hk_key_get_record (key) == record);
  g_assert_true (hk_account_find_lock (f->account, FRONT_DOOR) == lock);
  g_assert_true (hk_account_find_person (f->account, ANNA) == anna);
  g_assert_cmpstr (hk_key_get_name (key), ==, "Anna B.");
  g_assert_cmpstr (hk_key_get_lock_name (key), ==, "Main door");
  g_assert_cmpstr (nuki_user_get_name (anna), ==, "Anna Berg");
  g_assert_false (hk_key_get_enabled (key));
  g_assert_cmpuint (n_name, ==, 1);
  g_assert_cmpuint (n_lock_name, ==, 1);
  g_assert_cmpuint (n_enabled, ==, 1);
  g_assert_cmpuint (n_limits, ==, 1);
}

static void
test_what_is_new_or_gone_is_told_by_itself (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  g_autoptr (HkKey) first = g_list_model_get_item (hk_account_get_keys (f->account), 0);
  g_autoptr (HkKey) still_first = NULL;
  static const char *const new_ids[] = { "647cfac64dd15972f2122e11", "647cfac64dd15972f2122e12" };
  Splices keys;

  json_array_remove_element (get_list (dump, "keys"), 3);
  for (gsize i = 0; i < G_N_ELEMENTS (new_ids); i++)
    {
      JsonObject *key = json_object_new ();

      json_object_set_string_member (key, "id", new_ids[i]);
      json_object_set_int_member (key, "smartlockId", GARAGE);
      json_object_set_string_member (key, "name", "Fob");
      json_object_set_int_member (key, "type", NUKI_KEY_FOB);
      json_array_add_object_element (get_list (dump, "keys"), key);
    }
  load (f, dump);
  watch (hk_account_get_keys (f->account), &keys);
  fixture_refresh (f);
  g_assert_cmpuint (keys.n_signals, ==, 3);
  g_assert_cmpuint (keys.position, >, 0);
  g_assert_cmpuint (keys.added, ==, 1);
  g_assert_cmpuint (keys.removed, ==, 0);
  g_assert_null (fixture_find_key (f, CLEANING));
  g_assert_nonnull (fixture_find_key (f, new_ids[0]));
  g_assert_nonnull (fixture_find_key (f, new_ids[1]));
  still_first = g_list_model_get_item (hk_account_get_keys (f->account), 0);
  g_assert_true (still_first == first);
}

static void
test_locks_come_favourites_first_and_people_by_name (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  static const char *const locks[] = { "Garage", "Flat", "Main entrance" };
  static const char *const people[] = { "Anna", "Zoe" };
  Splices spliced;

  json_object_set_boolean_member (fixture_find_record (f, dump, "locks", "name", "Garage"), "favorite", TRUE);
  json_object_set_boolean_member (fixture_find_record (f, dump, "locks", "name", "Front door"), "favorite", FALSE);
  json_object_set_string_member (fixture_find_record (f, dump, "locks", "name", "Front door"), "name",
                                 "Main entrance");
  json_object_set_string_member (fixture_find_record (f, dump, "users", "name", "Ben"), "name", "Zoe");
  load (f, dump);
  watch (hk_account_get_locks (f->account), &spliced);
  fixture_refresh (f);
  g_assert_cmpuint (spliced.n_signals, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (hk_account_get_locks (f->account), i);

      g_assert_cmpstr (nuki_lock_get_name (lock), ==, locks[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (NukiUser) user = g_list_model_get_item (hk_account_get_people (f->account), i);

      g_assert_cmpstr (nuki_user_get_name (user), ==, people[i]);
    }
}

static void
test_locks_and_people_that_are_gone_leave_their_keys (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  HkKey *key = fixture_find_key (f, ANNA_GARAGE);
  HkChange *change;
  guint n_person = 0;

  faulty_service_set_up (f->service, FALSE);
  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  faulty_service_set_up (f->service, TRUE);
  g_assert_nonnull (hk_change_get_lock (change));
  g_signal_connect_swapped (key, "notify::person", G_CALLBACK (count), &n_person);
  json_array_remove_element (get_list (dump, "users"), 1);
  load (f, dump);
  fixture_refresh (f);
  g_assert_null (hk_key_get_person (key));
  g_assert_cmpuint (n_person, ==, 1);
  g_assert_null (hk_account_find_person (f->account, ANNA));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
  hk_account_discard (f->account, change);
}

static void
test_a_list_that_fails_stays_as_it_was_while_others_are_renewed (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);

  json_object_set_string_member (fixture_find_record (f, dump, "locks", "name", "Front door"), "name", "Main door");
  json_object_set_string_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "name", "Anna B.");
  load (f, dump);
  faulty_service_spoil (f->service, "GET", "/account/user", FAULT_STATUS, 500, 1);
  faulty_service_spoil (f->service, "GET", "/smartlock/auth*", FAULT_STATUS, 500, 1);
  fixture_refresh (f);
  g_assert_nonnull (hk_account_get_error (f->account));
  g_assert_cmpstr (hk_key_get_lock_name (fixture_find_key (f, ANNA_FRONT)), ==, "Main door");
  g_assert_cmpstr (hk_key_get_name (fixture_find_key (f, ANNA_FRONT)), ==, "Anna");
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 2);
}

static void
test_keys_are_found_by_person_and_by_lock (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiUser *anna = hk_account_find_person (f->account, ANNA);
  NukiLock *front = hk_account_find_lock (f->account, FRONT_DOOR);
  NukiLock *flat = hk_account_find_lock (f->account, FLAT);
  g_autoptr (GPtrArray) of_anna = hk_account_list_person_keys (f->account, anna);
  g_autoptr (GPtrArray) on_front = hk_account_list_lock_keys (f->account, front);
  g_autoptr (GPtrArray) on_flat = hk_account_list_lock_keys (f->account, flat);
  g_autoptr (GPtrArray) fewer = NULL;

  g_assert_cmpuint (of_anna->len, ==, 2);
  g_assert_cmpuint (on_front->len, ==, 4);
  g_assert_cmpuint (on_flat->len, ==, 0);
  g_assert_true (g_ptr_array_find (of_anna, fixture_find_key (f, ANNA_GARAGE), NULL));
  g_assert_null (hk_account_find_lock (f->account, 1));
  g_assert_null (hk_account_find_person (f->account, 1));

  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE));
  fewer = hk_account_list_person_keys (f->account, anna);
  g_assert_cmpuint (fewer->len, ==, 1);
  g_assert_true (g_ptr_array_index (fewer, 0) == fixture_find_key (f, ANNA_FRONT));
}

static void
test_what_a_person_asked_for_survives_a_refresh (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  guint n_enabled = 0;

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_signal_connect_swapped (key, "notify::enabled", G_CALLBACK (count), &n_enabled);
  fixture_refresh (f);
  fixture_refresh (f);
  g_assert_false (hk_key_get_enabled (key));
  g_assert_true (nuki_key_get_enabled (hk_key_get_record (key)));
  g_assert_cmpuint (n_enabled, ==, 0);
}

static void
add_many (JsonNode *dump, guint n_people, guint n_keys)
{
  for (guint i = 0; i < n_people; i++)
    {
      JsonObject *user = json_object_new ();
      g_autofree char *name = g_strdup_printf ("Guest %u", (i * 7919) % n_people);
      g_autofree char *email = g_strdup_printf ("guest%u@example.org", i);

      json_object_set_int_member (user, "accountUserId", 1000 + i);
      json_object_set_string_member (user, "name", name);
      json_object_set_string_member (user, "email", email);
      json_array_add_object_element (get_list (dump, "users"), user);
    }
  for (guint i = 0; i < n_keys; i++)
    {
      JsonObject *key = json_object_new ();
      g_autofree char *id = g_strdup_printf ("747cfac64dd15972%08x", i);

      json_object_set_string_member (key, "id", id);
      json_object_set_int_member (key, "smartlockId", i % 2 == 0 ? GARAGE : FLAT);
      json_object_set_int_member (key, "accountUserId", 1000 + (int) (i % n_people));
      json_object_set_string_member (key, "name", "Guest");
      json_array_add_object_element (get_list (dump, "keys"), key);
    }
}

static void
test_thousands_of_keys_come_in_slices_and_in_one_splice (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  Splices keys;

  add_many (dump, 600, 1500);
  load (f, dump);
  watch (hk_account_get_keys (f->account), &keys);
  fixture_refresh (f);
  g_assert_cmpuint (keys.n_signals, ==, 1);
  g_assert_cmpuint (keys.position, ==, 5);
  g_assert_cmpuint (keys.removed, ==, 0);
  g_assert_cmpuint (keys.added, ==, 1500);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 602);
}

static void
test_an_account_may_go_in_the_middle_of_a_merge (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);

  add_many (dump, 600, 1000);
  load (f, dump);
  hk_account_refresh (f->account);
  while (!nuki_client_get_busy (f->client))
    g_main_context_iteration (NULL, TRUE);
  /* The last answer is there, and the slices have begun or are about to. */
  while (nuki_client_get_busy (f->client))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hk_account_get_refreshing (f->account));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/merge/a-refresh-without-news-disturbs-nobody", test_a_refresh_without_news_disturbs_nobody);
  g_test_add_func ("/merge/what-the-service-takes-back-is-seen", test_what_the_service_takes_back_is_seen);
  g_test_add_func ("/merge/a-refresh-with-any-news-tells-whoever-filters",
                   test_a_refresh_with_any_news_tells_whoever_filters);
  g_test_add_func ("/merge/items-stay-the-same-objects-with-new-values",
                   test_items_stay_the_same_objects_with_new_values);
  g_test_add_func ("/merge/what-is-new-or-gone-is-told-by-itself", test_what_is_new_or_gone_is_told_by_itself);
  g_test_add_func ("/merge/locks-come-favourites-first-and-people-by-name",
                   test_locks_come_favourites_first_and_people_by_name);
  g_test_add_func ("/merge/people-that-are-gone-leave-their-keys",
                   test_locks_and_people_that_are_gone_leave_their_keys);
  g_test_add_func ("/merge/a-list-that-fails-stays-as-it-was-while-others-are-renewed",
                   test_a_list_that_fails_stays_as_it_was_while_others_are_renewed);
  g_test_add_func ("/merge/keys-are-found-by-person-and-by-lock", test_keys_are_found_by_person_and_by_lock);
  g_test_add_func ("/merge/what-a-person-asked-for-survives-a-refresh",
                   test_what_a_person_asked_for_survives_a_refresh);
  g_test_add_func ("/merge/thousands-of-keys-come-in-slices-and-in-one-splice",
                   test_thousands_of_keys_come_in_slices_and_in_one_splice);
  g_test_add_func ("/merge/an-account-may-go-in-the-middle-of-a-merge",
                   test_an_account_may_go_in_the_middle_of_a_merge);

  return g_test_run ();
}
