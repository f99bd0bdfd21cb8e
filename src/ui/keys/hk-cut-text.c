/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-cut-text.h"

/**
 * hk_cut_text_on_query_tooltip:
 * @label: a label that ellipsizes
 *
 * To be connected to `query-tooltip`: what is cut off can be read by pointing at it, and nothing pops up where all can
 * be read anyway.
 *
 * Returns: whether there is a tooltip
 */
gboolean
hk_cut_text_on_query_tooltip (GtkLabel *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_label (label));

  return TRUE;
}
