/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that can be asked, with everything that can go wrong on the way: in the end the service holds what was asked,
 * once, or the change is seen to have failed and the service holds what it held; to try again is enough then. */

#include <locale.h>

#include "fixture.h"

/* In this time, in simulated seconds, everything comes to its end once nothing goes wrong any more. */
#define ENOUGH 2000

/* What never answers is given up after so many milliseconds of real time. */
#define SHORT_MILLISECONDS 16

/* So often a user tries again what failed: first what was in the way, then the change itself, then what was disputed. */
#define N_TRIES 3

static guint n_run, n_passed;

typedef HkChange *(*AskFunc) (Fixture *f);

typedef enum
{
  SPAN_WRITE_ONCE,
  SPAN_WRITE_THRICE,
  SPAN_READ_ONCE,
  SPAN_READ_THRICE,
  SPAN_HOUR,
  N_SPANS
} Span;

static const char *const span_names[N_SPANS] = {
  "write once", "write 3 times", "read once", "read 3 times", "all for an hour",
};

static HkChange *
invite (Fixture *f, const char *email)
{
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 600);
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, email != NULL ? "Clara" : "Ben");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  nuki_key_spec_set_limits (spec, limits);
  spec->user_id = email != NULL ? 0 : BEN;
  invitation = hk_invitation_new (spec);
  if (email != NULL)
    hk_invitation_set_new_person (invitation, "Clara", email, "fr");
  hk_invitation_add_lock (invitation, GARAGE);
  changes = hk_account_invite (f->account, invitation);

  return g_ptr_array_index (changes, 0);
}

static HkChange *
ask_invitation (Fixture *f)
{
  return invite (f, "clara@example.org");
}

static HkChange *
ask_key (Fixture *f)
{
  return invite (f, NULL);
}

static HkChange *
ask_code (Fixture *f)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  spec->code = 456789;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  changes = hk_account_invite (f->account, invitation);

  return g_ptr_array_index (changes, 0);
}

static HkChange *
ask_update (Fixture *f)
{
  HkKey *key = fixture_find_key (f, CLEANING);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 600);

  nuki_key_spec_set_name (spec, "Cleaners");
  nuki_key_spec_set_limits (spec, limits);
  spec->code = 567891;

  return hk_account_update_key (f->account, key, NULL, spec);
}

static HkChange *
ask_switch (Fixture *f)
{
  return hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
}

static HkChange *
ask_delete (Fixture *f)
{
  return hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
}

static HkChange *
ask_resend (Fixture *f)
{
  return hk_account_resend_invitation (f->account, fixture_find_key (f, ANNA_FRONT));
}

static HkChange *
ask_person_update (Fixture *f)
{
  return hk_account_update_person (f->account, hk_account_find_person (f->account, BEN), NULL, "Benny", "benny@example.org",
                                   "fr");
}

static HkChange *
ask_person_delete (Fixture *f)
{
  return hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));
}

static HkChange *
ask_lock (Fixture *f)
{
  return hk_account_update_lock (f->account, hk_account_find_lock (f->account, FLAT), NULL, "A flat", TRUE);
}

/* Several at once: the last of them stands for all. */
static HkChange *
ask_invitations (Fixture *f)
{
  g_autoptr (GPtrArray) changes = fixture_invite_clara (f);

  return g_ptr_array_index (changes, changes->len - 1);
}

static GPtrArray *
find_several (Fixture *f)
{
  static const char *const ids[] = { ANNA_FRONT, BEN_FRONT, CLEANING };
  GPtrArray *keys = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_ptr_array_add (keys, fixture_find_key (f, ids[i]));

  return keys;
}

static HkChange *
ask_switches (Fixture *f)
{
  g_autoptr (GPtrArray) keys = find_several (f);
  g_autoptr (GPtrArray) changes = hk_account_switch_keys (f->account, keys, FALSE);

  return g_ptr_array_index (changes, changes->len - 1);
}

