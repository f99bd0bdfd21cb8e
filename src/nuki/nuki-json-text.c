/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads JSON (RFC 8259) where it is, without making anything of it that nobody asks for: the tree that json-glib makes of
 * 20,000 keys is ten times as large as their text, and took most of the time of a refresh. Nothing but JSON is taken, whereas
 * json-glib knows comments, variables and the escapes of C, too.
 */

#include "nuki-json-text.h"

#include <math.h>
#include <string.h>

/* Values are checked by recursion; answers of the service nest six levels deep. */
#define MAX_DEPTH 64

/* More digits do not fit into 64 bits. */
#define MAX_INTEGER_DIGITS 18

/* The length of "\uD83D". */
#define ESCAPE_BYTES 6

#define REPLACEMENT_CHARACTER 0xFFFD

typedef struct
{
  const char *at;
  const char *end;
  guint depth;
} Checker;

typedef struct
{
  const char *name; /* without its quotes */
  gsize length;     /* of the name */
  const char *value;
} Member;

struct _NukiJsonObject
{
  GArray *members; /* (owned) (element-type Member) */
};

static gboolean check_value (Checker *self);

static gboolean
is_space (char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static const char *
skip_space (const char *at)
{
  while (is_space (*at))
    at++;

  return at;
}

/* Whether @byte is next, apart from space; then it is behind. */
static gboolean
take (Checker *self, char byte)
{
  while (self->at < self->end && is_space (*self->at))
    self->at++;
  if (self->at == self->end || *self->at != byte)
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
take_digits (Checker *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return self->at > start;
}

static gboolean
take_word (Checker *self, const char *word)
{
  const gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;

  self->at += length;
  return TRUE;
}

static gboolean
take_any (Checker *self, const char *bytes)
{
  if (self->at == self->end || *self->at == '\0' || strchr (bytes, *self->at) == NULL)
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
check_number (Checker *self)
{
  take_word (self, "-");
  if (!(take_word (self, "0") || take_digits (self)) || (take_word (self, ".") && !take_digits (self)))
    return FALSE;
  if (!take_any (self, "eE"))
    return TRUE;

  take_any (self, "+-");
  return take_digits (self);
}

static gboolean
check_escape (Checker *self)
{
  self->at++;
  if (take_any (self, "\"\\/bfnrt"))
    return TRUE;
  if (!take_word (self, "u") || self->end - self->at < 4)
    return FALSE;

  for (const char *end = self->at + 4; self->at < end; self->at++)
    if (!g_ascii_isxdigit (*self->at))
      return FALSE;

  return TRUE;
}

static gboolean
check_string (Checker *self)
{
  if (!take (self, '"'))
    return FALSE;

  while (self->at < self->end && *self->at != '"')
    {
      if (*self->at != '\\')
        self->at++;
      else if (!check_escape (self))
        return FALSE;
    }

  return take_word (self, "\"");
}

/* An array, or an object, the values of which have names. */
static gboolean
check_values (Checker *self, char closing)
{
  self->at++;
  if (++self->depth > MAX_DEPTH)
    return FALSE;

  if (!take (self, closing))
    {
      do
        if ((closing == '}' && !(check_string (self) && take (self, ':'))) || !check_value (self))
          return FALSE;
      while (take (self, ','));
      if (!take (self, closing))
        return FALSE;
    }
  self->depth--;

  return TRUE;
}

static gboolean
check_value (Checker *self)
{
  while (self->at < self->end && is_space (*self->at))
    self->at++;
  if (self->at == self->end)
    return FALSE;

  switch (*self->at)
    {
    case '{':
      return check_values (self, '}');
    case '[':
      return check_values (self, ']');
    case '"':
      return check_string (self);
    case 't':
      return take_word (self, "true");
    case 'f':
      return take_word (self, "false");
    case 'n':
      return take_word (self, "null");
    default:
      return check_number (self);
    }
}

/* Returns: what follows the string that begins at @value */
static const char *
skip_string (const char *value)
{
  for (value++; *value != '"'; value++)
    if (*value == '\\')
      value++;

  return value + 1;
}

/* @at: an escape of four digits, or something else. Returns: its number, or -1 */
static int
get_escape (const char *at)
{
  int value = 0;

  if (at[0] != '\\' || at[1] != 'u')
    return -1;

  for (int i = 2; i < ESCAPE_BYTES; i++)
    value = value * 16 + g_ascii_xdigit_value (at[i]);

  return value;
}

static gboolean
is_in_range (int value, int first, int last)
{
  return value >= first && value <= last;
}

/* A name that was cut within an emoji, and ends in half of one, must not make the whole answer unreadable; nor may there be
 * a zero in a text. Returns: what follows */
static const char *
append_escape (GString *string, const char *at)
{
  static const char shorts[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  const int value = get_escape (at);

  if (value < 0)
    {
      g_string_append_c (string, values[strchr (shorts, at[1]) - shorts]);
      return at + 2;
    }
  if (is_in_range (value, 0xD800, 0xDBFF) && is_in_range (get_escape (at + ESCAPE_BYTES), 0xDC00, 0xDFFF))
    {
      const int low = get_escape (at + ESCAPE_BYTES);

      g_string_append_unichar (string, (gunichar) (0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)));
      return at + 2 * ESCAPE_BYTES;
    }

  g_string_append_unichar (string, value == 0 || is_in_range (value, 0xD800, 0xDFFF) ? REPLACEMENT_CHARACTER
                                                                                     : (gunichar) value);
  return at + ESCAPE_BYTES;
}

/* private: whether @text is JSON, in UTF-8 and not nested too deeply */
gboolean
nuki_json_text_check (const char *text, gsize length)
{
  Checker self = { text, text + length, 0 };

  if (!g_utf8_validate_len (text, length, NULL) || !check_value (&self))
    return FALSE;
  while (self.at < self.end && is_space (*self.at))
    self.at++;

  return self.at == self.end;
}

/* private: the value that is all of the text */
const char *
nuki_json_text_get_root (const char *text)
{
  return skip_space (text);
}

/* private: (nullable): the first value in an array */
const char *
nuki_json_text_get_first (const char *array)
{
  const char *at = skip_space (array + 1);

  return *at != ']' ? at : NULL;
}

/* private: what follows @value */
const char *
nuki_json_text_skip (const char *value)
{
  guint depth = 0;

  if (*value == '"')
    return skip_string (value);
  if (*value != '{' && *value != '[')
    {
      while (!is_space (*value) && *value != ',' && *value != ']' && *value != '}')
        value++;
      return value;
    }

  do
    {
      if (*value == '"')
        {
          value = skip_string (value);
          continue;
        }
      if (*value == '{' || *value == '[')
        depth++;
      else if (*value == '}' || *value == ']')
        depth--;
      value++;
    }
  while (depth > 0);

  return value;
}

/* private: (nullable): the next value in an array; @behind is what follows the one before */
const char *
nuki_json_text_get_next (const char *behind)
{
  const char *at = skip_space (behind);

  return *at == ',' ? skip_space (at + 1) : NULL;
}

/* private: (transfer full) (nullable): the text that @value is; %NULL if it is none */
char *
nuki_json_text_dup_string (const char *value)
{
  const char *start = value + 1;
  const char *end;
  GString *string;

  if (*value != '"')
    return NULL;

  end = skip_string (value) - 1;
  if (memchr (start, '\\', (gsize) (end - start)) == NULL)
    return g_strndup (start, (gsize) (end - start));

  string = g_string_new (NULL);
  while (start < end)
    {
      if (*start == '\\')
        start = append_escape (string, start);
      else
        g_string_append_c (string, *start++);
    }

  return g_string_free (string, FALSE);
}

/* private: whether @value is a number without a fraction that fits into 64 bits */
gboolean
nuki_json_text_get_integer (const char *value, gint64 *number)
{
  const char *start = *value == '-' ? value + 1 : value;
  const char *at = start;
  gint64 sum = 0;

  for (; g_ascii_isdigit (*at) && at - start < MAX_INTEGER_DIGITS; at++)
    sum = sum * 10 + g_ascii_digit_value (*at);
  if (at == start || g_ascii_isdigit (*at) || *at == '.' || *at == 'e' || *at == 'E')
    return FALSE;

  *number = *value == '-' ? -sum : sum;
  return TRUE;
}

/* private: the number that @value is; nothing that is a number if it is none */
double
nuki_json_text_get_double (const char *value)
{
  return *value == '-' || g_ascii_isdigit (*value) ? g_ascii_strtod (value, NULL) : NAN;
}

/* private: (transfer full): empty */
NukiJsonObject *
nuki_json_object_new (void)
{
  NukiJsonObject *self = g_new0 (NukiJsonObject, 1);

  self->members = g_array_new (FALSE, FALSE, sizeof (Member));

  return self;
}

void
nuki_json_object_free (NukiJsonObject *self)
{
  g_array_unref (self->members);
  g_free (self);
}

/* private: @value is an object, to be asked from now on until its text is freed; returns what follows it */
const char *
nuki_json_object_fill (NukiJsonObject *self, const char *value)
{
  const char *at = skip_space (value + 1);

  g_array_set_size (self->members, 0);
  while (*at != '}')
    {
      const char *behind = skip_string (at);
      Member member = { at + 1, (gsize) (behind - at) - 2, skip_space (skip_space (behind) + 1) };

      g_array_append_val (self->members, member);
      at = skip_space (nuki_json_text_skip (member.value));
      if (*at == ',')
        at = skip_space (at + 1);
    }

  return at + 1;
}

/* private: (nullable): the last value of that name; %NULL if there is none, or a null */
const char *
nuki_json_object_get (NukiJsonObject *self, const char *name)
{
  const gsize length = strlen (name);

  for (guint i = self->members->len; i > 0; i--)
    {
      const Member *member = &g_array_index (self->members, Member, i - 1);

      if (member->length == length && memcmp (member->name, name, length) == 0)
        return *member->value != 'n' ? member->value : NULL;
    }

  return NULL;
}
