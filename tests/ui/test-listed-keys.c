/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys that a page lists: in order and filtered, whatever becomes of those of the account. */

#include "keys/hk-listed-keys.h"

#include <string.h>

#include <hk-key-list.h>
#include <hk-key-private.h>
#include <nuki-json.h>

#define FEW 60
#define MANY 3000
#define STEPS 200

/* A list as somebody sees it who only hears of its changes. */
typedef struct
{
  HkKeyList *keys;       /* (owned) */
  HkKeyFilter *filter;   /* (owned) */
  HkListedKeys *listed;  /* (owned) */
  GPtrArray *seen;       /* (owned) (element-type HkKey) */
  guint n_signals;
  guint n_told;          /* keys in these signals */
} Scene;

static NukiKey *
make_record (guint number, guint name)
{
  g_autofree char *text = g_strdup_printf ("[{\"id\": \"65000000d15972f213%06x\", \"smartlockId\": %u, \"type\": 0,"
                                           "\"name\": \"%s %u\", \"enabled\": true}]", number, 100 + number % 7,
                                           name % 2 ? "guest" : "Resident", name % 1000);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);
  g_autoptr (GPtrArray) records = nuki_json_read_keys (json, NULL);

  return g_object_ref (g_ptr_array_index (records, 0));
}

static HkKey *
make_key (guint number)
{
  g_autoptr (NukiKey) record = make_record (number, (guint) g_test_rand_int_range (0, 10000));

  return hk_key_new_for_record (record);
}

static GPtrArray *
make_keys (guint n)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (keys, make_key (i));

  return keys;
}

