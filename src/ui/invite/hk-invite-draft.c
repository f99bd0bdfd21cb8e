/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invite-draft.h"

#include <glib/gi18n-lib.h>
#include <nuki-code.h>
#include <nuki-text.h>

#include "form/hk-languages.h"
#include "invite/hk-invite-checks.h"
#include "invite/hk-invite-sentence.h"
#include "people/hk-person-validator.h"

/*
 * The form of a new key as it is filled in: for whom, on which locks, when, and what else it may do. It knows what is
 * wrong at each field, what is going to happen, and builds the HkInvitation. Owned by a HkInviteDialog.
 *
 * Both kinds of key keep their own fields, so that looking at the other kind loses nothing.
 */
struct _HkInviteDraft
{
  GObject parent_instance;

  HkAccount *account;      /* (owned) */
  HkLimitsDraft *limits;   /* (owned) */
  HkLockChoices *choices;  /* (owned) */

  gboolean for_code;
  NukiUser *person;        /* (owned) (nullable) */
  gboolean new_person;
  char *name;              /* (owned) */
  char *email;             /* (owned) */
  char *language;          /* (owned) */
  char *code;              /* (owned): as typed */
  gboolean remote_allowed;
  gboolean smart_actions;

  char *person_error;      /* these: (owned) (nullable) */
  char *name_error;
  char *email_error;
  char *code_name_error;
  char *code_error;
  char *locks_error;
  char *zone_hint;
  char *summary;
  gboolean valid;
  gboolean updating;

  NukiUser *first_person;  /* (owned) (nullable): who was chosen to begin with */
  guint n_first_locks;     /* how many locks were */
};

G_DEFINE_FINAL_TYPE (HkInviteDraft, hk_invite_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_LIMITS,
  PROP_CHOICES,
  PROP_FOR_CODE,
  PROP_PERSON,
  PROP_NEW_PERSON,
  PROP_NAME,
  PROP_EMAIL,
  PROP_LANGUAGE,
  PROP_CODE,
  PROP_REMOTE_ALLOWED,
  PROP_SMART_ACTIONS,
  PROP_PERSON_ERROR,
  PROP_NAME_ERROR,
  PROP_EMAIL_ERROR,
  PROP_CODE_NAME_ERROR,
  PROP_CODE_ERROR,
  PROP_LOCKS_ERROR,
  PROP_ZONE_HINT,
  PROP_SUMMARY,
  PROP_VALID,
  PROP_DIRTY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* Where the text of a property is kept. */
static char **
get_field (HkInviteDraft *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_NAME:
      return &self->name;
    case PROP_EMAIL:
      return &self->email;
    case PROP_LANGUAGE:
      return &self->language;
    case PROP_CODE:
      return &self->code;
    case PROP_PERSON_ERROR:
      return &self->person_error;
    case PROP_NAME_ERROR:
      return &self->name_error;
    case PROP_EMAIL_ERROR:
      return &self->email_error;
    case PROP_CODE_NAME_ERROR:
      return &self->code_name_error;
    case PROP_CODE_ERROR:
      return &self->code_error;
    case PROP_LOCKS_ERROR:
      return &self->locks_error;
    case PROP_ZONE_HINT:
      return &self->zone_hint;
    case PROP_SUMMARY:
      return &self->summary;
    default:
      return NULL;
    }
}

