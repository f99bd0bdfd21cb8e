# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every language that Housekeys says to speak is spoken throughout, and written as it is written.

usage: translations.py SOURCE_ROOT
"""

import os
import re
import sys
import tempfile

import po as texts
from tap import check, finish, read

ROOT = os.path.abspath(sys.argv[1])

QUOTES = {"de": "„“", "es": "«»", "fr": "«»", "it": "«»", "nl": "‘’"}

PLACEHOLDER = re.compile(r"%(\d\$)?s")
ONE_WORD = re.compile(r'^msgid "[^"\s_%]+"$', re.MULTILINE)
DATE = re.compile(r"%-?[a-zA-Z]")
END = re.compile(r"[.:!?…]?$")
MNEMONIC = re.compile(r"_(?=\w)")


def complaints(done):
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return (lines or ["it failed without a word"])[:20] if done.returncode else []


def count(po):
    return texts.run(ROOT, "msgfmt", "--check", "--statistics", "-o", os.devnull, po).stderr.strip()


def pairs(po):
    """Every English text, its translation, and whether things are put into it."""
    for flags, fields in texts.messages(ROOT, po, "--translated", "--no-obsolete", "--no-fuzzy"):
        for name, text in fields.items():
            if name.startswith("msgstr"):
                plural = name not in ("msgstr", "msgstr[0]")
                yield "c-format" in flags, fields["msgid_plural" if plural else "msgid"], text


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


def slips_in_direction():
    """Where a name from right to left would turn the text around it: nuki_text_printf() sets it apart."""
    for path in read(ROOT, "po/POTFILES.in").split("\n"):
        if path.endswith(".c"):
            for call in re.findall(r"g_strdup_printf \([^;]*;", read(ROOT, path)):
                if re.search(r"\b(_|C_|ngettext) \(", call) and re.search(r"%(\d\$)?s", call):
                    yield f"{path}: {call.splitlines()[0]}"


def unexplained(template):
    """What nobody can translate who does not see where it stands: a word alone without a context, and texts with something put in.
    A comment is for all texts of its line."""
    explained, others = set(), []
    for block in read("", template).split("\n\n")[1:]:
        lines = set(" ".join(re.findall("^#: (.*)$", block, re.MULTILINE)).split())
        text = block[block.index("msgid "):]
        if re.search("^#. translators: ", block, re.MULTILINE | re.IGNORECASE):
            explained |= lines
        elif PLACEHOLDER.search(text) or (ONE_WORD.search(block) and "msgctxt" not in block):
            others.append((lines, text.splitlines()[0]))
    return [f"{text}, in {', '.join(sorted(lines))}" for lines, text in others if not lines & explained]


languages = [line for line in read(ROOT, "po/LINGUAS").split("\n") if re.match(r"\w", line)]
check("there is a language besides English", [] if languages else ["po/LINGUAS is empty"])
check("it is known how each language quotes", sorted(set(languages) ^ set(QUOTES)))

with tempfile.TemporaryDirectory() as folder:
    template = os.path.join(folder, "housekeys.pot")
    check("all texts can be gathered", complaints(texts.gather(ROOT, template)))
    check("translators are told what they cannot see", unexplained(template))
    for language in languages:
        po = f"po/{language}.po"
        check(f"{po} is well-formed", complaints(texts.run(ROOT, "msgfmt", "--check", "-o", os.devnull, po)))
        check(f"{po} has every text, and none that only resembles one",
              complaints(texts.run(ROOT, "msgcmp", po, template)))
        check(f"{po} keeps to the form of every text", slips(po, language))
        print(f"#   {po}: {count(po)}")
check("what is put into a text keeps its direction", slips_in_direction())
check("po/fr.po spaces its punctuation as French does", slips_in_french("po/fr.po"))
check("po/es.po opens its questions as Spanish does", slips_in_spanish("po/es.po"))
finish()
