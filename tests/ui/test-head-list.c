/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first items of a list, as somebody sees them who only hears of changes. */

#include "hk-head-list.h"

#include <gtk/gtk.h>

#define STEPS 2000
#define LONGEST 40

typedef struct
{
  GListStore *model;  /* (owned) */
  HkHeadList *head;   /* (owned) */
  GPtrArray *seen;    /* (owned) (element-type GObject) */
  guint n_told;       /* items in what was heard of */
} Scene;

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Scene *scene = user_data;

  scene->n_told += n_removed + n_added;
  if (n_removed > 0)
    g_ptr_array_remove_range (scene->seen, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (scene->seen, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
splice (Scene *scene, guint position, guint n_removed, guint n_added)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_added; i++)
    g_ptr_array_add (items, gtk_string_object_new (NULL));
  g_list_store_splice (scene->model, position, n_removed, items->pdata, n_added);
}

static void
open_scene (Scene *scene, guint n_items, guint size)
{
  *scene = (Scene) { g_list_store_new (GTK_TYPE_STRING_OBJECT), hk_head_list_new (size),
                     g_ptr_array_new_with_free_func (g_object_unref), 0 };
  splice (scene, 0, 0, n_items);
  g_signal_connect (scene->head, "items-changed", G_CALLBACK (on_items_changed), scene);
  hk_head_list_set_model (scene->head, G_LIST_MODEL (scene->model));
}

static void
check (Scene *scene)
{
  GListModel *model = G_LIST_MODEL (scene->model);
  const guint n_items = MIN (g_list_model_get_n_items (model), hk_head_list_get_size (scene->head));

  g_assert_cmpuint (scene->seen->len, ==, n_items);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (scene->head)), ==, n_items);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (scene->head)) == g_list_model_get_item_type (model));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_assert_true (g_ptr_array_index (scene->seen, i) == item);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (scene->head), n_items));
}

static void
close_scene (Scene *scene)
{
  g_ptr_array_unref (scene->seen);
  g_assert_finalize_object (scene->head);
  g_assert_finalize_object (scene->model);
}

static void
test_head (void)
{
  Scene scene;

  open_scene (&scene, LONGEST / 2, LONGEST / 4);
  for (guint i = 0; i < STEPS; i++)
    {
      const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (scene.model));
      const guint position = (guint) g_test_rand_int_range (0, (int) n_items + 1);

      check (&scene);
      if (g_test_rand_int_range (0, 4) == 0)
        hk_head_list_set_size (scene.head, (guint) g_test_rand_int_range (0, LONGEST));
      else
        splice (&scene, position, (guint) g_test_rand_int_range (0, (int) (n_items - position) + 1),
                (guint) g_test_rand_int_range (0, LONGEST / 4));
    }
  check (&scene);
  close_scene (&scene);
}

static void
test_exact (void)
{
  Scene scene;

  open_scene (&scene, LONGEST, G_MAXUINT);
  scene.n_told = 0;
  splice (&scene, 3, 1, 0);
  splice (&scene, 5, 0, 1);
  g_assert_cmpuint (scene.n_told, ==, 2);
  check (&scene);
  close_scene (&scene);
}

static void
test_behind (void)
{
  Scene scene;

  open_scene (&scene, LONGEST, 6);
  scene.n_told = 0;
  splice (&scene, 6, 3, 8);
  g_assert_cmpuint (scene.n_told, ==, 0);
  check (&scene);
  close_scene (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/head-list/it-has-the-first-items-whatever-happens", test_head);
  g_test_add_func ("/head-list/when-all-fit-only-those-that-come-or-go-are-told", test_exact);
  g_test_add_func ("/head-list/what-is-behind-is-not-told", test_behind);

  return g_test_run ();
}
