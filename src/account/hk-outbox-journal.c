/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing down every step before the next one, and going on where an earlier process ended. */

#include "hk-outbox-private.h"

static gboolean
can_write (HkOutbox *self)
{
  return self->journal_error == NULL && !self->without_journal;
}

static void
take_error (HkOutbox *self, GError *error)
{
  g_clear_error (&self->journal_error);
  self->journal_error = error;
  hk_outbox_tell_journal (self);
}

static gboolean
save_ends (HkOutbox *self)
{
  for (guint i = 0; i < self->unsaved_ends->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->unsaved_ends, i);

      if (!hk_journal_end (self->journal, change, change->state, NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_deliveries (HkOutbox *self)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      /* What was begun and could not be committed is not there. */
      delivery->n_known_saved = 0;
      if (!hk_journal_save (self->journal, delivery, "saved", NULL))
        return FALSE;
      g_ptr_array_add (self->writing, hk_delivery_ref (delivery));
    }

  return TRUE;
}

static void
end_writing (HkOutbox *self, gboolean committed)
{
  for (guint i = 0; committed && i < self->writing->len; i++)
    ((HkDelivery *) g_ptr_array_index (self->writing, i))->saved = TRUE;
  g_ptr_array_set_size (self->writing, 0);
}

/* Returns: %TRUE if @delivery may go out now, as far as it depends on the journal */
gboolean
hk_outbox_may_send (HkOutbox *self, HkDelivery *delivery)
{
  if (!self->released || self->journal_error != NULL)
    return FALSE;

  /* A journal that cannot be written nor removed would have it sent once more at the next start. */
  return !self->without_journal || !delivery->saved;
}

/*
 * hk_outbox_save:
 * @step: what has happened or is about to, in a word
 *
 * Writes down how far @delivery is.
 *
 * Returns: %TRUE if it is on the disk, or the user agreed to go on without; otherwise nothing may be sent
 */
gboolean
hk_outbox_save (HkOutbox *self, HkDelivery *delivery, const char *step)
{
  GError *error = NULL;

  if (delivery->change->id == 0)
    delivery->change->id = hk_journal_make_id (self->journal);
  if (!can_write (self))
    return self->without_journal;

  if (hk_journal_save (self->journal, delivery, step, &error))
    {
      if (hk_journal_has_begun (self->journal))
        g_ptr_array_add (self->writing, hk_delivery_ref (delivery));
      else
        delivery->saved = TRUE;
      return TRUE;
    }

  take_error (self, error);

  return FALSE;
}

/* @delivery is confirmed or discarded. */
void
hk_outbox_save_end (HkOutbox *self, HkDelivery *delivery, HkChangeState end)
{
  GError *error = NULL;

  if (self->without_journal)
    return;

  if (self->journal_error == NULL && hk_journal_end (self->journal, delivery->change, end, &error))
    return;

  g_ptr_array_add (self->unsaved_ends, g_object_ref (delivery->change));
  if (error != NULL)
    take_error (self, error);
}

/* What happens until hk_outbox_commit() is written down as a whole, or not at all. Can be nested. */
void
hk_outbox_begin (HkOutbox *self)
{
  if (self->depth++ == 0)
    {
      self->begun = hk_clock_get_monotonic (self->clock);
      hk_outbox_tell_many (self, TRUE);
    }
  if (can_write (self))
    hk_journal_begin (self->journal);
}

/* Returns: %TRUE if all of it is on the disk, or the user agreed to go on without; otherwise nothing may be sent */
gboolean
hk_outbox_commit (HkOutbox *self)
{
  GError *error = NULL;
  gboolean committed;

  /* Something may have gone wrong since hk_outbox_begin(); then nothing of it is kept. */
  if (hk_journal_has_begun (self->journal))
    {
      committed = hk_journal_commit (self->journal, &error);
      if (!hk_journal_has_begun (self->journal))
        end_writing (self, committed);
      if (!committed)
        take_error (self, error);
    }
  if (--self->depth == 0)
    hk_outbox_tell_many (self, FALSE);

  return self->journal_error == NULL;
}

/* Returns: (nullable): why nothing can be written down */
const GError *
hk_outbox_get_journal_error (HkOutbox *self)
{
  return self->journal_error;
}

/* Nothing is sent until hk_outbox_save_all(). */
void
hk_outbox_set_journal_error (HkOutbox *self, const GError *error)
{
  take_error (self, g_error_copy (error));
}

/*
 * hk_outbox_save_all:
 *
 * Writes down everything, after the journal was opened, and goes on.
 */
gboolean
hk_outbox_save_all (HkOutbox *self, GError **error)
{
  gboolean committed;

  hk_journal_begin (self->journal);
  if (!save_ends (self) || !save_deliveries (self))
    g_debug ("Not everything could be written to the journal");
  /* It says what went wrong. */
  committed = hk_journal_commit (self->journal, error);
  end_writing (self, committed);
  if (!committed)
    return FALSE;

  g_ptr_array_set_size (self->unsaved_ends, 0);
  self->without_journal = FALSE;
  g_clear_error (&self->journal_error);
  hk_outbox_tell_journal (self);
  hk_outbox_queue_pump (self);

  return TRUE;
}

/*
 * hk_outbox_go_without_journal:
 * @is_removed: there is nothing in the journal any more
 *
 * The user agreed. What the journal still asks for is not sent: the next start would send it once more.
 */
void
hk_outbox_go_without_journal (HkOutbox *self, gboolean is_removed)
{
  self->without_journal = TRUE;
  g_ptr_array_set_size (self->unsaved_ends, 0);
  for (guint i = 0; is_removed && i < self->deliveries->len; i++)
    ((HkDelivery *) g_ptr_array_index (self->deliveries, i))->saved = FALSE;

  g_clear_error (&self->journal_error);
  hk_outbox_tell_journal (self);
  hk_outbox_queue_pump (self);
}

/* Another account may come, and its journal may be usable. */
void
hk_outbox_reset_journal (HkOutbox *self)
{
  self->without_journal = FALSE;
  g_clear_error (&self->journal_error);
  hk_outbox_tell_journal (self);
}

/*
 * hk_outbox_restore:
 * @deliveries: (element-type HkDelivery): what an earlier process left
 *
 * Takes them in. Nothing is sent or read back before hk_outbox_release().
 */
void
hk_outbox_restore (HkOutbox *self, GPtrArray *deliveries)
{
  g_autoptr (GPtrArray) later = g_steal_pointer (&self->deliveries);

  self->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  for (guint i = 0; i < deliveries->len; i++)
    hk_outbox_take (self, hk_delivery_ref (g_ptr_array_index (deliveries, i)));
  for (guint i = 0; i < later->len; i++)
    g_ptr_array_add (self->deliveries, hk_delivery_ref (g_ptr_array_index (later, i)));
}

/* A token is new: nothing is sent before it is known whose it is. */
void
hk_outbox_hold (HkOutbox *self)
{
  self->released = FALSE;
}

/* It is the account whose changes these are. */
void
hk_outbox_release (HkOutbox *self)
{
  if (self->released)
    return;

  self->released = TRUE;
  for (guint i = 0; i < self->deliveries->len; i++)
    hk_delivery_resume (g_ptr_array_index (self->deliveries, i));
  hk_outbox_queue_pump (self);
}

/* Returns: whether it is known whose account this is */
gboolean
hk_outbox_is_released (HkOutbox *self)
{
  return self->released;
}
