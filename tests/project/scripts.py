# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the scripts of build-aux and flatpak in a tree of their own, where nothing is installed, built or started for real.

usage: scripts.py SOURCE_ROOT
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import check, finish

ROOT = os.path.abspath(sys.argv[1])

# Each tells what it was asked for, and does no more than is needed to go on.
FAKES = {
    "bin/apt-get": 'echo "apt-get $*"',
    "bin/sudo": 'echo "sudo $*"',
    "bin/bwrap": 'echo "bwrap $*"',
    "bin/debootstrap": 'echo "debootstrap $*"',
    "bin/id": 'echo "$USER_ID"',
    "bin/dpkg-query": 'shift 2; for package; do [ "$package" = "$MISSING" ] || echo "installed $package"; done',
    "bin/meson": 'echo "meson $*"; case $* in "test -C _build "*) mkdir -p _build/meson-logs; '
                 'printf %s "$LOG" >_build/meson-logs/testlog.json; : >_build/meson-logs/testlog.txt;; esac',
    "bin/flatpak": 'case $* in *--show-origin*) exec echo "$ORIGIN";; esac; echo "flatpak $*"; '
                   'case $* in *" flathub "*) exec $FLATHUB;; esac',
    "bin/ostree": 'echo "ostree $*"',
    "_build/src/housekeys": 'echo "housekeys $*"',
    "tests/ui/with-display": 'echo "with-display $*"',
}


def make_tree(folder):
    for part in ("build-aux", "flatpak"):
        shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part))
    for path, commands in FAKES.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\n{commands}\n")
        os.chmod(path, 0o755)
    # What a bare system has, without its packages.
    os.mkdir(os.path.join(folder, "bare"))
    for program in ("bash", "dirname"):
        os.symlink(shutil.which(program), os.path.join(folder, "bare", program))
    # And what Debian has, without sudo.
    os.mkdir(os.path.join(folder, "plain"))
    for program in ("bash", "dirname", "grep"):
        os.symlink(shutil.which(program), os.path.join(folder, "plain", program))
    for program in ("apt-get", "dpkg-query", "id"):
        os.symlink(os.path.join(folder, "bin", program), os.path.join(folder, "plain", program))
    # Which distribution it is, the tests say, and the system's own folders stay as they are.
    for system in ("etc", "usr"):
        os.mkdir(os.path.join(folder, system))
    point_to_folder(folder, "build-aux/lib.sh", "/etc/os-release")
    point_to_folder(folder, "flatpak/runtime", "cp -a /etc", "/usr/etc", "/var/lib/housekeys")
    be_distribution(folder, "ID=debian\nVERSION_ID=12\n")


def point_to_folder(folder, script, *texts):
    """Has a script name something in the folder instead."""
    path = os.path.join(folder, script)
    with open(path, encoding="utf-8") as file:
        content = file.read()
    for text in texts:
        if text not in content:
            sys.exit(f"{script} has no {text} any more")
        content = content.replace(text, text.replace("/", f"{folder}/", 1))
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)


def run(folder, script, *arguments, **variables):
    """The exit status and what was said."""
    environment = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "USER_ID": "0", "LC_ALL": "C.UTF-8", **variables}
    command = [shutil.which("bash"), os.path.join(folder, "build-aux", script), *arguments]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60)
    return done.returncode, done.stdout


def be_distribution(folder, release):
    with open(os.path.join(folder, "etc/os-release"), "w", encoding="utf-8") as file:
        file.write(release)


def differences(result, status, last_line):
    """Why the script did not end like this."""
    lines = result[1].splitlines() or [""]
    if result[0] != status or last_line not in (None, lines[-1]):
        yield f"ended with {result[0]}: {result[1]}"


def without(result, *words):
    return [f"says “{word}”: {result[1]}" for word in words if word in result[1]]


def having(result, *words):
    return [f"does not say “{word}”: {result[1]}" for word in words if word not in result[1]]


def log(*tests):
    """The log of meson of tests with these results and outputs."""
    return "\n".join(json.dumps({"name": "a test", "result": result, "stdout": output}) for result, output in tests)


def check_packages(folder):
    fresh = run(folder, "run", DISPLAY=":9", MISSING="meson")
    check("what is missing is said and installed, and nothing else",
          having(fresh, "==> Installing meson", "apt-get update", "--no-install-recommends meson\n"))
    check("who is not root is helped by sudo",
          having(run(folder, "run", DISPLAY=":9", MISSING="meson", USER_ID="1000"), "sudo env DEBIAN_FRONTEND",
                 "--no-install-recommends meson\n"))
    alone = run(folder, "run", PATH=f"{folder}/plain", DISPLAY=":9", MISSING="meson", USER_ID="1000")
    check("who is not root and has no sudo is told what to install",
          [*differences(alone, 1, "As root, please: apt-get install meson"), *without(alone, "apt-get update")])
    check("where nothing is missing, nothing is installed",
          without(run(folder, "run", DISPLAY=":9"), "Installing", "apt-get"))
    check("what opens a virtual display is installed only where there is no display",
          [*without(run(folder, "run", DISPLAY=":9", MISSING="xvfb"), "apt-get"),
           *having(run(folder, "run", MISSING="xvfb"), "==> Installing xvfb")])


