/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-faults.h"

#include "nuki-sim-damage.h"
#include "nuki-sim-wire.h"

#define JSON_TYPE "application/json;charset=UTF-8"
#define DRIP_MILLISECONDS 100

/* A fault and which requests meet it; owns what the fault points to. */
typedef struct
{
  char *method;
  char *path_pattern;
  guint left; /* or NUKI_SIM_ALWAYS */
  NukiSimFault fault;
  char **headers;
  char *body;
} Trap;

struct _NukiSimFaults
{
  GPtrArray *traps;   /* (owned) */
  GPtrArray *hanging; /* (owned): messages that are paused */
  GPtrArray *drips;   /* (owned) */
  guint n_met;
};

static void
free_trap (gpointer data)
{
  Trap *trap = data;

  g_free (trap->method);
  g_free (trap->path_pattern);
  g_strfreev (trap->headers);
  g_free (trap->body);
  g_free (trap);
}

static void
set_headers (SoupServerMessage *message, const char *const *headers, const char *origin)
{
  SoupMessageHeaders *to = soup_server_message_get_response_headers (message);

  for (; headers != NULL && headers[0] != NULL; headers += 2)
    {
      g_autoptr (GString) value = g_string_new (headers[1]);

      g_string_replace (value, "{origin}", origin, 0);
      soup_message_headers_replace (to, headers[0], value->str);
    }
}

static void
set_body (SoupServerMessage *message, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Content-Type", JSON_TYPE);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static void
set_real_answer (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  if (text != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

      set_body (message, body);
    }
}

static void
set_given_answer (SoupServerMessage *message, const NukiSimFault *fault)
{
  gsize length = fault->body != NULL && fault->body_length == 0 ? strlen (fault->body) : fault->body_length;

  soup_server_message_set_status (message, fault->status != 0 ? fault->status : SOUP_STATUS_OK, NULL);
  if (length > 0)
    {
      g_autoptr (GBytes) body = g_bytes_new (fault->body, length);

      set_body (message, body);
    }
}

static void
set_damaged_answer (SoupServerMessage *message, const NukiSimFault *fault, JsonNode *answer)
{
  g_autoptr (GBytes) body = nuki_sim_damage (fault->kind, answer);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  set_body (message, body);
}

static void
hang (NukiSimFaults *self, SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (self->hanging, g_object_ref (message));
}

NukiSimFaults *
nuki_sim_faults_new (void)
{
  NukiSimFaults *self = g_new0 (NukiSimFaults, 1);

  self->traps = g_ptr_array_new_with_free_func (free_trap);
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  self->drips = g_ptr_array_new_with_free_func ((GDestroyNotify) nuki_sim_drip_free);

  return self;
}

void
nuki_sim_faults_free (NukiSimFaults *self)
{
  g_ptr_array_unref (self->traps);
  g_ptr_array_unref (self->hanging);
  g_ptr_array_unref (self->drips);
  g_free (self);
}

void
nuki_sim_faults_add (NukiSimFaults *self,
                     const char *method,
                     const char *path_pattern,
                     guint count,
                     const NukiSimFault *fault)
{
  Trap *trap = g_new0 (Trap, 1);

  trap->method = g_strdup (method);
  trap->path_pattern = g_strdup (path_pattern);
  trap->left = count;
  trap->headers = g_strdupv ((char **) fault->headers);
  if (fault->body != NULL)
    trap->body = fault->body_length > 0 ? g_memdup2 (fault->body, fault->body_length) : g_strdup (fault->body);
  trap->fault = *fault;
  trap->fault.headers = (const char *const *) trap->headers;
  trap->fault.body = trap->body;
  g_ptr_array_add (self->traps, trap);
}

/* Requests that hang because of a fault go on to do so. */
void
nuki_sim_faults_clear (NukiSimFaults *self)
{
  g_ptr_array_set_size (self->traps, 0);
}

/* Returns: (nullable): the first fault that is there for such a request and is not used up, which it is once more now */
const NukiSimFault *
nuki_sim_faults_take (NukiSimFaults *self, const char *method, const char *path)
{
  for (guint i = 0; i < self->traps->len; i++)
    {
      Trap *trap = g_ptr_array_index (self->traps, i);

      if (trap->left == 0 || !g_pattern_match_simple (trap->method, method) ||
          !g_pattern_match_simple (trap->path_pattern, path))
        continue;
      if (trap->left != NUKI_SIM_ALWAYS)
        trap->left--;
      self->n_met++;
      return &trap->fault;
    }

  return NULL;
}

guint
nuki_sim_faults_get_n_met (NukiSimFaults *self)
{
  return self->n_met;
}

/*
 * Answers @message as @fault wants it. @status and @answer are what would have been answered; they are 0 and NULL if the
 * request was not carried out.
 */
void
nuki_sim_faults_answer (NukiSimFaults *self,
                        const NukiSimFault *fault,
                        SoupServerMessage *message,
                        const char *origin,
                        guint status,
                        JsonNode *answer)
{
  g_autofree char *text = answer != NULL ? json_to_string (answer, FALSE) : NULL;
  const guint interval = fault->milliseconds > 0 ? fault->milliseconds : DRIP_MILLISECONDS;

  switch (fault->kind)
    {
    case NUKI_SIM_FAULT_REFUSE:
    case NUKI_SIM_FAULT_RESET_BEFORE:
      nuki_sim_wire_reset (message);
      return;
    case NUKI_SIM_FAULT_CLOSE:
      nuki_sim_wire_close (message, NULL);
      return;
    case NUKI_SIM_FAULT_GARBAGE:
      nuki_sim_wire_close (message, "What is this?\r\n\r\n");
      return;
    case NUKI_SIM_FAULT_RESET_IN:
      nuki_sim_wire_break (message, status, text);
      return;
    case NUKI_SIM_FAULT_DRIP:
      g_ptr_array_add (self->drips, nuki_sim_drip_new (message, status, text, interval));
      return;
    case NUKI_SIM_FAULT_RESET_AFTER:
      set_real_answer (message, status, text);
      nuki_sim_wire_reset_later (message);
      break;
    case NUKI_SIM_FAULT_DROP_LIMITS:
      set_real_answer (message, status, text);
      break;
    case NUKI_SIM_FAULT_HANG:
      set_real_answer (message, status != 0 ? status : SOUP_STATUS_SERVICE_UNAVAILABLE, text);
      hang (self, message);
      break;
    case NUKI_SIM_FAULT_CUT:
    case NUKI_SIM_FAULT_WRONG_TYPES:
    case NUKI_SIM_FAULT_BAD_UTF8:
    case NUKI_SIM_FAULT_DEEP:
    case NUKI_SIM_FAULT_HUGE:
      set_damaged_answer (message, fault, answer);
      break;
    case NUKI_SIM_FAULT_ANSWER:
    default:
      set_given_answer (message, fault);
      break;
    }
  set_headers (message, fault->headers, origin);
}

/* The requests that hang are answered. */
void
nuki_sim_faults_release (NukiSimFaults *self)
{
  g_autoptr (GPtrArray) hanging = g_steal_pointer (&self->hanging);

  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < hanging->len; i++)
    soup_server_message_unpause (g_ptr_array_index (hanging, i));
}
