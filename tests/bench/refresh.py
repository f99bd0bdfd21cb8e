# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares how long an account takes to load with curl fetching the same and jq counting it, and finds out how that
grows with the number of locks and keys.

usage: refresh.py JSON-FILE SIMULATOR LOAD-ACCOUNT
"""

import math
import resource
import subprocess
import sys
import time

import figures

ROUNDS = 9
GROWTH_ROUNDS = 3
BIG = (100, 20000)
PEOPLE_PER_PAGE = 100

# Locks and keys; what grows tenfold costs ten times as much, or a bit more as it fits into no cache any more.
SIZES = [(100, 40), (100, 2000), (100, 20000), (100, 100000), (1, 2000), (10, 2000)]
GROWTH_LIMIT = 18

path, simulator, loader = sys.argv[1:]
fields = ["first", "again", "first_cpu", "again_cpu", "kilobytes", "peak_kilobytes", "told"]


def load(address, n_keys):
    done = subprocess.run([loader, address, str(n_keys)], check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    return dict(zip(fields, map(float, done.stdout.split())))


def get_processor_time():
    """Milliseconds that the programs which have been waited for took, the simulator not included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def fetch(address, n_people):
    """What the client asks for: people until there is a page with nobody new."""
    pages = [f"{address}/account/user?offset={n}&limit={PEOPLE_PER_PAGE}"
             for n in range(0, n_people + PEOPLE_PER_PAGE, PEOPLE_PER_PAGE)]
    urls = [f"{address}/smartlock", *pages, f"{address}/smartlock/auth"]
    began, before = time.monotonic(), get_processor_time()
    with subprocess.Popen(["curl", "--silent", "--fail", "--header", f"Authorization: Bearer {figures.TOKEN}", *urls],
                          stdout=subprocess.PIPE) as curl:
        counted = subprocess.run(["jq", "length"], check=True, stdin=curl.stdout, stdout=subprocess.PIPE, text=True)
    assert curl.returncode == 0 and len(counted.stdout.split()) == len(urls)
    return {"time": (time.monotonic() - began) * 1000, "cpu": get_processor_time() - before}


def compare(report):
    n_locks, n_keys = BIG
    n_people = n_keys // ((n_locks + 1) // 2)
    with figures.service(simulator, n_locks, n_keys) as address:
        # The first answer is made then, which is not what is measured.
        fetch(address, n_people)
        medians = figures.take_turns(ROUNDS, ours=lambda: load(address, n_keys), curl=lambda: fetch(address, n_people))
    ours, curl = medians["ours"], medians["curl"]
    report.say(f"{n_locks} locks, {n_people} people, {n_keys} keys, medians of {ROUNDS} rounds; in brackets the time of processors:")
    report.say(f"first refresh {ours['first']:.0f} ms ({ours['first_cpu']:.0f} ms), refresh without news {ours['again']:.0f} ms "
               f"({ours['again_cpu']:.0f} ms), curl and jq {curl['time']:.0f} ms ({curl['cpu']:.0f} ms)")
    report.keep("refresh_ms", {"ours": ours, "curl_and_jq": curl})
    report.limit("refresh_processors", ours["first_cpu"] / curl["cpu"], 1.5,
                 "the processors' time of the first refresh beside curl fetching the same and jq counting it", aim=0.7)
    report.limit("refresh", ours["first"] / curl["time"], 2.2, "the same by the clock", aim=0.7)
    report.limit("refresh_without_news", ours["again"] / ours["first"], 0.9, "a refresh without news beside the first", aim=0.6)
    report.limit("told_without_news", ours["told"], 0, "times that anybody was told of something in a refresh without news")


def per_tenfold(smaller, larger, n_smaller, n_larger):
    return (larger / smaller) ** (1 / math.log10(n_larger / n_smaller))


def measure_growth(report):
    found = {}
    for n_locks, n_keys in SIZES:
        with figures.service(simulator, n_locks, n_keys) as address:
            load(address, n_keys)
            found[n_locks, n_keys] = figures.take_turns(GROWTH_ROUNDS, ours=lambda: load(address, n_keys))["ours"]
    report.say(f"{'locks':>6} {'keys':>7} {'first':>10} {'no news':>10} {'memory':>9} {'at most':>9}   (time of processors)")
    for (n_locks, n_keys), cost in found.items():
        report.say(f"{n_locks:6} {n_keys:7} {cost['first_cpu']:7.1f} ms {cost['again_cpu']:7.1f} ms "
                   f"{cost['kilobytes'] / 1024:6.1f} MB {cost['peak_kilobytes'] / 1024:6.1f} MB")
    report.keep("growth", [{"locks": size[0], "keys": size[1], **cost} for size, cost in found.items()])
    return found


def judge_growth(report, found):
    """What 40 keys cost is the same for all, and not part of it."""
    for field, what in (("first_cpu", "the first refresh"), ("again_cpu", "a refresh without news"),
                        ("kilobytes", "memory")):
        base = found[100, 40][field]
        costs = {n_keys: max(found[100, n_keys][field] - base, 0.1) for n_keys in (2000, 20000, 100000)}
        for smaller, larger in ((2000, 20000), (20000, 100000)):
            report.limit(f"growth_{field}_{larger}", per_tenfold(costs[smaller], costs[larger], smaller, larger), GROWTH_LIMIT,
                         f"factor per tenfold of {what} from {smaller} to {larger} keys")
    report.limit("growth_locks", found[100, 2000]["first_cpu"] / found[1, 2000]["first_cpu"], 3,
                 "the first refresh of 2000 keys to 100 locks beside 1")


report = figures.Report(path)
compare(report)
judge_growth(report, measure_growth(report))
sys.exit(report.end())
