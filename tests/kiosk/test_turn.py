"""One person's turn from touch to touch, left alone in every direction, with nothing of them left behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from kiosk.places import Review
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.opening import WORKING
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.question import QuestionView, TextPad
from kiosk.presenters.review import ReviewView
from kiosk.presenters.turn import Turn
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from kiosk.sitting import wiped
from models.errors import VaultCorruptError, VaultFullError
from models.questionnaire import Note, Purpose, Question
from models.record import read_record
from tests.builders_kiosk import (
    a_notice,
    a_place,
    a_questionnaire,
    a_shelf,
    note,
    number,
    one,
    several,
    steps,
    text,
    understood,
)
from tests.kiosk.doors import PIN, FakeDoors, Person

MARKER = "Marker sentence"


def a_person(*, tag: str = "en", patient: bool = False) -> Person:
    """Return somebody at Home of a place where everything is open."""
    form = a_questionnaire([one("q1"), number("n"), text("t")])
    person = Person(FakeDoors(a_shelf(form, notices=[a_notice("n1")]), patient=patient))
    person.touch("tile", tag)
    return person


def write(person: Person, words: str) -> None:
    if person.screen == "announce":  # who reads it is said before the box opens
        person.understand()
    for letter in words:
        person.touch("key", "space" if letter == " " else letter)


def at_text(person: Person) -> Person:
    person.begin()
    person.touch("tile", "yes")
    person.touch("onward")
    person.touch("key", "7")
    person.touch("onward")
    return person


# Each way of getting somewhere, by the name of the screen on which it ends.


def to_home(person: Person) -> None:
    assert person.screen == "home"


def to_question(person: Person) -> None:
    person.begin()


def to_text(person: Person) -> None:
    at_text(person)
    write(person, MARKER)


def to_language(person: Person) -> None:
    to_text(person)
    person.touch("language")


def to_help(person: Person) -> None:
    to_text(person)
    person.touch("help")


def to_helper(person: Person) -> None:
    to_help(person)
    person.touch("tile", "0")


def to_board(person: Person) -> None:
    person.touch("tile", "board")


def to_page(person: Person) -> None:
    to_board(person)
    person.touch("tile", "n1")


def to_review(person: Person) -> None:
    to_text(person)
    person.touch("onward")


WAYS = [to_home, to_question, to_text, to_language, to_help, to_helper, to_board, to_page, to_review]


def test_everything_reaches_the_farewell_and_is_handed_in_once() -> None:
    person = a_person()
    to_review(person)
    person.touch("onward")
    assert person.screen == "farewell"
    assert len(person.doors.records) == 1
    read = read_record(person.doors.records[0].body)
    assert read.answers == {"m1/q1": "yes", "m1/n": "7", "m1/t": MARKER}
    assert (read.language, read.notice, read.mode) == ("en", "1", None)


def test_the_turn_is_wiped_before_the_farewell_is_shown() -> None:
    person = a_person()
    to_review(person)
    person.touch("onward")
    assert isinstance(person.sees, FarewellView)
    assert person.turn.sitting.sheet is None
    assert person.turn.sitting.opened is None
    assert not held(person.turn, MARKER)


def test_a_double_tap_hands_in_once() -> None:
    person = a_person(patient=True)
    to_review(person)
    review: Any = person.turn.presenters["review"]
    for _ in range(3):
        review.touch_onward()
    assert len(person.doors.records) == 1
    person.doors.come_back()
    assert person.screen == "farewell"


def test_while_handing_in_nothing_of_the_answers_is_shown_and_nothing_can_be_touched() -> None:
    person = a_person(patient=True)
    to_review(person)
    view = person.touch("onward")
    assert isinstance(view, ReviewView)
    assert view.handing_in
    assert view.sign == WORKING
    assert view.lines == ()
    for verb in ("back", "stop", "help", "language", "more"):
        assert person.touch(verb) == view
    assert person.touch("line", "m1/q1") == view
    person.turn.idle(119)
    assert person.sees == view


def test_a_store_that_never_answers_is_no_dead_end() -> None:
    person = a_person(patient=True)
    to_review(person)
    person.touch("onward")
    person.turn.idle(120)
    assert person.turn.sitting == wiped()
    person.doors.come_back()
    assert person.turn.sitting == wiped()


def test_a_store_that_fails_takes_the_kiosk_out_of_service_with_a_number() -> None:
    person = a_person()
    person.doors.error = VaultFullError()
    to_review(person)
    view = person.touch("onward")
    assert isinstance(view, OutOfServiceView)
    assert view.number == "404"
    assert not held(person.turn, MARKER)
    person.turn.idle(10_000)
    assert person.sees == view


def test_a_hand_in_that_comes_back_after_the_person_is_gone_changes_nothing() -> None:
    person = a_person(patient=True)
    to_review(person)
    person.touch("onward")
    person.turn.wipe()
    welcome = person.sees
    person.doors.come_back()
    assert person.sees == welcome


@pytest.mark.parametrize("way", WAYS)
def test_a_sitting_left_alone_is_asked_and_then_wiped(way: Callable[[Person], None]) -> None:
    person = a_person()
    way(person)
    before = person.sees
    person.turn.idle(59)
    assert person.sees == before
    person.turn.idle(121)
    if isinstance(person.sees, WarningView):
        person.turn.idle(10_000)
    assert isinstance(person.sees, WelcomeView)
    assert not held(person.turn, MARKER)
    assert person.turn.sitting == wiped()


@pytest.mark.parametrize("way", WAYS)
def test_yes_on_the_warning_returns_exactly_to_where_it_was(way: Callable[[Person], None]) -> None:
    person = a_person()
    way(person)
    before = person.sees
    limits = 120 if way is to_text else 60
    person.turn.idle(limits)
    assert isinstance(person.sees, WarningView)
    assert person.touch("yes") == before
    person.turn.idle(limits - 1)
    assert person.sees == before


@pytest.mark.parametrize("way", WAYS)
def test_stop_on_the_warning_wipes_at_once(way: Callable[[Person], None]) -> None:
    person = a_person()
    way(person)
    person.turn.idle(120 if way is to_text else 60)
    assert person.screen == "warning"
    person.touch("stop")
    assert person.screen == "welcome"
    assert not held(person.turn, MARKER)


@pytest.mark.parametrize("way", WAYS)
def test_a_touch_on_the_screen_below_the_warning_does_nothing(way: Callable[[Person], None]) -> None:
    person = a_person()
    way(person)
    below = person.turn.presenters[person.screen]
    person.turn.idle(120 if way is to_text else 60)
    assert isinstance(person.sees, WarningView)
    sitting = person.turn.sitting
    for verb in ("back", "onward", "skip", "help", "language", "stop", "more", "logo_held"):
        getattr(below, f"touch_{verb}", bool)()
    below_tile = getattr(below, "touch_tile", str)
    below_tile("yes")
    below_tile("take-part")
    assert person.turn.sitting is sitting


@pytest.mark.parametrize("way", [way for way in WAYS if way is not to_language])
def test_stop_wipes_at_once_from_every_screen(way: Callable[[Person], None]) -> None:
    person = a_person()
    way(person)
    person.touch("stop")
    assert isinstance(person.sees, WelcomeView)
    assert person.turn.sitting == wiped()
    assert not held(person.turn, MARKER)


def test_welcome_rests_for_ever() -> None:
    person = Person(FakeDoors(a_shelf()))
    resting = person.sees
    person.turn.idle(1_000_000)
    assert person.sees == resting


def test_the_farewell_goes_after_twenty_seconds_without_asking() -> None:
    person = a_person()
    to_review(person)
    person.touch("onward")
    person.turn.idle(19.9)
    assert person.screen == "farewell"
    person.turn.idle(20)
    assert person.screen == "welcome"


def test_the_first_view_after_a_wipe_equals_the_first_after_the_start() -> None:
    person = Person(FakeDoors(a_shelf(a_questionnaire([one("q1")]))))
    first = person.sees
    person.touch("tile", "ar")
    person.touch("stop")
    assert person.sees == first


@pytest.mark.parametrize("way", [to_text, to_review, to_help, to_language])
def test_the_marker_is_there_before_the_wipe_so_that_its_absence_means_something(way: Callable[[Person], None]) -> None:
    person = a_person()
    way(person)
    assert held(person.turn, MARKER)


def test_help_from_a_question_comes_back_with_everything_typed() -> None:
    person = a_person()
    to_help(person)
    person.touch("tile", "0")
    person.touch("back")
    assert person.screen == "help"
    view = person.touch("back")
    assert isinstance(view, QuestionView)
    assert isinstance(view.answer, TextPad)
    assert view.answer.typed == MARKER


def test_another_language_comes_back_to_the_question_with_its_answer() -> None:
    person = a_person()
    person.begin()
    person.touch("tile", "yes")
    person.touch("language")
    view = person.touch("tile", "cy")
    assert person.screen == "question"
    assert (view.prompt.text, view.prompt.tag) == ("cy Question q1?", "cy")
    assert [tile.chosen for tile in view.answer.tiles] == [True, False]


def test_staff_cannot_be_let_in_in_the_middle_of_a_turn() -> None:
    person = a_person()
    view = person.touch("language")
    assert person.touch("logo_held") == view


def test_an_error_from_outside_takes_any_screen_out_of_service_until_it_has_passed() -> None:
    person = a_person()
    to_text(person)
    person.turn.fail(VaultFullError())
    assert person.screen == "out_of_service"
    assert not held(person.turn, MARKER)
    for leaving in (person.turn.start, person.turn.wipe):
        leaving()
        assert person.screen == "out_of_service"
    person.turn.recovered()
    assert person.screen == "welcome"


def test_what_does_not_pass_by_itself_stays_out_of_service() -> None:
    person = a_person()
    person.turn.fail(VaultCorruptError())
    person.turn.recovered()
    assert person.screen == "out_of_service"


def test_a_stranger_at_the_pin_of_a_kiosk_out_of_service_is_no_way_back_in() -> None:
    person = a_person()
    person.turn.fail(VaultFullError())
    person.touch("logo_held")
    assert person.screen == "pin"
    person.turn.idle(61)
    assert person.screen == "out_of_service"


def test_a_kiosk_that_recovers_while_staff_stand_at_the_pin_is_in_service_afterwards() -> None:
    person = a_person()
    person.turn.fail(VaultFullError())
    person.touch("logo_held")
    person.turn.recovered()
    assert person.screen == "pin"
    person.touch("back")
    assert person.screen == "welcome"


def test_a_touch_for_a_screen_that_is_gone_does_nothing() -> None:
    person = a_person()
    for name, presenter in person.turn.presenters.items():
        if name == "home":
            continue
        for verb in ("back", "onward", "skip", "help", "language", "stop", "more", "yes", "home", "finish", "go_on", "leave", "logo_held"):  # fmt: skip  # noqa: E501
            getattr(presenter, f"touch_{verb}", bool)()
        for verb in ("tile", "key", "line"):
            getattr(presenter, f"touch_{verb}", str)("en")
        getattr(presenter, "touch_step", abs)(0)
        assert person.screen == "home", name


def test_a_new_delivery_changes_nothing_for_a_turn_under_way() -> None:
    person = a_person()
    before = person.sees
    person.doors.on_shelf = a_shelf(place=a_place("pl"))
    person.turn.again()
    assert person.sees == before
    person.touch("stop")
    assert [tile.key for tile in person.sees.tiles] == ["pl"]


def test_a_staff_page_left_alone_closes_without_asking() -> None:
    person = Person(FakeDoors(a_shelf()))
    person.touch("logo_held")
    person.turn.idle(59)
    assert person.screen == "pin"
    for digit in PIN:
        person.touch("key", digit)
    person.touch("onward")
    assert person.screen == "service"
    person.turn.idle(60)
    assert person.screen == "welcome"


def test_after_a_long_wait_patience_begins_when_the_answer_comes() -> None:
    person = a_person(patient=True)
    to_review(person)
    person.touch("onward")
    person.turn.idle(100)
    person.doors.come_back()
    person.turn.idle(119)
    assert person.screen == "farewell"
    person.turn.idle(120)
    assert person.screen == "welcome"


def test_a_touch_after_a_long_wait_begins_patience_anew() -> None:
    person = a_person(patient=True)
    to_review(person)
    person.touch("onward")
    person.turn.idle(300)
    person.doors.come_back()
    person.turn.idle(1)
    person.turn.idle(20)
    assert person.screen == "welcome"


def test_a_review_that_is_left_alone_hands_nothing_in() -> None:
    person = a_person()
    to_review(person)
    assert isinstance(person.turn.place, Review)
    person.turn.idle(90)
    assert person.doors.records == []


def test_nothing_anywhere_in_the_program_holds_what_was_typed_once_it_is_wiped() -> None:
    """The marker is kept backwards here, so that the test itself is not what is found."""
    backwards = MARKER[::-1].lower() + "abc"
    person = at_text(a_person())
    person.understand()
    for letter in reversed(backwards):
        person.touch("key", "space" if letter == " " else letter)
    assert anywhere(backwards)
    person.touch("help")
    person.touch("stop")
    assert not anywhere(backwards)


TOUCHES = [
    "back",
    "onward",
    "skip",
    "help",
    "language",
    "more",
    "yes",
    "home",
    "finish",
    "go_on",
    "leave",
    "logo_held",
]
KEYS = [
    "yes",
    "no",
    "a",
    "none",
    "take-part",
    "suggest",
    "board",
    "n1",
    "c0",
    "en",
    "cy",
    "ar",
    "0",
    "1",
    "delete",
    "space",
    "shift",
    "numbers",
    "accents",
    "clear",
    "wipe",
    "order",
    "further",
    "dock-stick",
]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_touched_nothing_breaks_and_patience_ends_at_welcome(seed: int) -> None:
    chance = Random(seed)
    practice = [one("p1", "plain", "yes"), one("p2", "yesno", "na")]
    every: list[Question | Note] = [
        note("i"),
        one("q1"),
        several("s"),
        several("l", "long"),
        steps("r"),
        number("n"),
        text("t"),
        understood("u"),
    ]
    form = a_questionnaire(every, [one("q2"), text("t2")], practice=practice)
    suggestion = a_questionnaire([note("i"), text("t")], purpose=Purpose.SUGGESTION)
    person = Person(FakeDoors(a_shelf(form, form, suggestion, notices=[a_notice("n1")])))
    for _ in range(300):
        presenter = person.turn.presenters[chance.choice([person.screen] * 9 + list(person.turn.presenters))]
        kind = chance.random()
        if kind < 0.5:
            getattr(presenter, f"touch_{chance.choice(TOUCHES)}", bool)()
        elif kind < 0.97:
            verb = chance.choice(["touch_tile", "touch_key", "touch_line"])
            getattr(presenter, verb, str)(chance.choice(KEYS))
            getattr(presenter, "touch_step", abs)(chance.randint(-1, 6))
        else:
            person.turn.idle(chance.choice([10, 65, 125]))
    person.turn.idle(10_000)
    assert person.turn.sitting == wiped()


def anywhere(backwards: str) -> bool:
    """Return whether any text that any object holds contains the marker, forwards."""
    end = backwards[0]
    return any(
        backwards in thing[::-1]
        for holder in gc.get_objects()
        for thing in gc.get_referents(holder)
        if isinstance(thing, str) and len(backwards) <= len(thing) < 300 and end in thing
    )


def held(turn: Turn, marker: str) -> bool:
    """Return whether a text with the marker can be reached from the turn, whatever holds it."""
    return any(marker in thing for thing in _reached(turn) if isinstance(thing, str))


def _reached(turn: Turn) -> Iterator[object]:
    seen: set[int] = set()
    waiting: list[object] = [turn._sitting, *turn.presenters.values(), turn._errand]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type) or type(thing).__name__ in {"module", "function", "FakeDoors"}:
            continue
        seen.add(id(thing))
        yield thing
        if thing is not turn.doors:
            waiting += [other for other in gc.get_referents(thing) if other is not turn._show]
