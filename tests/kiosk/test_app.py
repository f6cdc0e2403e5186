"""The program as a person meets it: real touches from Welcome to Farewell, left alone, wiped, and after a fault."""

from __future__ import annotations

import gc
from random import Random

import pytest
from kivy.base import ExceptionManager

from kiosk import typeset
from kiosk.presenters.question import QuestionView, TextPad
from kiosk.presenters.turn import Turn
from kiosk.screens.faults import Faults
from models.errors import VaultFullError
from models.questionnaire import Path
from models.record import read_record
from tests.builders_kiosk import a_notice, a_questionnaire, a_shelf, number, one, several, steps, text, understood
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import PIN, FakeDoors
from tests.kiosk.driver import Driver, TestClock
from tests.kiosk.test_frames import drawn

pytestmark = pytest.mark.screens


@pytest.fixture
def doors() -> FakeDoors:
    form = a_questionnaire([one("q1"), several("q2"), steps("q3"), number("q4"), text("q5"), understood("q6")])
    return FakeDoors(on_shelf=a_shelf(form, notices=[a_notice("n1")]))


@pytest.fixture
def driver(drive: Drive, doors: FakeDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


def begin(driver: Driver) -> None:
    """Go to the first question."""
    driver.tap(key="en")
    driver.begin()
    if driver.screen == "consultations":
        driver.tap(key="c0")
    while isinstance(driver.view, QuestionView) and driver.view.prompt.text != "Question q1?":
        driver.tap(id="onward")


def to_the_text(driver: Driver) -> None:
    begin(driver)
    while not (isinstance(driver.view, QuestionView) and isinstance(driver.view.answer, TextPad)):
        if driver.screen == "announce":
            driver.idle(3)
            driver.tap(id="onward")
        else:
            driver.tap(id="skip" if driver.has(id="skip") else "onward")


def test_answers_given_by_touch_are_what_is_handed_in(driver: Driver, doors: FakeDoors) -> None:
    begin(driver)
    driver.tap(key="no")
    driver.tap(key="yes")
    driver.tap(id="onward")
    driver.tap(key="a")
    driver.tap(key="b")
    driver.tap(id="onward")
    driver.tap(key="2")
    driver.tap(id="onward")
    for key in "17":
        driver.tap(key=key)
    driver.tap(key="delete")
    driver.tap(id="onward")
    driver.idle(3)
    driver.tap(id="skip")
    driver.tap(id="onward")
    assert driver.screen == "review"
    driver.tap(id="onward")
    driver.wait_for(lambda: driver.screen == "farewell")
    (record,) = doors.records
    answers = read_record(record.body).answers
    assert answers[Path("m1/q1")] == "yes"
    assert answers[Path("m1/q2")] == "a b"
    assert answers[Path("m1/q4")] == "1"
    assert not answers.get(Path("m1/q5")), answers


def test_a_double_tap_goes_on_once_only(driver: Driver) -> None:
    begin(driver)
    driver.tap(key="yes")
    driver.double_tap(id="onward")
    assert isinstance(driver.view, QuestionView)
    assert driver.view.prompt.text == "Question q2?"


def test_a_tap_right_after_a_page_came_is_dropped(driver: Driver) -> None:
    driver.tap(key="en")
    x, y = driver.find(key="take-part").center
    driver.app._changed_at = driver.clock() - 0.1
    driver.up(driver.down(x, y))
    assert driver.screen == "home"


def test_letters_follow_each_other_faster_than_taps_on_an_answer(driver: Driver) -> None:
    to_the_text(driver)
    x, y = driver.find(text="s").center if driver.has(text="s") else driver.find(text="S").center
    driver.tap_at(x, y)
    driver.clock.move(0.2)
    driver.up(driver.down(x, y))
    assert isinstance(driver.view, QuestionView)
    assert isinstance(driver.view.answer, TextPad)
    assert driver.view.answer.typed == "Ss"


def test_somebody_left_alone_is_asked_and_then_wiped(driver: Driver, doors: FakeDoors) -> None:
    begin(driver)
    driver.tap(key="yes")
    driver.idle(59)
    assert driver.screen == "question"
    driver.idle(2)
    assert driver.screen == "warning"
    driver.idle(30)
    assert driver.screen == "welcome"
    assert doors.records == []


def test_yes_goes_back_exactly_and_counts_anew(driver: Driver) -> None:
    begin(driver)
    driver.tap(key="yes")
    before = driver.view
    driver.idle(61)
    driver.tap_at(640, 790)
    assert driver.screen == "warning", "a touch elsewhere does nothing"
    driver.tap(id="yes")
    assert driver.view == before
    driver.idle(50)
    assert driver.screen == "question"


def test_the_idle_clock_goes_on_after_an_error_in_it(driver: Driver) -> None:
    begin(driver)
    failing = [True]
    idle = driver.app.turn.idle

    def once(seconds: float, shown_s: float | None = None) -> None:
        if failing.pop() if failing else False:
            raise ZeroDivisionError
        idle(seconds, shown_s)

    driver.app.turn.idle = once  # type: ignore[method-assign]
    tick = driver.app.kept(driver.app._every_half_second)
    tick(0)
    assert driver.faults.pop().startswith("ZeroDivisionError at test_app.py:")
    driver.frames(3)
    assert driver.screen == "welcome"
    driver.tap(key="en")
    driver.clock.move(61)
    tick(0)
    assert driver.screen == "warning"


def test_after_a_wipe_the_first_picture_is_the_same_to_the_byte(driver: Driver) -> None:
    first = drawn()
    to_the_text(driver)
    for key in "qwe":
        driver.tap(text=key) if driver.has(text=key) else driver.tap(text=key.upper())
    assert drawn() != first
    driver.tap(id="stop")
    assert drawn() == first


def test_nothing_typed_or_seen_is_left_in_any_screen_after_a_wipe(driver: Driver) -> None:
    to_the_text(driver)
    for key in "zxcvbnm":
        driver.tap(text=key) if driver.has(text=key) else driver.tap(text=key.upper())
    assert isinstance(driver.view, QuestionView)
    assert isinstance(driver.view.answer, TextPad)
    marker = driver.view.answer.typed
    assert marker == "Zxcvbnm"
    driver.tap(id="stop")
    assert driver.screen == "welcome"
    gc.collect()
    kept = [
        where
        for screen in driver.app.screens.values()
        for widget in screen.walk(restrict=True)
        for where in (vars(widget) if hasattr(widget, "__dict__") else {}, _texts(widget))
        if marker in repr(where)
    ]
    assert kept == []
    assert not any(marker in repr(line) for line in gc.get_objects() if type(line) is str)
    assert typeset.visual.cache_info().currsize < 60, "what was shaped for the person was forgotten"


def _texts(widget: object) -> list[object]:
    """What Kivy keeps behind a widget's back."""
    core = getattr(widget, "_label", None)
    held: list[object] = [getattr(widget, name, None) for name in ("text", "typed", "said", "tile", "cap", "answer")]
    if core is not None:
        held += [core.text, core.options, [word.text for line in core._cached_lines for word in line.words]]
    return held


def test_help_and_language_keep_every_answer(driver: Driver) -> None:
    begin(driver)
    driver.tap(key="yes")
    before = driver.view
    driver.tap(id="help")
    assert driver.screen == "help"
    driver.tap(id="back")
    assert driver.view == before
    driver.tap(id="language")
    driver.tap(key="cy")
    assert isinstance(driver.view, QuestionView)
    assert driver.view.prompt.text == "cy Question q1?"
    assert driver.find(key="yes").tile.chosen


def test_staff_get_in_by_the_logo_and_the_pin(driver: Driver, doors: FakeDoors) -> None:
    driver.hold(5.2, id="logo")
    assert driver.screen == "pin"
    for digit in PIN:
        driver.tap(key=digit)
    driver.tap(id="onward")
    assert driver.screen == "service"
    driver.tap(key="send")
    driver.tap(key="dock-stick")
    assert doors.docked == ["stick"]
    driver.tap(id="back")
    driver.tap(id="back")
    assert driver.screen == "welcome"


def test_an_error_nobody_caught_wipes_the_turn(driver: Driver) -> None:
    begin(driver)
    driver.app.faults.handle_exception(KeyError("what somebody said"))
    (line,) = driver.faults
    driver.faults.clear()
    assert "what somebody said" not in line
    assert driver.screen == "welcome"


def test_an_error_of_the_vault_takes_the_kiosk_out_of_service(driver: Driver) -> None:
    begin(driver)
    driver.app.faults.fault(VaultFullError())
    driver.faults.clear()
    driver.frames(3)
    assert driver.screen == "out_of_service"
    assert str(VaultFullError.number) in driver.words()


def test_the_third_fault_within_a_minute_ends_the_program() -> None:
    clock = TestClock()
    wiped: list[Exception] = []
    left: list[int] = []
    faults = Faults(clock, wiped.append, lambda: left.append(1), lambda _line: None)
    for pause in (0, 50, 20, 30):
        clock.move(pause)
        faults.fault(KeyError())
    assert (len(wiped), len(left)) == (4, 1)
    assert faults.handle_exception(KeyboardInterrupt()) == ExceptionManager.RAISE


def test_what_comes_from_another_thread_runs_in_the_next_frame(driver: Driver) -> None:
    came: list[int] = []
    driver.app.on_main_thread(lambda: came.append(1))
    assert came == []
    driver.frames(2)
    assert came == [1]


def test_a_hundred_and_fifty_taps_anywhere_break_nothing_and_end_at_welcome(driver: Driver) -> None:
    chance = Random(7)
    for _ in range(150):
        driver.clock.move(0.5)
        targets = driver.targets()
        if targets and chance.random() < 0.8:
            driver.up(driver.down(*chance.choice(targets).center))
        else:
            driver.up(driver.down(chance.uniform(1, 1279), chance.uniform(1, 799)))
    driver.idle(500)
    driver.idle(500)
    driver.idle(500)
    assert driver.screen in {"welcome", "out_of_service"}
