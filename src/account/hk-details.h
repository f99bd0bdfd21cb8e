/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-lock.h>
#include <nuki-user.h>

G_BEGIN_DECLS

/**
 * HkDetails:
 * @name: (owned): the name of a person or a lock
 * @email: (owned) (nullable): the address of a person
 * @language: (owned) (nullable): the language of a person’s e-mails, one of nuki_user_list_languages()
 * @favorite: whether a lock comes first
 *
 * What can be changed of a person or of a lock.
 */
typedef struct
{
  char *name;
  char *email;
  char *language;
  gboolean favorite;
} HkDetails;

HkDetails *hk_details_new_of_person (const char *name, const char *email, const char *language);
HkDetails *hk_details_new_of_lock (const char *name, gboolean favorite);
HkDetails *hk_details_new_from_person (NukiUser *person);
HkDetails *hk_details_new_from_lock (NukiLock *lock);
HkDetails *hk_details_copy (const HkDetails *self);
void hk_details_free (HkDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkDetails, hk_details_free)

G_END_DECLS
