# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for traces of a secret: in texts, in files, in processes, and in the journal of the system."""

import base64
import os
import subprocess
import urllib.parse

# So much of a secret is a trace of it.
WINDOW = 16


def spellings(part):
    """The forms in which a part of the secret may lie around."""
    yield part
    yield part.encode().hex()
    yield part.encode().hex().upper()
    yield urllib.parse.quote(part, safe="")
    yield urllib.parse.quote(part, safe="").lower()
    yield part[::-1]
    for shift in range(3):
        # What comes before moves the bits; the ends depend on what is next to them.
        for encode in base64.b64encode, base64.urlsafe_b64encode:
            yield encode(b"\0" * shift + part.encode()).decode()[4 if shift else 0:-4]


class Search:
    """Where a secret is searched, and where it was found."""

    def __init__(self, secret):
        parts = [secret[start:start + WINDOW] for start in range(0, len(secret) - WINDOW + 1, WINDOW)]
        words = {word for part in parts for word in spellings(part)}
        self._needles = {word.encode() for word in words} | {word.encode("utf-16-le") for word in words}
        self.n_places = 0
        self.found = []

    def look_into(self, place, data):
        self.n_places += 1
        if any(needle in data for needle in self._needles):
            self.found.append(place)

    def look_into_file(self, path):
        try:
            if os.path.islink(path):
                self.look_into(f"the target of {path}", os.readlink(path).encode())
            elif os.path.isfile(path):
                with open(path, "rb") as file:
                    self.look_into(path, file.read())
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            # It went away, or is nobody's business.
            return

    def look_into_folder(self, folder, leave_out=()):
        """Everything below, by content and by name."""
        for path, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if os.path.join(path, name) not in leave_out]
            for name in folders + files:
                self.look_into(f"the name of {os.path.join(path, name)}", name.encode())
            for name in files:
                self.look_into_file(os.path.join(path, name))

    def look_into_processes(self, leave_out=()):
        """What they were started with."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            if int(pid) not in leave_out:
                self.look_into_file(f"/proc/{pid}/cmdline")
                self.look_into_file(f"/proc/{pid}/environ")

    def look_into_journal(self, since):
        """Returns whether there is one."""
        journal = subprocess.run(["journalctl", "--no-pager", "--output=export", f"--since=@{int(since)}"],
                                 capture_output=True, check=False, timeout=60)
        self.look_into("the journal", journal.stdout)
        return journal.returncode == 0 and bool(journal.stdout)
