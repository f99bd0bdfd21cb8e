# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares Housekeys with an empty window: how late its rows are painted when very many keys were kept, or how much memory
it needs.

usage: windows.py start|memory JSON-FILE SIMULATOR LOAD-ACCOUNT EMPTY-WINDOW HOUSEKEYS BIG-APPLICATION
"""

import subprocess
import sys
import tempfile
import time

import figures

N_LOCKS, N_KEYS, VERY_MANY_KEYS = 100, 20000, 100000
STARTS = 7
ROUNDS = 2

# A window at rest: so long its memory has been the same, but for a little.
REST_SECONDS = 2
LONGEST_SECONDS = 40
LITTLE = 0.005

what, path, simulator, loader, empty, housekeys, big = sys.argv[1:]


def start(command):
    """The time until the program says that it has painted what it is to show; the program goes on."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "painted\n"
    return process, (time.monotonic() - began) * 1000


def end(process):
    process.terminate()
    process.wait()


def measure_start(command):
    process, milliseconds = start(command)
    end(process)
    return {"time": milliseconds}


def read_kilobytes(process, file, field):
    with open(f"/proc/{process.pid}/{file}", encoding="utf-8") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(field + ":"))


def await_rest(process):
    """The memory of a window in which nothing happens any more, in kilobytes."""
    deadline = time.monotonic() + LONGEST_SECONDS
    rested, base = time.monotonic(), 0
    while time.monotonic() < min(deadline, rested + REST_SECONDS):
        time.sleep(0.25)
        now = read_kilobytes(process, "smaps_rollup", "Pss")
        if abs(now - base) > LITTLE * base:
            rested, base = time.monotonic(), now
    return base


def measure_memory(command, is_big):
    if is_big:
        process, _ = start(command)
    else:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    # What is needed only for a moment is given back some seconds after the account has been loaded.
    time.sleep(4)
    found = {"pss": await_rest(process), "own": read_kilobytes(process, "smaps_rollup", "Private_Dirty"),
             "peak": read_kilobytes(process, "status", "VmHWM")}
    end(process)
    return found


def compare_starts(report, address, folder):
    medians = figures.take_turns(STARTS, empty=lambda: measure_start([empty]), big=lambda: measure_start([big, address, folder]))
    ours, base = medians["big"]["time"], medians["empty"]["time"]
    report.say(f"Until it is painted: an empty window {base:.0f} ms, the rows of {N_KEYS} keys that were kept {ours:.0f} ms")
    report.keep("start_ms", {"empty": base, "kept": ours})
    report.limit("start", ours / base, 3, f"the first rows of {N_KEYS} kept keys beside an empty window", aim=1.8)


def compare_memory(report, address, folder):
    medians = figures.take_turns(ROUNDS, empty=lambda: measure_memory([empty], False),
                                 demo=lambda: measure_memory([housekeys, "--demo"], False),
                                 big=lambda: measure_memory([big, address, folder], True))
    base = medians["empty"]["pss"]
    report.say("Memory (PSS): " + ", ".join(f"{name} {found['pss'] / 1024:.1f} MB" for name, found in medians.items()))
    report.keep("memory_kilobytes", medians)
    report.limit("memory_demo", medians["demo"]["pss"] / base, 1.6, "memory of the demo account beside an empty window",
                 aim=1.25)
    report.limit("memory_big", medians["big"]["pss"] / base, 2.6, f"memory with {N_KEYS} keys beside an empty window", aim=1.6)
    # Which other programs use the same libraries makes no difference to what a program has to itself.
    own = medians["empty"]["own"]
    report.limit("own_demo", medians["demo"]["own"] / own, 1.4, "what the demo account alone has beside an empty window")
    report.limit("own_big", medians["big"]["own"] / own, 2.4, f"the same with {N_KEYS} keys")


def measure_very_many(report):
    with tempfile.TemporaryDirectory() as folder, figures.service(simulator, N_LOCKS, VERY_MANY_KEYS) as address:
        found = measure_memory([big, address, folder], True)
    report.keep("memory_very_many_kilobytes", found)
    report.limit("memory_very_many", found["peak"] / 1024, 400, f"megabytes at most with {VERY_MANY_KEYS} keys")


report = figures.Report(path)
with tempfile.TemporaryDirectory() as folder, figures.service(simulator, N_LOCKS, N_KEYS) as address:
    subprocess.run([loader, address, str(N_KEYS), folder], check=True, stdout=subprocess.DEVNULL, timeout=120)
    if what == "start":
        compare_starts(report, address, folder)
    else:
        compare_memory(report, address, folder)
if what == "memory":
    measure_very_many(report)
sys.exit(report.end())
