# SPDX-License-Identifier: GPL-3.0-or-later
"""What benchmarks that run programs share: the service, medians, limits, and what is printed and written.

A figure is a median of rounds in which the programs that are compared take turns, so that what else the computer does
meets all of them."""

import contextlib
import json
import os
import statistics
import subprocess

TOKEN = "demo-token"


@contextlib.contextmanager
def service(simulator, n_locks, n_keys):
    """Gives the address of a simulator in a process of its own."""
    command = [simulator, "--port", "0", "--delay", "1", "--locks", str(n_locks), "--keys", str(n_keys)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def take_turns(rounds, **measures):
    """Calls each of the measures in each round; gives the median of each by its name, field by field."""
    results = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            results[name].append(measure())
    return {name: {field: statistics.median(result[field] for result in found) for field in found[0]}
            for name, found in results.items()}


class Report:
    """Prints as TAP, with the figures in the sentences, as that is all that meson shows; and writes JSON."""

    def __init__(self, path):
        self.path = path
        self.figures = {}
        self.n_tests = 0
        self.good = True

    def say(self, text):
        print(f"# {text}", flush=True)

    def keep(self, name, value):
        self.figures[name] = value

    def limit(self, name, value, most, sentence, aim=None):
        """Fails the benchmark if @value is more than @most; says how far it is from @aim, if that is less."""
        good = value <= most
        self.good = self.good and good
        self.n_tests += 1
        self.keep(name, {"value": round(value, 3), "limit": most, **({"aim": aim} if aim else {})})
        print(f"{'ok' if good else 'not ok'} {self.n_tests} - {sentence}: {value:.2f}, which is at most {most}"
              f"{f' ({aim} is the aim)' if aim else ''}", flush=True)

    def end(self):
        print(f"1..{self.n_tests}")
        with open(self.path + ".part", "w", encoding="utf-8") as file:
            json.dump(self.figures, file, indent=2)
        os.replace(self.path + ".part", self.path)
        return 0 if self.good else 1
