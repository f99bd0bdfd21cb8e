/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of very many keys, and how they are dropped. */

#include <hk-drain.h>
#include <hk-key-list.h>
#include <hk-key-private.h>
#include <hk-merge.h>
#include <nuki-json.h>

#include "fixture.h"

#define N_KEYS 5000

/* What somebody who only heard the signals thinks that the list contains. */
typedef struct
{
  HkKeyList *list;
  GPtrArray *copy; /* (owned) */
  guint n_signals;
} Listener;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Listener *listener = user_data;

  listener->n_signals++;
  if (removed > 0)
    g_ptr_array_remove_range (listener->copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (listener->copy, (int) (position + i), g_list_model_get_item (model, position + i));
}

static GPtrArray *
read_keys (guint n)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (NukiJson) json = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *keys;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\": \"65000000d15972f213%06x\", \"smartlockId\": %" G_GINT64_FORMAT
                            ", \"type\": 0, \"name\": \"Guest %u\", \"enabled\": true}", i > 0 ? "," : "", i,
                            (gint64) FRONT_DOOR, i);
  g_string_append (text, "]");
  bytes = g_bytes_new (text->str, text->len);
  json = nuki_json_parse (bytes, &error);
  g_assert_no_error (error);
  keys = nuki_json_read_keys (json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, n);

  return keys;
}

static GPtrArray *
make_keys (guint n)
{
  g_autoptr (GPtrArray) records = read_keys (n);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (keys, hk_key_new_for_record (g_ptr_array_index (records, i)));

  return keys;
}

static gpointer
copy_key (gconstpointer key, gpointer user_data)
{
  return g_object_ref ((gpointer) key);
}

/* Sets @keys without those from @first on, @n of them, @step apart. */
static void
set_without (Listener *listener, GPtrArray *keys, guint first, guint n, guint step)
{
  GPtrArray *rest = g_ptr_array_copy (keys, copy_key, NULL);

  for (guint i = n; i > 0; i--)
    g_ptr_array_remove_index (rest, first + (i - 1) * step);
  g_ptr_array_set_free_func (rest, g_object_unref);
  listener->n_signals = 0;
  hk_key_list_set_keys (listener->list, rest);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listener->list)), ==, keys->len - n);
  g_assert_cmpuint (listener->copy->len, ==, keys->len - n);
  for (guint i = 0; i < listener->copy->len; i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (G_LIST_MODEL (listener->list), i);

      g_assert_true (key == g_ptr_array_index (listener->copy, i));
    }
}

static void
test_whoever_listens_knows_what_is_in_the_list (void)
{
  g_autoptr (GPtrArray) keys = make_keys (200);
  g_autoptr (HkKeyList) list = hk_key_list_new ();
  Listener listener = { list, g_ptr_array_new_with_free_func (g_object_unref), 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), &listener);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == HK_TYPE_KEY);

  set_without (&listener, keys, 0, 0, 1);
  g_assert_cmpuint (listener.n_signals, ==, 1);
  set_without (&listener, keys, 0, 0, 1);
  g_assert_cmpuint (listener.n_signals, ==, 0);

  /* A key in the middle goes and comes back. */
  set_without (&listener, keys, 20, 1, 1);
  g_assert_cmpuint (listener.n_signals, ==, 1);
  g_assert_false (hk_key_list_contains (list, g_ptr_array_index (keys, 20)));
  set_without (&listener, keys, 0, 0, 1);
  g_assert_cmpuint (listener.n_signals, ==, 1);
  g_assert_true (hk_key_list_contains (list, g_ptr_array_index (keys, 20)));

  /* One signal, however many go. */
  set_without (&listener, keys, 1, 60, 3);
  g_assert_cmpuint (listener.n_signals, ==, 1);
  set_without (&listener, keys, 0, 200, 1);
  g_assert_cmpuint (listener.n_signals, ==, 1);

  g_ptr_array_unref (listener.copy);
}

