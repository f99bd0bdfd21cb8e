# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every language that Housekeys says to speak is spoken throughout, and written as it is written.

usage: translations.py SOURCE_ROOT
"""

import ast
import os
import re
import subprocess
import sys
import tempfile

from tap import check, finish, read

ROOT = os.path.abspath(sys.argv[1])

# As the `glib` preset of meson's i18n module has them.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]

QUOTES = {"de": "„“", "es": "«»", "fr": "«»", "it": "«»", "nl": "‘’"}

DATE = re.compile(r"%-?[a-zA-Z]")
END = re.compile(r"[.:!?…]?$")
MNEMONIC = re.compile(r"_(?=\w)")


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"})


def complaints(done):
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return (lines or ["it failed without a word"])[:20] if done.returncode else []


def count(po):
    return run("msgfmt", "--check", "--statistics", "-o", os.devnull, po).stderr.strip()


def messages(po):
    """Of each translated text: its flags and its fields by their name, such as msgid and msgstr[0]."""
    for block in run("msgattrib", "--translated", "--no-obsolete", "--no-fuzzy", "--no-wrap", po).stdout.split("\n\n"):
        fields, name = {}, None
        for line in block.splitlines():
            match = re.match(r'(msg[a-z_]+(?:\[\d\])?) (".*")$', line)
            if match:
                name = match.group(1)
                fields[name] = ast.literal_eval(match.group(2))
            elif line.startswith('"'):
                fields[name] += ast.literal_eval(line)
        if fields.get("msgid"):
            yield "c-format" in block.split("msgid", 1)[0], fields


def pairs(po):
    """Every English text, its translation, and whether things are put into it."""
    for with_values, fields in messages(po):
        for name, text in fields.items():
            if name.startswith("msgstr"):
                plural = name not in ("msgstr", "msgstr[0]")
                yield with_values, fields["msgid_plural" if plural else "msgid"], text


def slips(po, language):
    """Where a translation differs from the English text in what is no matter of words."""
    opening, closing = QUOTES[language]
    for with_values, english, text in pairs(po):
        problems = {
            "does not end alike": END.search(english).group() != END.search(text).group(),
            "does not begin or end with the same space": (english[:1].isspace(), english[-1:].isspace()) !=
                                                         (text[:1].isspace(), text[-1:].isspace()),
            "has other lines": english.count("\n") != text.count("\n"),
            "has another key to press": bool(MNEMONIC.search(english)) != bool(MNEMONIC.search(text)),
            "says other parts of a date": not with_values and sorted(DATE.findall(english)) != sorted(DATE.findall(text)),
            "has other quotation marks": any("“" in english and mark not in text for mark in (opening, closing)),
            "is not typeset": bool(re.search(r"\.\.\.|(?<!%)['\"]|  ", text)),
        }
        for problem in (what for what, so in problems.items() if so):
            yield f"“{text}” {problem}: “{english}”"


def slips_in_french(po):
    for _, _, text in pairs(po):
        if re.search(r"(?<!\u202f)([!?»]|[;:](?=\s)|:$)|«(?!\u202f)", text):
            yield f"“{text}” lacks a narrow no-break space"


def slips_in_spanish(po):
    for _, _, text in pairs(po):
        if text.count("?") != text.count("¿") or text.count("!") != text.count("¡"):
            yield f"“{text}” lacks a mark where its question begins"


languages = [line for line in read(ROOT, "po/LINGUAS").split("\n") if re.match(r"\w", line)]
check("there is a language besides English", [] if languages else ["po/LINGUAS is empty"])
check("it is known how each language quotes", sorted(set(languages) ^ set(QUOTES)))

with tempfile.TemporaryDirectory() as folder:
    template = os.path.join(folder, "housekeys.pot")
    check("all texts can be gathered", complaints(run(
        "xgettext", "--files-from=po/POTFILES.in", "--from-code=UTF-8", f"--output={template}",
        *(f"--keyword={keyword}" for keyword in KEYWORDS))))
    for language in languages:
        po = f"po/{language}.po"
        check(f"{po} is well-formed", complaints(run("msgfmt", "--check", "-o", os.devnull, po)))
        if language == "de":
            check(f"{po} has every text, and none that only resembles one",
                  complaints(run("msgcmp", po, template)))
        check(f"{po} keeps to the form of every text", slips(po, language))
        print(f"#   {po}: {count(po)}")
check("po/fr.po spaces its punctuation as French does", slips_in_french("po/fr.po"))
check("po/es.po opens its questions as Spanish does", slips_in_spanish("po/es.po"))
finish()
