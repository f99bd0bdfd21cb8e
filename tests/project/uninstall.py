# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into a folder of its own, and asks that what uninstalling leaves there is nothing.

usage: uninstall.py SOURCE_ROOT BUILD_ROOT
"""

import os
import shutil
import subprocess
import sys
import tempfile

from tap import check, finish

SOURCE, BUILD = map(os.path.abspath, sys.argv[1:])
# What uninstalling goes by; after the test it has to say again what the user has installed.
LOG = os.path.join(BUILD, "meson-logs", "install-log.txt")

# One of each kind, or the emptiness afterwards would prove nothing.
EXPECTED = ("/bin/housekeys", ".desktop", ".gschema.xml", ".metainfo.xml", ".service", ".svg", "/de/LC_MESSAGES/housekeys.mo")


# What installing makes of the files of all applications together, where it does not go into a folder of its own.
CACHES = {"glib-2.0/schemas": "gschemas.compiled", "applications": "mimeinfo.cache", "icons/hicolor": "icon-theme.cache"}
OTHER_SCHEMA = "<schemalist><schema id='org.example.Other' path='/org/example/Other/'/></schemalist>"


def run(*command, **options):
    return subprocess.run(command, cwd=BUILD, capture_output=True, text=True, timeout=60, **{"check": True, **options})


def listing(folder):
    return sorted(os.path.join(place, name) for place, folders, names in os.walk(folder) for name in folders + names)


def install(folder):
    """Returns where data are."""
    run("meson", "install", "--no-rebuild", "--destdir", folder)
    data = next(os.path.dirname(path) for path in listing(folder) if path.endswith("/glib-2.0"))
    for place, cache in CACHES.items():
        write(os.path.join(data, place, cache), "")
    return data


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    kept = None
    if os.path.exists(LOG):
        with open(LOG, encoding="utf-8") as file:
            kept = file.read()
    folder = tempfile.mkdtemp(prefix="housekeys-install-")
    powerless = os.path.join(folder, "ninja")
    uninstall = os.path.join(SOURCE, "build-aux", "uninstall"), BUILD
    try:
        install(folder)
        installed = listing(folder)
        check("installing puts everything into the folder that was asked for",
              [ending for ending in EXPECTED if not any(path.endswith(ending) for path in installed)])
        run(*uninstall)
        check("uninstalling leaves nothing", listing(folder))

        schemas = os.path.join(install(folder), "glib-2.0/schemas")
        write(os.path.join(schemas, "org.example.Other.gschema.xml"), OTHER_SCHEMA)
        run(*uninstall)
        with open(os.path.join(schemas, "gschemas.compiled"), "rb") as file:
            compiled = file.read()
        check("what is of other applications stays, and nothing of this one is among it",
              [] if b"org.example.Other" in compiled and b"housekeys" not in compiled.lower() and len(os.listdir(schemas)) == 2
              else listing(folder))

        install(folder)
        write(powerless, "#!/bin/sh\n")
        os.chmod(powerless, 0o755)
        done = run(*uninstall, check=False, env={**os.environ, "PATH": folder + os.pathsep + os.environ["PATH"]})
        check("what cannot be removed is said", [] if done.returncode and " cannot be removed" in done.stderr else [str(done)])
    finally:
        shutil.rmtree(folder)
        if kept is None:
            os.unlink(LOG)
        else:
            write(LOG, kept)
    finish()


main()
