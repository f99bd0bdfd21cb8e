# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every language that Housekeys says to speak is spoken throughout.

usage: translations.py SOURCE_ROOT
"""

import os
import re
import subprocess
import sys
import tempfile

from tap import check, finish, read

ROOT = os.path.abspath(sys.argv[1])

# As the `glib` preset of meson's i18n module has them.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"})


def complaints(done):
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return (lines or ["it failed without a word"])[:20] if done.returncode else []


def count(po):
    return run("msgfmt", "--check", "--statistics", "-o", os.devnull, po).stderr.strip()


languages = [line for line in read(ROOT, "po/LINGUAS").split("\n") if re.match(r"\w", line)]
check("there is a language besides English", [] if languages else ["po/LINGUAS is empty"])

with tempfile.TemporaryDirectory() as folder:
    template = os.path.join(folder, "housekeys.pot")
    check("all texts can be gathered", complaints(run(
        "xgettext", "--files-from=po/POTFILES.in", "--from-code=UTF-8", f"--output={template}",
        *(f"--keyword={keyword}" for keyword in KEYWORDS))))
    for language in languages:
        po = f"po/{language}.po"
        check(f"{po} is well-formed", complaints(run("msgfmt", "--check", "-o", os.devnull, po)))
        check(f"{po} has every text, and none that only resembles one",
              complaints(run("msgcmp", po, template)))
        print(f"#   {po}: {count(po)}")
finish()
