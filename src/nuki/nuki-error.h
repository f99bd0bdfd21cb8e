/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-types.h"

G_BEGIN_DECLS

/**
 * NukiError:
 * @NUKI_ERROR_UNAUTHORIZED: the token is not accepted (401 everywhere)
 * @NUKI_ERROR_SCOPE: the token is accepted, but may not do this (401 here, while GET /smartlock works)
 * @NUKI_ERROR_FORBIDDEN: the object is not in this account (403)
 * @NUKI_ERROR_NOT_FOUND: there is no such lock, key or person (404)
 * @NUKI_ERROR_CONFLICT: code or e-mail address is taken (409)
 * @NUKI_ERROR_INVALID: the service refuses a value (400, 422); the message names it if the service did
 * @NUKI_ERROR_LOCKED: an operation on that object is still running (423)
 * @NUKI_ERROR_THROTTLED: too many requests (429)
 * @NUKI_ERROR_PAYMENT: the account has to be paid or upgraded (402, 426)
 * @NUKI_ERROR_SERVER: the service has trouble (5xx, or a status nobody expects)
 * @NUKI_ERROR_MALFORMED: the answer cannot be understood
 * @NUKI_ERROR_INSECURE: the address is not one a token may be sent to
 *
 * One code for each thing that the screen shows differently. What happens below HTTP keeps its own domain
 * (%G_IO_ERROR, %G_RESOLVER_ERROR, %G_TLS_ERROR). Messages are translated sentences for a person, without raw bodies.
 */
typedef enum
{
  NUKI_ERROR_UNAUTHORIZED,
  NUKI_ERROR_SCOPE,
  NUKI_ERROR_FORBIDDEN,
  NUKI_ERROR_NOT_FOUND,
  NUKI_ERROR_CONFLICT,
  NUKI_ERROR_INVALID,
  NUKI_ERROR_LOCKED,
  NUKI_ERROR_THROTTLED,
  NUKI_ERROR_PAYMENT,
  NUKI_ERROR_SERVER,
  NUKI_ERROR_MALFORMED,
  NUKI_ERROR_INSECURE,
} NukiError;

#define NUKI_ERROR (nuki_error_quark ())
GQuark nuki_error_quark (void);
guint nuki_error_get_retry_after (const GError *error);
void nuki_error_set_retry_after (GError *error, guint seconds);

G_END_DECLS
