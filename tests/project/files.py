# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the files that nothing compiles: icons, the list of resources, pictures, the manual page, the documentation and the
Flatpaks.

usage: files.py SOURCE_ROOT
"""

import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

from tap import check, finish, read, source_files

ROOT = os.path.abspath(sys.argv[1])
RESOURCES = "src/ui/housekeys.gresource.xml"
FLATPAKS = [f"flatpak/io.github.housekeys.Housekeys{profile}.json" for profile in ("", ".Devel")]
METAINFO = "data/io.github.housekeys.Housekeys.metainfo.xml.in"
DESKTOP_FILE = "data/io.github.housekeys.Housekeys.desktop.in"
APPLICATION = read(ROOT, "src/ui/hk-application.c")
OPTIONS = re.findall(r'^  \{ "([a-z-]+)", 0, 0, G_OPTION', APPLICATION, re.MULTILINE)


def faulty_icons():
    for path in source_files(ROOT, "data/icons", "src/ui/icons", endings=".svg"):
        try:
            icon = ET.fromstring(read(ROOT, path))
        except ET.ParseError as error:
            yield f"{path}: {error}"
            continue
        edge = 16 if path.endswith("-symbolic.svg") else 128
        if {icon.get("width"), icon.get("height")} != {str(edge)}:
            yield f"{path} is not {edge} pixels wide and high"


def forgotten_resources():
    listed = {os.path.join("src/ui", file.text) for file in ET.fromstring(read(ROOT, RESOURCES)).iter("file")}
    return [path for path in source_files(ROOT, "src/ui", endings=(".ui", ".css", ".svg")) if path not in listed]


def wrong_pictures():
    """The width and height of a PNG file are in its first bytes."""
    for image in ET.fromstring(read(ROOT, METAINFO)).iter("image"):
        path = os.path.join("docs/screenshots", os.path.basename(image.text))
        if not os.path.exists(os.path.join(ROOT, path)):
            yield f"{path} is not there: run build-aux/screenshots"
            continue
        with open(os.path.join(ROOT, path), "rb") as file:
            size = struct.unpack(">II", file.read(24)[16:])
        if size != (int(image.get("width")), int(image.get("height"))):
            yield f"{path} has the size {size}"


def metainfo_amiss():
    """What software centres ask for, and validation does not."""
    metainfo = ET.fromstring(read(ROOT, METAINFO))
    name, summary = metainfo.findtext("name"), metainfo.findtext("summary")
    if len(name) > 15:
        yield "the name is longer than 15 characters"
    if not 10 <= len(summary) <= 35 or summary.endswith(".") or name in summary:
        yield f"“{summary}” has not 10 to 35 characters, ends in a full stop or says the name once more"
    pictures = metainfo.findall("screenshots/screenshot")
    if not 3 <= len(pictures) <= 6 or pictures[0].get("type") != "default":
        yield f"of {len(pictures)} screenshots the first has to be the default one, and three to six is the number"
    yield from ("a screenshot has no caption" for picture in pictures if not picture.findtext("caption"))
    schemes = {color.get("scheme_preference") for color in metainfo.findall("branding/color[@type='primary']")}
    if schemes != {"light", "dark"}:
        yield f"there are brand colours for {schemes} alone"


def news_amiss():
    """As the metainfo is made, with one release more than there has been, so that these are told apart."""
    version = re.search("version: '(.*)'", read(ROOT, "meson.build")).group(1)
    with tempfile.NamedTemporaryFile("w", suffix="NEWS", encoding="utf-8") as news:
        news.write("Housekeys 99.1, 2099-12-31\n==========================\n\nTwo\nlines.\n\n* A <point>\n\n" + read(ROOT, "NEWS"))
        news.flush()
        done = subprocess.run([sys.executable, "build-aux/releases.py", news.name, "99.1"], cwd=ROOT, capture_output=True,
                              text=True, timeout=60, check=True)
    newest, *others = ET.fromstring(done.stdout)
    if newest.attrib != {"version": "99.1", "date": "2099-12-31"}:
        yield f"the newest release is {newest.attrib}"
    if [" ".join(element.text.split()) for element in newest.iter() if (element.text or "").strip()] != ["Two lines.", "A <point>"]:
        yield f"the newest release says {[*newest.itertext()]}"
    if [release.get("version") for release in others][:1] != [version]:
        yield f"the release after it is not {version}"
    if "@releases@" not in read(ROOT, METAINFO):
        yield "the metainfo does not take them"


def manual_amiss():
    manual = read(ROOT, "docs/housekeys.1").split(".SH OPTIONS")[1]
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", "docs/housekeys.1"], cwd=ROOT, capture_output=True,
                          text=True, timeout=60)
    yield from done.stderr.splitlines()
    for option in OPTIONS:
        if "--" + option not in manual.replace("\\-", "-"):
            yield f"it does not tell of --{option}"


def launcher_amiss():
    """A quick action is an action of the application where it is started by D-Bus, and an option elsewhere."""
    text = read(ROOT, DESKTOP_FILE)
    for action in re.search("^Actions=(.*);$", text, re.MULTILINE).group(1).split(";"):
        if f'.name = "{action}"' not in APPLICATION:
            yield f"there is no action {action}"
    for option in re.findall("^Exec=.* --(.*)$", text, re.MULTILINE):
        if option not in OPTIONS:
            yield f"there is no option --{option}"


def flatpaks_amiss():
    """They are the same but for the profile, and what they are allowed to do has a reason."""
    manifests = [json.loads(read(ROOT, path)) for path in FLATPAKS]
    reasons = read(ROOT, "docs/flatpak.md")
    for permission in manifests[0]["finish-args"]:
        if f"| `{permission}` |" not in reasons:
            yield f"docs/flatpak.md does not say why there is {permission}"
    for manifest in manifests:
        manifest.pop("id")
        manifest.pop("command")
        manifest["modules"][0].pop("config-opts")
    if manifests[0] != manifests[1]:
        yield f"{FLATPAKS[1]} differs in more than the profile"


def untrue_docs():
    """A file that is named is there, and what is to be typed can be run."""
    named = re.compile(r"(?<![\w/.-])(?:\.ci|build-aux|data|docs|flatpak|po|src|tests)/[\w/.-]*\w")
    for path in ["README.md", "CONTRIBUTING.md", *source_files(ROOT, "docs", "po", endings=".md")]:
        for line in read(ROOT, path).splitlines():
            # What follows is made.
            for name in named.findall(line.split("ninja -C")[0]):
                if not os.path.exists(os.path.join(ROOT, name)):
                    yield f"{path}: there is no {name}"
            command = re.match(f"    ({named.pattern})", line)
            if command and not os.access(os.path.join(ROOT, command.group(1)), os.X_OK):
                yield f"{path}: {command.group(1)} cannot be run"


check("every icon can be read and has the size of its kind", faulty_icons())
check("every file of the window is in the list of resources", forgotten_resources())
check("every picture for software centres is there and as large as it says", wrong_pictures())
check("the metainfo is what software centres ask for", metainfo_amiss())
check("what is new is told by the metainfo as NEWS does", news_amiss())
check("the manual page is well-formed and tells of every option", manual_amiss())
check("what the launcher asks for is known to the application", launcher_amiss())
check("what the documentation names is there", untrue_docs())
check("the manifests of the Flatpaks agree, and every permission has its reason", flatpaks_amiss())
finish()
