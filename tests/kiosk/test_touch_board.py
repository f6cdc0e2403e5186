"""By real touches, in English and in Arabic: before one starts, practice, results, stories, thanks and signing up."""

from __future__ import annotations

import pytest

from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.page import PageView
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import QuestionView, TextPad, Tiles
from kiosk.presenters.results import ResultsView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.turn import Turn
from models.questionnaire import Purpose
from models.record import read_record
from tests.gallery.house import HouseDoors, the_shelf
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver

LANGUAGES = ("en", "ar")


@pytest.fixture
def doors() -> HouseDoors:
    return HouseDoors(on_shelf=the_shelf())


@pytest.fixture
def driver(drive: Drive, doors: HouseDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


def come(driver: Driver, tag: str) -> None:
    """Choose the language; stand at Home."""
    while not driver.has(key=tag):
        driver.tap(id="more")
    driver.tap(key=tag)
    if driver.screen == "read_to_me":
        driver.tap(id="no")
    assert driver.screen == "home"


def go_on(driver: Driver) -> None:
    """Answer what is asked by its first answer, or wait for what is announced; then go on."""
    view = driver.view
    if not isinstance(view, QuestionView):
        driver.idle(4)
    elif isinstance(view.answer, Tiles):
        driver.tap(key=view.answer.tiles[0].key)
    elif isinstance(view.answer, TextPad):
        driver.tap(key=next(key.key for row in view.answer.rows for key in row if len(key.key) == 1))
    driver.tap(id="onward")


def to_review(driver: Driver) -> None:
    for _ in range(40):
        if isinstance(driver.view, ReviewView):
            return
        go_on(driver)
    raise AssertionError("the questions came to no end")


def hand_in(driver: Driver) -> None:
    driver.tap(id="onward")
    driver.wait_for(lambda: not isinstance(driver.view, ReviewView))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_wrong_answer_is_told_kindly_and_practice_is_gone_through_step_by_step(driver: Driver, tag: str) -> None:
    come(driver, tag)
    driver.tap(key="take-part")
    driver.tap(key="proposal")
    first = driver.words()
    driver.tap(id="tell")
    driver.tap(id="back")
    assert driver.words() == first
    driver.tap(id="onward")
    driver.tap(key="yes")
    assert driver.screen == "before"
    assert driver.words() != first
    driver.tap(id="onward")
    driver.tap(key="no")
    assert isinstance(driver.view, PracticeView)
    assert not driver.has(id="onward")
    driver.tap(key="shoe")
    assert driver.view.trouble is not None
    driver.tap(key="tea")
    driver.tap(id="onward")
    driver.tap(id="skip")
    driver.tap(id="onward")
    assert driver.screen == "question"
    driver.tap(id="back")
    assert driver.screen == "before"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_results_are_read_finding_by_finding_and_blocks_grow_where_reading_begins(driver: Driver, tag: str) -> None:
    come(driver, tag)
    driver.tap(key="board")
    driver.tap(key="results-wing-life")
    view = driver.view
    assert isinstance(view, ResultsView)
    driver.tap(id="how")
    assert isinstance(driver.view, PageView)
    driver.tap(id="back")
    assert driver.view == view
    for _ in range(view.pages):
        driver.tap(id="onward")
    assert isinstance(driver.view, PageView)
    for _ in range(view.pages):
        driver.tap(id="back")
    driver.tap(id="back")
    assert driver.screen == "board"


def test_a_story_is_read_with_its_picture(driver: Driver) -> None:
    come(driver, "en")
    driver.tap(key="board")
    driver.tap(id="more")
    driver.tap(key="story-kitchen")
    view = driver.view
    assert isinstance(view, PageView)
    assert view.large == "topic-kitchen"
    driver.tap(id="back")
    assert driver.screen == "board"


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(("tile", "purpose"), [("thank", Purpose.SHOUT_OUT), ("sign-up", Purpose.SIGN_UP)])
def test_thanking_and_signing_up_are_handed_in_by_touch(
    driver: Driver, doors: HouseDoors, tag: str, tile: str, purpose: Purpose
) -> None:
    come(driver, tag)
    driver.tap(key=tile)
    driver.tap(id="onward")
    driver.tap(key="yes")
    to_review(driver)
    hand_in(driver)
    view = driver.view
    assert isinstance(view, FarewellView)
    (record,) = doors.records
    assert record.purpose is purpose
    assert read_record(record.body).language == tag
    driver.tap(id="who")
    assert driver.screen == "help"
    driver.tap(id="about")
    assert driver.screen == "page"
    driver.tap(id="back")
    driver.tap(id="back")
    assert driver.view == view
    driver.tap(id="finish")
    assert driver.screen == "welcome"
