"""The variables that must stand before Kivy is imported, and the one window of a test process."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kiosk.presenters.every_page import View
    from kiosk.presenters.turn import Turn
    from tests.kiosk.driver import Driver

STATE = Path(tempfile.gettempdir()) / f"wingvoice-tests-{os.getuid()}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
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

MakeTurn = Callable[[Callable[["View"], None]], "Turn"]
Drive = Callable[[MakeTurn], "Driver"]


@pytest.fixture(scope="session")
def the_driver() -> Iterator[Driver]:
    """The program in the one window of this process; its screens are built once, as on a kiosk."""
    from kiosk.app import KioskApp
    from kiosk.presenters.turn import Turn
    from tests.kiosk.doors import FakeDoors
    from tests.kiosk.driver import Driver, TestClock

    clock = TestClock()
    driver = Driver(KioskApp(lambda show: Turn(FakeDoors(), show), monotonic=clock), clock, STATE)
    yield driver
    driver.close()


@pytest.fixture
def drive(the_driver: Driver) -> Iterator[Drive]:
    """Begin with a turn of one's own; faults that nobody looked at fail the test."""

    def begin(make_turn: MakeTurn) -> Driver:
        the_driver.faults.clear()
        the_driver.clock.move(3600)
        the_driver.app.serve(make_turn)
        the_driver.frames(3)
        return the_driver

    yield begin
    assert the_driver.faults == []
