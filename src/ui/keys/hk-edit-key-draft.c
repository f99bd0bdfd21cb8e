/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-edit-key-draft.h"

#include <nuki-code.h>

#include "invite/hk-invite-checks.h"
#include "limits/hk-zone-hint.h"
#include "people/hk-person-validator.h"

/*
 * A copy of a key as it is being edited, with what is wrong at each field. Owned by a HkEditKeyDialog.
 */
struct _HkEditKeyDraft
{
  GObject parent_instance;

  HkAccount *account;      /* (owned) */
  HkKey *key;              /* (owned) */
  NukiKeySpec *original;   /* (owned): what the form started with */
  HkLimitsDraft *limits;   /* (owned) */
  char *name;              /* (owned): as typed */
  char *code;              /* (owned): as typed; empty for an app key */
  gboolean remote_allowed;

  char *name_error;        /* (owned) (nullable) */
  char *code_error;        /* (owned) (nullable) */
  char *zone_hint;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HkEditKeyDraft, hk_edit_key_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_KEY,
  PROP_LIMITS,
  PROP_NAME,
  PROP_CODE,
  PROP_REMOTE_ALLOWED,
  PROP_NAME_ERROR,
  PROP_CODE_ERROR,
  PROP_ZONE_HINT,
  PROP_VALID,
  PROP_CHANGED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static char *
check_name (HkEditKeyDraft *self)
{
  /* A name that is on the lock already is right, whatever its length. */
  if (g_strcmp0 (self->name, self->original->name) == 0)
    return NULL;

  return hk_person_validator_check_name (self->name, hk_edit_key_draft_get_max_name_bytes (self));
}

static char *
check_code (HkEditKeyDraft *self)
{
  g_autoptr (GPtrArray) locks = NULL;
  NukiLock *lock = hk_key_get_lock (self->key);

  if (!hk_edit_key_draft_get_for_code (self))
    return NULL;

  locks = g_ptr_array_new ();
  if (lock != NULL)
    g_ptr_array_add (locks, lock);

  return hk_invite_check_code (self->account, locks, self->key, self->code);
}

static void
update (HkEditKeyDraft *self)
{
  GObject *object = G_OBJECT (self);

  g_clear_pointer (&self->name_error, g_free);
  self->name_error = check_name (self);
  g_clear_pointer (&self->code_error, g_free);
  self->code_error = check_code (self);

  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, props[PROP_NAME_ERROR]);
  g_object_notify_by_pspec (object, props[PROP_CODE_ERROR]);
  g_object_notify_by_pspec (object, props[PROP_VALID]);
  g_object_notify_by_pspec (object, props[PROP_CHANGED]);
  g_object_thaw_notify (object);
}

static void
set_text (HkEditKeyDraft *self, char **field, const char *text, guint prop_id)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text != NULL ? text : "");
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  update (self);
}

static void
load_zone (HkEditKeyDraft *self)
{
  NukiLock *lock = hk_key_get_lock (self->key);
  g_autoptr (GTimeZone) computer = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = hk_limits_draft_dup_now (self->limits);
  gboolean known = lock != NULL && nuki_lock_get_zone_known (lock);
  GTimeZone *zone = known ? nuki_lock_get_zone (lock) : NULL;

  hk_limits_draft_set_zone (self->limits, known ? zone : computer);
  self->zone_hint = hk_zone_hint (&zone, 1, computer, now);
}

