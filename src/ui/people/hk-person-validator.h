/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HK_TYPE_PERSON_VALIDATOR (hk_person_validator_get_type ())

/*
 * Says what is wrong with the name and the e-mail address of a person while they are typed. A form binds its entries to
 * `name` and `email`, gives `name-error` and `email-error` (%NULL for nothing) to what shows them once the user could
 * have erred, and enables its save action by `valid`.
 */
G_DECLARE_FINAL_TYPE (HkPersonValidator, hk_person_validator, HK, PERSON_VALIDATOR, GObject)

HkPersonValidator *hk_person_validator_new (void);

void hk_person_validator_set_name (HkPersonValidator *self, const char *name);
void hk_person_validator_set_email (HkPersonValidator *self, const char *email);
const char *hk_person_validator_get_name_error (HkPersonValidator *self);
const char *hk_person_validator_get_email_error (HkPersonValidator *self);
gboolean hk_person_validator_get_valid (HkPersonValidator *self);
char *hk_person_validator_dup_name (HkPersonValidator *self);
char *hk_person_validator_dup_email (HkPersonValidator *self);

char *hk_person_validator_check_name (const char *name, guint max_bytes);
char *hk_person_validator_check_email (const char *email);

G_END_DECLS
