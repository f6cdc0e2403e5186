"""Runs an enrolled kiosk on a screen until it is switched off.

Rule 1: where nobody could see the screen it does not pretend: exit 69.
Rule 2: a vault that does not open shows "call staff" with its number, stays, and overwrites nothing.
Rule 3: what goes wrong is reported by class, number and place; never by what somebody did.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.app import KioskApp, configure
from kiosk.home import Home, read_home
from kiosk.presenters.doors import Doors
from kiosk.presenters.turn import Turn, View
from kiosk.wiring import Kiosk, KioskDoors, NoVaultDoors, provider_for
from models.errors import VaultError, WingVoiceError

NO_SCREEN: Final = 69
NOT_ENROLLED: Final = 2
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
    running: list[KioskApp] = []

    def on_main_thread(errand: Callable[[], None]) -> None:
        running[0].on_main_thread(errand)

    def report(error: BaseException) -> None:
        number = f" number {error.number}" if isinstance(error, WingVoiceError) else ""
        sys.stderr.write(f"fault: {type(error).__name__}{number}\n")
        if isinstance(error, VaultError):
            on_main_thread(lambda: running[0].turn.fail(error))

    kiosk, doors, trouble = _opened(home, unlock, on_main_thread, report)
    app = KioskApp(lambda show: _turn(doors, show, trouble), closable=windowed, mm_per_px=home.screen_mm_per_px)
    running.append(app)
    if isinstance(doors, KioskDoors):
        doors.start()
    app.run()
    if isinstance(doors, KioskDoors):
        doors.stop()
    if kiosk is not None:
        kiosk.close()
    return app.exit_code


def _opened(
    home: Home,
    unlock: Callable[[], str],
    on_main_thread: Callable[[Callable[[], None]], None],
    report: Callable[[BaseException], None],
) -> tuple[Kiosk | None, Doors, VaultError | None]:
    """Return the kiosk with its doors; where the vault does not open, doors that lead nowhere and the reason."""
    try:
        kiosk = Kiosk(home, provider_for(home, None if home.keyfile is not None else unlock()))
    except VaultError as error:
        sys.stderr.write(f"fault: {type(error).__name__} number {error.number}\n")
        return None, NoVaultDoors(), error
    return kiosk, KioskDoors(kiosk, on_main_thread, report), None


def _turn(doors: Doors, show: Callable[[View], None], trouble: VaultError | None) -> Turn:
    turn = Turn(doors, show)
    return turn if trouble is None else _OutOfService(doors, show, trouble)


class _OutOfService(Turn):
    """A turn that cannot begin: every start ends at "call staff"."""

    def __init__(self, doors: Doors, show: Callable[[View], None], trouble: VaultError) -> None:
        super().__init__(doors, show)
        self._trouble = trouble

    def start(self) -> None:
        """Say that staff are needed."""
        self.fail(self._trouble)

    def wipe(self) -> None:
        """Stay there."""
        self.fail(self._trouble)


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
