/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An account in a process of its own, which is killed:
 *
 *   crash-child ADDRESS FOLDER EPOCH WHAT FIRST POINT
 *
 * Asks for what WHAT says, from the FIRST thing on, and ends when everything is confirmed, or has failed. WHAT is the seed of a
 * plan or the name of a story, which is one thing; FIRST 1 only goes on with it. At the POINT-th step, if that is not 0, it
 * kills itself. Says what it does, so that whoever started it knows how far it came.
 *
 * Two other things for WHAT: `keep` invites somebody, unless FIRST is 1, and ends when what the service holds is kept; its steps
 * are writes to the disk, whoever makes them. `show` says what is there before the service has said anything.
 */

#include <hk-account-private.h>
#include <hk-journal-private.h>
#include <hk-keeper.h>
#include <hk-memory-token-store.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "crash-plan.h"
#include "crash-story.h"
#include "hk-fast-clock.h"

/* Ten minutes are three seconds: enough for a busy machine to confirm something before patience ends. With a single thing it
 * does no harm if that takes longer. */
#define FACTOR 200
#define STORY_FACTOR 5000

/* After so many milliseconds an account looks whether a lock is back. */
#define LOOK_MS 10

/* So often something that is not in the lists is looked for. */
#define MAX_MISSED 5

typedef struct
{
  HkAccount *account;
  CrashPlan *plan;
  const CrashStory *story;
  guint next;
  guint n_missed;
  guint point;
  gint64 looked;
  gboolean done;
} Child;

static void
say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
}

static void
reach (Child *child, const char *what, const char *detail)
{
  if (child->point == 0 || --child->point > 0)
    return;

  say ("point %s %s\n", what, detail);
  raise (SIGKILL);
}

/* Until it is killed. */
static int n_writes_left;

/* What SQLite calls instead of pwrite(), on any thread. */
static ssize_t
count_write (int fd, const void *data, size_t size, off_t offset)
{
  if (g_atomic_int_dec_and_test (&n_writes_left))
    raise (SIGKILL);

  return pwrite (fd, data, size, offset);
}

static void
count_writes (guint point)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);

  n_writes_left = (int) point;
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "pwrite", (sqlite3_syscall_ptr) count_write), ==, SQLITE_OK);
  vfs->xSetSystemCall (vfs, "pwrite64", (sqlite3_syscall_ptr) count_write);
}

static void
on_journal_step (const char *step, gboolean on_disk, gpointer user_data)
{
  reach (user_data, on_disk ? "written:" : "writing:", step);
}

static void
on_wrote_body (SoupMessage *message, gpointer user_data)
{
  reach (user_data, "sent:", soup_message_get_method (message));
}

static void
on_got_body (SoupMessage *message, gpointer user_data)
{
  reach (user_data, "answered:", soup_message_get_method (message));
}

static void
on_request_queued (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  reach (user_data, "to be sent:", soup_message_get_method (message));
  g_signal_connect (message, "wrote-body", G_CALLBACK (on_wrote_body), user_data);
  g_signal_connect (message, "got-body", G_CALLBACK (on_got_body), user_data);
}

static gboolean
is_all_over (Child *child)
{
  GListModel *changes = hk_account_get_changes (child->account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (!hk_change_get_settled (change))
        return FALSE;
    }

  return TRUE;
}

static void
tell_failures (Child *child)
{
  GListModel *changes = hk_account_get_changes (child->account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (hk_change_get_state (change) == HK_CHANGE_FAILED)
        say ("failed %d “%s”: %s\n", hk_change_get_kind (change), hk_change_get_name (change),
             hk_change_get_error (change)->message);
    }
}

/* What is not found is looked for again, and in the end is gone. */
static void
ask (Child *child)
{
  say ("asking %u\n", child->next);
  if (child->story != NULL)
    {
      child->story->ask (child->account);
    }
  else if (!crash_plan_ask (child->plan, child->next, child->account) && child->n_missed++ < MAX_MISSED)
    {
      hk_account_refresh (child->account);
      return;
    }
  say ("asked %u\n", child->next);
  child->n_missed = 0;
  child->next++;
}