static HkChange *
ask_deletes (Fixture *f)
{
  g_autoptr (GPtrArray) keys = find_several (f);
  g_autoptr (GPtrArray) changes = hk_account_delete_keys (f->account, keys);

  return g_ptr_array_index (changes, changes->len - 1);
}

/* What the service takes for a lock that is away is listed when the lock is back. */
static HkChange *
ask_code_offline (Fixture *f)
{
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  nuki_simulator_set_delay (f->simulator, 48 * 3600 * 1000, 48 * 3600 * 1000);

  return ask_code (f);
}

static void
bring_lock_back (Fixture *f)
{
  fixture_pass (f, 120);
  nuki_simulator_set_delay (f->simulator, 1000, 1000);
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  fixture_refresh (f);
}

/* The lock forgets the limits; what goes wrong after that does so while the key is to be switched off. */
static HkChange *
ask_widened (Fixture *f)
{
  static const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_DROP_LIMITS };
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  HkChange *change;

  nuki_simulator_add_fault (f->simulator, "POST", "*" ANNA_FRONT, 1, &fault);
  nuki_key_spec_set_name (spec, "Anna M.");
  change = hk_account_update_key (f->account, key, NULL, spec);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);

  return change;
}

static HkChange *
ask_disputed_key (Fixture *f)
{
  fixture_edit (f, "{'keys': [{'id': '" CLEANING "', 'name': 'Cleaning lady', 'code': 678912}]}");

  return ask_update (f);
}

static HkChange *
ask_disputed_person (Fixture *f)
{
  fixture_edit (f, "{'users': [{'accountUserId': 102, 'name': 'Benedict', 'language': 'it'}]}");

  return ask_person_update (f);
}

static HkChange *
ask_disputed_lock (Fixture *f)
{
  fixture_edit (f, "{'locks': [{'smartlockId': 17618910287, 'name': 'Loft'}]}");

  return ask_lock (f);
}

#define ALL { "keys", "users", "locks", "mails" }
#define NOT_PEOPLE { "keys", "locks", "mails" }
#define NOT_KEYS { "users", "locks", "mails" }

/*
 * @unchanged: which lists of the service are as before if the change fails. A part that succeeded stays: the person who
 *   was made for the key, the deletion before the key that is sent again.
 * @failure: (nullable): what it says when nothing else goes wrong, if it is to fail then
 * @refusal: (nullable): what else it may say, if the service refuses what is to be done about that
 * @relieve: (nullable): ends what is in its way
 * @has_parts: there are several, of which some may succeed and others fail
 */
static const struct
{
  const char *name;
  AskFunc ask;
  const char *unchanged[5];
  const char *failure;
  const char *refusal;
  void (*relieve) (Fixture *f);
  gboolean has_parts;
} actions[] = {
  { .name = "invitation", .ask = ask_invitation, .unchanged = NOT_PEOPLE },
  { .name = "key", .ask = ask_key, .unchanged = ALL },
  { .name = "code", .ask = ask_code, .unchanged = ALL },
  { .name = "update", .ask = ask_update, .unchanged = ALL },
  { .name = "switch", .ask = ask_switch, .unchanged = ALL },
  { .name = "deletion", .ask = ask_delete, .unchanged = ALL },
  { .name = "invitation again", .ask = ask_resend, .unchanged = NOT_KEYS },
  { .name = "update of a person", .ask = ask_person_update, .unchanged = ALL },
  { .name = "deletion of a person", .ask = ask_person_delete, .unchanged = NOT_KEYS },
  { .name = "update of a lock", .ask = ask_lock, .unchanged = ALL },
  { .name = "invitation to three locks", .ask = ask_invitations, .unchanged = NOT_PEOPLE, .has_parts = TRUE },
  { .name = "switches of three keys", .ask = ask_switches, .unchanged = ALL, .has_parts = TRUE },
  { .name = "deletions of three keys", .ask = ask_deletes, .unchanged = ALL, .has_parts = TRUE },
  { .name = "code for a lock that is away", .ask = ask_code_offline, .unchanged = ALL,
    .relieve = bring_lock_back },
  { .name = "update that makes a key wider", .ask = ask_widened, .unchanged = NOT_KEYS,
    .failure = "*more time than you asked for*s switched off*", .refusal = "*could not be switched off*" },
  { .name = "disputed update", .ask = ask_disputed_key, .unchanged = ALL,
    .failure = "*changed this key in the meantime*" },
  { .name = "disputed update of a person", .ask = ask_disputed_person, .unchanged = ALL,
    .failure = "*changed this person in the meantime*" },
  { .name = "disputed update of a lock", .ask = ask_disputed_lock, .unchanged = ALL,
    .failure = "*changed this lock in the meantime*" },
};

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* What belongs to a thing in a list, without ids and times that differ from run to run. */
static char *
describe_record (JsonObject *record)
{
  static const char *const members[] = {
    "name", "email", "language", "favorite", "smartlockId", "type", "code", "enabled", "remoteAllowed",
    "allowedWeekDays", "allowedFromTime", "allowedUntilTime", "allowedFromDate", "allowedUntilDate",
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (record, members[i]))
      {
        g_autofree char *value = json_to_string (json_object_get_member (record, members[i]), FALSE);

        g_string_append_printf (text, "%s=%s ", members[i], value);
      }

  return g_string_free (text, FALSE);
}

