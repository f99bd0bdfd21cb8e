/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* One row for each lock, person and key, as nuki-records.c writes it; see hk-kept.c. Files in which it is TEXT, in JSON, are
 * from before: such a row is none, and is replaced after the next refresh. */
#define HK_KEPT_TABLE              \
  "CREATE TABLE IF NOT EXISTS kept (" \
  "  id TEXT PRIMARY KEY,"         \
  "  record BLOB NOT NULL"         \
  ") WITHOUT ROWID;"

/* The ids begin with what it is. */
#define HK_KEPT_LOCK "lock "
#define HK_KEPT_PERSON "person "
#define HK_KEPT_KEY "key "

/*
 * HkKept:
 * @time: when the service said it; microseconds since 1970
 * @locks: (owned) (element-type NukiLock)
 * @people: (owned) (element-type NukiUser)
 * @keys: (owned) (element-type NukiKey)
 *
 * The last good data of an account.
 */
typedef struct
{
  gint64 time;
  GPtrArray *locks;
  GPtrArray *people;
  GPtrArray *keys;
} HkKept;

/* The same file as that of the journal, for other threads; owned by the journal and by whoever uses it. */
typedef struct _HkKeptFile HkKeptFile;

void hk_kept_free (HkKept *self);
HkKept *hk_kept_read (sqlite3 *db);

HkKeptFile *hk_kept_file_new (const char *path);
HkKeptFile *hk_kept_file_ref (HkKeptFile *self);
void hk_kept_file_unref (HkKeptFile *self);
void hk_kept_file_stop (HkKeptFile *self);
void hk_kept_file_make_way (HkKeptFile *self, gboolean make_way);
HkKept *hk_kept_file_read (HkKeptFile *self, gboolean repair);
gboolean hk_kept_file_write (HkKeptFile *self, GHashTable *records, gint64 time, GCancellable *cancellable);
gboolean hk_kept_file_clear (HkKeptFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkKept, hk_kept_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkKeptFile, hk_kept_file_unref)

G_END_DECLS
