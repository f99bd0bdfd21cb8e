/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-test-certificates.h"

#include <glib/gstdio.h>

/* Where they are. */
static char *folder;

/* Makes them all, once for a test program. */
void
certificates_make (void)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { MAKE_CERTIFICATES, NULL, NULL };
  g_autofree char *output = NULL;
  int status;

  folder = g_dir_make_tmp ("housekeys-certificates-XXXXXX", &error);
  g_assert_no_error (error);
  argv[1] = folder;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &output, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("There are no certificates: %s", output);
}

void
certificates_remove (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  /* The temporary folder is isolated, too, by newer versions of GLib, and gone with what was in it when the tests have run. */
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* (transfer full): such as `good` or `expired`, with its key */
GTlsCertificate *
certificates_load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

/* (transfer full): a session that believes the authority of the tests */
SoupSession *
certificates_make_session (void)
{
  g_autofree char *path = g_build_filename (folder, "authority.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  return soup_session_new_with_options ("tls-database", database, "timeout", 10, NULL);
}
