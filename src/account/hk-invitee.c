/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invitee.h"

#include <nuki-client.h>

/*
 * HkInvitee:
 * @id: its number in the journal, or 0
 * @user_id: the account user that was found or made before this process began, or 0
 * @name: (owned): the name for a new account user
 * @email: (owned): by which an account user is found
 * @language: (owned) (nullable): of the invitation
 * @user: (owned) (nullable): the account user, once found or made
 * @waiting: (owned) (element-type Waiter): who wants to know
 * @cancellable: (owned): ends what is under way, for all who wait
 * @conflicted: the service said that the address is taken, although a search for it found nobody
 */
struct _HkInvitee
{
  grefcount refs;
  gint64 id;
  int user_id;
  char *name;
  char *email;
  char *language;
  NukiUser *user;
  GArray *waiting;
  GCancellable *cancellable;
  gboolean conflicted;
};

typedef struct
{
  HkInviteeFunc func;
  gpointer user_data;
} Waiter;

static void
answer (HkInvitee *self, const GError *error)
{
  g_autoptr (GArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiter));
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiter *waiter = &g_array_index (waiting, Waiter, i);

      waiter->func (self, self->user, error, waiter->user_data);
    }
}

static NukiUser *
find_by_id (GPtrArray *users, int user_id)
{
  for (guint i = 0; i < users->len; i++)
    if (nuki_user_get_id (g_ptr_array_index (users, i)) == user_id)
      return g_ptr_array_index (users, i);

  return NULL;
}

/* The service compares addresses without regard to case, and so does a person. */
static NukiUser *
find_by_email (GPtrArray *users, const char *email)
{
  g_autofree char *wanted = g_utf8_casefold (email, -1);

  for (guint i = 0; i < users->len; i++)
    {
      NukiUser *user = g_ptr_array_index (users, i);
      const char *candidate = nuki_user_get_email (user);
      g_autofree char *folded = candidate != NULL ? g_utf8_casefold (candidate, -1) : NULL;

      if (g_strcmp0 (folded, wanted) == 0)
        return user;
    }

  return NULL;
}

static void on_users_listed (GObject *source, GAsyncResult *result, gpointer user_data);

static void
on_user_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkInvitee) self = user_data;
  g_autoptr (GError) error = NULL;

  self->user = nuki_client_create_user_finish (NUKI_CLIENT (source), result, &error);
  if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_CONFLICT) && !self->conflicted)
    {
      /* The filter may be stricter than the check for doubles: look through everybody. */
      self->conflicted = TRUE;
      nuki_client_list_users_async (NUKI_CLIENT (source), NULL, self->cancellable, on_users_listed, hk_invitee_ref (self));
      return;
    }

  answer (self, error);
}

static void
on_users_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkInvitee) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;
  NukiUser *user;

  users = nuki_client_list_users_finish (NUKI_CLIENT (source), result, &error);
  if (users == NULL)
    {
      answer (self, error);
      return;
    }

  user = self->user_id != 0 ? find_by_id (users, self->user_id) : NULL;
  if (user == NULL)
    user = find_by_email (users, self->email);
  if (g_set_object (&self->user, user))
    answer (self, NULL);
  else
    nuki_client_create_user_async (NUKI_CLIENT (source), self->name, self->email, self->language,
                                   self->cancellable, on_user_created, hk_invitee_ref (self));
}

HkInvitee *
hk_invitee_new (const char *name, const char *email, const char *language)
{
  HkInvitee *self = g_new0 (HkInvitee, 1);

  g_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->email = g_strdup (email);
  self->language = g_strdup (language);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiter));
  self->cancellable = g_cancellable_new ();

  return self;
}

/* Somebody of whom the journal knows; @user_id is 0 if nobody has been found or made yet. */
HkInvitee *
hk_invitee_new_again (gint64 id, const char *name, const char *email, const char *language, int user_id)
{
  HkInvitee *self = hk_invitee_new (name, email, language);

  self->id = id;
  self->user_id = user_id;

  return self;
}

HkInvitee *
hk_invitee_ref (HkInvitee *self)
{
  g_ref_count_inc (&self->refs);

  return self;
}

void
hk_invitee_unref (HkInvitee *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;

  g_free (self->name);
  g_free (self->email);
  g_free (self->language);
  g_clear_object (&self->user);
  g_array_unref (self->waiting);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Returns: (transfer none) (nullable): the account user, once it is found or made */
NukiUser *
hk_invitee_get_user (HkInvitee *self)
{
  return self->user;
}

const char *
hk_invitee_get_name (HkInvitee *self)
{
  return self->name;
}

const char *
hk_invitee_get_email (HkInvitee *self)
{
  return self->email;
}

const char *
hk_invitee_get_language (HkInvitee *self)
{
  return self->language;
}

/* Returns: the `accountUserId`, also that from before this process began; 0 if there is none yet */
int
hk_invitee_get_user_id (HkInvitee *self)
{
  return self->user != NULL ? nuki_user_get_id (self->user) : self->user_id;
}

gint64
hk_invitee_get_id (HkInvitee *self)
{
  return self->id;
}

void
hk_invitee_set_id (HkInvitee *self, gint64 id)
{
  self->id = id;
}

/* The account is forgotten: nobody is to be made in the one that may come next. */
void
hk_invitee_cancel (HkInvitee *self)
{
  g_cancellable_cancel (self->cancellable);
}

/*
 * hk_invitee_resolve:
 * @func: called once, when the person is known or cannot be had; not from within this call
 *
 * Looks for the person by e-mail and makes one if there is none. After an error it can be called again: as it begins
 * with a look, nobody is made twice. Only hk_invitee_cancel() ends it, for all who wait for the same answer.
 */
void
hk_invitee_resolve (HkInvitee *self, NukiClient *client, HkInviteeFunc func, gpointer user_data)
{
  const Waiter waiter = { func, user_data };

  g_assert (self->user == NULL);

  g_array_append_val (self->waiting, waiter);
  if (self->waiting->len > 1)
    return;

  /* Somebody who is known by number may have got another address. */
  self->conflicted = FALSE;
  nuki_client_list_users_async (client, self->user_id == 0 ? self->email : NULL, self->cancellable, on_users_listed, hk_invitee_ref (self));
}
