/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-person-validator.h"

#include <glib/gi18n-lib.h>
#include <nuki-types.h>
#include <string.h>

/* An address on the wire: RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3 (a path less its angle brackets). */
#define LOCAL_PART_MAX_BYTES 64
#define ADDRESS_MAX_BYTES 254

struct _HkPersonValidator
{
  GObject parent_instance;

  char *name;        /* (owned) */
  char *email;       /* (owned) */
  char *name_error;  /* (owned) (nullable) */
  char *email_error; /* (owned) (nullable) */
  gboolean valid;
};

G_DEFINE_FINAL_TYPE (HkPersonValidator, hk_person_validator, G_TYPE_OBJECT)

typedef enum
{
  PROP_NAME = 1,
  PROP_EMAIL,
  PROP_NAME_ERROR,
  PROP_EMAIL_ERROR,
  PROP_VALID,
} Property;

static GParamSpec *properties[PROP_VALID + 1];

static char *
strip (const char *text)
{
  return g_strstrip (g_strdup (text));
}

/* A name of spaces that look like nothing is none either. */
static gboolean
is_blank (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isgraph (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

/* What comes by pasting, and cannot be seen in an entry. */
static gboolean
is_one_line (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      const GUnicodeType type = g_unichar_type (g_utf8_get_char (c));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_local_part (const char *text, gsize length)
{
  if (length == 0 || length > LOCAL_PART_MAX_BYTES || text[0] == '.' || text[length - 1] == '.')
    return FALSE;

  return g_strstr_len (text, length, "..") == NULL;
}

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n_labels = g_strv_length (labels);

  for (guint i = 0; i < n_labels; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-')
        return FALSE;
    }

  return n_labels >= 2;
}

static gboolean
has_only_address_characters (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isspace (character) || !g_unichar_isprint (character) || strchr ("()<>[],;:\\\"", *c) != NULL)
        return FALSE;
    }

  return TRUE;
}

