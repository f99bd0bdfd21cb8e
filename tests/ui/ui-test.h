/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>
#include <nuki-simulator.h>

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

/**
 * UiTest:
 * @simulator: (owned): the demo account's service, on loopback, without delays
 * @store: (owned): where the account's token is kept
 * @account: (owned): an account at @simulator
 * @window: (unowned) (nullable): what ui_test_show() opened
 *
 * What a test of a page or a dialog needs: a service, an account at it and a window. Everything goes over real HTTP.
 */
typedef struct
{
  NukiSimulator *simulator;
  HkTokenStore *store;
  HkAccount *account;
  GtkWindow *window;
} UiTest;

/* How long anything that a test waits for may take, in seconds. */
#define UI_TEST_DEADLINE 20

/* What all names end with after ui_data_make_odd(): neither markup nor a mnemonic, and not for every font or direction. */
#define UI_ODD_SUFFIX " _</b>&שלום🔑"

void ui_test_init_gtk (void);
void ui_test_init (int *argc, char ***argv);
UiTest *ui_test_new (void);
UiTest *ui_test_new_in_folder (const char *folder);
UiTest *ui_test_new_signed_out (void);
UiTest *ui_test_new_with_store (HkTokenStore *store);
void ui_test_restart (UiTest *self, const char *folder);
void ui_test_free (UiTest *self);
void ui_remove_folder (const char *path);
GtkWindow *ui_test_show (UiTest *self, GtkWidget *child);
void ui_test_present (UiTest *self, HkDialog *dialog);

/* Iterates the main context until @condition holds; fails after UI_TEST_DEADLINE. */
#define ui_await(condition)                                                                                          \
  G_STMT_START                                                                                                       \
  {                                                                                                                  \
    gint64 ui_deadline = g_get_monotonic_time () + UI_TEST_DEADLINE * G_USEC_PER_SEC;                                \
    while (!(condition))                                                                                             \
      if (!ui_iterate (ui_deadline))                                                                                 \
        g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC, "still not true in time: " #condition);    \
  }                                                                                                                  \
  G_STMT_END

gboolean ui_iterate (gint64 deadline);
void ui_settle (void);
void ui_await_frames (GtkWidget *widget);

GtkWidget *ui_find (GtkWidget *root, GType type, const char *text);
GtkWidget *ui_find_visible (GtkWidget *root, GType type, const char *text);
gpointer ui_child (gpointer widget, const char *id);
const char *ui_announcement (gpointer window);
GtkWidget *ui_toplevel (GType type);
gboolean ui_shows (GtkWidget *root, const char *text);
gboolean ui_has_focus (GtkWidget *widget);
gboolean ui_in_view (GtkWidget *widget);
const char *ui_text (GtkWidget *widget);

void ui_click (GtkWidget *widget);
GPtrArray *ui_walk (GtkWidget *widget, GtkDirectionType direction);
void ui_activate_action (GtkWidget *widget, const char *action);
gboolean ui_action_enabled (GtkWidget *widget, const char *action);
void ui_set_text (GtkWidget *editable, const char *text);
GtkWidget *ui_alert (void);
void ui_answer_alert (const char *label);

void ui_data_make_odd (void);
void ui_data_prepare (NukiSimulator *simulator);
HkKey *ui_key_named (HkAccount *account, const char *name);
NukiLock *ui_lock_named (HkAccount *account, const char *name);
NukiUser *ui_person_named (HkAccount *account, const char *name);
GPtrArray *ui_list_data (HkAccount *account);

G_END_DECLS
