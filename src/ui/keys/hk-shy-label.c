/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-shy-label.h"

struct _HkShyLabel
{
  GtkWidget parent_instance;

  GtkWidget *label; /* (unowned): the child */
};

G_DEFINE_FINAL_TYPE (HkShyLabel, hk_shy_label, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
} Property;

static GParamSpec *properties[PROP_LABEL + 1];

static void
hk_shy_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  HkShyLabel *self = HK_SHY_LABEL (widget);

  /* The height is that of the full label whatever the width: a button does not change its height. */
  gtk_widget_measure (self->label, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
hk_shy_label_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HkShyLabel *self = HK_SHY_LABEL (widget);
  int needed;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
  gtk_widget_set_child_visible (self->label, width >= needed);
  gtk_widget_allocate (self->label, MAX (width, needed), height, baseline, NULL);
}

static void
hk_shy_label_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_LABEL)
    g_value_set_string (value, gtk_label_get_label (GTK_LABEL (HK_SHY_LABEL (object)->label)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_shy_label_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_LABEL)
    gtk_label_set_label (GTK_LABEL (HK_SHY_LABEL (object)->label), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_shy_label_dispose (GObject *object)
{
  g_clear_pointer (&HK_SHY_LABEL (object)->label, gtk_widget_unparent);

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
  widget_class->size_allocate = hk_shy_label_size_allocate;

  /* With a mnemonic. */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hk_shy_label_init (HkShyLabel *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_use_underline (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * hk_shy_label_new:
 * @label: a text with a mnemonic
 *
 * Returns: (transfer full): a label
 */
GtkWidget *
hk_shy_label_new (const char *label)
{
  return g_object_new (HK_TYPE_SHY_LABEL, "label", label, NULL);
}