static void
take_text (HkPersonValidator *self, char **field, char *text, Property property)
{
  g_autofree char *taken = text;

  if (g_strcmp0 (*field, taken) == 0)
    return;

  g_free (*field);
  *field = g_steal_pointer (&taken);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
validate (HkPersonValidator *self)
{
  g_autofree char *name_error = hk_person_validator_check_name (self->name, NUKI_KEY_NAME_MAX_BYTES);
  g_autofree char *email_error = hk_person_validator_check_email (self->email);
  gboolean valid = name_error == NULL && email_error == NULL;

  take_text (self, &self->name_error, g_steal_pointer (&name_error), PROP_NAME_ERROR);
  take_text (self, &self->email_error, g_steal_pointer (&email_error), PROP_EMAIL_ERROR);
  if (self->valid != valid)
    {
      self->valid = valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
}

static void
hk_person_validator_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkPersonValidator *self = HK_PERSON_VALIDATOR (object);

  switch ((Property) prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_EMAIL:
      g_value_set_string (value, self->email);
      break;
    case PROP_NAME_ERROR:
      g_value_set_string (value, self->name_error);
      break;
    case PROP_EMAIL_ERROR:
      g_value_set_string (value, self->email_error);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_person_validator_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkPersonValidator *self = HK_PERSON_VALIDATOR (object);

  if (prop_id == PROP_NAME)
    hk_person_validator_set_name (self, g_value_get_string (value));
  else if (prop_id == PROP_EMAIL)
    hk_person_validator_set_email (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_person_validator_finalize (GObject *object)
{
  HkPersonValidator *self = HK_PERSON_VALIDATOR (object);

  g_free (self->name);
  g_free (self->email);
  g_free (self->name_error);
  g_free (self->email_error);

  G_OBJECT_CLASS (hk_person_validator_parent_class)->finalize (object);
}

static void
hk_person_validator_class_init (HkPersonValidatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_person_validator_get_property;
  object_class->set_property = hk_person_validator_set_property;
  object_class->finalize = hk_person_validator_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", writable);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, "", writable);
  properties[PROP_NAME_ERROR] = g_param_spec_string ("name-error", NULL, NULL, NULL, readable);
  properties[PROP_EMAIL_ERROR] = g_param_spec_string ("email-error", NULL, NULL, NULL, readable);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hk_person_validator_init (HkPersonValidator *self)
{
  self->name = g_strdup ("");
  self->email = g_strdup ("");
  validate (self);
}

/**
 * hk_person_validator_new:
 *
 * Returns: (transfer full): a validator of an empty form, which is not valid yet
 */
HkPersonValidator *
hk_person_validator_new (void)
{
  return g_object_new (HK_TYPE_PERSON_VALIDATOR, NULL);
}

/**
 * hk_person_validator_set_name:
 * @name: (nullable): the name as typed; %NULL counts as empty
 */
void
hk_person_validator_set_name (HkPersonValidator *self, const char *name)
{
  g_return_if_fail (HK_IS_PERSON_VALIDATOR (self));

  take_text (self, &self->name, g_strdup (name != NULL ? name : ""), PROP_NAME);
  validate (self);
}

/**
 * hk_person_validator_set_email:
 * @email: (nullable): the e-mail address as typed; %NULL counts as empty
 */
void
hk_person_validator_set_email (HkPersonValidator *self, const char *email)
{
  g_return_if_fail (HK_IS_PERSON_VALIDATOR (self));

  take_text (self, &self->email, g_strdup (email != NULL ? email : ""), PROP_EMAIL);
  validate (self);
}

/**
 * hk_person_validator_get_name_error:
 *
 * Returns: (nullable): what is wrong with the name, or %NULL
 */
const char *
hk_person_validator_get_name_error (HkPersonValidator *self)
{
  g_return_val_if_fail (HK_IS_PERSON_VALIDATOR (self), NULL);

  return self->name_error;
}

/**
 * hk_person_validator_get_email_error:
 *
 * Returns: (nullable): what is wrong with the e-mail address, or %NULL
 */
const char *
hk_person_validator_get_email_error (HkPersonValidator *self)
{
  g_return_val_if_fail (HK_IS_PERSON_VALIDATOR (self), NULL);

  return self->email_error;
}

/**
 * hk_person_validator_get_valid:
 *
 * Returns: whether both fields can be sent
 */
gboolean
hk_person_validator_get_valid (HkPersonValidator *self)
{
  g_return_val_if_fail (HK_IS_PERSON_VALIDATOR (self), FALSE);

  return self->valid;
}

/**
 * hk_person_validator_dup_name:
 *
 * Returns: (transfer full): the name as it is sent, without the white space around it
 */
char *
hk_person_validator_dup_name (HkPersonValidator *self)
{
  g_return_val_if_fail (HK_IS_PERSON_VALIDATOR (self), NULL);

  return strip (self->name);
}

/**
 * hk_person_validator_dup_email:
 *
 * Returns: (transfer full): the address as it is sent, without the white space around it
 */
char *
hk_person_validator_dup_email (HkPersonValidator *self)
{
  g_return_val_if_fail (HK_IS_PERSON_VALIDATOR (self), NULL);

  return strip (self->email);
}

/**
 * hk_person_validator_check_name:
 * @name: a name, with or without white space around it
 * @max_bytes: how long it may be in UTF-8, in bytes: %NUKI_KEY_NAME_MAX_BYTES or %NUKI_CODE_NAME_MAX_BYTES
 *
 * A lock stores bytes, so an “ä” counts twice and an emoji four times (Nuki Web API 4.10.0, `SmartlockAuth.name`).
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong, or %NULL
 */
char *
hk_person_validator_check_name (const char *name, guint max_bytes)
{
  g_autofree char *stripped = NULL;
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);

  stripped = strip (name);
  length = strlen (stripped);
  if (is_blank (stripped))
    return g_strdup (_ ("Enter a name."));
  if (!is_one_line (stripped))
    return g_strdup (_ ("A name is one line: take out line breaks and tabs."));
  if (length > max_bytes)
    return g_strdup_printf (ngettext ("The name is %u byte too long. Locks store at most %u bytes; letters with "
                                      "accents and emoji take several.",
                                      "The name is %u bytes too long. Locks store at most %u bytes; letters with "
                                      "accents and emoji take several.",
                                      length - max_bytes),
                            (guint) (length - max_bytes), max_bytes);

  return NULL;
}

/**
 * hk_person_validator_check_email:
 * @email: an e-mail address, with or without white space around it
 *
 * Accepts what can plausibly be mailed to; whether it exists only the e-mail can tell. Quoted local parts and addresses
 * without a dot in the domain (RFC 5322, section 3.4.1) are refused on purpose: here they are slips of the hand.
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong, or %NULL
 */
char *
hk_person_validator_check_email (const char *email)
{
  g_autofree char *stripped = NULL;
  const char *at;

  g_return_val_if_fail (email != NULL, NULL);

  stripped = strip (email);
  if (*stripped == '\0')
    return g_strdup (_ ("Enter an e-mail address."));

  at = strchr (stripped, '@');
  if (at == NULL)
    return g_strdup (_ ("An e-mail address has an “@”, as in anna@example.org."));
  if (strlen (stripped) > ADDRESS_MAX_BYTES || strchr (at + 1, '@') != NULL || !has_only_address_characters (stripped)
      || !is_local_part (stripped, at - stripped) || !is_domain (at + 1))
    return g_strdup (_ ("This is not an e-mail address, as in anna@example.org."));

  return NULL;
}
