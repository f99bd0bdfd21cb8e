/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <glib/gstdio.h>
#include <hk-keeper.h>
#include <signal.h>
#include <sys/resource.h>

/* Longer than anything takes, in microseconds of real time. */
/* Long enough for ten megabytes of keys while memory is being watched. */
#define DEADLINE (90 * G_USEC_PER_SEC)

static const char account_text[] =
    "{'locks': ["
    "  {'smartlockId': 17618910285, 'type': 4, 'name': 'Front door', 'favorite': true, 'serverState': 0,"
    "   'config': {'keypadPaired': true, 'timezoneId': 37}},"
    "  {'smartlockId': 17618910286, 'type': 4, 'name': 'Garage', 'favorite': false, 'serverState': 0,"
    "   'config': {'keypadPaired': true, 'timezoneId': 37}},"
    "  {'smartlockId': 17618910287, 'type': 4, 'name': 'Flat', 'favorite': false, 'serverState': 0,"
    "   'config': {'keypadPaired': true, 'timezoneId': 12}}],"
    " 'users': ["
    "  {'accountUserId': 102, 'name': 'Ben', 'email': 'ben@example.org', 'language': 'en'},"
    "  {'accountUserId': 101, 'name': 'Anna', 'email': 'Anna@Example.org', 'language': 'de'}],"
    " 'keys': ["
    "  {'id': '647cfac64dd15972f2122e01', 'smartlockId': 17618910285, 'accountUserId': 101, 'type': 0, 'name': 'Anna',"
    "   'enabled': true, 'remoteAllowed': false, 'lockCount': 0, 'allowedWeekDays': 64, 'allowedFromTime': 540,"
    "   'allowedUntilTime': 720, 'creationDate': '2026-03-01T10:00:00.000Z', 'updateDate': '2026-03-01T10:00:02.000Z'},"
    "  {'id': '647cfac64dd15972f2122e02', 'smartlockId': 17618910286, 'accountUserId': 101, 'type': 0, 'name': 'Anna',"
    "   'enabled': true, 'remoteAllowed': true, 'lockCount': 3, 'lastActiveDate': '2026-02-01T10:00:00.000Z',"
    "   'creationDate': '2026-01-01T10:00:00.000Z', 'updateDate': '2026-01-01T10:00:02.000Z'},"
    "  {'id': '647cfac64dd15972f2122e03', 'smartlockId': 17618910285, 'accountUserId': 102, 'type': 0, 'name': 'Ben',"
    "   'enabled': false, 'remoteAllowed': false, 'lockCount': 9, 'lastActiveDate': '2026-02-01T10:00:00.000Z',"
    "   'creationDate': '2026-01-01T10:00:00.000Z', 'updateDate': '2026-01-01T10:00:02.000Z'},"
    "  {'id': '647cfac64dd15972f2122e04', 'smartlockId': 17618910285, 'type': 13, 'code': 345678, 'name': 'Cleaning',"
    "   'enabled': true, 'remoteAllowed': false, 'lockCount': 2, 'allowedWeekDays': 126, 'allowedFromTime': 600,"
    "   'allowedUntilTime': 840, 'lastActiveDate': '2026-02-01T10:00:00.000Z',"
    "   'creationDate': '2026-01-01T10:00:00.000Z', 'updateDate': '2026-01-01T10:00:02.000Z'},"
    "  {'id': '647cfac64dd15972f2122e05', 'smartlockId': 17618910285, 'type': 1, 'name': 'Nuki Web', 'enabled': true,"
    "   'remoteAllowed': true, 'lockCount': 5, 'creationDate': '2026-01-01T10:00:00.000Z',"
    "   'updateDate': '2026-01-01T10:00:02.000Z'}]}";

typedef struct
{
  gboolean done;
  GError *error;
} Outcome;

