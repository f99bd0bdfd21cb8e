#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who does not see the window is told: on every page and in every dialog, whatever can be used has a name,
and a switch says what it switches. Where the keyboard leads, the focus is not lost.

usage, on a display and session bus of their own (tests/ui/with-display):
  accessibility.py PROGRAM
"""

import re
import sys

from gi.repository import GLib

import tour
from driver import Failure, wait_for
from session import Session
from user import BUTTONS, ENTRIES

INTERACTIVE = ("push button", "toggle button", "radio button", "button", "check box", "switch", "text", "entry",
               "password text", "combo box", "spin button", "link", "menu item", "check menu item", "list item")

# The toolkit names what has no name after its type, and may do so with its own inner parts, such as the pencil in an
# entry row.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Hk|Gdk)[A-Z]\w+$")
INNER_PARTS = ("GtkImage",)

# Names that would do for any switch, and tell nothing about this one.
BARE_SWITCH = re.compile(r"^(on|off|switch|enabled)?$", re.IGNORECASE)


# Those of the tour that show widgets of our own which no other does.
SCENES = ("keys", "keys_not_found", "keys_selected", "key_code", "key_edit", "people", "invite_filled", "preferences")

# Nobody listens there.
NOWHERE = "http://127.0.0.1:1"


def is_shown(node):
    _, _, width, height = node.extents
    return width > 1 and height > 1


def is_name(text):
    return bool(text) and not TYPE_NAME.match(text)


def find_words_before(node):
    """Where a widget without a name is: the last texts before it."""
    *_, window = node.ancestors()
    before = []
    for other in window.walk():
        if other.accessible == node.accessible:
            break
        if other.role == "label" and is_shown(other):
            before.append(other.name)
    return before[-3:]


def find_fault(node):
    """What is wrong with how a widget is told, or None."""
    if node.role not in INTERACTIVE or node.name in INNER_PARTS or not is_shown(node):
        return None
    if not any(is_name(other.name) for other in node.walk()):
        return f"a {node.role} has no name, after {find_words_before(node)}"
    if node.role in ("switch", "check box") and BARE_SWITCH.match(node.name):
        return f"a {node.role} says only “{node.name}”"
    return None


def describe_faults(window):
    return sorted({fault for fault in map(find_fault, window.walk()) if fault})


class Results:
    """In the Test Anything Protocol."""

    def __init__(self):
        self.told = 0
        self.failed = False

    def tell(self, sentence, faults):
        self.told += 1
        self.failed = self.failed or bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.told} - {sentence}", flush=True)
        for fault in faults:
            print(f"#   {fault}", flush=True)

    def finish(self):
        print(f"1..{self.told}")
        return 1 if self.failed else 0


class Listener(tour.Tour):
    """Goes where the tour goes, and listens instead of taking pictures."""

    def __init__(self, session, results):
        super().__init__(session, None, "wide-light")
        self.results = results

    def picture(self, name):
        self.results.tell(f"whatever can be used is told: {name}", describe_faults(self.application.window()))

    def show(self, name):
        # Unlike a picture, names do not need rest.
        self.picture(name)

    def focused(self, name):
        """Waits until a widget of that name has the focus."""
        return wait_for(f"the focus is at “{name}”", lambda: next(
            (node for node in self.application.candidates(None, name) if "focused" in node.states), None))

    def go_by_keyboard(self):
        press = self.application.press
        first, second = "Key of Anna Moser for Front door", "Key of Anna Moser for Garage"
        try:
            self.focused(first)
            press("Down")
            self.focused(second)
            press("Return")
            self.button("More about this key")
            press("alt+Left")
            self.focused(second)
            press("Up")
            self.focused(first)
        except Failure as failure:
            self.results.tell("the keyboard leads to a key and back", [failure])
        else:
            self.results.tell("the keyboard leads to a key and back", [])

    def go_about(self):
        self.go_by_keyboard()
        self.go_to(3)
        self.button("More about this lock")
        self.show("lock")
        self.go(SCENES)

    def sign_in(self):
        """There is no token in the keyring of this bus, or no keyring."""
        without_keyring = self.says("_Enter a Token for This Session")
        self.application.wait(BUTTONS + ENTRIES, None, None, lambda node: (
            node.editable or self.is_labelled(node, without_keyring)), "the page that asks for a token")
        if self.application.find(BUTTONS, None, None, lambda node: self.is_labelled(node, without_keyring)):
            self.show("no keyring")
            self.push("_Enter a Token for This Session")
        self.entry("API token")
        self.show("sign-in")


def listen(session, results, go):
    listener = Listener(session, results)
    try:
        go(listener)
        session.application.press("ctrl+q")
        session.application.wait_for_exit()
    except (Failure, GLib.Error) as failure:
        listener.problems.append(str(failure))
    finally:
        results.tell("the application is told and ends without a complaint", listener.problems + session.complaints())
        session.end()


def main():
    program = sys.argv[1]
    results = Results()
    listen(Session(program), results, Listener.go_about)
    listen(Session(program, api_url=NOWHERE), results, Listener.sign_in)
    return results.finish()


if __name__ == "__main__":
    sys.exit(main())
