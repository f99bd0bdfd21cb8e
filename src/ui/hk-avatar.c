/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-avatar.h"

#include <string.h>

/**
 * HkAvatar:
 *
 * The picture of a person or a thing in a row: looks like an AdwAvatar of 36 pixels, and has no widgets in it. There may be
 * hundreds of rows, and an AdwAvatar takes as long as all else in a row to make, and again when it goes.
 */
struct _HkAvatar
{
  GtkWidget parent_instance;

  char *name;      /* (owned) (nullable) */
  char *icon_name; /* (owned) (nullable): shown instead of the initials of @name */
  char *color;     /* (owned) (nullable): the style class */
};

G_DEFINE_FINAL_TYPE (HkAvatar, hk_avatar, GTK_TYPE_WIDGET)

/* In pixels. */
#define SIZE 36
#define ICON_SIZE 16
#define MAX_TEXT_SIZE 16.0

/* What libadwaita has style classes for. */
#define N_COLORS 14

/* Of the first word and the last. */
static char *
get_initials (const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *text = g_utf8_normalize (g_strstrip (upper), -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *initials = g_string_new (NULL);
  const char *last;

  if (text == NULL || *text == '\0')
    return g_string_free (initials, FALSE);

  g_string_append_unichar (initials, g_utf8_get_char (text));
  last = strrchr (text, ' ');
  if (last != NULL)
    g_string_append_unichar (initials, g_utf8_get_char (last + 1));

  return g_string_free (initials, FALSE);
}

static void
set_color (HkAvatar *self, const char *name)
{
  g_autofree char *color = g_strdup_printf ("color%u", g_str_hash (name) % N_COLORS + 1);

  if (g_strcmp0 (self->color, color) == 0)
    return;

  if (self->color != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->color);
  g_free (self->color);
  self->color = g_steal_pointer (&color);
  gtk_widget_add_css_class (GTK_WIDGET (self), self->color);
}

static void
draw_icon (HkAvatar *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (theme, self->icon_name, NULL, ICON_SIZE,
                                                                  gtk_widget_get_scale_factor (widget),
                                                                  gtk_widget_get_direction (widget), 0);

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((SIZE - ICON_SIZE) / 2, (SIZE - ICON_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE, ICON_SIZE, color, 1);
}

/* As large as fits into the circle. */
static void
draw_initials (HkAvatar *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autofree char *initials = get_initials (self->name);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), initials);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (
    pango_layout_get_context (layout)));
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > 0)
    {
      pango_font_description_set_absolute_size (font, MIN (height * MAX_TEXT_SIZE / width, MAX_TEXT_SIZE) * PANGO_SCALE);
      pango_layout_set_font_description (layout, font);
      pango_layout_get_pixel_size (layout, &width, &height);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((SIZE - width) / 2.0f, (SIZE - height) / 2.0f));
      gtk_snapshot_append_layout (snapshot, layout, color);
    }
  pango_font_description_free (font);
}

static void
hk_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HkAvatar *self = HK_AVATAR (widget);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  if (self->icon_name != NULL)
    draw_icon (self, snapshot, &color);
  else if (self->name != NULL)
    draw_initials (self, snapshot, &color);
}

static void
hk_avatar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  *minimum = SIZE;
  *natural = SIZE;
}

static void
hk_avatar_finalize (GObject *object)
{
  HkAvatar *self = HK_AVATAR (object);

  g_free (self->name);
  g_free (self->icon_name);
  g_free (self->color);

  G_OBJECT_CLASS (hk_avatar_parent_class)->finalize (object);
}

static void
hk_avatar_class_init (HkAvatarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hk_avatar_finalize;
  widget_class->measure = hk_avatar_measure;
  widget_class->snapshot = hk_avatar_snapshot;
  /* That of AdwAvatar. */
  gtk_widget_class_set_css_name (widget_class, "avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hk_avatar_init (HkAvatar *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * hk_avatar_show:
 * @name: (nullable): of whom or what it is; decides about the color
 * @icon_name: (nullable): the icon to show; %NULL for the initials of @name
 */
void
hk_avatar_show (HkAvatar *self, const char *name, const char *icon_name)
{
  g_return_if_fail (HK_IS_AVATAR (self));

  if (self->color != NULL && g_strcmp0 (self->name, name) == 0 && g_strcmp0 (self->icon_name, icon_name) == 0)
    return;

  set_color (self, name != NULL ? name : "");
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->icon_name);
  self->icon_name = g_strdup (icon_name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
