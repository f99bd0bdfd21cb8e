/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that grows and shrinks bit by bit, as its widget paints frames. */

#include "ui-test.h"

#include "hk-grow.h"

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

static void
test_shrinks (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *page = gtk_label_new (NULL);
  g_autoptr (GListStore) model = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (HkHeadList) head = hk_head_list_new (HK_GROW_ROWS);
  GListModel *shown = G_LIST_MODEL (head);
  guint n_frames = 0;

  ui_test_show (test, page);
  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GtkStringObject) item = gtk_string_object_new (NULL);

      g_list_store_append (model, item);
    }
  hk_head_list_set_model (head, G_LIST_MODEL (model));
  hk_grow_list (page, head, 1, 60);
  ui_await (g_list_model_get_n_items (shown) == 100);

  hk_grow_shrink_list (head, 9);
  g_assert_cmpuint (g_list_model_get_n_items (shown), ==, 69);
  ui_await (g_list_model_get_n_items (shown) == 9);
  /* Nothing comes until it is known what. */
  g_list_store_remove (model, 0);
  gtk_widget_add_tick_callback (page, on_frame, &n_frames, NULL);
  ui_await (n_frames == 3);
  g_assert_cmpuint (g_list_model_get_n_items (shown), ==, 9);

  hk_grow_list_again (head, 0);
  g_assert_cmpuint (g_list_model_get_n_items (shown), ==, HK_GROW_ROWS);
  ui_await (g_list_model_get_n_items (shown) == 99);

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/grow/rows-that-are-not-seen-go-bit-by-bit-before-others-come", test_shrinks);

  return g_test_run ();
}
