/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#define HOME_KEYS "/smartlock/" HOME_ID "/auth"
#define OPENER_KEYS "/smartlock/" OPENER_ID "/auth"

typedef struct
{
  const char *body;
  guint status;
  const char *detail;
} Refusal;

static guint
count_records (Fixture *fixture, const char *member)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);

  return json_array_get_length (json_node_get_array (fixture_get_records (dump, member)));
}

static void
expect_refusals (Fixture *fixture, const char *method, const char *path, const Refusal *cases, guint n)
{
  guint n_keys = count_records (fixture, "keys");

  for (guint i = 0; i < n; i++)
    fixture_expect_refusal (fixture, method, path, cases[i].body, cases[i].status, cases[i].detail);
  g_assert_cmpuint (count_records (fixture, "operations"), ==, 0);
  g_assert_cmpuint (count_records (fixture, "keys"), ==, n_keys);
  g_assert_cmpuint (count_records (fixture, "mails"), ==, 0);
}

static void
create_code (Fixture *fixture, guint code, guint status)
{
  g_autofree char *body = g_strdup_printf ("{'name': 'Code', 'type': 13, 'code': %u}", code);

  fixture_expect (fixture, "PUT", HOME_KEYS, body, status);
}

static void
test_bad_creates (Fixture *fixture, gconstpointer data)
{
  static const Refusal cases[] = {
    { "{'accountUserId': 12, 'remoteAllowed': false}", 422, "'name'" },
    { "{'name': '', 'accountUserId': 12}", 400, "'name'" },
    { "{'name': 7, 'accountUserId': 12}", 400, "'name'" },
    { "{'name': '123456789012345678901234567890123', 'accountUserId': 12}", 422, "too long" },
    { "{'name': 'ääääääääääääääääx', 'accountUserId': 12}", 422, "too long" },
    { "{'name': 'John'}", 400, "'accountUserId'" },
    { "{'name': 'John', 'accountUserId': null}", 400, "'accountUserId'" },
    { "{'name': 'John', 'accountUserId': '12'}", 400, "'accountUserId'" },
    { "{'name': 'John', 'accountUserId': 99}", 400, "'accountUserId'" },
    { "{'name': 'John', 'accountUserId': 12, 'type': 3}", 400, "'type'" },
    { "{'name': 'John', 'accountUserId': 12, 'remoteAllowed': 'no'}", 400, "'remoteAllowed'" },
    { "{'name': 'John', 'accountUserId': 12, 'allowedWeekDays': 128}", 400, "'allowedWeekDays'" },
    { "{'name': 'John', 'accountUserId': 12, 'allowedWeekDays': 'all'}", 400, "'allowedWeekDays'" },
    { "{'name': 'John', 'accountUserId': 12, 'allowedFromTime': 1441}", 400, "'allowedFromTime'" },
    { "{'name': 'John', 'accountUserId': 12, 'allowedUntilTime': 1.5}", 400, "'allowedUntilTime'" },
    { "{'name': 'John', 'accountUserId': 12, 'allowedFromDate': 1788213600}", 400, "'allowedFromDate'" },
    { "{'name': 'John', 'accountUserId': 12, 'allowedUntilDate': 'tomorrow'}", 400, "'allowedUntilDate'" },
    { "{'name': 'John', 'accountUserId': 12, 'enabled': true}", 422, "enabled" },
    { "{'name': 'John', 'accountUserId': 12, 'email': 'x'}", 422, "email" },
    { "{'name': 'Anna again', 'accountUserId': 11}", 409, "'accountUserId'" },
  };

  expect_refusals (fixture, "PUT", HOME_KEYS, cases, G_N_ELEMENTS (cases));
}