static void
take_text (HkInviteDraft *self, guint prop_id, char *text)
{
  char **field = get_field (self, prop_id);
  g_autofree char *old = *field;

  *field = text;
  if (g_strcmp0 (old, text) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
}

static guint
count_chosen (HkInviteDraft *self)
{
  g_autoptr (GPtrArray) chosen = hk_lock_choices_list_chosen (self->choices);

  return chosen->len;
}

static char *
check_code (HkInviteDraft *self)
{
  g_autoptr (GPtrArray) locks = hk_lock_choices_list_chosen (self->choices);

  return hk_invite_check_code (self->account, locks, NULL, self->code);
}

/* What is wrong at the field whose error is @prop_id, if the field is one of this kind of key. */
static char *
check (HkInviteDraft *self, guint prop_id)
{
  gboolean for_new_person = self->new_person && !self->for_code;

  switch (prop_id)
    {
    case PROP_PERSON_ERROR:
      return self->for_code || self->new_person || self->person != NULL ? NULL
                                                                        : g_strdup (_ ("Choose who gets the key."));
    case PROP_NAME_ERROR:
      return for_new_person ? hk_person_validator_check_name (self->name, NUKI_KEY_NAME_MAX_BYTES) : NULL;
    case PROP_EMAIL_ERROR:
      return for_new_person ? hk_invite_check_email (self->account, self->email) : NULL;
    case PROP_CODE_NAME_ERROR:
      return self->for_code ? hk_person_validator_check_name (self->name, NUKI_CODE_NAME_MAX_BYTES) : NULL;
    case PROP_CODE_ERROR:
      return self->for_code ? check_code (self) : NULL;
    case PROP_LOCKS_ERROR:
      return count_chosen (self) == 0 ? g_strdup (_ ("Choose at least one lock.")) : NULL;
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Dates are read by the clock of the first chosen lock. */
static void
update_zone (HkInviteDraft *self)
{
  g_autoptr (GTimeZone) zone = hk_lock_choices_dup_zone (self->choices);
  g_autoptr (GDateTime) now = hk_limits_draft_dup_now (self->limits);

  hk_limits_draft_set_zone (self->limits, zone);
  take_text (self, PROP_ZONE_HINT, hk_lock_choices_dup_zone_hint (self->choices, now));
}

/* Returns: (transfer none) (nullable): what is missing or wrong first, in the order of the form */
static const char *
get_first_error (HkInviteDraft *self)
{
  const char *limits_errors[] = {
    hk_limits_draft_get_weekdays_error (self->limits),
    hk_limits_draft_get_window_error (self->limits),
    hk_limits_draft_get_from_error (self->limits),
    hk_limits_draft_get_until_error (self->limits),
  };

  for (guint i = PROP_PERSON_ERROR; i <= PROP_LOCKS_ERROR; i++)
    if (*get_field (self, i) != NULL)
      return *get_field (self, i);
  for (gsize i = 0; i < G_N_ELEMENTS (limits_errors); i++)
    if (limits_errors[i] != NULL)
      return limits_errors[i];

  return NULL;
}

static char *
summarize (HkInviteDraft *self)
{
  g_autoptr (HkInvitation) invitation = hk_invite_draft_build (self);
  g_autoptr (GPtrArray) chosen = hk_lock_choices_list_chosen (self->choices);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GDateTime) now = hk_limits_draft_dup_now (self->limits);
  g_autofree char *sentence = NULL;
  const char *email = self->person != NULL && !self->new_person ? nuki_user_get_email (self->person) : invitation->email;

  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (names, (char *) nuki_lock_get_name (chosen->pdata[i]));
  g_ptr_array_add (names, NULL);

  sentence = hk_invite_sentence (invitation, email, (const char *const *) names->pdata,
                                 hk_limits_draft_get_zone (self->limits), now);
  if (invitation->spec->user_id == 0 || g_str_equal (invitation->spec->name, nuki_user_get_name (self->person)))
    return g_steal_pointer (&sentence);

  /* Translators: %s is a sentence, %u a number of bytes */
  return nuki_text_printf (_ ("%s The name is shortened: locks store at most %u bytes."), sentence,
                           NUKI_KEY_NAME_MAX_BYTES);
}

/* Checks everything again. Cheap enough to be done after every stroke, and nothing can be forgotten. */
static void
update (HkInviteDraft *self)
{
  GObject *object = G_OBJECT (self);
  const char *error;

  if (self->updating)
    return;

  self->updating = TRUE;
  g_object_freeze_notify (object);
  update_zone (self);
  for (guint i = PROP_PERSON_ERROR; i <= PROP_LOCKS_ERROR; i++)
    take_text (self, i, check (self, i));
  error = get_first_error (self);
  self->valid = error == NULL;
  take_text (self, PROP_SUMMARY, self->valid ? summarize (self) : g_strdup (error));
  g_object_notify_by_pspec (object, props[PROP_VALID]);
  g_object_notify_by_pspec (object, props[PROP_DIRTY]);
  g_object_thaw_notify (object);
  self->updating = FALSE;
}

/* Who gets what kind of key also decides on which locks it can be. */
static void
update_all (HkInviteDraft *self)
{
  self->updating = TRUE;
  hk_lock_choices_set_recipient (self->choices, self->for_code, self->new_person ? NULL : self->person);
  self->updating = FALSE;
  update (self);
}

static void
set_text (HkInviteDraft *self, guint prop_id, const char *text)
{
  if (g_strcmp0 (*get_field (self, prop_id), text) == 0)
    return;

  take_text (self, prop_id, g_strdup (text != NULL ? text : ""));
  update (self);
}

static void
set_flag (HkInviteDraft *self, guint prop_id, gboolean *flag, gboolean value)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  update_all (self);
}

/* Somebody who is gone, or about to be, cannot get a key. */
static void
on_people_changed (HkInviteDraft *self)
{
  if (self->person != NULL && !hk_invite_has_person (self->account, self->person))
    hk_invite_draft_set_person (self, NULL);
  else
    update (self);
}

static void
hk_invite_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkInviteDraft *self = HK_INVITE_DRAFT (object);

  switch (prop_id)
    {
    case PROP_LIMITS:
      g_value_set_object (value, self->limits);
      break;
    case PROP_CHOICES:
      g_value_set_object (value, self->choices);
      break;
    case PROP_FOR_CODE:
      g_value_set_boolean (value, self->for_code);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_NEW_PERSON:
      g_value_set_boolean (value, self->new_person);
      break;
    case PROP_REMOTE_ALLOWED:
      g_value_set_boolean (value, self->remote_allowed);
      break;
    case PROP_SMART_ACTIONS:
      g_value_set_boolean (value, self->smart_actions);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    case PROP_DIRTY:
      g_value_set_boolean (value, hk_invite_draft_get_dirty (self));
      break;
    default:
      g_return_if_fail (get_field (self, prop_id) != NULL);
      g_value_set_string (value, *get_field (self, prop_id));
    }
}

