/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-news.h"

#include "hk-news-words.h"
#include "hk-topic.h"
#include "keys/hk-minute.h"

/* There may be tens of thousands of keys, and the main loop must not wait for them. */
#define KEYS_AT_ONCE 200

/* Time enough to have somebody accept an invitation, or to send another one. */
#define LAPSING_HOURS 12

struct _HkNews
{
  GObject parent_instance;

  HkAccount *account;    /* (owned) */
  GSettings *settings;   /* (owned) */
  HkMinute *minute;      /* (owned) */
  HkAwayFunc is_away;
  gpointer user_data;

  GHashTable *current[HK_N_NEWS]; /* (owned) (element-type utf8 GObject): what is so now */
  HkTopic *topics[HK_N_NEWS];     /* (owned) */
  GHashTable *found[HK_N_NEWS];   /* (owned) (nullable): what the round through the keys has found so far */
  GDateTime *now;                 /* (owned) (nullable): of the round */
  guint position;                 /* of the round */
  guint round;                    /* an idle source, or 0 */
  gboolean again;                 /* another round is to follow */
  guint telling;                  /* an idle source, or 0 */
};

G_DEFINE_FINAL_TYPE (HkNews, hk_news, G_TYPE_OBJECT)

static const struct
{
  const char *id;
  const char *wanted;  /* settings */
  const char *told;    /* settings; what is only told when it happens needs no memory */
} topics[HK_N_NEWS] = {
  [HK_NEWS_FAILED] = { "failed", "notify-failed", NULL },
  [HK_NEWS_CONFIRMED] = { "confirmed", "notify-confirmed", NULL },
  [HK_NEWS_EXPIRING] = { "expiring", "notify-expiring", "told-expiring" },
  [HK_NEWS_LAPSING] = { "lapsing", "notify-lapsing", "told-lapsing" },
};

enum
{
  TELL,
  WITHDRAW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GHashTable *
make_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static GPtrArray *
list_things (GHashTable *set)
{
  GPtrArray *things = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer thing;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, NULL, &thing))
    g_ptr_array_add (things, g_object_ref (thing));

  return things;
}

static void
tell (HkNews *self, HkNewsTopic topic)
{
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autoptr (GPtrArray) things = list_things (self->current[topic]);
  g_autofree char *title = hk_news_words_title (topic, things);
  g_autofree char *body = hk_news_words_body (topic, things, now);
  g_autofree char *place = hk_news_words_place (topic, things);

  g_signal_emit (self, signals[TELL], 0, topics[topic].id, title, body, place);
}

/* Written only if it differs: each write goes to the disk. */
static void
remember (HkNews *self, HkNewsTopic topic)
{
  g_auto (GStrv) told = NULL;
  g_auto (GStrv) before = NULL;

  if (topics[topic].told == NULL)
    return;

  told = hk_topic_dup_told (self->topics[topic]);
  before = g_settings_get_strv (self->settings, topics[topic].told);
  if (!g_strv_equal ((const char *const *) told, (const char *const *) before))
    g_settings_set_strv (self->settings, topics[topic].told, (const char *const *) told);
}

static void
update (HkNews *self, HkNewsTopic topic)
{
  const gboolean wanted = g_settings_get_boolean (self->settings, topics[topic].wanted);

  switch (hk_topic_update (self->topics[topic], self->current[topic], wanted))
    {
    case HK_TOPIC_STEP_TELL:
      tell (self, topic);
      break;
    case HK_TOPIC_STEP_WITHDRAW:
      g_signal_emit (self, signals[WITHDRAW], 0, topics[topic].id);
      break;
    case HK_TOPIC_STEP_NONE:
    default:
      break;
    }
  remember (self, topic);
}

/* The last moment counts: midnight belongs to the day before. */
static gboolean
is_expiring (HkKey *key, GDateTime *now)
{
  NukiKey *record = hk_key_get_record (key);
  GDateTime *until = record != NULL ? nuki_limits_get_until (nuki_key_get_limits (record)) : NULL;
  g_autoptr (GDateTime) last = NULL;
  g_autoptr (GDateTime) last_day = NULL;
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) tomorrow = NULL;

  if (until == NULL || hk_key_get_infrastructure (key) || hk_key_get_gone (key)
      || !nuki_key_get_enabled (record) || !nuki_key_get_on_lock (record)
      || g_date_time_difference (until, now) <= 0 || g_date_time_difference (until, now) > 3 * G_TIME_SPAN_DAY)
    return FALSE;

  last = g_date_time_add_seconds (until, -1);
  last_day = g_date_time_to_timezone (last, hk_key_get_zone (key));
  today = g_date_time_to_timezone (now, hk_key_get_zone (key));
  tomorrow = g_date_time_add_days (today, 1);

  return g_date_time_get_year (last_day) == g_date_time_get_year (tomorrow)
         && g_date_time_get_day_of_year (last_day) == g_date_time_get_day_of_year (tomorrow);
}

