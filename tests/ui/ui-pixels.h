/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* What is on the screen of a window or a popover. */
typedef struct _UiPixels UiPixels;

GdkTexture *ui_pixels_render (GtkWidget *native);
UiPixels *ui_pixels_new (GtkWidget *native);
void ui_pixels_free (UiPixels *self);
GBytes *ui_pixels_dup_area (UiPixels *self, const graphene_rect_t *bounds);
double ui_pixels_get_contrast (UiPixels *self, const graphene_rect_t *bounds);
