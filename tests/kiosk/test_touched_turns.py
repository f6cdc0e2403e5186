"""Whole turns under a real finger, on the full shelf of the example: what was pressed is what is handed in.

1. The finger is the demo's: it goes by what is drawn, and remembers what it touched.
2. Every consultation that is open in the example is taken from Welcome to the farewell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from kiosk.places import AtQuestion, Farewell, Home, Review
from kiosk.presenters.bigger import BiggerView
from kiosk.presenters.help import HelpView
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.turn import Turn
from kiosk.presenters.welcome import WelcomeView
from kiosk.sitting import sheet_of
from models.questionnaire import LanguageTag, Path, Purpose
from models.record import read_record
from tests.gallery.house import HouseDoors, the_shelf
from tests.gallery.stands import _every_kind, found
from tests.journeys.finger import Finger, Wish
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens
TILES = {
    Purpose.SURVEY: "take-part",
    Purpose.SUGGESTION: "suggest",
    Purpose.SHOUT_OUT: "thank",
    Purpose.SIGN_UP: "sign-up",
}
HABITS = frozenset({"back", "change", "skip"})
OPEN = [one for one in the_shelf().consultations if one.questionnaire.purpose in TILES and one.form != b"\x0e" * 32]
WISHES = [
    *(pytest.param(one, "en", HABITS, id=f"{one.consultation.id}-en") for one in OPEN),
    *(pytest.param(OPEN[0], tag, frozenset(), id=f"{OPEN[0].consultation.id}-{tag}") for tag in ("ar", "pl")),
]


@pytest.fixture
def doors() -> HouseDoors:
    return HouseDoors(on_shelf=the_shelf())


@pytest.fixture
def driver(drive: Drive, doors: HouseDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


@pytest.mark.parametrize(("opened", "tag", "habits"), WISHES)
def test_what_was_pressed_is_what_is_handed_in(
    driver: Driver,
    doors: HouseDoors,
    opened: object,
    tag: str,
    habits: frozenset[str],
) -> None:
    assert isinstance(opened, type(OPEN[0]))
    place = the_shelf().place
    assert place is not None
    languages = tuple(LanguageTag(one) for one in ("en", "ar", "pl"))
    doors.on_shelf = replace(the_shelf(), place=replace(place, languages=languages))
    driver.app.turn.again()
    driver.frames(3)
    finger = Finger(driver, Random(7), {one.consultation.id: one.questionnaire for one in OPEN})
    name = str(opened.consultation.id)
    words = "tea" if tag == "en" else ""
    pressed = finger.take_a_turn(
        Wish(tag, TILES[opened.questionnaire.purpose], name, habits if words else habits | {"skip"}, words)
    )
    assert len(doors.records) == len(pressed) > 0
    for one, record in zip(pressed, doors.records, strict=True):
        read = read_record(record.body)
        assert read.module == one.module
        given = {str(where): value for where, value in read.answers.items() if value}
        assert given == {where: value for where, value in one.answers.items() if value}
    assert isinstance(driver.view, WelcomeView)


def at_the_review(driver: Driver) -> ReviewView:
    """Stand at the review of a part of every kind in which two questions were answered."""
    sitting = _every_kind("en")["talk", ""]
    sheet = sheet_of(sitting).accept(Path("m1/talk"), "4").accept(Path("m1/grid"), "visits")
    driver.clock.move(1)
    driver.app._touched_at = driver.clock()
    driver.app.turn.move(replace(sitting, place=Review(), sheet=sheet))
    driver.frames(3)
    assert isinstance(driver.view, ReviewView)
    return driver.view


def test_an_answer_is_changed_in_place_from_the_review_and_handed_in_so(driver: Driver, doors: HouseDoors) -> None:
    view = at_the_review(driver)
    before = [(line.path, line.answer.text) for line in view.lines]
    driver.tap(key="m1/talk")
    question = driver.view
    assert isinstance(question, QuestionView)
    driver.tap(key="2")
    driver.tap(id="language")
    driver.tap(key="cy")
    driver.tap(id="onward")
    view = driver.view  # type: ignore[assignment]
    assert isinstance(view, ReviewView), "back where it came from"
    assert view.title.tag == "cy"
    assert [line.path for line in view.lines] == [path for path, _ in before], "the lines stand where they stood"
    assert sheet_of(driver.app.turn.sitting).value(Path("m1/talk")) == "2"
    driver.tap(id="back")
    assert isinstance(driver.app.turn.place, AtQuestion)
    assert doors.records == []


def test_a_turn_is_left_from_the_review_and_nothing_is_kept(driver: Driver, doors: HouseDoors) -> None:
    at_the_review(driver)
    driver.tap(id="stop")
    assert doors.records == []
    assert isinstance(driver.view, WelcomeView)


def test_after_the_farewell_there_is_a_way_home_that_remembers_nothing(driver: Driver, doors: HouseDoors) -> None:
    finger = Finger(driver, Random(3), {one.consultation.id: one.questionnaire for one in the_shelf().consultations})
    thanks = next(one for one in OPEN if one.questionnaire.purpose is Purpose.SHOUT_OUT)
    wish = Wish("en", "thank", thanks.consultation.id, frozenset({"skip"}), "tea")
    for _ in range(200):
        if isinstance(driver.app.turn.place, Farewell):
            break
        finger._step(wish, driver.view)
    driver.tap(id="home")
    assert isinstance(driver.app.turn.place, Home)
    assert driver.app.turn.sitting.sheet is None


@pytest.fixture
def small(driver: Driver) -> Iterator[Driver]:
    """The smallest screen."""
    driver.size(800, 480)
    yield driver
    driver.size(1280, 800)


def standing(driver: Driver, name: str) -> None:
    """Stand on one of the gallery's screens, with the largest type."""
    sitting, driver.app.turn.doors = found(name, "en")
    driver.clock.move(1)
    driver.app._touched_at = driver.clock()
    driver.app.turn.move(replace(sitting, scale=150))
    driver.frames(3)


def test_what_practice_says_about_language_can_be_done_on_the_smallest_screen(small: Driver) -> None:
    standing(small, "practice-around")
    assert "Touch Bigger, then Language, to change the words." in " ".join(small.words())
    small.tap(id="bigger")
    small.tap(id="language")
    small.tap(key="cy")
    assert isinstance(small.view, BiggerView)
    small.tap(id="back")
    assert isinstance(small.view, PracticeView)
    assert small.view.prompt.tag == "cy"


def test_what_the_farewell_says_about_help_can_be_done_on_the_smallest_screen(small: Driver) -> None:
    standing(small, "farewell")
    assert "Worried about something? Touch Who can help." in small.words()
    small.tap(text="Who can help")
    assert isinstance(small.view, HelpView)
