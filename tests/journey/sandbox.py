#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application in the sandbox of its Flatpak: it is installed from a bundle and started by the desktop. Then everything is
tried that the sandbox must forbid.

usage, on a display and session bus of its own (tests/ui/with-display), in a home that may be filled, with a
FLATPAK_USER_DIR whose exports are in XDG_DATA_DIRS:
  sandbox.py BUNDLE
"""

import os
import subprocess
import sys

from driver import Failure
from escapes import Escapes
from report import Report
from secrecy import Keyring

ID = "io.github.housekeys.Housekeys"
HOME, INSTALLATION = os.environ["HOME"], os.environ["FLATPAK_USER_DIR"]
EXPORTS = os.path.join(INSTALLATION, "exports")

# What the desktop finds of the application outside the sandbox, and what has to be in it.
EXPORTED = {
    f"applications/{ID}.desktop": "flatpak run",
    f"dbus-1/services/{ID}.service": "flatpak run",
    f"gnome-shell/search-providers/{ID}.search-provider.ini": f"BusName={ID}\n",
    f"icons/hicolor/scalable/apps/{ID}.svg": "<svg",
    f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg": "<svg",
    f"metainfo/{ID}.metainfo.xml": f"<id>{ID}</id>",
}
LANGUAGES = "de", "es", "fr", "it", "nl"


def run(*command):
    """What a command prints."""
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    if result.returncode:
        raise Failure(f"{' '.join(command)}: {result.stderr or result.stdout}")
    return result.stdout


def install(bundle):
    # The runtime is there, wherever it came from.
    run("flatpak", "install", "--user", "--noninteractive", "--no-deps", bundle)
    # The bus learns of the new file for it by itself, but not when.
    run("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
        "--method", "org.freedesktop.DBus.ReloadConfig")


def look_at_exports():
    for name, content in EXPORTED.items():
        with open(os.path.join(EXPORTS, "share", name), encoding="utf-8") as file:
            if content not in file.read():
                raise Failure(f"there is no “{content}” in {name}")
    for language in LANGUAGES:
        run("flatpak", "run", "--command=test", ID, "-s", f"/app/share/locale/{language}/LC_MESSAGES/housekeys.mo")


def installed_size():
    return next(line.split(":")[1].strip() for line in run("flatpak", "info", "--user", ID).splitlines()
                if line.strip().startswith("Installed:"))


def search_from_the_desktop():
    """The search provider answers, for which the bus has to start the application."""
    answer = run("gdbus", "call", "--session", "--dest", ID, "--object-path", f"/{ID.replace('.', '/')}/SearchProvider",
                 "--method", "org.gnome.Shell.SearchProvider2.GetInitialResultSet", "['door']")
    if answer.strip() != "(@as [],)":
        raise Failure(f"without an account, a search finds {answer}")
    run("flatpak", "kill", ID)


def look_for_escapes():
    escapes = Escapes(ID, HOME)
    found = escapes.try_all()
    print(f"# sandbox escapes tried {len(escapes.attempts)}\n# sandbox escapes found {len(found)}")
    if found:
        raise Failure("\n".join(found))


def go(report, bundle):
    with report.step("The bundle is installed"):
        install(bundle)
        print(f"# installed size {installed_size()}")
    with report.step("The desktop finds its files under its name, and the languages are in it"):
        look_at_exports()
    with report.step("A search from the desktop starts the application"):
        search_from_the_desktop()
    with report.step("Nothing gets out of the sandbox"):
        look_for_escapes()


def main():
    report = Report(os.path.join(HOME, "pictures"), None)
    keyring = Keyring(HOME)
    try:
        go(report, *sys.argv[1:])
    finally:
        keyring.end()
        report.finish()


if __name__ == "__main__":
    main()
