"""Five thousand touches by chance on a real kiosk with a full shelf: nothing breaks, ends dead or is half stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kiosk.places import Welcome
from kiosk.presenters.turn import Turn
from kiosk.sitting import wiped
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver
from tests.monkey.cage import Cage, a_full_kiosk, standing
from tests.monkey.monkey import Monkey

pytestmark = pytest.mark.screens
TOUCHES, SEED = 5000, 20261122
SMALL = (800, 480)


@pytest.fixture
def cage(tmp_path: Path, the_driver: Driver) -> Iterator[Cage]:
    a_full_kiosk(tmp_path)
    with standing(tmp_path, the_driver.clock) as cage:  # type: ignore[arg-type]
        cage.apps.append(the_driver.app)
        yield cage


def test_five_thousand_touches_break_nothing_and_leave_no_dead_end_and_no_half_a_record(
    drive: Drive, cage: Cage, tmp_path: Path
) -> None:
    driver = drive(lambda show: Turn(cage.watched, show))
    usual = tuple(map(round, driver.app.root.size))  # a copy: Kivy's own list changes with the window
    driver.size(*SMALL)  # the smallest screen is the quickest to draw, and the one with the most pages
    monkey = Monkey(driver, cage.watched, cage.saw, Random(SEED))
    try:
        monkey.go(TOUCHES)
        monkey.wait_it_out()
    finally:
        driver.size(*usual)
    assert driver.app.turn.sitting == wiped()
    assert isinstance(driver.app.turn.place, Welcome)
    assert cage.faults == []
    assert cage.saw.asked == cage.saw.stored
    assert cage.saw.stored > 3, "a monkey that hands in nothing proves little"
    assert len(cage.saw.kinds) >= 20, cage.saw
    cage.apps.clear()
