"""Before you start, and the kiosk's own practice: what is told, what the check lets through, what is taught."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.places import AtQuestion, BeforeYouStart, Home
from kiosk.presenters.before import LAYERS, BeforeView
from kiosk.presenters.practice import PracticeView
from kiosk.sitting import farewell
from models.consultation import FreeText
from models.questionnaire import LanguageTag, Purpose, Questionnaire
from tests.builders_kiosk import EN, a_place, a_questionnaire, a_shelf, an_opened, note, one
from tests.kiosk.doors import FakeDoors, MemoryShelf, Person

SURVEY = a_questionnaire([one("q1")])
RIGHT = {Purpose.SIGN_UP: "yes", Purpose.SHOUT_OUT: "yes"}
TILE = {Purpose.SUGGESTION: "suggest", Purpose.SHOUT_OUT: "thank", Purpose.SIGN_UP: "sign-up"}


def before(form: Questionnaire = SURVEY, tag: str = "en", **place: object) -> Person:
    """Return somebody who is told what must be known before this one."""
    person = Person(FakeDoors(a_shelf(form, place=a_place(**place))))  # type: ignore[arg-type]
    person.touch("tile", tag)
    person.touch("tile", TILE.get(form.purpose, "take-part"))
    return person


def told(person: Person) -> str:
    """Return everything that the page says."""
    view = person.sees
    assert isinstance(view, BeforeView)
    return " | ".join(said.text for line in view.lines for said in (line.head, line.words) if said is not None)


def checked(person: Person, key: str = "no") -> Person:
    person.touch("onward")
    person.touch("tile", key)
    return person


# What is told.


def test_the_first_layer_says_who_asks_what_about_who_sees_it_what_cannot_change_how_long_and_that_one_may_stop() -> (
    None
):
    words = told(before())
    for part in (
        "Who asks | the wing manager",
        "What about | About the wing",
        "Nobody here can see what you press.",
        "Who reads it | the safety team",
        "What cannot change | We cannot change the law.",
        "Minutes, about: 2",
        "You may stop | At any time.",
    ):
        assert part in words


def test_every_line_has_a_picture() -> None:
    for purpose in Purpose:
        person = before(a_questionnaire([one("q1")], purpose=purpose))
        for _ in LAYERS:
            assert all(line.picture for line in person.sees.lines)
            person.touch("tell")


def test_more_leads_to_what_is_kept_and_then_to_rights_and_back_leads_the_same_way() -> None:
    person = before()
    first = person.sees
    person.touch("tell")
    assert "Never kept: your name, your face, the time." in told(person)
    assert "Longest wait in days: 28" in told(person)
    assert "14 January 2027" in told(person)
    second = person.sees
    person.touch("tell")
    assert "Taking part is your choice" in told(person)
    assert "You are asked what you think." in told(person)
    assert person.sees.tell is None
    last = person.sees
    assert person.touch("tell") == last
    person.touch("back")
    assert person.sees == second
    person.touch("back")
    assert person.sees == first
    person.touch("back")
    assert person.screen == "home"


def test_where_no_text_may_be_typed_nothing_is_said_of_ones_own_words() -> None:
    for person in (before(queue=False), before(tag="pl")):
        person.touch("tell")
        assert "Longest wait" not in told(person)
        assert "28" not in told(person)


def test_onward_leads_to_the_check_from_every_layer() -> None:
    for layer in range(len(LAYERS)):
        person = before()
        for _ in range(layer):
            person.touch("tell")
        view = person.touch("onward")
        assert view.title.text == "Can staff here see what I press?"
        assert [tile.key for tile in view.choices] == ["yes", "no"]
        person.touch("back")
        assert person.turn.place == BeforeYouStart("c0", layer)


def test_larger_type_turns_lines_into_pages_and_none_is_lost() -> None:
    person = before()
    every = person.sees.lines
    person.turn.move(replace(person.turn.sitting, scale=150))
    first = person.sees
    person.touch("onward")
    assert first.lines + person.sees.lines == every
    person.touch("back")
    assert person.sees == first
    person.touch("onward")
    person.turn.move(replace(person.turn.sitting, scale=100))
    assert person.sees.lines == every
    person.touch("onward")
    assert person.sees.choices


# The check.


def test_a_wrong_answer_brings_kind_words_and_the_first_layer_again() -> None:
    person = before()
    person.touch("tell")
    view = checked(person, "yes").sees
    assert view.title.text == "Look again. Nobody here can see what you press."
    assert "Who asks" in told(person)
    checked(person)
    assert person.screen == "practice"


def test_kind_words_are_gone_once_one_goes_on() -> None:
    person = checked(before(), "yes")
    person.touch("onward")
    person.touch("back")
    assert person.sees.title.text == "Before you start"


def test_a_touch_that_is_no_answer_does_nothing() -> None:
    person = before()
    first = person.sees
    assert person.touch("tile", "no") == first
    person.touch("onward")
    check = person.sees
    for key in ("tea", ""):
        assert person.touch("tile", key) == check
    assert person.touch("tell") == check
    assert person.touch("onward") == check


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_is_asked_its_own_check_and_the_right_answer_goes_on(purpose: Purpose) -> None:
    right = RIGHT.get(purpose, "no")
    person = checked(before(a_questionnaire([one("q1")], purpose=purpose)), "yes" if right == "no" else "no")
    assert person.screen == "before"
    assert person.sees.title.text != "Before you start"
    checked(person, right)
    assert person.screen == ("question" if purpose in TILE else "practice")


def test_a_sign_up_says_first_that_a_name_is_on_it_and_where_it_goes() -> None:
    person = before(a_questionnaire([one("q1")], purpose=Purpose.SIGN_UP))
    assert told(person).startswith("This one has your name on it.")
    assert "It goes to | the safety team" in told(person)
    assert "Nobody here can see" not in told(person)
    person.touch("tell")
    assert "Your name is kept with it" in told(person)
    assert "Never kept" not in told(person)


def test_thanks_are_passed_on_only_to_who_agrees_and_only_if_one_wants_it() -> None:
    person = before(a_questionnaire([one("q1")], purpose=Purpose.SHOUT_OUT))
    assert "is asked before others see it" in told(person)
    person.touch("onward")
    assert person.sees.title.text == "Shall we pass your thanks on?"
    view = person.touch("tile", "no")
    assert "Nothing is sent." in view.title.text
    person.touch("back")
    assert person.turn.place == Home()


# Going back, going on, and other languages.


def test_back_from_the_first_question_leads_to_the_check_and_drops_the_sheet() -> None:
    person = before()
    checked(person)
    person.touch("skip")
    assert isinstance(person.turn.place, AtQuestion)
    person.touch("tile", "yes")
    person.touch("back")
    assert person.turn.place == BeforeYouStart("c0", checking=True)
    assert person.turn.sitting.sheet is None


def test_back_leads_to_the_page_of_the_list_on_which_it_stood() -> None:
    person = Person(FakeDoors(a_shelf(*[SURVEY] * 7)))
    person.touch("tile", "en")
    person.touch("tile", "take-part")
    person.touch("more")
    listed = person.sees
    person.touch("tile", "c6")
    person.touch("back")
    assert person.sees == listed


def test_the_language_may_be_changed_in_the_middle() -> None:
    person = before()
    person.touch("tell")
    person.touch("language")
    person.touch("tile", "cy")
    assert person.turn.place == BeforeYouStart("c0", 1)
    person.touch("back")
    assert "cy About the wing" in told(person)


def test_without_a_reader_of_words_the_owner_is_named_once() -> None:
    opened = an_opened(SURVEY, "c0")
    silent = replace(opened.consultation, free_text=FreeText("none", {}, 0), limits={EN: "Nothing."})
    shelf = MemoryShelf(place=a_place(), consultations=(replace(opened, consultation=silent),))
    person = Person(FakeDoors(shelf))
    person.touch("tile", "en")
    person.touch("tile", "take-part")
    assert told(person).count("the wing manager") == 1


def test_left_alone_before_the_start_all_is_wiped() -> None:
    person = before()
    for seconds in (61, 91):
        person.turn.idle(seconds)
    assert person.screen == "welcome"


# Practice.


def practising(tag: str = "en") -> Person:
    person = checked(before(tag=tag))
    assert isinstance(person.sees, PracticeView)
    return person


def test_practice_teaches_tap_skip_and_the_rest_in_three_steps_and_keeps_nothing() -> None:
    person = practising()
    assert person.sees.badge.text == "Practice"
    assert person.sees.bars.onward is None
    view = person.touch("tile", "rain")
    assert "Try again" in view.trouble.text
    assert view.bars.onward is None
    view = person.touch("tile", "tea")
    assert view.trouble is None
    assert [tile.key for tile in view.answer.tiles if tile.chosen] == ["tea"]
    person.touch("onward")
    view = person.touch("tile", "shoe")
    assert "touch Skip" in view.trouble.text
    assert not any(tile.chosen for tile in view.answer.tiles)
    person.touch("skip")
    assert person.sees.progress.at == 3
    person.touch("onward")
    assert person.sees.prompt.text == "Question q1?"
    person.touch("skip")
    person.touch("onward")
    (record,) = person.doors.records
    assert b"tea" not in record.body


def test_a_wrong_touch_after_the_right_one_brings_kind_words_and_loses_nothing() -> None:
    person = practising()
    person.touch("tile", "tea")
    view = person.touch("tile", "shoe")
    assert view.trouble is not None
    assert view.bars.onward is not None


def test_who_knows_it_goes_straight_to_question_one() -> None:
    person = practising()
    assert person.sees.bars.skip.text == "I know this"
    person.touch("skip")
    assert person.sees.prompt.text == "Question q1?"


@pytest.mark.parametrize(("small", "way"), [(False, "Language changes"), (True, "Touch Bigger, then Language,")])
def test_practice_says_where_language_is_on_this_screen(small: bool, way: str) -> None:
    person = practising()
    person.turn.room = replace(person.turn.room, small=small)
    person.touch("tile", "tea")
    person.touch("onward")
    person.touch("skip")
    assert person.sees.prompt.text.startswith(way)


def test_going_back_in_practice_shows_what_was_touched() -> None:
    person = practising()
    person.touch("tile", "tea")
    first = person.sees
    person.touch("onward")
    person.touch("skip")
    person.touch("back")
    assert person.sees.progress.at == 2
    person.touch("back")
    assert person.sees == first
    person.touch("back")
    assert person.turn.place == BeforeYouStart("c0", checking=True)


def test_a_touch_on_what_is_not_there_does_nothing_in_practice() -> None:
    person = practising()
    first = person.sees
    assert person.touch("tile", "coffee") == first
    assert person.touch("onward") == first
    person.touch("tile", "tea")
    person.touch("onward")
    person.touch("skip")
    last = person.sees
    assert person.touch("tile", "tea") == last
    assert person.touch("skip") == last


def test_practice_comes_once_a_turn_and_the_next_person_has_it_again() -> None:
    person = practising()
    person.touch("skip")
    person.touch("skip")
    person.touch("onward")
    person.touch("home")
    person.touch("tile", "take-part")
    checked(person)
    assert person.screen == "question"
    person.touch("stop")
    person.touch("tile", "en")
    person.touch("tile", "take-part")
    checked(person)
    assert person.screen == "practice"


def test_the_farewell_keeps_nothing_but_that_somebody_practised() -> None:
    person = practising()
    person.touch("skip")
    before_it = farewell(person.turn.sitting)
    assert before_it.practised
    assert before_it.sheet is None
    assert before_it.opened is None


def test_a_questionnaire_with_practice_of_its_own_keeps_it() -> None:
    form = a_questionnaire([one("q1")], practice=[note("p"), one("p1", "plain", "yes")])
    person = checked(before(form))
    assert person.screen == "question"
    assert person.sees.badge.text == "Practice"


def test_practice_changes_its_language_with_everything_kept() -> None:
    person = practising()
    person.touch("tile", "tea")
    person.touch("language")
    person.touch("tile", "ar")
    assert person.screen == "practice"
    assert person.sees.look.direction == "rtl"
    assert person.sees.bars.onward is not None
    assert person.sees.badge.tag == LanguageTag("ar")
