# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that translators get to see every text: po/POTFILES.in lists each file that has one.

usage: potfiles.py SOURCE_ROOT
"""

import os
import re
import sys

from tap import check, finish, read, source_files

ROOT = os.path.abspath(sys.argv[1])
CALL = re.compile(r"\b(_|N_|C_|NC_|Q_|gettext|ngettext|g_dngettext|g_dpgettext2) \(\s*\"")

# Comments speak about these calls too.
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def files_with_text():
    for path in source_files(ROOT, "src", endings=".c"):
        if CALL.search(COMMENT.sub("", read(ROOT, path))):
            yield path
    for path in source_files(ROOT, "src", endings=".ui"):
        if 'translatable="yes"' in read(ROOT, path):
            yield path
    yield from source_files(ROOT, "data", endings=(".desktop.in", ".gschema.xml.in", ".metainfo.xml.in"))


listed = [line for line in read(ROOT, "po/POTFILES.in").splitlines() if line and not line.startswith("#")]
wanted = set(files_with_text())
check("every file with text for users is listed", sorted(wanted - set(listed)))
check("every listed file has text for users", sorted(set(listed) - wanted))
check("the list is in order and names nothing twice",
      [] if listed == sorted(set(listed)) else ["sort it"])
finish()
