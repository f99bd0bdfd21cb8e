#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job of Housekeys, done in the real application as a user does it: somebody is invited to two
locks, the locks confirm, the limits are changed, the key is switched off and on, and taken back.

Each step prints what the window showed and what the simulator in the application holds, and leaves a
picture. A step that does not happen fails the journey.

usage, on a display and session bus of their own (tests/ui/with-display):
  journey.py [--pictures FOLDER] [--language LANGUAGE --locale-dir FOLDER] PROGRAM
  journey.py --tour FOLDER [--scene NAME] [--variant NAME] [--language LANGUAGE --locale-dir FOLDER] PROGRAM

With a LOCPATH that build-aux/locales has filled, dates and weeks are those of the language, too.
"""

import argparse
import re
import sys

import simulated
import tour
from driver import Failure, wait_for
from report import Report
from session import Session
from user import SWITCHES, User

NAME, EMAIL = "Vera Lang", "vera.lang@example.org"
FIRST, SECOND = "Front door", "Holiday flat"

# What a row says as long as its lock has not confirmed the last change.
PENDING = ("Waiting to be sent", "Saving…", "Waiting for the lock", "Not on the lock yet",
           "The lock has not confirmed yet", "Deleting…", "Deleting – waiting for the lock")


class Journey(User):
    def __init__(self, session, report):
        super().__init__(session)
        self.report = report

    def keys(self):
        return simulated.keys_of(self.session.holds(), NAME)

    def lines(self):
        """The rows of the new person's keys, in words."""
        return [" · ".join(row.words()) for row in self.application.rows(NAME)]

    def wait_until_held(self, what, condition):
        """Waits until that is true of the keys in the simulator, and the locks are through with them."""
        def held():
            keys = self.keys()
            return not any(key.get("operationId") for key in keys) and condition(keys)
        wait_for(f"the simulator holds {what}", held)

    def wait_until_shown(self, n_keys):
        """Waits until the list shows so many keys of the new person, each confirmed."""
        pending = [self.says(text) for text in PENDING]

        def shown():
            lines = self.lines()
            return len(lines) == n_keys and not any(text in line for text in pending for line in lines)
        wait_for(f"the window shows {n_keys} confirmed keys of {NAME}", shown)

    def wait_for_text(self, pattern):
        """Waits until the window says that and nothing is pending in it, and returns what it says."""
        pending = [self.says(text) for text in PENDING]

        def said():
            texts = [label.name for label in self.application.candidates("label")
                     if self.application.reachable(label)]
            return not any(text in pending for text in texts) and next(filter(pattern.search, texts), None)
        return wait_for(f"the window says “{pattern.pattern}”", said)

    def tell(self, shown, picture):
        self.report.window(shown if isinstance(shown, str) else "\n".join(shown))
        self.report.simulator(simulated.describe(self.session.holds(), NAME))
        self.report.picture(picture)

    # The steps, in their order

    def opens(self):
        row = self.application.wait_row("Anna Moser", re.compile(FIRST))
        account = self.session.holds()
        if self.keys():
            raise Failure(f"there are keys of {NAME} already")
        self.report.window(f"{self.application.window().name}: " + " · ".join(row.words()) + " …")
        self.report.simulator(f"{len(account['locks'])} locks, {len(account['users'])} people, "
                              f"{len(account['keys'])} keys at {self.session.address}")
        self.report.picture("demo-account")

    def gives_up_a_filled_form(self):
        self.open_dialog(lambda: self.application.press("ctrl+n"))
        self.push("Somebody new")
        self.fill("Name", NAME)
        self.open_dialog(lambda: self.application.press("Escape"))
        question = self.application.wait("label", self.says("Discard What You Entered?"))
        self.tell(question.name, "asks")
        self.push("Discard")
        self.wait_for_dialog_to_close()
        if self.keys():
            raise Failure("a form that was given up has made a key")

    def names_who_and_where(self):
        self.open_dialog(lambda: self.application.press("ctrl+n"))
        self.push("Somebody new")
        self.fill("Name", NAME)
        self.fill("E-mail", EMAIL)
        for lock in (FIRST, SECOND):
            self.set_switch(lock, True)

    def fills_the_invitation(self):
        self.names_who_and_where()
        self.push("_Weekly")
        for day in ("Tuesday", "Thursday"):
            self.set_switch(self.says(day), True)
        self.fill("Hours, from", "9:00")
        self.fill("Hours, until", "12:00")
        self.button("_Send Invitation")
        sentence = self.application.wait("label", re.compile(f"{NAME}.*{FIRST}.*{SECOND}.*9:00.*12:00"))
        self.tell(sentence.name, "invitation")

    def sends_it(self):
        self.push("_Send Invitation")
        self.wait_for_dialog_to_close()
        self.search_keys(NAME)
        self.report.window("\n".join(self.application.wait_row(NAME).words()))
        self.wait_until_held("two keys with the limits that were asked for", lambda keys: [
            simulated.limits(key) for key in keys] == 2 * [simulated.weekly("Tue", "Thu", start=9, end=12)])
        self.wait_until_shown(2)
        self.tell(self.lines(), "confirmed")

    def edits_it(self):
        self.open_row(NAME, re.compile(FIRST))
        self.open_dialog(lambda: self.push("Edit"))
        self.set_switch(self.says("Thursday"), False)
        self.fill("Hours, until", "14:00")
        self.push("_Save")
        self.wait_for_dialog_to_close()
        self.wait_until_held("the new limits on the first lock alone", lambda keys: [
            simulated.limits(key) for key in keys] == [simulated.weekly("Tue", start=9, end=14),
                                                       simulated.weekly("Tue", "Thu", start=9, end=12)])
        self.tell(self.wait_for_text(re.compile(r"9:00\W+14:00")), "edited")
        self.search_keys(NAME)
        self.wait_until_shown(2)

    def switches_it(self, on):
        row = self.application.wait_row(NAME, re.compile(FIRST))
        self.set_switch(None, on, row)
        self.wait_until_held(f"the first key, {'on' if on else 'off'}",
                             lambda keys: [key["enabled"] for key in keys] == [on, True])
        self.wait_until_shown(2)
        row = self.application.wait_row(NAME, re.compile(FIRST))
        switch = self.application.wait(SWITCHES, inside=row)
        if switch.checked != on:
            raise Failure("the switch in the row shows something else")
        self.tell([f"{'on' if on else 'off'}: " + " · ".join(row.words())], "on" if on else "off")

    def delete(self):
        self.open_row(NAME, re.compile(FIRST))
        self.push("More about this key")
        self.choose("_Delete")

    def deletes_it_and_thinks_again(self):
        self.delete()
        # There are only seconds to think, and a toast comes last in the window.
        undo = self.button("_Undo", backwards=True)
        self.tell(" · ".join(undo.parent.words()), "deleted")
        self.application.click(undo)
        self.search_keys(NAME)
        self.wait_until_shown(2)
        if len(self.keys()) != 2:
            raise Failure("the key is gone from the lock although the deletion was undone")
        self.tell(self.lines(), "undone")

    def deletes_it(self):
        self.delete()
        self.search_keys(NAME)
        wait_for("the row goes away", lambda: len(self.lines()) == 1)
        self.wait_until_held("one key less", lambda keys: len(keys) == 1)
        self.wait_until_shown(1)
        self.tell(self.lines(), "deleted-for-good")

    def closes(self):
        self.application.press("ctrl+q")
        status = self.application.wait_for_exit()
        complaints = self.session.complaints()
        if status or complaints:
            raise Failure("\n".join([f"the application ended with status {status}", *complaints]))
        self.report.window("closed, without a complaint")

    def go(self):
        steps = [
            ("The demo account opens", self.opens),
            ("A filled form is given up only after a question", self.gives_up_a_filled_form),
            (f"{NAME} is invited to {FIRST} and {SECOND}, on Tuesdays and Thursdays from 9:00 to 12:00",
             self.fills_the_invitation),
            ("The invitation is sent and both locks confirm it", self.sends_it),
            (f"The key for {FIRST} is edited: only Tuesdays, until 14:00", self.edits_it),
            ("It is switched off", lambda: self.switches_it(False)),
            ("It is switched on again", lambda: self.switches_it(True)),
            ("It is deleted, and that is undone", self.deletes_it_and_thinks_again),
            ("It is deleted again, and the lock forgets it", self.deletes_it),
            ("The application ends in peace", self.closes),
        ]
        for sentence, act in steps:
            with self.report.step(sentence):
                act()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--pictures", default="pictures", metavar="FOLDER", help="where the pictures go")
    parser.add_argument("--language", help="the language of the window, such as de")
    parser.add_argument("--locale-dir", metavar="FOLDER", help="where the translations of the program are")
    parser.add_argument("--tour", metavar="FOLDER", help="only take pictures of every page and dialog, to there")
    parser.add_argument("--scene", action="append", metavar="NAME", help="of the tour, only this scene")
    parser.add_argument("--variant", action="append", choices=[name for name, _ in tour.VARIANTS],
                        help="of the tour, only this variant")
    options = parser.parse_args()

    if options.tour:
        sys.exit(tour.take(options.program, options.tour, options.scene, options.variant,
                           language=options.language, locale_dir=options.locale_dir))
    session = Session(options.program, language=options.language, locale_dir=options.locale_dir)
    report = Report(options.pictures, session)
    try:
        Journey(session, report).go()
    finally:
        session.end()
        report.finish()


if __name__ == "__main__":
    main()