static void
test_bad_codes (Fixture *fixture, gconstpointer data)
{
  static const Refusal cases[] = {
    { "{'name': 'Code', 'type': 13}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': null}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': '345678'}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': 34567}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': 3456789}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': 345670}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': 123456}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': -34567}", 400, "'code'" },
    { "{'name': 'Code', 'type': 13, 'code': 292929}", 409, "'code' exists already" },
    { "{'name': '123456789012345678901', 'type': 13, 'code': 345678}", 422, "too long" },
    { "{'name': 'äöüäöüäöüäö', 'type': 13, 'code': 345678}", 422, "too long" },
  };

  expect_refusals (fixture, "PUT", HOME_KEYS, cases, G_N_ELEMENTS (cases));
}

static void
test_longest_names (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'ääääääääääääääää', 'accountUserId': 12}", 204);
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'ääääääääää', 'type': 13, 'code': 345678}", 204);
}

static void
test_no_keypad (Fixture *fixture, gconstpointer data)
{
  static const Refusal cases[] = { { "{'name': 'Code', 'type': 13, 'code': 345678}", 400, "'13' for parameter 'type'" } };

  expect_refusals (fixture, "PUT", OPENER_KEYS, cases, G_N_ELEMENTS (cases));
}

/* A code is taken from the moment it is accepted until the lock has deleted it. */
static void
test_code_is_taken (Fixture *fixture, gconstpointer data)
{
  nuki_simulator_set_delay (fixture->simulator, 2000, 2000);
  create_code (fixture, 345678, 204);
  create_code (fixture, 345678, 409);
  nuki_simulator_advance (fixture->simulator, 2000);
  create_code (fixture, 345678, 409);
  fixture_expect (fixture, "DELETE", CODE_KEY_PATH, NULL, 204);
  create_code (fixture, 292929, 409);
  nuki_simulator_advance (fixture->simulator, 2000);
  create_code (fixture, 292929, 204);
}

/* A code that another key is about to get is taken too, and so is the one that it still has. */
static void
test_changing_code_is_taken (Fixture *fixture, gconstpointer data)
{
  nuki_simulator_set_delay (fixture->simulator, 2000, 2000);
  fixture_expect (fixture, "POST", CODE_KEY_PATH, "{'name': 'Cleaning', 'code': 345678}", 204);
  create_code (fixture, 345678, 409);
  create_code (fixture, 292929, 409);
  nuki_simulator_advance (fixture->simulator, 2000);
  create_code (fixture, 292929, 204);
}

static void
test_same_code_on_other_lock (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "PUT", "/smartlock/" GARAGE_ID "/auth", "{'name': 'C', 'type': 13, 'code': 292929}", 204);
}

static void
test_one_app_key_each (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'John', 'accountUserId': 12}", 204);
  fixture_expect_refusal (fixture, "PUT", HOME_KEYS, "{'name': 'John', 'accountUserId': 12}", 409, "'accountUserId'");
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'Fob', 'type': 2, 'accountUserId': 12}", 204);
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'Code', 'type': 13, 'code': 345678, 'accountUserId': 12}",
                  204);
  fixture_expect (fixture, "PUT", OPENER_KEYS, "{'name': 'John', 'accountUserId': 12}", 204);
}

static void
test_bad_updates (Fixture *fixture, gconstpointer data)
{
  static const Refusal cases[] = {
    { "{'enabled': false}", 422, "'name'" },
    { "{'name': 'Anna', 'enable': false}", 422, "enable" },
    { "{'enable': false}", 422, "enable" },
    { "{'name': 'Anna', 'type': 0}", 422, "type" },
    { "{'name': 'Anna', 'id': 'x'}", 422, "id" },
    { "{'name': 'Anna', 'smartActionsEnabled': true}", 422, "smartActionsEnabled" },
    { "{'name': null, 'enabled': false}", 422, "'name'" },
    { "{'name': 'Anna', 'enabled': 'false'}", 400, "'enabled'" },
    { "{'name': 'Anna', 'allowedWeekDays': -1}", 400, "'allowedWeekDays'" },
    { "{'name': 'Anna', 'accountUserId': 99}", 400, "'accountUserId'" },
    { "[]", 400, "object" },
  };

  expect_refusals (fixture, "POST", ANNA_KEY_PATH, cases, G_N_ELEMENTS (cases));
}

