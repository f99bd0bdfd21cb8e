/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-problem.h"

struct _HkKeyProblem
{
  AdwBin parent_instance;

  GtkLabel *label;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (HkKeyProblem, hk_key_problem, ADW_TYPE_BIN)

static void
hk_key_problem_class_init (HkKeyProblemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-key-problem.ui");
  gtk_widget_class_bind_template_child (widget_class, HkKeyProblem, label);
  gtk_widget_class_bind_template_child (widget_class, HkKeyProblem, retry_button);
}

static void
hk_key_problem_init (HkKeyProblem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_key_problem_new:
 *
 * Returns: (transfer full): a widget that is not visible, because it has nothing to say yet
 */
GtkWidget *
hk_key_problem_new (void)
{
  return g_object_new (HK_TYPE_KEY_PROBLEM, NULL);
}

/**
 * hk_key_problem_set_text:
 * @text: (nullable): what is wrong, or %NULL for nothing
 * @can_retry: whether another try may help
 */
void
hk_key_problem_set_text (HkKeyProblem *self, const char *text, gboolean can_retry)
{
  g_return_if_fail (HK_IS_KEY_PROBLEM (self));

  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (self->retry_button, can_retry);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}