static gboolean
is_lapsing (HkKey *key, GDateTime *now)
{
  int hours_left;

  return hk_key_get_invitation (key, now, &hours_left) == HK_INVITATION_OPEN && hours_left <= LAPSING_HOURS;
}

/* Another date makes it something new. */
static void
find (HkNews *self, HkNewsTopic topic, HkKey *key, GDateTime *date)
{
  g_hash_table_replace (self->found[topic],
                        g_strdup_printf ("%s %" G_GINT64_FORMAT, nuki_key_get_id (hk_key_get_record (key)),
                                         g_date_time_to_unix (date)),
                        g_object_ref (key));
}

static void
look_at (HkNews *self, HkKey *key)
{
  if (is_expiring (key, self->now))
    find (self, HK_NEWS_EXPIRING, key, nuki_limits_get_until (hk_key_get_limits (key)));
  if (is_lapsing (key, self->now))
    find (self, HK_NEWS_LAPSING, key, nuki_key_get_created (hk_key_get_record (key)));
}

static void
begin_round (HkNews *self)
{
  self->position = 0;
  g_clear_pointer (&self->now, g_date_time_unref);
  self->now = hk_clock_now (hk_account_get_clock (self->account));
  for (guint topic = HK_NEWS_EXPIRING; topic <= HK_NEWS_LAPSING; topic++)
    {
      g_clear_pointer (&self->found[topic], g_hash_table_unref);
      self->found[topic] = make_set ();
    }
}

/* While data are on their way, a key that is not there does not mean anything. */
static gboolean
has_whole_data (HkNews *self)
{
  return hk_account_get_state (self->account) == HK_ACCOUNT_READY && !hk_account_get_refreshing (self->account) &&
         !hk_account_get_shows_kept (self->account);
}

static gboolean
on_round (gpointer user_data)
{
  HkNews *self = HK_NEWS (user_data);
  GListModel *keys = hk_account_get_keys (self->account);
  const guint n_keys = g_list_model_get_n_items (keys);
  const guint end = MIN (self->position + KEYS_AT_ONCE, n_keys);

  if (!has_whole_data (self))
    {
      self->round = 0;
      self->again = FALSE;
      return G_SOURCE_REMOVE;
    }

  for (; self->position < end; self->position++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, self->position);

      look_at (self, key);
    }
  if (end < n_keys)
    return G_SOURCE_CONTINUE;

  for (guint topic = HK_NEWS_EXPIRING; topic <= HK_NEWS_LAPSING; topic++)
    {
      g_clear_pointer (&self->current[topic], g_hash_table_unref);
      self->current[topic] = g_steal_pointer (&self->found[topic]);
      update (self, topic);
    }
  if (self->again)
    {
      self->again = FALSE;
      begin_round (self);
      return G_SOURCE_CONTINUE;
    }
  self->round = 0;

  return G_SOURCE_REMOVE;
}

/* After everything that the user waits for. */
static void
queue_round (HkNews *self)
{
  if (self->round != 0)
    {
      self->again = TRUE;
      return;
    }
  if (!has_whole_data (self))
    return;

  begin_round (self);
  self->round = g_idle_add_full (G_PRIORITY_LOW, on_round, self, NULL);
}

static void
on_keys_changed (HkNews *self)
{
  /* The position does not mean the same any more. */
  if (self->round != 0)
    begin_round (self);
}

static gboolean
on_telling (gpointer user_data)
{
  HkNews *self = HK_NEWS (user_data);

  self->telling = 0;
  update (self, HK_NEWS_FAILED);
  update (self, HK_NEWS_CONFIRMED);

  return G_SOURCE_REMOVE;
}

/* What happens together is told together. */
static void
queue_telling (HkNews *self)
{
  if (self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_LOW, on_telling, self, NULL);
}

static void
set_current (HkNews *self, HkNewsTopic topic, HkChange *change, gboolean current)
{
  g_autofree char *id = g_strdup_printf ("%p", (gpointer) change);

  if (current)
    g_hash_table_replace (self->current[topic], g_steal_pointer (&id), g_object_ref (change));
  else
    g_hash_table_remove (self->current[topic], id);
}

