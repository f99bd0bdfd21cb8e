/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-key-spec.h>

G_BEGIN_DECLS

#define HK_TYPE_INVITATION (hk_invitation_get_type ())

/**
 * HkInvitation:
 * @spec: (owned): the key; its user id is that of an existing person, or 0
 * @person_name: (owned) (nullable): the name of a new person
 * @email: (owned) (nullable): the address of a new person
 * @language: (owned) (nullable): the language of the e-mail to a new person
 * @lock_ids: (owned) (element-type gint64): the locks that get the key
 *
 * What the invite dialog asks for: one key on one or several locks, for somebody known or new. A code needs no person.
 */
typedef struct
{
  NukiKeySpec *spec;
  char *person_name;
  char *email;
  char *language;
  GArray *lock_ids;
} HkInvitation;

GType hk_invitation_get_type (void);
HkInvitation *hk_invitation_new (NukiKeySpec *spec);
void hk_invitation_set_new_person (HkInvitation *self, const char *name, const char *email, const char *language);
void hk_invitation_add_lock (HkInvitation *self, gint64 lock_id);
HkInvitation *hk_invitation_copy (const HkInvitation *self);
void hk_invitation_free (HkInvitation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkInvitation, hk_invitation_free)

G_END_DECLS