static void
hk_invite_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkInviteDraft *self = HK_INVITE_DRAFT (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_FOR_CODE:
      set_flag (self, prop_id, &self->for_code, g_value_get_boolean (value));
      if (self->for_code && *self->code == '\0')
        hk_invite_draft_generate_code (self);
      break;
    case PROP_PERSON:
      hk_invite_draft_set_person (self, g_value_get_object (value));
      break;
    case PROP_NEW_PERSON:
      set_flag (self, prop_id, &self->new_person, g_value_get_boolean (value));
      break;
    case PROP_REMOTE_ALLOWED:
      set_flag (self, prop_id, &self->remote_allowed, g_value_get_boolean (value));
      break;
    case PROP_SMART_ACTIONS:
      set_flag (self, prop_id, &self->smart_actions, g_value_get_boolean (value));
      break;
    default:
      g_return_if_fail (get_field (self, prop_id) != NULL);
      set_text (self, prop_id, g_value_get_string (value));
    }
}

static void
hk_invite_draft_constructed (GObject *object)
{
  HkInviteDraft *self = HK_INVITE_DRAFT (object);

  G_OBJECT_CLASS (hk_invite_draft_parent_class)->constructed (object);

  self->limits = hk_limits_draft_new (hk_account_get_clock (self->account));
  g_signal_connect_object (self->limits, "notify::valid", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->choices = hk_lock_choices_new (self->account);
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_people (self->account), "items-changed", G_CALLBACK (on_people_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
hk_invite_draft_finalize (GObject *object)
{
  HkInviteDraft *self = HK_INVITE_DRAFT (object);

  for (guint i = PROP_0; i < N_PROPS; i++)
    if (get_field (self, i) != NULL)
      g_clear_pointer (get_field (self, i), g_free);
  g_clear_object (&self->person);
  g_clear_object (&self->first_person);
  g_clear_object (&self->choices);
  g_clear_object (&self->limits);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_invite_draft_parent_class)->finalize (object);
}

static void
install_text (guint prop_id, const char *name, GParamFlags flags)
{
  props[prop_id] = g_param_spec_string (name, NULL, NULL, NULL, flags);
}

static void
hk_invite_draft_class_init (HkInviteDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->constructed = hk_invite_draft_constructed;
  object_class->get_property = hk_invite_draft_get_property;
  object_class->set_property = hk_invite_draft_set_property;
  object_class->finalize = hk_invite_draft_finalize;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_LIMITS] = g_param_spec_object ("limits", NULL, NULL, HK_TYPE_LIMITS_DRAFT, readable);
  props[PROP_CHOICES] = g_param_spec_object ("choices", NULL, NULL, HK_TYPE_LOCK_CHOICES, readable);
  props[PROP_FOR_CODE] = g_param_spec_boolean ("for-code", NULL, NULL, FALSE, writable);
  props[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, NUKI_TYPE_USER, writable);
  props[PROP_NEW_PERSON] = g_param_spec_boolean ("new-person", NULL, NULL, FALSE, writable);
  install_text (PROP_NAME, "name", writable);
  install_text (PROP_EMAIL, "email", writable);
  install_text (PROP_LANGUAGE, "language", writable);
  install_text (PROP_CODE, "code", writable);
  props[PROP_REMOTE_ALLOWED] = g_param_spec_boolean ("remote-allowed", NULL, NULL, FALSE, writable);
  props[PROP_SMART_ACTIONS] = g_param_spec_boolean ("smart-actions", NULL, NULL, FALSE, writable);
  install_text (PROP_PERSON_ERROR, "person-error", readable);
  install_text (PROP_NAME_ERROR, "name-error", readable);
  install_text (PROP_EMAIL_ERROR, "email-error", readable);
  install_text (PROP_CODE_NAME_ERROR, "code-name-error", readable);
  install_text (PROP_CODE_ERROR, "code-error", readable);
  install_text (PROP_LOCKS_ERROR, "locks-error", readable);
  install_text (PROP_ZONE_HINT, "zone-hint", readable);
  install_text (PROP_SUMMARY, "summary", readable);
  props[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, readable);
  props[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_invite_draft_init (HkInviteDraft *self)
{
  self->name = g_strdup ("");
  self->email = g_strdup ("");
  self->language = g_strdup (hk_languages_get_default ());
  self->code = g_strdup ("");
}

/**
 * hk_invite_draft_new:
 * @account: the account that sends the invitation
 *
 * Returns: (transfer full): an empty form
 */
HkInviteDraft *
hk_invite_draft_new (HkAccount *account)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  return g_object_new (HK_TYPE_INVITE_DRAFT, "account", account, NULL);
}

/**
 * hk_invite_draft_begin:
 * @person: (nullable): who is chosen to begin with
 * @lock: (nullable): which lock is; the only one of an account is in any case
 *
 * Fills in what is known from where the form was opened. Losing that is no loss.
 */
void
hk_invite_draft_begin (HkInviteDraft *self, NukiUser *person, NukiLock *lock)
{
  GListModel *choices;
  g_autoptr (HkLockChoice) first = NULL;

  g_return_if_fail (HK_IS_INVITE_DRAFT (self));

  hk_invite_draft_set_person (self, person);
  choices = hk_lock_choices_get_model (self->choices);
  first = g_list_model_get_item (choices, 0);
  if (g_list_model_get_n_items (choices) == 1)
    hk_lock_choice_set_chosen (first, TRUE);
  else if (lock != NULL && hk_lock_choices_find (self->choices, lock) != NULL)
    hk_lock_choice_set_chosen (hk_lock_choices_find (self->choices, lock), TRUE);
  g_set_object (&self->first_person, person);
  self->n_first_locks = count_chosen (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DIRTY]);
}

/**
 * hk_invite_draft_get_account:
 *
 * Returns: (transfer none): the account that sends the invitation
 */
HkAccount *
hk_invite_draft_get_account (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), NULL);

  return self->account;
}

