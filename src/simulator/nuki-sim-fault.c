/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-fault.h"

#define EXCEPTION "{\"stackTrace\":[],\"suppressedExceptions\":[]}"
#define PORTAL                                                                                               \
  "<!DOCTYPE html><html><head><title>Welcome</title></head><body>"                                           \
  "<p>Sign in to the network of the hotel.</p></body></html>"
#define GATEWAY                                                                                              \
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>"      \
  "</center>\r\n</body>\r\n</html>\r\n"

static const char *const html[] = { "Content-Type", "text/html; charset=UTF-8", NULL };
static const char *const wait[] = { "Retry-After", "90", NULL };
static const char *const same_origin[] = { "Location", "{origin}/elsewhere", NULL };
static const char *const other_origin[] = { "Location", "https://elsewhere.invalid/smartlock", NULL };
static const char *const plain_http[] = { "Location", "http://elsewhere.invalid/smartlock", NULL };

#define STATUS(number) { .kind = NUKI_SIM_FAULT_ANSWER, .status = number, .body = EXCEPTION }
#define DETAIL(number, text)                                                                                 \
  { .kind = NUKI_SIM_FAULT_ANSWER, .status = number, .body = "{\"detailMessage\":\"" text "\",\"stackTrace\":[]}" }
#define REDIRECT(number, where) { .kind = NUKI_SIM_FAULT_ANSWER, .status = number, .headers = where }

static const NukiSimNamedFault faults[] = {
  { "status-400", DETAIL (400, "The supplied value '1' for parameter 'x' is not valid.") },
  { "status-401", DETAIL (401, "Your access token is not authorized") },
  { "status-402", STATUS (402) },
  { "status-403", STATUS (403) },
  { "status-404", STATUS (404) },
  { "status-409", DETAIL (409, "The parameter 'x' exists already") },
  { "status-422", STATUS (422) },
  { "status-423", STATUS (423) },
  { "status-429", { .kind = NUKI_SIM_FAULT_ANSWER, .status = 429, .headers = wait, .body = EXCEPTION } },
  { "status-500", STATUS (500) },
  { "status-502", { .kind = NUKI_SIM_FAULT_ANSWER, .status = 502, .headers = html, .body = GATEWAY } },
  { "status-503", { .kind = NUKI_SIM_FAULT_ANSWER, .status = 503, .headers = wait } },
  { "status-504", { .kind = NUKI_SIM_FAULT_ANSWER, .status = 504 } },
  { "refuse", { .kind = NUKI_SIM_FAULT_REFUSE } },
  { "reset-before", { .kind = NUKI_SIM_FAULT_RESET_BEFORE } },
  { "close-before", { .kind = NUKI_SIM_FAULT_CLOSE } },
  { "garbage", { .kind = NUKI_SIM_FAULT_GARBAGE } },
  { "reset-in", { .kind = NUKI_SIM_FAULT_RESET_IN } },
  { "reset-after", { .kind = NUKI_SIM_FAULT_RESET_AFTER } },
  { "hang", { .kind = NUKI_SIM_FAULT_HANG } },
  { "drip", { .kind = NUKI_SIM_FAULT_DRIP } },
  { "cut-json", { .kind = NUKI_SIM_FAULT_CUT } },
  { "wrong-types", { .kind = NUKI_SIM_FAULT_WRONG_TYPES } },
  { "html", { .kind = NUKI_SIM_FAULT_ANSWER, .headers = html, .body = PORTAL } },
  { "empty", { .kind = NUKI_SIM_FAULT_ANSWER } },
  { "redirect-same-origin", REDIRECT (307, same_origin) },
  { "redirect-other-origin", REDIRECT (302, other_origin) },
  { "redirect-plain-http", REDIRECT (308, plain_http) },
  { "bad-utf8", { .kind = NUKI_SIM_FAULT_BAD_UTF8 } },
  { "deep", { .kind = NUKI_SIM_FAULT_DEEP } },
  { "huge", { .kind = NUKI_SIM_FAULT_HUGE } },
  { "apply-then-reset", { .kind = NUKI_SIM_FAULT_RESET_BEFORE, .apply = TRUE } },
  { "apply-then-hang", { .kind = NUKI_SIM_FAULT_HANG, .apply = TRUE } },
  { "apply-then-500", { .kind = NUKI_SIM_FAULT_ANSWER, .apply = TRUE, .status = 500, .body = EXCEPTION } },
};

/**
 * nuki_sim_fault_get_all:
 * @n_faults: (out): how many there are
 *
 * Returns: (transfer none): all faults that have a name
 */
const NukiSimNamedFault *
nuki_sim_fault_get_all (gsize *n_faults)
{
  g_return_val_if_fail (n_faults != NULL, NULL);

  *n_faults = G_N_ELEMENTS (faults);
  return faults;
}

/**
 * nuki_sim_fault_find:
 * @name: such as `reset-in`
 *
 * Returns: (transfer none) (nullable): the fault of this name
 */
const NukiSimFault *
nuki_sim_fault_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].name, name))
      return &faults[i].fault;

  return NULL;
}

/**
 * nuki_sim_fault_is_heard:
 * @fault: a fault
 *
 * Returns: %TRUE if a request is carried out although it meets @fault
 */
gboolean
nuki_sim_fault_is_heard (const NukiSimFault *fault)
{
  g_return_val_if_fail (fault != NULL, FALSE);

  switch (fault->kind)
    {
    case NUKI_SIM_FAULT_RESET_IN:
    case NUKI_SIM_FAULT_RESET_AFTER:
    case NUKI_SIM_FAULT_DRIP:
    case NUKI_SIM_FAULT_CUT:
    case NUKI_SIM_FAULT_WRONG_TYPES:
    case NUKI_SIM_FAULT_BAD_UTF8:
    case NUKI_SIM_FAULT_DROP_LIMITS:
      return TRUE;
    case NUKI_SIM_FAULT_ANSWER:
    case NUKI_SIM_FAULT_REFUSE:
    case NUKI_SIM_FAULT_RESET_BEFORE:
    case NUKI_SIM_FAULT_CLOSE:
    case NUKI_SIM_FAULT_GARBAGE:
    case NUKI_SIM_FAULT_HANG:
    case NUKI_SIM_FAULT_DEEP:
    case NUKI_SIM_FAULT_HUGE:
    default:
      return fault->apply;
    }
}
