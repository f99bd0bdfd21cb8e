/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crash-story.h"

#include "crash-plan.h"

/* Of the account of a plan: somebody, and a code of the first lock. */
#define PERSON_ID 101
#define KEY_NUMBER 24
#define KEY_ID "647cfac64dd15972f2100018"

/* So many keys are switched off, and as many taken back. */
#define N_TOGETHER 5

#define LONG_MS (48 * 3600 * 1000)

static void
add_fault (NukiSimulator *simulator, const char *method, const char *path, const char *name)
{
  nuki_simulator_add_fault (simulator, method, path, 1, nuki_sim_fault_find (name));
}

static JsonObject *
find (JsonNode *dump, const char *list, const char *member, const char *value, guint *n_found)
{
  JsonArray *records = json_object_get_array_member (json_node_get_object (dump), list);
  JsonObject *found = NULL;

  *n_found = 0;
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (record, member, NULL), value) != 0)
        continue;
      found = record;
      (*n_found)++;
    }

  return found;
}

static void
count (JsonNode *dump, const char *list, const char *name, guint *n_lost, guint *n_doubled)
{
  guint n;

  find (dump, list, "name", name, &n);
  *n_lost += n == 0;
  *n_doubled += n > 1 ? n - 1 : 0;
}

/* Returns: whether a process that ended before it could say so has already asked for this */
static gboolean
is_asked_for (HkAccount *account, HkChangeKind kind)
{
  GListModel *changes = hk_account_get_changes (account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (hk_change_get_kind (change) == kind)
        return TRUE;
    }

  return FALSE;
}

/* The lock forgets the limits of a key that is there. */
static void
prepare_wider (NukiSimulator *simulator)
{
  static const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_DROP_LIMITS };

  nuki_simulator_add_fault (simulator, "POST", "*" KEY_ID, 1, &fault);
}

static void
ask_wider (HkAccount *account)
{
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_MONDAY, -1, -1);
  g_autoptr (NukiKeySpec) spec = NULL;
  HkKey *key = crash_find_key (account, KEY_NUMBER);

  if (is_asked_for (account, HK_CHANGE_UPDATE_KEY))
    return;

  spec = hk_key_dup_spec (key);
  nuki_key_spec_set_name (spec, "Limited");
  nuki_key_spec_set_limits (spec, limits);
  hk_account_update_key (account, key, NULL, spec);
}

/* It is off, and nothing else has become of it. */
static void
judge_wider (JsonNode *dump, guint *n_lost, guint *n_doubled)
{
  guint n;
  JsonObject *key = find (dump, "keys", "id", KEY_ID, &n);

  count (dump, "keys", "Limited", n_lost, n_doubled);
  *n_lost += key == NULL || json_object_get_boolean_member (key, "enabled");
}

/* The answer to the request for a new key gets lost while the lock is away. */
static void
take_lock_away (NukiSimulator *simulator)
{
  nuki_simulator_set_lock_online (simulator, CRASH_FIRST_LOCK, FALSE);
  nuki_simulator_set_delay (simulator, LONG_MS, LONG_MS);
}

static void
prepare_taken (NukiSimulator *simulator)
{
  take_lock_away (simulator);
  add_fault (simulator, "PUT", "*", "apply-then-reset");
}

static void
prepare_not_taken (NukiSimulator *simulator)
{
  take_lock_away (simulator);
  add_fault (simulator, "PUT", "*", "reset-before");
}

static void
ask_parcels (HkAccount *account)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (is_asked_for (account, HK_CHANGE_CREATE_KEY))
    return;

  spec->code = 987654;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, CRASH_FIRST_LOCK);
  changes = hk_account_invite (account, invitation);
}

static void
judge_parcels (JsonNode *dump, guint *n_lost, guint *n_doubled)
{
  count (dump, "keys", "Parcels", n_lost, n_doubled);
}

/* Somebody else was quicker. */
static void
prepare_disputed (NukiSimulator *simulator)
{
  g_autoptr (JsonNode) edits = json_from_string ("{\"users\": [{\"accountUserId\": 101, \"name\": \"Theirs\"}],"
                                                 " \"locks\": [{\"smartlockId\": 17618910285, \"name\": \"Theirs\"}]}",
                                                 NULL);

  g_assert_true (nuki_simulator_edit (simulator, edits, NULL));
}