static char *
describe (Fixture *f, const char *list)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  JsonArray *records = json_object_get_array_member (json_node_get_object (dump), list);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (records); i++)
    g_ptr_array_add (texts, describe_record (json_array_get_object_element (records, i)));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);

  return g_strjoinv ("\n", (char **) texts->pdata);
}

static char *
describe_all (Fixture *f)
{
  g_autofree char *keys = describe (f, "keys");
  g_autofree char *users = describe (f, "users");
  g_autofree char *locks = describe (f, "locks");
  g_autofree char *mails = describe (f, "mails");

  return g_strjoin ("\n--\n", keys, users, locks, mails, NULL);
}

static Fixture *
make_signed_in (void)
{
  Fixture *f = fixture_new_direct ();
  g_autoptr (GError) error = fixture_sign_in (f, TOKEN, FALSE);

  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);

  return f;
}

/* The change, or the one that it waits for, as a new invitation does for the end of the old one. */
static gboolean
has_failed (Fixture *f)
{
  GListModel *changes = hk_account_get_changes (f->account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (hk_change_get_state (change) == HK_CHANGE_FAILED && hk_change_get_can_retry (change))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_confirmed (Fixture *f, HkChange *change, gboolean has_parts)
{
  GListModel *changes = hk_account_get_changes (f->account);

  for (guint i = 0; has_parts && i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) part = g_list_model_get_item (changes, i);

      if (hk_change_get_state (part) != HK_CHANGE_CONFIRMED)
        return FALSE;
    }

  return hk_change_get_state (change) == HK_CHANGE_CONFIRMED;
}

static gboolean
is_over (Fixture *f, HkChange *change, gboolean has_parts)
{
  GListModel *changes = hk_account_get_changes (f->account);

  for (guint i = 0; has_parts && i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) part = g_list_model_get_item (changes, i);

      if (!hk_change_get_settled (part))
        return FALSE;
    }

  return hk_change_get_settled (change) || has_failed (f);
}

static void
await_end (Fixture *f, gsize action, HkChange *change)
{
  for (guint i = 0; i < ENOUGH / 10 && !is_over (f, change, actions[action].has_parts); i++)
    fixture_pass (f, 10);
}

/* As the user does who reads what is said of what failed. */
static void
try_again (Fixture *f)
{
  GListModel *changes = hk_account_get_changes (f->account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (hk_change_get_conflict (change) != 0)
        hk_account_resolve (f->account, change, hk_change_get_conflict (change));
      else if (hk_change_get_state (change) == HK_CHANGE_FAILED)
        hk_account_retry (f->account, change);
    }
}

