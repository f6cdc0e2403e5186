"""The first frame after a touch: the whole new page, and nothing of the one that stood before it.

1. Touches come by SDL's queue: handed to Kivy before its clock ticks, they would hide a frame that people see.
"""

from __future__ import annotations

from hashlib import sha256

import pytest
from kivy.base import EventLoop

from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.turn import Turn
from kiosk.presenters.welcome import WelcomeView
from tests.builders_kiosk import a_notice, a_questionnaire, a_shelf, note, number, one, several, steps, text, understood
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import BETWEEN_TAPS_S, Driver, push_mouse_button
from tests.kiosk.threshold import go_through

pytestmark = pytest.mark.screens

FORM = a_questionnaire(
    [note("n"), one("q1"), several("q2", "long"), steps("q3")], [number("q4"), text("q5"), understood("q6")]
)


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(FakeDoors(a_shelf(FORM, notices=[a_notice("n1")])), show))


def drawn() -> str:
    """A fingerprint of what stands in the window now; whole pictures that differ would be explained for hours."""
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

    return sha256(bytes(glReadPixels(0, 0, *EventLoop.window.size, GL_RGB, GL_UNSIGNED_BYTE))).hexdigest()


def touch(driver: Driver, **what: str) -> str:
    """Touch, and turn one single frame after letting go; return what it shows."""
    widget = driver.find(**what)
    x, y = widget.to_window(*widget.center)
    place = round(x), round(EventLoop.window.height - y)
    driver.clock.move(BETWEEN_TAPS_S)
    push_mouse_button(*place, pressed=True)
    driver.frames(3)
    before = driver.app.view
    push_mouse_button(*place, pressed=False)
    driver.frames(1)
    assert driver.app.view is not before, "a touch waited for a second frame"
    return drawn()


def whole(driver: Driver, **what: str) -> None:
    """Touch; the first frame is the page as it will stand."""
    first = touch(driver, **what)
    driver.frames(4)
    assert first == drawn(), f"after {what} on {driver.screen} the first frame was not the whole page"


def go_on(driver: Driver) -> dict[str, str]:
    """What a person would touch next."""
    for there in ({"key": "yes"}, {"key": "v1"}, {"key": "2"}):
        if driver.has(**there) and not driver.has(id="onward"):
            return there
    if driver.screen == "announce":  # what is said before a text box opens stands for a while
        driver.idle(3)
    ways = ({"id": "onward"}, {"id": "skip"}, {"id": "go_on"})
    there = [way for way in ways if driver.has(**way)]
    assert there, (driver.screen, driver.words())
    return there[0]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_page_of_a_turn_stands_whole_in_its_first_frame(driver: Driver, tag: str) -> None:
    for step in ({"key": tag}, {"id": "help"}, {"id": "back"}, {"key": "board"}, {"key": "n1"}, {"id": "back"}):
        whole(driver, **step)
    whole(driver, id="back")
    whole(driver, key="take-part")
    go_through(driver.app.turn, lambda verb, key="": whole(driver, key=key) if key else whole(driver, id=verb))
    seen = 0
    for _ in range(60):
        if isinstance(driver.view, FarewellView):
            break
        seen += isinstance(driver.view, QuestionView)
        whole(driver, **go_on(driver))
    assert isinstance(driver.view, FarewellView)
    assert seen >= 7
    whole(driver, id="finish")


def test_the_first_frame_after_a_wipe_is_the_first_frame_of_nobody(driver: Driver) -> None:
    at_start = drawn()
    for step in ({"key": "en"}, {"key": "take-part"}, {"id": "onward"}, {"key": "yes"}):
        driver.tap(**step)
    assert touch(driver, id="stop") == at_start
    driver.tap(key="ar")
    driver.tap(key="take-part")
    driver.clock.move(500)
    driver.app._every_half_second()
    driver.frames(1)
    driver.clock.move(500)
    driver.app._every_half_second()
    driver.frames(1)
    assert isinstance(driver.view, WelcomeView)
    assert drawn() == at_start
