# ruff: noqa: RUF001 - sentences in twelve languages
"""Sentences typed by real touches are, letter by letter, what stands in the sheet; and nothing else keeps them."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest
import regex
from kivy.cache import Cache

from kiosk import typeset
from kiosk.presenters.question import QuestionView, TextPad
from kiosk.presenters.turn import Turn
from kiosk.screens import shaped
from kiosk.sitting import sheet_of
from models.questionnaire import LanguageTag, Path
from tests.builders_kiosk import a_place, a_questionnaire, a_shelf, text
from tests.kiosk.conftest import STATE, Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens

SENTENCES = {
    "en": "It’s cold here. We need 2 more showers, please!",
    "cy": "Mae’r dŵr yn oer. Hoffwn dŷ glân.",
    "pl": "Źle się tu śpi: zimno, ćma i łódź.",
    "ro": "Apa este rece și așteptăm în țară.",
    "sq": "Është ftohtë çdo natë.",
    "lt": "Čia šalta. Ąžuolas ėjo į šūkį.",
    "pt": "A água está fria. Não há pão à noite.",
    "es": "¿Cuándo mañana? ¡El agua está fría!",
    "vi": "Thức ăn nguội. Muốn được sưởi ấm.",
    "ar": "الماء بارد جدًا. متى الإصلاح، في 3؟",
    "ur": "پانی ٹھنڈا ہے۔ فوراً آئیں، کوئی ڈاکٹر؟",
    "pa": "ਪਾਣੀ ਠੰਡਾ ਹੈ। ਮੁੰਡਿਆਂ ਨੂੰ ਕੁੱਝ, ਸ਼੍ਰੀ!",
}


@pytest.fixture
def doors() -> FakeDoors:
    place = a_place(*SENTENCES)
    assert place.queue is not None
    everywhere = replace(place, queue=replace(place.queue, lists={LanguageTag(tag): 1 for tag in SENTENCES}))
    return FakeDoors(on_shelf=a_shelf(a_questionnaire([text("q1"), text("q2")]), place=everywhere))


@pytest.fixture
def driver(drive: Drive, doors: FakeDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


@pytest.fixture
def small(driver: Driver) -> Iterator[Driver]:
    """The smallest screen."""
    driver.size(800, 480)
    yield driver
    driver.size(1280, 800)


def to_the_text(driver: Driver, tag: str) -> None:
    while not driver.has(key=tag):
        driver.tap(id="more")
    driver.tap(key=tag)
    driver.tap(key="take-part")
    for _ in range(12):
        if is_open(driver):
            return
        driver.idle(3)
        ways = (
            {"id": "onward"},
            {"id": "more"},
            {"key": "no"},
            {"id": "skip"},
        )  # nobody can see what is pressed; practice is left
        way = next((way for way in ways if driver.has(**way)), None)
        assert way is not None, (driver.screen, [getattr(one, "name", "") for one in driver.targets()])
        driver.tap(**way)
    raise AssertionError(f"no text box after {driver.screen}: {driver.words()}")


def is_open(driver: Driver) -> bool:
    return isinstance(driver.view, QuestionView) and isinstance(driver.view.answer, TextPad)


def write(driver: Driver, sentence: str) -> None:
    """Touch the keys of a sentence, a syllable as its letter and its marks."""
    for letter in regex.findall(r"\X", unicodedata.normalize("NFC", sentence)):
        if find_key(driver, letter):
            continue
        marked = [mark for mark in unicodedata.normalize("NFD", letter) if mark in "\u0300\u0301\u0303\u0309\u0323"]
        base = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in marked)
        for char in (unicodedata.normalize("NFC", base), *marked) if marked else letter:
            assert find_key(driver, char), f"no key for {char!r}"


def find_key(driver: Driver, char: str) -> bool:
    key = "space" if char == " " else char
    if driver.has(key=key):
        driver.tap(key=key)
        return True
    turns = ("accents", "numbers", "letters", "shift", "shift") if not driver.has(key="further") else ()
    for turned in turns:
        if driver.has(key=turned):
            driver.tap(key=turned)
        if driver.has(key=key):
            driver.tap(key=key)
            return True
    return find_on_narrow(driver, key) if driver.has(key="further") else back_to_letters(driver)


def find_on_narrow(driver: Driver, key: str) -> bool:
    for page in ("letters", "numbers", "shift", "letters"):
        if driver.has(key=page):
            driver.tap(key=page)
        for _ in range(6):
            if driver.has(key=key):
                driver.tap(key=key)
                return True
            driver.tap(key="further")
    return back_to_letters(driver)


def back_to_letters(driver: Driver) -> bool:
    if driver.has(key="letters"):
        driver.tap(key="letters")
    return False


def in_the_sheet(driver: Driver) -> str:
    return sheet_of(driver.app.turn.sitting).value(Path("m1/q1"))


@pytest.mark.parametrize("tag", SENTENCES)
def test_a_sentence_typed_by_touch_is_what_the_sheet_holds(driver: Driver, tag: str) -> None:
    to_the_text(driver, tag)
    write(driver, SENTENCES[tag])
    assert isinstance(driver.view, QuestionView)
    assert isinstance(driver.view.answer, TextPad)
    wanted = unicodedata.normalize("NFC", SENTENCES[tag])
    assert driver.view.answer.typed == wanted
    driver.tap(id="onward")
    assert in_the_sheet(driver) == wanted


@pytest.mark.parametrize("tag", ["en", "ar", "vi"])
def test_so_it_is_on_the_smallest_screen(small: Driver, tag: str) -> None:
    to_the_text(small, tag)
    assert small.has(key="further")
    write(small, SENTENCES[tag][:24].strip())
    small.tap(id="onward")
    assert in_the_sheet(small) == SENTENCES[tag][:24].strip()


def test_deleting_and_clearing_by_touch(driver: Driver) -> None:
    to_the_text(driver, "pa")
    write(driver, "ਪਾਣੀ ਠੰ")
    driver.tap(key="delete")
    assert driver.view.answer.typed == "ਪਾਣੀ "
    driver.tap(key="clear")
    driver.tap(key="keep")
    assert driver.view.answer.typed == "ਪਾਣੀ "
    driver.tap(key="clear")
    driver.tap(key="wipe")
    assert driver.view.answer.typed == ""
    assert not driver.has(key="clear")


MARKERS = [("en", "Zqx jvw kyz"), ("ar", "ضظغ ثخذ"), ("pa", "ਙਞ ੜਛੂ")]


@pytest.mark.parametrize(("tag", "marker"), MARKERS)
def test_no_cache_of_shapes_sizes_or_pictures_ever_holds_it(driver: Driver, tag: str, marker: str) -> None:
    to_the_text(driver, tag)
    write(driver, marker)
    driver.tap(id="onward")
    driver.tap(id="skip")
    assert driver.screen == "review"
    assert marker in driver.words()
    shown = typeset.visual_unkept(marker, rtl=tag == "ar")
    for cache in (typeset.visual, shaped._kept, shaped._kept_width):
        assert cache.cache_info().currsize, "other words are kept, so this is the place to look"
        assert not [
            word for word in (marker, shown, marker.split(maxsplit=1)[0]) if word in repr(gc.get_referents(cache))
        ]
    for category in Cache._objects:
        assert marker not in repr(Cache._objects[category]), category


@pytest.mark.parametrize(("tag", "marker"), MARKERS)
def test_after_a_wipe_nothing_of_the_program_and_no_file_holds_it(driver: Driver, tag: str, marker: str) -> None:
    to_the_text(driver, tag)
    write(driver, marker)
    driver.tap(id="onward")
    driver.tap(id="back")
    driver.tap(id="stop")
    assert driver.screen == "welcome"
    gc.collect()
    held = [type(thing).__name__ for thing in gc.get_objects() if _ours(thing) and marker in repr(_holds(thing))]
    assert held == []
    for path in STATE.rglob("*"):
        assert not path.is_file() or marker.encode() not in path.read_bytes(), path


def _ours(thing: object) -> bool:
    return str(type(thing).__module__).startswith(("kiosk", "kivy", "models"))


def _holds(thing: object) -> list[object]:
    """The plain values a thing carries, in its own dictionary or its slots."""
    slots = [getattr(thing, name, None) for name in getattr(type(thing), "__slots__", ()) if isinstance(name, str)]
    return [
        one for one in (*getattr(thing, "__dict__", {}).values(), *slots) if isinstance(one, str | tuple | list | dict)
    ]
