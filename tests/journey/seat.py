# SPDX-License-Identifier: GPL-3.0-or-later
"""The pointer and the keyboard of somebody who sits before GNOME's compositor, which takes them from whoever helps from afar."""

from gi.repository import Gio, GLib

NAME, ROOT = "org.gnome.Mutter.RemoteDesktop", "/org/gnome/Mutter/RemoteDesktop"

# The keys that have no character of their own, as the display numbers them.
KEYS = {"shift": 0xffe1, "ctrl": 0xffe3, "alt": 0xffe9, "super": 0xffeb, "BackSpace": 0xff08, "Tab": 0xff09,
        "Return": 0xff0d, "Escape": 0xff1b, "Left": 0xff51, "Up": 0xff52, "Right": 0xff53, "Down": 0xff54, "F5": 0xffc2,
        "F10": 0xffc7, "Delete": 0xffff, "comma": ord(","), "space": ord(" ")}

# Of the mouse, as the kernel numbers them.
LEFT_BUTTON = 0x110

# Farther than any display is wide or high.
FAR = 20000.0


class Seat:
    """Understands what the module `display` does of pointer and keyboard."""

    def __init__(self):
        self._bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self._path = self._call(ROOT, NAME, "CreateSession").unpack()[0]
        self._tell("Start")
        # There is no focus before there is a keyboard.
        self._key("shift")

    def leave(self):
        """The compositor is not to lose somebody who still holds its pointer."""
        self._tell("Stop")

    def _call(self, path, interface, method, arguments=None):
        return self._bus.call_sync(NAME, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 10000)

    def _tell(self, method, signature=None, *values):
        self._call(self._path, f"{NAME}.Session", method, GLib.Variant(signature, values) if signature else None)

    def _key(self, name):
        number = KEYS[name] if name in KEYS else ord(name)
        for down in (True, False):
            self._tell("NotifyKeyboardKeysym", "(ub)", number, down)

    def point(self, x, y):
        # There is only a way from where it is; in the corner it is known where that is.
        self._tell("NotifyPointerMotionRelative", "(dd)", -FAR, -FAR)
        self._tell("NotifyPointerMotionRelative", "(dd)", float(x), float(y))

    def click(self, x, y):
        self.point(x, y)
        for down in (True, False):
            self._tell("NotifyPointerButton", "(ib)", LEFT_BUTTON, down)

    def scroll(self, x, y, down):
        self.point(x, y)
        self._tell("NotifyPointerAxisDiscrete", "(ui)", 0, 2 if down else -2)

    def press(self, keys):
        *held, last = keys.split("+")
        for name in held:
            self._tell("NotifyKeyboardKeysym", "(ub)", KEYS[name], True)
        self._key(last)
        for name in reversed(held):
            self._tell("NotifyKeyboardKeysym", "(ub)", KEYS[name], False)

    def write(self, text):
        for character in text:
            self._key(character)
