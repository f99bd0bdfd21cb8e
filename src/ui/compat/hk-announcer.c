/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-announcer.h"

struct _HkAnnouncer
{
  AdwBin parent_instance;

  char *text; /* (owned) (nullable): what was said last */
};

G_DEFINE_FINAL_TYPE (HkAnnouncer, hk_announcer, ADW_TYPE_BIN)

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#if GTK_CHECK_VERSION (4, 14, 0)

static void
announce (HkAnnouncer *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  /* What GTK has for tests cannot say anything, and GTK (4.18) does not ask whether it can. */
  if (g_strcmp0 (g_getenv ("GTK_A11Y"), "test") == 0)
    return;
  /* Nothing is heard of a widget that assistive technology has not looked at (GTK 4.18), and it looks at the window first. */
  if (window != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (window), self->text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

#else

static void
restore_name (GtkWindow *window)
{
  const char *title = gtk_window_get_title (window);

  if (!gtk_window_is_active (window))
    gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "", -1);
}

/* Returns: (transfer none) (nullable): the window that is worked in, which can be a dialog in front of that of @self */
static GtkWindow *
find_active_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return window;
    }

  return NULL;
}

/* Wherever the focus is, Orca (43) reads the new name of the active window, and of nothing else. */
static void
announce (HkAnnouncer *self)
{
  GtkWindow *window = find_active_window ();

  if (window == NULL)
    return;

  /* It has its own again before anybody comes back to it. */
  if (g_signal_handler_find (window, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, restore_name, NULL) == 0)
    g_signal_connect (window, "notify::is-active", G_CALLBACK (restore_name), NULL);
  /* The same once more would be no change. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, self->text, -1);
}

#endif

G_GNUC_END_IGNORE_DEPRECATIONS

static void
hk_announcer_finalize (GObject *object)
{
  g_free (HK_ANNOUNCER (object)->text);

  G_OBJECT_CLASS (hk_announcer_parent_class)->finalize (object);
}

static void
hk_announcer_class_init (HkAnnouncerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hk_announcer_finalize;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
hk_announcer_init (HkAnnouncer *self)
{
}

/**
 * hk_announcer_say:
 * @text: one or more sentences, plain text
 *
 * Has @text read by a screen reader, if there is one, after what it is reading now.
 */
void
hk_announcer_say (HkAnnouncer *self, const char *text)
{
  g_return_if_fail (HK_IS_ANNOUNCER (self) && text != NULL);

  g_free (self->text);
  self->text = g_strdup (text);
  announce (self);
}

/**
 * hk_announcer_get_text:
 *
 * Returns: (nullable): what was said last
 */
const char *
hk_announcer_get_text (HkAnnouncer *self)
{
  g_return_val_if_fail (HK_IS_ANNOUNCER (self), NULL);

  return self->text;
}
