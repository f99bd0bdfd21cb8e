/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-changes.h"

HkKeyChanges *
hk_key_changes_new (void)
{
  HkKeyChanges *self = g_new0 (HkKeyChanges, 1);

  self->list = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
hk_key_changes_free (HkKeyChanges *self)
{
  g_ptr_array_unref (self->list);
  g_clear_pointer (&self->view, nuki_key_spec_free);
  g_free (self);
}

static HkChange *
find_create (HkKeyChanges *self)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->list, i);

      if (change->kind == HK_CHANGE_CREATE_KEY)
        return change;
    }

  return NULL;
}

/* Without a record, it begins with what was asked for; when nothing is asked for any more, it stays: the key is on its way out. */
static void
begin_view (HkKeyChanges *self, NukiKey *record)
{
  HkChange *create = find_create (self);

  if (record == NULL && create == NULL)
    return;

  g_clear_pointer (&self->view, nuki_key_spec_free);
  if (record == NULL)
    self->view = nuki_key_spec_copy (create->spec);
  else if (hk_key_changes_get_unsettled (self) != NULL)
    self->view = nuki_key_spec_new_from_key (record);
}

/*
 * hk_key_changes_update_view:
 * @record: (nullable): what the service last said; %NULL for a key that it has not shown yet
 *
 * Makes the view anew. A settled change is not shown over the record any more: it is there, or it failed.
 */
void
hk_key_changes_update_view (HkKeyChanges *self, NukiKey *record)
{
  begin_view (self, record);
  for (guint i = 0; i < self->list->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->list, i);

      if (!hk_change_get_settled (change))
        hk_change_apply (change, self->view);
    }
}

/* Returns: (transfer none) (nullable): the newest change that has not come to its end */
HkChange *
hk_key_changes_get_unsettled (HkKeyChanges *self)
{
  for (guint i = self->list->len; i > 0; i--)
    {
      HkChange *change = g_ptr_array_index (self->list, i - 1);

      if (!hk_change_get_settled (change))
        return change;
    }

  return NULL;
}

/* Returns: (transfer none) (nullable): the newest change that is under way, or else the newest that failed */
HkChange *
hk_key_changes_get_newest (HkKeyChanges *self)
{
  HkChange *unsettled = hk_key_changes_get_unsettled (self);

  if (unsettled != NULL || self->list->len == 0)
    return unsettled;

  return g_ptr_array_index (self->list, self->list->len - 1);
}
