"""The code pages under a real finger: from the code that is shown to the part it leads to, in four languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kivy.uix.widget import Widget

from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.comeback_pictures import ComebackPicturesView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.shown import Tile
from kiosk.presenters.turn import Turn
from kiosk.screens.comeback import CodeTile, DigitBox, PictureCard
from kiosk.screens.pads import TypedBox
from kiosk.screens.words import Words
from models import comeback
from models.comeback import Code
from tests.builders_kiosk import a_questionnaire, a_shelf, one
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import A_SECRET, TAGS, FakeDoors
from tests.kiosk.driver import Driver
from tests.kiosk.test_frames import drawn
from tests.kiosk.views import views

pytestmark = pytest.mark.screens

LONG = a_questionnaire([one("q0")], [one("q1")])
FORM = b"\x07" * 32
CODE = comeback.written(A_SECRET, 1, FORM)


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(FakeDoors(a_shelf(LONG)), show))


def touch_pictures(driver: Driver, pictures: tuple[int, ...]) -> None:
    """Turn to the page of each picture, and touch it."""
    for number in pictures:
        tab(driver, number // A_PAGE)
        picture = max((tile for tile in code_tiles(driver) if tile.key == str(number)), key=lambda tile: tile.y)
        driver.tap_at(*picture.to_window(*picture.center))  # a kind of the same key stands below


def tab(driver: Driver, page: int) -> None:
    view = driver.view
    assert isinstance(view, ComebackPicturesView)
    driver.tap(text=view.kinds[page].words.text)


def code_tiles(driver: Driver) -> list[CodeTile]:
    return [widget for widget in driver.seen() if isinstance(widget, CodeTile)]


def type_digits(driver: Driver, digits: str) -> None:
    for digit in digits:
        driver.tap(key=digit)


@pytest.mark.parametrize("tag", TAGS)
def test_a_finger_copies_the_code_and_another_one_brings_it_back(driver: Driver, tag: str) -> None:
    driver.tap(key=tag)
    driver.begin()
    driver.tap(key="yes")
    driver.tap(id="onward")
    driver.tap(id="onward")
    driver.tap(id="leave")
    shown = driver.view
    assert isinstance(shown, ComebackGivenView)
    assert [tile.words.text for tile in shown.pictures] == names_seen(driver)
    code = Code(tuple(int(tile.key) for tile in shown.pictures), "".join(shown.digits))
    assert code == CODE
    driver.tap(id="onward")
    driver.tap(id="finish")
    driver.tap(key=tag)
    driver.tap(key="come-back")
    touch_pictures(driver, code.pictures)
    type_digits(driver, code.digits)
    driver.tap(id="onward")
    assert isinstance(driver.view, QuestionView)
    assert driver.app.turn.sitting.module == "m2"


def names_seen(driver: Driver) -> list[str]:
    """Return the names under the pictures as they stand from the side where people begin to read."""
    cards = [card for card in driver.seen() if isinstance(card, PictureCard)]
    rtl = driver.view.look.direction == "rtl"
    ordered = sorted(cards, key=lambda card: card.to_window(*card.pos)[0], reverse=rtl)
    return [card.words.said.text for card in ordered if card.words.said is not None]


@pytest.mark.parametrize("tag", TAGS)
def test_a_word_on_a_number_pad_is_in_its_language(driver: Driver, tag: str) -> None:
    driver.tap(key=tag)
    driver.tap(key="come-back")
    touch_pictures(driver, A_SECRET.pictures)
    assert driver.find(key="delete").words.said.tag == tag


@pytest.mark.parametrize("tag", TAGS)
def test_digits_run_from_left_to_right_in_every_language(driver: Driver, tag: str) -> None:
    driver.app.show(views(tag)["comeback_given"])
    driver.frames(3)
    boxes = [box for box in driver.seen() if isinstance(box, DigitBox)]
    ordered = sorted(boxes, key=lambda box: (-round(box.y), box.x))
    assert "".join(box.digit for box in ordered) == "030710"


def test_the_same_picture_may_come_twice_and_every_wrong_touch_can_be_taken_back(driver: Driver) -> None:
    driver.tap(key="en")
    driver.tap(key="come-back")
    touch_pictures(driver, (5, 5, 40))
    driver.tap(id="delete")
    touch_pictures(driver, (63, 17))
    type_digits(driver, "12")
    driver.tap(key="delete")
    driver.tap(key="9")
    place = driver.app.turn.place
    assert (place.pictures, place.digits) == ((5, 5, 63, 17), "19")  # type: ignore[union-attr]


def test_nothing_moves_when_a_code_is_wrong(driver: Driver) -> None:
    driver.tap(key="en")
    driver.tap(key="come-back")
    touch_pictures(driver, CODE.pictures)
    before = places(driver)
    type_digits(driver, CODE.digits[:-1] + str((int(CODE.digits[-1]) + 1) % 10))
    driver.tap(id="onward")
    assert driver.view.trouble  # type: ignore[union-attr]
    assert places(driver) == before


def places(driver: Driver) -> list[tuple[int, ...]]:
    kept = [widget for widget in driver.seen() if isinstance(widget, PictureCard | TypedBox)]
    assert len(kept) == 5
    return [(*widget.pos, *widget.size) for widget in kept]


def test_the_chosen_kind_shows_by_fill_line_and_tick(driver: Driver) -> None:
    driver.tap(key="en")
    driver.tap(key="come-back")
    tab(driver, 3)
    lowest = min(tile.y for tile in code_tiles(driver))
    tabs = [tile for tile in code_tiles(driver) if tile.y == lowest]
    chosen = [tile for tile in tabs if tile.picture.name == "tick"]
    assert [tile.key for tile in chosen] == ["3"]
    others = [tile for tile in tabs if tile not in chosen]
    assert len(others) == 7
    assert all(chosen[0].face.fill != tile.face.fill for tile in others)
    assert all(chosen[0].face.line_px > tile.face.line_px for tile in others)


@pytest.mark.parametrize("page", ["given", "digits"])
def test_after_stop_no_screen_holds_anything_of_the_code(driver: Driver, page: str) -> None:
    first = drawn()
    driver.tap(key="en")
    if page == "given":
        driver.begin()
        driver.tap(key="yes")
        driver.tap(id="onward")
        driver.tap(id="onward")
        driver.tap(id="leave")
    else:
        driver.tap(key="come-back")
        touch_pictures(driver, CODE.pictures)
        type_digits(driver, CODE.digits[:4])
    assert any(held(driver))
    driver.tap(id="stop")
    assert list(held(driver)) == []
    assert drawn() == first


def held(driver: Driver) -> Iterator[object]:
    """Yield every picture, name and digit of a code that any screen still holds."""
    for name, screen in driver.app.screens.items():
        if not name.startswith("comeback"):
            continue
        for part in screen.walk(restrict=True):
            yield from of_a_code(part)


def of_a_code(part: Widget) -> Iterator[object]:
    if isinstance(part, PictureCard | CodeTile) and isinstance(part.tile, Tile):
        yield part.tile
    if isinstance(part, DigitBox) and part.digit:
        yield part.digit
    if isinstance(part, TypedBox) and part.label.text.strip("|"):
        yield part.label.text
    if isinstance(part, Words) and isinstance(part.parent, PictureCard | CodeTile) and not part.text.isdigit():
        yield from filter(None, (part.text, part.said))  # a number is that of an empty place
