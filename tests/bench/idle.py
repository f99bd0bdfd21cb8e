# SPDX-License-Identifier: GPL-3.0-or-later
"""Says what an open window does in a minute in which nothing happens.

usage: idle.py JSON-FILE SIMULATOR BENCH-IDLE
"""

import subprocess
import sys

import figures

# A poll begins with one; and once in a minute what the clock says is another minute.
WAKE_UPS = 2

path, simulator, program = sys.argv[1:]
done = subprocess.run([program, simulator], check=True, stdout=subprocess.PIPE, text=True, timeout=120)
polls, of_polls, besides, frames = map(int, done.stdout.split())
report = figures.Report(path)
report.say(f"in 60 seconds {polls} poll, {of_polls} wake-ups until it had its answers, {besides} besides, {frames} frames")
report.keep("idle", {"polls": polls, "wake_ups_of_polls": of_polls, "wake_ups": besides, "frames": frames})
report.limit("polls", polls, 1, "polls in a minute")
report.limit("wake_ups", besides, WAKE_UPS, "wake-ups in a minute, that of the poll and that of the clock’s minute included")
report.limit("frames", frames, 0, "times that the window was drawn")
sys.exit(report.end())
