/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-dialog.h"

#include <glib/gi18n-lib.h>

#include "hk-alert.h"
#include "hk-name-lists.h"
#include "hk-narrow.h"
#include "hk-wrap.h"

typedef struct
{
  GtkWidget *body;            /* (unowned): the child */
  int body_width;             /* pixels */
  int body_height;            /* pixels */
  gboolean dirty;
  gboolean asking;            /* while the user is asked whether to discard */
  gboolean given_up;          /* may be lost, if all others may be, too */
  GtkWindow *held;            /* (owned) (nullable): the window of which an action has to wait until then */
  const char *resume;         /* that action */
} HkDialogPrivate;

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HkDialog, hk_dialog, HK_DIALOG_PARENT_TYPE)
G_GNUC_END_IGNORE_DEPRECATIONS

enum
{
  PROP_0,
  PROP_BODY,
  PROP_BODY_WIDTH,
  PROP_BODY_HEIGHT,
  PROP_DIRTY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void ask_to_discard (HkDialog *self);

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#if ADW_CHECK_VERSION (1, 5, 0)

static void
attach_body (HkDialog *self, GtkWidget *body)
{
  adw_dialog_set_child (ADW_DIALOG (self), body);
}

static void
detach_body (HkDialog *self)
{
  /* GTK (4.18) forgets to let go of the sheet of a dialog that opens under the pointer, and with it of what is inside. */
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
}

static void
apply_size (HkDialog *self)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  adw_dialog_set_content_width (ADW_DIALOG (self), priv->body_width);
  adw_dialog_set_content_height (ADW_DIALOG (self), priv->body_height);
  adw_dialog_set_follows_content_size (ADW_DIALOG (self), priv->body_height < 0);
}

static void
apply_dirty (HkDialog *self)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  adw_dialog_set_can_close (ADW_DIALOG (self), !priv->dirty);
}

static void
hk_dialog_close_attempt (AdwDialog *dialog)
{
  ask_to_discard (HK_DIALOG (dialog));
}

static void
init_parent_class (HkDialogClass *klass)
{
  ADW_DIALOG_CLASS (klass)->close_attempt = hk_dialog_close_attempt;
}

static void
init_parent (HkDialog *self)
{
  apply_size (self);
}

static void
present_over (HkDialog *self, GtkWidget *parent)
{
  adw_dialog_present (ADW_DIALOG (self), parent);
}

static void
set_focus (HkDialog *self, GtkWidget *widget)
{
  adw_dialog_set_focus (ADW_DIALOG (self), widget);
}

/* Returns: (transfer container) (element-type HkDialog): the newest first */
static GPtrArray *
list_dialogs (GtkWindow *window)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (window));
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      if (HK_IS_DIALOG (dialog))
        g_ptr_array_add (list, dialog);
    }

  return list;
}

/* libadwaita closes what is open over a window before the window. */
static void
close_dialogs (GtkWindow *window)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (window));

  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      adw_dialog_force_close (dialog);
    }
}

static void
close_or_ask (HkDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
close_now (HkDialog *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

#else

static void
attach_body (HkDialog *self, GtkWidget *body)
{
  adw_window_set_content (ADW_WINDOW (self), body);
}

static void
detach_body (HkDialog *self)
{
}

static void
apply_size (HkDialog *self)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  gtk_window_set_default_size (GTK_WINDOW (self), priv->body_width, priv->body_height);
}

static void
apply_dirty (HkDialog *self)
{
}

static gboolean
hk_dialog_close_request (GtkWindow *window)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (HK_DIALOG (window));

  if (priv->dirty)
    {
      ask_to_discard (HK_DIALOG (window));
      return GDK_EVENT_STOP;
    }

  return GTK_WINDOW_CLASS (hk_dialog_parent_class)->close_request (window);
}

