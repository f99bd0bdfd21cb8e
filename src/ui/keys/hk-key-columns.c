/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-columns.h"

#define SPACING 12
#define LINE_SPACING 2
/* So wide the words are at least. */
#define MIN_TEXT 48
/* Of what the words have together, this part is the column's. */
#define COLUMN_PART 0.36

struct _HkKeyColumns
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (HkKeyColumns, hk_key_columns, GTK_TYPE_WIDGET)

typedef enum
{
  CHILD_PICTURE,
  CHILD_NAME,
  CHILD_WHERE,
  CHILD_LINE,
  CHILD_END,
  CHILD_CHECK, /* at the beginning of the row; most have none */
  N_CHILDREN,
} Child;

typedef struct
{
  GtkWidget *children[N_CHILDREN];
  int check;
  int picture;
  int text;   /* width of name and line */
  int column; /* width of where as a column, or 0 when it stands under the name */
  int end;
} Columns;

static gboolean
is_shown (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_should_layout (widget);
}

static void
find_children (Columns *columns, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (int i = 0; i < N_CHILDREN && child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    columns->children[i] = is_shown (child) ? child : NULL;
}

static int
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum = 0;

  *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, &minimum, natural, NULL, NULL);

  return minimum;
}

static int
natural_width (GtkWidget *child)
{
  int natural;

  measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1, &natural);

  return natural;
}

static int
natural_height (GtkWidget *child, int width)
{
  int natural;

  /* A long word may need more than the least room that there is for text, and GTK (4.18) complains when nobody asks. */
  if (child != NULL && width > 0)
    width = MAX (width, measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1, &natural));
  measure_child (child, GTK_ORIENTATION_VERTICAL, width, &natural);

  return natural;
}

static int
with_spacing (int width, int spacing)
{
  return width > 0 ? width + spacing : 0;
}

static void
split_width (Columns *columns, int width)
{
  int words;

  /* Where a line is short, the check button takes the place of the picture. */
  if (columns->children[CHILD_CHECK] != NULL && width < HK_KEY_COLUMNS_WIDE)
    columns->children[CHILD_PICTURE] = NULL;

  columns->check = natural_width (columns->children[CHILD_CHECK]);
  columns->picture = natural_width (columns->children[CHILD_PICTURE]);
  columns->end = natural_width (columns->children[CHILD_END]);
  words = width - with_spacing (columns->check, SPACING) - with_spacing (columns->picture, SPACING)
          - with_spacing (columns->end, SPACING);

  if (columns->children[CHILD_WHERE] != NULL && width >= HK_KEY_COLUMNS_WIDE)
    columns->column = words * COLUMN_PART;
  columns->text = MAX (1, words - with_spacing (columns->column, SPACING));
}

static int
add_line (Columns *columns, Child child, int height)
{
  int added = natural_height (columns->children[child], columns->text);

  return height > 0 && added > 0 ? height + LINE_SPACING + added : height + added;
}

static int
height_of_text (Columns *columns)
{
  int height = add_line (columns, CHILD_NAME, 0);

  if (columns->column == 0)
    height = add_line (columns, CHILD_WHERE, height);

  return add_line (columns, CHILD_LINE, height);
}

static GtkSizeRequestMode
hk_key_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The words are not asked how wide they would like to be: that is dear in a list of very many rows, and they take what
 * there is. */
static void
measure_width (Columns *columns, int *minimum, int *natural)
{
  int sides = with_spacing (natural_width (columns->children[CHILD_CHECK]), SPACING)
              + with_spacing (natural_width (columns->children[CHILD_PICTURE]), SPACING)
              + with_spacing (natural_width (columns->children[CHILD_END]), SPACING);

  *minimum = sides + MIN_TEXT;
  *natural = MAX (sides + MIN_TEXT, HK_KEY_COLUMNS_WIDE);
}

static void
measure_height (Columns *columns, int for_size, int *minimum, int *natural)
{
  int height;

  if (for_size < 0)
    measure_width (columns, minimum, &for_size);

  split_width (columns, for_size);
  height = height_of_text (columns);
  height = MAX (height, natural_height (columns->children[CHILD_PICTURE], columns->picture));
  height = MAX (height, natural_height (columns->children[CHILD_END], columns->end));
  if (columns->column > 0)
    height = MAX (height, natural_height (columns->children[CHILD_WHERE], columns->column));

  *minimum = height;
  *natural = height;
}

static void
hk_key_columns_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  Columns columns = { 0 };

  find_children (&columns, widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (&columns, minimum, natural);
  else
    measure_height (&columns, for_size, minimum, natural);
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  if (child == NULL)
    return;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
place_centered (GtkWidget *widget, GtkWidget *child, int x, int width, int height)
{
  int child_height = MIN (height, natural_height (child, width));

  place (widget, child, x, (height - child_height) / 2, width, child_height);
}

static int
place_line (GtkWidget *widget, Columns *columns, Child child, int x, int y)
{
  int height = natural_height (columns->children[child], columns->text);

  place (widget, columns->children[child], x, y, columns->text, height);

  return height > 0 ? y + height + LINE_SPACING : y;
}

static void
hk_key_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Columns columns = { 0 };
  GtkWidget *picture;
  int start;
  int x;
  int y;

  find_children (&columns, widget);
  picture = columns.children[CHILD_PICTURE];
  split_width (&columns, width);
  if (picture != NULL)
    gtk_widget_set_child_visible (picture, columns.children[CHILD_PICTURE] != NULL);
  start = with_spacing (columns.check, SPACING);
  x = start + with_spacing (columns.picture, SPACING);
  y = MAX (0, (height - height_of_text (&columns)) / 2);

  place_centered (widget, columns.children[CHILD_CHECK], 0, columns.check, height);
  place_centered (widget, columns.children[CHILD_PICTURE], start, columns.picture, height);
  y = place_line (widget, &columns, CHILD_NAME, x, y);
  if (columns.column == 0)
    y = place_line (widget, &columns, CHILD_WHERE, x, y);
  else
    place_centered (widget, columns.children[CHILD_WHERE], x + columns.text + SPACING, columns.column, height);
  place_line (widget, &columns, CHILD_LINE, x, y);
  place_centered (widget, columns.children[CHILD_END], width - columns.end, columns.end, height);
}

static void
hk_key_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (hk_key_columns_parent_class)->dispose (object);
}

static void
hk_key_columns_class_init (HkKeyColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hk_key_columns_dispose;
  widget_class->get_request_mode = hk_key_columns_get_request_mode;
  widget_class->measure = hk_key_columns_measure;
  widget_class->size_allocate = hk_key_columns_size_allocate;
}

static void
hk_key_columns_init (HkKeyColumns *self)
{
}

/**
 * hk_key_columns_new:
 *
 * Returns: (transfer full): a row that has no children yet; they are added in the order of the columns
 */
GtkWidget *
hk_key_columns_new (void)
{
  return g_object_new (HK_TYPE_KEY_COLUMNS, NULL);
}
