/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-status.h"

#include <glib/gi18n-lib.h>

#include "nuki-error.h"
#include "nuki-json.h"

/* A longer wait than a day is a mistake. */
#define MAX_RETRY_AFTER (24 * 60 * 60)

static NukiError
get_code (guint status)
{
  switch (status)
    {
    case 400:
    case 422:
      return NUKI_ERROR_INVALID;
    case 401:
      return NUKI_ERROR_UNAUTHORIZED;
    case 402:
    case 426:
      return NUKI_ERROR_PAYMENT;
    case 403:
      return NUKI_ERROR_FORBIDDEN;
    case 404:
      return NUKI_ERROR_NOT_FOUND;
    case 409:
      return NUKI_ERROR_CONFLICT;
    case 423:
      return NUKI_ERROR_LOCKED;
    case 429:
      return NUKI_ERROR_THROTTLED;
    default:
      return NUKI_ERROR_SERVER;
    }
}

static char *
describe_unexpected (guint status)
{
  if (status >= 300 && status < 400)
    return g_strdup (_ ("The service refers to another address, to which the token is not sent."));
  if (status >= 500)
    /* Translators: the number is an HTTP status */
    return g_strdup_printf (_ ("The service has trouble at the moment (status %u)."), status);

  /* Translators: the number is an HTTP status */
  return g_strdup_printf (_ ("The service gave an unexpected answer (status %u)."), status);
}

static char *
describe (guint status)
{
  switch (get_code (status))
    {
    case NUKI_ERROR_INVALID:
      return g_strdup (_ ("The service does not accept this."));
    case NUKI_ERROR_UNAUTHORIZED:
      return g_strdup (_ ("The service does not accept the token."));
    case NUKI_ERROR_PAYMENT:
      return g_strdup (_ ("The Nuki account has to be paid or upgraded for this."));
    case NUKI_ERROR_FORBIDDEN:
      return g_strdup (_ ("The service does not allow this to your account."));
    case NUKI_ERROR_NOT_FOUND:
      return g_strdup (_ ("The service no longer knows this."));
    case NUKI_ERROR_CONFLICT:
      return g_strdup (_ ("The service has this already."));
    case NUKI_ERROR_LOCKED:
      return g_strdup (_ ("Another change is still under way."));
    case NUKI_ERROR_THROTTLED:
      return g_strdup (_ ("The service asks to wait, as there were too many requests."));
    case NUKI_ERROR_SCOPE:
    case NUKI_ERROR_SERVER:
    case NUKI_ERROR_MALFORMED:
    case NUKI_ERROR_INSECURE:
    default:
      return describe_unexpected (status);
    }
}

/* What the service says about a request that it could do something about. Of what is gone it could only say the number,
 * which tells nobody anything. Should it repeat the token, nobody sees it. */
static char *
find_reason (guint status, GBytes *body, const char *secret)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) safe = NULL;

  if (status < 400 || status >= 500 || status == 401 || status == 404)
    return NULL;

  text = nuki_json_parse_error_text (body);
  if (text == NULL)
    return NULL;

  safe = g_string_new (text);
  if (secret != NULL && *secret != '\0')
    g_string_replace (safe, secret, "…", 0);

  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/* RFC 9110, section 10.2.3: seconds or a date. */
static guint
get_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  const char *told;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (guint) MIN (seconds, MAX_RETRY_AFTER);

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;

  /* By the clock that made the date, if it is told: this computer's may be wrong. */
  told = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  now = told != NULL ? soup_date_time_new_from_http_string (told) : NULL;
  if (now == NULL)
    now = g_date_time_new_now_utc ();
  return (guint) CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_AFTER);
}

/**
 * nuki_status_to_error:
 * @message: a message whose answer does not report success
 * @body: the body of the answer; may be empty
 * @secret: (nullable): what must not be in the text, whatever the service says
 *
 * Turns an HTTP status into an error with a translated sentence, followed by the reason in the words of the service if it
 * gave one. A 401 is %NUKI_ERROR_UNAUTHORIZED here; whether it is a missing scope is for the caller to find out.
 *
 * Returns: (transfer full): an error of %NUKI_ERROR
 */
GError *
nuki_status_to_error (SoupMessage *message, GBytes *body, const char *secret)
{
  guint status;
  g_autofree char *sentence = NULL;
  g_autofree char *reason = NULL;
  GError *error;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  status = soup_message_get_status (message);
  sentence = describe (status);
  reason = find_reason (status, body, secret);

  if (reason != NULL)
    /* Translators: a sentence of ours, and then what the service says, mostly in English */
    error = g_error_new (NUKI_ERROR, get_code (status), _ ("%s It says: “%s”"), sentence, reason);
  else
    error = g_error_new_literal (NUKI_ERROR, get_code (status), sentence);
  nuki_error_set_retry_after (error, get_retry_after (message));

  return error;
}
