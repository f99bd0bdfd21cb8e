#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two real applications on one journal: somebody is logged in twice, so that each has a session bus of its own. The second one
says so and sends nothing until the first has ended; nothing is sent twice.

usage, on a display and session bus of its own (tests/ui/with-display --size 2100x800):
  twice.py PROGRAM SIMULATOR
"""

import os
import subprocess
import sys
import tempfile

import display
from driver import Failure, wait_for
from journey import NAME, Journey
from report import Report
from secrecy import Service
from session import WIDE, Session
from user import ENTRIES

TOKEN = "a-token-of-somebody-who-is-logged-in-twice"

# Whose key the second application is to switch off.
OTHER = "Anna Moser"


class Bus:
    """A session bus of its own, as another login has it."""

    def __init__(self):
        self._process = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                                         stdout=subprocess.PIPE, text=True)
        self.address = self._process.stdout.readline().strip()

    def end(self):
        self._process.terminate()
        self._process.wait(10)


def find_accessibility_bus():
    """Where this process looks at windows; the other bus would start one of its own."""
    said = subprocess.run(["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                           "--method", "org.a11y.Bus.GetAddress"], capture_output=True, text=True, check=True).stdout
    return said.split("'")[1]


class Somebody(Journey):
    """Who sits before one of the windows."""

    def turn_to(self):
        _, frame = self.application.surface(self.application.window())
        display.focus(frame)
        return frame

    def ends(self):
        self.turn_to()
        self.closes()


class First(Somebody):
    """The user at the application that has the journal."""

    def signs_in(self):
        entry = self.application.wait(ENTRIES, self.says("API token"), where=lambda node: node.editable)
        self.application.click(entry)
        display.write(TOKEN)
        self.push("_Sign In")
        self.application.wait_row(OTHER)

    def invites(self):
        self.session.spoil("status-503", "PUT")
        self.push("_Send Invitation")
        self.wait_for_dialog_to_close()
        self.search_keys(NAME)
        self.report.window("\n".join(self.application.wait_row(NAME).words()))

    def finishes(self):
        self.session.mend()
        self.turn_to()
        self.application.press("F5")
        self.wait_until_held("two keys", lambda keys: len(keys) == 2)
        self.wait_until_shown(2)
        self.report.window("\n".join(self.lines()))


class Second(Somebody):
    """The same user at the other one."""

    def __init__(self, session, report):
        super().__init__(session, report)
        frame = self.turn_to()
        display.move(frame, WIDE[0] + 40, 0)
        wait_for("the second window beside the first", lambda: self.application.shapes()[0].x > WIDE[0])

    def is_told(self):
        self.report.window(self.sentence("Housekeys is already open elsewhere"))

    def switches_a_key_off(self):
        self.set_switch(None, False, self.application.wait_row(OTHER))
        self.report.window("\n".join(self.application.wait_row(OTHER).words()))

    def tries_again_in_vain(self):
        self.push("_Try Again")
        # The press has had its effect when what comes after it has.
        self.turn_to()
        self.search_keys(OTHER)
        self.application.wait_row(OTHER)
        self.is_told()

    def takes_over(self):
        self.push("_Try Again")
        self.application.wait_gone("label", self.says("Housekeys is already open elsewhere"))
        wait_for("a key is off", lambda: self.n_off() == 1)


def run(program, simulator, home):
    os.environ.update(SECRET_BACKEND="file", SECRET_FILE_TEST_PATH=os.path.join(home, "token"),
                      SECRET_FILE_TEST_PASSWORD="password")
    service = Service(simulator, TOKEN)
    bus = Bus()
    sessions = [Session(program, api_url=service.address, home=home)]
    report = Report(os.path.join(home, "pictures"), sessions[0])
    first = First(sessions[0], report)

    def on(account):
        return sum(key["enabled"] for key in account["keys"])

    def count(what):
        account = sessions[0].holds()
        keys = sum(key["name"] == NAME for key in account["keys"])
        mails = len(account["mails"])
        if keys != what or mails != what:
            raise Failure(f"there are {keys} keys of {NAME} and {mails} invitations instead of {what}")
        report.simulator(f"{keys} keys of {NAME}, {mails} invitations")

    def hands_over():
        # On the bus of the first, there is no second.
        ended = subprocess.run([program, "--api-url", service.address], env=sessions[0].environment, timeout=30, check=False)
        if ended.returncode:
            raise Failure(f"it ended with status {ended.returncode}")
        if len(sessions[0].application.windows()) != 1:
            raise Failure("there is another window")

    def starts_on_another_bus():
        variables = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "AT_SPI_BUS_ADDRESS": find_accessibility_bus()}
        sessions.append(Session(program, api_url=service.address, home=home, variables=variables))
        return Second(sessions[1], report)

    try:
        for sentence, act in [
                ("Somebody signs in", first.signs_in),
                ("An application on the same bus hands over to the one that is there", hands_over),
                (f"{NAME} is to be invited", first.fills_the_invitation),
                ("The invitation waits, because the service is down", first.invites)]:
            with report.step(sentence):
                act()
        with report.step("An application on another bus says that there is one already"):
            second = starts_on_another_bus()
            second.is_told()
            count(0)
        before = on(sessions[0].holds())
        second.n_off = lambda: before + 2 - on(sessions[0].holds())
        for sentence, act in [
                ("What is changed there waits", second.switches_a_key_off),
                ("The first one sends the invitation", first.finishes),
                ("It has been sent once", lambda: count(2)),
                ("The second one still sends nothing", second.tries_again_in_vain),
                ("Nothing of it has been sent", lambda: wait_for("no key is off", lambda: second.n_off() == 0)),
                ("The first one ends", first.ends),
                ("The second one takes over, and sends what waited there", second.takes_over),
                ("Nothing has been sent twice", lambda: count(2)),
                ("The second one ends, too", second.ends)]:
            with report.step(sentence):
                act()
    finally:
        for session in sessions:
            session.end()
        service.end()
        bus.end()
        report.finish()


def main():
    with tempfile.TemporaryDirectory(prefix="housekeys-twice-") as home:
        run(*sys.argv[1:3], home)


if __name__ == "__main__":
    main()
