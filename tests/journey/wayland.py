#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job on Wayland, as GNOME has it: somebody signs in, invites, changes limits in what opens over the dialog, switches
off, takes back, thinks again, and goes through the menu. Pointer and keys come from the compositor, which decides who has the
focus and what closes.

usage, on a display and session bus of its own (tests/ui/with-display --wayland --size 1000x680):
  wayland.py PROGRAM SIMULATOR
"""

import os
import re
import sys
import tempfile
import time

import simulated
from display import Window
from driver import Application, Failure, wait_for
from journey import FIRST, NAME, Journey
from report import Report
from seat import Seat
from secrecy import Service
from session import WIDE, Session
from user import BUTTONS, ENTRIES

TOKEN = "a-token-of-somebody-on-wayland"

# Whose key gets limits.
HOLDER = "Anna Moser"


class OnWayland(Application):
    """Nobody is told where a window is. The first one fills the display, and one of its own that a dialog has is over it."""

    def __init__(self, *arguments, **options):
        self.display = Seat()
        super().__init__(*arguments, **options)

    def kill(self):
        super().kill()
        self.display.leave()

    def shapes(self):
        """Where the compositor puts them: twice as much is left free below as above."""
        return [Window(number, (WIDE[0] - width) // 2, (WIDE[1] - height) // 3, width, height)
                for number, window in enumerate(self.windows()) for _, _, width, height in [window.inside.extents]]

    def arrange(self, size):
        main = self.windows()[0].inside
        wait_for("the window fills the display", lambda: main.extents[2:] == size)

    @staticmethod
    def tells_places(window):
        """The border by which the versions differ elsewhere is missing here."""
        return tuple(map(int, window.accessible.get_application().get_toolkit_version().split("."))) < (4, 10)

    def in_popover(self, node):
        return any(outer.role in ("menu", "popup menu") for outer in node.ancestors())

    def is_active(self):
        """Whether the compositor lets the keys go to the window on top."""
        *_, top = self.window().ancestors()
        return "active" in top.states

    def focused(self):
        """What has the focus."""
        return next((node for node in self.window().walk() if "focused" in node.states), None)

    def write(self, entry, text):
        """Types instead of what an entry holds."""
        self.click(entry)
        self.press("ctrl+a")
        self.display.write(text)
        wait_for(f"“{entry.name}” holds “{text}”", lambda: entry.text == text)


class Wayland(Journey):
    """What a user does."""

    def signs_in(self):
        entry = self.application.wait(ENTRIES, self.says("API token"), where=lambda node: node.editable)
        self.application.click(entry)
        self.application.display.write(TOKEN)
        self.push("_Sign In")
        self.application.wait_row(HOLDER)

    def invites(self):
        self.names_who_and_where()
        self.push("_Send Invitation")
        self.wait_for_dialog_to_close()
        self.search_keys(NAME)
        self.application.wait_row(NAME, re.compile(FIRST))

    def turns_to_limits(self):
        self.search_keys(HOLDER)
        self.open_row(HOLDER, re.compile(FIRST))
        behind = self.application.centre(self.application.wait_row("People"))
        self.open_dialog(lambda: self.push("Edit"))
        # A dialog lets nothing through to what is behind it.
        self.application.display.click(*behind)
        self.push("_Weekly")
        self.set_switch("Tuesday", True)
        self.application.write(self.entry("Hours, from"), "9:00")
        self.application.write(self.entry("Hours, until"), "14:30")

    def wait_for_focus(self, what, condition):
        def has_focus():
            focused = self.application.focused()
            return focused and condition(focused)
        wait_for(f"the focus is {what}", has_focus)

    def date_button(self):
        return self.application.wait(BUTTONS, re.compile("^Until: "))

    def wait_for_calendar(self):
        self.wait_for_focus("in the calendar", lambda node: node.role not in BUTTONS)

    def wait_until_back(self):
        self.wait_for_focus("back at the button", lambda node: node.role in BUTTONS and any(
            outer.name.startswith("Until: ") for outer in node.ancestors()))

    def chooses_a_day(self):
        """In a calendar that a click opens, and a key, and that stays until a day is chosen or it is no longer wanted."""
        self.application.display.click(*self.application.centre(self.date_button()))
        self.wait_for_calendar()
        self.application.press("Escape")
        self.wait_until_back()
        self.application.press("space")
        self.wait_for_calendar()
        # The last day of the sheet, which has six weeks, is one of next month.
        for key in [*6 * ["Down"], *6 * ["Right"], "space"]:
            self.application.press(key)
        self.report.window(self.application.wait(BUTTONS, re.compile(r"^Until: .*\d{4}$")).name)
        self.wait_until_back()

    def saves_them(self):
        self.application.write(self.entry("Until, time"), "18:15")
        self.push("_Save")
        self.wait_for_dialog_to_close()
        self.button("More about this key")

        def held():
            return next((key for key in simulated.keys_of(self.session.holds(), HOLDER)
                         if key.get("allowedUntilDate")), None)
        limits = simulated.limits(wait_for("the simulator holds the limits", held))
        self.report.simulator(simulated.describe(self.session.holds(), HOLDER))
        until = limits.pop("allowedUntilDate")
        if limits != {"allowedWeekDays": simulated.mask("Tue"), "allowedFromTime": 540, "allowedUntilTime": 870}:
            raise Failure(f"the limits are {limits}")
        if until <= time.strftime("%Y-%m-%d"):
            raise Failure(f"it ends {until}")

    def goes_through_the_menu(self):
        self.search_keys(NAME)
        for label in "_Preferences", "_About Housekeys":
            self.application.press("F10")
            self.open_dialog(lambda label=label: self.choose(label))
            self.report.window(self.application.window().name)
            self.wait_for_focus("in the dialog", lambda node: self.application.is_active())
            self.application.press("Escape")
            self.wait_for_dialog_to_close()


def run(program, simulator, home):
    os.environ.update(SECRET_BACKEND="file", SECRET_FILE_TEST_PATH=os.path.join(home, "token"),
                      SECRET_FILE_TEST_PASSWORD="password")
    service = Service(simulator, TOKEN)
    session = Session(program, api_url=service.address, home=home, kind=OnWayland)
    report = Report(None, session)
    user = Wayland(session, report)
    steps = [
        ("Somebody signs in", user.signs_in),
        ("A filled form is given up only after a question", user.gives_up_a_filled_form),
        (f"{NAME} is invited", user.invites),
        ("A key is to be limited to a day and hours", user.turns_to_limits),
        ("A calendar opens over the dialog, stays and closes", user.chooses_a_day),
        ("The limits are saved", user.saves_them),
        ("A dialog is reached from the menu, and left", user.goes_through_the_menu),
        (f"The key of {NAME} is switched off", lambda: user.switches_it(False)),
        ("It is deleted, and that is undone", user.deletes_it_and_thinks_again),
    ]
    try:
        for sentence, act in steps:
            with report.step(sentence):
                act()
                wait_for("the keys go to the window", session.application.is_active)
        with report.step("The application ends in peace"):
            user.closes()
    finally:
        session.end()
        service.end()
        report.finish()


def main():
    with tempfile.TemporaryDirectory(prefix="housekeys-wayland-") as home:
        run(*sys.argv[1:3], home)


if __name__ == "__main__":
    main()
