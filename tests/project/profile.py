# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets up a build with -Dprofile=development, and asks that it gets along with a release beside it.

usage: profile.py SOURCE_ROOT
"""

import json
import os
import subprocess
import sys
import tempfile

from tap import check, finish, read

ROOT = os.path.abspath(sys.argv[1])
RELEASE = "io.github.housekeys.Housekeys"
DEVEL = RELEASE + ".Devel"
# What is installed under the id of the application, and what of it the desktop reads.
NAMED = ("applications/{}.desktop", "glib-2.0/schemas/{}.gschema.xml", "metainfo/{}.metainfo.xml", "dbus-1/services/{}.service",
         "gnome-shell/search-providers/{}.search-provider.ini", "icons/hicolor/48x48/apps/{}.png",
         "icons/hicolor/scalable/apps/{}.svg", "icons/hicolor/symbolic/apps/{}-symbolic.svg")
SAYING = {
    f"{DEVEL}.gschema.xml": f'<schema id="{DEVEL}" path="/{DEVEL.replace(".", "/")}/">',
    f"{DEVEL}.service": f"Name={DEVEL}\nExec=/usr/local/bin/housekeys-devel ",
    f"{DEVEL}.search-provider.ini": f"BusName={DEVEL}\n",
    f"{RELEASE}.desktop.in": f"Icon={DEVEL}\n",
    f"{RELEASE}.metainfo.xml.in": f"<id>{DEVEL}</id>",
}


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=True).stdout


def set_up(profile, folder):
    run("meson", "setup", "-Dtests=false", f"-Dprofile={profile}", folder)
    return set(json.loads(run("meson", "introspect", "--installed", folder)).values())


def main():
    with tempfile.TemporaryDirectory(prefix="housekeys-profile-") as parent:
        folder = os.path.join(parent, "development")
        installed = set_up("development", folder)
        check("no file of it is one of the release", sorted(installed & set_up("default", os.path.join(parent, "release"))))
        check("it is installed under an id and an icon of its own", [
            name for name in NAMED if not any(path.endswith(name.format(DEVEL)) for path in installed)
            or any(path.endswith(name.format(RELEASE)) for path in installed)])
        check("the desktop finds it under that id", [
            f"{file} does not say {text}" for file, text in SAYING.items()
            if text not in read(folder, os.path.join("data", file))])
        commands = json.loads(read(folder, "compile_commands.json"))
        check("the program has that id", [] if any(
            f'HK_APPLICATION_ID="{DEVEL}"' in command["command"].replace("\\", "") for command in commands) else ["it has not"])
    finish()


main()
