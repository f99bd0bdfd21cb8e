/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-about.h"

#include <glib/gi18n-lib.h>

#include "hk-name-lists.h"
#include "hk-narrow.h"
#include "hk-wrap.h"

static const char *const developers[] = { "The Housekeys Contributors", NULL };

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#if ADW_CHECK_VERSION (1, 5, 0)

#define ABOUT_TYPE ADW_TYPE_ABOUT_DIALOG

static void
present_over (GtkWidget *about, GtkWidget *parent)
{
  adw_dialog_present (ADW_DIALOG (about), parent);
}

#else

#define ABOUT_TYPE ADW_TYPE_ABOUT_WINDOW

static void
present_over (GtkWidget *about, GtkWidget *parent)
{
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (GTK_WINDOW (about), GTK_WINDOW (root));
      hk_narrow_follow (about, GTK_WIDGET (root));
    }
  gtk_window_set_destroy_with_parent (GTK_WINDOW (about), TRUE);
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
}

#endif

static GtkWidget *
make_about (void)
{
  return g_object_new (ABOUT_TYPE,
                       "application-name", "Housekeys",
                       "application-icon", HK_APPLICATION_ID,
                       "version", HK_VERSION,
                       "developer-name", _ ("The Housekeys Contributors"),
                       "developers", developers,
                       "copyright", _ ("© The Housekeys Contributors"),
                       "license-type", GTK_LICENSE_GPL_3_0,
                       /* TRANSLATORS: your name, maybe with an address */
                       "translator-credits", C_ ("credits of the translation", "translator-credits"),
                       "comments",
                       _ ("Share keys to your doors.\n\nHousekeys is an independent third-party client for the Nuki "
                         "Web API. It is neither made by nor affiliated with Nuki Home Solutions. “Nuki” is a "
                         "trademark of its owner."),
                       NULL);
}

G_GNUC_END_IGNORE_DEPRECATIONS

/**
 * hk_about_present:
 * @parent: (nullable): a widget of the window over which it is shown
 *
 * Shows what Housekeys is, its version, who made it and its licence.
 */
void
hk_about_present (GtkWidget *parent)
{
  GtkWidget *about = make_about ();

  hk_wrap_buttons (about);
  present_over (about, parent);
  /* What is in an AdwAboutDialog is not until it is shown. */
  hk_name_lists (about, "Housekeys");
}
