# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares how late the first window of two programs comes, side by side and by turns.

usage: first-window.py TIME_TO_WINDOW EMPTY_PROGRAM PROGRAM [ARGUMENT...]
"""

import statistics
import subprocess
import sys

RUNS = 11
LIMIT = 1.5

timer, empty, *program = sys.argv[1:]


def measure(command):
    done = subprocess.run([timer, *command], check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    return float(done.stdout)


# The first start reads everything from the disk.
measure([empty])
measure(program)
pairs = [(measure([empty]), measure(program)) for _ in range(RUNS)]

for number, (first, second) in enumerate(pairs, 1):
    print(f"# {number}: empty window {first:.0f} ms, Housekeys {second:.0f} ms")
base, ours = (statistics.median(column) for column in zip(*pairs))
# Of each pair, as a computer may be busier during some than during others.
ratio = statistics.median(second / first for first, second in pairs)
good = ratio <= LIMIT
# The sentence has the figures, as it is all that meson shows of a program that speaks TAP.
print(f"{'ok' if good else 'not ok'} 1 - the first window comes {ratio:.2f} times as late as an empty one, "
      f"which is at most {LIMIT} ({ours:.0f} and {base:.0f} ms)")
print("1..1")
sys.exit(0 if good else 1)
