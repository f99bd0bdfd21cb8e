# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user of Housekeys does again and again."""

import re

from driver import wait_for

BUTTONS = "push button", "toggle button", "radio button", "button"
ENTRIES = "text", "entry", "password text"
# Toggle buttons have the role of a button in older versions of the toolkit.
SWITCHES = "check box", "switch", "toggle button", "push button", "button"
MENU_ITEMS = "menu item", "check menu item", "push button", "button"


class User:
    """Somebody who sits before the window and reads the language it is in."""

    def __init__(self, session):
        self.session = session
        self.application = session.application

    def says(self, text, context=None):
        """A text of the source as it stands on the screen."""
        return self.session.translate(text, context).replace("_", "")

    def is_labelled(self, node, label):
        """Whether a widget has this label. Older versions of the toolkit say it twice in the name."""
        return re.search(rf"(^|\s){re.escape(label)}$", node.name) or label in node.words()

    def button(self, label, inside=None, backwards=False, context=None):
        text = self.says(label, context)
        return self.application.wait(BUTTONS, None, inside, lambda node: (
            self.is_labelled(node, text) and node.sensitive), f"the button “{text}”", backwards)

    def push(self, label, inside=None, context=None):
        self.application.click(self.button(label, inside, context=context))

    def wait_for_menu(self):
        self.application.wait(MENU_ITEMS, None, None, lambda node: any(
            outer.role in ("menu", "popup menu") for outer in node.ancestors()), "a menu")

    def choose(self, label):
        """Chooses an item of the menu that is open by its letter, as newer versions of the toolkit (4.18) do not name it."""
        self.wait_for_menu()
        text = self.session.translate(label)
        self.application.press(text[text.index('_') + 1].lower())

    def entry(self, label, inside=None):
        return self.application.wait(ENTRIES, self.says(label), inside, lambda node: node.editable)

    def fill(self, label, text, inside=None):
        self.application.fill(self.entry(label, inside), text)

    def open_row(self, *texts):
        self.application.click(self.application.wait_row(*texts))

    def set_switch(self, name, on, inside=None):
        """Turns a switch or a check button until it is as wanted."""
        switch = self.application.wait(SWITCHES, None, inside, lambda node: (
            name is None or self.is_labelled(node, name)), f"the switch “{name}”")
        if switch.checked != on:
            self.application.click(switch)
            wait_for(f"“{switch.name}” is {'on' if on else 'off'}", lambda: switch.checked == on)

    def search_keys(self, text):
        """The list of keys, with only those in it that this finds."""
        self.application.press("alt+1")
        self.button("_Invite")
        if not self.application.find(ENTRIES, self.says("Search keys")):
            self.application.press("ctrl+f")
        self.application.fill(self.application.wait(ENTRIES, self.says("Search keys")), text)

    def open_dialog(self, how):
        """Does what opens a dialog, and waits for it."""
        before = len(self.application.windows())
        how()
        wait_for("a dialog opens", lambda: len(self.application.windows()) > before)
        self.session.arrange()

    def wait_for_dialog_to_close(self, left=1):
        wait_for("the dialog closes", lambda: len(self.application.windows()) == left)

    def sentence(self, pattern, inside=None):
        """A text in the window that has this in it."""
        return self.application.wait("label", re.compile(pattern), inside).name
