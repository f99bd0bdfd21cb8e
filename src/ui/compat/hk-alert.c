/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-alert.h"

#include "hk-fit-layout.h"
#include "hk-narrow.h"
#include "hk-squeezer-layout.h"

/*
 * An alert is an AdwAlertDialog where libadwaita has it (1.5), an AdwMessageDialog below. Both emit `response` for
 * every way in which a person can end them; the task also ends when the alert goes with what it was asked over, or when
 * the caller cancels.
 */

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_ACTION "action"

/* Whichever comes first ends the task; a response is followed by the alert's destruction. */
static void
finish (GTask *task, gboolean chosen)
{
  if (g_task_get_task_data (task) != NULL)
    return;

  g_task_set_task_data (task, task, NULL);
  g_task_return_boolean (task, chosen);
}

static void
on_response (GtkWidget *alert, const char *response, GTask *task)
{
  finish (task, g_strcmp0 (response, RESPONSE_ACTION) == 0);
}

static void
on_destroy (GtkWidget *alert, GTask *task)
{
  finish (task, FALSE);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#if ADW_CHECK_VERSION (1, 5, 0)

/* The alert has its heading twice, large and small, and shows what fits. The large one cannot be broken, and libadwaita (1.7)
 * still measures it for less than it needs, which GTK complains about. A long word, such as a name, is broken as well. */
static void
let_heading_wrap (GtkWidget *widget, const char *heading)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), heading))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    let_heading_wrap (child, heading);
}

/* In a window that is low, libadwaita (1.7) keeps the answers beside each other and cuts their words. Elsewhere it puts one below
 * the other where they do not fit, and what is asked scrolls. */
static void
on_notify_css_classes (GtkWidget *alert)
{
  gtk_widget_remove_css_class (alert, "short");
}

static GtkWidget *
make_alert (const char *heading,
            const char *body,
            const char *cancel_label,
            const char *action_label,
            gboolean destructive)
{
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (alert, RESPONSE_CANCEL, cancel_label, RESPONSE_ACTION, action_label, NULL);
  adw_alert_dialog_set_close_response (alert, RESPONSE_CANCEL);
  adw_alert_dialog_set_default_response (alert, destructive ? RESPONSE_CANCEL : RESPONSE_ACTION);
  adw_alert_dialog_set_response_appearance (alert, RESPONSE_ACTION,
                                            destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  g_signal_connect (alert, "notify::css-classes", G_CALLBACK (on_notify_css_classes), NULL);
  let_heading_wrap (adw_dialog_get_child (ADW_DIALOG (alert)), heading);

  return GTK_WIDGET (alert);
}

static void
present_alert (GtkWidget *alert, GtkWidget *parent)
{
  adw_dialog_present (ADW_DIALOG (alert), parent);
}

static void
close_alert (GtkWidget *alert)
{
  adw_dialog_force_close (ADW_DIALOG (alert));
}

static void
close_later (gpointer user_data)
{
  g_autoptr (GtkWidget) alert = user_data;
  g_autoptr (GtkWidget) parent = g_object_steal_data (G_OBJECT (alert), "parent");
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  /* It has only moved, as in a window that becomes narrow, perhaps more than once. */
  if (parent == NULL)
    return;
  if (root != NULL && gtk_widget_get_realized (GTK_WIDGET (root)))
    return;

  /* An alert inside a window that is gone is gone as well, but for whoever still waits for its answer. */
  if (gtk_widget_get_realized (alert))
    close_alert (alert);
  else
    finish (g_object_get_data (G_OBJECT (alert), "task"), FALSE);
}

static gboolean
is_open_over (GtkWindow *window)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (window));

  for (guint i = 0; i < g_list_model_get_n_items (dialogs); i++)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

      if (ADW_IS_ALERT_DIALOG (dialog))
        return TRUE;
    }

  return FALSE;
}

/* Not at once: the widgets around it are being taken down one by one, or put up again elsewhere. */
static void
on_parent_unrealize (GtkWidget *alert, GtkWidget *parent)
{
  g_object_set_data_full (G_OBJECT (alert), "parent", g_object_ref (parent), g_object_unref);
  g_idle_add_once (close_later, g_object_ref (alert));
}

#else

/* Pixels. */
#define USUAL_WIDTH 300
#define PARENT_EDGE 30

/* Large letters on a small screen: the answers stay in view. @handle has a box with the words, a line and the answers. */
static void
let_words_scroll (GtkWidget *handle)
{
  GtkWidget *box = gtk_window_handle_get_child (GTK_WINDOW_HANDLE (handle));
  g_autoptr (GtkWidget) words = g_object_ref (gtk_widget_get_first_child (box));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_remove (GTK_BOX (box), words);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_layout_manager (scroller, hk_fit_layout_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), words);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_prepend (GTK_BOX (box), scroller);
  gtk_widget_set_layout_manager (gtk_widget_get_last_child (box), hk_squeezer_layout_new ());
}

