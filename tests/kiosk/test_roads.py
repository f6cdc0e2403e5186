"""The roads of their own: signing up with a name, thanking somebody, and what each is told at the end."""

from __future__ import annotations

import pytest

from models.questionnaire import Purpose
from models.record import read_record
from tests.builders_kiosk import a_notice, a_place, a_questionnaire, a_shelf, one, text
from tests.kiosk.doors import FakeDoors, Person

SIGN_UP = a_questionnaire([one("q1"), text("name")], purpose=Purpose.SIGN_UP)
THANKS = a_questionnaire([one("q1")], purpose=Purpose.SHOUT_OUT)
SURVEY = a_questionnaire([one("q1")])


def at_home(tag: str = "en") -> Person:
    person = Person(FakeDoors(a_shelf(SURVEY, THANKS, SIGN_UP, place=a_place())))
    person.touch("tile", tag)
    return person


def signed_up() -> Person:
    """Return somebody at the review of a sign-up, their name typed."""
    person = at_home()
    person.begin("sign-up")
    person.touch("tile", "yes")
    person.touch("onward")
    assert person.screen == "announce"  # who reads it is said before the box opens, and stands for a while
    person.turn.idle(4)
    person.touch("onward")
    for letter in "Sam":
        person.touch("key", letter)
    person.touch("onward")
    return person


def test_every_road_has_its_tile_and_a_sign_up_stands_in_no_list() -> None:
    person = at_home()
    assert [tile.key for tile in person.sees.tiles] == ["take-part", "thank", "sign-up"]
    assert all(tile.picture for tile in person.sees.tiles)


def test_at_most_six_tiles_stand_at_home() -> None:
    long = a_questionnaire([one("q1")], [one("q2")])
    idea = a_questionnaire([one("q1")], purpose=Purpose.SUGGESTION)
    person = Person(FakeDoors(a_shelf(long, idea, THANKS, SIGN_UP, notices=[a_notice("n")])))
    person.touch("tile", "en")
    keys = [tile.key for tile in person.sees.tiles]
    assert keys == ["take-part", "suggest", "board", "thank", "sign-up", "come-back"]


def test_a_sign_up_says_at_every_question_and_at_the_review_that_a_name_is_on_it() -> None:
    person = at_home()
    person.begin("sign-up")
    assert person.screen == "question"
    assert person.sees.badge.text == "With your name"
    view = signed_up().sees
    assert view.title.text == "This has your name on it. It goes to: the safety team"
    assert view.lines[-1].answer.text == "Sam"
    assert view.lines[-1].answer.clips == ()


def test_a_survey_and_thanks_carry_no_such_mark() -> None:
    for tile in ("take-part", "thank"):
        person = at_home()
        person.begin(tile)
        assert person.sees.badge is None
        person.touch("skip")
        assert person.sees.title.text == "These are your answers"


def test_after_a_sign_up_was_handed_in_nothing_of_it_is_left() -> None:
    person = signed_up()
    person.touch("onward")
    view = person.sees
    assert person.screen == "farewell"
    words = " ".join(said.text for said in view.body)
    assert "It is locked, and goes to nobody else." in words
    assert "the safety team" in words
    assert "Sam" not in repr(person.turn.sitting)
    (record,) = person.doors.records
    assert (record.purpose, read_record(record.body).answers) == (Purpose.SIGN_UP, {"m1/q1": "yes", "m1/name": "Sam"})


@pytest.mark.parametrize(
    ("tile", "words"),
    [
        ("take-part", "Your answers are locked. Nobody here can read them."),
        ("thank", "Your thanks are on their way. Nobody learns who sent them."),
    ],
)
def test_the_farewell_says_what_becomes_of_it_and_offers_help_to_everyone(tile: str, words: str) -> None:
    person = at_home()
    person.begin(tile)
    person.touch("skip")
    person.touch("onward")
    view = person.sees
    assert view.body[0].text == words
    assert view.who.text == "Who can help"
    person.touch("who")
    assert person.screen == "help"
    person.touch("back")
    assert person.sees == view


def test_two_people_who_answered_differently_see_the_same_farewell() -> None:
    seen = []
    for answer in ("yes", "no"):
        person = at_home()
        person.begin()
        person.touch("tile", answer)
        person.touch("onward")
        person.touch("onward")
        seen.append(person.sees)
    assert seen[0] == seen[1]


def test_the_farewell_goes_by_itself_after_twenty_seconds() -> None:
    person = at_home()
    person.begin("thank")
    person.touch("skip")
    person.touch("onward")
    person.turn.idle(19)
    assert person.screen == "farewell"
    person.turn.idle(21)
    assert person.screen == "welcome"


def test_the_farewell_follows_a_change_of_language() -> None:
    person = at_home()
    person.begin()
    person.touch("skip")
    person.touch("onward")
    person.touch("who")
    person.touch("language")
    person.touch("tile", "cy")
    person.touch("back")
    assert person.screen == "farewell"
    assert person.sees.title.tag == "cy"