static void
init_parent_class (HkDialogClass *klass)
{
  GTK_WINDOW_CLASS (klass)->close_request = hk_dialog_close_request;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
init_parent (HkDialog *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

static void
present_over (HkDialog *self, GtkWidget *parent)
{
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      hk_narrow_follow (GTK_WIDGET (self), GTK_WIDGET (root));
      /* Not “destroy”: that comes late when something holds a reference to the window. */
      g_signal_connect_object (root, "unrealize", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self));
}

static void
set_focus (HkDialog *self, GtkWidget *widget)
{
  gtk_widget_grab_focus (widget);
}

/* Returns: (transfer container) (element-type HkDialog) */
static GPtrArray *
list_dialogs (GtkWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();
  GPtrArray *list = g_ptr_array_new ();

  for (GList *l = toplevels; l != NULL; l = l->next)
    if (HK_IS_DIALOG (l->data) && gtk_window_get_transient_for (l->data) == window)
      g_ptr_array_add (list, l->data);

  return list;
}

static void
close_dialogs (GtkWindow *window)
{
}

static void
close_or_ask (HkDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
close_now (HkDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

#endif

G_GNUC_END_IGNORE_DEPRECATIONS

/* Returns: (nullable): what has something to lose that nobody has given up yet */
static HkDialog *
find_dirty (GtkWindow *window)
{
  g_autoptr (GPtrArray) dialogs = list_dialogs (window);

  for (guint i = 0; i < dialogs->len; i++)
    {
      HkDialogPrivate *priv = hk_dialog_get_instance_private (g_ptr_array_index (dialogs, i));

      if (priv->dirty && !priv->given_up)
        return g_ptr_array_index (dialogs, i);
    }

  return NULL;
}

/* One is kept, so that nothing ends, and none is lost. */
static void
keep_all (void)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *l = toplevels; l != NULL; l = l->next)
    {
      g_autoptr (GPtrArray) dialogs = ADW_IS_APPLICATION_WINDOW (l->data) ? list_dialogs (l->data) : NULL;

      for (guint i = 0; dialogs != NULL && i < dialogs->len; i++)
        {
          HkDialogPrivate *priv = hk_dialog_get_instance_private (g_ptr_array_index (dialogs, i));

          priv->given_up = FALSE;
        }
    }
}

static void
on_discard_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDialog) self = HK_DIALOG (user_data);
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);
  g_autoptr (GtkWindow) held = g_steal_pointer (&priv->held);

  priv->asking = FALSE;
  if (!hk_alert_choose_finish (result))
    {
      keep_all ();
      return;
    }
  if (held != NULL)
    {
      priv->given_up = TRUE;
      gtk_widget_activate_action (GTK_WIDGET (held), priv->resume, NULL);
      return;
    }

  /* It may take its time to go, and must not ask meanwhile. */
  hk_dialog_set_dirty (self, FALSE);
  close_now (self);
}

static void
ask_to_discard (HkDialog *self)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  if (priv->asking)
    return;

  priv->asking = TRUE;
  hk_alert_choose_async (GTK_WIDGET (self),
                         _ ("Discard What You Entered?"),
                         _ ("It has not been sent, and will be lost."),
                         _ ("Keep Editing"),
                         _ ("Discard"),
                         TRUE,
                         NULL,
                         on_discard_answer,
                         g_object_ref (self));
}

static void
hk_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (HK_DIALOG (object));

  switch (prop_id)
    {
    case PROP_BODY:
      g_value_set_object (value, priv->body);
      break;
    case PROP_BODY_WIDTH:
      g_value_set_int (value, priv->body_width);
      break;
    case PROP_BODY_HEIGHT:
      g_value_set_int (value, priv->body_height);
      break;
    case PROP_DIRTY:
      g_value_set_boolean (value, priv->dirty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_dialog_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkDialog *self = HK_DIALOG (object);
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_BODY:
      priv->body = g_value_get_object (value);
      attach_body (self, priv->body);
      break;
    case PROP_BODY_WIDTH:
      priv->body_width = g_value_get_int (value);
      apply_size (self);
      break;
    case PROP_BODY_HEIGHT:
      priv->body_height = g_value_get_int (value);
      apply_size (self);
      break;
    case PROP_DIRTY:
      hk_dialog_set_dirty (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_dialog_dispose (GObject *object)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (HK_DIALOG (object));

  if (g_steal_pointer (&priv->body) != NULL)
    detach_body (HK_DIALOG (object));

  G_OBJECT_CLASS (hk_dialog_parent_class)->dispose (object);
}

static gboolean
on_submit (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (HK_DIALOG_GET_CLASS (widget)->submit == NULL)
    return GDK_EVENT_PROPAGATE;

  hk_dialog_submit (HK_DIALOG (widget));

  return GDK_EVENT_STOP;
}

static void
hk_dialog_class_init (HkDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_dialog_get_property;
  object_class->set_property = hk_dialog_set_property;
  object_class->dispose = hk_dialog_dispose;

  props[PROP_BODY] = g_param_spec_object ("body", NULL, NULL, GTK_TYPE_WIDGET,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BODY_WIDTH] = g_param_spec_int ("body-width", NULL, NULL, -1, G_MAXINT, -1,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BODY_HEIGHT] = g_param_spec_int ("body-height", NULL, NULL, -1, G_MAXINT, -1,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, on_submit, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_submit, NULL);
  init_parent_class (klass);
}

static void
hk_dialog_init (HkDialog *self)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  priv->body_width = -1;
  priv->body_height = -1;
  init_parent (self);
}

/**
 * hk_dialog_present:
 * @self: a dialog that is not shown yet; it belongs to GTK from now on and goes when it is closed
 * @parent: (nullable): a widget of the window over which it is shown
 */
void
hk_dialog_present (HkDialog *self, GtkWidget *parent)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);
  g_autofree char *title = NULL;

  g_return_if_fail (HK_IS_DIALOG (self));

  g_object_get (self, "title", &title, NULL);
  hk_name_lists (priv->body, title != NULL ? title : "");
  hk_wrap_buttons (priv->body);
  present_over (self, parent);
}

