# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests of a run of `meson test` passed and failed, as two numbers, and then what those said that failed.

A program that speaks TAP counts as many as it has points; any other counts as one.

usage: count-tests.py testlog.json
"""

import json
import re
import sys

# Of what a program said, the end tells most.
LAST_LINES = 30


def words(test):
    """What a test that failed has to say: its points that failed, and the last lines of the rest."""
    lines = (test.get("stdout") or "").splitlines()
    points = [line for line in lines if line.lstrip().startswith("not ok")]
    rest = [line for line in lines if not re.match(r"\s*(ok|not ok)\b", line)] + (test.get("stderr") or "").splitlines()
    return [f"{test['name']}: {test['result']}"] + [f"  {line}" for line in points + rest[-LAST_LINES:]]


passed = failed = 0
failures = []
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        test = json.loads(line)
        points = re.findall(r"^\s*(ok|not ok)\b(?: \d+)?(?:[^#\n]*)(# ?(?:SKIP|TODO))?",
                            test.get("stdout") or "", re.MULTILINE | re.IGNORECASE)
        good = sum(1 for verdict, directive in points if verdict.lower() == "ok" and not directive)
        bad = sum(1 for verdict, directive in points if verdict.lower() == "not ok" and not directive)
        if test["result"] == "OK":
            good = max(good, 1)
        else:
            # A program that crashed, ran out of time or was skipped has failed, whatever it said before.
            bad = max(bad, 1)
            failures += words(test)
        passed += good
        failed += bad
print(passed, failed)
for failure in failures:
    print(failure)
