"""The variables that must stand before Kivy is imported, and the one window of a test process."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kiosk.presenters.turn import Turn, View
    from tests.kiosk.driver import Driver

STATE = Path(tempfile.gettempdir()) / f"wingvoice-tests-{os.getuid()}"
os.environ.update(
    KIVY_NO_ARGS="1",
    KIVY_NO_FILELOG="1",
    KIVY_NO_CONFIG="1",
    KIVY_HOME=str(STATE),
    SDL_AUDIODRIVER="dummy",
)
if not os.environ.get("DISPLAY"):
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
STATE.mkdir(exist_ok=True)

Drive = Callable[[Callable[[Callable[["View"], None]], "Turn"]], "Driver"]


@pytest.fixture
def drive() -> Iterator[Drive]:
    """Start the program with a turn of one's own; it leaves the window when the test ends."""
    from kiosk.app import KioskApp
    from tests.kiosk.driver import Driver, TestClock

    drivers: list[Driver] = []

    def start(make_turn: Callable[[Callable[[View], None]], Turn]) -> Driver:
        clock = TestClock()
        drivers.append(Driver(KioskApp(make_turn, monotonic=clock), clock, STATE))
        return drivers[-1]

    yield start
    for driver in drivers:
        driver.close()
