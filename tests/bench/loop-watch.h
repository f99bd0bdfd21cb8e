/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A frame at 60 Hz. */
#define LOOP_WATCH_LIMIT_MS 16.0

/**
 * Stall:
 * @wall_ms: all time that went by
 * @own_ms: that without the time in which the main thread could have gone on but no processor was free, because other
 *   programs used them; computing, and waiting for anything else, is in it
 *
 * How long the main loop was kept from waiting for events. Both are longest times, each by itself.
 */
typedef struct
{
  double wall_ms;
  double own_ms;
} Stall;

/**
 * Stalls:
 * @all: between two polls of the main loop, whatever happened there
 * @without_renderer: the same without the time in which the renderer of GTK drew a frame
 */
typedef struct
{
  Stall all;
  Stall without_renderer;
} Stalls;

void loop_watch_init (void);
void loop_watch_begin (void);
Stalls loop_watch_end (void);
double loop_watch_get_slow_frame (void);
void loop_watch_begin_rendering (void);
void loop_watch_end_rendering (void);

typedef gboolean (*LoopCondition) (gpointer user_data);

void loop_watch_await (LoopCondition condition, gpointer user_data);

G_END_DECLS
