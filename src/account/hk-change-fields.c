/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which fields a change touches, and which of them somebody else has touched as well. */

#include "hk-change-private.h"

/* Returns: in which fields of a key @after differs from @before. */
HkFields
hk_change_compare_specs (const NukiKeySpec *before, const NukiKeySpec *after)
{
  HkFields fields = 0;

  if (g_strcmp0 (before->name, after->name) != 0)
    fields |= HK_FIELD_NAME;
  if (before->code != after->code)
    fields |= HK_FIELD_CODE;
  if (before->enabled != after->enabled)
    fields |= HK_FIELD_ENABLED;
  if (before->remote_allowed != after->remote_allowed)
    fields |= HK_FIELD_REMOTE;
  if (!nuki_limits_equal (before->limits, after->limits))
    fields |= HK_FIELD_LIMITS;

  return fields;
}

/* Returns: in which fields of a person or a lock @after differs from @before. */
HkFields
hk_change_compare_details (const HkDetails *before, const HkDetails *after)
{
  HkFields fields = 0;

  if (g_strcmp0 (before->name, after->name) != 0)
    fields |= HK_FIELD_NAME;
  if (g_strcmp0 (before->email, after->email) != 0)
    fields |= HK_FIELD_EMAIL;
  if (g_strcmp0 (before->language, after->language) != 0)
    fields |= HK_FIELD_LANGUAGE;
  if (before->favorite != after->favorite)
    fields |= HK_FIELD_FAVORITE;

  return fields;
}

void
hk_fields_copy_spec (HkFields fields, const NukiKeySpec *from, NukiKeySpec *to)
{
  if (fields & HK_FIELD_NAME)
    nuki_key_spec_set_name (to, from->name);
  if (fields & HK_FIELD_CODE)
    to->code = from->code;
  if (fields & HK_FIELD_ENABLED)
    to->enabled = from->enabled;
  if (fields & HK_FIELD_REMOTE)
    to->remote_allowed = from->remote_allowed;
  if (fields & HK_FIELD_LIMITS)
    nuki_key_spec_set_limits (to, from->limits);
}

static void
replace_text (char **text, const char *newer)
{
  g_free (*text);
  *text = g_strdup (newer);
}

void
hk_fields_copy_details (HkFields fields, const HkDetails *from, HkDetails *to)
{
  if (fields & HK_FIELD_NAME)
    replace_text (&to->name, from->name);
  if (fields & HK_FIELD_EMAIL)
    replace_text (&to->email, from->email);
  if (fields & HK_FIELD_LANGUAGE)
    replace_text (&to->language, from->language);
  if (fields & HK_FIELD_FAVORITE)
    to->favorite = from->favorite;
}

/* Writes what is asked over the touched fields of @spec. */
void
hk_change_apply (HkChange *self, NukiKeySpec *spec)
{
  if (self->spec != NULL)
    hk_fields_copy_spec (self->fields, self->spec, spec);
}

/* Writes what is asked over the touched fields of @details. */
void
hk_change_apply_details (HkChange *self, HkDetails *details)
{
  if (self->details != NULL)
    hk_fields_copy_details (self->fields, self->details, details);
}

/*
 * hk_change_find_conflict:
 * @theirs: the key as the service has it now
 *
 * Returns: what both the user and somebody else have changed, to different values
 */
HkFields
hk_change_find_conflict (HkChange *self, const NukiKeySpec *theirs)
{
  HkFields fields;

  if (self->base == NULL)
    return 0;

  fields = self->fields & hk_change_compare_specs (self->base, theirs) & hk_change_compare_specs (self->spec, theirs);
  /* What was asked before this and may be on the lock by now was asked here. */
  if (self->after != NULL && self->after->spec != NULL)
    fields &= ~self->after->fields | hk_change_compare_specs (self->after->spec, theirs);

  return fields;
}

/*
 * hk_change_find_details_conflict:
 * @theirs: the person or the lock as the service has it now
 *
 * Returns: what both the user and somebody else have changed, to different values
 */
HkFields
hk_change_find_details_conflict (HkChange *self, const HkDetails *theirs)
{
  HkFields fields;

  if (self->base_details == NULL)
    return 0;

  fields = self->fields & hk_change_compare_details (self->base_details, theirs) &
           hk_change_compare_details (self->details, theirs);
  if (self->after != NULL && self->after->details != NULL)
    fields &= ~self->after->fields | hk_change_compare_details (self->after->details, theirs);

  return fields;
}

/* Returns: %TRUE if @record is on the lock, at rest, and as asked in every touched field. */
gboolean
hk_change_is_shown_by (HkChange *self, NukiKey *record)
{
  g_autoptr (NukiKeySpec) before = NULL;
  g_autoptr (NukiKeySpec) after = NULL;

  if (nuki_key_get_busy (record) || !nuki_key_get_on_lock (record))
    return FALSE;

  before = nuki_key_spec_new_from_key (record);
  after = nuki_key_spec_copy (before);
  hk_change_apply (self, after);

  return hk_change_compare_specs (before, after) == 0;
}

/**
 * hk_change_get_conflict:
 *
 * Returns: which fields of a key, a person or a lock somebody else has changed to other values than the user, if the change
 *   failed because of that; else 0
 */
HkFields
hk_change_get_conflict (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), 0);

  if (self->theirs != NULL)
    return hk_change_find_conflict (self, self->theirs);

  return self->their_details != NULL ? hk_change_find_details_conflict (self, self->their_details) : 0;
}

/**
 * hk_change_get_theirs:
 *
 * Returns: (transfer none) (nullable): what somebody else made of the key, if the change failed because of that
 */
const NukiKeySpec *
hk_change_get_theirs (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->theirs;
}

/**
 * hk_change_get_their_details:
 *
 * Returns: (transfer none) (nullable): what somebody else made of the person or the lock, if the change failed because of
 *   that
 */
const HkDetails *
hk_change_get_their_details (HkChange *self)
{
  g_return_val_if_fail (HK_IS_CHANGE (self), NULL);

  return self->their_details;
}
