# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a language that nobody speaks, in which every text is in brackets and a third longer than in English. What is seen
without brackets has not been translated, and what does not fit would not fit in many a language.

usage: pseudo-catalogue.py SOURCE_ROOT FOLDER

The language is called qps; FOLDER is for bindtextdomain().
"""

import json
import math
import os
import re
import subprocess
import sys
import tempfile

ROOT, FOLDER = map(os.path.abspath, sys.argv[1:3])
sys.path.insert(0, os.path.join(ROOT, "tests", "project"))

import po  # noqa: E402

# Abbreviated to two or three letters in every language.
SHORT = ("weekday",)

# Read back by the program.
AS_IT_IS = ("time",)

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def lengthen(text):
    own = re.sub(r"%-?[0-9]*[a-zA-Z]", "", text)
    missing = max(0, math.ceil(0.35 * len(own)) - 2)
    return text + "".join(" " + "é" * min(7, missing - start) for start in range(0, missing, 8))


def alter(text, context):
    if context in AS_IT_IS:
        return text
    return f"⟦{text if context in SHORT else lengthen(text)}⟧"


def translate(fields):
    def text(english):
        return json.dumps(alter(english, fields.get("msgctxt")), ensure_ascii=False)

    names = [name for name in ("msgctxt", "msgid", "msgid_plural") if name in fields]
    lines = [f"{name} {json.dumps(fields[name], ensure_ascii=False)}" for name in names]
    if "msgid_plural" in fields:
        pair = fields["msgid"], fields["msgid_plural"]
        lines += [f"msgstr[{i}] {text(english)}" for i, english in enumerate(pair)]
    else:
        lines.append(f"msgstr {text(fields['msgid'])}")
    return "\n".join(lines) + "\n"


with tempfile.TemporaryDirectory() as scratch:
    template, catalogue = os.path.join(scratch, "housekeys.pot"), os.path.join(scratch, "qps.po")
    po.gather(ROOT, template).check_returncode()
    with open(catalogue, "w", encoding="utf-8") as file:
        file.write("\n".join([HEADER, *(translate(fields) for _, fields in po.messages(ROOT, template))]))
    place = os.path.join(FOLDER, "qps", "LC_MESSAGES")
    os.makedirs(place, exist_ok=True)
    subprocess.run(["msgfmt", "-o", os.path.join(place, "housekeys.mo"), catalogue], check=True)
