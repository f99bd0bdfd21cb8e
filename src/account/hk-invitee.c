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
 * @made: the account user did not exist before
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
  gboolean made;
};

/*
 * HkPeople:
 * @by_id: (owned) (element-type int NukiUser)
 * @by_email: (owned) (element-type utf8 NukiUser): by address without regard to case, as the service and people compare them
 */
struct _HkPeople
{
  GHashTable *by_id;
  GHashTable *by_email;
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkPeople, hk_people_free)

static void on_users_listed (GObject *source, GAsyncResult *result, gpointer user_data);

static void
on_user_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkInvitee) self = user_data;
  g_autoptr (GError) error = NULL;

  self->user = nuki_client_create_user_finish (NUKI_CLIENT (source), result, &error);
  self->made = self->user != NULL;
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
create_user (HkInvitee *self, NukiClient *client)
{
  nuki_client_create_user_async (client, self->name, self->email, self->language, self->cancellable, on_user_created,
                                 hk_invitee_ref (self));
}

static void
on_users_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkInvitee) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (HkPeople) people = NULL;

  users = nuki_client_list_users_finish (NUKI_CLIENT (source), result, &error);
  if (users == NULL)
    {
      answer (self, error);
      return;
    }

  people = hk_people_new (users);
  if (hk_invitee_find (self, people))
    answer (self, NULL);
  else
    create_user (self, NUKI_CLIENT (source));
}

/* @users: (element-type NukiUser): of the whole account */
HkPeople *
hk_people_new (GPtrArray *users)
{
  HkPeople *self = g_new0 (HkPeople, 1);

  self->by_id = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->by_email = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = users->len; i > 0; i--)
    {
      NukiUser *user = g_ptr_array_index (users, i - 1);
      const char *email = nuki_user_get_email (user);

      g_hash_table_insert (self->by_id, GINT_TO_POINTER (nuki_user_get_id (user)), g_object_ref (user));
      if (email != NULL)
        g_hash_table_insert (self->by_email, g_utf8_casefold (email, -1), g_object_ref (user));
    }

  return self;
}

void
hk_people_free (HkPeople *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_email);
  g_free (self);
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

/* Returns: whether the account user did not exist before, and so had no key */
gboolean
hk_invitee_is_made (HkInvitee *self)
{
  return self->made;
}

/* Returns: %TRUE if the person is among @people, and known from now on; by number, as the address may be another by now, and
 * else by address */
gboolean
hk_invitee_find (HkInvitee *self, HkPeople *people)
{
  g_autofree char *folded = g_utf8_casefold (self->email, -1);
  NukiUser *user = NULL;

  if (self->user_id != 0)
    user = g_hash_table_lookup (people->by_id, GINT_TO_POINTER (self->user_id));
  if (user == NULL)
    user = g_hash_table_lookup (people->by_email, folded);
  if (user != NULL)
    g_set_object (&self->user, user);

  return self->user != NULL;
}

/* Returns: %TRUE if an answer is on its way already */
static gboolean
wait_for_answer (HkInvitee *self, HkInviteeFunc func, gpointer user_data)
{
  const Waiter waiter = { func, user_data };

  g_assert (self->user == NULL);

  g_array_append_val (self->waiting, waiter);
  if (self->waiting->len > 1)
    return TRUE;

  self->conflicted = FALSE;

  return FALSE;
}

/*
 * hk_invitee_make:
 *
 * Like hk_invitee_resolve() for somebody who was not found among everybody. If they have appeared since, the service says so,
 * and they are looked for once more.
 */
void
hk_invitee_make (HkInvitee *self, NukiClient *client, HkInviteeFunc func, gpointer user_data)
{
  if (!wait_for_answer (self, func, user_data))
    create_user (self, client);
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
  if (wait_for_answer (self, func, user_data))
    return;

  /* Somebody who is known by number may have got another address. */
  nuki_client_list_users_async (client, self->user_id == 0 ? self->email : NULL, self->cancellable, on_users_listed,
                                hk_invitee_ref (self));
}