static void
hk_edit_key_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkEditKeyDraft *self = HK_EDIT_KEY_DRAFT (object);

  switch (prop_id)
    {
    case PROP_KEY:
      g_value_set_object (value, self->key);
      break;
    case PROP_LIMITS:
      g_value_set_object (value, self->limits);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_REMOTE_ALLOWED:
      g_value_set_boolean (value, self->remote_allowed);
      break;
    case PROP_NAME_ERROR:
      g_value_set_string (value, self->name_error);
      break;
    case PROP_CODE_ERROR:
      g_value_set_string (value, self->code_error);
      break;
    case PROP_ZONE_HINT:
      g_value_set_string (value, self->zone_hint);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, hk_edit_key_draft_get_valid (self));
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, hk_edit_key_draft_get_changed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_edit_key_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkEditKeyDraft *self = HK_EDIT_KEY_DRAFT (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_KEY:
      self->key = g_value_dup_object (value);
      break;
    case PROP_NAME:
      set_text (self, &self->name, g_value_get_string (value), prop_id);
      break;
    case PROP_CODE:
      set_text (self, &self->code, g_value_get_string (value), prop_id);
      break;
    case PROP_REMOTE_ALLOWED:
      if (self->remote_allowed != g_value_get_boolean (value))
        {
          self->remote_allowed = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
          update (self);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_edit_key_draft_constructed (GObject *object)
{
  HkEditKeyDraft *self = HK_EDIT_KEY_DRAFT (object);

  G_OBJECT_CLASS (hk_edit_key_draft_parent_class)->constructed (object);

  self->original = hk_key_dup_spec (self->key);
  self->name = g_strdup (self->original->name);
  self->code = self->original->code != 0 ? g_strdup_printf ("%06d", self->original->code) : g_strdup ("");
  self->remote_allowed = self->original->remote_allowed;
  self->limits = hk_limits_draft_new (hk_account_get_clock (self->account));
  load_zone (self);
  hk_limits_draft_set_limits (self->limits, self->original->limits);
  g_signal_connect_object (self->limits, "notify::valid", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* Another key may take the code meanwhile. */
  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
hk_edit_key_draft_finalize (GObject *object)
{
  HkEditKeyDraft *self = HK_EDIT_KEY_DRAFT (object);

  g_clear_object (&self->limits);
  g_clear_pointer (&self->original, nuki_key_spec_free);
  g_clear_object (&self->key);
  g_clear_object (&self->account);
  g_free (self->name);
  g_free (self->code);
  g_free (self->name_error);
  g_free (self->code_error);
  g_free (self->zone_hint);

  G_OBJECT_CLASS (hk_edit_key_draft_parent_class)->finalize (object);
}

static void
hk_edit_key_draft_class_init (HkEditKeyDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;
  const GParamFlags constructed = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = hk_edit_key_draft_constructed;
  object_class->get_property = hk_edit_key_draft_get_property;
  object_class->set_property = hk_edit_key_draft_set_property;
  object_class->finalize = hk_edit_key_draft_finalize;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, constructed);
  props[PROP_KEY] = g_param_spec_object ("key", NULL, NULL, HK_TYPE_KEY, constructed | G_PARAM_READABLE);
  props[PROP_LIMITS] = g_param_spec_object ("limits", NULL, NULL, HK_TYPE_LIMITS_DRAFT, readable);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, writable);
  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, writable);
  props[PROP_REMOTE_ALLOWED] = g_param_spec_boolean ("remote-allowed", NULL, NULL, FALSE, writable);
  props[PROP_NAME_ERROR] = g_param_spec_string ("name-error", NULL, NULL, NULL, readable);
  props[PROP_CODE_ERROR] = g_param_spec_string ("code-error", NULL, NULL, NULL, readable);
  props[PROP_ZONE_HINT] = g_param_spec_string ("zone-hint", NULL, NULL, NULL, readable);
  props[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, readable);
  props[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_edit_key_draft_init (HkEditKeyDraft *self)
{
}

/**
 * hk_edit_key_draft_new:
 * @account: the account the key belongs to
 * @key: a key of it
 *
 * Returns: (transfer full): a copy of the key to edit
 */
HkEditKeyDraft *
hk_edit_key_draft_new (HkAccount *account, HkKey *key)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  return g_object_new (HK_TYPE_EDIT_KEY_DRAFT, "account", account, "key", key, NULL);
}

/**
 * hk_edit_key_draft_get_key:
 *
 * Returns: (transfer none): the key that is edited
 */
HkKey *
hk_edit_key_draft_get_key (HkEditKeyDraft *self)
{
  g_return_val_if_fail (HK_IS_EDIT_KEY_DRAFT (self), NULL);

  return self->key;
}

/**
 * hk_edit_key_draft_get_original:
 *
 * Returns: (transfer none): what the form started with
 */
const NukiKeySpec *
hk_edit_key_draft_get_original (HkEditKeyDraft *self)
{
  g_return_val_if_fail (HK_IS_EDIT_KEY_DRAFT (self), NULL);

  return self->original;
}

/**
 * hk_edit_key_draft_get_for_code:
 *
 * Returns: whether the key is a keypad code
 */
gboolean
hk_edit_key_draft_get_for_code (HkEditKeyDraft *self)
{
  g_return_val_if_fail (HK_IS_EDIT_KEY_DRAFT (self), FALSE);

  return hk_key_get_key_type (self->key) == NUKI_KEY_CODE;
}

/**
 * hk_edit_key_draft_get_max_name_bytes:
 *
 * Returns: how long the name may be in UTF-8, in bytes
 */
guint
hk_edit_key_draft_get_max_name_bytes (HkEditKeyDraft *self)
{
  return hk_edit_key_draft_get_for_code (self) ? NUKI_CODE_NAME_MAX_BYTES : NUKI_KEY_NAME_MAX_BYTES;
}

/**
 * hk_edit_key_draft_get_valid:
 *
 * Returns: whether nothing is wrong
 */
gboolean
hk_edit_key_draft_get_valid (HkEditKeyDraft *self)
{
  g_return_val_if_fail (HK_IS_EDIT_KEY_DRAFT (self), FALSE);

  return self->name_error == NULL && self->code_error == NULL && hk_limits_draft_get_valid (self->limits);
}

/**
 * hk_edit_key_draft_get_changed:
 *
 * Returns: whether the form differs from the key, right or wrong
 */
gboolean
hk_edit_key_draft_get_changed (HkEditKeyDraft *self)
{
  g_autoptr (NukiKeySpec) spec = NULL;

  g_return_val_if_fail (HK_IS_EDIT_KEY_DRAFT (self), FALSE);

  if (!hk_edit_key_draft_get_valid (self))
    return TRUE;
  spec = hk_edit_key_draft_build (self);

  return g_strcmp0 (spec->name, self->original->name) != 0 || spec->code != self->original->code ||
         spec->remote_allowed != self->original->remote_allowed ||
         !nuki_limits_equal (spec->limits, self->original->limits);
}

/**
 * hk_edit_key_draft_build:
 *
 * Returns: (transfer full) (nullable): the whole record with the changes, or %NULL if it is not valid
 */
NukiKeySpec *
hk_edit_key_draft_build (HkEditKeyDraft *self)
{
  NukiKeySpec *spec;
  g_autofree char *name = NULL;

  g_return_val_if_fail (HK_IS_EDIT_KEY_DRAFT (self), NULL);

  if (!hk_edit_key_draft_get_valid (self))
    return NULL;

  spec = nuki_key_spec_copy (self->original);
  name = g_strstrip (g_strdup (self->name));
  nuki_key_spec_set_name (spec, name);
  nuki_key_spec_set_limits (spec, hk_limits_draft_get_limits (self->limits));
  spec->remote_allowed = self->remote_allowed;
  if (hk_edit_key_draft_get_for_code (self))
    nuki_code_parse (self->code, &spec->code, NULL);

  return spec;
}