/* The user decides what is disputed, and sees when a lock is away; that is said, so that it comes back. */
static void
follow (Child *child)
{
  GListModel *changes = hk_account_get_changes (child->account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);
      NukiLock *lock = hk_change_get_lock (change);

      if (hk_change_get_conflict (change) != 0)
        {
          hk_account_resolve (child->account, change, hk_change_get_conflict (change));
        }
      /* What somebody else made of it, a process that has ended knew. */
      else if (g_error_matches (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT))
        {
          hk_account_retry (child->account, change);
        }
      else if (hk_change_get_state (change) == HK_CHANGE_NOT_CONFIRMED && lock != NULL && !nuki_lock_get_online (lock) &&
               g_get_monotonic_time () - child->looked > LOOK_MS * 1000)
        {
          say ("looking\n");
          child->looked = g_get_monotonic_time ();
          hk_account_refresh (child->account);
        }
    }
}

static gboolean
on_keep_tick (gpointer user_data)
{
  Child *child = user_data;

  if (hk_account_get_state (child->account) != HK_ACCOUNT_READY || hk_account_get_shows_kept (child->account) ||
      hk_account_get_refreshing (child->account))
    return G_SOURCE_CONTINUE;

  if (child->next++ == 0)
    crash_invite_clara (child->account);
  child->done = is_all_over (child) && !hk_keeper_is_busy (child->account->keeper);

  return child->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static void
tell_names (GListModel *list)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);
      char *name = NULL;

      g_object_get (item, "name", &name, NULL);
      g_ptr_array_add (names, name);
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    say ("%s, ", (char *) g_ptr_array_index (names, i));
}

/* The first refresh has failed: the service cannot be reached. */
static gboolean
on_show_tick (gpointer user_data)
{
  Child *child = user_data;

  if (hk_account_get_error (child->account) == NULL || hk_keeper_is_busy (child->account->keeper))
    return G_SOURCE_CONTINUE;

  say ("shown ");
  tell_names (hk_account_get_locks (child->account));
  tell_names (hk_account_get_people (child->account));
  tell_names (hk_account_get_keys (child->account));
  tell_names (hk_account_get_changes (child->account));
  say ("\n");
  child->done = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (gpointer user_data)
{
  Child *child = user_data;
  const guint n_operations = child->plan != NULL ? crash_plan_get_length (child->plan) : 1;

  if (hk_account_get_state (child->account) != HK_ACCOUNT_READY || hk_account_get_refreshing (child->account))
    return G_SOURCE_CONTINUE;

  if (child->story != NULL)
    follow (child);
  if (child->next < n_operations)
    {
      ask (child);
    }
  else if (is_all_over (child))
    {
      tell_failures (child);
      child->done = TRUE;
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static GSourceFunc
choose_tick (const char *what)
{
  if (g_str_equal (what, "keep"))
    return on_keep_tick;

  return g_str_equal (what, "show") ? on_show_tick : on_tick;
}

static void
run (Child *child, GSourceFunc tick, const char *address, const char *folder, gint64 epoch)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (NukiClient) client = nuki_client_new (address, session);
  g_autoptr (HkTokenStore) store = hk_memory_token_store_new ();
  g_autoptr (HkClock) clock = hk_fast_clock_new (epoch, child->story != NULL ? STORY_FACTOR : FACTOR);
  g_autoptr (HkJournal) journal = hk_journal_new (folder, "https://example.org", clock);

  g_signal_connect (session, "request-queued", G_CALLBACK (on_request_queued), child);
  hk_journal_set_hook (journal, on_journal_step, child);
  hk_token_store_store_async (store, nuki_client_get_base_uri (client), CRASH_TOKEN, NULL, NULL, NULL);
  child->account = hk_account_new (client, store, clock, journal);
  hk_account_open (child->account);

  g_timeout_add (1, tick, child);
  while (!child->done)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_no_error (hk_account_get_journal_error (child->account));
    }

  g_object_unref (child->account);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  Child child = { NULL };
  GSourceFunc tick;

  setlocale (LC_ALL, "");
  g_assert_cmpint (argc, ==, 7);
  tick = choose_tick (argv[4]);
  child.next = (guint) g_ascii_strtoull (argv[5], NULL, 10);
  child.point = (guint) g_ascii_strtoull (argv[6], NULL, 10);
  child.story = crash_story_find (argv[4]);
  if (tick == on_keep_tick)
    count_writes (child.point);
  else if (tick == on_tick && child.story == NULL)
    child.plan = crash_plan_new ((guint32) g_ascii_strtoull (argv[4], NULL, 10));
  if (tick != on_tick)
    child.point = 0;
  run (&child, tick, argv[1], argv[2], g_ascii_strtoll (argv[3], NULL, 10));
  g_clear_pointer (&child.plan, crash_plan_free);

  return 0;
}
