/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-user.h>

G_BEGIN_DECLS

typedef struct _NukiClient NukiClient;

/*
 * HkInvitee: somebody who gets keys and may not be an account user yet. Shared by the keys of one invitation, so that
 * the person is found or made once for all of them.
 */
typedef struct _HkInvitee HkInvitee;

/* Everybody there is, to find several invitees. */
typedef struct _HkPeople HkPeople;

HkPeople *hk_people_new (GPtrArray *users);
void hk_people_free (HkPeople *self);

/* Called with the person, or with an error. */
typedef void (*HkInviteeFunc) (HkInvitee *self, NukiUser *user, const GError *error, gpointer user_data);

HkInvitee *hk_invitee_new (const char *name, const char *email, const char *language);
HkInvitee *hk_invitee_new_again (gint64 id, const char *name, const char *email, const char *language, int user_id);
void hk_invitee_cancel (HkInvitee *self);
HkInvitee *hk_invitee_ref (HkInvitee *self);
void hk_invitee_unref (HkInvitee *self);
NukiUser *hk_invitee_get_user (HkInvitee *self);
const char *hk_invitee_get_name (HkInvitee *self);
const char *hk_invitee_get_email (HkInvitee *self);
const char *hk_invitee_get_language (HkInvitee *self);
int hk_invitee_get_user_id (HkInvitee *self);
gint64 hk_invitee_get_id (HkInvitee *self);
void hk_invitee_set_id (HkInvitee *self, gint64 id);
gboolean hk_invitee_is_made (HkInvitee *self);
gboolean hk_invitee_find (HkInvitee *self, HkPeople *people);
void hk_invitee_make (HkInvitee *self, NukiClient *client, HkInviteeFunc func, gpointer user_data);
void hk_invitee_resolve (HkInvitee *self, NukiClient *client, HkInviteeFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkInvitee, hk_invitee_unref)

G_END_DECLS
