"""What becomes of an error that nobody caught.

Rule 1: a fault is told by its class and place, never by its message, which might hold what somebody said.
Rule 2: the turn is wiped; the third fault within a minute ends the program, and whoever started it starts it again.
Rule 3: a turn that cannot even be wiped ends the program at once.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kivy.base import ExceptionHandler, ExceptionManager

ENDED_BY: Final = 3
WINDOW_S: Final = 60.0


class Faults(ExceptionHandler):
    """What becomes of an error that nobody caught: the turn is wiped; the third within a minute ends the program."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        wipe: Callable[[Exception], None],
        leave: Callable[[], None],
        report: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._monotonic, self._wipe, self._leave, self._report = monotonic, wipe, leave, report
        self._when: list[float] = []

    def handle_exception(self, inst: BaseException) -> int:
        """Kivy asks this for every error; only programs being ended go through."""
        if not isinstance(inst, Exception):
            return int(ExceptionManager.RAISE)
        self.fault(inst)
        return int(ExceptionManager.PASS)

    def fault(self, error: Exception) -> None:
        """Report class and place, wipe, and count."""
        self._report(_told(error))
        now = self._monotonic()
        self._when = [then for then in self._when if now - then < WINDOW_S] + [now]
        try:
            self._wipe(error)
        except Exception as second:  # noqa: BLE001 - nothing may stand that somebody said, nor be printed with it
            self._report(_told(second))
            self._leave()
            return
        if len(self._when) >= ENDED_BY:
            self._leave()


def _told(error: Exception) -> str:
    """Return an error's class and place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    return f"{type(error).__name__} at {place}"
