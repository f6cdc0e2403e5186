"""Questions of every kind under a real finger: laid out, mirrored, answered to the end, and forgotten."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from kivy.uix.widget import Widget
from PIL import Image

from kiosk.presenters.question import Large, NoteOnly
from kiosk.presenters.turn import Turn
from kiosk.screens import theme
from kiosk.screens.parts import Picture
from kiosk.screens.pictured import ALBUM, KEPT
from kiosk.screens.words import Words
from tests.builders_kiosk import a_place, a_shelf
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver
from tests.kiosk.every_kind import WORDS, every_kind
from tests.kiosk.views import views

pytestmark = pytest.mark.screens
HASH = "cd" * 32


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(FakeDoors(), show))


def show(driver: Driver, view: Any) -> None:  # noqa: ANN401 - any View
    driver.clock.move(1)
    driver.app.show(view)
    driver.frames(3)


def number_on(tile: Widget) -> str | None:
    return None if tile.number.said is None else str(tile.number.said.text)


def test_a_place_is_a_large_number_on_the_tile_and_a_free_one_an_empty_square(driver: Driver) -> None:
    show(driver, views("en")["question-rank"])
    first, second, free = (driver.find(key=key) for key in ("work", "food", "safety"))
    assert (number_on(first), number_on(second), number_on(free)) == ("1", "2", None)
    assert first.number.font_size * theme.MEASURE.mm_per_px > 8
    assert (first.mark.absent, free.mark_box.absent) == (True, False)
    assert first.face.fill == theme.LIGHT.chosen


def test_places_stand_at_the_end_of_the_tile_in_reading_direction(driver: Driver) -> None:
    show(driver, views("en")["question-rank"])
    tile = driver.find(key="work")
    assert tile.number.center_x > tile.center_x
    show(driver, views("ar")["question-rank"])
    tile = driver.find(key="work")
    assert tile.number.center_x < tile.center_x


def test_days_stand_in_reading_direction_and_clocks_do_not(driver: Driver) -> None:
    for tag, mirrored in (("en", False), ("ar", True)):
        show(driver, views(tag)["question-day"])
        day, year = driver.find(key="day+1"), driver.find(key="year+1")
        assert (day.x > year.x) == mirrored
        show(driver, views(tag)["question-clock"])
        assert driver.find(key="hour+1").x < driver.find(key="minute+1").x


def test_the_line_of_a_range_runs_in_reading_direction(driver: Driver) -> None:
    for tag, mirrored in (("en", False), ("ar", True)):
        show(driver, views(tag)["question-stepper"])
        assert (driver.find(key="0").x > driver.find(key="100").x) == mirrored
        assert (driver.find(key="-").x > driver.find(key="+").x) == mirrored


def test_a_ladder_has_its_highest_step_on_top(driver: Driver) -> None:
    show(driver, views("en")["question-ladder"])
    assert driver.find(key="4").y > driver.find(key="0").y


def test_what_is_fixed_cannot_be_touched(driver: Driver) -> None:
    show(driver, views("en")["question-fixed"])
    names = {"bigger", "language", "help", "stop", "back", "hide", "onward"}
    assert {widget.name for widget in driver.targets()} == names


def test_a_line_that_may_go_is_read_and_not_touched(driver: Driver) -> None:
    show(driver, views("en")["question-take-away"])
    assert "A child, 2" in driver.words()
    assert not driver.has(key="m/v[2]")


# Pictures of the bundle


def a_png(colour: str, width: int = 300, height: int = 150) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "png")
    return file.getvalue()


def middle_of(driver: Driver, picture: Widget) -> tuple[int, int, int]:
    """Return the colour in the middle of a picture."""
    width, height, raw = driver.pixels()
    x, y = round(picture.center_x), height - 1 - round(picture.center_y)
    at = 3 * (y * width + x)
    return raw[at], raw[at + 1], raw[at + 2]


def pictures(driver: Driver, name: str) -> list[Picture]:
    return [part for part in driver.seen() if isinstance(part, Picture) and part.name == name]


def test_a_picture_of_the_bundle_is_drawn_and_keeps_its_form(driver: Driver) -> None:
    ALBUM.serve({f"{HASH}.png": a_png("#aa0000")}.get)
    view = replace(views("en")["question-note"], picture=f"{HASH}.png")
    show(driver, view)
    (drawn,) = pictures(driver, f"{HASH}.png")
    assert middle_of(driver, drawn) == (0xAA, 0, 0)
    assert drawn._box.size[0] == pytest.approx(2 * drawn._box.size[1], abs=2)
    show(driver, replace(view, answer=Large(f"{HASH}.png"), picture=None))
    (large,) = pictures(driver, f"{HASH}.png")
    assert large._box.size[1] > 2 * drawn._box.size[1]


def test_a_picture_that_cannot_be_decoded_leaves_the_words_alone(driver: Driver) -> None:
    ALBUM.serve({f"{HASH}.png": b"no picture"}.get)
    view = replace(views("en")["question-note"], picture=f"{HASH}.png")
    show(driver, view)
    assert pictures(driver, f"{HASH}.png") == []
    assert view.prompt.text in driver.words()
    assert isinstance(view.answer, NoteOnly)


def test_only_so_many_pictures_are_kept(driver: Driver) -> None:
    asked: list[str] = []

    def file(name: str) -> bytes:
        asked.append(name)
        return a_png("#00aa00", 4, 4)

    ALBUM.serve(file)
    names = [f"{at:064x}.png" for at in range(KEPT + 1)]
    for name in (*names, names[-1], names[0]):
        assert ALBUM.texture(name, 10, rtl=False) is not None
    assert asked == [*names, names[0]]


# A whole turn by finger


class Finger:
    """Goes through the questionnaire of every kind as somebody would."""

    def __init__(self, drive: Drive, tag: str) -> None:
        self.doors = FakeDoors(a_shelf(every_kind(), place=a_place()))
        self.driver = drive(lambda show: Turn(self.doors, show))
        self.at = ("en", "cy", "pl", "ar").index(tag)
        self.driver.tap(key=tag)
        self.driver.begin()

    def sees(self, key: str) -> None:
        """The question of this key is shown, in the language of the turn."""
        assert any(WORDS[key][self.at] in words for words in self.driver.words()), (key, self.driver.words())

    def answers(self, key: str, *taps: dict[str, str], onward: bool = True) -> None:
        """See the question, touch, and go on."""
        self.sees(key)
        for tap in taps:
            self.driver.tap(**tap)
        if onward:
            self.driver.tap(id="onward")


def keys(*names: str) -> list[dict[str, str]]:
    return [{"key": name} for name in names]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_kind_is_answered_by_finger_and_handed_in_as_it_was_touched(drive: Drive, tag: str) -> None:
    finger = Finger(drive, tag)
    finger.answers("welcome")
    finger.answers("talk", {"id": "tell"})
    finger.answers("talk", {"key": "4"})
    finger.answers("fast", {"key": "yes"}, onward=False)
    finger.answers("topics", *keys("food", "visits", "food"), {"id": "more"}, {"key": "showers"})
    finger.answers("grid", {"key": "work"})
    finger.answers("cards", {"key": "healthcare"})
    finger.answers("order", *keys("safety", "food", "work"), {"id": "undo"}, {"key": "visits"})
    finger.answers("ready")
    finger.driver.tap(id="onward")
    finger.driver.tap(id="go_on")
    finger.answers("safe", {"key": "7"})
    finger.answers("clean", {"key": "3"})
    finger.answers("share", {"key": "70"}, {"key": "+"}, {"key": "+"})
    finger.answers("quiet", {"key": "5"})
    finger.answers("warm", {"id": "shown"}, *keys("++", "-"))
    finger.answers("hours", *keys("1", ".", "5"))
    if tag == "en":  # a text box is open only in a language that the place's readers know
        finger.driver.idle(3)  # who reads it is said first, and stands for a while
        finger.driver.tap(id="skip")
    finger.answers("since", *keys("day-1", "month-1", "year-10", "year+1"))
    finger.answers("month", {"id": "shown"})
    finger.answers("born", *keys("year-10", "year-10", "year-10"))
    finger.answers("time", *keys("hour+1", "minute+10"))
    finger.answers("both", {"id": "shown"})
    finger.answers("both", {"key": "minute-1"})
    if tag == "en":
        finger.driver.idle(3)
        finger.driver.tap(id="skip")
    finger.answers("place")
    finger.driver.tap(id="onward")
    finger.driver.tap(id="go_on")
    finger.answers("who", {"key": "child"})
    finger.answers("often", {"key": "2"})
    finger.answers("visitors", {"id": "add"}, onward=False)
    finger.answers("who", {"key": "friend"})
    finger.answers("often", {"key": "4"})
    finger.answers("visitors", {"id": "take_away_1"}, {"id": "gone"})
    finger.driver.tap(id="onward")
    answers = [json.loads(record.body)["answers"] for record in finger.doors.records]
    assert answers == [
        {
            "m1/talk": "4",
            "m1/fast": "yes",
            "m1/topics": "visits showers",
            "m1/grid": "work",
            "m1/cards": "healthcare",
            "m1/order": "safety food visits",
            "m1/ready": "OK",
        },
        {
            "m2/safe": "7",
            "m2/clean": "4",
            "m2/share": "72",
            "m2/quiet": "10",
            "m2/warm": "25.5",
            "m2/hours": "1.5",
            "m2/since": "2017-10-21",
            "m2/month": "2026-11-01",
            "m2/born": "1996-01-01",
            "m2/time": "13:10:00",
            "m2/both": "2026-11-22T12:59:00Z",
            "m2/place": "wing",
        }
        | ({"m2/phone": "", "m2/words": ""} if tag == "en" else {}),
        {"m3/visitors[1]/visitor/who": "friend", "m3/visitors[1]/visitor/often": "4"},
    ]


def test_a_double_tap_on_a_quick_answer_answers_one_question(drive: Drive) -> None:
    finger = Finger(drive, "en")
    finger.answers("welcome")
    finger.driver.tap(id="skip")
    finger.driver.double_tap(key="yes")
    finger.sees("topics")


def test_keys_of_a_wheel_may_follow_each_other_quickly(drive: Drive) -> None:
    finger = Finger(drive, "en")
    show(finger.driver, views("en")["question-year"])
    widget = finger.driver.find(key="year-10")
    touched: list[str] = []
    finger.driver.app.screens["question"].presenter = type(
        "Seen", (), {"touch_key": lambda _, key: touched.append(key)}
    )()
    x, y = widget.to_window(*widget.center)
    finger.driver.tap_at(x, y)
    finger.driver.clock.move(0.2)
    finger.driver.up(finger.driver.down(x, y))
    assert touched == ["year-10", "year-10"]


def test_nothing_of_a_person_stays_on_the_pads_after_a_wipe(drive: Drive) -> None:
    finger = Finger(drive, "en")
    for name in ("question-rank", "question-stepper", "question-day", "question-series", "question-take-away"):
        show(finger.driver, views("en")[name])
    finger.driver.app.turn.wipe()
    finger.driver.frames(3)
    screen = finger.driver.app.screens["question"]
    held = [
        words.said.text for words in screen.walk(restrict=True) if isinstance(words, Words) and words.said is not None
    ]
    assert held in ([], ["Wing Voice"])
    keys_left = [part.key for part in screen.walk(restrict=True) if getattr(part, "key", "")]
    assert keys_left == []
