/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What make-certificates makes. */
void certificates_make (void);
void certificates_remove (void);
GTlsCertificate *certificates_load (const char *name);
SoupSession *certificates_make_session (void);

G_END_DECLS
