"""Runs an enrolled kiosk on a screen until it is switched off.

Rule 1: where nobody could see the screen it does not pretend: exit 69.
Rule 2: a vault that does not open shows "call staff" with its number, stays, and overwrites nothing.
Rule 3: what may pass by itself, as a key file that is not there yet, is tried again every five minutes.
Rule 4: what goes wrong is reported by class, number and place; never by what somebody did.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.alive import ALIVE, LEAVING, UP, teller
from kiosk.app import KioskApp, configure
from kiosk.enrolled import Kiosk, provider_for
from kiosk.home import Home, read_home
from kiosk.no_vault import NoVaultDoors
from kiosk.postman import Postman
from kiosk.presenters.doors import Doors
from kiosk.presenters.turn import Turn
from kiosk.unseen import draw_once, first_page
from kiosk.wiring import KioskDoors
from models.errors import VaultError, WingVoiceError

NO_SCREEN: Final = 69
NOT_ENROLLED: Final = 2
NOT_DRAWN: Final = 1
AGAIN_S: Final = 300.0
UNSEEN: Final = ("offscreen", "dummy", "evdev")


def run_kiosk(folder: Path, *, windowed: bool, unlock: Callable[[], str]) -> int:
    """Run the kiosk at `folder`; return the exit code. `unlock` gives the PIN where one protects the vault."""
    try:
        home = read_home(folder)
    except VaultError as error:  # not even enrolled: a sentence for whoever installs it, not for residents
        sys.stderr.write(f"{error} (number {error.number})\n")
        return NOT_ENROLLED
    # Kivy's window is made when its module is first imported, so the lock-down stands before that.
    configure(folder / "kivy", windowed=windowed)
    driver = _driver()
    if driver in UNSEEN or not driver:
        sys.stderr.write(
            "There is no screen that anybody could see. Start it on a desktop, or under a compositor such as cage.\n"
        )
        return NO_SCREEN
    return _Run(home, unlock).until_it_is_closed(closable=windowed)


def draw_first_page(folder: Path, *, unlock: Callable[[], str]) -> int:
    """Start the kiosk at `folder`, draw its first page, say so, and end; return the exit code. Nobody need see it."""
    try:
        home = read_home(folder)
        kiosk = Kiosk(home, provider_for(home, None if home.keyfile is not None else unlock()))
    except VaultError as error:
        sys.stderr.write(f"{error} (number {error.number})\n")
        return NOT_ENROLLED
    doors = KioskDoors(kiosk, lambda errand: errand(), lambda _error: None)
    (trouble,) = draw_once(folder / "kivy", doors, first_page)
    sys.stdout.write(f"{trouble or 'The first page is drawn.'}\n")
    sys.stdout.flush()
    kiosk.close()
    return 0 if trouble is None else NOT_DRAWN


class _Run:
    """A kiosk on its screen, with the vault or, until it opens, without."""

    def __init__(self, home: Home, unlock: Callable[[], str]) -> None:
        self._home = home
        self._app: KioskApp | None = None
        self._kiosk, self._doors, self._trouble = _opened(home, unlock, self._on_main_thread, self._report, self._back)
        self._again = Postman(self._on_main_thread, time.monotonic, lambda _error: None)
        self._tell, self._up = teller(os.environ), False

    def _beat(self) -> None:
        """Half a second went by on the screen's thread: the first time its first frame has been drawn."""
        self._tell(ALIVE if self._up else f"{UP}\n{ALIVE}")
        self._up = True

    def _asked_to_leave(self, _number: int, _frame: object) -> None:
        """The machine is being shut down: what somebody hands in just now is finished first."""
        if self._app is not None:
            self._app.on_main_thread(self._app.stop)

    def until_it_is_closed(self, *, closable: bool) -> int:
        """Run it; return the exit code."""
        self._app = KioskApp(
            lambda show: Turn(self._doors, show, self._trouble),
            closable=closable,
            mm_per_px=self._home.screen_mm_per_px,
            beat=self._beat,
        )
        # Last, since SDL would make of it a wish to close the window, which a kiosk does not heed.
        signal.signal(signal.SIGTERM, self._asked_to_leave)
        self._set_out()
        # A PIN is typed by staff and not kept: without it nothing is tried again.
        if self._trouble is not None and self._trouble.passes and self._home.keyfile is not None:
            self._again.regularly(self._try_again, lambda: AGAIN_S)
            self._again.start()
        self._app.run()
        self._tell(LEAVING)
        self._again.stop()
        if isinstance(self._doors, KioskDoors):
            self._doors.stop()
        if self._kiosk is not None:
            self._kiosk.close()
        return self._app.exit_code

    def _set_out(self) -> None:
        if isinstance(self._doors, KioskDoors):
            self._doors.start()

    def _try_again(self) -> None:
        """Open the vault, if it opens by now, and begin to serve people."""
        if self._kiosk is None:
            kiosk, doors, trouble = _opened(
                self._home, lambda: "", self._on_main_thread, self._report, self._back, quiet=True
            )
            if trouble is None:
                self._kiosk = kiosk
                self._on_main_thread(lambda: self._take_over(doors))

    def _take_over(self, doors: Doors) -> None:
        self._doors, self._trouble = doors, None
        self._set_out()
        if self._app is not None:
            self._app.serve(lambda show: Turn(doors, show))

    def _on_main_thread(self, errand: Callable[[], None]) -> None:
        if self._app is not None:
            self._app.on_main_thread(errand)

    def _report(self, error: BaseException) -> None:
        number = f" number {error.number}" if isinstance(error, WingVoiceError) else ""
        sys.stderr.write(f"fault: {type(error).__name__}{number}\n")
        if isinstance(error, VaultError) and self._app is not None:
            app = self._app
            app.on_main_thread(lambda: app.turn.fail(error))

    def _back(self) -> None:
        if self._app is not None:
            self._app.turn.recovered()


def _opened(
    home: Home,
    unlock: Callable[[], str],
    on_main_thread: Callable[[Callable[[], None]], None],
    report: Callable[[BaseException], None],
    recovered: Callable[[], None] = lambda: None,
    *,
    quiet: bool = False,
) -> tuple[Kiosk | None, Doors, VaultError | None]:
    """Return the kiosk with its doors; where the vault does not open, doors that lead nowhere and the reason."""
    try:
        kiosk = Kiosk(home, provider_for(home, None if home.keyfile is not None else unlock()))
    except VaultError as error:
        if not quiet:
            sys.stderr.write(f"fault: {type(error).__name__} number {error.number}\n")
        return None, NoVaultDoors(), error
    return kiosk, KioskDoors(kiosk, on_main_thread, report, recovered, _staff_came, _noted), None


def _staff_came() -> None:
    sys.stderr.write("the staff page was opened\n")


def _noted(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _driver() -> str:
    """Return the name of SDL's video driver in use; blank where there is none."""
    from kivy.core.window import Window

    if Window is None:
        return ""
    asked = os.environ.get("SDL_VIDEODRIVER", "")
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        if "libSDL2-2" in line:
            current = ctypes.CDLL(line.split()[-1]).SDL_GetCurrentVideoDriver
            current.restype = ctypes.c_char_p
            return (current() or b"").decode()
    return asked