static gboolean
is_done (gpointer user_data)
{
  Outcome *outcome = user_data;

  return outcome->done;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  hk_account_sign_in_finish (HK_ACCOUNT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  hk_account_sign_out_finish (HK_ACCOUNT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
on_token_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  hk_token_store_store_finish (HK_TOKEN_STORE (source), result, &outcome->error);
  outcome->done = TRUE;
}

/* Waits until @condition holds; the test fails if it never does. */
void
await (Condition condition, gpointer user_data)
{
  const gint64 deadline = g_get_monotonic_time () + DEADLINE;

  while (!condition (user_data))
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

static gboolean
is_settled (gpointer user_data)
{
  Fixture *self = user_data;

  return !nuki_client_get_busy (self->client) && !hk_account_get_refreshing (self->account) &&
         !hk_keeper_is_busy (self->account->keeper) && !g_main_context_pending (NULL);
}

/* Waits until no request is under way and nothing is to be done at this moment. */
void
fixture_settle (Fixture *self)
{
  await (is_settled, self);
}

/* Lets time pass for the account and for the service, with everything that happens in it. */
void
fixture_pass (Fixture *self, guint seconds)
{
  gint64 left = (gint64) seconds * 1000;

  fixture_settle (self);
  while (left >= 0)
    {
      const gint64 next = hk_manual_clock_get_next (HK_MANUAL_CLOCK (self->clock));
      const gint64 step = next >= 0 && next <= left ? next : left;

      if (step > 0)
        nuki_simulator_advance (self->simulator, step);
      hk_manual_clock_move (HK_MANUAL_CLOCK (self->clock), step);
      fixture_settle (self);
      left -= step;
      if (left == 0 && hk_manual_clock_get_next (HK_MANUAL_CLOCK (self->clock)) != 0)
        break;
    }
}

/* @account: in the form of the simulator's account files, with ' for " */
void
fixture_load (Fixture *self, const char *account)
{
  g_autofree char *text = g_strdelimit (g_strdup (account), "'", '"');
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  node = json_from_string (text, &error);
  g_assert_no_error (error);
  nuki_simulator_load (self->simulator, node, &error);
  g_assert_no_error (error);
}

/* As the application does when it starts; without a folder, the changes go with the account. */
void
fixture_make_account (Fixture *self)
{
  g_autoptr (HkJournal) journal = NULL;

  if (self->folder != NULL)
    journal = hk_journal_new (self->folder, nuki_client_get_base_uri (self->client), self->clock);
  else
    journal = hk_journal_new_in_memory (self->clock);
  self->account = hk_account_new (self->client, self->store, self->clock, journal);
}

static Fixture *
make_fixture (gboolean direct)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  self->simulator = nuki_simulator_new ();
  fixture_load (self, account_text);
  nuki_simulator_add_token (self->simulator, TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  nuki_simulator_set_delay (self->simulator, 1000, 1000);
  nuki_simulator_start (self->simulator, 0, &error);
  g_assert_no_error (error);
  if (!direct)
    self->service = faulty_service_new (nuki_simulator_get_uri (self->simulator));

  self->client = nuki_client_new (direct ? nuki_simulator_get_uri (self->simulator)
                                         : faulty_service_get_uri (self->service),
                                  NULL);
  self->store = hk_memory_token_store_new ();
  self->clock = hk_manual_clock_new ("2026-03-02T10:00:00Z");
  fixture_make_account (self);

  return self;
}

Fixture *
fixture_new (void)
{
  return make_fixture (FALSE);
}

/* Without anything between account and simulator, which has faults of its own. */
Fixture *
fixture_new_direct (void)
{
  return make_fixture (TRUE);
}

/* Returns: (nullable): why not */
GError *
fixture_sign_in (Fixture *self, const char *token, gboolean session_only)
{
  Outcome outcome = { FALSE, NULL };

  hk_account_sign_in_async (self->account, token, session_only, NULL, on_signed_in, &outcome);
  await (is_done, &outcome);

  return outcome.error;
}

/* Returns: (transfer full) (nullable): why it is still signed in */
GError *
fixture_sign_out (Fixture *self)
{
  Outcome outcome = { FALSE, NULL };

  hk_account_sign_out_async (self->account, NULL, on_signed_out, &outcome);
  await (is_done, &outcome);

  return outcome.error;
}

/* Another program puts a token into the keyring. */
void
fixture_store_token (Fixture *self, const char *token)
{
  Outcome outcome = { FALSE, NULL };

  hk_token_store_store_async (self->store, nuki_client_get_base_uri (self->client), token, NULL, on_token_stored, &outcome);
  await (is_done, &outcome);
  g_assert_no_error (outcome.error);
}

Fixture *
fixture_new_signed_in (void)
{
  Fixture *self = fixture_new ();
  g_autoptr (GError) error = fixture_sign_in (self, TOKEN, FALSE);

  g_assert_no_error (error);
  fixture_settle (self);
  g_assert_cmpint (hk_account_get_state (self->account), ==, HK_ACCOUNT_READY);
  faulty_service_forget (self->service);

  return self;
}

/* Like a crash: nothing of it can do anything any more. */
static void
drop_account (Fixture *self)
{
  const gint64 deadline = g_get_monotonic_time () + DEADLINE;

  if (self->account != NULL)
    g_assert_finalize_object (self->account);
  self->account = NULL;
  if (self->service != NULL)
    faulty_service_release (self->service);
  while (nuki_client_get_busy (self->client))
    {
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

/* The changes are kept in a file from now on. */
void
fixture_keep (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("housekeys-XXXXXX", &error);
  g_assert_no_error (error);
  fixture_restart (self);
}

/* Returns: (transfer full): one whose changes are in a file */
Fixture *
fixture_new_kept (void)
{
  Fixture *self = fixture_new_signed_in ();

  fixture_keep (self);
  fixture_settle (self);
  g_assert_cmpint (hk_account_get_state (self->account), ==, HK_ACCOUNT_READY);
  g_assert_no_error (hk_account_get_journal_error (self->account));
  faulty_service_forget (self->service);

  return self;
}

/* What somebody else does, with ' for ". */
void
fixture_edit (Fixture *self, const char *edits)
{
  g_autofree char *text = g_strdelimit (g_strdup (edits), "'", '"');
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;

  nuki_simulator_edit (self->simulator, node, &error);
  g_assert_no_error (error);
}

/* Returns: how many requests asked for something to be changed */
guint
fixture_count_sent (Fixture *self)
{
  return faulty_service_count (self->service, "POST", "*") + faulty_service_count (self->service, "PUT", "*") +
         faulty_service_count (self->service, "DELETE", "*");
}

/* No file may become larger; this is as good as a disk that is full. */
void
fixture_limit_files (gboolean limited)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = limited ? 4096 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The application ends and starts again; the token is in the keyring. */
void
fixture_restart (Fixture *self)
{
  drop_account (self);
  fixture_make_account (self);
  hk_account_open (self->account);
}

/* Returns: (transfer full): the file of the changes */
char *
fixture_get_journal_path (Fixture *self)
{
  g_autoptr (HkJournal) journal = hk_journal_new (self->folder, nuki_client_get_base_uri (self->client), self->clock);

  return g_strdup (hk_journal_get_path (journal));
}

/* Somebody new, on Tuesdays to all three locks. Returns: (transfer full) (element-type HkChange): a change for each */
GPtrArray *
fixture_invite_clara (Fixture *self)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Clara");
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 720);
  g_autoptr (HkInvitation) invitation = NULL;

  nuki_key_spec_set_limits (spec, limits);
  invitation = hk_invitation_new (spec);
  hk_invitation_set_new_person (invitation, "Clara", "clara@example.org", "fr");
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  hk_invitation_add_lock (invitation, GARAGE);
  hk_invitation_add_lock (invitation, FLAT);

  return hk_account_invite (self->account, invitation);
}

static gboolean
contains (const char *data, gsize size, const char *text)
{
  const gsize length = strlen (text);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, text, length) == 0)
      return TRUE;

  return FALSE;
}

/* What is on the disk is told by the disk: also what SQLite has deleted, or not moved to its place yet. Returns: whether @text is
 * in any file of the account */
gboolean
fixture_is_on_disk (Fixture *self, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      /* One of them may just have gone. */
      if (g_file_get_contents (path, &data, &size, NULL) && contains (data, size, text))
        return TRUE;
    }

  return FALSE;
}

