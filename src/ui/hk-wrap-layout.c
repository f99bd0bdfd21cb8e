/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-wrap-layout.h"

struct _HkWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing; /* pixels, between children and between lines */
  gboolean even;
};

G_DEFINE_FINAL_TYPE (HkWrapLayout, hk_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef enum
{
  PROP_SPACING = 1,
  PROP_EVEN,
} Property;

static GParamSpec *properties[PROP_EVEN + 1];

/* A child and where it is: all in pixels, from the beginning of a line. */
typedef struct
{
  GtkWidget *child;
  int minimum;
  int natural;
  int x;
  int y;
  int width;
  int height; /* that it would like to have */
  int least;  /* that it needs */
} Cell;

static GArray *
list_cells (GtkWidget *widget)
{
  GArray *cells = g_array_new (FALSE, TRUE, sizeof (Cell));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      Cell cell = { .child = child };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &cell.minimum, &cell.natural, NULL, NULL);
      g_array_append_val (cells, cell);
    }

  return cells;
}

static int
get_widest (GArray *cells)
{
  int widest = 0;

  for (guint i = 0; i < cells->len; i++)
    widest = MAX (widest, g_array_index (cells, Cell, i).natural);

  return widest;
}

/* How many of those from @first on are in one line, @width wide. */
static guint
count_in_line (HkWrapLayout *self, GArray *cells, guint first, int width)
{
  int used = g_array_index (cells, Cell, first).natural;
  guint count = 1;

  if (self->even)
    {
      int cell = get_widest (cells) + self->spacing;
      guint columns = (guint) CLAMP ((width + self->spacing) / MAX (cell, 1), 1, (int) cells->len);
      guint lines;

      /* Two and one look as if the one were something else. */
      if (cells->len == 3 && columns == 2)
        columns = 1;
      lines = (cells->len + columns - 1) / columns;

      return MIN ((cells->len + lines - 1) / lines, cells->len - first);
    }

  while (first + count < cells->len)
    {
      used += self->spacing + g_array_index (cells, Cell, first + count).natural;
      if (used > width)
        break;
      count++;
    }

  return count;
}

static guint
count_expanding (GArray *cells, guint first, guint count)
{
  guint expanding = 0;

  for (guint i = first; i < first + count; i++)
    if (gtk_widget_compute_expand (g_array_index (cells, Cell, i).child, GTK_ORIENTATION_HORIZONTAL))
      expanding++;

  return expanding;
}

static void
place_evenly (HkWrapLayout *self, GArray *cells, guint first, guint count, int width)
{
  /* The last line has the columns of the others. */
  const int columns = (int) count_in_line (self, cells, 0, width);

  for (guint i = 0; i < count; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, first + i);
      const int end = (int) (i + 1) * (width + self->spacing) / columns - self->spacing;

      cell->x = (int) i * (width + self->spacing) / columns;
      cell->width = MAX (end - cell->x, cell->minimum);
    }
}

static void
place_by_size (HkWrapLayout *self, GArray *cells, guint first, guint count, int width)
{
  const guint expanding = count_expanding (cells, first, count);
  int extra = width - (int) (count - 1) * self->spacing;
  int x = 0;

  for (guint i = first; i < first + count; i++)
    extra -= g_array_index (cells, Cell, i).natural;
  for (guint i = first; i < first + count; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);

      cell->x = x;
      cell->width = MAX (MIN (cell->natural, width), cell->minimum);
      if (extra > 0 && gtk_widget_compute_expand (cell->child, GTK_ORIENTATION_HORIZONTAL))
        cell->width += extra / (int) expanding;
      x += cell->width + self->spacing;
    }
}

/*
 * @missing: so much of the height that the lines would like to have is not there; the first that can give way, such as one with a view
 * that scrolls, does
 *
 * Returns: the height of all lines
 */
static int
place (HkWrapLayout *self, GArray *cells, int width, int missing)
{
  int y = 0;

  for (guint first = 0, count; first < cells->len; first += count)
    {
      int height = 0;
      int least = 0;
      int given;

      count = count_in_line (self, cells, first, width);
      if (self->even)
        place_evenly (self, cells, first, count, width);
      else
        place_by_size (self, cells, first, count, width);
      for (guint i = first; i < first + count; i++)
        {
          Cell *cell = &g_array_index (cells, Cell, i);

          gtk_widget_measure (cell->child, GTK_ORIENTATION_VERTICAL, cell->width, &cell->least, &cell->height, NULL, NULL);
          cell->y = y;
          height = MAX (height, cell->height);
          least = MAX (least, cell->least);
        }
      given = CLAMP (missing, 0, height - least);
      missing -= given;
      height -= given;
      for (guint i = first; i < first + count; i++)
        g_array_index (cells, Cell, i).height = height;
      y += height + self->spacing;
    }

  return MAX (y - self->spacing, 0);
}

static GtkSizeRequestMode
hk_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hk_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  HkWrapLayout *self = HK_WRAP_LAYOUT (manager);
  g_autoptr (GArray) cells = list_cells (widget);
  const int n_cells = (int) cells->len;
  int least = 0;
  int all = MAX (n_cells - 1, 0) * self->spacing;

  for (int i = 0; i < n_cells; i++)
    {
      least = MAX (least, g_array_index (cells, Cell, i).minimum);
      all += self->even ? get_widest (cells) : g_array_index (cells, Cell, i).natural;
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = all;
    }
  else
    {
      *natural = place (self, cells, for_size < 0 ? all : for_size, 0);
      *minimum = place (self, cells, for_size < 0 ? all : for_size, G_MAXINT);
    }
}

static void
hk_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  HkWrapLayout *self = HK_WRAP_LAYOUT (manager);
  g_autoptr (GArray) cells = list_cells (widget);
  const int wanted = place (self, cells, width, 0);
  const int all = height < wanted ? place (self, cells, width, wanted - height) : wanted;

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      /* What is left over is below a single line as above it. */
      GtkAllocation box = { cell->x, cell->y + MAX (height - all, 0) / 2, cell->width, cell->height };

      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        box.x = width - cell->x - cell->width;
      gtk_widget_size_allocate (cell->child, &box, -1);
    }
}

static void
hk_wrap_layout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkWrapLayout *self = HK_WRAP_LAYOUT (object);

  switch ((Property) prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_EVEN:
      g_value_set_boolean (value, self->even);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_wrap_layout_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkWrapLayout *self = HK_WRAP_LAYOUT (object);

  switch ((Property) prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_EVEN:
      self->even = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_wrap_layout_class_init (HkWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_wrap_layout_get_property;
  object_class->set_property = hk_wrap_layout_set_property;
  layout_class->get_request_mode = hk_wrap_layout_get_request_mode;
  layout_class->measure = hk_wrap_layout_measure;
  layout_class->allocate = hk_wrap_layout_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0, flags);
  properties[PROP_EVEN] = g_param_spec_boolean ("even", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hk_wrap_layout_init (HkWrapLayout *self)
{
}
