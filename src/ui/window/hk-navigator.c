/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-navigator.h"

#include "keys/hk-key-page.h"
#include "keys/hk-keys-page.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"
#include "people/hk-person-page.h"

/*
 * The pages beside the sidebar. One of them is where the sidebar points at; from there the user opens others and comes
 * back. The pages of all keys and of all people are kept with their filter and place; the others are made when they are
 * opened, and go when they are left. A page whose subject is gone says so itself.
 */
struct _HkNavigator
{
  AdwBin parent_instance;

  HkAccount *account;      /* (owned) (nullable) */
  GPtrArray *trail;        /* (owned): HkStop, the base page first */
  gboolean show_infrastructure;
  GtkWidget *keys_page;    /* (unowned) (nullable): in @stack */
  GtkWidget *people_page;  /* (unowned) (nullable): in @stack */

  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (HkNavigator, hk_navigator, ADW_TYPE_BIN)

typedef struct
{
  GtkWidget *page;   /* (unowned): in the stack */
  GtkWidget *focus;  /* (unowned) (nullable): where the focus was when another page was opened; a weak pointer */
} HkStop;

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_VISIBLE_PAGE,
  PROP_SHOW_INFRASTRUCTURE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
free_stop (HkStop *stop)
{
  g_clear_weak_pointer (&stop->focus);
  g_free (stop);
}

static HkStop *
get_last_stop (HkNavigator *self)
{
  return self->trail->len > 0 ? g_ptr_array_index (self->trail, self->trail->len - 1) : NULL;
}

/* What a page of a single thing shows, or NULL. */
static GObject *
get_subject (GtkWidget *page)
{
  GObject *subject = NULL;

  if (HK_IS_KEY_PAGE (page))
    g_object_get (page, "key", &subject, NULL);
  else if (HK_IS_PERSON_PAGE (page))
    g_object_get (page, "person", &subject, NULL);
  else if (HK_IS_LOCK_PAGE (page))
    g_object_get (page, "lock", &subject, NULL);

  /* The page holds it. */
  if (subject != NULL)
    g_object_unref (subject);

  return subject;
}

static gboolean
contains (GListModel *model, gpointer item)
{
  guint position;

  return g_list_store_find (G_LIST_STORE (model), item, &position);
}

static gboolean
is_gone (HkNavigator *self, GtkWidget *page)
{
  GObject *subject = get_subject (page);

  if (HK_IS_KEY (subject))
    return !hk_account_has_key (self->account, HK_KEY (subject));
  if (NUKI_IS_USER (subject))
    return !contains (hk_account_get_people (self->account), subject);
  if (NUKI_IS_LOCK (subject))
    return !contains (hk_account_get_locks (self->account), subject);

  return FALSE;
}

static void
remember_focus (HkNavigator *self)
{
  HkStop *stop = get_last_stop (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (stop != NULL && focus != NULL && gtk_widget_is_ancestor (focus, stop->page))
    g_set_weak_pointer (&stop->focus, focus);
}

static void
restore_focus (HkNavigator *self)
{
  HkStop *stop = get_last_stop (self);

  if (stop->focus == NULL || !gtk_widget_get_mapped (stop->focus) || !gtk_widget_grab_focus (stop->focus))
    hk_navigator_focus_page (self);
}

static void
drop_page (HkNavigator *self, GtkWidget *page)
{
  if (page != self->keys_page && page != self->people_page)
    gtk_stack_remove (self->stack, page);
}

static void
add_stop (HkNavigator *self, GtkWidget *page)
{
  HkStop *stop = g_new0 (HkStop, 1);

  stop->page = page;
  g_ptr_array_add (self->trail, stop);
}

/* The stack would give the focus of the page that goes to the first control of the one that comes, and (GTK 4.8) keep the one that
 * goes alive. Whoever shows a page knows better where it belongs. */
static void
let_go_of_focus (HkNavigator *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)))
    gtk_root_set_focus (root, NULL);
}

static void
show_last_stop (HkNavigator *self)
{
  let_go_of_focus (self);
  gtk_stack_set_visible_child (self->stack, get_last_stop (self)->page);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VISIBLE_PAGE]);
}

static void
forget_stops_from (HkNavigator *self, guint first)
{
  while (self->trail->len > first)
    {
      GtkWidget *page = get_last_stop (self)->page;

      g_ptr_array_set_size (self->trail, (int) self->trail->len - 1);
      drop_page (self, page);
    }
}

