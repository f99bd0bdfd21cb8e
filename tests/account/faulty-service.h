/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * Fault:
 * @FAULT_STATUS: the request is not heard; the answer has the status
 * @FAULT_APPLY_THEN_STATUS: the request is carried out; the answer has the status
 * @FAULT_RESET: the request is not heard; the connection breaks
 * @FAULT_APPLY_THEN_RESET: the request is carried out; the connection breaks
 * @FAULT_DROP_LIMITS: the request is carried out without its limits
 * @FAULT_HANG: the request is carried out; the answer comes with faulty_service_release()
 * @FAULT_BODY: the request is not heard; the answer is what faulty_service_spoil_body() was given
 * @FAULT_NONE: all goes well, before what is spoilt after it
 */
typedef enum
{
  FAULT_STATUS,
  FAULT_APPLY_THEN_STATUS,
  FAULT_RESET,
  FAULT_APPLY_THEN_RESET,
  FAULT_DROP_LIMITS,
  FAULT_HANG,
  FAULT_BODY,
  FAULT_NONE,
} Fault;

/* Stands between client and simulator, counts the requests and spoils some of them. */
typedef struct _FaultyService FaultyService;

FaultyService *faulty_service_new (const char *target);
void faulty_service_free (FaultyService *self);
const char *faulty_service_get_uri (FaultyService *self);
void faulty_service_set_up (FaultyService *self, gboolean up);
void faulty_service_spoil (FaultyService *self, const char *method, const char *path, Fault fault, guint status,
                           guint times);
void faulty_service_spoil_body (FaultyService *self, const char *path, GBytes *body, gsize promised, guint times);
void faulty_service_release (FaultyService *self);
guint faulty_service_count (FaultyService *self, const char *method, const char *path);
void faulty_service_forget (FaultyService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultyService, faulty_service_free)

G_END_DECLS