/* Each change of one key in a sorted list is cheap, and one of all keys in between is not. */
static void
test_few_keys_that_come_or_go_are_told_one_by_one (void)
{
  g_autoptr (GPtrArray) keys = make_keys (2000);
  g_autoptr (HkKeyList) list = hk_key_list_new ();
  Listener listener = { list, g_ptr_array_new_with_free_func (g_object_unref), 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), &listener);
  set_without (&listener, keys, 0, 0, 1);
  set_without (&listener, keys, 10, 5, 300);
  g_assert_cmpuint (listener.n_signals, ==, 5);
  set_without (&listener, keys, 7, 5, 300);
  g_assert_cmpuint (listener.n_signals, ==, 10);
  set_without (&listener, keys, 1900, 20, 1);
  g_assert_cmpuint (listener.n_signals, ==, 25);

  g_ptr_array_unref (listener.copy);
}

static guint
tell_renamed (Listener *listener, GPtrArray *keys, guint n)
{
  for (guint i = 0; i < n; i++)
    hk_key_set_renamed (g_ptr_array_index (keys, i * 3), TRUE);
  listener->n_signals = 0;
  while (!hk_key_list_tell_renamed (listener->list))
    ;

  return listener->n_signals;
}

static void
test_renamed_keys_are_told_once (void)
{
  g_autoptr (GPtrArray) keys = make_keys (200);
  g_autoptr (HkKeyList) list = hk_key_list_new ();
  Listener listener = { list, g_ptr_array_new_with_free_func (g_object_unref), 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), &listener);
  set_without (&listener, keys, 0, 0, 1);
  g_assert_cmpuint (tell_renamed (&listener, keys, 0), ==, 0);
  g_assert_cmpuint (tell_renamed (&listener, keys, 3), ==, 3);
  g_assert_cmpuint (tell_renamed (&listener, keys, 0), ==, 0);
  g_assert_cmpuint (tell_renamed (&listener, keys, 60), ==, 1);
  g_assert_cmpuint (tell_renamed (&listener, keys, 0), ==, 0);

  g_ptr_array_unref (listener.copy);
}

static gboolean
is_null (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static void
test_very_many_objects_are_dropped_one_after_the_other (void)
{
  GPtrArray *keys = make_keys (N_KEYS);
  gpointer first = g_ptr_array_index (keys, 0), last = g_ptr_array_index (keys, N_KEYS - 1);

  g_object_add_weak_pointer (first, &first);
  g_object_add_weak_pointer (last, &last);
  hk_drain (keys);
  g_assert_nonnull (first);
  await (is_null, &first);
  g_assert_null (last);

  hk_drain (NULL);
}

static void
on_merged (gpointer user_data)
{
  *(gpointer *) user_data = NULL;
}

static void
test_a_merge_that_is_broken_off_hides_nothing_from_the_next (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gpointer merging = f;
  HkMerge *merge;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) records = read_keys (N_KEYS);

      merge = hk_merge_new (f->account, NULL, NULL, records, on_merged, &merging);
      if (i == 0)
        g_main_context_iteration (NULL, TRUE);
      else
        await (is_null, &merging);
      hk_merge_free (merge);
    }

  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, N_KEYS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-list/whoever-listens-knows-what-is-in-the-list",
                   test_whoever_listens_knows_what_is_in_the_list);
  g_test_add_func ("/key-list/few-keys-that-come-or-go-are-told-one-by-one",
                   test_few_keys_that_come_or_go_are_told_one_by_one);
  g_test_add_func ("/key-list/renamed-keys-are-told-once", test_renamed_keys_are_told_once);
  g_test_add_func ("/drain/very-many-objects-are-dropped-one-after-the-other",
                   test_very_many_objects_are_dropped_one_after_the_other);
  g_test_add_func ("/merge/one-that-is-broken-off-hides-nothing-from-the-next",
                   test_a_merge_that_is_broken_off_hides_nothing_from_the_next);

  return g_test_run ();
}