/**
 * hk_invite_draft_get_for_code:
 *
 * Returns: whether a keypad code is made, rather than a key on somebody's phone
 */
gboolean
hk_invite_draft_get_for_code (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), FALSE);

  return self->for_code;
}

/**
 * hk_invite_draft_get_person:
 *
 * Returns: (transfer none) (nullable): the chosen one of the people of the account
 */
NukiUser *
hk_invite_draft_get_person (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), NULL);

  return self->person;
}

/**
 * hk_invite_draft_set_person:
 * @person: (nullable): one of the people of the account
 */
void
hk_invite_draft_set_person (HkInviteDraft *self, NukiUser *person)
{
  g_return_if_fail (HK_IS_INVITE_DRAFT (self));

  if (!g_set_object (&self->person, person))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON]);
  update_all (self);
}

/**
 * hk_invite_draft_get_choices:
 *
 * Returns: (transfer none): the locks of the account, and which of them get the key
 */
HkLockChoices *
hk_invite_draft_get_choices (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), NULL);

  return self->choices;
}

/**
 * hk_invite_draft_get_limits:
 *
 * Returns: (transfer none): when the key may be used, as it is filled in
 */
HkLimitsDraft *
hk_invite_draft_get_limits (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), NULL);

  return self->limits;
}