static GPtrArray *
copy_keys (Scene *scene)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scene->keys)); i++)
    g_ptr_array_add (keys, g_list_model_get_item (G_LIST_MODEL (scene->keys), i));

  return keys;
}

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Scene *scene = user_data;

  scene->n_signals++;
  scene->n_told += n_removed + n_added;
  if (n_removed > 0)
    g_ptr_array_remove_range (scene->seen, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (scene->seen, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
open_scene (Scene *scene, guint n_keys)
{
  *scene = (Scene) { hk_key_list_new (), hk_key_filter_new (NULL), NULL, NULL, 0, 0 };
  hk_key_list_set_keys (scene->keys, make_keys (n_keys));
  scene->listed = g_object_new (HK_TYPE_LISTED_KEYS, "filter", scene->filter, NULL);
  scene->seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (scene->listed, "items-changed", G_CALLBACK (on_items_changed), scene);
  hk_listed_keys_set_keys (scene->listed, G_LIST_MODEL (scene->keys));
}

static void
settle (Scene *scene)
{
  const gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (hk_listed_keys_get_busy (scene->listed))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* A thread that sorts keeps the list until it is done. */
static void
close_scene (Scene *scene)
{
  const gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gpointer listed = scene->listed;

  g_object_add_weak_pointer (G_OBJECT (listed), &listed);
  g_signal_handlers_disconnect_by_data (listed, scene);
  g_object_unref (listed);
  while (listed != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }

  g_object_unref (scene->filter);
  g_object_unref (scene->keys);
  g_ptr_array_unref (scene->seen);
  /* What is dropped bit by bit. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static int
compare (HkKey *a, HkKey *b)
{
  g_autofree char *name_a = g_utf8_casefold (hk_key_get_name (a), -1);
  g_autofree char *name_b = g_utf8_casefold (hk_key_get_name (b), -1);
  const int names = g_utf8_collate (name_a, name_b);

  return names != 0 ? names : g_utf8_collate (hk_key_get_lock_name (a), hk_key_get_lock_name (b));
}

/* The list is what was told of, in order, and has all keys that are let through and no other. */
static void
check (Scene *scene)
{
  GListModel *listed = G_LIST_MODEL (scene->listed);
  g_autoptr (GPtrArray) keys = copy_keys (scene);
  guint n_expected = 0;

  g_assert_cmpuint (g_list_model_get_n_items (listed), ==, scene->seen->len);
  g_assert_true (g_list_model_get_item_type (listed) == HK_TYPE_KEY);
  for (guint i = 0; i < scene->seen->len; i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (listed, i);

      g_assert_true (key == g_ptr_array_index (scene->seen, i));
      g_assert_true (gtk_filter_match (GTK_FILTER (scene->filter), key));
      g_assert_true (g_ptr_array_find (keys, key, NULL));
      if (i > 0)
        g_assert_cmpint (compare (g_ptr_array_index (scene->seen, i - 1), key), <=, 0);
    }
  for (guint i = 0; i < keys->len; i++)
    n_expected += gtk_filter_match (GTK_FILTER (scene->filter), g_ptr_array_index (keys, i));
  g_assert_cmpuint (scene->seen->len, ==, n_expected);
}

static void
rename_key (Scene *scene, HkKey *key, guint number)
{
  g_autoptr (NukiKey) record = make_record (number, (guint) g_test_rand_int_range (0, 10000));

  hk_key_assign_record (key, record);
  while (!hk_key_list_tell_renamed (scene->keys))
    ;
}

static guint
get_number (HkKey *key)
{
  return (guint) g_ascii_strtoull (hk_key_get_id (key) + strlen ("65000000d15972f213"), NULL, 16);
}

/* One thing that may happen to the keys of an account, or to what is searched for. */
static void
change_something (Scene *scene, guint *next)
{
  GPtrArray *keys = copy_keys (scene);
  const guint nth = (guint) g_test_rand_int_range (0, (int) keys->len);
  HkKey *key = g_ptr_array_index (keys, nth);

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      rename_key (scene, key, get_number (key));
      break;
    case 1:
      g_ptr_array_remove_index (keys, nth);
      hk_key_list_set_keys (scene->keys, g_steal_pointer (&keys));
      break;
    case 2:
      g_ptr_array_insert (keys, (int) nth, make_key ((*next)++));
      hk_key_list_set_keys (scene->keys, g_steal_pointer (&keys));
      break;
    default:
      g_object_set (scene->filter, "search", g_test_rand_int_range (0, 2) ? "" : "guest 1", NULL);
      break;
    }
  g_clear_pointer (&keys, g_ptr_array_unref);
}

static void
test_few (void)
{
  Scene scene;
  guint next = FEW;

  open_scene (&scene, FEW);
  for (guint i = 0; i < STEPS; i++)
    {
      g_assert_false (hk_listed_keys_get_busy (scene.listed));
      check (&scene);
      change_something (&scene, &next);
    }
  close_scene (&scene);
}

static void
test_together (void)
{
  Scene scene;

  open_scene (&scene, FEW);
  g_assert_cmpuint (scene.n_signals, ==, 1);
  g_assert_cmpuint (scene.n_told, ==, FEW);
  close_scene (&scene);
}

static void
test_many (void)
{
  Scene scene;
  guint next = MANY;

  open_scene (&scene, MANY);
  g_assert_true (hk_listed_keys_get_busy (scene.listed));
  for (guint i = 0; i < STEPS; i++)
    {
      /* Some changes come while others are still worked at. */
      change_something (&scene, &next);
      if (g_test_rand_int_range (0, 8) == 0)
        g_main_context_iteration (NULL, FALSE);
      if (g_test_rand_int_range (0, 8) > 0)
        continue;
      settle (&scene);
      check (&scene);
    }
  settle (&scene);
  check (&scene);
  close_scene (&scene);
}

static void
test_tells_little (void)
{
  Scene scene;
  g_autoptr (HkKey) first = NULL;

  open_scene (&scene, MANY);
  settle (&scene);
  first = g_list_model_get_item (G_LIST_MODEL (scene.listed), 0);
  scene.n_signals = scene.n_told = 0;

  for (guint i = 0; i < 20; i++)
    {
      GPtrArray *keys = copy_keys (&scene);

      g_ptr_array_remove_index (keys, i * 100);
      g_ptr_array_add (keys, make_key (MANY + i));
      hk_key_list_set_keys (scene.keys, keys);
    }
  g_assert_cmpuint (scene.n_signals, ==, 40);
  g_assert_cmpuint (scene.n_told, ==, 40);
  g_assert_false (hk_listed_keys_get_busy (scene.listed));
  check (&scene);
  close_scene (&scene);
}

static void
test_moves (void)
{
  Scene scene;
  g_autoptr (HkKey) key = NULL;
  g_autoptr (NukiKey) record = NULL;

  open_scene (&scene, FEW);
  key = g_list_model_get_item (G_LIST_MODEL (scene.listed), 0);
  record = make_record (get_number (key), 998);
  scene.n_signals = 0;
  hk_key_assign_record (key, record);
  while (!hk_key_list_tell_renamed (scene.keys))
    ;
  check (&scene);
  /* Told as a whole, a list view finds the row again and lets it keep the focus. */
  g_assert_cmpuint (scene.n_signals, ==, 1);
  close_scene (&scene);
}

static void
test_gone_at_once (void)
{
  Scene scene;
  GPtrArray *rest;

  open_scene (&scene, MANY);
  settle (&scene);

  rest = copy_keys (&scene);
  g_ptr_array_remove_range (rest, 0, MANY / 2);
  hk_key_list_set_keys (scene.keys, rest);
  g_assert_cmpuint (scene.seen->len, ==, MANY / 2);
  check (&scene);

  hk_key_list_set_keys (scene.keys, g_ptr_array_new_with_free_func (g_object_unref));
  g_assert_cmpuint (scene.seen->len, ==, 0);
  g_assert_false (hk_listed_keys_get_busy (scene.listed));
  close_scene (&scene);
}

static void
test_stays_until_filtered (void)
{
  Scene scene;

  open_scene (&scene, MANY);
  settle (&scene);
  g_object_set (scene.filter, "search", "guest", NULL);
  g_assert_true (hk_listed_keys_get_busy (scene.listed));
  g_assert_cmpuint (scene.seen->len, ==, MANY);
  settle (&scene);
  check (&scene);
  g_assert_cmpuint (scene.seen->len, <, MANY);
  close_scene (&scene);
}

static void
test_goes_while_busy (void)
{
  Scene scene;

  open_scene (&scene, MANY);
  g_assert_true (hk_listed_keys_get_busy (scene.listed));
  close_scene (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/listed-keys/few-are-in-order-and-filtered-whatever-happens", test_few);
  g_test_add_func ("/listed-keys/those-that-come-first-come-together", test_together);
  g_test_add_func ("/listed-keys/very-many-are-in-order-and-filtered-whatever-happens-meanwhile", test_many);
  g_test_add_func ("/listed-keys/of-very-many-only-those-that-come-or-go-are-told", test_tells_little);
  g_test_add_func ("/listed-keys/a-key-that-moves-a-bit-is-told-as-moved", test_moves);
  g_test_add_func ("/listed-keys/keys-that-are-gone-are-not-listed-while-others-are-sorted", test_gone_at_once);
  g_test_add_func ("/listed-keys/a-long-list-stays-until-the-next-is-known", test_stays_until_filtered);
  g_test_add_func ("/listed-keys/it-can-go-while-it-is-sorted", test_goes_while_busy);

  return g_test_run ();
}
