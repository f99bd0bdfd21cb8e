# SPDX-License-Identifier: GPL-3.0-or-later
"""The few lines of the Test Anything Protocol that the checks of the project need."""

import os
import sys

_results = []


def check(what, problems):
    """One test: `what` is a sentence that holds, `problems` a list of why it does not."""
    problems = list(problems)
    _results.append(not problems)
    print(f"{'not ok' if problems else 'ok'} {len(_results)} - {what}")
    for problem in problems:
        # meson shows the standard error of a program that speaks TAP, and hides its comments.
        print(f"#   {problem}", file=sys.stderr)


def finish():
    """Prints the plan and ends the program."""
    print(f"1..{len(_results)}")
    sys.exit(0 if all(_results) and _results else 1)


def source_files(root, *folders, endings):
    """The files below these folders, as paths from `root`, in order; build folders are left out."""
    found = []
    for folder in folders:
        for place, folders_here, names in os.walk(os.path.join(root, folder)):
            folders_here[:] = [f for f in folders_here if f[0] not in "._" and f != "build"]
            found += [os.path.relpath(os.path.join(place, n), root) for n in names if n.endswith(endings)]
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()
