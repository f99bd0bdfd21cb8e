/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * FakeTrouble:
 * @FAKE_TROUBLE_NONE: it works
 * @FAKE_TROUBLE_DENIED: the bus, or the service, does not allow it
 * @FAKE_TROUBLE_LOCKED: it says that something is locked
 * @FAKE_TROUBLE_NO_OBJECT: what it is asked about is gone
 * @FAKE_TROUBLE_DISMISSED: it asks the user, who does not answer its question
 * @FAKE_TROUBLE_VANISHES: it leaves the bus in the middle of the call
 * @FAKE_TROUBLE_SILENT: it never answers
 */
typedef enum
{
  FAKE_TROUBLE_NONE,
  FAKE_TROUBLE_DENIED,
  FAKE_TROUBLE_LOCKED,
  FAKE_TROUBLE_NO_OBJECT,
  FAKE_TROUBLE_DISMISSED,
  FAKE_TROUBLE_VANISHES,
  FAKE_TROUBLE_SILENT,
} FakeTrouble;

/* A keyring with one collection and one secret in it at most, on the session bus, in the main context of the test. */
typedef struct _FakeSecrets FakeSecrets;

FakeSecrets *fake_secrets_new (void);
void fake_secrets_free (FakeSecrets *self);
void fake_secrets_return (FakeSecrets *self);
void fake_secrets_set_trouble (FakeSecrets *self, const char *method, FakeTrouble trouble);
const char *fake_secrets_get_secret (FakeSecrets *self);
gboolean fake_secrets_has_met_trouble (FakeSecrets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeSecrets, fake_secrets_free)

G_END_DECLS
