/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-ui.h"

#include <adwaita.h>

#include "compat/hk-announcer.h"
#include "compat/hk-dialog.h"
#include "compat/hk-icons.h"
#include "compat/hk-split-view.h"
#include "compat/hk-tab-stop.h"
#include "form/hk-control-row.h"
#include "form/hk-field-message.h"
#include "hk-avatar.h"
#include "hk-fit-layout.h"
#include "hk-head-list.h"
#include "hk-title-layout.h"
#include "hk-wrap-layout.h"
#include "housekeys-resources.h"
#include "keys/hk-change-card.h"
#include "keys/hk-key-columns.h"
#include "keys/hk-key-details.h"
#include "keys/hk-key-filter.h"
#include "keys/hk-key-history.h"
#include "keys/hk-key-row.h"
#include "keys/hk-key-selection.h"
#include "keys/hk-listed-keys.h"
#include "keys/hk-selection-bar.h"
#include "keys/hk-shy-label.h"
#include "limits/hk-date-time-row.h"
#include "limits/hk-limits-editor.h"
#include "limits/hk-weekday-row.h"
#include "locks/hk-lock-details.h"
#include "people/hk-person-row.h"
#include "people/hk-person-validator.h"
#include "preferences/hk-preferences-dialog.h"
#include "sign-in/hk-sign-in-page.h"
#include "sign-in/hk-start-page.h"
#include "window/hk-back-button.h"
#include "window/hk-banner.h"
#include "window/hk-menu-button.h"
#include "window/hk-navigator.h"
#include "window/hk-sidebar-row.h"
#include "window/hk-sidebar.h"
#include "window/hk-window.h"

/* A .ui names types by their names alone, so each has to be known before the first is built. */
static void
ensure_types (void)
{
  g_type_ensure (HK_TYPE_ACCOUNT);
  g_type_ensure (HK_TYPE_ANNOUNCER);
  g_type_ensure (HK_TYPE_AVATAR);
  g_type_ensure (HK_TYPE_BACK_BUTTON);
  g_type_ensure (HK_TYPE_BANNER);
  g_type_ensure (HK_TYPE_CHANGE_CARD);
  g_type_ensure (HK_TYPE_CONTROL_ROW);
  g_type_ensure (HK_TYPE_DATE_TIME_ROW);
  g_type_ensure (HK_TYPE_DIALOG);
  g_type_ensure (HK_TYPE_FIELD_MESSAGE);
  g_type_ensure (HK_TYPE_FIT_LAYOUT);
  g_type_ensure (HK_TYPE_KEY);
  g_type_ensure (HK_TYPE_KEY_COLUMNS);
  g_type_ensure (HK_TYPE_KEY_DETAILS);
  g_type_ensure (HK_TYPE_HEAD_LIST);
  g_type_ensure (HK_TYPE_KEY_FILTER);
  g_type_ensure (HK_TYPE_KEY_HISTORY);
  g_type_ensure (HK_TYPE_KEY_ROW);
  g_type_ensure (HK_TYPE_KEY_SELECTION);
  g_type_ensure (HK_TYPE_LIMITS_EDITOR);
  g_type_ensure (HK_TYPE_LISTED_KEYS);
  g_type_ensure (HK_TYPE_LOCK_DETAILS);
  g_type_ensure (HK_TYPE_MENU_BUTTON);
  g_type_ensure (HK_TYPE_NAVIGATOR);
  g_type_ensure (HK_TYPE_PERSON_ROW);
  g_type_ensure (HK_TYPE_PERSON_VALIDATOR);
  g_type_ensure (HK_TYPE_PREFERENCES_DIALOG);
  g_type_ensure (HK_TYPE_SELECTION_BAR);
  g_type_ensure (HK_TYPE_SHY_LABEL);
  g_type_ensure (HK_TYPE_SIDEBAR);
  g_type_ensure (HK_TYPE_SIDEBAR_ROW);
  g_type_ensure (HK_TYPE_SIGN_IN_PAGE);
  g_type_ensure (HK_TYPE_SPLIT_VIEW);
  g_type_ensure (HK_TYPE_START_PAGE);
  g_type_ensure (HK_TYPE_TAB_STOP);
  g_type_ensure (HK_TYPE_TITLE_LAYOUT);
  g_type_ensure (HK_TYPE_WEEKDAY_ROW);
  g_type_ensure (HK_TYPE_WINDOW);
  g_type_ensure (HK_TYPE_WRAP_LAYOUT);
  g_type_ensure (NUKI_TYPE_USER);
}

/**
 * hk_ui_init:
 *
 * Makes the resources and widget types of the application known. Has to be called before the first widget is made, on the thread
 * of the widgets; calling it again does nothing.
 */
void
hk_ui_init (void)
{
  static gsize initialized;

  if (!g_once_init_enter (&initialized))
    return;

  housekeys_register_resource ();
  ensure_types ();
  hk_icons_end_on_this_thread_only ();
  g_once_init_leave (&initialized, 1);
}
