/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-title-layout.h"

/**
 * HkTitleLayout:
 *
 * For what fills a header bar: a title, which is a #GtkLabel, with something before it, after it, or both. The buttons of the window
 * are in there, too: an #AdwHeaderBar leaves as much room on the other side as its own need.
 *
 * The title is in the middle where that leaves room for the others. Where there is no room for all of it, what is before it becomes as
 * narrow as it can; then the title takes another line, if it wraps; then what is after it becomes narrow, as it counts most; and last
 * the title becomes smaller, if it does not wrap. It is never cut.
 */
struct _HkTitleLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (HkTitleLayout, hk_title_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Pixels, between the title and a button. */
#define SPACING 6

/* So small a title that does not wrap becomes at most, which is as good as the usual size where letters are twice as large. */
#define LEAST_SCALE 0.6

/* One of the three and where it is: all in pixels, from the beginning of the line. Without a child, all is 0. */
typedef struct
{
  GtkWidget *child; /* (unowned) (nullable) */
  int minimum;
  int natural;
  int least; /* with smaller letters */
  int x;
  int width;
} Part;

typedef struct
{
  Part before; /* its spacing is in its width, as that of the other button is */
  Part title;
  Part after;
} Parts;

static void
set_part (Part *part, GtkWidget *child, int spacing)
{
  part->child = child;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &part->minimum, &part->natural, NULL, NULL);
  part->minimum += spacing;
  part->natural += spacing;
  part->least = part->minimum;
}

static Parts
find_parts (GtkWidget *widget)
{
  Parts parts = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      set_part (&parts.title, child, 0);
    else if (gtk_widget_should_layout (child))
      set_part (parts.title.child == NULL ? &parts.before : &parts.after, child, SPACING);
  if (!gtk_label_get_wrap (GTK_LABEL (parts.title.child)))
    parts.title.least = (int) (parts.title.natural * LEAST_SCALE);

  return parts;
}

static void
leave_spacing (Part *part)
{
  part->minimum -= SPACING;
  part->width -= SPACING;
}

static void
place (Parts *parts, int width)
{
  Part *before = &parts->before;
  Part *title = &parts->title;
  Part *after = &parts->after;

  before->width = before->natural;
  after->width = after->natural;
  if (before->width + title->natural + after->width > width)
    before->width = before->minimum;
  if (before->width + title->minimum + after->width > width)
    after->width = after->minimum;
  title->width = CLAMP (width - before->width - after->width, title->least, title->natural);

  title->x = MIN ((width - title->width) / 2, width - after->width - title->width);
  title->x = MAX (title->x, before->width);
  after->x = width - after->width + SPACING;
  leave_spacing (before);
  leave_spacing (after);
}

static GtkSizeRequestMode
hk_title_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_height (const Part *part)
{
  int height = 0;

  if (part->child != NULL)
    gtk_widget_measure (part->child, GTK_ORIENTATION_VERTICAL, MAX (part->width, part->minimum), &height, NULL, NULL, NULL);

  return height;
}

static void
hk_title_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  Parts parts = find_parts (widget);
  const int least = parts.before.minimum + parts.title.least + parts.after.minimum;
  const int all = parts.title.natural + 2 * MAX (parts.before.natural, parts.after.natural);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = all;
      return;
    }

  place (&parts, for_size < 0 ? all : for_size);
  *minimum = MAX (measure_height (&parts.before), measure_height (&parts.after));
  *minimum = *natural = MAX (*minimum, measure_height (&parts.title));
}

static void
allocate_part (const Part *part, GtkWidget *widget, int width, int height)
{
  const int x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - part->x - part->width : part->x;
  const float scale = part->width < part->minimum ? (float) part->width / part->minimum : 1;
  GskTransform *transform;

  if (part->child == NULL)
    return;

  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, height * (1 - scale) / 2));
  gtk_widget_allocate (part->child, MAX (part->width, part->minimum), height, -1,
                       gsk_transform_scale (transform, scale, scale));
}

static void
hk_title_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  Parts parts = find_parts (widget);

  place (&parts, width);
  allocate_part (&parts.before, widget, width, height);
  allocate_part (&parts.title, widget, width, height);
  allocate_part (&parts.after, widget, width, height);
}

static void
hk_title_layout_class_init (HkTitleLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = hk_title_layout_get_request_mode;
  layout_class->measure = hk_title_layout_measure;
  layout_class->allocate = hk_title_layout_allocate;
}

static void
hk_title_layout_init (HkTitleLayout *self)
{
}
