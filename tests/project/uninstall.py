# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into a folder of its own, and asks that what uninstalling leaves there is nothing.

usage: uninstall.py BUILD_ROOT
"""

import os
import shutil
import subprocess
import sys
import tempfile

from tap import check, finish

BUILD = os.path.abspath(sys.argv[1])
# What uninstalling goes by; after the test it has to say again what the user has installed.
LOG = os.path.join(BUILD, "meson-logs", "install-log.txt")

# One of each kind, or the emptiness afterwards would prove nothing.
EXPECTED = ("/bin/housekeys", ".desktop", ".gschema.xml", ".metainfo.xml", ".service", ".svg", "/de/LC_MESSAGES/housekeys.mo")


def run(*command):
    return subprocess.run(command, cwd=BUILD, capture_output=True, text=True, timeout=60, check=True)


def listing(folder):
    return sorted(os.path.join(place, name) for place, folders, names in os.walk(folder) for name in folders + names)


def main():
    kept = None
    if os.path.exists(LOG):
        with open(LOG, encoding="utf-8") as file:
            kept = file.read()
    folder = tempfile.mkdtemp(prefix="housekeys-install-")
    try:
        run("meson", "install", "--no-rebuild", "--destdir", folder)
        installed = listing(folder)
        check("installing puts everything into the folder that was asked for",
              [ending for ending in EXPECTED if not any(path.endswith(ending) for path in installed)])
        run("meson", "--internal", "uninstall")
        check("uninstalling leaves nothing", listing(folder))
    finally:
        shutil.rmtree(folder)
        if kept is None:
            os.unlink(LOG)
        else:
            with open(LOG, "w", encoding="utf-8") as file:
                file.write(kept)
    finish()


main()
