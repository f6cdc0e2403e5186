"""The first page is there before the other screens are, and whoever is quicker than they are notices nothing."""

from __future__ import annotations

import pytest
from kivy.uix.screenmanager import ScreenManager

from kiosk.presenters.turn import Turn
from kiosk.screen_table import SCREENS
from kiosk.screens.at_once import AtOnce
from kiosk.screens.built import Screens
from tests.builders_kiosk import a_questionnaire, a_shelf, one
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver
from tests.kiosk.test_frames import whole
from tests.kiosk.threshold import go_through

pytestmark = pytest.mark.screens


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(FakeDoors(a_shelf(a_questionnaire([one("q1")]))), show))


def test_a_screen_is_built_when_it_is_asked_for_and_the_rest_one_after_the_other(driver: Driver) -> None:
    kinds = dict(SCREENS.values())
    screens = Screens(kinds, ScreenManager(transition=AtOnce()), driver.clock)
    screens.serve(driver.app.turn.presenters)
    assert not screens
    welcome = screens["welcome"]
    assert list(screens) == ["welcome"]
    assert screens["welcome"] is welcome
    assert welcome.presenter is driver.app.turn.presenters["welcome"]
    steps = 1
    while screens.build_next():
        steps += 1
    assert steps == len(kinds) - 1
    assert set(screens) == set(kinds)
    assert screens["welcome"] is welcome


def test_a_program_that_has_drawn_its_first_page_has_every_screen_soon(driver: Driver) -> None:
    assert driver.app.building is None
    assert set(driver.app.screens) == {name for name, _ in SCREENS.values()}


def test_whoever_is_quicker_than_the_screens_sees_whole_pages(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    app = driver.app
    manager = ScreenManager(transition=AtOnce())
    before = app.root
    app._window.remove_widget(before)
    monkeypatch.setattr(app, "screens", Screens(dict(SCREENS.values()), manager, driver.clock))
    monkeypatch.setattr(app, "root", manager)
    app._window.add_widget(manager)
    try:
        app.serve(lambda show: Turn(driver.app.turn.doors, show))
        driver.frames(3)
        for step in ({"key": "en"}, {"id": "help"}, {"id": "back"}, {"key": "take-part"}):
            whole(driver, **step)
        go_through(app.turn, lambda verb, key="": whole(driver, key=key) if key else whole(driver, id=verb))
        whole(driver, key="yes")
        whole(driver, id="onward")
        assert len(app.screens) < len(SCREENS)
    finally:
        app._window.remove_widget(manager)
        app._window.add_widget(before)
