# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares how long it takes to invite 500 people to three locks each, or to switch 1,000 keys off, with a shell loop of
curl that asks the same service for the same, key by key.

usage: many.py invite|switch JSON-FILE SIMULATOR ASK-MANY

Ours is everything until the service has taken the last change: what is asked, with each step in a journal on the disk, the
people and the keys that have to be known before, and the requests. Read-backs, of which the first comes after two seconds, are
given apart. How the processors' time of inviting grows is measured, too. The shell loop writes nothing down; it does a part of the whole, which costs it less than its share, as lists
are shorter then, and is counted as often as it would have to be repeated.
"""

import resource
import subprocess
import sys
import tempfile
import time

import figures

ROUNDS = 3
# Changes that a lock takes: 200 keys.
INVITED = {"locks": 12, "keys": 120, "n": 500, "part": 20}
SWITCHED = {"locks": 10, "keys": 2000, "n": 1000, "part": 100}
LOCKS_EACH = 3

# Three times as many people cost three times as much, or a bit more: each list that is read back is longer.
FEW, MANY = ({"locks": 24, "keys": 240, "n": n} for n in (250, 750))
GROWTH_LIMIT = 4.5

CALL = "curl --silent --fail --header 'Accept: application/json' --header 'Content-Type: application/json' " \
       f"--header 'Authorization: Bearer {figures.TOKEN}'"

# The commands of Nuki's own walk-through: make a user, get the user, then make and get a key on each lock.
INVITE = """set -eu
{call} "$1/smartlock" > /dev/null
n=0
while [ $n -lt $2 ]; do
  answer=$({call} -X PUT -d '{{"email": "guest-'$n'@example.org", "name": "Guest '$n'"}}' "$1/account/user")
  {call} "$1/account/user" > /dev/null
  user=${{answer#*'"accountUserId":'}}
  user=${{user%%,*}}
  for lock in $3; do
    {call} -X PUT -d '{{"accountUserId": '$user', "name": "Guest '$n'", "remoteAllowed": false, "smartActionsEnabled": false}}' \\
      "$1/smartlock/$lock/auth"
    {call} "$1/smartlock/$lock/auth" > /dev/null
  done
  n=$((n + 1))
done
"""

SWITCH = """set -eu
for key in $3; do
  {call} -X POST -d '{{"name": "Resident", "enabled": false}}' "$1/smartlock/${{key%:*}}/auth/${{key#*:}}"
done
"""


def get_processor_time():
    """Milliseconds that the programs which have been waited for took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def ask(what, size, address):
    before = get_processor_time()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([ask_many, what, address, folder, str(size["keys"]), str(size["n"])], check=True,
                              stdout=subprocess.PIPE, text=True, timeout=120)
    found = dict(zip(["taken", "confirmed", "writes", "requests"], map(float, done.stdout.split())))
    return {**found, "cpu": get_processor_time() - before}


def list_keys(address, n):
    answer = subprocess.run(["curl", "--silent", "--fail", "--header", f"Authorization: Bearer {figures.TOKEN}",
                             f"{address}/smartlock/auth"], check=True, stdout=subprocess.PIPE)
    keys = [key for key in figures.json.loads(answer.stdout) if key["enabled"]]
    return " ".join(f"{key['smartlockId']}:{key['id']}" for key in keys[:n])


def loop(what, size, address):
    locks = subprocess.run(["curl", "--silent", "--fail", "--header", f"Authorization: Bearer {figures.TOKEN}",
                            f"{address}/smartlock"], check=True, stdout=subprocess.PIPE)
    ids = [str(lock["smartlockId"]) for lock in figures.json.loads(locks.stdout)]
    script, last = (INVITE, " ".join(ids[:LOCKS_EACH])) if what == "invite" else (SWITCH, list_keys(address, size["part"]))
    began = time.monotonic()
    subprocess.run(["sh", "-c", script.format(call=CALL), "sh", address, str(size["part"]), last], check=True,
                   stdout=subprocess.DEVNULL)
    return {"time": (time.monotonic() - began) * 1000 * size["n"] / size["part"]}


def with_service(size, measure):
    with figures.service(simulator, size["locks"], size["keys"]) as address:
        return measure(address)


def measure_growth(report):
    found = figures.take_turns(ROUNDS, few=lambda: with_service(FEW, lambda address: ask("invite", FEW, address)),
                               many=lambda: with_service(MANY, lambda address: ask("invite", MANY, address)))
    few, many = found["few"]["cpu"], found["many"]["cpu"]
    report.say(f"the processors' time of our own: {few:.0f} ms for {FEW['n']} people, {many:.0f} ms for {MANY['n']}")
    report.keep("growth", found)
    report.limit("growth_processors", many / few, GROWTH_LIMIT,
                 f"factor of the processors' time of our own from {FEW['n']} to {MANY['n']} people")


what, path, simulator, ask_many = sys.argv[1:]
size = INVITED if what == "invite" else SWITCHED
n = size["n"]
medians = figures.take_turns(ROUNDS, ours=lambda: with_service(size, lambda address: ask(what, size, address)),
                             curl=lambda: with_service(size, lambda address: loop(what, size, address)))
ours, curl = medians["ours"], medians["curl"]
report = figures.Report(path)
report.say(f"{what} {n}, medians of {ROUNDS} rounds: the service has all of it after {ours['taken']:.0f} ms, and it is confirmed after "
           f"{ours['confirmed']:.0f} ms; curl {curl['time']:.0f} ms; {ours['writes']:.0f} requests that change something, "
           f"{ours['requests'] - ours['writes']:.0f} others")
report.keep("ms", {"ours": ours, "curl": curl})
if what == "invite":
    report.limit("invite_many", ours["taken"] / curl["time"], 0.25,
                 f"the time until {n} people are invited to {LOCKS_EACH} locks each beside the walk-through's curl commands")
    report.limit("requests_a_person", ours["writes"] / n, 2, "requests a person that change something")
    report.limit("other_requests", ours["requests"] - ours["writes"], n / 10, "other requests, which all of them share")
    measure_growth(report)
else:
    report.limit("switch_many", ours["taken"] / curl["time"], 0.1, f"the time until {n} keys are switched off beside a curl each")
    report.limit("requests", ours["requests"], n / 50, "requests of all kinds")
sys.exit(report.end())