/**
 * hk_dialog_set_focus:
 * @widget: a widget in @self
 *
 * Has @widget get the focus as soon as the dialog is on the screen, rather than what comes first in it.
 */
void
hk_dialog_set_focus (HkDialog *self, GtkWidget *widget)
{
  g_return_if_fail (HK_IS_DIALOG (self) && GTK_IS_WIDGET (widget));

  set_focus (self, widget);
}

/**
 * hk_dialog_submit:
 *
 * Does what the form is filled in for, or says what is wrong with it. To be used as a handler of signals, too.
 */
void
hk_dialog_submit (HkDialog *self)
{
  g_return_if_fail (HK_IS_DIALOG (self));
  g_return_if_fail (HK_DIALOG_GET_CLASS (self)->submit != NULL);

  HK_DIALOG_GET_CLASS (self)->submit (self);
}

/**
 * hk_dialog_close:
 *
 * Closes the dialog as Escape would: asks first while it is dirty.
 */
void
hk_dialog_close (HkDialog *self)
{
  g_return_if_fail (HK_IS_DIALOG (self));

  close_or_ask (self);
}

/**
 * hk_dialog_force_close:
 *
 * Closes the dialog without asking: what was entered has been sent, or was given up.
 */
void
hk_dialog_force_close (HkDialog *self)
{
  g_return_if_fail (HK_IS_DIALOG (self));

  close_now (self);
}

/**
 * hk_dialog_get_dirty:
 *
 * Returns: whether there is something to lose
 */
gboolean
hk_dialog_get_dirty (HkDialog *self)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  g_return_val_if_fail (HK_IS_DIALOG (self), FALSE);

  return priv->dirty;
}

/**
 * hk_dialog_set_dirty:
 * @dirty: whether there is something to lose
 */
void
hk_dialog_set_dirty (HkDialog *self, gboolean dirty)
{
  HkDialogPrivate *priv = hk_dialog_get_instance_private (self);

  g_return_if_fail (HK_IS_DIALOG (self));

  if (priv->dirty == dirty)
    return;

  priv->dirty = dirty;
  apply_dirty (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DIRTY]);
}

/**
 * hk_dialog_is_open:
 * @window: an #AdwApplicationWindow
 *
 * Returns: whether a dialog is open over @window
 */
gboolean
hk_dialog_is_open (GtkWindow *window)
{
  g_autoptr (GPtrArray) dialogs = NULL;

  g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), FALSE);

  dialogs = list_dialogs (window);

  return dialogs->len > 0;
}

/**
 * hk_dialog_find_dirty:
 * @window: an #AdwApplicationWindow
 *
 * Returns: (transfer none) (nullable): the dialog over @window that has something to lose
 */
HkDialog *
hk_dialog_find_dirty (GtkWindow *window)
{
  g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), NULL);

  return find_dirty (window);
}

/**
 * hk_dialog_holds_window:
 * @window: an #AdwApplicationWindow that is about to close
 * @action: (scope forever) (nullable): an action that a widget in @window can activate, such as `app.quit`
 *
 * Has a dialog over @window that has something to lose ask, unless a question is open already. If that may be discarded, @action
 * is activated, and has to come here once more: the dialog stays until its window is closed, in case another one is to be kept.
 * Without an action the dialog is closed and nothing follows, as when libadwaita (from 1.5 on) closes it instead of its window.
 *
 * Returns: whether @window has to stay until that is answered
 */
gboolean
hk_dialog_holds_window (GtkWindow *window, const char *action)
{
  HkDialog *dialog;
  HkDialogPrivate *priv;

  g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), FALSE);

  if (hk_alert_is_open (window))
    return TRUE;

  dialog = find_dirty (window);
  if (dialog == NULL)
    return FALSE;

  priv = hk_dialog_get_instance_private (dialog);
  g_set_object (&priv->held, (action != NULL ? window : NULL));
  priv->resume = action;
  hk_dialog_close (dialog);

  return TRUE;
}

/**
 * hk_dialog_close_window:
 * @window: an #AdwApplicationWindow
 *
 * Closes @window with whatever is open over it; see hk_dialog_holds_window() for what does not let it.
 */
void
hk_dialog_close_window (GtkWindow *window)
{
  g_return_if_fail (ADW_IS_APPLICATION_WINDOW (window));

  close_dialogs (window);
  gtk_window_close (window);
}
