/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-error.h"

typedef struct
{
  guint retry_after; /* seconds, or 0 */
} NukiErrorPrivate;

static void
nuki_error_private_init (NukiErrorPrivate *priv)
{
}

static void
nuki_error_private_copy (const NukiErrorPrivate *source, NukiErrorPrivate *copy)
{
  copy->retry_after = source->retry_after;
}

static void
nuki_error_private_clear (NukiErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (NukiError, nuki_error)

/**
 * nuki_error_get_retry_after:
 * @error: an error of any domain
 *
 * Returns: the seconds that the service asked to wait before the next attempt (RFC 9110, section 10.2.3), or 0 if it did not
 *   ask for any
 */
guint
nuki_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == NUKI_ERROR ? nuki_error_get_private (error)->retry_after : 0;
}

/**
 * nuki_error_set_retry_after:
 * @error: an error of %NUKI_ERROR
 * @seconds: the wait
 *
 * Keeps with the error how long to wait before the next attempt.
 */
void
nuki_error_set_retry_after (GError *error, guint seconds)
{
  g_return_if_fail (error != NULL && error->domain == NUKI_ERROR);

  nuki_error_get_private (error)->retry_after = seconds;
}