/* Once the new page is visible, so that the stack has two pages to fade between. */
static void
start_at (HkNavigator *self, GtkWidget *page)
{
  g_autoptr (GPtrArray) left = g_steal_pointer (&self->trail);

  self->trail = g_ptr_array_new_with_free_func ((GDestroyNotify) free_stop);
  add_stop (self, page);
  show_last_stop (self);

  for (guint i = 0; i < left->len; i++)
    {
      HkStop *stop = g_ptr_array_index (left, i);

      if (stop->page != page)
        drop_page (self, stop->page);
    }
}

static gboolean
return_to (HkNavigator *self, gpointer subject)
{
  for (guint i = 0; i < self->trail->len; i++)
    {
      HkStop *stop = g_ptr_array_index (self->trail, i);

      if (get_subject (stop->page) == subject)
        {
          forget_stops_from (self, i + 1);
          show_last_stop (self);
          restore_focus (self);
          return TRUE;
        }
    }

  return FALSE;
}

static void
connect_page (HkNavigator *self, GtkWidget *page)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } openers[] = {
    { "open-key", G_CALLBACK (hk_navigator_open_key) },
    { "open-person", G_CALLBACK (hk_navigator_open_person) },
    { "open-lock", G_CALLBACK (hk_navigator_open_lock) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    if (g_signal_lookup (openers[i].signal, G_OBJECT_TYPE (page)) != 0)
      g_signal_connect_swapped (page, openers[i].signal, openers[i].callback, self);
}

static GtkWidget *
take_page (HkNavigator *self, GtkWidget *page)
{
  gtk_stack_add_child (self->stack, page);
  connect_page (self, page);
  if (HK_IS_KEYS_PAGE (page) || HK_IS_LOCK_PAGE (page))
    g_object_bind_property (self, "show-infrastructure", page, "show-infrastructure", G_BINDING_SYNC_CREATE);

  return page;
}

static void
push (HkNavigator *self, GtkWidget *page)
{
  remember_focus (self);
  add_stop (self, take_page (self, page));
  show_last_stop (self);
  hk_navigator_focus_page (self);
}

static void
set_account (HkNavigator *self, HkAccount *account)
{
  self->account = g_object_ref (account);
  self->keys_page = take_page (self, GTK_WIDGET (hk_keys_page_new (account)));
  start_at (self, self->keys_page);
}

static void
hk_navigator_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkNavigator *self = HK_NAVIGATOR (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, hk_navigator_get_visible_page (self));
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      g_value_set_boolean (value, self->show_infrastructure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_navigator_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkNavigator *self = HK_NAVIGATOR (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_return_if_fail (self->account == NULL);
      set_account (self, g_value_get_object (value));
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      self->show_infrastructure = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_navigator_dispose (GObject *object)
{
  HkNavigator *self = HK_NAVIGATOR (object);

  g_ptr_array_set_size (self->trail, 0);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_navigator_parent_class)->dispose (object);
}

static void
hk_navigator_finalize (GObject *object)
{
  HkNavigator *self = HK_NAVIGATOR (object);

  g_clear_pointer (&self->trail, g_ptr_array_unref);

  G_OBJECT_CLASS (hk_navigator_parent_class)->finalize (object);
}

static void
hk_navigator_class_init (HkNavigatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hk_navigator_get_property;
  object_class->set_property = hk_navigator_set_property;
  object_class->dispose = hk_navigator_dispose;
  object_class->finalize = hk_navigator_finalize;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_VISIBLE_PAGE] = g_param_spec_object ("visible-page", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* Whether bridges, keypads and the like are listed among the keys. */
  props[PROP_SHOW_INFRASTRUCTURE] = g_param_spec_boolean ("show-infrastructure", NULL, NULL, FALSE,
                                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_navigator_init (HkNavigator *self)
{
  self->trail = g_ptr_array_new_with_free_func ((GDestroyNotify) free_stop);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  /* A page that is not seen must not make the window wider than the one that is. */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * hk_navigator_show_page:
 * @page: "keys" or "people"
 *
 * Leaves what was opened and shows all keys or all people.
 */
void
hk_navigator_show_page (HkNavigator *self, const char *page)
{
  g_return_if_fail (HK_IS_NAVIGATOR (self));

  if (g_strcmp0 (page, "people") != 0)
    {
      start_at (self, self->keys_page);
      return;
    }

  /* A list makes its rows even if nobody looks at it. */
  if (self->people_page == NULL)
    self->people_page = take_page (self, GTK_WIDGET (hk_people_page_new (self->account)));
  start_at (self, self->people_page);
}

/**
 * hk_navigator_show_lock:
 * @lock: a lock of the account
 *
 * Leaves what was opened and shows a lock, as the sidebar asks for.
 */
void
hk_navigator_show_lock (HkNavigator *self, NukiLock *lock)
{
  HkStop *base;

  g_return_if_fail (HK_IS_NAVIGATOR (self) && NUKI_IS_LOCK (lock));

  base = g_ptr_array_index (self->trail, 0);
  if (get_subject (base->page) == G_OBJECT (lock))
    start_at (self, base->page);
  else
    start_at (self, take_page (self, GTK_WIDGET (hk_lock_page_new (self->account, lock))));
}

/**
 * hk_navigator_open_key:
 * @key: a key of the account
 *
 * Shows a key, with a way back.
 */
void
hk_navigator_open_key (HkNavigator *self, HkKey *key)
{
  g_return_if_fail (HK_IS_NAVIGATOR (self) && HK_IS_KEY (key));

  if (!return_to (self, key))
    push (self, GTK_WIDGET (hk_key_page_new (self->account, key)));
}

/**
 * hk_navigator_open_person:
 * @person: a person of the account
 *
 * Shows a person, with a way back.
 */
void
hk_navigator_open_person (HkNavigator *self, NukiUser *person)
{
  g_return_if_fail (HK_IS_NAVIGATOR (self) && NUKI_IS_USER (person));

  if (!return_to (self, person))
    push (self, GTK_WIDGET (hk_person_page_new (self->account, person)));
}

/**
 * hk_navigator_open_lock:
 * @lock: a lock of the account
 *
 * Shows a lock, with a way back.
 */
void
hk_navigator_open_lock (HkNavigator *self, NukiLock *lock)
{
  g_return_if_fail (HK_IS_NAVIGATOR (self) && NUKI_IS_LOCK (lock));

  if (!return_to (self, lock))
    push (self, GTK_WIDGET (hk_lock_page_new (self->account, lock)));
}

/**
 * hk_navigator_get_can_go_back:
 *
 * Returns: whether a page was opened from another
 */
gboolean
hk_navigator_get_can_go_back (HkNavigator *self)
{
  g_return_val_if_fail (HK_IS_NAVIGATOR (self), FALSE);

  return self->trail->len > 1;
}

/**
 * hk_navigator_go_back:
 *
 * Leaves the visible page for the one from which it was opened, passing over what is gone from the account meanwhile;
 * the focus returns to where it was.
 */
void
hk_navigator_go_back (HkNavigator *self)
{
  g_return_if_fail (HK_IS_NAVIGATOR (self));

  if (self->trail->len < 2)
    return;

  do
    forget_stops_from (self, self->trail->len - 1);
  while (self->trail->len > 1 && is_gone (self, get_last_stop (self)->page));
  show_last_stop (self);
  restore_focus (self);
}

/**
 * hk_navigator_focus_page:
 *
 * Gives the focus to what the visible page is about.
 */
void
hk_navigator_focus_page (HkNavigator *self)
{
  GtkWidget *page;

  g_return_if_fail (HK_IS_NAVIGATOR (self));

  page = get_last_stop (self)->page;
  if (!gtk_widget_grab_focus (page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/**
 * hk_navigator_get_base_page:
 *
 * Returns: (transfer none) (nullable): the page that the sidebar points at
 */
GtkWidget *
hk_navigator_get_base_page (HkNavigator *self)
{
  g_return_val_if_fail (HK_IS_NAVIGATOR (self), NULL);

  return self->trail->len > 0 ? ((HkStop *) g_ptr_array_index (self->trail, 0))->page : NULL;
}

/**
 * hk_navigator_get_visible_page:
 *
 * Returns: (transfer none) (nullable): the page that is shown
 */
GtkWidget *
hk_navigator_get_visible_page (HkNavigator *self)
{
  g_return_val_if_fail (HK_IS_NAVIGATOR (self), NULL);

  return self->trail->len > 0 ? get_last_stop (self)->page : NULL;
}
