# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells what happened, step by step, in the Test Anything Protocol with words for people."""

import contextlib
import os
import traceback

from driver import Failure


class Report:
    """The steps of a journey, each with what the window showed, what the simulator held, and, where there is a folder for
    them, a picture."""

    def __init__(self, folder, session):
        self.folder = folder and os.path.abspath(folder)
        self.session = session
        self.steps = 0
        self.failed = False
        if not folder:
            return
        os.makedirs(self.folder, exist_ok=True)
        for name in os.listdir(self.folder):
            if name.endswith(".png"):
                os.unlink(os.path.join(self.folder, name))

    @staticmethod
    def tell(kind, text):
        for line in str(text).splitlines():
            print(f"#   {kind:<10} {line}", flush=True)
            kind = ""

    def window(self, text):
        self.tell("window:", text)

    def simulator(self, text):
        self.tell("simulator:", text)

    def picture(self, name):
        if not self.folder:
            return
        file = os.path.join(self.folder, f"{self.steps:02}-{name}.png")
        self.session.application.picture(file)
        self.tell("picture:", os.path.relpath(file))

    @contextlib.contextmanager
    def step(self, sentence):
        """One step; what goes wrong in it ends the journey."""
        self.steps += 1
        print(f"\n# {self.steps}. {sentence}", flush=True)
        try:
            yield
        except Exception as error:
            self.failed = True
            print(f"not ok {self.steps} - {sentence}", flush=True)
            self._explain(error)
            raise SystemExit(1) from error
        print(f"ok {self.steps} - {sentence}", flush=True)

    def _explain(self, error):
        if isinstance(error, Failure):
            self.tell("failed:", error)
        else:
            self.tell("failed:", "".join(traceback.format_exception(error)))
        if self.session is None:
            return
        self.tell("stderr:", self.session.application.output("stderr")[-4000:])
        with contextlib.suppress(Exception):
            window = self.session.application.window()
            self.window(f"{window.name}: " + " | ".join(window.words()))
            self.picture("failed")

    def finish(self):
        print(f"1..{self.steps}", flush=True)
        if self.folder:
            print(f"# The pictures are in {self.folder}", flush=True)
