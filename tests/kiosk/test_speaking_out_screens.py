"""A suggestion from the first touch to the last, by real touches on the real screens, in English and in Arabic."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kiosk.presenters.pads import TextPad, Tiles
from kiosk.presenters.question import QuestionView
from kiosk.presenters.turn import Turn
from kiosk.sitting import wiped
from models.questionnaire import LanguageTag
from models.record import read_record
from tests.gallery.house import the_shelf
from tests.journeys.finger import Finger
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens
HARMLESS = {"en": "A clock in the yard", "ar": "ساعة في الساحة"}
DANGER = {"en": "I want to die", "ar": "اريد ان اموت"}
NAMED = {"en": "Ask A1234BC", "ar": "اسمي كريم"}


@pytest.fixture
def doors() -> FakeDoors:
    shelf = the_shelf()
    assert shelf.place is not None
    both = (LanguageTag("en"), LanguageTag("ar"))
    return FakeDoors(replace(shelf, place=replace(shelf.place, languages=both)))


@pytest.fixture
def driver(drive: Drive, doors: FakeDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


def to_the_mode(driver: Driver, tag: str) -> None:
    """Begin a suggestion, and answer what is asked by pictures with the first answer that is there."""
    driver.tap(key=tag)
    driver.tap(key="suggest")
    driver.go_through()
    while driver.screen == "question":
        assert isinstance(driver.view, QuestionView)
        assert isinstance(driver.view.answer, Tiles)
        driver.tap(key=driver.view.answer.tiles[0].key)
        driver.tap(id="onward")
    assert driver.screen == "mode"


def to_the_box(driver: Driver, tag: str) -> None:
    to_the_mode(driver, tag)
    driver.tap(key="anonymous")
    assert driver.screen == "announce"
    for seconds in (0.5, 2.0):
        assert not driver.has(id="onward")
        assert not driver.has(id="skip")
        driver.idle(seconds)
    driver.idle(1.0)
    driver.tap(id="onward")


def hand_in(driver: Driver, tag: str, words: str) -> None:
    to_the_box(driver, tag)
    assert isinstance(driver.view, QuestionView)
    assert isinstance(driver.view.answer, TextPad)
    Finger(driver, Random(1), {})._type(words, driver.view.answer)
    driver.tap(id="onward")
    assert driver.screen == "review"
    driver.tap(id="onward")


def handed_in(doors: FakeDoors) -> str:
    (record,) = doors.records
    return next(value for path, value in read_record(record.body).answers.items() if path.endswith("/words"))


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_suggestion_with_words_is_handed_in(driver: Driver, doors: FakeDoors, tag: str) -> None:
    hand_in(driver, tag, HARMLESS[tag])
    driver.wait_for(lambda: driver.screen == "farewell")
    assert handed_in(doors) == HARMLESS[tag]
    assert (read_record(doors.records[0].body).mode, doors.alerts) == ("anonymous", [])
    driver.tap(id="help")
    assert driver.screen == "help"
    driver.tap(id="back")
    driver.tap(id="finish")
    assert driver.screen == "welcome"


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_suggestion_without_words_is_handed_in(driver: Driver, doors: FakeDoors, tag: str) -> None:
    to_the_mode(driver, tag)
    driver.tap(key="anonymous")
    driver.idle(3.0)
    driver.tap(id="skip")
    driver.tap(id="onward")
    driver.wait_for(lambda: driver.screen == "farewell")
    assert handed_in(doors) == ""


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_danger_shows_who_can_help_and_time_alone_wipes_it(driver: Driver, doors: FakeDoors, tag: str) -> None:
    hand_in(driver, tag, DANGER[tag])
    driver.wait_for(lambda: driver.screen == "help_now")
    assert (handed_in(doors), doors.alerts) == (DANGER[tag], ["wing"])
    for key in ("get-help", "tell-staff"):
        driver.tap(key=key)
        driver.tap(id="back")
        assert driver.screen == "help_now"
    driver.idle(179.0)
    assert driver.screen == "help_now"
    driver.idle(1.5)
    assert driver.screen == "welcome"
    assert driver.app.turn.sitting == wiped()
    assert (len(doors.records), doors.alerts) == (1, ["wing"])


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_name_may_be_taken_out_or_left(driver: Driver, doors: FakeDoors, tag: str) -> None:
    hand_in(driver, tag, NAMED[tag])
    assert driver.screen == "names_found"
    driver.tap(id="take_out")
    driver.tap(key="delete")
    driver.tap(id="onward")
    driver.tap(id="onward")
    if driver.screen == "names_found":
        driver.tap(id="leave_it")
    driver.wait_for(lambda: driver.screen == "farewell")
    assert handed_in(doors) == NAMED[tag][:-1]


def test_the_language_may_change_before_the_box_opens(driver: Driver) -> None:
    to_the_mode(driver, "en")
    driver.tap(id="language")
    driver.tap(key="ar")
    assert driver.screen == "mode"
    driver.tap(key="code")
    driver.idle(3.0)
    driver.tap(id="language")
    driver.tap(key="en")
    assert driver.screen == "announce"
    assert driver.has(text="I understand")
