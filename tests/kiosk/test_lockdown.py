"""Nothing that a hand, a keyboard, a stick or a window manager can do leads out of the program or shows another one.

1. Every attack goes through the real program in its real window; most by SDL's own queue, as the system would.
2. After each the same page stands, as it stood: the same View, the same widgets in the window, the program running.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kivy.base import EventLoop
from kivy.config import Config
from kivy.modules import Modules

from kiosk.app import configure
from kiosk.places import OutOfService
from kiosk.presenters.question import QuestionView, TextPad
from kiosk.presenters.turn import Turn
from models.errors import VaultFullError
from tests.builders_kiosk import a_questionnaire, a_shelf, one, text
from tests.kiosk import hands
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import PIN, FakeDoors
from tests.kiosk.driver import Driver, push_mouse_button

pytestmark = pytest.mark.screens
Attack = Callable[[Driver], None]


def _by_key(key: int, held: int = 0) -> Attack:
    return lambda _driver: hands.press(key, held)


def _by_keys(*keys: int) -> Attack:
    def attack(_driver: Driver) -> None:
        for key in keys:
            hands.press(key)

    return attack


def _wheel(_driver: Driver) -> None:
    for steps in (5, -5):
        hands.turn_wheel(steps)


def _right_click(driver: Driver) -> None:
    x, y = driver.targets()[-1].center
    for pressed in (True, False):
        push_mouse_button(round(x), round(EventLoop.window.height - y), pressed=pressed, button=3)


def _window(*events: int) -> Attack:
    def attack(_driver: Driver) -> None:
        for event in events:
            hands.window(event)

    return attack


def _every_letter_with(*held: int) -> Attack:
    def attack(_driver: Driver) -> None:
        for modifier in held:
            for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
                hands.press(ord(letter), modifier)

    return attack


def _ten_fingers(driver: Driver) -> None:
    hands.fingers([(0.05 + 0.1 * at, 0.1 + 0.08 * at) for at in range(10)])


def _pad(_driver: Driver) -> None:
    for button in range(12):
        hands.joystick(button)


ATTACKS: dict[str, Attack] = {
    "F1 opens Kivy's settings": _by_key(hands.F1),
    "Escape ends a Kivy program": _by_key(hands.ESCAPE),
    "the back key of a telephone ends it": _by_key(hands.BACK),
    "Alt and F4": _by_key(hands.F4, hands.ALT),
    "the desktop asks it to quit": lambda _: hands.ask_to_quit(),
    "the window is asked to close": _window(hands.CLOSE),
    "a right click makes a second touch": _right_click,
    "ten fingers at once": _ten_fingers,
    "Ctrl and C": _by_key(ord("c"), hands.CTRL),
    "Ctrl and Q": _by_key(ord("q"), hands.CTRL),
    "Ctrl and E opens the inspector": _by_key(ord("e"), hands.CTRL),
    "F12 takes a picture": _by_key(hands.F12),
    "F11 opens the console": _by_key(hands.F11),
    "every letter with Ctrl, Alt and the system's key": _every_letter_with(
        hands.CTRL, hands.ALT, hands.GUI, hands.CTRL | hands.SHIFT, hands.CTRL | hands.ALT
    ),
    "every other key": _by_keys(
        hands.TAB, hands.ENTER, hands.BACKSPACE, hands.SPACE, hands.F2, hands.F3, hands.F5, hands.F10
    ),
    "print, pause, insert, home and menu": _by_keys(
        hands.PRINT_SCREEN, hands.PAUSE, hands.INSERT, hands.HOME, hands.MENU
    ),
    "Alt and Tab": _by_key(hands.TAB, hands.ALT),
    "a file is dropped on the window": lambda _: hands.drop("/etc/passwd"),
    "a USB keyboard writes": lambda _: hands.write(f"hello {PIN}\n"),
    "a wheel is turned": _wheel,
    "a game pad": _pad,
    "the window is made small and large": _window(hands.MINIMIZED, hands.RESTORED, hands.MAXIMIZED, hands.RESTORED),
    "another window comes before it": _window(hands.FOCUS_LOST, hands.LEAVE, hands.HIDDEN, hands.SHOWN),
}


def _at_welcome(driver: Driver) -> None:
    assert driver.screen == "welcome"


def _at_home(driver: Driver) -> None:
    driver.tap(key="en")


def _at_a_text_box(driver: Driver) -> None:
    driver.tap(key="en")
    driver.begin()
    while not (isinstance(driver.view, QuestionView) and isinstance(driver.view.answer, TextPad)):
        if driver.screen == "announce":  # what is said before the box opens stands for a while
            driver.idle(3)
        announced = driver.screen == "announce"
        driver.tap(id="onward" if announced or not driver.has(id="skip") else "skip")
    driver.tap(text="Q")


def _at_the_pin(driver: Driver) -> None:
    driver.hold(5.2, id="logo")
    assert driver.screen == "pin"


def _on_the_staff_page(driver: Driver) -> None:
    _at_the_pin(driver)
    for digit in PIN:
        driver.tap(key=digit)
    driver.tap(id="onward")
    assert driver.screen == "service"


def _out_of_service(driver: Driver) -> None:
    driver.app.turn.fail(VaultFullError())
    driver.frames(3)


PLACES: dict[str, Attack] = {
    "welcome": _at_welcome,
    "home": _at_home,
    "a text box": _at_a_text_box,
    "the PIN": _at_the_pin,
    "the staff page": _on_the_staff_page,
    "out of service": _out_of_service,
}


@pytest.fixture
def doors() -> FakeDoors:
    return FakeDoors(on_shelf=a_shelf(a_questionnaire([one("q1"), text("q2")])))


@pytest.fixture
def driver(drive: Drive, doors: FakeDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


def state(driver: Driver) -> tuple[object, ...]:
    window = EventLoop.window
    sitting = driver.app.turn.sitting
    return driver.view, driver.screen, sitting, tuple(window.children), tuple(window.size), EventLoop.status


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_happens(driver: Driver, attack: str, place: str) -> None:
    PLACES[place](driver)
    before = state(driver)
    driver.clock.move(1)
    ATTACKS[attack](driver)
    driver.frames(4)
    assert state(driver) == before


@pytest.mark.parametrize(
    ("event", "attack"),
    [
        ("on_key_down", "F1 opens Kivy's settings"),
        ("on_key_down", "Escape ends a Kivy program"),
        ("on_textinput", "a USB keyboard writes"),
        ("on_request_close", "the desktop asks it to quit"),
        ("on_drop_file", "a file is dropped on the window"),
        ("on_drop_text", "a file is dropped on the window"),
        ("on_mouse_down", "a wheel is turned"),
        ("on_mouse_down", "a right click makes a second touch"),
        ("on_minimize", "the window is made small and large"),
        ("on_hide", "another window comes before it"),
        ("on_joy_button_down", "a game pad"),
    ],
)
def test_the_hands_do_reach_the_window(driver: Driver, event: str, attack: str) -> None:
    """Else that nothing happens would say nothing."""
    came: list[tuple[object, ...]] = []

    def seen(*what: object) -> None:
        came.append(what)

    EventLoop.window.bind(**{event: seen})
    ATTACKS[attack](driver)
    driver.frames(4)
    EventLoop.window.unbind(**{event: seen})
    assert came


# The same attacks once more past SDL, where a window system makes events that SDL does not.


@pytest.mark.parametrize("key", [27, 282, 292, 293, 9, 13])
@pytest.mark.parametrize("held", [[], ["alt"], ["ctrl"], ["ctrl", "shift"], ["meta"]])
def test_no_key_that_kivy_is_told_of_does_anything(driver: Driver, key: int, held: list[str]) -> None:
    _at_home(driver)
    before = state(driver)
    EventLoop.window.dispatch("on_key_down", key, 0, "", held)
    EventLoop.window.dispatch("on_keyboard", key, 0, "", held)
    EventLoop.window.dispatch("on_key_up", key, 0)
    driver.frames(3)
    assert state(driver) == before


@pytest.mark.parametrize(
    ("event", "what"),
    [
        ("on_textinput", ("hello",)),
        ("on_textedit", ("hello",)),
        ("on_drop_begin", (5, 5)),
        ("on_drop_file", (b"/etc/passwd", 5, 5)),
        ("on_drop_text", (b"hello", 5, 5)),
        ("on_drop_end", (5, 5)),
        ("on_minimize", ()),
        ("on_hide", ()),
        ("on_restore", ()),
        ("on_show", ()),
        ("on_cursor_leave", ()),
        ("on_joy_button_down", (0, 1)),
        ("on_memorywarning", ()),
    ],
)
def test_nothing_else_that_a_window_is_told_does_anything(driver: Driver, event: str, what: tuple[object, ...]) -> None:
    _at_home(driver)
    before = state(driver)
    EventLoop.window.dispatch(event, *what)
    driver.frames(3)
    assert state(driver) == before


def test_asking_the_window_to_close_is_refused(driver: Driver) -> None:
    assert EventLoop.window.dispatch("on_request_close")


@pytest.mark.parametrize("button", ["right", "middle", "scrollup", "scrolldown", "scrollleft", "scrollright"])
def test_only_the_first_button_is_a_finger(driver: Driver, button: str) -> None:
    _at_home(driver)
    before = state(driver)
    driver.tap_at(*driver.find(key="take-part").center, button)
    assert state(driver) == before


# The sign that staff hold.


def test_five_fingers_on_the_sign_are_one(driver: Driver) -> None:
    logo = driver.find(id="logo")
    driver.clock.move(1)
    fingers = [driver.down(logo.center_x + 9 * at, logo.center_y + 5 * at) for at in range(5)]
    driver.clock.move(5.2)
    for finger in fingers:
        driver.up(finger)
    assert driver.screen == "pin"
    assert driver.app.turn.place.typed == ""  # type: ignore[union-attr]
    driver.idle(61)
    assert driver.screen == "welcome"


def test_five_short_touches_on_the_sign_are_not_a_long_one(driver: Driver) -> None:
    logo = driver.find(id="logo")
    for _ in range(5):
        driver.clock.move(1)
        driver.up(driver.down(*logo.center))
    driver.clock.move(10)
    driver.frames(20)
    assert driver.screen == "welcome"


def test_the_sign_held_while_another_finger_begins_a_turn_leads_nowhere(driver: Driver) -> None:
    logo = driver.find(id="logo")
    driver.clock.move(1)
    held = driver.down(*logo.center)
    driver.tap(key="en")
    driver.clock.move(6)
    driver.frames(20)
    assert driver.screen == "home"
    driver.tap(id="stop")
    driver.clock.move(1)
    driver.frames(20)
    assert driver.screen == "welcome", "the finger lies there from before the turn"
    driver.up(held)
    assert driver.screen == "welcome"


def test_nothing_on_any_page_of_a_turn_is_held_to_reach_staff(driver: Driver) -> None:
    for arrive in (_at_home, _at_a_text_box):
        arrive(driver)
        before = state(driver)
        for widget in [widget for widget in driver.seen() if "logo" in str(getattr(widget, "name", ""))]:
            driver.clock.move(1)
            touch = driver.down(*widget.center)
            driver.clock.move(8)
            driver.frames(4)
            driver.up(touch)
        assert state(driver) == before
        driver.tap(id="stop")


def test_the_language_page_in_the_middle_of_a_turn_does_not_open_the_door_to_staff(driver: Driver) -> None:
    _at_a_text_box(driver)
    driver.tap(id="language")
    if driver.has(id="logo"):
        driver.hold(6, id="logo")
    assert driver.screen == "welcome"
    driver.tap(key="en")
    assert driver.screen == "question"


# The PIN.


def test_digits_of_a_usb_keyboard_are_no_digits_of_the_pin(driver: Driver) -> None:
    _at_the_pin(driver)
    hands.write(PIN)
    hands.press(hands.ENTER)
    driver.frames(6)
    assert driver.screen == "pin"
    assert driver.app.turn.place.typed == ""  # type: ignore[union-attr]


def test_a_wrong_pin_opens_nothing_however_often(driver: Driver, doors: FakeDoors) -> None:
    _at_the_pin(driver)
    for _ in range(6):
        for digit in reversed(PIN):
            driver.tap(key=digit)
        driver.tap(id="onward")
        assert driver.screen == "pin"
    driver.idle(61)
    assert driver.screen == "welcome"


def test_a_pin_half_typed_is_gone_when_the_page_is_left_alone(driver: Driver) -> None:
    _at_the_pin(driver)
    for digit in PIN[:9]:
        driver.tap(key=digit)
    driver.idle(61)
    driver.hold(5.2, id="logo")
    assert driver.screen == "pin"
    driver.tap(key=PIN[9])
    driver.tap(id="onward")
    assert driver.screen == "pin"


# Touches that come while pages change.


def test_a_second_touch_in_the_frame_of_the_first_touches_nothing_of_the_next_page(driver: Driver) -> None:
    driver.clock.move(1)
    x, y = driver.find(key="en").center
    for pressed in (True, False, True, False):
        push_mouse_button(round(x), round(EventLoop.window.height - y), pressed=pressed)
    driver.frames(6)
    assert driver.screen == "home"
    assert driver.app.turn.sitting.behind == ()


def test_a_finger_that_came_down_on_one_page_touches_nothing_on_the_next(driver: Driver) -> None:
    _at_home(driver)
    driver.clock.move(1)
    below = driver.find(key="take-part")
    finger = driver.down(*below.center)
    assert below.pressed
    driver.tap(id="help")
    assert driver.screen == "help"
    driver.tap(id="back")
    assert driver.screen == "home"
    assert not driver.find(key="take-part").pressed
    driver.up(finger)
    assert driver.screen == "home", "it was not laid on this page"


def test_a_finger_that_stays_on_the_glass_does_not_keep_a_turn_alive(driver: Driver) -> None:
    _at_home(driver)
    driver.clock.move(1)
    finger = driver.down(*driver.find(key="take-part").center)
    driver.idle(61)
    assert driver.screen == "warning"
    driver.idle(31)
    assert driver.screen == "welcome"
    driver.up(finger)
    assert driver.screen == "welcome"


def test_stop_and_onward_touched_at_once_end_in_welcome(driver: Driver, doors: FakeDoors) -> None:
    _at_a_text_box(driver)
    driver.clock.move(1)
    stop, onward = driver.find(id="stop"), driver.find(id="onward")
    first, second = driver.down(*stop.center), driver.down(*onward.center)
    driver.up(first)
    driver.up(second)
    assert driver.screen == "welcome"
    assert doors.records == []


# What the program is told to be by others.


def test_only_the_mouse_that_a_touch_screen_is_feeds_the_program(driver: Driver) -> None:
    assert Config.items("input") == [("mouse", "mouse,disable_multitouch")], "no probesysfs: each tap would come twice"
    assert Config.items("modules") == []
    assert not [name for name, module in Modules.mods.items() if module.get("activated")]
    assert Config.get("kivy", "exit_on_escape") == "0"
    assert Config.get("kivy", "log_enable") == "0"
    assert Config.get("kivy", "desktop") == "0"


def test_the_settings_panel_does_not_exist(driver: Driver) -> None:
    assert driver.app.open_settings() is False
    assert driver.app.use_kivy_settings is False


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


# What a fault shows.


def crash(driver: Driver, error: Exception) -> list[str]:
    """Let an error come that nobody caught; return what is told of it."""
    driver.app.faults.handle_exception(error)
    told, driver.faults[:] = list(driver.faults), []
    driver.frames(3)
    return told


@pytest.mark.parametrize("place", [place for place in PLACES if place != "out of service"])
def test_a_crash_on_any_page_ends_at_welcome_and_says_nothing_of_anybody(driver: Driver, place: str) -> None:
    PLACES[place](driver)
    (line,) = crash(driver, KeyError("Zxcv what somebody said"))
    assert "Zxcv" not in line
    assert driver.screen == "welcome"
    assert driver.app.turn.sitting.sheet is None


def test_a_crash_out_of_service_stays_there(driver: Driver) -> None:
    _out_of_service(driver)
    crash(driver, KeyError())
    assert isinstance(driver.app.turn.place, OutOfService)
