#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application in the sandbox of its Flatpak: installed from a bundle, it does its main job there, keeps a token in a
real keyring, and is started by the desktop. Then everything is tried that the sandbox must forbid.

usage, on a display and session bus of its own (tests/ui/with-display), in a home that may be filled, with a
FLATPAK_USER_DIR whose exports are in XDG_DATA_DIRS:
  sandbox.py PICTURES BUNDLE SIMULATOR
"""

import os
import subprocess
import sys

import display
from driver import Application, Failure, wait_for
from escapes import Escapes
from journey import Journey
from report import Report
from secrecy import Keyring, Secrecy, Service, make_token
from session import SETTINGS, Session
from user import SWITCHES, User

ID = "io.github.housekeys.Housekeys"
HOME, INSTALLATION = os.environ["HOME"], os.environ["FLATPAK_USER_DIR"]
EXPORTS = os.path.join(INSTALLATION, "exports")
PROGRAM = os.path.join(EXPORTS, "bin", ID)
PORTAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "portal.py")

# What the desktop finds of the application outside the sandbox, and what has to be in it.
EXPORTED = {
    f"applications/{ID}.desktop": "flatpak run",
    f"dbus-1/services/{ID}.service": "flatpak run",
    f"gnome-shell/search-providers/{ID}.search-provider.ini": f"BusName={ID}\n",
    f"icons/hicolor/scalable/apps/{ID}.svg": "<svg",
    f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg": "<svg",
    f"metainfo/{ID}.metainfo.xml": f"<id>{ID}</id>",
}
LANGUAGES = "de", "es", "fr", "it", "nl"


BUS = ("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method")


def run(*command):
    """What a command prints."""
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    if result.returncode:
        raise Failure(f"{' '.join(command)}: {result.stderr or result.stdout}")
    return result.stdout


class Sandboxed(Application):
    """A sandbox tells nobody the numbers of its processes: this is the only application on the display and on the bus."""

    def owns(self, accessible):
        return accessible.get_name() == "housekeys"

    def shapes(self):
        return display.windows("--class", "housekeys")

    def kill(self):
        if self.running():
            subprocess.run(["flatpak", "kill", ID], check=False, capture_output=True, timeout=30)
        super().kill()


def start(**options):
    return Session(PROGRAM, home=HOME, kind=Sandboxed, **options)


def install(bundle):
    # The runtime is there, wherever it came from.
    run("flatpak", "install", "--user", "--noninteractive", "--no-deps", bundle)
    # The bus learns of the new file for it by itself, but not when.
    run(*BUS, "org.freedesktop.DBus.ReloadConfig")
    # In the sandbox is another place for settings.
    folder = os.path.join(HOME, ".var/app", ID, "config/gtk-4.0")
    os.makedirs(folder)
    with open(os.path.join(folder, "settings.ini"), "w", encoding="utf-8") as file:
        file.write(SETTINGS)


def look_at_exports():
    for name, content in EXPORTED.items():
        with open(os.path.join(EXPORTS, "share", name), encoding="utf-8") as file:
            if content not in file.read():
                raise Failure(f"there is no “{content}” in {name}")
    for language in LANGUAGES:
        run("flatpak", "run", "--command=test", ID, "-s", f"/app/share/locale/{language}/LC_MESSAGES/housekeys.mo")


def installed_size():
    return next(line.split(":")[1].strip() for line in run("flatpak", "info", "--user", ID).splitlines()
                if line.strip().startswith("Installed:"))


def search_from_the_desktop():
    """The search provider answers, for which the bus has to start the application."""
    answer = run("gdbus", "call", "--session", "--dest", ID, "--object-path", f"/{ID.replace('.', '/')}/SearchProvider",
                 "--method", "org.gnome.Shell.SearchProvider2.GetInitialResultSet", "['door']")
    if answer.strip() != "(@as [],)":
        raise Failure(f"without an account, a search finds {answer}")
    run("flatpak", "kill", ID)


def want_to_stay(user):
    name = "Keep running in the background"
    user.open_dialog(lambda: user.application.press("ctrl+comma"))
    user.application.click(user.application.wait(SWITCHES, None, None, lambda node: user.is_labelled(node, name), name))


def may_not_stay(user):
    """There is no portal that could allow it, or show a notification."""
    want_to_stay(user)
    user.report.window(user.sentence("The desktop does not allow it"))
    user.sentence("This desktop shows no notifications")
    user.application.press("Escape")
    user.wait_for_dialog_to_close()


def may_stay(user, portal):
    """With a portal, the application goes on without its window."""
    want_to_stay(user)
    user.report.tell("portal:", portal.stdout.readline().strip())
    user.sentence("Notifications also come while no window is open")
    if user.application.find("label", "This desktop shows no notifications"):
        raise Failure("the portal was not found")
    user.application.press("Escape")
    user.wait_for_dialog_to_close()
    user.application.press("ctrl+w")
    wait_for("the window is gone", lambda: not user.application.windows())
    if ID not in run(*BUS, "org.freedesktop.DBus.ListNames"):
        raise Failure("the application has ended with its window")
    run("gdbus", "call", "--session", "--dest", ID, "--object-path", f"/{ID.replace('.', '/')}",
        "--method", "org.gtk.Actions.Activate", "quit", "[]", "{}")
    if user.application.wait_for_exit():
        raise Failure("the application ended badly")


class Check:
    """What is done in its order, told by one report."""

    def __init__(self, pictures, simulator):
        self.report = Report(pictures, None)
        self.token = make_token()
        self.service = Service(simulator, self.token)
        self.keyring = Keyring(HOME)

    def step(self, sentence, act):
        with self.report.step(sentence):
            act()

    def does_the_main_job(self):
        session = self.report.session = start()
        try:
            Journey(session, self.report).go()
        finally:
            session.end()

    def uses_the_keyring(self, steps):
        session = self.report.session = start(api_url=self.service.address)
        try:
            user = Secrecy(session, self.report, self.service, self.token)
            for sentence, act in steps(user):
                self.step(sentence, act)
        finally:
            session.end()

    def uses_a_portal(self):
        """The account is the user's own, as only of that there is something to tell; there is no token for it."""
        portal = subprocess.Popen([sys.executable, PORTAL], stdout=subprocess.PIPE, text=True)
        portal.stdout.readline()
        session = self.report.session = start(api_url="https://api.nuki.io")
        try:
            user = User(session)
            user.report = self.report
            self.step("With a portal it may, and goes on without a window until it is told to quit", lambda: may_stay(user, portal))
        finally:
            session.end()
            portal.terminate()
            portal.wait(10)

    def look_into_the_keyring(self):
        found = run("secret-tool", "lookup", "xdg:schema", f"{ID}.Token", "api-url", self.service.address)
        if found != self.token:
            raise Failure("the token is not in the keyring")

    def look_for_escapes(self):
        escapes = Escapes(ID, HOME)
        found = escapes.try_all()
        print(f"# sandbox escapes tried {len(escapes.attempts)}\n# sandbox escapes found {len(found)}")
        if found:
            raise Failure("\n".join(found))

    def go(self, bundle):
        self.step("The bundle is installed", lambda: install(bundle))
        print(f"# installed size {installed_size()}")
        self.step("The desktop finds its files under its name, and the languages are in it", look_at_exports)
        self.does_the_main_job()
        self.uses_the_keyring(lambda user: [
            ("The token is typed, checked and stored in the keyring", user.signs_in),
            ("The application ends", user.ends),
        ])
        self.step("Other programs find the token in the keyring", self.look_into_the_keyring)
        self.uses_the_keyring(lambda user: [
            ("After a new start it is still signed in", lambda: user.application.wait_row("Anna Moser")),
            ("Without a portal it may not keep running in the background, and nothing shows its notifications",
             lambda: may_not_stay(user)),
            ("The application ends again", user.ends),
        ])
        self.uses_a_portal()
        self.step("A search from the desktop starts the application", search_from_the_desktop)
        self.step("Nothing gets out of the sandbox", self.look_for_escapes)

    def end(self):
        self.service.end()
        self.keyring.end()
        self.report.finish()


def main():
    pictures, bundle, simulator = sys.argv[1:]
    check = Check(pictures, simulator)
    try:
        check.go(bundle)
    finally:
        check.end()


if __name__ == "__main__":
    main()
