"""The kiosk's own program in a window that nobody sees, standing still wherever it is told to.

Rule 1: the program is the one that residents touch: same screens, same words, same fonts.
Rule 2: a picture is taken when nothing changes any more, after whole frames and never after a delay.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Final

from kiosk.app import KioskApp
from kiosk.presenters.doors import Doors
from kiosk.presenters.shown import Said
from kiosk.presenters.turn import Turn
from kiosk.screens.likeness import Pixels, Reducer, drawn_words, not_fitting, whole
from kiosk.sitting import Sitting
from kiosk.unseen import Unseen

SETTLED: Final = 2  # whole frames after a change
FIRST: Final = 4


class FaultError(RuntimeError):
    """The program told a fault while it was looked at."""


class Easel:
    """Draws whatever somebody would see; `close` it."""

    def __init__(self, doors: Doors, state_dir: Path) -> None:
        """`state_dir` is a folder for Kivy alone."""
        self._faults: list[str] = []
        # Its clock stands still: nobody is asked whether they are still there, and no touch comes too soon.
        self._app = KioskApp(lambda show: Turn(doors, show), monotonic=lambda: 0.0, report=self._faults.append)
        self._unseen = Unseen(self._app, state_dir)
        self._reducer = Reducer()
        self._unseen.frames(FIRST)

    @property
    def turn(self) -> Turn:
        """The turn that is shown."""
        return self._app.turn

    def show(self, sitting: Sitting) -> None:
        """Stand there."""
        self.turn.move(sitting)
        self._unseen.frames(SETTLED)
        if self._faults:
            raise FaultError(self._faults[0])

    def whole(self) -> Pixels:
        """Return what is drawn now."""
        return whole()

    def small(self, picture: Pixels, name: str) -> Pixels:
        """Return a picture at a quarter of its width, its name below it."""
        return self._reducer.small(picture, name)

    def said(self) -> tuple[Said, ...]:
        """Return all words that are drawn now."""
        return drawn_words(self._app.screens[self._app.root.current])

    def not_fitting(self) -> tuple[Said, ...]:
        """Return the words that are larger than their place, even at their smallest."""
        return not_fitting(self._app.screens[self._app.root.current])

    def forget(self) -> None:
        """Drop what was measured and shaped for the pictures so far; pictures of words go with what points to them."""
        self._app.turn.wipe()
        self._unseen.frames(1)
        gc.collect()

    def close(self) -> None:
        """Put the program away."""
        self._unseen.close()