/* @path: a folder without folders in it */
void
fixture_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_remove (file), ==, 0);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
fixture_free (Fixture *self)
{
  drop_account (self);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_finalize_object (self->clock);
  g_assert_finalize_object (self->store);
  g_assert_finalize_object (self->client);
  g_clear_pointer (&self->service, faulty_service_free);
  nuki_simulator_stop (self->simulator);
  g_object_unref (self->simulator);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (self->folder != NULL)
    fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

void
fixture_refresh (Fixture *self)
{
  hk_account_refresh (self->account);
  fixture_settle (self);
}

/* Returns: (transfer none) (nullable): a key in the account's list */
HkKey *
fixture_find_key (Fixture *self, const char *key_id)
{
  GListModel *keys = hk_account_get_keys (self->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      NukiKey *record = hk_key_get_record (key);

      if (record != NULL && g_str_equal (nuki_key_get_id (record), key_id))
        return key;
    }

  return NULL;
}

HkKey *
fixture_find_named (Fixture *self, const char *name, gint64 lock_id)
{
  GListModel *keys = hk_account_get_keys (self->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (g_str_equal (hk_key_get_name (key), name) && hk_key_get_lock_id (key) == lock_id)
        return key;
    }

  return NULL;
}

/* Returns: (transfer none) (nullable): what @dump of the simulator holds */
JsonObject *
fixture_find_record (Fixture *self, JsonNode *dump, const char *list, const char *member, const char *value)
{
  JsonArray *records = json_object_get_array_member (json_node_get_object (dump), list);

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (record, member, NULL), value) == 0)
        return record;
    }

  return NULL;
}

guint
fixture_count_records (Fixture *self, const char *list)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (self->simulator);

  return json_array_get_length (json_object_get_array_member (json_node_get_object (dump), list));
}

/* Returns: whether the service has it */
gboolean
fixture_has_key (Fixture *self, const char *key_id)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (self->simulator);

  return fixture_find_record (self, dump, "keys", "id", key_id) != NULL;
}

void
assert_text (HkChange *change, const char *pattern)
{
  g_autofree char *text = hk_change_dup_text (change);

  if (!g_pattern_match_simple (pattern, text))
    g_error ("“%s” is not like “%s”", text, pattern);
}
