"""The booth under a real finger and a real scanner: every kind of vote by touch alone, from the number to the codes.

1. What was touched is read off the ballots that were given to be sealed.
2. A scanner is a keyboard: its digits count on one page, and on no other; no other key counts anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kivy.base import EventLoop

from kiosk.booth_places import BoothSealed, BoothSlip, BoothVote
from kiosk.presenters.turn import Turn
from kiosk.screens.tile import AnswerTile
from kiosk.screens.words import Words
from kiosk.sitting import wiped
from models.election.ballot import Ballot, Mark
from tests.gallery.house import HouseDoors, the_shelf
from tests.kiosk.booths import FIRST_SLIP, NAMES, MemoryBooth, the_election
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens

ENTER, PAD_ENTER, PAD_ZERO, TAB, ESCAPE = 13, 271, 256, 9, 27


@pytest.fixture
def booth() -> MemoryBooth:
    return MemoryBooth(the_election(), is_open=True)


@pytest.fixture
def driver(drive: Drive, booth: MemoryBooth) -> Driver:
    return drive(lambda show: Turn(HouseDoors(on_shelf=the_shelf(), booth=booth), show))


def come(driver: Driver, tag: str = "en") -> None:
    while not driver.has(key=tag):
        driver.tap(id="more")
    driver.tap(key=tag)
    if driver.screen == "read_to_me":
        driver.tap(id="no")


def press(driver: Driver, *keys: int) -> None:
    """Press keys as a keyboard does, all in one frame."""
    for key in keys:
        EventLoop.window.dispatch("on_key_down", key, 0, chr(key) if 32 <= key < 127 else "", [])
        EventLoop.window.dispatch("on_keyboard", key, 0, "", [])
        EventLoop.window.dispatch("on_key_up", key, 0)
    driver.frames(3)


def scan(driver: Driver, digits: str, *, pad: bool = False) -> None:
    """Let a scanner type a number, and Enter after it."""
    press(driver, *(PAD_ZERO + int(one) if pad else ord(one) for one in digits), PAD_ENTER if pad else ENTER)


def blank(driver: Driver) -> None:
    if driver.screen == "booth_words":
        driver.tap(id="back")
    driver.tap(id="blank")
    driver.tap(key="yes")


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_kind_of_vote_is_cast_by_touch_alone(driver: Driver, booth: MemoryBooth, tag: str) -> None:
    come(driver, tag)
    assert driver.screen == "booth_welcome"
    driver.tap(id="onward")
    for digit in FIRST_SLIP:
        driver.tap(key=digit)
    driver.tap(id="onward")
    driver.tap(key="1")
    driver.tap(key="4")  # the mark moves
    driver.tap(id="onward")
    driver.tap(key="2")
    driver.tap(id="onward")
    driver.tap(id="onward")  # past what the question is about
    while driver.screen == "booth_words":
        driver.tap(id="onward")
    driver.tap(key="2")
    driver.tap(id="onward")
    for key in ("3", "1", "5"):  # one more than allowed
        driver.tap(key=key)
    driver.tap(id="onward")
    shown = [tile.key for tile in driver.view.answer.tiles]  # type: ignore[union-attr]
    for key in (shown[0], shown[2], shown[1]):
        driver.tap(key=key)
    driver.tap(id="undo")
    driver.tap(id="onward")
    driver.tap(key="no")
    for _ in range(5):
        driver.tap(id="onward")
    assert driver.screen == "booth_sealed"
    (ballots,) = booth.cast_ballots
    assert dict(ballots) == {
        1: Ballot(Mark.CHOICES, (4,)),
        2: Ballot(Mark.CHOICES, (2,)),
        3: Ballot(Mark.CHOICES, (2,)),
        4: Ballot(Mark.CHOICES, (1, 3)),
        5: Ballot(Mark.CHOICES, (int(shown[0]), int(shown[2]))),
    }
    driver.tap(id="onward")
    assert driver.app.turn.sitting == wiped()


@pytest.fixture(params=[(800, 480), (480, 800)])
def small(driver: Driver, request: pytest.FixtureRequest) -> Iterator[Driver]:
    driver.size(*request.param)
    yield driver
    driver.size(1280, 800)


def test_on_a_small_screen_what_to_read_first_and_undo_stand_beside_the_vote(small: Driver) -> None:
    come(small)
    small.tap(id="onward")
    scan(small, FIRST_SLIP)
    small.tap(id="tell")
    assert small.screen == "booth_words"
    for _ in range(4):
        blank(small)
    first, second = (tile.key for tile in small.view.answer.tiles[:2])  # type: ignore[union-attr]
    small.tap(key=first)
    small.tap(key=second)
    small.tap(id="undo")
    assert [tile.key for tile in small.view.answer.tiles if tile.chosen] == [first]  # type: ignore[union-attr]


def test_blank_and_spoilt_and_change_are_touched_like_anything_else(driver: Driver, booth: MemoryBooth) -> None:
    come(driver)
    driver.tap(id="onward")
    scan(driver, FIRST_SLIP)
    driver.tap(id="spoil")
    driver.tap(key="no")
    driver.tap(id="spoil")
    driver.tap(key="yes")
    for _ in range(4):
        blank(driver)
    driver.tap(id="change")
    driver.tap(key="3")
    driver.tap(id="onward")
    for _ in range(5):
        driver.tap(id="onward")
    (ballots,) = booth.cast_ballots
    assert [ballots[number].mark for number in range(1, 6)] == [Mark.CHOICES, *[Mark.BLANK] * 4]


def test_who_has_withdrawn_is_crossed_out_on_the_screen_and_nobody_can_touch_it(driver: Driver) -> None:
    come(driver)
    driver.tap(id="onward")
    scan(driver, FIRST_SLIP)
    assert not driver.has(key="2")
    gone = next(one for one in driver.seen() if isinstance(one, AnswerTile) and one.key == "2")
    assert "Bo Birch" in [one.said.text for one in gone.walk() if isinstance(one, Words) and one.said is not None]
    tiles = [one for one in driver.seen() if isinstance(one, AnswerTile)]
    assert [one.key for one in tiles if one.words.strikethrough] == ["2"]
    before = driver.view
    driver.tap_at(*gone.to_window(*gone.center))
    assert driver.view == before


@pytest.mark.parametrize("pad", [False, True])
def test_a_scanner_types_the_number_and_enter_goes_on(driver: Driver, pad: bool) -> None:
    come(driver)
    driver.tap(id="onward")
    scan(driver, FIRST_SLIP, pad=pad)
    assert isinstance(driver.app.turn.place, BoothVote)


def test_a_number_that_was_scanned_wrongly_can_be_scanned_again(driver: Driver) -> None:
    come(driver)
    driver.tap(id="onward")
    scan(driver, "1" * 22)
    assert driver.app.turn.place == BoothSlip(trouble="wrong")
    scan(driver, FIRST_SLIP)
    assert isinstance(driver.app.turn.place, BoothVote)


def test_enter_before_all_digits_does_nothing(driver: Driver) -> None:
    come(driver)
    driver.tap(id="onward")
    scan(driver, FIRST_SLIP[:-1])
    assert driver.app.turn.place == BoothSlip(FIRST_SLIP[:-1])


def test_no_other_key_counts_where_the_number_is_asked_for(driver: Driver) -> None:
    come(driver)
    driver.tap(id="onward")
    press(driver, ord("1"))
    press(driver, *(key for key in (*range(1, 48), *range(58, 256), *range(266, 320)) if key not in (ENTER, PAD_ENTER)))
    assert driver.app.turn.place == BoothSlip("1")


def test_digits_and_enter_count_on_no_other_page(driver: Driver) -> None:
    press(driver, *map(ord, "0123456789"), ENTER, PAD_ENTER, TAB, ESCAPE)
    assert driver.app.turn.sitting == wiped()
    come(driver)
    before: Any = driver.view
    scan(driver, FIRST_SLIP)
    assert driver.view == before
    driver.tap(id="onward")
    scan(driver, FIRST_SLIP)
    before = driver.view
    scan(driver, "3" * 22)
    assert driver.view == before
    for _ in range(5):
        blank(driver)
    for _ in range(5):
        scan(driver, "1")
        driver.tap(id="onward")
    assert isinstance(driver.app.turn.place, BoothSealed)
    scan(driver, "1")
    assert isinstance(driver.app.turn.place, BoothSealed)


def test_who_scans_is_there(driver: Driver) -> None:
    come(driver)
    driver.tap(id="onward")
    driver.clock.move(59)
    scan(driver, FIRST_SLIP[:4])
    driver.idle(59)
    assert isinstance(driver.app.turn.place, BoothSlip)
    assert not driver.app.turn.sitting.asking


def test_nothing_of_a_vote_stands_in_any_screen_after_it_was_sealed(driver: Driver) -> None:
    come(driver)
    driver.tap(id="onward")
    scan(driver, FIRST_SLIP)
    driver.tap(key="3")
    driver.tap(id="onward")
    for _ in range(4):
        blank(driver)
    for _ in range(5):
        driver.tap(id="onward")
    assert driver.screen == "booth_sealed"
    for name, screen in driver.app.screens.items():
        if name != "booth_sealed":
            held = [part.said.text for part in screen.walk() if isinstance(part, Words) and part.said is not None]
            assert not (held if name.startswith("booth") else {*held} & {*NAMES}), name
