#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole session of the real application with a real keyring and everything that can be said for debugging, and then a
search for the token: it must be nowhere.

usage, on a display and session bus of its own (tests/ui/with-display):
  secrecy.py PROGRAM SIMULATOR
"""

import base64
import glob
import os
import random
import resource
import shutil
import signal
import string
import subprocess
import sys
import tempfile
import time
import urllib.parse

import display
from driver import Failure, wait_for
from journey import NAME, Journey
from report import Report
from session import Session
from traces import Search
from user import ENTRIES

LETTERS = string.ascii_letters + string.digits + "+/=-"

# Whatever makes a library talk. The messages on the bus are shown too: there the token has to be encrypted.
TALKATIVE = {
    "G_MESSAGES_DEBUG": "all",
    "G_DBUS_DEBUG": "message,payload",
    "GNUTLS_DEBUG_LEVEL": "9",
    "LIBSECRET_DEBUG": "all",
    "SECRET_DEBUG": "all",
    "SOUP_DEBUG": "9",
    "DBUS_VERBOSE": "1",
    # Settings are written to files then.
    "GSETTINGS_BACKEND": "keyfile",
}


# What the window says of each kind of trouble.
TROUBLE = {
    "status-500": "has trouble",
    "status-400": "does not accept",
    "redirect-other-origin": "refers to another address",
    "html": "cannot be understood",
    "reset-before": "broke off",
    "status-429": "asks for a pause",
}


def make_token():
    return "".join(random.SystemRandom().choice(LETTERS) for _ in range(64))


class Keyring:
    """A real one, unlocked, that keeps its file in a home."""

    def __init__(self, home):
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": os.path.join(home, "data")}
        self._process = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                         env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL)
        self._process.stdin.write(b"password")
        self._process.stdin.close()
        wait_for("a keyring", lambda: "org.freedesktop.secrets" in subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
             "--method", "org.freedesktop.DBus.ListNames"], capture_output=True, text=True, check=True).stdout)

    def end(self):
        self._process.terminate()
        self._process.wait(10)


class Service:
    """The simulator, in a process of its own, which knows the token."""

    def __init__(self, program, token):
        self._process = subprocess.Popen([program, "--account", "demo", "--delay", "0", "--token", token],
                                         stdout=subprocess.PIPE, text=True)
        self.pid = self._process.pid
        self.address = self._process.stdout.readline().strip()

    def end(self):
        self._process.terminate()
        self._process.wait(10)


class Secrecy(Journey):
    """What a user does in a session in which much goes wrong."""

    def __init__(self, session, report, service, token):
        super().__init__(session, report)
        self.service = service
        self.token = token

    def signs_in(self):
        entry = self.application.wait(ENTRIES, self.says("API token"), where=lambda node: node.editable)
        self.application.click(entry)
        display.write(self.token)
        self.push("_Sign In")
        self.application.wait_row("Anna Moser")

    def meets_trouble(self):
        for fault, words in TROUBLE.items():
            self.session.spoil(fault)
            self.application.press("F5")
            self.report.window(self.sentence(words))
            self.session.mend()

    def changes_something(self):
        self.search_keys(NAME)
        row = self.application.wait_row(NAME)
        self.set_switch(None, False, row)
        wait_for("a key is off", lambda: any(not key["enabled"] for key in self.keys()))

    def ends(self):
        self.application.press("ctrl+q")
        if self.application.wait_for_exit():
            raise Failure("the application ended badly")

    def crashes(self):
        # Wherever the system would put the memory of a process that crashed: it does not.
        limit, _ = resource.prlimit(self.application.process.pid, resource.RLIMIT_CORE)
        if limit != 0:
            raise Failure("a crash leaves the memory, with the token in it, on the disk")
        self.application.process.send_signal(signal.SIGABRT)
        self.application.process.wait(30)


def listen_to(session):
    """What a process of the application said, which is kept after its end."""
    return {stream: session.application.output(stream).encode() for stream in ("stdout", "stderr")}


def search(token, home, told, service, since):
    """Returns the search after it has looked everywhere."""
    result = Search(token)
    for number, texts in enumerate(told, 1):
        for stream, text in texts.items():
            result.look_into(f"{stream} of run {number}", text)
    result.look_into_folder(home, leave_out=[os.path.join(home, "data", "keyrings")])
    result.look_into_folder(os.environ["XDG_RUNTIME_DIR"])
    result.look_into_processes(leave_out=[service.pid])
    result.has_journal = result.look_into_journal(since)
    return result


def prove(token, home, told, service, since):
    """The search has to find what is hidden for it, in each kind of place and spelling. Returns what it did not find."""
    part = token[5:45]
    hidden = {
        "config/plain": part.encode(),
        "data/deep/down/percent": urllib.parse.quote(f"?token={part}", safe="").encode(),
        "cache/hex": part.encode().hex().encode(),
        "state/base64": base64.b64encode(f"Authorization: Bearer {part}".encode()),
        "wide": part.encode("utf-16-le"),
    }
    files = {os.path.join(home, name): content for name, content in hidden.items()}
    for path, content in files.items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    in_environment = subprocess.Popen(["sleep", "60"], env={**os.environ, "LEAK": token})
    in_arguments = subprocess.Popen(["sh", "-c", "sleep 60", token])
    try:
        said = {"stderr": f"> Authorization: Bearer {token}".encode()}
        found = search(token, home, [*told, said], service, since).found
        expected = [*files, f"/proc/{in_environment.pid}/environ", f"/proc/{in_arguments.pid}/cmdline",
                    f"stderr of run {len(told) + 1}"]
        return [place for place in expected if place not in found]
    finally:
        for child in in_environment, in_arguments:
            child.kill()
            child.wait()
        for path in files:
            os.unlink(path)


def run(program, simulator, home):
    token = make_token()
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    since = time.time()
    told = []
    keyring = Keyring(home)
    service = Service(simulator, token)
    report = None

    def live(session, steps):
        nonlocal report
        if report is None:
            report = Report(os.path.join(home, "pictures"), session)
        report.session = session
        user = Secrecy(session, report, service, token)
        try:
            for sentence, act in steps(user):
                with report.step(sentence):
                    act()
        finally:
            told.append(listen_to(session))
            session.end()

    def start():
        variables = {**TALKATIVE, "TMPDIR": os.path.join(home, "tmp")}
        os.makedirs(variables["TMPDIR"], exist_ok=True)
        return Session(program, api_url=service.address, home=home, variables=variables)

    def look_around():
        # What a process was started with is to be seen only while it runs.
        during = search(token, home, told, service, since)
        if during.found:
            raise Failure("\n".join(during.found))

    def look_for_it():
        # A search that has not seen the changes that are kept on the disk proves nothing about them.
        if not glob.glob(os.path.join(home, "data", "housekeys", "*.db")):
            raise Failure("there is no file of changes")
        missed = prove(token, home, told, service, since)
        if missed:
            raise Failure("\n".join(["the search does not find what was hidden for it:", *missed]))
        result = search(token, home, told, service, since)
        print(f"# places searched {result.n_places}, {'with' if result.has_journal else 'without'} a journal of the system")
        print(f"# places where the token was found {len(result.found)}")
        if result.found:
            raise Failure("\n".join(result.found))

    def look_at_what_was_said():
        # Nothing is proven if nothing was said.
        for number, texts in enumerate(told, 1):
            if not all(word in b"".join(texts.values()) for word in (b"DEBUG", b"GDBus-debug:Message")):
                raise Failure(f"run {number} said nothing for debugging")

    try:
        live(start(), lambda user: [
            ("The token is typed, checked and stored in the keyring", user.signs_in),
            (f"{NAME} is invited", user.fills_the_invitation),
            ("The invitation is sent", user.sends_it),
            ("The service makes trouble in every way", user.meets_trouble),
            ("The token is nowhere while the application runs", look_around),
            ("The application ends", user.ends),
        ])
        live(start(), lambda user: [
            ("The token comes from the keyring, and a key is switched off", user.changes_something),
            ("The token is nowhere in the second run either", look_around),
            ("The application crashes", user.crashes),
        ])
        with report.step("Everything was said that can be said for debugging"):
            look_at_what_was_said()
        with report.step("The token is nowhere, and the search would have found it"):
            look_for_it()
    finally:
        service.end()
        keyring.end()
        if report:
            report.finish()


def main():
    program, simulator = sys.argv[1:]
    home = tempfile.mkdtemp(prefix="housekeys-secrecy-")
    try:
        run(program, simulator, home)
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
