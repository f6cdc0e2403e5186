"""A finger on the glass gives a reply code and reads the reply; once it is left, no screen holds a word of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.presenters.board import BoardView
from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.turn import Turn
from kiosk.presenters.welcome import WelcomeView
from tests.builders_kiosk import a_shelf
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver
from tests.kiosk.test_comeback_screens import touch_pictures, type_digits
from tests.kiosk.test_reply import ANSWER, CODE, SUGGESTION

MARKERS = {"en": "The clock is ordered", "ar": "طلبنا الساعة."}


@pytest.fixture
def driver(drive: Drive) -> Iterator[Driver]:
    doors = FakeDoors(a_shelf(SUGGESTION), replies={(CODE.pictures, CODE.digits): ANSWER})
    return drive(lambda show: Turn(doors, show))  # type: ignore[return-value]


def read(driver: Driver, tag: str) -> None:
    driver.tap(key=tag)
    driver.tap(key="board")
    driver.tap(id="code")
    touch_pictures(driver, CODE.pictures)
    type_digits(driver, CODE.digits)
    driver.tap(id="onward")
    assert isinstance(driver.view, ReplyView)
    assert any(words.startswith(MARKERS[tag]) for words in driver.words())


def held(driver: Driver, marker: str) -> list[str]:
    """Every property of every widget of every screen that holds these words, seen or not."""
    return [
        f"{name}: {type(widget).__name__}.{prop}"
        for name, screen in driver.app.screens.items()
        for widget in screen.walk(restrict=True)
        for prop in widget.properties()
        if prop != "presenter" and marker in repr(getattr(widget, prop))
    ]


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize(("leave", "seen"), [("back", BoardView), ("stop", WelcomeView)])
def test_once_a_reply_is_left_no_screen_holds_a_word_of_it(
    driver: Driver, tag: str, leave: str, seen: type[object]
) -> None:
    read(driver, tag)
    assert held(driver, MARKERS[tag][:8])
    driver.tap(id=leave)
    assert isinstance(driver.view, seen)
    driver.frames(3)
    assert held(driver, MARKERS[tag][:8]) == []
    assert not isinstance(driver.app.view, ReplyView)


def test_a_reply_comes_back_whole_from_help(driver: Driver) -> None:
    read(driver, "en")
    shown, words = driver.view, driver.words()
    driver.tap(id="help")
    assert held(driver, "The clock") == [], "only the turn remembers it meanwhile"
    driver.tap(id="back")
    assert (driver.view, driver.words()) == (shown, words)


def test_the_pages_of_the_code_are_those_of_a_come_back_code(driver: Driver) -> None:
    driver.tap(key="en")
    driver.tap(key="board")
    driver.tap(id="code")
    assert driver.screen == "comeback_pictures"
    assert len([tile for tile in driver.view.tiles if tile.words.text in driver.words()]) == A_PAGE  # type: ignore[union-attr]
