/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-shy-label.h"

struct _HkShyLabel
{
  GtkWidget parent_instance;

  GtkWidget *image; /* (unowned): before the label, or in its place */
  GtkWidget *label; /* (unowned) */
  gboolean beside;
  int max_width;    /* pixels; or 0 */
};

G_DEFINE_FINAL_TYPE (HkShyLabel, hk_shy_label, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
  PROP_ICON_NAME,
  PROP_BESIDE,
  PROP_MAX_WIDTH,
} Property;

static GParamSpec *properties[PROP_MAX_WIDTH + 1];

static int
measure_width (GtkWidget *child)
{
  int width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);

  return width;
}

/* Returns: how wide it is with its label, or G_MAXINT if the label is too wide */
static int
measure_whole (HkShyLabel *self)
{
  const int label = measure_width (self->label);

  if (self->beside)
    return measure_width (self->image) + label;

  return self->max_width == 0 || label <= self->max_width ? label : G_MAXINT;
}

static void
hk_shy_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  HkShyLabel *self = HK_SHY_LABEL (widget);
  int image;

  /* The height is that of the full label whatever the width: a button does not change its height. */
  gtk_widget_measure (self->label, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);
  gtk_widget_measure (self->image, orientation, -1, &image, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      const int whole = measure_whole (self);

      *minimum = image;
      *natural = whole < G_MAXINT ? MAX (whole, image) : image;
    }
  else if (image > *minimum)
    {
      *minimum = *natural = image;
      *minimum_baseline = *natural_baseline = -1;
    }
}

static void
hk_shy_label_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HkShyLabel *self = HK_SHY_LABEL (widget);
  const int needed = measure_width (self->label);
  const int least = measure_width (self->image);
  const gboolean fits = width >= measure_whole (self);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation image = { 0, 0, fits ? width - needed : MAX (width, least), height };
  GtkAllocation label = { 0, 0, needed, height };

  if (!self->beside)
    label.x = (width - needed) / 2;
  else if (!fits)
    image = (GtkAllocation){ is_rtl ? 0 : width - least, 0, least, height };
  else if (is_rtl)
    image.x = width - image.width;
  else
    label.x = width - needed;
  gtk_widget_set_child_visible (self->image, !fits || self->beside);
  gtk_widget_set_child_visible (self->label, fits);
  gtk_widget_size_allocate (self->label, &label, baseline);
  gtk_widget_size_allocate (self->image, &image, -1);
}

/* Says what the icon stands for. */
static gboolean
hk_shy_label_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  HkShyLabel *self = HK_SHY_LABEL (widget);

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (self->label)));

  return !self->beside && !gtk_widget_get_child_visible (self->label);
}

/* The button is called what it says or would say. */
static void
name_button (HkShyLabel *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *text = gtk_label_get_text (GTK_LABEL (self->label));

  if (!self->beside && GTK_IS_BUTTON (parent))
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
set_label (HkShyLabel *self, const char *label)
{
  gtk_label_set_label (GTK_LABEL (self->label), label);
  name_button (self);
}

static void
hk_shy_label_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkShyLabel *self = HK_SHY_LABEL (object);

  if (prop_id == PROP_LABEL)
    g_value_set_string (value, gtk_label_get_label (GTK_LABEL (self->label)));
  else if (prop_id == PROP_ICON_NAME)
    g_value_set_string (value, gtk_image_get_icon_name (GTK_IMAGE (self->image)));
  else if (prop_id == PROP_BESIDE)
    g_value_set_boolean (value, self->beside);
  else if (prop_id == PROP_MAX_WIDTH)
    g_value_set_int (value, self->max_width);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_shy_label_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkShyLabel *self = HK_SHY_LABEL (object);

  if (prop_id == PROP_LABEL)
    set_label (self, g_value_get_string (value));
  else if (prop_id == PROP_ICON_NAME)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->image), g_value_get_string (value));
  else if (prop_id == PROP_BESIDE)
    self->beside = g_value_get_boolean (value);
  else if (prop_id == PROP_MAX_WIDTH)
    self->max_width = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
hk_shy_label_dispose (GObject *object)
{
  HkShyLabel *self = HK_SHY_LABEL (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (hk_shy_label_parent_class)->dispose (object);
}

static void
hk_shy_label_class_init (HkShyLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_shy_label_get_property;
  object_class->set_property = hk_shy_label_set_property;
  object_class->dispose = hk_shy_label_dispose;
  widget_class->measure = hk_shy_label_measure;
  widget_class->query_tooltip = hk_shy_label_query_tooltip;
  widget_class->size_allocate = hk_shy_label_size_allocate;

  /* With a mnemonic. */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] =
      g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BESIDE] =
      g_param_spec_boolean ("beside", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MAX_WIDTH] =
      g_param_spec_int ("max-width", NULL, NULL, 0, G_MAXINT16, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hk_shy_label_init (HkShyLabel *self)
{
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_label_set_use_underline (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "notify::parent", G_CALLBACK (name_button), NULL);
}