static GtkWidget *
make_alert (const char *heading,
            const char *body,
            const char *cancel_label,
            const char *action_label,
            gboolean destructive)
{
  AdwMessageDialog *alert = ADW_MESSAGE_DIALOG (adw_message_dialog_new (NULL, heading, body));

  adw_message_dialog_add_responses (alert, RESPONSE_CANCEL, cancel_label, RESPONSE_ACTION, action_label, NULL);
  adw_message_dialog_set_close_response (alert, RESPONSE_CANCEL);
  adw_message_dialog_set_default_response (alert, destructive ? RESPONSE_CANCEL : RESPONSE_ACTION);
  adw_message_dialog_set_response_appearance (alert, RESPONSE_ACTION,
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  let_words_scroll (gtk_window_get_child (GTK_WINDOW (alert)));

  return GTK_WIDGET (alert);
}

/* As wide as for so many of the letters as are usual, as newer ones are by themselves, if @parent leaves an edge around it. */
static void
widen (GtkWidget *alert, GtkWidget *parent)
{
  const int room = gtk_widget_get_width (parent) - 2 * PARENT_EDGE;
  int dpi;

  g_object_get (gtk_widget_get_settings (alert), "gtk-xft-dpi", &dpi, NULL);
  if (dpi > 0)
    gtk_widget_set_size_request (alert, MAX (MIN (USUAL_WIDTH * dpi / (96 * 1024), room), -1), -1);
}

static void
present_alert (GtkWidget *alert, GtkWidget *parent)
{
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  if (GTK_IS_WINDOW (root))
    {
      widen (alert, GTK_WIDGET (root));
      gtk_window_set_transient_for (GTK_WINDOW (alert), GTK_WINDOW (root));
      hk_narrow_follow (alert, GTK_WIDGET (root));
      /* It goes with @parent's “unrealize”. Set, GTK (4.8) would not forget a parent that goes while the closed
       * alert is still handling the click that closed it, and use it when it is gone. */
      gtk_window_set_destroy_with_parent (GTK_WINDOW (alert), FALSE);
    }
  gtk_window_present (GTK_WINDOW (alert));
}

static void
close_alert (GtkWidget *alert)
{
  /* The click on its button still holds the alert, which would look for its parent again when that is gone. */
  gtk_window_set_transient_for (GTK_WINDOW (alert), NULL);
  gtk_window_destroy (GTK_WINDOW (alert));
}

static void
on_parent_unrealize (GtkWidget *alert, GtkWidget *parent)
{
  close_alert (alert);
}

static gboolean
is_open_over (GtkWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *l = toplevels; l != NULL; l = l->next)
    {
      GtkWindow *parent = ADW_IS_MESSAGE_DIALOG (l->data) ? gtk_window_get_transient_for (l->data) : NULL;

      /* It may be that of a dialog; and one that was answered may still be held by the click on its button. */
      if (parent != NULL && gtk_widget_get_visible (l->data)
          && (parent == window || gtk_window_get_transient_for (parent) == window))
        return TRUE;
    }

  return FALSE;
}

#endif

G_GNUC_END_IGNORE_DEPRECATIONS

/**
 * hk_alert_choose_async:
 * @parent: (nullable): a widget of the window that the alert belongs to
 * @heading: the question, plain text
 * @body: what happens, plain text
 * @cancel_label: the label of the answer that changes nothing
 * @action_label: the label of the answer that does something
 * @destructive: whether the action takes something away; then it is coloured so, and Return does not choose it
 * @cancellable: (nullable): closes the alert, as if it was cancelled
 *
 * Asks a question over the window of @parent; it is not answered when @parent goes away. The callback gets no source
 * object.
 */
void
hk_alert_choose_async (GtkWidget *parent,
                       const char *heading,
                       const char *body,
                       const char *cancel_label,
                       const char *action_label,
                       gboolean destructive,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkWidget *alert;

  g_return_if_fail (parent == NULL || GTK_IS_WIDGET (parent));
  g_return_if_fail (heading != NULL && body != NULL && cancel_label != NULL && action_label != NULL);

  /* Not for @parent: an alert must not keep alive what it goes with. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_alert_choose_async);
  g_task_set_check_cancellable (task, FALSE);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  alert = make_alert (heading, body, cancel_label, action_label, destructive);
  g_object_set_data_full (G_OBJECT (alert), "task", g_object_ref (task), g_object_unref);
  g_signal_connect (alert, "response", G_CALLBACK (on_response), task);
  g_signal_connect (alert, "destroy", G_CALLBACK (on_destroy), task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (close_alert), alert, G_CONNECT_SWAPPED);

  /* Whoever asks may hold a reference to the window, and keep it from being destroyed. */
  if (parent != NULL)
    g_signal_connect_object (parent, "unrealize", G_CALLBACK (on_parent_unrealize), alert, G_CONNECT_SWAPPED);

  present_alert (alert, parent);
}

/**
 * hk_alert_choose_finish:
 * @result: what the callback got
 *
 * Returns: whether the action was chosen; %FALSE for every other way to end the alert
 */
gboolean
hk_alert_choose_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_alert_choose_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * hk_alert_is_open:
 * @window: an #AdwApplicationWindow
 *
 * Returns: whether a question is open over @window, or over a dialog over it
 */
gboolean
hk_alert_is_open (GtkWindow *window)
{
  g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), FALSE);

  return is_open_over (window);
}
