# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many tests of a run of `meson test` passed and failed, as two numbers.

A program that speaks TAP counts as many as it has points; any other counts as one.

usage: count-tests.py testlog.json
"""

import json
import re
import sys

passed = failed = 0
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
        passed += good
        failed += bad
print(passed, failed)
