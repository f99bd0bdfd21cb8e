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

/* Called with the person, or with an error. */
typedef void (*HkInviteeFunc) (HkInvitee *self, NukiUser *user, const GError *error, gpointer user_data);

HkInvitee *hk_invitee_new (const char *name, const char *email, const char *language);
void hk_invitee_cancel (HkInvitee *self);
HkInvitee *hk_invitee_ref (HkInvitee *self);
void hk_invitee_unref (HkInvitee *self);
NukiUser *hk_invitee_get_user (HkInvitee *self);
const char *hk_invitee_get_name (HkInvitee *self);
void hk_invitee_resolve (HkInvitee *self, NukiClient *client, HkInviteeFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkInvitee, hk_invitee_unref)

G_END_DECLS
