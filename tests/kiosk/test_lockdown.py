"""Nothing that a hand, a keyboard or a window manager can do leads out of the program or shows another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from kivy.base import EventLoop
from kivy.config import Config

from kiosk.app import configure
from kiosk.presenters.turn import Turn
from tests.builders_kiosk import a_questionnaire, a_shelf, one
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver, push_mouse_button

pytestmark = pytest.mark.screens
ESCAPE, F1, F11, F12, TAB, ENTER = 27, 282, 292, 293, 9, 13


@pytest.fixture
def driver(drive: Drive) -> Driver:
    doors = FakeDoors(on_shelf=a_shelf(a_questionnaire([one("q1"), one("q2")])))
    driver = drive(lambda show: Turn(doors, show))
    driver.tap(key="en")
    return driver


def state(driver: Driver) -> tuple[object, ...]:
    window = EventLoop.window
    return driver.view, driver.screen, tuple(window.children), EventLoop.status, driver.app.open_settings()


@pytest.mark.parametrize("key", [ESCAPE, F1, F11, F12, TAB, ENTER])
@pytest.mark.parametrize("held", [[], ["alt"], ["ctrl"], ["ctrl", "shift"]])
def test_no_key_does_anything(driver: Driver, key: int, held: list[str]) -> None:
    before = state(driver)
    EventLoop.window.dispatch("on_key_down", key, 0, "", held)
    EventLoop.window.dispatch("on_keyboard", key, 0, "", held)
    EventLoop.window.dispatch("on_key_up", key, 0)
    driver.frames(3)
    assert state(driver) == before


def test_typed_text_goes_nowhere(driver: Driver) -> None:
    before = state(driver)
    EventLoop.window.dispatch("on_textinput", "hello")
    driver.frames(3)
    assert state(driver) == before


def test_asking_the_window_to_close_does_nothing(driver: Driver) -> None:
    before = state(driver)
    assert EventLoop.window.dispatch("on_request_close")
    driver.frames(3)
    assert state(driver) == before


def test_a_file_dropped_on_the_window_does_nothing(driver: Driver) -> None:
    before = state(driver)
    EventLoop.window.dispatch("on_drop_file", b"/etc/passwd", 5, 5)
    driver.frames(3)
    assert state(driver) == before


@pytest.mark.parametrize("button", ["right", "middle", "scrollup", "scrolldown", "scrollleft", "scrollright"])
def test_only_the_first_button_is_a_finger(driver: Driver, button: str) -> None:
    before = state(driver)
    x, y = driver.find(key="take-part").center
    driver.tap_at(x, y, button)
    assert state(driver) == before


def test_a_right_click_by_the_systems_road_does_nothing_either(driver: Driver) -> None:
    before = state(driver)
    x, y = driver.find(key="take-part").center
    driver.clock.move(1)
    for pressed in (True, False):
        push_mouse_button(round(x), round(800 - y), pressed=pressed, button=3)
        driver.frames(2)
    assert state(driver) == before


def test_the_settings_panel_does_not_exist(driver: Driver) -> None:
    assert driver.app.open_settings() is False
    assert driver.app.use_kivy_settings is False


def test_only_the_mouse_that_a_touch_screen_is_feeds_the_program(driver: Driver) -> None:
    assert Config.items("input") == [("mouse", "mouse,disable_multitouch")]
    assert Config.items("modules") == []
    assert Config.get("kivy", "exit_on_escape") == "0"
    assert Config.get("kivy", "log_enable") == "0"


def test_graphics_that_draw_nothing_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIVY_GL_BACKEND", "mock")
    with pytest.raises(RuntimeError, match="mock"):
        configure(tmp_path / "state", windowed=True)
    assert not (tmp_path / "state").exists()


def test_an_environment_without_the_touch_screen_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_TOUCH_MOUSE_EVENTS", "0")
    with pytest.raises(RuntimeError, match="touch screen"):
        configure(tmp_path / "state", windowed=True)
    assert not (tmp_path / "state").exists()
