/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-clock.h"

G_BEGIN_DECLS

/**
 * HkJournalError:
 * @HK_JOURNAL_ERROR_IN_USE: another process has it open
 * @HK_JOURNAL_ERROR_NEWER: a later version of the application has written it; it is left as it is
 * @HK_JOURNAL_ERROR_DAMAGED: what is in it makes no sense
 * @HK_JOURNAL_ERROR_FULL: there is no room on the disk
 * @HK_JOURNAL_ERROR_FAILED: it cannot be opened, read or written
 *
 * Messages are translated sentences for a person.
 */
typedef enum
{
  HK_JOURNAL_ERROR_IN_USE,
  HK_JOURNAL_ERROR_NEWER,
  HK_JOURNAL_ERROR_DAMAGED,
  HK_JOURNAL_ERROR_FULL,
  HK_JOURNAL_ERROR_FAILED,
} HkJournalError;

#define HK_JOURNAL_ERROR (hk_journal_error_quark ())
GQuark hk_journal_error_quark (void);

/* Where the changes of one account outlive the process. */
#define HK_TYPE_JOURNAL (hk_journal_get_type ())
G_DECLARE_FINAL_TYPE (HkJournal, hk_journal, HK, JOURNAL, GObject)

HkJournal *hk_journal_new (const char *folder, const char *api_url, HkClock *clock);
HkJournal *hk_journal_new_in_memory (HkClock *clock);
const char *hk_journal_get_path (HkJournal *self);

G_END_DECLS
