/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As often as it happens, until nuki_simulator_clear_faults(). */
#define NUKI_SIM_ALWAYS G_MAXUINT

/*
 * NukiSimFaultKind:
 * @NUKI_SIM_FAULT_ANSWER: the answer is the status, headers and body that are given
 * @NUKI_SIM_FAULT_REFUSE: the connection is reset, and nobody can connect any more; see @milliseconds
 * @NUKI_SIM_FAULT_RESET_BEFORE: the connection is reset instead of an answer
 * @NUKI_SIM_FAULT_CLOSE: the connection ends instead of an answer; TLS gets no farewell
 * @NUKI_SIM_FAULT_GARBAGE: instead of an answer come bytes that are no HTTP, and no TLS either
 * @NUKI_SIM_FAULT_RESET_IN: the connection is reset in the middle of the answer
 * @NUKI_SIM_FAULT_RESET_AFTER: the connection is reset after the whole answer
 * @NUKI_SIM_FAULT_HANG: there is no answer; see nuki_simulator_release()
 * @NUKI_SIM_FAULT_DRIP: the answer comes a byte at a time; see @milliseconds
 * @NUKI_SIM_FAULT_CUT: the JSON of the answer ends in its middle, and the answer with it
 * @NUKI_SIM_FAULT_WRONG_TYPES: numbers are strings, strings are numbers, the rest is something else too
 * @NUKI_SIM_FAULT_BAD_UTF8: the texts of the answer are not UTF-8
 * @NUKI_SIM_FAULT_DEEP: the answer is 100,000 arrays in each other
 * @NUKI_SIM_FAULT_HUGE: the answer is 80 MB of JSON
 * @NUKI_SIM_FAULT_DROP_LIMITS: the request is carried out without the limits of the key, and answered as usual
 *
 * What can go wrong. A request whose answer is what is damaged is carried out; other requests are not, unless the fault
 * says so.
 */
typedef enum
{
  NUKI_SIM_FAULT_ANSWER,
  NUKI_SIM_FAULT_REFUSE,
  NUKI_SIM_FAULT_RESET_BEFORE,
  NUKI_SIM_FAULT_CLOSE,
  NUKI_SIM_FAULT_GARBAGE,
  NUKI_SIM_FAULT_RESET_IN,
  NUKI_SIM_FAULT_RESET_AFTER,
  NUKI_SIM_FAULT_HANG,
  NUKI_SIM_FAULT_DRIP,
  NUKI_SIM_FAULT_CUT,
  NUKI_SIM_FAULT_WRONG_TYPES,
  NUKI_SIM_FAULT_BAD_UTF8,
  NUKI_SIM_FAULT_DEEP,
  NUKI_SIM_FAULT_HUGE,
  NUKI_SIM_FAULT_DROP_LIMITS,
} NukiSimFaultKind;

/*
 * NukiSimFault:
 * @apply: the request is carried out, although its answer is another one or does not come
 * @status: of %NUKI_SIM_FAULT_ANSWER; 200 if it is 0
 * @headers: (nullable): names and values by turns, ending with %NULL; `{origin}` in a value is the simulator's address
 * @body: (nullable): of %NUKI_SIM_FAULT_ANSWER
 * @body_length: bytes of @body, or 0 if it ends with a zero
 * @milliseconds: from one byte to the next of a drip (real time; 100 if it is 0); until one can connect again after a
 *   refusal (the simulator's time; not by itself if it is 0)
 */
typedef struct
{
  NukiSimFaultKind kind;
  gboolean apply;
  guint status;
  const char *const *headers;
  const char *body;
  gsize body_length;
  guint milliseconds;
} NukiSimFault;

/*
 * NukiSimNamedFault:
 *
 * A fault that tests and developers ask for by name, such as `reset-in`.
 */
typedef struct
{
  const char *name;
  NukiSimFault fault;
} NukiSimNamedFault;

const NukiSimNamedFault *nuki_sim_fault_get_all (gsize *n_faults);
const NukiSimFault *nuki_sim_fault_find (const char *name);
gboolean nuki_sim_fault_is_heard (const NukiSimFault *fault);

G_END_DECLS
