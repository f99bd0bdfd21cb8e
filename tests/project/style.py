# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the promises about the shape of the sources that a script can keep.

usage: style.py SOURCE_ROOT
"""

import os
import re
import sys

from tap import check, finish, read, source_files

ROOT = os.path.abspath(sys.argv[1])
FOLDERS = ("src", "tests", "data", "build-aux", "flatpak", "po", ".ci")
LONGEST_FILE = 700
LONGEST_FUNCTION = 100

# Files whose format has no comment, and text for people.
NO_COMMENTS = (".json", ".png", ".md", ".key", ".pem", ".txt")


def without_licence():
    files = source_files(ROOT, *FOLDERS, endings="") + ["meson.build", "meson_options.txt"]
    for path in files:
        if not path.endswith(NO_COMMENTS) and "SPDX-License-Identifier:" not in read(ROOT, path)[:400]:
            yield path


def long_files():
    for path in source_files(ROOT, *FOLDERS, endings=(".c", ".h", ".ui", ".py", ".css")):
        lines = read(ROOT, path).count("\n")
        if lines > LONGEST_FILE:
            yield f"{path}: {lines} lines"


def long_functions():
    """A function in this layout is what stands between a `{` and a `}` in the first column."""
    for path in source_files(ROOT, "src", "tests", endings=".c"):
        begin = None
        for number, line in enumerate(read(ROOT, path).splitlines(), 1):
            if line == "{":
                begin = number
            elif line == "}" and begin is not None:
                if number - begin - 1 > LONGEST_FUNCTION:
                    yield f"{path}:{begin}: {number - begin - 1} lines"
                begin = None


# Comments, strings and what a macro is called when it is defined.
NOT_CODE = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|^#\s*define \w+\(""", re.DOTALL | re.MULTILINE)
ODD_LAYOUT = {
    "has no space before a parenthesis": r"\w\(",
    "has two empty lines": r"\n\n\n",
    "opens a block at its end": r"(\)|\belse|\bdo) \{$",
    "goes on after a block": r"^\s*\} (else|while)\b",
    "has the type of a function beside its name": r"^(?!else|for|if|return|switch|while)[\w *]*\w[ *]+\w+ \(.*\)\n\{$",
    "is not indented by twos": r"^(  )* (case\b|default:|else$|break;|continue;|return\b|if \(|for \(|while \(|\{$|\}$)",
}


def odd_layout():
    """What clang-format would never leave so, and no table or initializer needs."""
    for path in source_files(ROOT, "src", "tests", endings=(".c", ".h")):
        code = NOT_CODE.sub(lambda text: re.sub(r"[^\n]", "·", text.group()), read(ROOT, path))
        for what, pattern in ODD_LAYOUT.items():
            for found in re.finditer(pattern, code, re.MULTILINE):
                yield f"{path}:{code.count(chr(10), 0, found.start()) + 1} {what}"


def matches(pattern, *folders, endings):
    for path in source_files(ROOT, *folders, endings=endings):
        for number, line in enumerate(read(ROOT, path).splitlines(), 1):
            if re.search(pattern, line):
                yield f"{path}:{number}: {line.strip()}"


check("every file names its licence", without_licence())
check(f"no file is longer than {LONGEST_FILE} lines", long_files())
check(f"no function is longer than {LONGEST_FUNCTION} lines", long_functions())
check("no line ends with a space or holds a tab",
      matches(r"[ \t]$|\t", "src", "data", endings=(".c", ".h", ".ui", ".css", ".xml", ".in")))
check("the layout is GNU's, with a space before each parenthesis", odd_layout())
check("GLib's names for C's own types are not used",
      matches(r"\bg(char|int|short|long|float|double)\b", "src", "tests", endings=(".c", ".h")))
check("nothing prints for debugging", matches(r"\bg_print(err)? \(|\bprintf \(", "src/nuki", "src/account",
                                               "src/ui", endings=".c"))
check("text in the window uses real quotes, apostrophes and ellipses",
      matches(r"""translatable="yes"[^>]*>[^<]*('|&quot;|&apos;|\.\.\.)""", "src", endings=".ui"))
finish()
