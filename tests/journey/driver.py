# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives an application from outside as a user would: finds widgets by what the accessibility tree
says they are, clicks and types where they are on the display, and looks at the result.

Needs a display and a session bus of its own (tests/ui/with-display), without a window manager.
"""

import os
import re
import subprocess
import tempfile
import time
import warnings

import gi

import display

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Newer bindings want the interfaces' methods called in a way that older ones do not know.
warnings.simplefilter("ignore", DeprecationWarning)

# Seconds after which something that has not happened will not happen.
PATIENCE = 60


class Failure(Exception):
    """Something that should have happened did not."""


def wait_for(what, condition, patience=PATIENCE):
    """Asks again and again until `condition` returns something true, and returns that."""
    end = time.monotonic() + patience
    while True:
        try:
            result = condition()
        except GLib.Error:
            # The widget went away while it was looked at.
            result = None
        if result:
            return result
        if time.monotonic() > end:
            raise Failure(f"waited {patience} s in vain: {what}")
        time.sleep(0.1)


def fits(pattern, text):
    """`pattern` is a text to be equal to, or a compiled expression to be found; None fits all."""
    if pattern is None:
        return True
    return bool(pattern.search(text)) if isinstance(pattern, re.Pattern) else pattern == text


def spell(role, name):
    name = name.pattern if isinstance(name, re.Pattern) else name
    return f"{role or 'widget'} “{name}”" if name else str(role)


# What can have a window of its own on the display; popovers are mere groups to some versions of the toolkit.
SURFACES = "frame", "dialog", "alert", "window", "menu", "popup menu", "filler", "panel", "grouping"
# What newer versions of libadwaita show inside the window.
DIALOGS = "dialog", "alert"
TEXTS = "label", "heading"
CHILDLESS = *TEXTS, "image", "scroll bar"

# Roles do not change, so they are asked for once. An accessible that nobody holds is forgotten.
_KEPT = {}


class Node:
    """A widget as the accessibility tree has it."""

    def __init__(self, accessible, parent=None):
        self.accessible = _KEPT.setdefault(hash(accessible), accessible)
        self.parent = parent

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        return self.accessible.get_name() or ""

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def labels(self):
        """The nodes that it is labelled by."""
        return [Node(relation.get_target(index))
                for relation in self.accessible.get_relation_set()
                if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
                for index in range(relation.get_n_targets())]

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    @property
    def visible(self):
        return self.accessible.get_state_set().contains(Atspi.StateType.VISIBLE)

    @property
    def sensitive(self):
        return "sensitive" in self.states

    @property
    def checked(self):
        """Whether a switch, check button or toggle button is on."""
        return bool({"checked", "pressed"} & self.states)

    @property
    def extents(self):
        """Left, top, width and height in the coordinates of the top-level window."""
        if self.accessible.get_component_iface() is None:
            return 0, 0, 0, 0
        box = Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    @property
    def text(self):
        """What an entry holds."""
        return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible))

    @property
    def editable(self):
        return self.accessible.get_editable_text_iface() is not None

    @property
    def inside(self):
        """What a window has in its border, which newer versions of the toolkit count in."""
        return next(self.children(), self) if self.role == "frame" else self

    def act(self):
        """Presses a button or moves a switch as assistive technology does; says whether this can be done."""
        action = self.accessible.get_action_iface()
        for index in range(Atspi.Action.get_n_actions(action) if action else 0):
            if Atspi.Action.get_action_name(action, index) in ("click", "toggle"):
                return Atspi.Action.do_action(action, index)
        return False

    def covers(self, x, y):
        """Whether a point is in it, in the coordinates of the top-level window."""
        left, top, width, height = self.extents
        return left <= x < left + width and top <= y < top + height

    def children(self):
        for index in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield Node(child, self)

    def walk(self, backwards=False):
        """This widget and those below it that are not hidden, parents first; `backwards` from the last child."""
        yield self
        role = self.role
        # A row that has scrolled far away has no size, and is not worth a look inside.
        if role in CHILDLESS or role == "list item" and self.extents[2] <= 0:
            return
        for child in reversed(list(self.children())) if backwards else self.children():
            if child.visible:
                yield from child.walk(backwards)

    def ancestors(self):
        """This widget and what it is in, up to the window."""
        node = self
        while node is not None and node.role != "application":
            yield node
            node = node.parent

    def words(self):
        """The texts that are to be read in this widget, in reading order."""
        words = []
        for node in self.walk():
            if node.role in TEXTS and node.name and node.name not in words:
                words.append(node.name)
        return words

    def is_or_holds(self, accessible):
        """Whether `accessible` is this widget or lies in it."""
        while accessible is not None:
            if accessible == self.accessible:
                return True
            accessible = accessible.get_parent()
        return False


class Application:
    """The application under test: its process, its windows and what they show."""

    # Where the windows are, and what moves pointer and keys there.
    display = display

    def __init__(self, command, environment, stdin=subprocess.DEVNULL):
        self._files = {name: tempfile.TemporaryFile() for name in ("stdout", "stderr")}
        self.process = subprocess.Popen(command, env=environment, stdin=stdin, **self._files)

    # Its process

    def output(self, stream="stdout"):
        """What it has printed so far."""
        file = self._files[stream]
        return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode(errors="replace")

    def running(self):
        return self.process.poll() is None

    def wait_for_exit(self):
        """The exit status, once the process has ended by itself."""
        wait_for("the application ends", lambda: not self.running())
        return self.process.returncode

    def kill(self):
        if self.running():
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)

    # Its windows

    def owns(self, accessible):
        """Whether this is the application on the bus."""
        return accessible.get_process_id() == self.process.pid

    def windows(self):
        if not self.running():
            raise Failure(f"the application has ended with status {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        # What is remembered is only brought up to date by events, which nobody here listens to.
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for index in range(desktop.get_child_count()):
            accessible = desktop.get_child_at_index(index)
            if accessible is not None and self.owns(accessible):
                accessible.set_cache_mask(Atspi.Cache.ROLE)
                return [w for frame in Node(accessible).children() if frame.extents[2] > 1
                        for w in (frame, *self.dialogs_in(frame))]
        return []

    @staticmethod
    def dialogs_in(frame):
        """The dialogs that have no window of their own, the one on top last."""
        return [node for node in frame.inside.children() if node.role in DIALOGS]

    def window(self):
        """The window on top: a dialog comes after what it belongs to."""
        windows = self.windows()
        return windows[-1] if windows else None

    @staticmethod
    def tells_places(window):
        """Whether the toolkit says exactly where a widget is.

        Newer versions (4.18) forget the padding of whatever it is in, begin in the border of the window, and do not know
        what a click would meet. That is enough to meet a row, not for each button.
        """
        return window.extents[:2] == (0, 0)

    def shapes(self):
        return self.display.windows("--pid", str(self.process.pid))

    def surface(self, node):
        """The widget with a window of its own on the display that `node` is in, and that window.

        A popover has one too; the tree only tells by its size, to which shadows come on the display.
        """
        shapes = self.shapes()
        for surface in node.ancestors():
            if surface.role not in SURFACES:
                continue
            _, _, width, height = surface.extents
            for shape in shapes:
                if 0 <= shape.width - width <= 12 and 0 <= shape.height - height <= 12:
                    return surface, shape
        raise Failure(f"no window on the display for {spell(node.role, node.name)}")

    def arrange(self, size):
        """Does what a window manager would: the size asked for, and dialogs in the middle of the window."""
        main, *dialogs = (window.inside for window in self.windows())
        _, frame = self.surface(main)
        width, height = (size + real - own for size, real, own in
                         zip(size, frame[3:], main.extents[2:]))
        if (frame.width, frame.height) != (width, height):
            self.display.resize(frame, width, height)
            wait_for("the size of the window", lambda: main.extents[2:] == size)
        for dialog in dialogs:
            _, shape = self.surface(dialog)
            if shape.number == frame.number:
                continue
            if shape.width > width or shape.height > height:
                shape = shape._replace(width=min(shape.width, width), height=min(shape.height, height))
                self.display.resize(shape, shape.width, shape.height)
            self.display.move(shape, max(0, (width - shape.width) // 2), max(0, (height - shape.height) // 2))

    def centre(self, node):
        """The middle of the widget on the display."""
        x, y, width, height = node.extents
        surface, shape = self.surface(node)
        left, top, surface_width, surface_height = surface.extents
        return (x - left + width // 2 + shape.x + (shape.width - surface_width) // 2,
                y - top + height // 2 + shape.y + (shape.height - surface_height) // 2)

    # Eyes

    def reachable(self, node):
        """Whether a click in the middle of the widget meets it."""
        x, y, width, height = node.extents
        if width <= 0 or height <= 0:
            return False
        *outer, top = node.ancestors()
        middle = y + height // 2
        if not self.tells_places(top):
            return all(view.covers(x + width // 2, middle) for view in outer if view.role == "scroll pane")
        for eighth in (4, 2, 6, 1, 7):
            hit = Atspi.Component.get_accessible_at_point(
                top.accessible, x + width * eighth // 8, middle, Atspi.CoordType.WINDOW)
            if hit is not None:
                return node.is_or_holds(hit)
        # Inner parts of entries and switches have no place in the tree; outside the window is nothing.
        return 0 <= x + width // 2 < top.extents[2] and 0 <= middle < top.extents[3]

    def in_popover(self, node):
        """Whether the widget is in an open popover, which the window below cannot be asked about."""
        *_, top = node.ancestors()
        try:
            return self.surface(node)[1].number != self.surface(top)[1].number
        except Failure:
            return False

    def candidates(self, role=None, name=None, inside=None, where=None, backwards=False):
        """The widgets of that role (or one of several) and name, in sight or not, in reading order or backwards."""
        roles = (role,) if isinstance(role, str) else role
        top = inside or self.window()
        for node in top.walk(backwards) if top else ():
            if ((roles is None or node.role in roles) and fits(name, node.name)
                    and (where is None or where(node))):
                yield node

    def find(self, role=None, name=None, inside=None, where=None):
        """The first of them that a click can reach."""
        return self.first_reachable(self.candidates(role, name, inside, where))

    def first_reachable(self, nodes):
        return next((node for node in nodes if self.reachable(node) or self.in_popover(node)), None)

    def find_or_scroll(self, find_candidates):
        """The first candidate in reach; if none is, scrolls a little towards one."""
        unreachable = []
        for node in find_candidates():
            if self.reachable(node) or self.in_popover(node):
                return node
            unreachable.append(node)
        any(self.scroll_towards(node) for node in unreachable)
        return None

    def wait(self, role=None, name=None, inside=None, where=None, what=None, backwards=False):
        return wait_for(what or spell(role, name), lambda: self.find_or_scroll(
            lambda: self.candidates(role, name, inside, where, backwards)))

    def wait_gone(self, role=None, name=None, inside=None, where=None):
        wait_for(f"{spell(role, name)} goes away", lambda: not self.find(role, name, inside, where))

    def rows(self, *patterns, inside=None):
        """The rows of lists that have all of these texts in them."""
        def has_all(node):
            words = [node.name, *node.words()]
            return all(any(fits(pattern, word) for word in words) for pattern in patterns)
        return self.candidates(("list item", "table row"), inside=inside, where=has_all)

    def row(self, *patterns, inside=None):
        return self.first_reachable(self.rows(*patterns, inside=inside))

    def wait_row(self, *patterns, inside=None):
        what = " and ".join(f"“{getattr(p, 'pattern', p)}”" for p in patterns)
        return wait_for(f"a row with {what}", lambda: self.find_or_scroll(
            lambda: self.rows(*patterns, inside=inside)))

    def picture(self, file):
        """A picture of all windows of the application as they lie on the display."""
        self.display.point(2, 2)
        window = self.windows()[0].inside
        _, shape = self.surface(window)
        _, _, width, height = window.extents
        # Without shadows the window gets a thin border, which is none of ours.
        self.display.picture(file, shape.x + (shape.width - width) // 2, shape.y + (shape.height - height) // 2,
                        width, height)

    # Hands

    def click(self, node):
        *_, window = node.ancestors()
        if self.tells_places(window) or not node.act():
            self.display.click(*self.centre(node))
        # Out of the way, before a tooltip covers what comes next.
        self.display.point(2, 2)

    def fill(self, entry, text):
        """Replaces what an entry holds."""
        self.click(entry)
        if not Atspi.EditableText.set_text_contents(entry.accessible, text):
            raise Failure(f"“{entry.name}” cannot be edited")
        wait_for(f"“{entry.name}” holds “{text}”", lambda: entry.text == text)

    def press(self, keys):
        self.display.press(keys)

    def scroll_towards(self, node):
        """Turns the wheel a little over the view that the widget is scrolled out of, if there is one."""
        pane = next((n for n in node.ancestors() if n.role == "scroll pane" and self.reachable(n)), None)
        _, top, _, height = node.extents
        if pane is None or height <= 0:
            return False
        _, pane_top, _, pane_height = pane.extents
        self.display.scroll(*self.centre(pane), down=top + height // 2 > pane_top + pane_height // 2)
        return True
