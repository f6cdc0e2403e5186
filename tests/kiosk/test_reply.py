"""Suggesting with a reply code, and reading the answer with it: what is offered, asked and told, and what is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kiosk import speech, spoken
from kiosk.patience import REPLY, patience
from kiosk.places import AtQuestion, Board, CodeGiven, CodePictures, ReplyShown, Review
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.turn import Turn
from kiosk.sitting import wiped
from models.comeback import Code, ReplyCode, written_for_a_reply
from models.errors import WingVoiceError
from models.questionnaire import LanguageTag, Path, Purpose
from models.record import read_record
from models.reply import Reply
from tests.builders_kiosk import a_notice, a_questionnaire, a_shelf, one
from tests.kiosk.doors import A_REPLY_SECRET, FakeDoors, MemoryShelf, Person
from tests.kiosk.test_comeback import give, reached

SUGGESTION = a_questionnaire([one("q1")], purpose=Purpose.SUGGESTION)
SURVEY = a_questionnaire([one("q1")])
CODE = written_for_a_reply(A_REPLY_SECRET, "HMX")
LONG = "The clock is ordered and comes soon. " * 10
ANSWER = Reply(
    {LanguageTag("en"): LONG.strip(), LanguageTag("ar"): "طلبنا الساعة."}, "Head of works", date(2026, 11, 22)
)


def somebody(shelf: MemoryShelf | None = None, tag: str = "en", **doors: object) -> Person:
    person = Person(FakeDoors(shelf or a_shelf(SUGGESTION), **doors))  # type: ignore[arg-type]
    person.doors.replies[CODE.pictures, CODE.digits] = ANSWER
    person.touch("tile", tag)
    return person


def at_mode(person: Person, tile: str = "suggest") -> Person:
    """Answer the one question."""
    person.touch("tile", tile)
    person.go_through()
    person.touch("tile", "yes")
    person.touch("onward")
    return person


def at_review(person: Person, mode: str = "code") -> Person:
    """Suggest something, in this way, and stand before what is to be handed in."""
    at_mode(person)
    assert person.screen == "mode"
    person.touch("tile", mode)
    assert (person.screen, person.turn.place) == ("review", Review())
    return person


def ask(person: Person, code: Code = CODE) -> Person:
    """Say that one has a reply code, and give it."""
    person.touch("tile", "board")
    person.touch("code")
    give(person, code)
    return person


def copied(view: ComebackGivenView) -> Code:
    return Code(tuple(int(tile.key) for tile in view.pictures), "".join(view.digits))


# Suggesting.


def test_who_wants_a_reply_gets_the_code_before_anything_is_handed_in() -> None:
    person = at_review(somebody())
    assert person.sees.bars.onward.text == "Go on"
    person.touch("onward")
    assert person.turn.place == CodeGiven("reply")
    assert copied(person.sees) == CODE
    assert "With it you read the answer, here or on another kiosk." in [said.text for said in person.sees.body]
    assert person.sees.bars.onward.text == "Hand in"
    assert person.doors.records == []
    person.touch("onward")
    assert person.screen == "farewell"
    (record,) = person.doors.records
    read = read_record(record.body)
    assert (read.mode, len(read.reply or "")) == ("code", 64)


def test_whoever_goes_back_to_change_something_keeps_the_same_code() -> None:
    person = at_review(somebody())
    code = copied(person.touch("onward"))
    person.touch("back")
    assert person.turn.place == Review()
    person.touch("line", "m1/q1")
    person.touch("tile", "no")
    person.touch("onward")
    assert copied(person.touch("onward")) == code
    person.touch("onward")
    (record,) = person.doors.records
    assert read_record(record.body).answers == {Path("m1/q1"): "no"}
    assert person.doors.codes_drawn == 1


def test_another_suggestion_gets_another_code() -> None:
    person = somebody()
    for _ in range(2):
        at_review(person)
        person.touch("onward")
        person.touch("onward")
        person.touch("home")
    publics = {read_record(record.body).reply for record in person.doors.records}
    assert len(publics) == 2


def test_a_suggestion_with_no_name_gets_no_code() -> None:
    person = at_review(somebody(), "anonymous")
    assert person.sees.bars.onward.text == "Hand in"
    person.touch("onward")
    (record,) = person.doors.records
    assert (read_record(record.body).mode, read_record(record.body).reply) == ("anonymous", None)
    assert person.doors.codes_drawn == 0


def test_a_survey_is_never_answered_by_code() -> None:
    person = at_mode(somebody(a_shelf(SURVEY)), "take-part")
    assert person.screen == "review"
    person.touch("onward")
    (record,) = person.doors.records
    assert (read_record(record.body).mode, read_record(record.body).reply) == (None, None)


def test_whoever_would_rather_have_no_code_after_all_hands_none_in() -> None:
    person = at_review(somebody())
    person.touch("onward")
    person.touch("back")
    person.touch("back")
    assert person.screen == "mode"
    person.touch("tile", "anonymous")
    person.touch("onward")
    (record,) = person.doors.records
    assert (read_record(record.body).mode, read_record(record.body).reply) == ("anonymous", None)


def test_what_was_chosen_for_one_suggestion_is_not_the_next_ones() -> None:
    person = at_review(somebody())
    person.touch("onward")
    person.touch("stop")
    assert person.turn.sitting == wiped()
    person.touch("tile", "en")
    at_mode(person)
    assert person.screen == "mode"
    assert (person.turn.sitting.mode, person.turn.sitting.reply) == (None, None)


def test_leaving_the_questions_drops_what_was_chosen() -> None:
    person = at_review(somebody())
    person.touch("onward")
    while person.screen != "home":
        person.touch("back")
    assert (person.turn.sitting.mode, person.turn.sitting.reply) == (None, None)


def test_until_a_code_is_drawn_a_page_says_so_and_a_second_touch_finds_nothing_to_do() -> None:
    person = somebody(patient=True)
    at_review(person)
    person.touch("onward")
    assert person.screen == "opening"
    person.turn.presenters["review"].touch_onward()  # type: ignore[attr-defined]
    person.doors.come_back()
    assert person.turn.place == CodeGiven("reply")
    assert person.doors.codes_drawn == 1


def test_a_code_that_comes_after_somebody_left_is_dropped() -> None:
    person = somebody(patient=True)
    at_review(person)
    person.touch("onward")
    person.touch("stop")
    person.doors.come_back()
    assert person.turn.sitting == wiped()


def test_a_kiosk_that_cannot_hand_in_says_so() -> None:
    person = at_review(somebody())
    person.touch("onward")
    person.doors.error = WingVoiceError()
    person.touch("onward")
    assert person.screen == "out_of_service"


# Reading.


@pytest.mark.parametrize(
    ("shelf", "there"),
    [
        (a_shelf(SUGGESTION), True),
        (a_shelf(SURVEY, notices=[a_notice("n")]), False),
        (replace(a_shelf(SURVEY), has_replies=True), True),
    ],
)
def test_a_reply_code_is_asked_for_where_anybody_may_have_one(shelf: MemoryShelf, there: bool) -> None:
    person = somebody(shelf)
    person.touch("tile", "board")
    assert (person.sees.code is not None) == there
    person.touch("code")
    assert isinstance(person.turn.place, CodePictures) == there


def test_the_code_alone_opens_the_reply_and_who_says_it_stands_below() -> None:
    person = ask(somebody())
    assert person.turn.place == ReplyShown(ANSWER)
    assert person.sees.title.text == "This is the answer for you"
    words = [block.body.text for block in person.sees.blocks]
    assert person.sees.more.text == "More (1 of 2)"
    person.touch("more")
    words += [block.body.text for block in person.sees.blocks]
    assert " ".join(words) == f"{LONG.strip()} From: Head of works, 22 November 2026"
    person.touch("more")
    assert person.sees.page == 0


def test_a_reply_is_read_in_ones_own_language_or_in_english() -> None:
    person = ask(somebody(tag="ar"))
    assert person.sees.blocks[0].body.text == "طلبنا الساعة."
    assert (person.sees.blocks[0].body.direction, person.sees.look.direction) == ("rtl", "rtl")
    person.touch("language")
    person.touch("tile", "pl")
    assert person.sees.blocks[0].body.text.startswith("The clock is ordered")
    assert person.sees.blocks[0].body.tag == "en"


@pytest.mark.parametrize("digits", ["030710", "030724", "999999", CODE.digits])
def test_a_wrong_code_an_unknown_one_and_one_without_a_reply_lead_to_the_same_words(digits: str) -> None:
    person = somebody()
    person.doors.replies.clear()
    ask(person, Code(CODE.pictures, digits))
    assert [said.text for said in person.sees.trouble] == [
        "There is no answer here for this code yet.",
        "Please look at your code again, or come back another day.",
    ]
    assert person.sees.bars.onward is None
    person.touch("key", "delete")
    assert person.sees.trouble == ()


def test_whoever_leaves_a_reply_has_to_touch_the_code_again() -> None:
    person = ask(somebody())
    person.touch("back")
    assert person.turn.place == Board()
    assert not holds_a_reply(person.turn)
    person.touch("code")
    assert person.turn.place == CodePictures(None)
    assert person.turn.place.pictures == ()


def test_back_from_the_pictures_leads_to_where_one_said_that_one_has_a_code() -> None:
    person = somebody()
    person.touch("tile", "board")
    person.touch("code")
    person.touch("back")
    assert person.turn.place == Board()


def test_help_and_hiding_come_back_to_the_reply() -> None:
    person = ask(somebody())
    before = person.sees
    for verb, back in (("help", "back"), ("hide", "go_on")):
        person.touch(verb)
        assert person.sees != before
        person.touch(back)
        assert person.sees == before


def holds_a_reply(turn: Turn) -> bool:
    return any(isinstance(thing, Reply | ReplyCode | Code | ReplyShown) for thing in reached(turn))


@pytest.mark.parametrize("there", [ask, lambda person: at_review(person).touch("onward")])
def test_stop_wipes_a_code_and_a_reply(there: Callable[[Person], None]) -> None:
    person = somebody()
    there(person)
    assert holds_a_reply(person.turn)
    person.touch("stop")
    assert person.turn.sitting == wiped()
    assert not holds_a_reply(person.turn)


def test_a_reply_left_alone_is_wiped_after_a_minute_and_a_half_whatever_the_wing_says() -> None:
    shelf = a_shelf(SUGGESTION)
    assert shelf.place is not None
    person = ask(somebody(replace(shelf, place=replace(shelf.place, ask_after_s=600, wait_s=600))))
    assert patience(person.turn.sitting) == REPLY
    person.turn.idle(60)
    assert person.screen == "warning"
    person.touch("yes")
    assert isinstance(person.sees, ReplyView)
    person.turn.idle(0)
    person.turn.idle(60)
    person.turn.idle(90)
    assert person.turn.sitting == wiped()
    assert not holds_a_reply(person.turn)


def test_a_code_that_was_not_handed_in_is_wiped_with_the_suggestion() -> None:
    person = at_review(somebody())
    person.touch("onward")
    person.turn.idle(120)
    assert person.screen == "warning"
    person.turn.idle(150)
    assert person.turn.sitting == wiped()
    assert person.doors.records == []


def test_a_reply_is_not_spoken_and_has_no_listen() -> None:
    person = ask(somebody())

    def length(_clip: object) -> int:
        return 700

    assert spoken.parts(person.sees)[0].said.text == "This is the answer for you"
    for block in person.sees.blocks:
        assert not block.body.clips
        assert block.body.whole is None
    listening = replace(person.sees, bars=replace(person.sees.bars, listen=person.sees.title))
    assert speech.fitted(listening, length).bars.listen is None  # type: ignore[union-attr]
    steps = speech.reading(spoken.parts(person.sees), person.sees, length, private=True)
    assert {step.said.text for step in steps} == {"This is the answer for you", "More (1 of 2)"}


def test_nothing_of_a_reply_shows_in_a_repr() -> None:
    person = ask(somebody())
    assert "clock" not in repr(person.turn.sitting)
    at_review(person := somebody())
    person.touch("onward")
    assert isinstance(person.turn.place, CodeGiven)
    assert not any(part in repr(person.turn.sitting) for part in ("ReplyCode(code", CODE.digits, "55, 60"))
    assert AtQuestion not in {type(place) for place in person.turn.sitting.behind}
