/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The user's data are on a disk that is full: a small one of this test's own, which no other process sees. Where a process may
 * have none, no file may grow. */

#define _GNU_SOURCE

#include <fcntl.h>
#include <glib/gstdio.h>
#include <hk-account-private.h>
#include <locale.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "fixture.h"

#define DISK_SIZE "size=1m"

static char *disk;

static void
write_text (const char *path, const char *text)
{
  const int file = open (path, O_WRONLY | O_CLOEXEC);

  if (file >= 0 && write (file, text, strlen (text)) < 0)
    g_test_message ("%s cannot be written", path);
  if (file >= 0)
    close (file);
}

/* Returns: whether this process sees other file systems than others from now on */
static gboolean
leave_namespace (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", getgid ());

  if (unshare (CLONE_NEWNS) == 0)
    return TRUE;
  if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  write_text ("/proc/self/uid_map", users);
  write_text ("/proc/self/setgroups", "deny");
  write_text ("/proc/self/gid_map", groups);

  return TRUE;
}

static void
make_disk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("housekeys-disk-XXXXXX", NULL);

  if (leave_namespace () && mount ("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0 &&
      mount ("none", folder, "tmpfs", MS_NOSUID | MS_NODEV, DISK_SIZE) == 0)
    disk = g_steal_pointer (&folder);
  else
    g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
remove_disk (void)
{
  if (disk == NULL)
    return;

  g_assert_cmpint (umount2 (disk, MNT_DETACH), ==, 0);
  g_assert_cmpint (g_rmdir (disk), ==, 0);
  g_free (disk);
}

static char *
get_filler (void)
{
  return g_build_filename (disk, "filler", NULL);
}

/* Nothing more fits on it. */
static void
fill_disk (void)
{
  static const char block[4096];
  g_autofree char *path = NULL;
  int file;

  if (disk == NULL)
    {
      fixture_limit_files (TRUE);
      return;
    }

  path = get_filler ();
  file = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (file, >=, 0);
  while (write (file, block, sizeof block) > 0)
    continue;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (file);
}

static void
empty_disk (void)
{
  g_autofree char *path = disk != NULL ? get_filler () : NULL;

  if (disk == NULL)
    fixture_limit_files (FALSE);
  else
    g_assert_cmpint (g_remove (path), ==, 0);
}

static Fixture *
make_kept (void)
{
  Fixture *f = fixture_new_signed_in ();
  g_autoptr (GError) error = NULL;

  f->folder = disk != NULL ? g_build_filename (disk, "housekeys", NULL) : g_dir_make_tmp ("housekeys-XXXXXX", &error);
  g_assert_no_error (error);
  fixture_restart (f);
  fixture_settle (f);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  faulty_service_forget (f->service);

  return f;
}

/* There is some room left in what the file already has; not for long. */
static void
ask_until_said (Fixture *f)
{
  const int code = disk != NULL ? HK_JOURNAL_ERROR_FULL : HK_JOURNAL_ERROR_FAILED;

  for (guint i = 0; i < 1000 && hk_account_get_journal_error (f->account) == NULL; i++)
    hk_account_update_lock (f->account, hk_account_find_lock (f->account, GARAGE), NULL, "A rather long name", i % 2);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, code);
}

static void
test_changes_wait_until_there_is_room (void)
{
  g_autoptr (Fixture) f = make_kept ();
  HkChange *change;

  faulty_service_set_up (f->service, FALSE);
  fill_disk ();
  ask_until_said (f);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 3600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_false (hk_account_retry_journal (f->account));
  g_assert_nonnull (hk_account_get_journal_error (f->account));

  empty_disk ();
  g_assert_true (hk_account_retry_journal (f->account));
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*" ANNA_FRONT), ==, 1);
}

static void
test_it_goes_on_without_only_when_the_user_agreed (void)
{
  g_autoptr (Fixture) f = make_kept ();
  HkChange *change;
  guint n_sent;

  faulty_service_set_up (f->service, FALSE);
  fill_disk ();
  ask_until_said (f);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 600);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);

  hk_account_work_without_journal (f->account);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  n_sent = fixture_count_sent (f);
  g_assert_cmpuint (n_sent, >=, 1);

  empty_disk ();
  fixture_restart (f);
  fixture_pass (f, 600);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_cmpuint (fixture_count_sent (f), ==, n_sent);
}

static void
test_a_disk_that_is_full_at_the_start_is_said (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  HkChange *change;

  g_assert_finalize_object (f->account);
  g_assert_cmpint (g_remove (path), ==, 0);
  fill_disk ();
  fixture_make_account (f);
  hk_account_open (f->account);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_nonnull (hk_account_get_journal_error (f->account));
  if (disk != NULL)
    g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FULL);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);

  empty_disk ();
  g_assert_true (hk_account_retry_journal (f->account));
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_sent (f), ==, 1);
}

static void
test_what_was_kept_stays (void)
{
  g_autoptr (Fixture) f = make_kept ();

  fill_disk ();
  /* More than the file has room for. */
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"keys\": [{\"id\": \"647cfac64dd15972f2123%03x\", \"smartlockId\": 17618910285,"
                                               " \"type\": 0, \"name\": \"Somebody new %u\"}]}", i, i);
      g_autoptr (JsonNode) edits = json_from_string (text, NULL);

      g_assert_true (nuki_simulator_edit (f->simulator, edits, NULL));
    }
  for (guint i = 0; i < 20; i++)
    fixture_refresh (f);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_true (f->account->has_news);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 45);

  faulty_service_set_up (f->service, FALSE);
  empty_disk ();
  fixture_restart (f);
  fixture_settle (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
}

int
main (int argc, char *argv[])
{
  int failed;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  make_disk ();
  g_test_message ("The disk is %s", disk != NULL ? "a small one" : "limited by the size of files");

  g_test_add_func ("/full-disk/changes-wait-until-there-is-room", test_changes_wait_until_there_is_room);
  g_test_add_func ("/full-disk/it-goes-on-without-only-when-the-user-agreed",
                   test_it_goes_on_without_only_when_the_user_agreed);
  g_test_add_func ("/full-disk/a-disk-that-is-full-at-the-start-is-said", test_a_disk_that_is_full_at_the_start_is_said);
  g_test_add_func ("/full-disk/what-was-kept-stays", test_what_was_kept_stays);
  failed = g_test_run ();
  remove_disk ();

  return failed;
}