static void
test_bad_code_updates (Fixture *fixture, gconstpointer data)
{
  static const Refusal cases[] = {
    { "{'name': '123456789012345678901'}", 422, "too long" },
    { "{'name': 'Cleaning', 'code': 100000}", 400, "'code'" },
  };

  expect_refusals (fixture, "POST", CODE_KEY_PATH, cases, G_N_ELEMENTS (cases));
}

static void
test_person_cannot_get_a_second_key_by_update (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'John', 'accountUserId': 12}", 204);
  fixture_expect_refusal (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Anna', 'accountUserId': 12}", 409,
                          "'accountUserId'");
}

/* Fills a lock of the test account with keys of one type. */
static void
fill (Fixture *fixture, gint64 lock_id, int type, guint n)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);
  JsonArray *keys = json_node_get_array (fixture_get_records (dump, "keys"));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *key = json_object_new ();
      g_autofree char *id = g_strdup_printf ("647cfac64dd15972f2%06u", i);

      json_object_set_string_member (key, "id", id);
      json_object_set_int_member (key, "smartlockId", lock_id);
      json_object_set_int_member (key, "type", type);
      json_array_add_object_element (keys, key);
    }
  nuki_simulator_load (fixture->simulator, dump, &error);
  g_assert_no_error (error);
}

static void
test_room_for_keys (Fixture *fixture, gconstpointer data)
{
  fill (fixture, HOME, 2, 197);
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'John', 'accountUserId': 12}", 204);
  fixture_expect_refusal (fixture, "PUT", HOME_KEYS, "{'name': 'Fob', 'type': 2, 'accountUserId': 12}", 409, "200");
  create_code (fixture, 345678, 204);
}

static void
test_room_for_codes (Fixture *fixture, gconstpointer data)
{
  fill (fixture, HOME, 13, 198);
  create_code (fixture, 345678, 204);
  create_code (fixture, 345679, 409);
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'John', 'accountUserId': 12}", 204);
}

static void
test_room_on_old_lock (Fixture *fixture, gconstpointer data)
{
  fill (fixture, GARAGE, 13, 100);
  fixture_expect_refusal (fixture, "PUT", "/smartlock/" GARAGE_ID "/auth",
                          "{'name': 'Code', 'type': 13, 'code': 345678}", 409, "100");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/rules/bad-keys-are-refused", test_bad_creates);
  fixture_add ("/rules/bad-codes-are-refused", test_bad_codes);
  fixture_add ("/rules/names-are-counted-in-bytes", test_longest_names);
  fixture_add ("/rules/a-code-needs-a-keypad", test_no_keypad);
  fixture_add ("/rules/a-code-is-taken-until-the-lock-deleted-it", test_code_is_taken);
  fixture_add ("/rules/a-code-that-changes-takes-both", test_changing_code_is_taken);
  fixture_add ("/rules/another-lock-may-have-the-same-code", test_same_code_on_other_lock);
  fixture_add ("/rules/a-person-has-one-app-key-per-lock", test_one_app_key_each);
  fixture_add ("/rules/bad-updates-are-refused", test_bad_updates);
  fixture_add ("/rules/bad-updates-of-codes-are-refused", test_bad_code_updates);
  fixture_add ("/rules/an-update-gives-nobody-a-second-app-key", test_person_cannot_get_a_second_key_by_update);
  fixture_add ("/rules/a-lock-has-room-for-200-keys", test_room_for_keys);
  fixture_add ("/rules/a-lock-has-room-for-200-codes-besides", test_room_for_codes);
  fixture_add ("/rules/an-old-lock-has-room-for-100-codes", test_room_on_old_lock);

  return g_test_run ();
}
