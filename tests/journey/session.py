# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the application: started in surroundings of its own, and what the simulator in it holds."""

import gettext
import json
import os
import re
import tempfile
import urllib.request

from driver import Application, wait_for

WIDE = 1000, 680
NARROW = 360, 720

SETTINGS = """[Settings]
gtk-font-name=Cantarell 11
gtk-xft-antialias=1
gtk-enable-animations=0
gtk-cursor-blink=0
"""

# What a program may say on stderr without anything being wrong: nothing of ours.
NOISE = re.compile(r"^\s*$|dconf-WARNING|Unable to acquire (session bus|the address of the accessibility bus)")


def find_locale(language):
    """The locale of a language among those made by build-aux/locales, or one that has no language."""
    folder = os.environ.get("LOCPATH", "")
    made = sorted(os.listdir(folder)) if folder and language else []
    return next((name for name in made if name.startswith(f"{language}_")), "C.UTF-8")


class Session:
    """`housekeys --demo` with its own settings, in a language, a colour scheme and a size; or another account, of which
    nothing is known here. Its home is a new one, or one that outlives it; variables are added to its environment, and
    another kind of application knows its processes and windows in another way.
    """

    def __init__(self, program, *, size=WIDE, dark=False, language=None, locale_dir=None, api_url=None, home=None,
                 variables=None, kind=Application):
        self._own_home = None if home else tempfile.TemporaryDirectory(prefix="housekeys-home-")
        self._home = home or self._own_home.name
        self.size = size
        self._catalogue = gettext.translation("housekeys", locale_dir, [language] if language else [],
                                              fallback=not language)
        account = ["--api-url", api_url] if api_url else ["--demo"]
        self.environment = {**self._environment(dark, language), **(variables or {})}
        self.application = kind([program, *account], self.environment)
        try:
            self.address = api_url or wait_for("the address of the demo account", self._printed_address)
            wait_for("a window", self.application.window)
            self.arrange()
        except Exception:
            self.end()
            raise

    def _environment(self, dark, language):
        config = os.path.join(self._home, "config")
        os.makedirs(os.path.join(config, "gtk-4.0"), exist_ok=True)
        with open(os.path.join(config, "gtk-4.0", "settings.ini"), "w", encoding="utf-8") as file:
            file.write(SETTINGS)
        # Slow, complete stacks would make the application too slow for somebody who has seconds to undo.
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=1"
        return {
            **os.environ,
            "ASAN_OPTIONS": sanitizer,
            "HOME": self._home,
            "XDG_CONFIG_HOME": config,
            "XDG_CACHE_HOME": os.path.join(self._home, "cache"),
            "XDG_DATA_HOME": os.path.join(self._home, "data"),
            "XDG_STATE_HOME": os.path.join(self._home, "state"),
            "ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if dark else "prefer-light",
            "GIO_USE_PROXY_RESOLVER": "dummy",
            "GSETTINGS_BACKEND": "memory",
            "GSK_RENDERER": "cairo",
            "GTK_A11Y": "atspi",
            "G_DEBUG": "fatal-criticals",
            "LANGUAGE": language or "C",
            "LC_ALL": find_locale(language),
            "NO_PROXY": "127.0.0.1",
        }

    def _printed_address(self):
        if not self.application.running():
            raise RuntimeError(f"the application ended: {self.application.output('stderr')}")
        found = re.search(r"Demo account at (http://\S+)", self.application.output())
        return found and found.group(1).rstrip("/")

    def arrange(self):
        self.application.arrange(self.size)

    def translate(self, text, context=None):
        return self._catalogue.pgettext(context, text) if context else self._catalogue.gettext(text)

    def holds(self):
        """Everything that the simulator holds, past the client and its token."""
        with urllib.request.urlopen(f"{self.address}/simulator/account", timeout=10) as answer:
            return json.load(answer)

    def _tell_simulator(self, method, what, body=None):
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.address}/simulator/{what}", data, method=method)
        with urllib.request.urlopen(request, timeout=10):
            pass

    def spoil(self, fault, method="*"):
        """From now on the service has this fault of the simulator in every answer, or in those to one method."""
        self._tell_simulator("POST", "faults", {"fault": fault, "method": method})

    def mend(self):
        """The service answers as it should again."""
        self._tell_simulator("DELETE", "faults")

    def meddle(self, key):
        """Somebody else changes a key."""
        self._tell_simulator("POST", "account", {"keys": [key]})

    def complaints(self):
        """What the application said on stderr."""
        return [line for line in self.application.output("stderr").splitlines() if not NOISE.search(line)]

    def end(self):
        self.application.kill()
        if self._own_home:
            self._own_home.cleanup()
