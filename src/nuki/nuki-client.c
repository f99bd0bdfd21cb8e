/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-client-private.h"

#include <glib/gi18n-lib.h>

/* For a single read or write, and for a whole request with its answer. */
#define TIMEOUT_SECONDS 30
#define TIME_LIMIT_SECONDS 120
/* Longer than from one poll to the next: a new connection costs more than the question. */
#define IDLE_TIMEOUT_SECONDS 90
#define MAX_CONNECTIONS 6

/**
 * NukiClient:
 *
 * The Nuki Web API 4.10.0, one function for each call. It sends requests and reads answers, and keeps nothing but whether
 * requests are under way and get through. One client belongs to one account, on the main thread.
 */
struct _NukiClient
{
  GObject parent_instance;

  char *base_uri;       /* (owned): without a slash at its end */
  GError *uri_error;    /* (owned) (nullable): why base_uri must not be used */
  SoupSession *session; /* (owned) */
  guint time_limit;     /* milliseconds */

  NukiTokenFunc token_func;
  gpointer token_data;
  GDestroyNotify token_destroy;

  guint n_requests;
  gboolean online;
};

G_DEFINE_FINAL_TYPE (NukiClient, nuki_client, G_TYPE_OBJECT)

enum
{
  PROP_BASE_URI = 1,
  PROP_SESSION,
  PROP_BUSY,
  PROP_ONLINE,
  N_PROPS,
};

enum
{
  SIGNAL_TOKEN_REJECTED,
  SIGNAL_THROTTLED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* GLib takes such addresses, but nobody means one. */
static gboolean
has_blanks (const char *uri)
{
  for (const char *p = uri; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
        return TRUE;
    }

  return FALSE;
}

/* Requests to this computer go there, whatever proxy is set up: what is on the way would see the token. */
static SoupSession *
create_session (const char *base_uri)
{
  SoupSession *session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS,
                                                        "idle-timeout", IDLE_TIMEOUT_SECONDS,
                                                        "max-conns-per-host", MAX_CONNECTIONS,
                                                        "user-agent", NUKI_USER_AGENT,
                                                        NULL);

  if (g_ascii_strncasecmp (base_uri, "http:", strlen ("http:")) == 0)
    soup_session_set_proxy_resolver (session, NULL);

  return session;
}

static void
set_base_uri (NukiClient *self, const char *uri)
{
  gsize length = strlen (uri);

  while (length > 0 && uri[length - 1] == '/')
    length--;
  self->base_uri = g_strndup (uri, length);
}