/* What the service holds if nothing goes wrong: at the end, and when what failed was tried again. */
static void
find_expected (gsize action, char **expected, char **wanted)
{
  g_autoptr (Fixture) f = make_signed_in ();
  g_autoptr (HkChange) change = g_object_ref (actions[action].ask (f));

  fixture_pass (f, 60);
  if (actions[action].relieve != NULL)
    actions[action].relieve (f);
  await_end (f, action, change);
  *expected = describe_all (f);
  if (actions[action].failure != NULL)
    {
      assert_text (change, actions[action].failure);
      try_again (f);
      await_end (f, action, change);
    }
  g_assert_true (is_confirmed (f, change, actions[action].has_parts));
  *wanted = describe_all (f);
}

static void
spoil (Fixture *f, const NukiSimNamedFault *named, Span span)
{
  static const char *const writes[] = { "PUT", "POST", "DELETE" };
  const gboolean is_endless = strstr (named->name, "hang") != NULL || strstr (named->name, "drip") != NULL;
  const guint count = span == SPAN_WRITE_ONCE || span == SPAN_READ_ONCE ? 1 : 3;
  NukiSimFault fault = named->fault;

  if (fault.kind == NUKI_SIM_FAULT_REFUSE)
    fault.milliseconds = span == SPAN_HOUR ? 3600 * 1000 : 20 * 1000;
  if (is_endless)
    nuki_client_set_time_limit (f->client, span == SPAN_HOUR ? SHORT_MILLISECONDS / 4 : SHORT_MILLISECONDS);

  if (span == SPAN_HOUR)
    nuki_simulator_add_fault (f->simulator, "*", "*", NUKI_SIM_ALWAYS, &fault);
  else if (span == SPAN_READ_ONCE || span == SPAN_READ_THRICE)
    nuki_simulator_add_fault (f->simulator, "GET", "*", count, &fault);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
      nuki_simulator_add_fault (f->simulator, writes[i], "*", count, &fault);
}

static void
mend (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  nuki_simulator_clear_faults (f->simulator);
  nuki_simulator_set_reachable (f->simulator, TRUE, &error);
  g_assert_no_error (error);
  nuki_client_set_time_limit (f->client, 60 * 1000);
}

/* What the service will not do the next time, either. */
static gboolean
is_refusal (const NukiSimNamedFault *fault)
{
  const guint status = fault->fault.status;

  return status >= 400 && status < 500 && status != 423 && status != 429;
}

/* Whether each record of @list was there before, or is one of those that are wanted, and none is there twice. */
static gboolean
is_between (const char *list, const char *before, const char *expected)
{
  g_auto (GStrv) records = g_strsplit (list, "\n", -1);
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (expected, "\n", -1);

  for (guint i = 0; records[i] != NULL; i++)
    if ((i > 0 && g_str_equal (records[i], records[i - 1])) ||
        (!g_strv_contains ((const char *const *) old, records[i]) && !g_strv_contains ((const char *const *) new, records[i])))
      return FALSE;

  return TRUE;
}

/* Returns: (nullable): what is wrong */
static char *
judge (Fixture *f, gsize action, const NukiSimNamedFault *fault, HkChange *change, char *const *before, const char *expected)
{
  const gboolean fails = actions[action].failure != NULL;
  const char *refusal = actions[action].refusal;
  g_autofree char *held = describe_all (f);
  g_autofree char *text = hk_change_dup_text (change);

  if (!fails && is_confirmed (f, change, actions[action].has_parts))
    return g_str_equal (held, expected) ? NULL : g_strdup_printf ("“%s”, but there is\n%s", text, held);
  if (!has_failed (f))
    return g_strdup_printf ("neither done nor failed: “%s”", text);
  if (fails && g_pattern_match_simple (actions[action].failure, text))
    return g_str_equal (held, expected) ? NULL : g_strdup_printf ("“%s”, but there is\n%s", text, held);
  if (refusal != NULL && !(is_refusal (fault) && g_pattern_match_simple (refusal, text)))
    return g_strdup_printf ("given up: “%s”", text);

  for (guint i = 0; actions[action].unchanged[i] != NULL; i++)
    {
      g_autofree char *list = describe (f, actions[action].unchanged[i]);

      if (actions[action].has_parts ? !is_between (list, before[i], expected) : !g_str_equal (list, before[i]))
        return g_strdup_printf ("“%s”, but %s are\n%s", text, actions[action].unchanged[i], list);
    }

  return NULL;
}