static void
on_change_state (HkNews *self, HkChange *change)
{
  const HkChangeState state = hk_change_get_state (change);
  const gboolean away = self->is_away (self->user_data);

  set_current (self, HK_NEWS_FAILED, change, away && state == HK_CHANGE_FAILED);
  set_current (self, HK_NEWS_CONFIRMED, change, away && state == HK_CHANGE_CONFIRMED);
  queue_telling (self);
}

static void
forget_all (HkNews *self)
{
  for (guint topic = 0; topic < HK_N_NEWS; topic++)
    {
      g_hash_table_remove_all (self->current[topic]);
      update (self, topic);
    }
}

static void
on_notify_state (HkNews *self)
{
  if (hk_account_get_state (self->account) == HK_ACCOUNT_SIGNED_OUT)
    forget_all (self);
  else
    queue_round (self);
}

static void
on_settings_changed (HkNews *self, const char *key)
{
  for (guint topic = 0; topic < HK_N_NEWS; topic++)
    if (g_strcmp0 (key, topics[topic].wanted) == 0)
      update (self, topic);
}

static void
hk_news_dispose (GObject *object)
{
  HkNews *self = HK_NEWS (object);

  g_clear_handle_id (&self->round, g_source_remove);
  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_object (&self->minute);
  g_clear_object (&self->account);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hk_news_parent_class)->dispose (object);
}

static void
hk_news_finalize (GObject *object)
{
  HkNews *self = HK_NEWS (object);

  for (guint topic = 0; topic < HK_N_NEWS; topic++)
    {
      g_clear_pointer (&self->current[topic], g_hash_table_unref);
      g_clear_pointer (&self->found[topic], g_hash_table_unref);
      g_clear_pointer (&self->topics[topic], hk_topic_free);
    }
  g_clear_pointer (&self->now, g_date_time_unref);

  G_OBJECT_CLASS (hk_news_parent_class)->finalize (object);
}

static void
hk_news_class_init (HkNewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hk_news_dispose;
  object_class->finalize = hk_news_finalize;

  signals[TELL] = g_signal_new ("tell", HK_TYPE_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[WITHDRAW] = g_signal_new ("withdraw", HK_TYPE_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_STRING);
}

static void
hk_news_init (HkNews *self)
{
}

static void
load_topics (HkNews *self)
{
  for (guint topic = 0; topic < HK_N_NEWS; topic++)
    {
      g_auto (GStrv) told = NULL;

      if (topics[topic].told != NULL)
        told = g_settings_get_strv (self->settings, topics[topic].told);
      self->topics[topic] = hk_topic_new ((const char *const *) told);
      self->current[topic] = make_set ();
    }
}

/**
 * hk_news_new:
 * @account: what the news are about
 * @settings: what the user wants to be told, and what has been told
 * @is_away: (scope forever): says whether the user does not look
 * @user_data: for @is_away
 *
 * Returns: (transfer full): news of an account; connect to its signals before the main loop runs again
 */
HkNews *
hk_news_new (HkAccount *account, GSettings *settings, HkAwayFunc is_away, gpointer user_data)
{
  HkNews *self;

  g_return_val_if_fail (HK_IS_ACCOUNT (account) && G_IS_SETTINGS (settings) && is_away != NULL, NULL);

  self = g_object_new (HK_TYPE_NEWS, NULL);
  self->account = g_object_ref (account);
  self->settings = g_object_ref (settings);
  self->is_away = is_away;
  self->user_data = user_data;
  load_topics (self);

  g_signal_connect_object (account, "change-state", G_CALLBACK (on_change_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_keys (account), "items-changed", G_CALLBACK (on_keys_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "keys-updated", G_CALLBACK (queue_round), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::refreshing", G_CALLBACK (queue_round), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::state", G_CALLBACK (on_notify_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  self->minute = hk_minute_new (hk_account_get_clock (account));
  g_signal_connect_object (self->minute, "tick", G_CALLBACK (queue_round), self, G_CONNECT_SWAPPED);
  hk_minute_set_running (self->minute, TRUE);
  queue_round (self);

  return self;
}

/**
 * hk_news_see:
 *
 * The user looks at the application: what became of changes is to be seen there.
 */
void
hk_news_see (HkNews *self)
{
  g_return_if_fail (HK_IS_NEWS (self));

  for (guint topic = HK_NEWS_FAILED; topic <= HK_NEWS_CONFIRMED; topic++)
    {
      g_hash_table_remove_all (self->current[topic]);
      update (self, topic);
    }
}
