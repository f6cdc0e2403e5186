"""Questions of every further kind: ranks, days, long ranges, repeats; guidance, large pictures, what is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from kiosk.places import AtQuestion, Draft
from kiosk.presenters.question import (
    Fixed,
    Keypad,
    Large,
    NoteOnly,
    QuestionView,
    Ranking,
    Series,
    Stepper,
    Steps,
    TakeAway,
    Tiles,
    Wheels,
)
from kiosk.presenters.room import Room
from kiosk.sitting import sheet_of
from models.expressions.parse import parse
from models.expressions.syntax import Call, Expr, Operation, Ref, TextLiteral
from models.questionnaire import (
    Action,
    Grid,
    Instance,
    Medium,
    Moment,
    Node,
    NodeNumber,
    Note,
    Path,
    Question,
    Questionnaire,
    Range,
    Rank,
    Repeat,
    WordsKey,
)
from tests.builders_kiosk import (
    EN,
    ROOT,
    a_place,
    a_questionnaire,
    a_shelf,
    number,
    one,
    several,
    text,
    understood,
)
from tests.kiosk.doors import FakeDoors, Person


def _common(name: str, *looks: str) -> dict[str, Any]:
    return {"name": name, "parent": ROOT, "row": 0, "words": WordsKey(f"t:{name}"), "appearance": looks}


def rank(name: str, choices: str = "long") -> Rank:
    return Rank(**_common(name), list_name=choices)


def moment(name: str, kind: Any = "date", *looks: str) -> Moment:  # noqa: ANN401 - one of three words
    return Moment(**_common(name, *looks), kind=kind)


def span(name: str, end: str, *looks: str, start: str = "0", step: str = "1") -> Range:
    return Range(**_common(name, *looks), grid=Grid(start, end, step))


def began(questionnaire: Questionnaire, tag: str = "en", **doors: Any) -> Person:  # noqa: ANN401 - fields of FakeDoors
    """Return somebody at the first question."""
    person = Person(FakeDoors(a_shelf(questionnaire, place=a_place()), **doors))
    person.touch("tile", tag)
    person.begin()
    return person


def asked(*questions: Question | Note, tag: str = "en", practice: Sequence[Question | Note] = ()) -> Person:
    return began(a_questionnaire(questions, practice=practice), tag)


def seen(person: Person) -> QuestionView:
    assert isinstance(person.sees, QuestionView), person.screen
    return person.sees


def value(person: Person, path: str) -> str:
    return sheet_of(person.turn.sitting).value(Path(path))


def held(person: Person) -> str:
    place = person.turn.sitting.place
    assert isinstance(place, AtQuestion)
    return "" if place.draft is None else place.draft.text


def trouble(person: Person) -> str | None:
    said = seen(person).trouble
    return None if said is None else said.text


def onward(person: Person) -> str | None:
    said = seen(person).bars.onward
    return None if said is None else said.text


# Ranks


def places(person: Person) -> dict[str, int | None]:
    answer = seen(person).answer
    assert isinstance(answer, Ranking)
    assert all(tile.numbered for tile in answer.tiles)
    return {tile.key: tile.place for tile in answer.tiles}


def test_a_rank_numbers_what_is_touched_in_order() -> None:
    person = asked(rank("r", "topic"), one("q2"))
    assert places(person) == {"food": None, "visits": None}
    assert onward(person) is None
    person.touch("tile", "visits")
    person.touch("tile", "food")
    assert places(person) == {"food": 2, "visits": 1}
    assert value(person, "m1/r") == "visits food"
    person.touch("onward")
    assert seen(person).prompt.text == "Question q2?"


def test_touching_a_place_again_takes_it_out_and_closes_the_gap() -> None:
    person = asked(rank("r"))
    for key in ("v0", "v1", "v2"):
        person.touch("tile", key)
    person.touch("tile", "v1")
    assert value(person, "m1/r") == "v0 v2"
    assert places(person)["v2"] == 2


def test_undo_takes_the_last_back_and_is_absent_while_there_is_none() -> None:
    person = asked(rank("r"))
    answer = seen(person).answer
    assert isinstance(answer, Ranking)
    assert answer.undo is None
    before = person.sees
    assert person.touch("undo") == before
    person.touch("tile", "v3")
    person.touch("tile", "v0")
    person.touch("undo")
    assert value(person, "m1/r") == "v3"
    person.touch("undo")
    assert seen(person) == before


def test_a_rank_runs_over_pages_and_keeps_its_numbers() -> None:
    person = asked(rank("r"))
    person.touch("tile", "v1")
    person.touch("more")
    person.touch("tile", "v6")
    assert places(person)["v6"] == 2
    person.touch("more")
    person.touch("more")
    assert places(person)["v6"] == 2


def test_what_the_rule_does_not_allow_yet_waits_until_one_goes_on() -> None:
    ruled = replace(rank("r"), constraint=parse("count-selected(.) >= 2"), constraint_words=WordsKey("t:r"))
    person = asked(ruled)
    person.touch("tile", "v3")
    assert trouble(person) is None
    assert value(person, "m1/r") == ""
    assert onward(person) == "Next"
    person.touch("onward")
    assert trouble(person) == "Question r?"
    assert places(person)["v3"] == 1
    person.touch("tile", "v0")
    assert trouble(person) is None
    assert value(person, "m1/r") == "v3 v0"
    person.touch("onward")
    assert person.screen == "review"
    assert person.sees.lines[0].answer.text == "1. Choice 3, 2. Choice 0"


def test_ticks_that_the_rule_does_not_allow_yet_wait_too() -> None:
    ruled = replace(several("s", "long"), constraint=parse("count-selected(.) = 2"))
    person = asked(ruled)
    person.touch("tile", "v0")
    assert held(person) == "v0"
    person.touch("tile", "v1")
    assert held(person) == ""
    assert value(person, "m1/s") == "v0 v1"
    person.touch("tile", "v2")
    person.touch("onward")
    assert trouble(person) == "That answer does not fit here. Try another."
    answer = seen(person).answer
    assert isinstance(answer, Tiles)
    assert [tile.key for tile in answer.tiles if tile.chosen] == ["v0", "v1", "v2"]


def test_a_rank_is_skipped_as_any_question_and_the_language_may_change_in_the_middle() -> None:
    person = asked(rank("r"), one("q2"))
    person.touch("tile", "v2")
    person.touch("language")
    person.touch("tile", "ar")
    assert seen(person).look.direction == "rtl"
    assert places(person)["v2"] == 1
    person.touch("skip")
    assert value(person, "m1/r") == ""


def test_a_wrong_order_in_practice_is_told_kindly() -> None:
    person = asked(one("q1"), practice=(replace(rank("p", "topic"), correct="visits food"),))
    person.touch("tile", "food")
    person.touch("tile", "visits")
    person.touch("onward")
    assert trouble(person) == "Not that one. Try again. You cannot break anything."
    person.touch("tile", "food")
    person.touch("tile", "food")
    person.touch("onward")
    assert seen(person).prompt.text == "Question q1?"


# Days and times


def wheels(person: Person) -> Wheels:
    answer = seen(person).answer
    assert isinstance(answer, Wheels)
    return answer


def turned(person: Person, *keys: str) -> str:
    for key in keys:
        person.touch("key", key)
    return wheels(person).whole.text


def test_wheels_stand_at_today_and_nothing_is_chosen_until_they_are_touched() -> None:
    person = asked(moment("d"))
    pad = wheels(person)
    assert [wheel.value.text for wheel in pad.wheels] == ["22", "November", "2026"]
    assert (pad.whole.text, pad.chosen) == ("22 November 2026", False)
    assert onward(person) is None
    assert turned(person, "day+1") == "23 November 2026"
    assert wheels(person).chosen
    assert value(person, "m1/d") == ""
    person.touch("onward")
    assert value(person, "m1/d") == "2026-11-23"
    assert person.sees.lines[0].answer.text == "23 November 2026"


def test_what_the_wheels_show_is_chosen_by_touching_it() -> None:
    person = asked(moment("d"))
    person.touch("shown")
    assert wheels(person).chosen
    person.touch("onward")
    assert value(person, "m1/d") == "2026-11-22"


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("2026-01-31", ["month+1"], "28 February 2026"),
        ("2024-02-29", ["year+1"], "28 February 2025"),
        ("2026-11-30", ["day+1"], "1 November 2026"),
        ("2026-11-01", ["day-1"], "30 November 2026"),
        ("2026-12-10", ["month+1"], "10 January 2026"),
        ("2026-01-10", ["month-1"], "10 December 2026"),
        ("2026-05-05", ["year-10", "year-10", "year-10", "year-10", "year-1"], "5 May 1985"),
        ("1901-05-05", ["year-10"], "5 May 1900"),
        ("2099-05-05", ["year+10"], "5 May 2100"),
    ],
)
def test_a_part_turns_round_within_itself_and_days_stay_real(start: str, keys: list[str], end: str) -> None:
    assert turned(asked(replace(moment("d"), default=start)), *keys) == end


def test_a_key_that_stands_on_no_wheel_does_nothing() -> None:
    person = asked(moment("d"))
    before = person.sees
    for key in ("hour+1", "day+10", "7", "delete", "done", ""):
        assert person.touch("key", key) == before


@pytest.mark.parametrize(
    ("look", "parts", "words", "stored"),
    [
        ("month-year", ["November", "2026"], "November 2026", "2026-11-01"),
        ("year", ["2026"], "2026", "2026-01-01"),
    ],
)
def test_fewer_parts_are_asked_where_the_author_says_so(look: str, parts: list[str], words: str, stored: str) -> None:
    person = asked(moment("d", "date", look))
    assert [wheel.value.text for wheel in wheels(person).wheels] == parts
    assert wheels(person).whole.text == words
    person.touch("shown")
    person.touch("onward")
    assert value(person, "m1/d") == stored
    assert person.sees.lines[0].answer.text == words


def test_a_time_is_hour_and_minute_and_its_digits_never_mirror() -> None:
    person = asked(moment("t", "time"), tag="ar")
    pad = wheels(person)
    assert [wheel.value.text for wheel in pad.wheels] == ["12", "00"]
    assert not pad.mirrors
    assert turned(person, "minute-1", "hour+1", "minute+10") == "13:09"
    person.touch("onward")
    assert value(person, "m1/t") == "13:09:00"


def test_a_day_and_time_are_asked_one_after_the_other() -> None:
    person = asked(moment("b", "dateTime"), one("q2"))
    assert wheels(person).mirrors
    person.touch("key", "day-1")
    person.touch("onward")
    assert [wheel.value.text for wheel in wheels(person).wheels] == ["12", "00"]
    assert wheels(person).whole.text == "21 November 2026, 12:00"
    assert (wheels(person).chosen, onward(person)) == (False, None)
    person.touch("key", "hour-1")
    person.touch("back")
    assert turned(person, "month-1") == "21 October 2026"
    person.touch("onward")
    assert (wheels(person).whole.text, wheels(person).chosen) == ("21 October 2026, 11:00", True)
    person.touch("onward")
    assert value(person, "m1/b") == "2026-10-21T11:00:00Z"
    assert seen(person).prompt.text == "Question q2?"


def test_half_a_day_and_time_is_not_an_answer() -> None:
    person = asked(one("q1"), moment("b", "dateTime"))
    person.touch("skip")
    person.touch("key", "day-1")
    person.touch("back")
    assert seen(person).prompt.text == "Question q1?"
    assert value(person, "m1/b") == ""


def test_a_day_that_breaks_a_rule_stays_on_the_wheels() -> None:
    late = replace(moment("d"), constraint=parse(". >= today()"), constraint_words=WordsKey("t:d"))
    person = asked(late)
    person.touch("key", "day-1")
    person.touch("onward")
    assert trouble(person) == "Question d?"
    assert wheels(person).whole.text == "21 November 2026"
    person.touch("key", "day+1")
    assert trouble(person) is None
    person.touch("onward")
    assert value(person, "m1/d") == "2026-11-22"


def test_months_are_named_in_the_language_and_a_change_of_language_keeps_the_day() -> None:
    person = asked(moment("d"))
    person.touch("key", "month-1")
    person.touch("language")
    person.touch("tile", "cy")
    assert [wheel.value.text for wheel in wheels(person).wheels] == ["22", "Hydref", "2026"]
    assert wheels(person).whole.text == "22 Hydref 2026"


def test_skipping_a_day_takes_it_back() -> None:
    person = asked(moment("d"), one("q2"))
    person.touch("shown")
    person.touch("onward")
    person.touch("back")
    person.touch("skip")
    assert value(person, "m1/d") == ""


# Ranges


def stepper(person: Person) -> Stepper:
    answer = seen(person).answer
    assert isinstance(answer, Stepper)
    return answer


def shown_number(person: Person) -> str | None:
    pad = stepper(person)
    return None if pad.value is None else pad.value.text


def test_a_long_range_has_a_line_of_marks_and_shows_no_number_at_first() -> None:
    person = asked(span("r", "100"))
    pad = stepper(person)
    assert [mark.words.text for mark in pad.marks if mark.words is not None] == [str(n) for n in range(0, 101, 10)]
    assert (pad.value, pad.minus, pad.plus, onward(person)) == (None, None, None, None)
    before = person.sees
    assert person.touch("key", "+") == before


def test_a_mark_and_then_plus_and_minus_reach_every_stop() -> None:
    person = asked(span("r", "100"))
    person.touch("step", 70)
    assert [mark.words.text for mark in stepper(person).marks if mark.words and mark.lit] == ["70"]
    person.touch("key", "+")
    assert shown_number(person) == "71"
    assert not any(mark.lit for mark in stepper(person).marks)  # no mark says 71
    person.touch("key", "-")
    person.touch("key", "-")
    assert shown_number(person) == "69"
    assert value(person, "m1/r") == ""
    person.touch("onward")
    assert value(person, "m1/r") == "69"
    assert person.sees.lines[0].answer.text == "69"


def test_plus_and_minus_are_absent_at_the_ends() -> None:
    person = asked(span("r", "100"))
    person.touch("step", 100)
    assert (stepper(person).plus, stepper(person).minus is None) == (None, False)
    before = person.sees
    assert person.touch("key", "+") == before
    person.touch("step", 0)
    assert stepper(person).minus is None
    assert shown_number(person) == "0"


def test_a_step_may_be_part_of_a_whole() -> None:
    person = asked(span("r", "10", step="0.5"))
    person.touch("step", 3)
    assert shown_number(person) == "1.5"
    person.touch("key", "+")
    person.touch("onward")
    assert value(person, "m1/r") == "2"


def test_without_ticks_only_the_ends_are_numbered() -> None:
    person = asked(span("r", "4", "no-ticks"))
    pad = stepper(person)
    assert [None if mark.words is None else mark.words.text for mark in pad.marks] == ["0", None, None, None, "4"]
    assert not any(mark.lit for mark in pad.marks)
    person.touch("step", 2)
    assert [mark.lit for mark in stepper(person).marks] == [True, True, True, False, False]


def test_a_bar_has_as_many_marks_as_stand_in_one_row() -> None:
    person = asked(span("r", "100", "no-ticks"))
    person.turn.room = Room(marks=5)
    person.touch("step", 7)
    marks = stepper(person).marks
    assert [mark.index for mark in marks] == [0, 25, 50, 75, 100]
    assert [mark.lit for mark in marks] == [True, False, False, False, False]


def test_a_short_upright_range_is_a_ladder_and_a_long_one_a_wheel() -> None:
    ladder = seen(asked(span("r", "4", "vertical"))).answer
    assert isinstance(ladder, Steps)
    assert ladder.vertical
    person = asked(span("r", "30", "vertical", start="12", step="0.5"))
    pad = wheels(person)
    assert [key.words for key in (*pad.wheels[0].above, *pad.wheels[0].below)] == ["+5", "+", "\u2212", "\u22125"]
    assert (pad.whole.text, pad.chosen) == ("21", False)
    person.touch("shown")
    assert wheels(person).chosen
    assert turned(person, "++", "+") == "26.5"
    assert turned(person, "++", "++") == "30"
    person.touch("onward")
    assert value(person, "m1/r") == "30"


def test_a_number_that_breaks_a_rule_on_the_line_is_not_shown_again() -> None:
    person = asked(replace(span("r", "100"), constraint=parse(". < 50")))
    person.touch("step", 60)
    person.touch("onward")
    assert trouble(person) == "That answer does not fit here. Try another."
    assert shown_number(person) is None
    person.touch("step", 40)
    assert trouble(person) is None


# Digits as text, and what goes on at once


def test_a_text_of_digits_has_a_number_pad_and_keeps_its_zeros() -> None:
    person = asked(replace(text("t"), appearance=("numbers",)))
    person.understand()  # who reads it is said first, as with every text
    assert isinstance(seen(person).answer, Keypad)
    for key in ("0", "0", "7", ".", "x", "delete", "4"):
        person.touch("key", key)
    assert held(person) == "004"
    before = person.sees
    assert person.touch("key", "done") == before
    person.touch("onward")
    assert value(person, "m1/t") == "004"


def test_a_quick_answer_goes_on_at_once_and_back_undoes_it() -> None:
    person = asked(one("q1", "yesno", None, "quick"), one("q2"))
    person.touch("tile", "yes")
    assert seen(person).prompt.text == "Question q2?"
    person.touch("back")
    assert seen(person).prompt.text == "Question q1?"
    person.touch("tile", "no")
    assert seen(person).prompt.text == "Question q2?"
    assert value(person, "m1/q1") == "no"


def test_a_quick_answer_that_is_refused_stays() -> None:
    person = asked(replace(one("q1", "yesno", None, "quick"), constraint=parse(". != 'no'")))
    person.touch("tile", "no")
    assert trouble(person) is not None
    assert seen(person).prompt.text == "Question q1?"


@pytest.mark.parametrize(("look", "columns"), [("columns", 3), ("columns-2", 2), ("columns-9", 4), ("columns-x", 0)])
def test_choices_stand_in_as_many_columns_as_the_author_says(look: str, columns: int) -> None:
    answer = seen(asked(one("q1", "long", None, look))).answer
    assert isinstance(answer, Tiles)
    assert answer.columns == columns


# Guidance and pictures


def test_more_is_told_when_it_is_asked_for_and_the_answer_stays() -> None:
    person = asked(replace(one("q1"), guidance=WordsKey("t:m1")))
    person.touch("tile", "yes")
    assert seen(person).tell is not None
    answered = person.sees
    person.touch("tell")
    view = seen(person)
    assert isinstance(view.answer, NoteOnly)
    assert view.hint is not None
    assert (view.prompt.text, view.hint.text) == ("Question q1?", "m1")
    assert (view.tell, view.bars.skip) == (None, None)
    assert person.touch("tile", "no") == view
    assert person.touch("onward") == answered
    person.touch("tell")
    assert person.touch("back") == answered


def test_without_guidance_nothing_more_can_be_told() -> None:
    person = asked(one("q1"))
    before = person.sees
    assert seen(person).tell is None
    assert person.touch("tell") == before


HASH = "ab" * 32


def pictured() -> Questionnaire:
    form = a_questionnaire((one("q1", "plain"), one("q2")))
    files = {name: Medium(HASH, 3, "image/png") for name in ("q1.png", "yes.png", "large.png", "topic-food.png")}
    keys = {"t:q1": "q1.png", "c:yes": "yes.png", "t:q1:big-image": "large.png", "t:q2": "topic-food.png"}
    return replace(form, media=files, pictures={"*": {WordsKey(key): name for key, name in keys.items()}})


def test_a_picture_of_the_bundle_is_named_by_its_content() -> None:
    person = began(pictured(), files={f"{HASH}.png": b"png"})
    view = seen(person)
    assert view.picture == f"{HASH}.png"
    assert isinstance(view.answer, Tiles)
    assert view.answer.tiles[0].picture == f"{HASH}.png"


def test_a_picture_that_did_not_come_is_never_named_but_for_one_of_the_kiosks_own() -> None:
    person = began(pictured())
    assert seen(person).picture == "q1"
    person.touch("skip")
    assert seen(person).picture == "topic-food"


def test_a_picture_is_shown_large_when_it_is_touched() -> None:
    person = began(pictured(), files={f"{HASH}.png": b"png"})
    usual = seen(person)
    assert usual.enlarges
    person.touch("picture")
    assert seen(person).answer == Large(f"{HASH}.png")
    assert not seen(person).enlarges
    assert person.touch("back") == usual
    person.touch("skip")
    before = person.sees
    assert not seen(person).enlarges
    assert person.touch("picture") == before


# What nobody may change


@pytest.mark.parametrize(
    ("kind", "default", "words"),
    [
        (rank("x", "topic"), "visits food", "1. Bread, 2. Apples"),
        (moment("x"), "2026-01-02", "2 January 2026"),
        (moment("x", "dateTime"), "2026-01-02T03:04:00Z", "2 January 2026, 03:04"),
        (span("x", "100"), "42", "42"),
        (number("x"), "7", "7"),
        (text("x"), "Hello", "Hello"),
        (several("x"), "a b", "Apples, Bread"),
        (one("x"), None, "No answer"),
        (text("x"), None, "No answer"),
    ],
)
def test_an_answer_that_is_fixed_is_shown_in_words_with_nothing_to_touch(
    kind: Question, default: str | None, words: str
) -> None:
    person = asked(replace(kind, readonly=parse("true()"), default=default), one("q2"))
    view = seen(person)
    assert isinstance(view.answer, Fixed)
    assert view.answer.words.text == words
    assert (view.bars.skip, view.bars.onward is None, view.hint) == (None, False, None)
    for verb, what in (("tile", "yes"), ("key", "1"), ("key", "day+1"), ("step", 1), ("tile", "food")):
        assert person.touch(verb, what) == view
    for verb in ("shown", "undo", "more", "skip"):
        assert person.touch(verb) == view
    person.touch("onward")
    assert seen(person).prompt.text == "Question q2?"


@pytest.mark.parametrize(
    "kind", [one("x"), rank("x"), moment("x"), span("x", "100"), span("x", "4"), number("x"), understood("x")]
)
def test_touches_for_a_kind_that_is_not_shown_do_nothing(kind: Question) -> None:
    person = asked(kind)
    before = person.sees
    own = {
        Rank: {"undo"}, Moment: {"shown"}, Range: {"step"}
    }.get(type(kind), set())  # fmt: skip
    for verb, what in (("undo", ()), ("shown", ()), ("line", ("m1/x",)), ("add", ()), ("take_away", ("m1/x[1]",))):
        if verb not in own:
            assert person.touch(verb, *what) == before
    for verb in ("gone", "keep", "tell", "picture"):
        assert person.touch(verb) == before
    assert person.touch("key", "no such key") == before
    assert person.touch("step", 999) == before


# Repeats


def repeated(
    *inside: Question | Note,
    before: Sequence[Question] = (),
    **how: Any,  # noqa: ANN401 - fields of Repeat
) -> Questionnaire:
    """Return a form whose last part of m1 is a repeat named house."""
    form = a_questionnaire(tuple(before) or (one("q1"),))
    nodes: list[Node] = list(form.nodes)
    series = NodeNumber(len(nodes))
    nodes.append(Repeat(name="house", parent=NodeNumber(1), row=90, words=WordsKey("t:house"), **how))
    nodes += [replace(node, parent=series, row=91 + at) for at, node in enumerate(inside)]
    words = {f"t:{node.name}": f"Question {node.name}?" for node in inside} | {"t:house": "Who lives with you?"}
    last = replace(form.modules[0], last=NodeNumber(len(nodes) - 1))
    held = {WordsKey(key): (said,) for key, said in words.items()}
    return replace(form, nodes=tuple(nodes), modules=(last,), words={**form.words, EN: {**form.words[EN], **held}})


def series(person: Person) -> Series:
    answer = seen(person).answer
    assert isinstance(answer, Series), answer
    return answer


def lines(person: Person) -> list[tuple[str, str, int | None]]:
    return [(line.key, line.words.text, line.place) for line in series(person).lines]


def at_series(questionnaire: Questionnaire, *answers: tuple[str, str]) -> Person:
    """Return somebody who went through the first instance and stands at "one more?"."""
    person = began(questionnaire)
    person.touch("skip")
    for verb, what in answers:
        person.touch(verb, what)
        person.touch("onward")
    return person


def an_action(*, of: int, target: int, to: Expr) -> Action:
    """Return an action that a changed answer sets off."""
    return Action("change", NodeNumber(of), NodeNumber(target), to, 1)


HOUSE = repeated(one("who", "plain"), number("age"))


def test_a_repeat_walks_its_first_instance_and_then_asks_for_one_more() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    view = seen(person)
    assert view.prompt.text == "Who lives with you?"
    assert lines(person) == [("m1/house[1]", "Yes, 7", 1)]
    assert view.progress.words.text == "So far: 1"
    assert (onward(person), view.bars.skip) == ("Go on", None)
    person.touch("onward")
    assert person.screen == "review"


def test_inside_a_repeat_it_is_said_which_one_this_is() -> None:
    person = began(HOUSE)
    person.touch("skip")
    assert seen(person).progress.words.text == "Number 1: Who lives with you?"


def test_adding_one_goes_through_its_questions_and_back_to_the_list() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    person.touch("add")
    assert seen(person).prompt.text == "Question who?"
    assert seen(person).progress.words.text == "Number 2: Who lives with you?"
    person.touch("tile", "no")
    person.touch("onward")
    person.touch("key", "9")
    person.touch("onward")
    assert lines(person) == [("m1/house[1]", "Yes, 7", 1), ("m1/house[2]", "No, 9", 2)]
    person.touch("back")
    assert seen(person).prompt.text == "Question age?"
    assert value(person, "m1/house[2]/age") == "9"


def test_a_line_opens_its_instance_again() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    person.touch("line", "m1/house[1]")
    assert seen(person).prompt.text == "Question who?"
    person.touch("tile", "no")
    person.touch("onward")
    person.touch("onward")
    assert lines(person) == [("m1/house[1]", "No, 7", 1)]


def test_taking_away_asks_once_and_can_be_called_off() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    before = person.sees
    person.touch("take_away", "m1/house[1]")
    view = seen(person)
    assert isinstance(view.answer, TakeAway)
    assert view.hint is not None
    assert (view.answer.line.words.text, view.hint.text) == ("Yes, 7", "Take this one away?")
    assert onward(person) is None
    assert person.touch("line", "m1/house[1]") == view
    assert person.touch("add") == view
    assert person.touch("keep") == before
    person.touch("take_away", "m1/house[1]")
    assert person.touch("back") == before
    person.touch("take_away", "m1/house[1]")
    person.touch("gone")
    assert lines(person) == []
    assert seen(person).progress.words.text == "So far: 0"
    before = person.sees
    assert person.touch("gone") == before


def test_what_was_taken_away_is_not_handed_in() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    person.touch("take_away", "m1/house[1]")
    person.touch("gone")
    person.touch("onward")
    person.touch("onward")
    assert b"house" not in person.doors.records[0].body


def test_many_instances_turn_into_pages() -> None:
    person = began(repeated(one("who", "plain"), first=(Instance(),) * 4))
    person.touch("skip")
    for _ in range(4):
        person.touch("skip")
    assert [line.place for line in series(person).lines] == [1, 2, 3]
    assert series(person).more is not None
    person.touch("more")
    assert [line.place for line in series(person).lines] == [4]
    person.touch("more")
    assert [line.place for line in series(person).lines] == [1, 2, 3]


def test_fifty_are_the_most() -> None:
    person = began(repeated(understood("who"), first=(Instance(),) * 50))
    person.touch("skip")
    for _ in range(50):
        person.touch("skip")
    assert series(person).add is None
    before = person.sees
    assert person.touch("add") == before


@pytest.mark.parametrize("how", [{"fixed": True}, {"count": parse("2")}])
def test_a_repeat_that_nobody_may_extend_has_no_such_stop(how: dict[str, Any]) -> None:
    person = began(repeated(one("who", "plain"), **how))
    person.touch("skip")
    while person.screen == "question":
        assert not isinstance(seen(person).answer, Series)
        person.touch("skip")
    assert person.screen == "review"


def test_a_series_that_may_not_be_changed_offers_nothing_to_take_away() -> None:
    person = began(repeated(one("who", "plain"), readonly=parse("true()")))
    person.touch("skip")
    person.touch("onward")
    assert (series(person).take_away, series(person).add) == (None, None)
    before = person.sees
    assert person.touch("take_away", "m1/house[1]") == before


def test_words_inside_a_repeat_speak_of_their_own_instance() -> None:
    form = repeated(one("who", "plain"), number("age"))
    named = form.words[EN] | {WordsKey("t:age"): ("How old is ", Ref(NodeNumber(4)), "?")}
    person = at_series(replace(form, words=form.words | {EN: named}), ("tile", "yes"))
    assert seen(person).prompt.text == "How old is yes?"
    person.touch("skip")
    person.touch("add")
    person.touch("tile", "no")
    person.touch("onward")
    assert seen(person).prompt.text == "How old is no?"


def test_the_review_has_a_line_for_each_instance_and_one_for_the_series() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    person.touch("onward")
    told = [(line.path, line.prompt.text, line.answer.text) for line in person.sees.lines]
    assert told == [
        ("m1/q1", "Question q1?", "I would rather not say"),
        ("m1/house[1]", "Number 1: Who lives with you?", "Yes, 7"),
        ("m1/house", "Who lives with you?", "So far: 1"),
    ]


def test_from_the_review_an_instance_is_gone_through_to_its_end_and_back() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    person.touch("onward")
    person.touch("line", "m1/house[1]")
    person.touch("tile", "no")
    person.touch("onward")
    assert seen(person).prompt.text == "Question age?"
    person.touch("back")
    assert seen(person).prompt.text == "Question who?"
    person.touch("onward")
    person.touch("onward")
    assert lines(person) == [("m1/house[1]", "No, 7", 1)]
    person.touch("onward")
    assert person.screen == "review"


def test_from_the_review_one_more_can_be_added() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    person.touch("onward")
    person.touch("line", "m1/house")
    person.touch("add")
    person.touch("skip")
    person.touch("skip")
    assert [line.place for line in series(person).lines] == [1, 2]
    person.touch("onward")
    assert [line.path for line in person.sees.lines] == ["m1/q1", "m1/house[1]", "m1/house[2]", "m1/house"]


def test_an_instance_with_a_problem_stands_first_and_opens_there() -> None:
    person = at_series(repeated(one("who", "plain"), replace(number("age"), required=parse("true()"))), ("tile", "yes"))
    person.touch("skip")
    person.touch("onward")
    first = person.sees.lines[0]
    assert (first.path, first.problem) == ("m1/house[1]", True)
    person.touch("line", "m1/house[1]")
    assert seen(person).prompt.text == "Question age?"


def test_a_line_that_is_not_there_does_nothing() -> None:
    person = at_series(HOUSE, ("tile", "yes"), ("key", "7"))
    before = person.sees
    for path in ("m1/house[9]", "m1/house", "m1/q1", ""):
        assert person.touch("line", path) == before
        assert person.touch("take_away", path) == before
    person.touch("onward")
    review = person.sees
    assert person.touch("line", "m1/house[9]") == review


def test_a_language_change_in_a_repeat_keeps_place_and_answers() -> None:
    person = at_series(HOUSE, ("tile", "yes"))
    person.touch("key", "4")
    person.touch("language")
    person.touch("tile", "ar")
    assert seen(person).look.direction == "rtl"
    assert held(person) == "4"
    person.touch("onward")
    assert value(person, "m1/house[1]/age") == "4"


def test_a_repeat_inside_a_repeat_comes_back_to_the_outer_one() -> None:
    form = repeated(one("who", "plain"))
    outer = NodeNumber(len(form.nodes) - 2)
    pets = Repeat(name="pet", parent=outer, row=95, words=WordsKey("t:house"))
    named = replace(one("name", "plain"), parent=NodeNumber(len(form.nodes) + 0), words=WordsKey("t:q1"))
    nodes = (*form.nodes, pets, named)
    module = replace(form.modules[0], last=NodeNumber(len(nodes) - 1))
    person = at_series(replace(form, nodes=nodes, modules=(module,)), ("tile", "yes"), ("tile", "no"))
    assert lines(person) == [("m1/house[1]/pet[1]", "No", 1)]
    person.touch("add")
    person.touch("tile", "yes")
    person.touch("onward")
    assert [line.place for line in series(person).lines] == [1, 2]
    person.touch("onward")
    assert lines(person) == [("m1/house[1]", "Yes", 1)]
    person.touch("onward")
    assert person.screen == "review"
    person.touch("line", "m1/house[1]/pet[2]")
    person.touch("onward")
    assert seen(person).progress.words.text == "So far: 2"
    person.touch("onward")
    assert lines(person) == [("m1/house[1]", "Yes", 1)]
    person.touch("onward")
    assert person.screen == "review"


def test_an_answer_that_takes_its_own_instance_away_goes_on_behind_it() -> None:
    count = Operation(
        "-",
        Call("number", (TextLiteral("2"),)),
        Call("number", (Call("coalesce", (Ref(NodeNumber(2)), TextLiteral("0"))),)),
    )
    form = repeated(one("who", "plain"), before=(replace(number("less"), default="0"),), count=count)
    change = replace(form, actions=(an_action(of=4, target=2, to=TextLiteral("1")),))
    person = began(change)
    person.touch("skip")
    person.touch("skip")
    assert seen(person).progress.words.text == "Number 2: Who lives with you?"
    person.touch("tile", "yes")
    assert person.screen == "review"


def test_a_draft_is_kept_while_help_is_looked_at() -> None:
    person = asked(moment("d"))
    person.touch("key", "day+1")
    person.touch("help")
    person.touch("back")
    place = person.turn.sitting.place
    assert isinstance(place, AtQuestion)
    assert place.draft == Draft("2026-11-23")


def test_a_record_holds_what_each_kind_stored() -> None:
    person = asked(rank("r", "topic"), moment("d"), span("s", "100"))
    for verb, what in (("tile", "visits"), ("tile", "food")):
        person.touch(verb, what)
    person.touch("onward")
    person.touch("shown")
    person.touch("onward")
    person.touch("step", 30)
    person.touch("onward")
    person.touch("onward")
    body = person.doors.records[0].body
    assert b'"m1/r":"visits food"' in body
    assert b'"m1/d":"2026-11-22"' in body
    assert b'"m1/s":"30"' in body
