# SPDX-License-Identifier: GPL-3.0-or-later
"""The display as a user has it: windows that lie somewhere, a pointer, a keyboard, and eyes."""

import subprocess
from collections import namedtuple

Window = namedtuple("Window", "number x y width height")

# A key of the virtual keyboard is down for a moment, so that no press melts into the next.
KEY_DELAY = "12"


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout


def windows(*which):
    """The visible windows that xdotool finds by this, lowest first."""
    try:
        numbers = run("xdotool", "search", "--onlyvisible", *which).split()
    except subprocess.CalledProcessError:
        return []
    found = []
    for number in numbers:
        try:
            lines = run("xdotool", "getwindowgeometry", "--shell", number).splitlines()
        except subprocess.CalledProcessError:
            continue
        shape = dict(line.split("=") for line in lines)
        found.append(Window(number, *(int(shape[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))))
    return [window for window in found if window.width > 1]


def move(window, x, y):
    run("xdotool", "windowmove", window.number, str(x), str(y))


def resize(window, width, height):
    run("xdotool", "windowsize", window.number, str(width), str(height))


def focus(window):
    run("xdotool", "windowfocus", window.number)


def click(x, y):
    run("xdotool", "mousemove", str(x), str(y), "click", "1")


def point(x, y):
    run("xdotool", "mousemove", str(x), str(y))


def scroll(x, y, down):
    run("xdotool", "mousemove", str(x), str(y), "click", "--repeat", "2", "--delay", "20", "5" if down else "4")


def press(keys):
    """One chord, as xdotool spells it: `ctrl+n`, `Escape`, `alt+1`."""
    run("xdotool", "key", "--delay", KEY_DELAY, keys)


def write(text):
    run("xdotool", "type", "--delay", KEY_DELAY, "--", text)


def picture(file, x, y, width, height):
    """What is on that part of the display, as a PNG."""
    run("import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "+repage", file)
