"""Every kind of question under a real finger: answered, changed, in another language, larger, back, on, and skipped.

1. The questionnaire has one of each kind; the finger touches what is drawn, and never calls a presenter.
2. What is held is the sheet: what was touched last is what stands there, whatever was done to the page meanwhile.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from kiosk.places import AtQuestion
from kiosk.presenters.question import QuestionView
from kiosk.presenters.turn import Turn
from kiosk.sitting import sheet_of
from models.questionnaire import Path
from tests.gallery.house import HouseDoors, the_shelf
from tests.gallery.stands import _every_kind
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens
Touch = dict[str, str]


def keys(*names: str) -> list[Touch]:
    return [{"key": name} for name in names]


class Kind(NamedTuple):
    """Touches and what they come to, twice; `quick`: a touch goes on by itself."""

    first: list[Touch]
    value: str
    then: list[Touch]
    other: str
    quick: bool = False


KINDS: dict[str, Kind] = {
    "talk": Kind(keys("4"), "4", keys("2"), "2"),
    "fast": Kind(keys("yes"), "yes", keys("no"), "no", quick=True),
    "topics": Kind(keys("work", "food"), "food work", keys("none"), "none"),
    "grid": Kind(keys("visits"), "visits", keys("work"), "work"),
    "cards": Kind(keys("work"), "work", keys("friends"), "friends"),
    "order": Kind(
        keys("work", "food", "visits", "safety", "healthcare"),
        "work food visits safety healthcare",
        keys("healthcare", "work", "work", "healthcare"),
        "food visits safety work healthcare",
    ),
    "ready": Kind([], "OK", [], "OK"),
    "safe": Kind(keys("7"), "7", keys("0"), "0"),
    "clean": Kind(keys("3"), "4", keys("0"), "1"),
    "share": Kind(keys("70"), "70", keys("10", "+", "+", "-"), "11"),
    "quiet": Kind(keys("4"), "8", keys("9"), "18"),
    "warm": Kind(keys("+"), "21.5", keys("++", "-"), "26"),
    "hours": Kind(keys("1", "2"), "12", keys("delete", ".", "5"), "1.5"),
    "phone": Kind(keys("0", "7", "7"), "077", keys("delete", "9"), "079"),
    "since": Kind([{"id": "shown"}], "2026-11-22", keys("day-1", "month-1", "year-10"), "2016-10-21"),
    "month": Kind([{"id": "shown"}], "2026-11-01", keys("month-1"), "2026-10-01"),
    "born": Kind(keys("year-10", "year-10", "year-1"), "2005-01-01", keys("year+1"), "2006-01-01"),
    "time": Kind(keys("hour-1", "minute+10"), "11:10:00", keys("minute-1"), "11:09:00"),
    "words": Kind(
        keys("M", "o", "r", "e", "space", "t", "e", "a"), "More tea", keys("delete", "delete", "o"), "More to"
    ),
}


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(HouseDoors(on_shelf=the_shelf()), show))


def stand(driver: Driver, name: str) -> None:
    """Stand at a question, as somebody who chose English."""
    driver.clock.move(1)
    driver.app._touched_at = driver.clock()
    driver.app.turn.move(_every_kind("en")[name, ""])
    driver.frames(3)


def path(driver: Driver) -> Path:
    place = driver.app.turn.place
    assert isinstance(place, AtQuestion)
    return place.path


def shown(driver: Driver) -> Any:  # noqa: ANN401 - any pad
    view = driver.view
    assert isinstance(view, QuestionView), driver.screen
    return view.answer


def held(driver: Driver, where: Path) -> str:
    """What stands on the sheet."""
    return str(sheet_of(driver.app.turn.sitting).value(where))


def touch(driver: Driver, touches: list[Touch]) -> None:
    """Touch one after the other; a capital where the letter is not there."""
    for what in touches:
        key = what.get("key", "")
        driver.tap(key=key.upper()) if len(key) == 1 and not driver.has(**what) else driver.tap(**what)


def in_welsh_and_back(driver: Driver) -> None:
    for tag in ("cy", "en"):
        driver.tap(id="language")
        driver.tap(key=tag)


def larger(driver: Driver) -> None:
    driver.tap(id="bigger")
    driver.tap(key="size-125")
    driver.tap(id="back")
    assert driver.app.turn.sitting.scale == 125


@pytest.mark.parametrize("name", KINDS)
def test_an_answer_by_touch_is_kept_through_all_that_happens_and_gone_when_it_is_skipped(
    driver: Driver, name: str
) -> None:
    kind = KINDS[name]
    stand(driver, name)
    where = path(driver)
    touch(driver, kind.first)
    if kind.quick:
        driver.tap(id="back")
    before = shown(driver)
    in_welsh_and_back(driver)
    assert shown(driver) == before, "another language keeps the answer"
    larger(driver)
    assert shown(driver) == before, "a larger size keeps the answer"
    for touches, value in (([], kind.value), (kind.then, kind.other)):
        touch(driver, touches)
        if driver.app.turn.place == AtQuestion(where) or not kind.quick:
            driver.tap(id="onward")
        assert held(driver, where) == value
        assert getattr(driver.app.turn.place, "path", "") != where
        driver.tap(id="back")
        assert path(driver) == where
        assert held(driver, where) == value, "going back keeps the answer"
    driver.tap(id="skip")
    assert held(driver, where) in ("", "na")
    assert getattr(driver.app.turn.place, "path", "") != where


def test_a_note_and_what_nobody_may_change_are_read_and_left(driver: Driver) -> None:
    for name in ("welcome", "place"):
        stand(driver, name)
        where = path(driver)
        driver.tap(id="onward")
        assert getattr(driver.app.turn.place, "path", "") != where


def test_a_series_is_counted_changed_and_taken_from_by_touch(driver: Driver) -> None:
    stand(driver, "visitors")
    series = path(driver)

    def count() -> int:
        return len(sheet_of(driver.app.turn.sitting).instances(series))

    there = count()
    driver.tap(id="add")
    driver.tap(key="child")
    driver.tap(id="onward")
    touch(driver, keys("4"))
    in_welsh_and_back(driver)
    driver.tap(id="onward")
    assert count() == there + 1
    driver.tap(id=f"take_away_{there + 1}")
    driver.tap(id="keep")
    assert count() == there + 1
    driver.tap(id=f"take_away_{there + 1}")
    driver.tap(id="gone")
    assert count() == there


def test_more_choices_a_page_on_and_a_picture_made_large_come_back_to_the_question(driver: Driver) -> None:
    stand(driver, "topics")
    first = [tile.key for tile in shown(driver).tiles]
    driver.tap(id="more")
    assert [tile.key for tile in shown(driver).tiles] != first
    driver.tap(key="showers")
    driver.tap(id="more")
    assert held(driver, path(driver)) == "showers"
    stand(driver, "welcome")
    before = driver.view
    driver.tap(id="enlarge")
    assert driver.view != before
    driver.tap(id="back")
    assert driver.view == before
