"""The program in a window that nobody looks at: for self-check, previews and whoever draws with it.

Rule 1: what is drawn is drawn by the program itself, through its own presenters and screens.
Rule 2: Kivy is imported when a window is asked for: the program sets what Kivy finds in the environment before that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.app import KioskApp, configure
from kiosk.presenters.doors import Doors
from kiosk.presenters.turn import Turn

FIRST_FRAMES: Final = 4  # in which the first page must stand


class NoWindowError(RuntimeError):
    """This machine cannot make a window, not even one that nobody sees."""


class Unseen:
    """The program in a window of 1280 x 800, frame by frame, for whoever draws with it; `close` it."""

    def __init__(self, app: KioskApp, state_dir: Path) -> None:
        """`state_dir` is the folder Kivy may write to. NoWindowError where there are no graphics at all."""
        from kivy.base import EventLoop, runTouchApp
        from kivy.clock import Clock

        configure(state_dir, windowed=True)
        from kivy.core.window import Window

        if Window is None:
            raise NoWindowError
        self._app, self._loop = app, EventLoop
        app._run_prepare()  # noqa: SLF001 - App.run would not come back
        runTouchApp(embedded=True)
        Clock._max_fps = 0  # noqa: SLF001 - nobody is looking: no frame need wait for the next sixtieth of a second

    def frames(self, count: int) -> None:
        """Draw whole frames."""
        for _ in range(count):
            self._loop.idle()
            self._loop.window.mainloop()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the window in pixels."""
        width, height = self._loop.window.size
        return width, height

    def close(self) -> None:
        """Put the program away."""
        self._app.stop()


Looked = Callable[[KioskApp, Unseen], str | None]
"""A look at what stands drawn: None, or what is wrong in words."""


def first_page(_app: KioskApp, unseen: Unseen) -> str | None:
    """Draw Welcome, and look whether anything stands there."""
    from kiosk.screens.proof import colours_across

    for _ in range(FIRST_FRAMES):
        unseen.frames(1)
        if colours_across(*unseen.size) > 1:
            return None
    return "the window stayed empty"


def draw_once(state_dir: Path, doors: Doors, *looks: Looked) -> tuple[str | None, ...]:
    """Open a window with these doors, and look at it in these ways; each gets its own answer."""
    found: list[str] = []
    app = KioskApp(lambda show: Turn(doors, show), report=found.append)
    unseen = Unseen(app, state_dir)
    seen = tuple(look(app, unseen) for look in looks)
    unseen.close()
    return tuple(found[0] if found else one for one in seen)
