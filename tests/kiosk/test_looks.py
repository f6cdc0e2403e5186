"""How a page stands, and the still page: changed in the middle of anything, kept for the turn, gone with it."""

from __future__ import annotations

import pytest

from kiosk.patience import Patience, patience
from kiosk.places import AtQuestion, Bigger, Help, Hidden, Welcome
from kiosk.presenters.shown import Look, Said
from kiosk.sitting import aside, wiped
from tests.builders_kiosk import a_place, a_questionnaire, a_shelf, number, one, text
from tests.kiosk.doors import FakeDoors, Person


class Voice:
    """Says everything, and remembers what it was asked to say alone."""

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def can_say(self, *words: Said) -> bool:
        return True

    def alone(self) -> bool:
        return False

    def listen(self) -> None:
        """Stay silent."""

    def speak(self, words: Said) -> None:
        self.spoken.append(words.text)


def at_number(typed: str = "") -> Person:
    """Return somebody at a number pad, with an answer behind them and this on the pad."""
    person = Person(FakeDoors(a_shelf(a_questionnaire([one("q1"), number("n"), text("t")]), place=a_place())))
    person.touch("tile", "en")
    person.begin()
    person.touch("tile", "yes")
    person.touch("onward")
    for digit in typed:
        person.touch("key", digit)
    return person


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_left_stands_at_the_left_also_where_a_page_begins_at_the_right(tag: str) -> None:
    person = Person(FakeDoors(a_shelf(place=a_place())))
    person.touch("tile", tag)
    person.touch("bigger")
    hands = [tile.key for setting in person.sees.settings for tile in setting.tiles if tile.key in ("left", "right")]
    shown = hands if person.sees.look.direction == "ltr" else hands[::-1]
    assert shown == ["left", "right"]


def test_a_larger_size_in_the_middle_of_a_question_keeps_what_was_typed_and_answered() -> None:
    person = at_number("42")
    before = person.sees
    person.touch("bigger")
    for key, look in (
        ("size-150", Look("ltr", scale=150)),
        ("contrast", Look("ltr", "contrast", 150)),
        ("left", Look("ltr", "contrast", 150, left_handed=True)),
        ("size-125", Look("ltr", "contrast", 125, left_handed=True)),
    ):
        assert person.touch("tile", key).look == look
    person.touch("back")
    assert person.sees.look == Look("ltr", "contrast", 125, left_handed=True)
    assert person.sees.answer == before.answer
    assert person.sees.answer.typed == "42"
    person.touch("back")
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["yes"]


def test_the_panel_shows_what_is_chosen() -> None:
    person = at_number()
    person.touch("bigger")
    for key in ("size-125", "contrast", "left"):
        person.touch("tile", key)
    chosen = [tile.key for setting in person.sees.settings for tile in setting.tiles if tile.chosen]
    assert chosen == ["size-125", "contrast", "left"]


def test_what_is_not_on_the_panel_changes_nothing() -> None:
    person = at_number()
    person.touch("bigger")
    before = person.turn.sitting
    for key in ("size-200", "volume-4", "volume-", "", "dark"):
        person.touch("tile", key)
    assert person.turn.sitting == before


def test_loudness_stands_there_only_where_something_can_be_heard_and_is_heard_at_once() -> None:
    person = at_number()
    person.touch("bigger")
    assert len(person.sees.settings) == 3
    person.touch("back")
    person.turn.hearing = voice = Voice()
    person.touch("bigger")
    loudness = person.sees.settings[-1]
    assert [tile.key for tile in loudness.tiles if tile.chosen] == ["volume-4"]
    person.touch("tile", "volume-2")
    assert person.turn.sitting.volume == 2
    assert voice.spoken == ["2"]
    assert [tile.key for tile in person.sees.settings[-1].tiles if tile.chosen] == ["volume-2"]


def test_how_a_page_stands_is_gone_with_the_turn() -> None:
    person = at_number()
    person.touch("bigger")
    for key in ("size-150", "contrast", "left"):
        person.touch("tile", key)
    person.touch("stop")
    assert person.turn.sitting == wiped()
    assert person.sees.look == Look("ltr")


def test_the_still_page_shows_nothing_of_a_turn_and_goes_on_exactly_where_it_was() -> None:
    pages = []
    for typed in ("", "42"):
        person = at_number(typed)
        before = person.sees
        person.touch("hide")
        pages.append(person.sees)
        person.touch("go_on")
        assert person.sees == before
    assert pages[0] == pages[1]


def test_help_is_one_touch_from_the_still_page_and_leads_back_to_it() -> None:
    person = at_number()
    person.touch("hide")
    person.touch("help")
    assert person.screen == "help"
    person.touch("back")
    assert person.screen == "hidden"
    person.touch("stop")
    assert person.turn.sitting == wiped()


def test_the_still_page_is_wiped_after_thirty_seconds_without_a_warning() -> None:
    person = at_number("42")
    person.touch("hide")
    assert patience(person.turn.sitting) == Patience(30, 0)
    person.turn.idle(29.9)
    assert person.screen == "hidden"
    person.turn.idle(30)
    assert person.screen == "welcome"
    assert person.turn.sitting == wiped()


@pytest.mark.parametrize("verb", ["go_on", "help", "stop"])
def test_a_late_touch_on_the_still_page_does_nothing(verb: str) -> None:
    person = at_number()
    before = person.turn.sitting
    getattr(person.turn.presenters["hidden"], f"touch_{verb}")()
    assert person.turn.sitting == before


def test_nobody_walks_in_a_circle_from_one_control_of_the_bars_to_the_next() -> None:
    sitting = aside(wiped(), Help())
    for place in (Bigger(), Hidden(), Help(), Bigger(), Help(), Bigger()):
        sitting = aside(sitting, place)
    assert sitting.place == Bigger()
    assert sitting.behind == (Welcome(), Help())


def test_a_text_box_that_is_closed_in_a_language_chosen_from_help_is_left_behind() -> None:
    person = at_number("7")
    person.touch("onward")  # who reads it
    assert isinstance(person.turn.sitting.place, AtQuestion)
    assert person.turn.sitting.place.path.endswith("t")
    person.touch("bigger")
    person.touch("language")
    person.touch("tile", "pl")
    assert person.screen == "bigger"
    person.touch("back")
    assert person.screen == "review"
