/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What libraries allocate while they are loaded is not ours to free: GLib, for one, forgets its first table of quarks
 * when it needs a larger one, as somebody could still be reading it. This is linked to the application only where leaks
 * are looked for, and only for the tests. */

#include <sanitizer/lsan_interface.h>

static void
before_libraries (int argc, char **argv, char **environment)
{
  __lsan_disable ();
}

static void __attribute__ ((constructor))
after_libraries (void)
{
  __lsan_enable ();
}

/* The loader calls what stands in this section before the constructors of any library. */
__attribute__ ((section (".preinit_array"), used)) static void (*const preinit) (int, char **, char **) = before_libraries;
