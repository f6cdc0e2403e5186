"""What one question shows, and what each touch on it means, for every kind."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from kiosk.presenters.board import KINDS
from kiosk.presenters.hearing import Deaf
from kiosk.presenters.pictures import AGREEMENT, FAMILIES, PLAIN
from kiosk.presenters.question import (
    Fixed,
    Keypad,
    NoteOnly,
    QuestionView,
    Steps,
    TextPad,
    Tiles,
)
from kiosk.presenters.room import LARGEST, Room
from kiosk.presenters.shown import Said
from models.expressions.parse import parse
from models.expressions.syntax import Operation, Ref, TextLiteral
from models.questionnaire import Note, Path, Question, WordsKey
from tests.builders_kiosk import (
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
from tests.kiosk.doors import ASSETS, FakeDoors, Person


def asked(
    *questions: Question | Note, practice: tuple[Question | Note, ...] = (), tag: str = "en", kind: str = "wing"
) -> Person:
    """Return somebody at the first of these questions."""
    person = Person(FakeDoors(a_shelf(a_questionnaire(questions, practice=practice), place=a_place(kind=kind))))
    person.touch("tile", tag)
    person.begin()
    return person


def seen(person: Person) -> QuestionView:
    assert isinstance(person.sees, QuestionView)
    return person.sees


def pad(person: Person) -> Any:  # noqa: ANN401 - a test knows which pad it expects
    return seen(person).answer


def chosen(person: Person) -> list[str]:
    answer = pad(person)
    assert isinstance(answer, Tiles)
    return [tile.key for tile in answer.tiles if tile.chosen]


def keys(person: Person) -> list[str]:
    answer = pad(person)
    assert isinstance(answer, Tiles)
    return [tile.key for tile in answer.tiles]


def trouble(person: Person) -> str | None:
    said = seen(person).trouble
    return None if said is None else said.text


def typed(person: Person, *touched: str) -> str:
    if person.screen == "announce":  # who reads it is said before the box opens
        person.understand()
    for key in touched:
        person.touch("key", key)
    answer = pad(person)
    assert isinstance(answer, Keypad | TextPad)
    return answer.typed


# Choices


def test_onward_is_absent_until_something_is_chosen() -> None:
    person = asked(one("q1"), one("q2"))
    assert seen(person).bars.onward is None
    before = person.sees
    assert person.touch("onward") == before
    person.touch("tile", "yes")
    assert seen(person).bars.onward is not None
    person.touch("onward")
    assert seen(person).prompt.text == "Question q2?"


def test_choosing_another_changes_ones_mind_and_choosing_twice_does_not_take_back() -> None:
    person = asked(one("q1"))
    person.touch("tile", "yes")
    person.touch("tile", "no")
    assert chosen(person) == ["no"]
    person.touch("tile", "no")
    assert chosen(person) == ["no"]


def test_rather_not_say_is_the_skip_button_with_the_authors_words_and_never_a_tile() -> None:
    person = asked(one("q1"), one("q2"))
    skip = seen(person).bars.skip
    assert skip is not None
    assert skip.text == "I would rather not say"
    assert keys(person) == ["yes", "no"]


def test_without_such_a_choice_the_button_says_skip() -> None:
    skip = seen(asked(one("q1", "plain"))).bars.skip
    assert skip is not None
    assert skip.text == "Skip"


@pytest.mark.parametrize(("choices", "stored"), [("yesno", "na"), ("plain", "")])
def test_skipping_takes_back_what_was_chosen_and_goes_on(choices: str, stored: str) -> None:
    person = asked(one("q1", choices), one("q2"))
    person.touch("tile", "yes")
    person.touch("skip")
    assert seen(person).prompt.text == "Question q2?"
    person.touch("back")
    assert chosen(person) == []
    sheet = person.turn.sitting.sheet
    assert sheet is not None
    assert sheet.value(Path("m1/q1")) == stored


def test_a_tile_that_is_not_there_does_nothing() -> None:
    person = asked(one("q1"))
    before = person.sees
    assert person.touch("tile", "na") == before
    assert person.touch("tile", "x") == before


def test_several_can_be_ticked_and_one_that_stands_alone_clears_the_others() -> None:
    person = asked(several("s"))
    answer = pad(person)
    assert isinstance(answer, Tiles)
    assert answer.many
    person.touch("tile", "b")
    person.touch("tile", "a")
    assert chosen(person) == ["a", "b"]
    person.touch("tile", "a")
    assert chosen(person) == ["b"]
    person.touch("tile", "none")
    assert chosen(person) == ["none"]
    person.touch("tile", "a")
    assert chosen(person) == ["a"]


def test_unticking_the_last_takes_onward_away() -> None:
    person = asked(several("s"))
    person.touch("tile", "a")
    person.touch("tile", "a")
    assert seen(person).bars.onward is None


def test_many_choices_turn_into_pages_with_none_of_these_on_each() -> None:
    person = asked(several("s", "long"))
    answer = pad(person)
    assert isinstance(answer, Tiles)
    assert (answer.page, answer.pages) == (0, 2)
    assert answer.more is not None
    assert answer.more.text == "More answers (1 of 2)"
    assert keys(person) == ["v0", "v1", "v2", "v3", "none"]
    person.touch("tile", "v1")
    person.touch("more")
    assert keys(person) == ["v4", "v5", "v6", "v7", "none"]
    person.touch("tile", "v7")
    person.touch("more")
    assert chosen(person) == ["v1"]
    person.touch("more")
    assert chosen(person) == ["v7"]


def test_two_answers_at_least_stand_beside_none_of_these_however_small_the_screen() -> None:
    person = asked(several("s", "long"))
    person.turn.room = Room(large_tiles=3)
    person.turn.move(replace(person.turn.sitting, scale=LARGEST))
    assert keys(person) == ["v0", "v1", "none"]
    assert pad(person).pages == 4


def test_up_to_five_choices_have_one_page() -> None:
    answer = pad(asked(one("q1")))
    assert isinstance(answer, Tiles)
    assert (answer.pages, answer.more) == (1, None)


def test_an_author_who_sets_three_side_by_side_has_five_on_a_page_also_at_the_largest_size() -> None:
    for look, tiles, pages in (((), 4, 2), (("columns-3",), 5, 1)):
        person = asked(one("q1", "agree5", None, *look))
        person.turn.room = Room(large_tiles=4, columns=4)
        person.turn.move(replace(person.turn.sitting, scale=LARGEST))
        answer = pad(person)
        assert isinstance(answer, Tiles)
        assert len(answer.tiles) + (answer.more is not None) == tiles == answer.most
        assert answer.pages == pages


def test_all_pages_of_a_question_say_how_many_tiles_the_fullest_has() -> None:
    person = asked(one("q1", "long"))
    first = pad(person)
    person.touch("more")
    last = pad(person)
    assert first.most == last.most == len(first.tiles) + 1
    assert pad(asked(one("q1"))).most == len(("yes", "no"))


class Partly(Deaf):
    """Says everything but these words."""

    lacks = ""

    def can_say(self, *words: Said) -> bool:
        return all(one.text != self.lacks for one in words)


def test_all_answers_of_a_question_have_an_ear_or_none_has() -> None:
    person = asked(one("q1", "long"))
    person.turn.hearing = voice = Partly()
    for lacks, ears in (("", True), (pad(person).tiles[0].words.text, False)):
        voice.lacks = lacks
        for _page in range(2):
            person.touch("more")
            assert {tile.ear for tile in pad(person).tiles} == {ears}


def test_only_signs_of_agreement_are_ticks_themselves() -> None:
    assert all(tile.marked for tile in pad(asked(one("q1", "agree5"))).tiles)
    assert not any(tile.marked for tile in pad(asked(one("q1", "topic"))).tiles)


def test_a_likert_question_is_one_row() -> None:
    answer = pad(asked(one("q1", "plain", None, "likert")))
    assert isinstance(answer, Tiles)
    assert answer.likert


def pictures(person: Person) -> list[str | None]:
    return [tile.picture for tile in pad(person).tiles]


def test_the_authors_picture_stands_beside_its_choice_and_may_differ_by_language() -> None:
    assert pictures(asked(one("q1", "long"))) == [None, "hello", None, None, None]
    assert pictures(asked(one("q1", "long"), tag="cy"))[1] == "wing"


def test_what_means_the_same_everywhere_has_the_kiosks_own_picture() -> None:
    assert pictures(asked(one("q1"))) == ["yes", "no"]
    assert pictures(asked(one("q1", "agree5"))) == ["agree-5", "agree-4", "agree-3", "agree-2", "agree-1"]
    assert pictures(asked(one("q1", "topic"))) == ["topic-food", "topic-visits"]


def test_a_list_has_the_kiosks_pictures_for_all_or_for_none() -> None:
    assert pictures(asked(one("q1", "who"))) == [None, None]


def test_every_picture_the_kiosk_names_is_there() -> None:
    icons = tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))
    named = {*PLAIN.values(), *AGREEMENT.values(), *(picture for _, picture in KINDS.values())}
    named |= {f"{family}-{value}" for family, values in FAMILIES.values() for value in values.split()}
    named |= {"take-part", "suggest", "board", "thank", "dock-network", "dock-stick", "help-desk"}
    assert named <= set(icons)


# Numbers and steps


def test_a_step_is_chosen_by_its_place_in_the_row() -> None:
    person = asked(steps("r"))
    answer = pad(person)
    assert isinstance(answer, Steps)
    assert [stop.text for stop in answer.stops] == ["0", "1", "2", "3", "4"]
    assert answer.at is None
    person.touch("step", 3)
    assert isinstance(pad(person), Steps)
    assert pad(person).at == 3
    before = person.sees
    assert person.touch("step", 9) == before
    assert person.touch("step", -1) == before


def test_digits_are_typed_and_deleted() -> None:
    person = asked(number("n"))
    assert seen(person).bars.onward is None
    assert typed(person, "0", "1", "2", ".", "x", "3") == "123"
    assert typed(person, "delete", "delete") == "1"
    assert typed(person, "delete", "delete") == ""
    assert seen(person).bars.onward is None
    assert typed(person, *"12345678901") == "123456789"


def test_a_number_is_kept_when_going_back_and_forth() -> None:
    person = asked(one("q1"), number("n"))
    person.touch("skip")
    typed(person, "4", "2")
    person.touch("back")
    person.touch("skip")
    assert typed(person) == "42"
    assert seen(person).bars.onward is not None


def test_deleting_all_of_a_number_takes_onward_away_and_skip_takes_the_answer_back() -> None:
    person = asked(number("n"))
    typed(person, "4")
    person.touch("onward")
    person.touch("line", "m1/n")
    assert typed(person, "delete") == ""
    assert seen(person).bars.onward is None
    person.touch("skip")
    assert person.sees.lines[0].answer.text == "No answer"


# Words


def test_typing_goes_letter_by_letter() -> None:
    person = asked(text("t"))
    assert typed(person, "H", "i") == "Hi"
    person.touch("onward")
    assert person.screen == "review"
    assert person.sees.lines[0].answer.text == "Hi"


def test_nothing_typed_is_nothing_to_go_on_with() -> None:
    person = asked(text("t"))
    before = person.understand()
    assert person.touch("onward") == before


def test_the_letters_left_are_counted_at_the_end() -> None:
    person = asked(text("t"))
    typed(person, *("a" * 199))
    assert pad(person).left is None
    typed(person, "b")
    assert pad(person).left.text == "Letters left: 40"
    assert len(typed(person, *("c" * 60))) == 240
    assert pad(person).left.text == "Letters left: 0"


def test_a_typed_text_is_kept_when_going_back() -> None:
    person = asked(one("q1"), text("t"))
    person.touch("skip")
    typed(person, "H", "i")
    person.touch("back")
    person.touch("skip")
    assert typed(person) == "Hi"


# Notes, acknowledging, progress


def test_a_note_can_always_be_passed_and_never_skipped() -> None:
    person = asked(note("intro"), one("q1"))
    view = seen(person)
    assert isinstance(view.answer, NoteOnly)
    assert view.bars.onward is not None
    assert view.bars.skip is None
    person.touch("onward")
    assert seen(person).prompt.text == "Question q1?"


def test_what_was_understood_is_said_by_one_button() -> None:
    person = asked(understood("u"), one("q1"))
    bars = seen(person).bars
    assert isinstance(pad(person), NoteOnly)
    assert (bars.onward.text, bars.skip.text) == ("I understand", "Skip")
    person.touch("onward")
    assert seen(person).prompt.text == "Question q1?"
    person.touch("skip")
    assert person.sees.lines[0].answer.text == "I understand"


def test_who_skips_it_did_not_say_that_it_was_understood() -> None:
    person = asked(understood("u"))
    person.touch("onward")
    person.touch("back")
    person.touch("skip")
    assert [line.answer.text for line in person.sees.lines] == ["No answer"]


def test_progress_counts_questions_and_not_notes() -> None:
    person = asked(note("n"), one("q1"), one("q2"))
    first = seen(person).progress
    assert (first.at, first.of, first.words.text) == (0, 2, "Please read this")
    person.touch("onward")
    second = seen(person).progress
    assert (second.at, second.of, second.words.text) == (1, 2, "Question 1 of 2")


@pytest.mark.parametrize("kind", [one("x"), several("x"), steps("x"), number("x"), text("x"), understood("x")])
def test_touches_for_another_kind_of_pad_do_nothing(kind: Question) -> None:
    person = asked(kind)
    if person.screen == "announce":
        person.understand()
    before = person.sees
    if not isinstance(kind, type(one("x")) | type(several("x"))):
        person.touch("tile", "yes")
        person.touch("more")
    if not isinstance(kind, type(number("x")) | type(text("x"))):
        person.touch("key", "1")
    if not isinstance(kind, type(steps("x"))):
        person.touch("step", 0)
    assert person.sees == before


# What the author's rules do


def test_a_broken_rule_is_told_in_the_authors_words_and_changes_nothing() -> None:
    ruled = replace(number("n"), constraint=parse(". < 10"), constraint_words=WordsKey("t:q1"))
    person = asked(one("q1"), ruled)
    person.touch("skip")
    typed(person, "4", "2")
    person.touch("onward")
    assert trouble(person) == "Question q1?"
    assert typed(person) == ""
    assert seen(person).bars.onward is None
    person.touch("key", "4")
    assert trouble(person) is None
    person.touch("onward")
    assert person.sees.lines[1].answer.text == "4"


def test_a_broken_rule_without_words_is_told_in_ours() -> None:
    person = asked(replace(text("t"), constraint=parse("string-length(.) > 3")))
    typed(person, "H", "i")
    person.touch("onward")
    assert trouble(person) == "That answer does not fit here. Try another."
    assert typed(person) == "Hi"
    typed(person, "y", "a")
    person.touch("onward")
    assert person.screen == "review"


def test_what_went_wrong_stands_in_the_place_of_the_hint() -> None:
    person = asked(replace(number("n"), constraint=parse(". < 10"), hint=WordsKey("t:n")))
    assert seen(person).hint is not None
    typed(person, "4", "4")
    person.touch("onward")
    assert trouble(person) is not None
    assert seen(person).hint is None
    person.touch("key", "4")
    assert seen(person).hint is not None


def test_on_a_small_screen_what_went_wrong_takes_the_place_of_tell_me_more() -> None:
    for small in (False, True):
        person = asked(replace(number("n"), constraint=parse(". < 10"), guidance=WordsKey("t:n")))
        person.turn.room = Room(small=small)
        assert seen(person).tell is not None
        typed(person, "4", "4")
        person.touch("onward")
        assert trouble(person) is not None
        assert (seen(person).tell is None) == small


@pytest.mark.parametrize("asides", [True, False])
def test_at_a_text_box_more_is_told_where_there_is_room_to_ask_for_it(asides: bool) -> None:
    person = asked(replace(text("t"), hint=WordsKey("t:t")))
    person.turn.room = Room(text_asides=asides)
    typed(person, "H")  # past what is announced
    assert (seen(person).tell is not None) == asides


def test_a_choice_that_breaks_a_rule_is_not_taken() -> None:
    person = asked(replace(one("q1"), constraint=parse(". != 'no'")))
    person.touch("tile", "yes")
    person.touch("tile", "no")
    assert trouble(person) is not None
    assert chosen(person) == ["yes"]


def test_a_bad_number_on_the_way_back_is_dropped_and_the_old_one_stands() -> None:
    person = asked(one("q1"), replace(number("n"), constraint=parse(". < 10")))
    person.touch("skip")
    typed(person, "4")
    person.touch("onward")
    person.touch("back")
    typed(person, "2")
    person.touch("back")
    assert seen(person).prompt.text == "Question q1?"
    person.touch("onward")
    assert typed(person) == "4"


def test_an_answer_opens_and_closes_the_next_question() -> None:
    follows = replace(one("q2"), relevant=Operation("=", Ref(2), TextLiteral("yes")))
    person = asked(one("q1"), follows)
    assert seen(person).progress.of == 1
    person.touch("tile", "yes")
    assert seen(person).progress.of == 2
    person.touch("onward")
    person.touch("tile", "no")
    person.touch("back")
    person.touch("tile", "no")
    person.touch("onward")
    assert person.screen == "review"
    assert len(person.sees.lines) == 1


def test_a_required_question_may_still_be_skipped_and_is_shown_first_in_the_review() -> None:
    person = asked(one("q1", "plain"), replace(one("q2", "plain"), required=parse("true()")))
    person.touch("tile", "yes")
    person.touch("onward")
    person.touch("skip")
    assert [(line.path, line.problem) for line in person.sees.lines] == [("m1/q2", True), ("m1/q1", False)]
    person.touch("onward")
    assert len(person.doors.records) == 1


def test_an_answer_that_nobody_may_change_is_shown_alone_and_passed() -> None:
    person = asked(replace(one("q1"), readonly=parse("true()"), default="yes"), one("q2"))
    view = seen(person)
    assert isinstance(view.answer, Fixed)
    assert view.answer.words.text == "Yes"
    assert view.bars.skip is None
    assert person.touch("tile", "no") == view
    person.touch("onward")
    assert seen(person).prompt.text == "Question q2?"


# Practice


def test_practice_says_so_and_a_wrong_tap_gets_kind_words() -> None:
    person = asked(one("q1"), practice=(one("p1", "plain", "yes"),))
    badge = seen(person).badge
    assert badge is not None
    assert badge.text == "Practice"
    person.touch("tile", "no")
    assert trouble(person) == "Not that one. Try again. You cannot break anything."
    assert chosen(person) == []
    assert seen(person).bars.onward is None
    person.touch("tile", "yes")
    assert trouble(person) is None
    person.touch("onward")
    assert seen(person).badge is None
    assert seen(person).prompt.text == "Question q1?"


def test_who_knows_it_may_leave_practice() -> None:
    person = asked(one("q1"), practice=(one("p1", "plain", "yes"), one("p2", "plain", "no")))
    skip = seen(person).bars.skip
    assert skip is not None
    assert skip.text == "I know this"
    person.touch("skip")
    assert seen(person).prompt.text == "Question q1?"


def test_practice_can_teach_the_skip_button_itself() -> None:
    person = asked(one("q1"), practice=(one("p1", "yesno", "na"), one("p2", "plain", "yes")))
    skip = seen(person).bars.skip
    assert skip is not None
    assert skip.text == "I would rather not say"
    person.touch("skip")
    assert seen(person).prompt.text == "Question p2?"


def test_practice_is_never_handed_in() -> None:
    person = asked(one("q1"), practice=(one("p1", "plain", "yes"),))
    person.touch("skip")
    person.touch("skip")
    person.touch("onward")
    assert len(person.doors.records) == 1
    assert b"p1" not in person.doors.records[0].body


# Languages


def test_a_page_in_arabic_mirrors_and_words_keep_their_own_direction() -> None:
    view = seen(asked(one("q1"), tag="ar"))
    assert view.look.direction == "rtl"
    assert (view.prompt.tag, view.prompt.direction) == ("en", "ltr")
    assert view.bars.stop is not None
    assert view.bars.stop.direction == "rtl"
