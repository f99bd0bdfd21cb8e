# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes a picture of every page and dialog of the demo account, wide and narrow, light and dark, with high contrast."""

import contextlib
import os
import re

from gi.repository import GLib

from driver import Failure, wait_for
from session import NARROW, WIDE, Session
from user import BUTTONS, User

HIGH_CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}

VARIANTS = [
    ("wide-light", {"size": WIDE, "dark": False}),
    ("wide-dark", {"size": WIDE, "dark": True}),
    ("narrow-light", {"size": NARROW, "dark": False}),
    ("narrow-dark", {"size": NARROW, "dark": True}),
    ("contrast-light", {"size": WIDE, "dark": False, "variables": HIGH_CONTRAST}),
    ("contrast-dark", {"size": WIDE, "dark": True, "variables": HIGH_CONTRAST}),
]


class Tour(User):
    def __init__(self, session, folder, variant):
        super().__init__(session)
        self.folder = folder
        self.variant = variant
        self.problems = []

    def picture(self, name):
        file = os.path.join(self.folder, f"{name}-{self.variant}.png")
        self.application.picture(file)
        print(file, flush=True)

    # Where one can go

    def go_to(self, page):
        """The keys that lead to a page from anywhere: Alt and a number."""
        self.application.press(f"alt+{page}")

    def pages(self):
        """The list in the sidebar."""
        return self.application.wait("list", self.says("Pages and locks"))

    def go_to_sidebar(self):
        """Back to the sidebar, where it is a page of its own."""
        for _ in range(3):
            if self.application.find("list", self.says("Pages and locks")):
                break
            self.application.press("alt+Left")
        self.pages()

    def open_key(self, search, *texts):
        self.search_keys(search)
        self.open_row(*texts)
        self.button("More about this key")

    def open_menu(self):
        self.go_to_sidebar()
        self.application.press("F10")
        self.wait_for_menu()

    def choose_in_menu(self, label):
        self.open_menu()
        self.choose(label)

    def show(self, name):
        # What has just opened may still be moving.
        wait_for("the window is at rest", self.at_rest)
        self.picture(name)

    def at_rest(self):
        before = [node.extents for node in self.application.window().walk()]
        return before == [node.extents for node in self.application.window().walk()]

    def leave(self):
        """Back to the list of keys, from wherever a scene ended."""
        for _ in range(4):
            n_open = len(self.application.windows())
            if n_open == 1:
                break
            self.application.press("Escape")
            # Nothing closes but a menu, or a question comes.
            with contextlib.suppress(Failure):
                wait_for("a dialog closes or asks", lambda n=n_open: len(self.application.windows()) != n, patience=5)
            discard = self.application.find(BUTTONS, None, None, lambda node: self.is_labelled(node, self.says("Discard")))
            if discard:
                self.application.click(discard)
                self.wait_for_dialog_to_close()
        self.application.press("Escape")
        self.go_to(1)

    # The scenes

    def keys(self):
        self.go_to(1)
        self.application.wait_row("Anna Moser")
        self.show("keys")

    def keys_found(self):
        self.search_keys("moser")
        self.application.wait_row("Anna Moser")
        self.show("keys-search")

    def keys_not_found(self):
        self.search_keys("nobody has this name")
        self.sentence(self.says("No Results Found"))
        self.show("keys-nothing-found")

    def keys_filtered(self):
        self.go_to(1)
        self.push("Expired", context="keys that have expired")
        self.show("keys-expired")
        self.push("All")

    def keys_selected(self):
        self.go_to(1)
        self.push("Select Keys")
        for name in "Anna Moser", "Aoife O’Brien":
            self.open_row(name)
        self.show("keys-selected")
        self.application.press("Escape")

    def key(self):
        self.open_key("john", "John Doe", re.compile("Front door"))
        self.show("key")

    def key_code(self):
        self.open_key("cleaning", "Cleaning")
        self.show("key-code")

    def key_waiting(self):
        self.open_key("pieter", "Pieter van den Berg", re.compile("Garage"))
        self.show("key-waiting")

    def key_history(self):
        self.search_keys("cleaning")
        row = self.application.wait_row("Cleaning")
        self.session.spoil("status-500")
        self.set_switch(None, False, row)
        self.application.wait_row("Cleaning", re.compile(re.escape(self.says("Waiting for the service"))))
        self.session.mend()
        self.open_row("Cleaning")
        self.button("More about this key")
        subtitle = re.compile(re.escape(self.says("Saved")) + "$")
        self.application.click(self.application.wait("label", subtitle))
        self.application.wait("label", self.says("Confirmed by the lock"))
        self.show("key-history")

    def key_edit(self):
        self.open_key("john", "John Doe", re.compile("Front door"))
        self.open_dialog(lambda: self.push("Edit"))
        self.show("key-edit")

    def people(self):
        self.go_to(2)
        self.application.wait_row("Anna Moser")
        self.show("people")
        self.open_row("Aoife O’Brien")
        self.button("Edit")
        self.show("person")
        self.open_dialog(lambda: self.push("Edit"))
        self.show("person-edit")

    def sidebar(self):
        self.go_to_sidebar()
        self.show("sidebar")

    def locks(self):
        for name in ("Front door", "Garage", "Holiday flat", "Street intercom"):
            self.go_to_sidebar()
            self.application.click(self.application.wait_row(name, inside=self.pages()))
            self.application.wait("heading", name)
            self.show(f"lock-{name.lower().replace(' ', '-')}")

    def invite(self):
        self.open_dialog(lambda: self.application.press("ctrl+n"))
        self.show("invite")

    def invite_filled(self):
        self.open_dialog(lambda: self.application.press("ctrl+n"))
        self.push("Somebody new")
        self.fill("Name", "Vera Lang")
        self.fill("E-mail", "vera.lang@example.org")
        self.set_switch("Front door", True)
        self.set_switch("Holiday flat", True)
        self.show("invite-filled")
        self.push("_Weekly")
        self.set_switch(self.says("Tuesday"), True)
        self.fill("Hours, from", "9:00")
        self.fill("Hours, until", "12:00")
        self.show("invite-weekly")
        self.fill("Hours, until", "9:00")
        self.application.press("Tab")
        self.show("invite-wrong")

    def date(self):
        self.open_key("john", "John Doe", re.compile("Front door"))
        self.open_dialog(lambda: self.push("Edit"))
        self.application.click(self.application.wait(BUTTONS, re.compile(r"\d{4}$")))
        self.show("date")
        self.application.press("Escape")

    def discard(self):
        self.open_dialog(lambda: self.application.press("ctrl+n"))
        self.push("Somebody new")
        self.fill("Name", "Vera Lang")
        self.open_dialog(lambda: self.application.press("Escape"))
        self.show("discard")

    def rename(self):
        self.go_to_sidebar()
        self.application.click(self.application.wait_row("Garage", inside=self.pages()))
        self.push("More about this lock")
        self.open_dialog(lambda: self.choose("Re_name…"))
        self.show("rename")

    def undo(self):
        self.open_key("bike", "Bike workshop")
        self.push("More about this key")
        self.choose("_Delete")
        self.button("_Undo", backwards=True)
        self.show("undo")

    def conflict(self):
        name = "Changeover"
        self.open_key(name, name)
        self.open_dialog(lambda: self.push("Edit"))
        self.set_switch(self.says("Sunday"), True)
        key = next(key for key in self.session.holds()["keys"] if key["name"] == name)
        self.session.meddle({"id": key["id"], "allowedUntilTime": 20 * 60})
        self.push("_Save")
        self.wait_for_dialog_to_close()
        self.button("_Compare…")
        self.show("conflict")
        self.open_dialog(lambda: self.push("_Compare…"))
        self.show("compare")

    def trouble(self):
        self.session.spoil("status-500")
        self.go_to(1)
        self.application.press("F5")
        self.sentence(re.escape(self.says("The service has trouble at the moment (status %u).").split("%u")[0]))
        self.show("trouble")
        self.session.mend()

    def throttled(self):
        self.session.spoil("status-429")
        self.go_to(1)
        self.application.press("F5")
        self.sentence(re.compile("pause|requests"))
        self.show("throttled")
        self.session.mend()

    def changes(self):
        self.go_to(2)
        self.open_dialog(lambda: self.choose_in_menu("_Changes"))
        self.show("changes")

    def menu(self):
        self.open_menu()
        self.show("menu")

    def preferences(self):
        self.open_dialog(lambda: self.application.press("ctrl+comma"))
        self.show("preferences")

    def shortcuts(self):
        self.open_dialog(lambda: self.application.press("ctrl+question"))
        self.show("shortcuts")

    def about(self):
        self.open_dialog(lambda: self.choose_in_menu("_About Housekeys"))
        self.show("about")

    def go(self, wanted):
        scenes = (self.keys, self.keys_found, self.keys_not_found, self.keys_filtered, self.keys_selected, self.key,
                  self.key_code, self.key_waiting, self.key_history, self.key_edit, self.people, self.sidebar, self.locks, self.invite,
                  self.invite_filled, self.date, self.discard, self.rename, self.undo, self.changes, self.conflict,
                  self.trouble, self.throttled, self.menu, self.preferences, self.shortcuts, self.about)
        for scene in scenes:
            if wanted and scene.__name__ not in wanted:
                continue
            try:
                scene()
            except Failure as failure:
                self.problems.append(f"{scene.__name__}, {self.variant}: {failure}")
                if not self.application.running():
                    break
                self.picture(f"failed-{scene.__name__}")
            self.leave()


def take(program, folder, scenes=None, variants=None, **language):
    """The exit status: whether all scenes and variants, or only the given ones, could be reached."""
    os.makedirs(folder, exist_ok=True)
    problems = []
    for variant, look in VARIANTS:
        if variants and variant not in variants:
            continue
        session = Session(program, **look, **language)
        tour = Tour(session, folder, variant)
        try:
            tour.go(scenes)
        except (Failure, GLib.Error) as failure:
            tour.problems.append(f"{variant}: {failure}")
        finally:
            problems += tour.problems + session.complaints()
            session.end()
    for problem in problems:
        print(problem)
    return 1 if problems else 0
