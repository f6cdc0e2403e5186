"""Paper ballots typed in under a real finger and a real scanner: each twice, from the number to the next paper.

1. What was touched is read off the ballots that were given to be sealed.
2. Between the entries, and after them, no screen holds a word of what was entered.
"""

from __future__ import annotations

import pytest

from kiosk.booth_places import BoothPaper, BoothSlip
from kiosk.presenters.booth_check import BoothCheckView
from kiosk.presenters.booth_paper import BoothPaperView
from kiosk.presenters.booth_vote import BoothVoteView
from kiosk.presenters.turn import Turn
from kiosk.screens.tile import AnswerTile
from kiosk.screens.words import Words
from kiosk.sitting import wiped
from models.election.ballot import Ballot, Mark
from tests.gallery.house import HouseDoors, the_shelf
from tests.kiosk.booths import FIRST_SLIP, NAMES, MemoryBooth, the_election
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver
from tests.kiosk.test_booth_screens import come, scan
from tests.models.elections import slips

pytestmark = pytest.mark.screens

MARKS = (("2",), (), ("2",), ("5", "1"), ("8", "1", "3"))
"""On the paper: somebody who has withdrawn, nothing, no, two of them, and a ranking over two pages."""


@pytest.fixture
def booth() -> MemoryBooth:
    return MemoryBooth(the_election(), is_open=True, kind="paper")


@pytest.fixture
def driver(drive: Drive, booth: MemoryBooth) -> Driver:
    return drive(lambda show: Turn(HouseDoors(on_shelf=the_shelf(), booth=booth), show))


def enter(driver: Driver, marks: tuple[tuple[str, ...], ...] = MARKS, code: str = FIRST_SLIP) -> None:
    """Enter one paper once, from the page before its number."""
    if driver.screen != "booth_slip":
        driver.tap(id="onward")
    scan(driver, code)
    for names in marks:
        if not names:
            driver.tap(id="blank")
            driver.tap(key="yes")
            continue
        for name in names:
            while not driver.has(key=name):
                driver.tap(id="more")
            driver.tap(key=name)
        driver.tap(id="onward")


def held(driver: Driver) -> dict[str, set[str]]:
    """Return every word that each screen of a booth holds, by its name."""
    return {
        name: {part.said.text for part in screen.walk() if isinstance(part, Words) and part.said is not None}
        for name, screen in driver.app.screens.items()
        if name.startswith("booth") and name != driver.screen
    }


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_paper_is_entered_twice_by_touch_sealed_once_and_the_next_one_follows(
    driver: Driver, booth: MemoryBooth, tag: str
) -> None:
    come(driver, tag)
    enter(driver)
    assert driver.app.turn.place == BoothPaper("swap")
    enter(driver)
    assert isinstance(driver.view, BoothCheckView)
    for _ in range(5):
        driver.tap(id="onward")
    assert driver.app.turn.place == BoothPaper("in")
    (ballots,) = booth.cast_ballots
    assert dict(ballots) == {
        1: Ballot(Mark.CHOICES, (2,)),
        2: Ballot(Mark.BLANK),
        3: Ballot(Mark.CHOICES, (2,)),
        4: Ballot(Mark.CHOICES, (1, 5)),
        5: Ballot(Mark.CHOICES, (8, 1, 3)),
    }
    driver.tap(id="onward")
    assert driver.app.turn.place == BoothSlip()
    for digit in FIRST_SLIP:  # by touch, and used by now
        driver.tap(key=digit)
    driver.tap(id="onward")
    assert driver.app.turn.place == BoothSlip(trouble="used")
    driver.tap(id="stop")
    assert driver.app.turn.sitting == wiped()


def test_two_entries_that_differ_are_told_apart_by_the_vote_and_begun_again(driver: Driver, booth: MemoryBooth) -> None:
    come(driver)
    enter(driver)
    enter(driver, (*MARKS[:3], ("5", "2"), ("1", "8", "3")))
    assert isinstance(driver.view, BoothPaperView)
    assert driver.app.turn.place == BoothPaper("differ", (4, 5))
    seen = {part.said.text for part in driver.seen() if isinstance(part, Words) and part.said is not None}
    assert {"What should come first?", "Wing representatives"} <= seen
    assert not seen & {*NAMES}
    assert booth.cast_ballots == []
    enter(driver)
    enter(driver)
    for _ in range(5):
        driver.tap(id="onward")
    assert len(booth.cast_ballots) == 1


def test_another_slip_the_second_time_is_told_before_any_mark(driver: Driver, booth: MemoryBooth) -> None:
    come(driver)
    enter(driver)
    enter(driver, (), slips(2)[1].code)
    assert driver.app.turn.place == BoothPaper("differ")
    assert booth.cast_ballots == []


def test_somebody_who_has_withdrawn_can_be_touched_and_is_not_crossed_out(driver: Driver) -> None:
    come(driver)
    enter(driver, ())
    tiles = [one for one in driver.seen() if isinstance(one, AnswerTile)]
    assert {one.key for one in tiles} == {"1", "2", "3", "4"}
    assert not any(one.words.strikethrough for one in tiles)
    driver.tap(key="2")
    view = driver.view
    assert isinstance(view, BoothVoteView)
    assert [tile.key for tile in view.answer.tiles if tile.chosen] == ["2"]


@pytest.mark.parametrize("entries", [1, 2])
def test_between_the_entries_and_after_them_no_screen_holds_a_name(driver: Driver, entries: int) -> None:
    come(driver)
    for _ in range(entries):
        enter(driver)
    if entries > 1:
        for _ in range(5):
            driver.tap(id="onward")
    assert isinstance(driver.view, BoothPaperView)
    assert not any(held(driver).values())


def test_a_half_entered_paper_is_wiped_when_nobody_answers(driver: Driver, booth: MemoryBooth) -> None:
    come(driver)
    enter(driver, MARKS[:2])
    driver.idle(61)
    assert driver.screen == "warning"
    driver.idle(91)
    assert driver.app.turn.sitting == wiped()
    assert booth.cast_ballots == []
    come(driver)
    enter(driver)
    assert driver.app.turn.place == BoothPaper("swap")
