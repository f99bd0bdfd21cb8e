#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who does not see the window is told: on every page and in every dialog, question and menu, each list has a name,
whatever can be used has a name and a role that goes with it, a switch says what it switches, and what is wrong in a field says why.
Where the keyboard leads, the focus is not lost.

usage, on a display and session bus of their own (tests/ui/with-display):
  accessibility.py PROGRAM SHOW-SCENES
"""

import os
import re
import subprocess
import sys

from gi.repository import GLib

from driver import TEXTS, Application, Failure, wait_for
from session import Session
from user import User

INTERACTIVE = ("push button", "toggle button", "radio button", "button", "check box", "switch", "text", "entry",
               "password text", "combo box", "spin button", "link", "menu item", "check menu item", "list item")

# The toolkit names what has no name after its type, and may do so with what it makes by itself, such as the pencil in an entry
# row.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Hk|Gdk)[A-Z]\w+$")
INNER_PARTS = "GtkImage", "GtkCalendar"

# Names that would do for any switch, and tell nothing about this one.
BARE_SWITCH = re.compile(r"^(on|off|switch|enabled)?$", re.IGNORECASE)


# Roles whose name is not read where they have the focus themselves. A question is read as soon as the focus is anywhere in it.
PASSED_OVER = "grouping", "panel", "filler"


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
        if other.role in TEXTS and is_shown(other):
            before.append(other.name)
    return before[-3:]


def is_in_question(node):
    return any(above.role == "alert" and is_name(above.name) for above in node.ancestors())


def find_fault(node):
    """What is wrong with how a widget is told, or None."""
    if node.name in INNER_PARTS and node.role not in INTERACTIVE:
        return None
    if node.role in PASSED_OVER and "focused" in node.states and not is_in_question(node):
        return f"“{node.name}” has the focus as a {node.role}, whose name is not read"
    if node.role == "list" and is_shown(node) and not is_name(node.name):
        return f"a list has no name, after {find_words_before(node)}"
    if node.role not in INTERACTIVE or not is_shown(node):
        return None
    if not any(is_name(other.name) for other in node.walk()):
        return f"a {node.role} has no name, after {find_words_before(node)}"
    if any(TYPE_NAME.match(label.name) for label in node.labels):
        return f"the {node.role} “{node.name}” is labelled by what has no name"
    if node.role in ("switch", "check box") and BARE_SWITCH.match(node.name):
        return f"a {node.role} says only “{node.name}”"
    # By a relation alone it is said by some, and not by Orca.
    if "invalid-entry" in node.states and not node.description:
        return f"the {node.role} “{node.name}” does not say what is wrong with it"
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


class Keyboard(User):
    """Goes with the keyboard, and listens where the focus is."""

    def focused(self, name):
        """Waits until a widget of that name has the focus."""
        return wait_for(f"the focus is at “{name}”", lambda: next(
            (node for node in self.application.candidates(None, name) if "focused" in node.states), None))

    def go(self):
        press = self.application.press
        first, second = "Key of Anna Moser for Front door", "Key of Anna Moser for Garage"
        self.focused(first)
        press("Down")
        self.focused(second)
        press("Return")
        self.button("More about this key")
        press("alt+Left")
        self.focused(second)
        press("Up")
        self.focused(first)
        press("ctrl+q")
        self.application.wait_for_exit()


def go_by_keyboard(program, results):
    session = Session(program)
    problems = []
    try:
        Keyboard(session).go()
    except (Failure, GLib.Error) as failure:
        problems.append(str(failure))
    finally:
        results.tell("the keyboard leads to a key and back, without a complaint", problems + session.complaints())
        session.end()


def names_of_scenes(application):
    """What has been shown until now; the rest of what is printed is of the test framework, which may make it a comment."""
    return re.findall(r"^(?:# )?scene: (.+)$", application.output(), re.MULTILINE)


def listen_to_scenes(program, results):
    application = Application([program], {**os.environ, "GTK_A11Y": "atspi"}, stdin=subprocess.PIPE)
    try:
        for n_told in range(1000):
            wait_for("the next scene", lambda n=n_told: len(names_of_scenes(application)) > n or not application.running())
            if not application.running():
                break
            name = names_of_scenes(application)[n_told]
            wait_for("a window", application.window)
            results.tell(f"whatever can be used is told: {name}", describe_faults(application.window()))
            application.process.stdin.write(b"\n")
            application.process.stdin.flush()
        status = application.wait_for_exit()
        results.tell("all that can be shown is told",
                     [f"it ended with status {status}", *application.output("stderr").splitlines()] if status != 0 else [])
    finally:
        application.kill()


def main():
    program, scenes = sys.argv[1:3]
    results = Results()
    go_by_keyboard(program, results)
    listen_to_scenes(scenes, results)
    return results.finish()


if __name__ == "__main__":
    sys.exit(main())