/**
 * hk_invite_draft_generate_code:
 *
 * Fills in a code that is not used on any lock of the account.
 */
void
hk_invite_draft_generate_code (HkInviteDraft *self)
{
  g_autoptr (GHashTable) taken = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (HK_IS_INVITE_DRAFT (self));

  taken = hk_account_list_taken_codes (self->account);
  text = g_strdup_printf ("%06d", nuki_code_generate (taken));
  set_text (self, PROP_CODE, text);
}

/**
 * hk_invite_draft_get_valid:
 *
 * Returns: whether the form can be sent as it is
 */
gboolean
hk_invite_draft_get_valid (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), FALSE);

  return self->valid;
}

/**
 * hk_invite_draft_get_dirty:
 *
 * Returns: whether somebody filled in something that would be a loss
 */
gboolean
hk_invite_draft_get_dirty (HkInviteDraft *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), FALSE);

  return *self->name != '\0' || *self->email != '\0' ||
         self->person != self->first_person || count_chosen (self) != self->n_first_locks ||
         hk_limits_draft_get_mode (self->limits) != HK_LIMITS_ALWAYS || self->remote_allowed || self->smart_actions;
}

static char *
dup_key_name (HkInviteDraft *self)
{
  if (self->for_code || self->new_person)
    return g_strstrip (g_strdup (self->name));

  return hk_invite_cut_name (nuki_user_get_name (self->person));
}

static NukiKeySpec *
build_spec (HkInviteDraft *self)
{
  g_autofree char *name = dup_key_name (self);
  NukiKeySpec *spec = nuki_key_spec_new (self->for_code ? NUKI_KEY_CODE : NUKI_KEY_APP, name);

  nuki_key_spec_set_limits (spec, hk_limits_draft_get_limits (self->limits));
  if (self->for_code)
    {
      nuki_code_parse (self->code, &spec->code, NULL);
      return spec;
    }

  spec->user_id = self->new_person ? 0 : nuki_user_get_id (self->person);
  spec->remote_allowed = self->remote_allowed;
  spec->smart_actions = self->smart_actions;

  return spec;
}

/**
 * hk_invite_draft_build:
 *
 * Returns: (transfer full) (nullable): what is filled in, or %NULL if it is not valid
 */
HkInvitation *
hk_invite_draft_build (HkInviteDraft *self)
{
  g_autoptr (NukiKeySpec) spec = NULL;
  g_autoptr (GPtrArray) chosen = NULL;
  HkInvitation *invitation;

  g_return_val_if_fail (HK_IS_INVITE_DRAFT (self), NULL);

  if (!self->valid)
    return NULL;

  spec = build_spec (self);
  invitation = hk_invitation_new (spec);
  if (!self->for_code && self->new_person)
    {
      g_autofree char *email = g_strstrip (g_strdup (self->email));

      hk_invitation_set_new_person (invitation, spec->name, email, self->language);
    }
  chosen = hk_lock_choices_list_chosen (self->choices);
  for (guint i = 0; i < chosen->len; i++)
    hk_invitation_add_lock (invitation, nuki_lock_get_id (chosen->pdata[i]));

  return invitation;
}
