"""A sentence that was typed, a choice that was made and a code that was seen are nowhere once the person has gone.

1. Looked through is everything that can be reached from the program: its objects, Kivy's, and every module of ours.
2. What is looked for is written backwards here, so that the test does not find itself.
3. Doors, vault and threads are the real ones; every file they wrote is read, byte by byte.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import CellType, CodeType, FrameType, FunctionType, ModuleType

import pytest
from kivy.base import EventLoop

from kiosk.enrolled import Kiosk
from kiosk.places import Draft
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.question import NoteOnly, QuestionView, TextPad
from kiosk.presenters.turn import Turn
from kiosk.sitting import Sitting
from kiosk.wiring import KioskDoors
from models.answers import AnswerSheet
from models.comeback import ComeBack
from tests.builders_kiosk import a_questionnaire, one, text
from tests.central.desks import tree
from tests.kiosk.conftest import STATE, Drive
from tests.kiosk.driver import Driver
from tests.kiosk.scratch import MovedClock, an_enrolled_kiosk, furnish

pytestmark = pytest.mark.screens
SDRAWKCAB = "mnbvcxzqw"
"""What is typed, backwards."""
FORM = replace(a_questionnaire([one("q1"), text("q2")], [one("q3")]), pictures={})
AS_LONG_AS_IT_TAKES = 200_000  # frames: the threads are real
OURS = ("kiosk", "kivy", "models", "sync")


def marker() -> re.Pattern[str]:
    """Return what is typed, as it may stand anywhere."""
    return re.compile("".join(reversed(SDRAWKCAB)), re.IGNORECASE)


def reachable(*roots: object) -> Iterator[object]:
    """Yield every object that can be reached from these, and from every module of ours; not what tests hold."""
    modules = [vars(module) for name, module in list(sys.modules.items()) if name.partition(".")[0] in OURS]
    left: list[object] = [*roots, *modules]
    seen: set[int] = {id(left), id(modules)}
    while left:
        found = left.pop()
        if id(found) in seen or isinstance(found, ModuleType | FrameType | CodeType):
            continue
        seen.add(id(found))
        yield found
        if isinstance(found, FunctionType):
            left += [cell for cell in found.__closure__ or () if isinstance(cell, CellType)]
            left += [found.__defaults__, found.__kwdefaults__, found.__dict__]
        else:
            left += gc.get_referents(found)


def left_behind(driver: Driver) -> list[str]:
    """Return what can still be found of somebody."""
    gc.collect()
    sought, found = marker(), []
    raw = re.compile(sought.pattern.encode(), re.IGNORECASE)
    for one_thing in reachable(driver.app, EventLoop, EventLoop.window):
        if isinstance(one_thing, str) and sought.search(one_thing):
            found.append(f"a text: {one_thing[:40]}")
        elif isinstance(one_thing, bytes | bytearray) and raw.search(one_thing):
            found.append("bytes with it")
        elif isinstance(one_thing, AnswerSheet | Draft):
            found.append(type(one_thing).__name__)
        elif isinstance(one_thing, Sitting) and (one_thing.language is not None or one_thing.sheet is not None):
            found.append("a sitting of somebody")
    return found


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    made = an_enrolled_kiosk(tmp_path, MovedClock())
    furnish(made, FORM)
    yield made
    made.close()


@pytest.fixture
def driver(drive: Drive, the_driver: Driver, kiosk: Kiosk) -> Iterator[Driver]:
    doors = KioskDoors(kiosk, the_driver.app.on_main_thread, lambda _error: None)
    doors.start()
    driver = drive(lambda show: Turn(doors, show))
    yield driver
    driver.app.turn.wipe()
    doors.stop()
    driver.frames(3)  # what came back last finds nobody


def come(driver: Driver) -> None:
    driver.tap(key="en")
    if driver.has(id="no"):
        driver.tap(id="no")


def write(driver: Driver) -> None:
    """Choose an answer, and type the sentence into the box."""
    come(driver)
    driver.begin()
    driver.wait_for(lambda: driver.screen != "opening", AS_LONG_AS_IT_TAKES)
    while not (isinstance(driver.view, QuestionView) and isinstance(driver.view.answer, TextPad)):
        announced = isinstance(driver.view, QuestionView) and isinstance(driver.view.answer, NoteOnly)
        if driver.screen == "announce":
            driver.idle(5)
        if driver.has(key="yes"):
            driver.tap(key="yes")
        driver.tap(id="onward" if announced or driver.has(id="onward") else "skip")
    for letter in reversed(SDRAWKCAB):
        driver.tap(text=letter) if driver.has(text=letter) else driver.tap(text=letter.upper())
    view = driver.view
    assert isinstance(view, QuestionView)
    assert isinstance(view.answer, TextPad)
    assert marker().search(view.answer.typed)


def by_stop(driver: Driver) -> None:
    driver.tap(id="stop")


def by_time(driver: Driver) -> None:
    driver.idle(121)
    driver.idle(200)


def by_a_crash(driver: Driver) -> None:
    driver.app.faults.handle_exception(KeyError())
    driver.faults.clear()


def by_hiding(driver: Driver) -> None:
    driver.tap(id="hide")
    driver.idle(31)


def by_handing_in(driver: Driver) -> None:
    driver.tap(id="onward")
    while driver.screen == "question":
        driver.tap(id="onward" if driver.has(id="onward") else "skip")
    assert driver.screen == "review"
    driver.tap(id="onward")
    driver.wait_for(lambda: driver.screen == "between", AS_LONG_AS_IT_TAKES)
    driver.tap(id="stop")


LEAVING: dict[str, Callable[[Driver], None]] = {
    "Stop": by_stop,
    "time": by_time,
    "a crash": by_a_crash,
    "Hide, and time": by_hiding,
    "handing in": by_handing_in,
}


def test_while_somebody_is_there_what_they_typed_is_found(driver: Driver) -> None:
    """Else that nothing is found would say nothing."""
    write(driver)
    found = left_behind(driver)
    assert "AnswerSheet" in found
    assert "a sitting of somebody" in found
    assert any(one_thing.startswith("a text") for one_thing in found)


@pytest.mark.parametrize("way", LEAVING)
def test_once_they_are_gone_nothing_of_it_is_in_memory_in_a_file_or_in_a_log(
    driver: Driver, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, way: str
) -> None:
    write(driver)
    LEAVING[way](driver)
    driver.frames(4)
    assert driver.screen == "welcome"
    assert left_behind(driver) == []
    raw = re.compile(marker().pattern.encode(), re.IGNORECASE)
    files = {**tree(tmp_path), **tree(STATE)}
    assert any(name.endswith("vault.db") for name in files)
    assert [name for name, data in files.items() if raw.search(data)] == []
    assert not marker().search("".join(capfd.readouterr()) + caplog.text)


def test_a_code_that_was_shown_is_nowhere_once_it_is_left(driver: Driver, tmp_path: Path) -> None:
    write(driver)
    driver.tap(id="onward")
    driver.tap(id="onward")
    driver.wait_for(lambda: driver.screen == "between", AS_LONG_AS_IT_TAKES)
    driver.tap(id="leave")
    view = driver.view
    assert isinstance(view, ComebackGivenView)
    backwards = "".join(view.digits)[::-1]
    del view
    driver.idle(121)
    driver.idle(200)
    gc.collect()
    kept = [one_thing for one_thing in reachable(driver.app) if type(one_thing) is str and one_thing[::-1] == backwards]
    assert kept == []
    drawn_ahead = getattr(driver.app.turn.doors, "_drawn", {}).values()
    codes = [one_thing for one_thing in reachable(driver.app) if isinstance(one_thing, ComeBack)]
    assert all(any(code is ahead for ahead in drawn_ahead) for code in codes)
    assert not [name for name, data in tree(tmp_path).items() if backwards[::-1].encode() in data]
