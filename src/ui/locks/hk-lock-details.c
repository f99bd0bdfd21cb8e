/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-lock-details.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "keys/hk-key-words.h"

struct _HkLockDetails
{
  AdwBin parent_instance;

  AdwActionRow *connection_row;
  AdwActionRow *battery_row;
  GtkImage *battery_icon;
  AdwActionRow *door_row;
  AdwActionRow *model_row;
  AdwActionRow *device_row;
  AdwActionRow *firmware_row;
  AdwActionRow *zone_row;
};

G_DEFINE_FINAL_TYPE (HkLockDetails, hk_lock_details, ADW_TYPE_BIN)

static void
set_value (AdwActionRow *row, const char *value)
{
  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL);
}

static void
show_connection (HkLockDetails *self, HkAccount *account, NukiLock *lock)
{
  g_autoptr (GTimeZone) computer = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (account));
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;

  if (nuki_lock_get_online (lock))
    {
      /* Translators: a lock. */
      set_value (self->connection_row, _ ("Online"));
      return;
    }

  if (nuki_lock_get_updated (lock) == NULL)
    {
      /* Translators: a lock. */
      set_value (self->connection_row, _ ("Offline"));
      return;
    }

  moment = hk_words_moment (nuki_lock_get_updated (lock), computer, now);
  /* Translators: a day and a time. */
  words = nuki_text_printf (_ ("Offline – last heard of %s"), moment);
  set_value (self->connection_row, words);
}

static void
show_battery (HkLockDetails *self, NukiLock *lock)
{
  int charge = nuki_lock_get_battery_charge (lock);
  gboolean critical = nuki_lock_get_battery_critical (lock);
  g_autofree char *words = NULL;
  g_autofree char *icon = NULL;

  if (charge >= 0 && critical)
    /* Translators: how full a battery is, in per cent. */
    words = g_strdup_printf (_ ("%d%% – change the batteries soon"), charge);
  else if (charge >= 0)
    words = g_strdup_printf (C_ ("battery", "%d%%"), charge);
  else
    words = g_strdup (critical ? _ ("Almost empty – change the batteries soon") : C_ ("battery", "Good"));
  set_value (self->battery_row, words);

  icon = g_strdup_printf ("battery-level-%d-symbolic", charge >= 0 ? CLAMP (charge, 0, 100) / 10 * 10 : critical ? 0 : 100);
  gtk_image_set_from_icon_name (self->battery_icon, icon);
  gtk_widget_remove_css_class (GTK_WIDGET (self->battery_icon), "warning");
  if (critical)
    gtk_widget_add_css_class (GTK_WIDGET (self->battery_icon), "warning");
}

static void
show_door (HkLockDetails *self, NukiLock *lock)
{
  switch (nuki_lock_get_door_state (lock))
    {
    case NUKI_DOOR_CLOSED:
      set_value (self->door_row, C_ ("door", "Closed"));
      break;
    case NUKI_DOOR_OPEN:
      set_value (self->door_row, C_ ("door", "Open"));
      break;
    case NUKI_DOOR_UNKNOWN:
    default:
      set_value (self->door_row, NULL);
      break;
    }
}

static void
hk_lock_details_class_init (HkLockDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/locks/hk-lock-details.ui");
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, connection_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, battery_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, battery_icon);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, door_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, model_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, device_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, firmware_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDetails, zone_row);
}

static void
hk_lock_details_init (HkLockDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_lock_details_show:
 * @account: whose lock it is
 * @lock: a lock
 *
 * Shows the lock as it is at this moment.
 */
void
hk_lock_details_show (HkLockDetails *self, HkAccount *account, NukiLock *lock)
{
  g_autofree char *device_id = NULL;
  g_autofree char *firmware = NULL;

  g_return_if_fail (HK_IS_LOCK_DETAILS (self));
  g_return_if_fail (HK_IS_ACCOUNT (account));
  g_return_if_fail (NUKI_IS_LOCK (lock));

  device_id = nuki_lock_dup_device_id (lock);
  firmware = nuki_lock_dup_firmware (lock);
  show_connection (self, account, lock);
  show_battery (self, lock);
  show_door (self, lock);
  set_value (self->model_row, nuki_lock_get_model_name (lock));
  set_value (self->device_row, device_id);
  set_value (self->firmware_row, firmware);
  set_value (self->zone_row, nuki_lock_get_zone_known (lock)
                                 ? g_time_zone_get_identifier (nuki_lock_get_zone (lock))
                                 : _ ("Not known"));
}