def check_run(folder):
    check("build-aux/run opens the demo account", differences(run(folder, "run", DISPLAY=":9"), 0, "housekeys --demo"))
    check("options after -- go to the application instead",
          [*differences(run(folder, "run", "--", WAYLAND_DISPLAY="wayland-9"), 0, "housekeys "),
           *differences(run(folder, "run", "--", "--invite", "--demo", DISPLAY=":9"), 0, "housekeys --invite --demo")])
    journey = run(folder, "run")
    check("without a display the application is driven on a virtual one",
          [*differences(journey, 0, None), *having(journey, "with-display /usr/bin/python3 tests/journey/journey.py",
                                                   " _build/src/housekeys\n")])


def check_test(folder):
    good = ("OK", "ok 1 - a\nok 2 - b # SKIP not here\n1..2\n"), ("OK", "")
    check("build-aux/test adds up what the tests say, and its last line is the sum",
          differences(run(folder, "test", LOG=log(*good)), 0, "2 passed, 0 failed"))
    check("it fails if a test fails, crashes or does not run at all",
          [*differences(run(folder, "test", LOG=log(*good, ("FAIL", "ok 1\nnot ok 2\n"))), 1, "3 passed, 1 failed"),
           *differences(run(folder, "test", LOG=log(("TIMEOUT", "ok 1\n"))), 1, "1 passed, 1 failed"),
           *differences(run(folder, "test", LOG=""), 1, "0 passed, 0 failed")])


def check_distributions(folder):
    without_tool = run(folder, "run", PATH=f"{folder}/bare", DISPLAY=":9")
    check("a distribution that is not known gets the list of packages, and nothing is done",
          [*differences(without_tool, 1, None), *having(without_tool, "libadwaita-1-dev", "meson setup _build"),
           *without(without_tool, "housekeys --demo\nhousekeys", "apt-get")])
    problems = []
    for known, release in {
            True: ("ID=debian\nVERSION_ID=\"12\"", "ID=debian\nVERSION_ID=\"13\"", "ID=debian", "ID=ubuntu\nVERSION_ID=\"24.04\""),
            False: ("ID=debian\nVERSION_ID=\"11\"", "ID=ubuntu\nVERSION_ID=\"23.10\"", "ID=fedora\nVERSION_ID=42", ""),
    }.items():
        for text in release:
            be_distribution(folder, text + "\n")
            result = run(folder, "run", DISPLAY=":9", MISSING="meson")
            problems += having(result, "Installing meson") if known else [
                *differences(result, 1, None), *having(result, "libadwaita-1-dev"), *without(result, "apt-get ")]
    check("Debian from 12 and Ubuntu from 24.04 are known, and no other", problems)
    be_distribution(folder, "ID=debian\nVERSION_ID=12\n")


def check_runtime(folder):
    def install(origin, flathub):
        return run(folder, "../flatpak/runtime", ORIGIN=origin, FLATHUB=flathub)

    stand_in, real = "flatpak install --noninteractive stand-in ", "flatpak install --noninteractive --reinstall flathub "
    check("the runtime comes from Flathub where that gives it", [
        problem for origin in ("", "stand-in")
        for problem in [*having(install(origin, "true"), real), *without(install(origin, "true"), stand_in)]])
    check("where it does not, a stand-in is made, once", [
        *having(install("", "false"), "making a stand-in", stand_in), *without(install("stand-in", "false"), stand_in)])
    check("what is there is not installed again", without(install("flathub", "true"), "install "))


def check_bundle(folder):
    for name in ("debian-13", "debian-13-flatpak"):
        os.makedirs(os.path.join(folder, "cache/housekeys", name))
    bundle = run(folder, "bundle", XDG_CACHE_HOME=os.path.join(folder, "cache"))
    check("the file of the Flatpak is where its command to install it says", [
        *differences(bundle, 0, "To install it, also on another computer: "
                     "flatpak install --user _build-flatpak/io.github.housekeys.Housekeys.flatpak"),
        *having(bundle, "_build-flatpak/repo _build-flatpak/io.github.housekeys.Housekeys.flatpak ",
                "built with a stand-in for the GNOME")])


def main():
    with tempfile.TemporaryDirectory(prefix="housekeys-scripts-") as folder:
        make_tree(folder)
        check_distributions(folder)
        check_packages(folder)
        check_run(folder)
        check_test(folder)
        check_runtime(folder)
        check_bundle(folder)
        check("what the scripts do not know they refuse, and say how they are used", [
            problem for script in ("run", "test", "bundle", "fuzz", "uninstall")
            for result in [run(folder, script, "--no-such-option")]
            for problem in [*differences(result, 1, None), *having(result, f"usage: build-aux/{script}")]])
    finish()


main()
