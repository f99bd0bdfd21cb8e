# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the releases in a NEWS file as a software centre wants them, for the metainfo.

usage: releases.py NEWS VERSION

A release is `Name VERSION, YYYY-MM-DD` underlined with `=`, sentences, and points that begin with `*`; the newest, which
comes first, has to be VERSION.
"""

import re
import sys
from xml.sax.saxutils import escape

TITLE = re.compile(r"^\w+ (\d[\d.]*), (\d{4}-\d{2}-\d{2})\n=+\n", re.MULTILINE)


def paragraphs(text):
    """What is apart by an empty line, and each point: whether it is a point, and its words in one line."""
    for part in re.split(r"\n\n+|\n(?=\* )", text.strip()):
        yield part.startswith("* "), " ".join(part.removeprefix("* ").split())


def describe(text):
    lines, in_list = [], False
    for is_point, words in paragraphs(text):
        if is_point != in_list:
            lines.append("<ul>" if is_point else "</ul>")
            in_list = is_point
        lines.append(f"  <li>{escape(words)}</li>" if is_point else f"<p>{escape(words)}</p>")
    return lines + (["</ul>"] if in_list else [])


def main():
    path, version = sys.argv[1:3]
    with open(path, encoding="utf-8") as file:
        _, *parts = TITLE.split(file.read())
    releases = list(zip(parts[0::3], parts[1::3], parts[2::3]))
    if not releases or releases[0][0] != version:
        sys.exit(f"{path} does not begin with the release {version}")
    lines = ["<releases>"]
    for number, date, text in releases:
        lines += [f'  <release version="{number}" date="{date}">', '    <description translate="no">',
                  *("      " + line for line in describe(text)), "    </description>", "  </release>"]
    print("\n".join("  " + line for line in [*lines, "</releases>"]).lstrip())


main()