/* What failed does not have to be asked for anew: to try again, or to decide, is enough. */
static char *
judge_another_try (Fixture *f, gsize action, HkChange *change, const char *wanted)
{
  g_autofree char *held = NULL;
  g_autofree char *text = NULL;

  if (hk_account_get_state (f->account) == HK_ACCOUNT_TOKEN_REJECTED)
    g_assert_no_error (fixture_sign_in (f, TOKEN, FALSE));
  for (guint i = 0; i < N_TRIES && !is_confirmed (f, change, actions[action].has_parts); i++)
    {
      try_again (f);
      await_end (f, action, change);
    }

  held = describe_all (f);
  text = hk_change_dup_text (change);
  if (!is_confirmed (f, change, actions[action].has_parts))
    return g_strdup_printf ("tried again, and “%s”", text);

  return g_str_equal (held, wanted) ? NULL : g_strdup_printf ("tried again, and there is\n%s", held);
}

static gboolean
run_cell (gsize action, const NukiSimNamedFault *fault, Span span, const char *expected, const char *wanted)
{
  g_autoptr (Fixture) f = make_signed_in ();
  g_autoptr (HkChange) change = g_object_ref (actions[action].ask (f));
  g_autofree char *problem = NULL;
  char *before[5] = { NULL };

  for (guint i = 0; actions[action].unchanged[i] != NULL; i++)
    before[i] = describe (f, actions[action].unchanged[i]);

  spoil (f, fault, span);
  fixture_pass (f, span == SPAN_HOUR ? 3600 : 120);
  mend (f);
  if (actions[action].relieve != NULL)
    actions[action].relieve (f);
  await_end (f, action, change);

  problem = judge (f, action, fault, change, before, expected);
  if (problem == NULL)
    problem = judge_another_try (f, action, change, wanted);
  if (problem != NULL)
    g_test_message ("%s × %s × %s: %s", actions[action].name, fault->name, span_names[span], problem);
  for (guint i = 0; before[i] != NULL; i++)
    g_free (before[i]);

  return problem == NULL;
}

/* One test of each action with each fault. */
typedef struct
{
  gsize action;
  const NukiSimNamedFault *fault;
} Pair;

static void
test_it_is_done_once_or_seen_to_have_failed (gconstpointer data)
{
  static char *expected[G_N_ELEMENTS (actions)];
  static char *wanted[G_N_ELEMENTS (actions)];
  const Pair *pair = data;
  const gsize action = pair->action;

  if (expected[action] == NULL)
    find_expected (action, &expected[action], &wanted[action]);
  for (Span span = 0; span < N_SPANS; span++)
    {
      /* Gigabytes, with no other outcome than those of the other bodies that are no answer. */
      if (g_str_equal (pair->fault->name, "huge") && span != SPAN_READ_ONCE)
        continue;
      n_run++;
      if (run_cell (action, pair->fault, span, expected[action], wanted[action]))
        n_passed++;
      else
        g_test_fail ();
    }
}

static void
add_test (gsize action, const NukiSimNamedFault *fault)
{
  g_autofree char *name = g_strdelimit (g_strdup (actions[action].name), " ", '-');
  g_autofree char *path = g_strdup_printf ("/outcomes/%s/%s", name, fault->name);
  Pair *pair = g_new (Pair, 1);

  pair->action = action;
  pair->fault = fault;
  g_test_add_data_func_full (path, pair, test_it_is_done_once_or_seen_to_have_failed, g_free);
}

int
main (int argc, char *argv[])
{
  gsize n_faults;
  const NukiSimNamedFault *faults = nuki_sim_fault_get_all (&n_faults);
  int failed;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    for (gsize j = 0; j < n_faults; j++)
      add_test (i, &faults[j]);
  failed = g_test_run ();
  g_print ("# cells run %u, passed %u\n", n_run, n_passed);

  return failed;
}
