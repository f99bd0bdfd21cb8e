# SPDX-License-Identifier: GPL-3.0-or-later
"""What a sandbox must forbid, tried from inside. Each is tried from outside first, where it has to succeed: an attempt that
can only fail would prove nothing."""

import os
import subprocess
from collections import namedtuple

from driver import Failure

# Whoever gets out prints this word, or leaves it in a file.
WORD = "got-out-of-the-sandbox"

# `script` is for the shell. It prints the word, or puts it into the file `leaves`.
Attempt = namedtuple("Attempt", "what script leaves", defaults=[None])

BUS = "gdbus call --session --timeout 10 --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus --method org.freedesktop.DBus"
HOST_COMMAND = ("gdbus call --session --timeout 10 --dest org.freedesktop.Flatpak --object-path /org/freedesktop/Flatpak/Development"
                " --method org.freedesktop.Flatpak.Development.HostCommand")


def write(path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(WORD)
    return path


class Escapes:
    """The attempts on the sandbox of an application, and what they are after."""

    def __init__(self, application_id, home):
        self._id = application_id
        runtime, installation = os.environ["XDG_RUNTIME_DIR"], os.environ["FLATPAK_USER_DIR"]
        secrets = [write(path) for path in (
            f"{home}/letter", f"{home}/.var/app/org.example.Diary/data/letter", "/etc/opt/letter", "/srv/letter", "/tmp/letter",
            "/dev/letter", f"{runtime}/letter", "/run/dbus/system_bus_socket")]
        os.makedirs(f"{home}/{WORD}")
        planted = f"{home}/planted"
        autostart = f"{home}/.config/autostart/planted.desktop"
        os.makedirs(os.path.dirname(autostart))
        override = f"{installation}/overrides/global"
        os.makedirs(os.path.dirname(override), exist_ok=True)

        self.attempts = [Attempt(f"reads {path}", f"cat {path} /run/host{path}") for path in secrets] + [
            Attempt("lists the home folder", f"ls {home}"),
            Attempt("writes to the home folder", f"echo {WORD} >{planted}", planted),
            Attempt("starts a program with the next session", f"echo {WORD} >{autostart}", autostart),
            Attempt("gives itself permissions", f"echo {WORD} >{override}", override),
            Attempt("sees other processes", "cat /proc/[0-9]*/cmdline"),
            Attempt("makes a namespace of its own", f"unshare --user --map-root-user echo {WORD}"),
            Attempt("sees other names on the bus", f"{BUS}.ListNames | grep -q org.a11y.Bus && echo {WORD}"),
            Attempt("takes another name on the bus",
                    f"{BUS}.RequestName org.example.Thief 0 | grep -q 'uint32 1' && echo {WORD}"),
            Attempt("talks to the settings of the desktop",
                    f"gdbus introspect --session --dest ca.desrt.dconf --object-path / | grep -q node && echo {WORD}"),
            Attempt("has a program started outside", f"{HOST_COMMAND} \"b'/'\" \"[b'true']\" '@a{{uh}} {{}}' '@a{{ss}} {{}}' 0"
                    f" | grep -q uint32 && echo {WORD}"),
        ]

    def _succeeds(self, attempt, command):
        """Whether an attempt does what it is about when it is given to a shell that is started like this."""
        result = subprocess.run([*command, "-c", attempt.script], capture_output=True, text=True, timeout=60, check=False)
        return WORD in result.stdout if attempt.leaves is None else self._take(attempt.leaves)

    @staticmethod
    def _take(path):
        try:
            with open(path, encoding="utf-8") as file:
                found = WORD in file.read()
            os.unlink(path)
        except FileNotFoundError:
            return False
        return found

    def try_all(self):
        """Returns what succeeded in the sandbox."""
        found = []
        bystander = subprocess.Popen([WORD, "600"], executable="/bin/sleep")
        try:
            for attempt in self.attempts:
                if not self._succeeds(attempt, ["sh"]):
                    raise Failure(f"even outside the sandbox nobody {attempt.what}")
                if self._succeeds(attempt, ["flatpak", "run", "--command=sh", self._id]):
                    found.append(attempt.what)
        finally:
            bystander.kill()
            bystander.wait()
        return found