static void
ask_disputed (HkAccount *account)
{
  g_autoptr (HkDetails) person = hk_details_new_of_person ("Somebody 0", "s0@example.org", NULL);
  g_autoptr (HkDetails) lock = hk_details_new_of_lock ("Door 0", FALSE);

  if (!is_asked_for (account, HK_CHANGE_UPDATE_PERSON))
    hk_account_update_person (account, hk_account_find_person (account, PERSON_ID), person, "Mine", "s0@example.org",
                              NULL);
  if (!is_asked_for (account, HK_CHANGE_UPDATE_LOCK))
    hk_account_update_lock (account, hk_account_find_lock (account, CRASH_FIRST_LOCK), lock, "Mine", FALSE);
}

static void
judge_disputed (JsonNode *dump, guint *n_lost, guint *n_doubled)
{
  count (dump, "users", "Mine", n_lost, n_doubled);
  count (dump, "locks", "Mine", n_lost, n_doubled);
}

/* Many things at once: two people who are new are invited to all locks, keys are switched off, others taken back. */
static void
invite (HkAccount *account, const char *name)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, name);
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autofree char *email = g_strdup_printf ("%s@example.org", name);
  g_autoptr (GPtrArray) changes = NULL;

  if (crash_is_asked_for (account, name))
    return;

  hk_invitation_set_new_person (invitation, name, email, "en");
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    hk_invitation_add_lock (invitation, CRASH_FIRST_LOCK + i);
  changes = hk_account_invite (account, invitation);
}

static GPtrArray *
find_keys (HkAccount *account, guint first)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = first; i < first + N_TOGETHER; i++)
    if (crash_find_key (account, i) != NULL)
      g_ptr_array_add (keys, crash_find_key (account, i));

  return keys;
}

static void
ask_many (HkAccount *account)
{
  g_autoptr (GPtrArray) keys = find_keys (account, 0);
  g_autoptr (GPtrArray) others = find_keys (account, N_TOGETHER);
  g_autoptr (GPtrArray) switches = NULL;
  g_autoptr (GPtrArray) deletions = NULL;

  invite (account, "Fanny");
  invite (account, "Gustav");
  switches = hk_account_switch_keys (account, keys, FALSE);
  deletions = hk_account_delete_keys (account, others);
}

static void
judge_many (JsonNode *dump, guint *n_lost, guint *n_doubled)
{
  static const char *const names[] = { "Fanny", "Gustav" };
  guint n;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      count (dump, "users", names[i], n_lost, n_doubled);
      find (dump, "keys", "name", names[i], &n);
      *n_lost += n < CRASH_N_LOCKS ? CRASH_N_LOCKS - n : 0;
      *n_doubled += n > CRASH_N_LOCKS ? n - CRASH_N_LOCKS : 0;
    }
  for (guint i = 0; i < 2 * N_TOGETHER; i++)
    {
      g_autofree char *id = g_strdup_printf (CRASH_ID_FORMAT, i);
      JsonObject *key = find (dump, "keys", "id", id, &n);

      *n_lost += i < N_TOGETHER ? key == NULL || json_object_get_boolean_member (key, "enabled") : key != NULL;
    }
}

static const CrashStory stories[] = {
  { "invitation", NULL, crash_invite_clara, crash_judge_clara, FALSE, 0 },
  { "wider", prepare_wider, ask_wider, judge_wider, TRUE, 0 },
  { "taken", prepare_taken, ask_parcels, judge_parcels, FALSE, 0 },
  { "not-taken", prepare_not_taken, ask_parcels, judge_parcels, FALSE, 40 },
  { "many", NULL, ask_many, judge_many, FALSE, 30 },
  { "disputed", prepare_disputed, ask_disputed, judge_disputed, FALSE, 0 },
};

const CrashStory *
crash_story_get_all (gsize *n_stories)
{
  *n_stories = G_N_ELEMENTS (stories);

  return stories;
}

/* Returns: (nullable): the story of this name */
const CrashStory *
crash_story_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stories); i++)
    if (g_str_equal (stories[i].name, name))
      return &stories[i];

  return NULL;
}

void
crash_story_bring_lock_back (NukiSimulator *simulator)
{
  nuki_simulator_set_delay (simulator, 0, 0);
  nuki_simulator_set_lock_online (simulator, CRASH_FIRST_LOCK, TRUE);
}