static void
nuki_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NukiClient *self = NUKI_CLIENT (object);

  switch (prop_id)
    {
    case PROP_BASE_URI:
      g_value_set_string (value, self->base_uri);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, nuki_client_get_busy (self));
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
nuki_client_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NukiClient *self = NUKI_CLIENT (object);

  switch (prop_id)
    {
    case PROP_BASE_URI:
      set_base_uri (self, g_value_get_string (value));
      break;
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
nuki_client_constructed (GObject *object)
{
  NukiClient *self = NUKI_CLIENT (object);

  G_OBJECT_CLASS (nuki_client_parent_class)->constructed (object);

  nuki_client_check_uri (self->base_uri, &self->uri_error);
  if (self->session == NULL)
    self->session = create_session (self->base_uri);
}

static void
nuki_client_finalize (GObject *object)
{
  NukiClient *self = NUKI_CLIENT (object);

  nuki_client_set_token_func (self, NULL, NULL, NULL);
  g_clear_object (&self->session);
  g_clear_error (&self->uri_error);
  g_free (self->base_uri);

  G_OBJECT_CLASS (nuki_client_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * NukiClient:base-uri:
   *
   * The address of the service, without a slash at its end.
   */
  properties[PROP_BASE_URI] = g_param_spec_string ("base-uri", NULL, NULL, NUKI_CLIENT_DEFAULT_URI, construct);
  /**
   * NukiClient:session:
   *
   * What sends the requests.
   */
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, construct);
  /**
   * NukiClient:busy:
   *
   * Whether requests are under way.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, read_only);
  /**
   * NukiClient:online:
   *
   * Whether the last request reached the service. %TRUE before the first.
   */
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, read_only);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
nuki_client_class_init (NukiClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nuki_client_get_property;
  object_class->set_property = nuki_client_set_property;
  object_class->constructed = nuki_client_constructed;
  object_class->finalize = nuki_client_finalize;
  install_properties (object_class);

  /**
   * NukiClient::token-rejected:
   *
   * The service does not accept the token any more, as was checked twice. It is not forgotten by that.
   */
  signals[SIGNAL_TOKEN_REJECTED] = g_signal_new ("token-rejected", NUKI_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 0);
  /**
   * NukiClient::throttled:
   * @self: a client
   * @seconds: how long the service asks to wait; 0 if it does not say
   *
   * The service refused a request because there were too many (429).
   */
  signals[SIGNAL_THROTTLED] = g_signal_new ("throttled", NUKI_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nuki_client_init (NukiClient *self)
{
  self->online = TRUE;
  self->time_limit = TIME_LIMIT_SECONDS * 1000;
}

/**
 * nuki_client_new:
 * @base_uri: the address of the service, such as %NUKI_CLIENT_DEFAULT_URI
 * @session: (nullable): what sends the requests, or %NULL for a session of its own with a timeout of 30 seconds
 *
 * Makes a client without connecting to anything. If nuki_client_check_uri() refuses @base_uri, each call fails with that error.
 *
 * Returns: (transfer full): a client that has no token yet
 */
NukiClient *
nuki_client_new (const char *base_uri, SoupSession *session)
{
  g_return_val_if_fail (base_uri != NULL, NULL);
  g_return_val_if_fail (session == NULL || SOUP_IS_SESSION (session), NULL);

  return g_object_new (NUKI_TYPE_CLIENT, "base-uri", base_uri, "session", session, NULL);
}

/**
 * nuki_client_check_uri:
 * @uri: an address
 *
 * Finds out whether a token may be sent to an address: by HTTPS to anywhere, by plain HTTP only to this computer (`localhost`,
 * 127.0.0.0/8 and ::1), without user name, query and fragment.
 *
 * Returns: %TRUE, or %FALSE with %NUKI_ERROR_INSECURE and a translated sentence
 */
gboolean
nuki_client_check_uri (const char *uri, GError **error)
{
  g_autoptr (GUri) parsed = NULL;
  const char *problem = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0' || has_blanks (uri))
    problem = _ ("This is not the address of a service.");
  else if (g_uri_get_userinfo (parsed) != NULL)
    problem = _ ("The address of the service must not contain a user name.");
  else if (g_uri_get_query (parsed) != NULL || g_uri_get_fragment (parsed) != NULL)
    problem = _ ("The address of the service must end with its path.");
  else if (g_str_equal (g_uri_get_scheme (parsed), "https"))
    return TRUE;
  else if (g_str_equal (g_uri_get_scheme (parsed), "http") && is_loopback (g_uri_get_host (parsed)))
    return TRUE;
  else
    problem = _ ("The address of the service must begin with https://, or the token could be read on the way.");

  g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INSECURE, problem);
  return FALSE;
}

/**
 * nuki_client_get_base_uri:
 *
 * Returns: (transfer none): the address of the service, without a slash at its end
 */
const char *
nuki_client_get_base_uri (NukiClient *self)
{
  g_return_val_if_fail (NUKI_IS_CLIENT (self), NULL);

  return self->base_uri;
}

/**
 * nuki_client_set_token_func:
 * @func: (nullable): is asked for the token each time one is needed
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Says where the token comes from. The client does not keep it longer than a request takes.
 */
void
nuki_client_set_token_func (NukiClient *self, NukiTokenFunc func, gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (NUKI_IS_CLIENT (self));

  if (self->token_destroy != NULL)
    self->token_destroy (self->token_data);

  self->token_func = func;
  self->token_data = user_data;
  self->token_destroy = destroy;
}

/**
 * nuki_client_set_time_limit:
 * @milliseconds: how long a request with its answer may take, from the next one on; two minutes if this is not called
 *
 * Limits the time of requests, whatever the timeout of the session. One that takes longer fails with
 * %G_IO_ERROR_TIMED_OUT.
 */
void
nuki_client_set_time_limit (NukiClient *self, guint milliseconds)
{
  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (milliseconds > 0);

  self->time_limit = milliseconds;
}

/**
 * nuki_client_get_busy:
 *
 * Returns: %TRUE if requests are under way
 */
gboolean
nuki_client_get_busy (NukiClient *self)
{
  g_return_val_if_fail (NUKI_IS_CLIENT (self), FALSE);

  return self->n_requests > 0;
}

/**
 * nuki_client_get_online:
 *
 * Returns: %TRUE if the last request reached the service, or there was none
 */
gboolean
nuki_client_get_online (NukiClient *self)
{
  g_return_val_if_fail (NUKI_IS_CLIENT (self), FALSE);

  return self->online;
}

/* private: whether requests may be sent at all */
gboolean
nuki_client_check_usable (NukiClient *self, GError **error)
{
  if (self->uri_error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->uri_error));
  return FALSE;
}

/* private: (transfer none) (nullable): the token of the account */
const char *
nuki_client_get_token (NukiClient *self)
{
  return self->token_func != NULL ? self->token_func (self->token_data) : NULL;
}

/* private: (transfer none): what sends the requests */
SoupSession *
nuki_client_get_session (NukiClient *self)
{
  return self->session;
}

/* private: how many milliseconds a request may take */
guint
nuki_client_get_time_limit (NukiClient *self)
{
  return self->time_limit;
}

/* private: a request is under way */
void
nuki_client_begin_request (NukiClient *self)
{
  if (self->n_requests++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* private: a request has ended */
void
nuki_client_end_request (NukiClient *self)
{
  g_assert (self->n_requests > 0);

  if (--self->n_requests == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* private: whether a request reached the service */
void
nuki_client_set_online (NukiClient *self, gboolean online)
{
  if (self->online == online)
    return;

  self->online = online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

/* private: the service answered 429 */
void
nuki_client_emit_throttled (NukiClient *self, guint seconds)
{
  g_signal_emit (self, signals[SIGNAL_THROTTLED], 0, seconds);
}

/* private: @token is not accepted, which matters only while it is the account's */
void
nuki_client_emit_token_rejected (NukiClient *self, const char *token)
{
  if (g_strcmp0 (nuki_client_get_token (self), token) == 0)
    g_signal_emit (self, signals[SIGNAL_TOKEN_REJECTED], 0);
}
