"""The sheet being filled: kind refusals, kept answers, and what a finished module says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.answers import AnswerSheet
from models.errors import AnswerError
from models.questionnaire import (
    Action,
    Calculate,
    LanguageTag,
    ModuleName,
    Node,
    NodeNumber,
    Number,
    Path,
    Purpose,
    Questionnaire,
    SelectMultiple,
    SelectOne,
    Text,
    shows_typed,
)
from models.record import make_record, read_record
from models.routing import State, open_route
from models.wake import computed, stored_of
from tests.models.forms import a_form, a_sheet, expr, key, number

FOOD, LIFE = ModuleName("food"), ModuleName("life")
EATS, TASTE, LIKED, FAIR = Path("food/eats"), Path("food/taste"), Path("food/liked"), Path("food/fair")
AGE, HOURS, DISH, SEEN = Path("life/age"), Path("life/hours"), Path("life/dish"), Path("life/seen")
MORE = Path("life/extra/more")


def with_node(name: str, change: Callable[[Node], Node]) -> Questionnaire:
    nodes = list(a_form().nodes)
    nodes[number(name)] = change(nodes[number(name)])
    return a_form(nodes=tuple(nodes))


def an_eater() -> AnswerSheet:
    return a_sheet().accept(EATS, "yes")


@pytest.mark.parametrize(
    ("path", "given_value", "stored"),
    [
        (EATS, "yes", "yes"),
        (EATS, "na", "na"),
        (EATS, None, ""),
        (EATS, "", ""),
        (FAIR, "0.50", "0.5"),
        (FAIR, "10.0", "10"),
        (FAIR, "0", "0"),
        (AGE, "21", "21"),
        (AGE, " 021.9 ", "21"),
        (HOURS, "2.50", "2.5"),
        (HOURS, "-0", "0"),
        (HOURS, ".5", "0.5"),
        (HOURS, "123456789.012345", "123456789.012345"),
        (SEEN, "OK", "OK"),
    ],
)
def test_an_answer_is_stored_in_its_one_spelling(path: Path, given_value: str | None, stored: str) -> None:
    assert a_sheet().accept(path, given_value).value(path) == stored


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (EATS, "maybe", "not-offered"),
        (EATS, "yes no", "not-offered"),
        (FAIR, "10.5", "out-of-range"),
        (FAIR, "0.3", "out-of-range"),
        (FAIR, "much", "not-a-number"),
        (AGE, "1e3", "not-a-number"),
        (AGE, "3000000000", "out-of-range"),
        (AGE, "17", "constraint"),
        (HOURS, "1234567890.123456", "too-long"),
        (HOURS, "1" * 50, "too-long"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_old_sheet_stands(path: Path, value: str, reason: str) -> None:
    sheet = a_sheet().accept(HOURS, "3")
    before = sheet.state
    with pytest.raises(AnswerError) as refused:
        sheet.accept(path, value)
    assert (refused.value.reason, refused.value.question) == (reason, path)
    assert sheet.state == before


def test_a_refusal_speaks_the_authors_words_in_the_persons_language() -> None:
    with pytest.raises(AnswerError) as refused:
        a_sheet(tag="ar").accept(AGE, "5")
    assert refused.value.words == "من فضلك اكتب عمرا"
    with pytest.raises(AnswerError) as refused:
        a_sheet(tag="ar").accept(AGE, "x")
    assert refused.value.words is None


def test_a_refusal_never_repeats_the_answer() -> None:
    with pytest.raises(AnswerError) as refused:
        a_sheet().accept(AGE, "17")
    assert "17" not in str(refused.value)
    assert "17" not in repr(refused.value)


def test_a_sheet_shows_no_answer_in_its_repr() -> None:
    sheet = a_sheet().accept(HOURS, "3").accept(MORE, "my cell mate")
    assert "cell mate" not in repr(sheet) + repr(sheet.state) + repr(sheet.finish(LIFE))


def test_typed_words_are_stored_composed_and_without_control_characters() -> None:
    sheet = a_sheet().accept(HOURS, "3")
    assert sheet.accept(MORE, "cafe\x00\u0301\r\nnext\t\ud800line").value(MORE) == "caf\u00e9\nnext line"
    assert sheet.accept(MORE, " \n ").value(MORE) == ""
    assert len(sheet.accept(MORE, "x" * 1000).value(MORE)) == 1000
    with pytest.raises(AnswerError, match="too-long"):
        sheet.accept(MORE, "x" * 1001)


def test_several_choices_are_stored_in_list_order() -> None:
    assert an_eater().accept(LIKED, ("tea", "bread")).value(LIKED) == "bread tea"
    assert an_eater().accept(LIKED, "tea bread").value(LIKED) == "bread tea"


def test_none_of_these_clears_the_others_and_the_other_way_round() -> None:
    sheet = an_eater().accept(LIKED, ("bread", "tea"))
    none = sheet.accept(LIKED, ("bread", "tea", "none"))
    assert none.value(LIKED) == "none"
    assert none.accept(LIKED, ("none", "fruit")).value(LIKED) == "fruit"


def test_required_is_asked_when_a_person_goes_on() -> None:
    sheet = a_sheet()
    with pytest.raises(AnswerError) as refused:
        sheet.going_on(EATS)
    assert (refused.value.reason, refused.value.words) == (
        "required",
        "Please choose one, or say you would rather not.",
    )
    sheet.accept(EATS, "na").going_on(EATS)
    sheet.going_on(FAIR)
    sheet.going_on(Path("food/hello"))


def test_a_later_answer_can_break_an_earlier_constraint_and_review_shows_it() -> None:
    def below_hours(node: Node) -> Node:
        assert isinstance(node, Number)
        return replace(node, constraint=expr(". > ${hours} or ${hours} = ''"))

    sheet = a_sheet(with_node("age", below_hours)).accept(AGE, "20").accept(HOURS, "30")
    assert [(one.question, one.reason) for one in sheet.problems(LIFE)] == [(AGE, "constraint")]
    assert [(one.question, one.reason) for one in sheet.problems()] == [(EATS, "required"), (AGE, "constraint")]


def test_an_irrelevant_answer_is_kept_comes_back_and_is_absent_from_the_record() -> None:
    sheet = an_eater().accept(TASTE, "5").accept(LIKED, ("bread", "tea"))
    closed = sheet.accept(EATS, "no")
    assert (closed.value(TASTE), closed.value(LIKED), closed.value(Path("food/how_many"))) == ("", "", "0")
    assert closed.finish(FOOD).answers == {"food/eats": "no", "food/how_many": "0", "food/fair": ""}
    opened = closed.accept(EATS, "yes")
    assert opened.finish(FOOD).answers == sheet.finish(FOOD).answers
    assert opened.value(Path("food/how_many")) == "2"


def test_a_finished_module_has_skipped_questions_blank_and_no_notes() -> None:
    finished = an_eater().finish(FOOD)
    assert finished.answers == {
        "food/eats": "yes",
        "food/taste": "",
        "food/liked": "",
        "food/how_many": "0",
        "food/fair": "",
    }
    assert (finished.module, finished.language, finished.blocks) == ("food", "en", ())
    assert a_sheet().accept(HOURS, "3").finish(LIFE).blocks == ("extra",)


def test_a_question_that_was_not_shown_is_absent() -> None:
    finished = a_sheet().accept(HOURS, "3").finish(LIFE, not_presented=frozenset({MORE}))
    assert MORE not in finished.answers
    assert finished.blocks == ()


def test_practice_is_never_stored() -> None:
    with pytest.raises(RuntimeError, match="practice"):
        a_sheet().finish(ModuleName("practice"))
    assert [module.name for module in a_sheet().modules()] == ["practice", "food", "life"]


def test_changing_the_language_keeps_every_answer() -> None:
    sheet = an_eater().accept(AGE, "30")
    turned = sheet.in_language(LanguageTag("ar"))
    assert turned.state == replace(sheet.state, language=LanguageTag("ar"))
    shown = turned.words(key("t:food"))
    assert (shown.text, shown.tag, shown.direction) == ("الطعام", "ar", "rtl")
    shown = turned.words(key("t:eats"))
    assert (shown.text, shown.tag, shown.direction) == ("Do you eat in the dining room?", "en", "ltr")
    assert turned.in_language(LanguageTag("uk")).language == "en"


def test_words_are_filled_in_with_answers() -> None:
    assert a_sheet().accept(HOURS, "3").words(key("t:more")).text == "You said 3 hours. Tell us more."


def test_words_say_what_was_put_into_them_and_whether_somebody_typed_it() -> None:
    words = a_sheet().accept(HOURS, "3").words(key("t:more"))
    assert words.pieces == (("You said ", "author"), ("3", "answer"), (" hours. Tell us more.", "author"))
    assert a_sheet().words(key("t:eats")).pieces == ()


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("${more}", True),
        ("concat('a', substr(${more}, 0, 1))", True),
        ("${how_many}", True),
        ("${hours}", False),
        ("jr:choice-name(${dish}, '${dish}')", False),
        ("../more", True),
        ("${life}", True),
        ("count-selected(${liked}) + 1", False),
    ],
)
def test_what_somebody_typed_is_known_however_it_is_shown(shown: str, typed: bool) -> None:
    def from_words(node: Node) -> Node:
        assert isinstance(node, Calculate)
        return replace(node, calculate=expr("string-length(${more})"))

    assert shows_typed(with_node("how_many", from_words), expr(shown)) is typed


def test_what_an_action_copies_out_of_a_text_box_counts_as_typed() -> None:
    copies = Action("change", number("more"), number("how_many"), expr("${more}"), 3)
    assert shows_typed(a_form(actions=(copies,)), expr("${how_many}"))
    assert not shows_typed(a_form(), expr("${how_many}"))


def test_choices_are_filtered_mixed_by_the_seed_and_end_with_those_that_stand_alone() -> None:
    orders = {tuple(one.value for one in a_sheet(seed=seed).accept(EATS, "yes").offered(DISH)) for seed in range(20)}
    assert orders == {("stew", "curry", "other"), ("curry", "stew", "other")}
    assert [one.value for one in a_sheet().accept(EATS, "no").offered(DISH)] == ["soup"]
    assert [one.value for one in an_eater().offered(EATS)] == ["yes", "no", "na"]


def test_a_seed_the_author_chose_gives_the_same_order_to_everybody() -> None:
    def seeded(node: Node) -> Node:
        assert isinstance(node, SelectOne)
        return replace(node, list_name="agree", choice_filter=None, seed=expr("42"))

    form = with_node("dish", seeded)
    assert len({tuple(one.value for one in a_sheet(form, seed=seed).offered(DISH)) for seed in range(20)}) == 1


def test_a_choice_no_longer_offered_is_not_effective_and_comes_back_with_it() -> None:
    sheet = an_eater().accept(DISH, "stew")
    closed = sheet.accept(EATS, "no")
    assert closed.value(DISH) == ""
    assert closed.finish(LIFE).answers[DISH] == ""
    with pytest.raises(AnswerError, match="not-offered"):
        closed.accept(DISH, "stew")
    assert closed.accept(EATS, "yes").value(DISH) == "stew"


def test_a_failed_expression_cuts_nobody_off_and_is_told_by_its_row() -> None:
    def costly(node: Node) -> Node:
        assert isinstance(node, Number)
        return replace(node, relevant=expr("1 | 2"), constraint=expr("1 | 2"), required=expr("1 | 2"))

    sheet = a_sheet(with_node("hours", costly)).accept(HOURS, "3")
    assert sheet.value(HOURS) == "3"
    assert sheet.problems(LIFE) == ()
    assert [(fault.row, fault.reason) for fault in sheet.faults] == [(15, "not-a-list")]


def test_a_failed_calculation_is_blank_and_absent() -> None:
    def costly(node: Node) -> Node:
        assert isinstance(node, Calculate)
        return replace(node, calculate=expr("1 | 2"))

    assert "food/how_many" not in a_sheet(with_node("how_many", costly)).finish(FOOD).answers


def test_defaults_are_there_from_the_start_if_they_fit() -> None:
    def answered(text: str) -> Callable[[Node], Node]:
        def change(node: Node) -> Node:
            assert isinstance(node, SelectOne | Number | SelectMultiple | Text)
            return replace(node, default=text)

        return change

    assert a_sheet(with_node("eats", answered("no"))).value(EATS) == "no"
    assert a_sheet(with_node("eats", answered("nope"))).value(EATS) == ""
    assert a_sheet(with_node("age", answered("18.7"))).value(AGE) == "18"


def test_start_actions_run_once_and_change_actions_at_every_change() -> None:
    actions = (
        Action("start", None, number("age"), expr("20 + 1.5"), 1),
        Action("start", None, number("taste"), expr("'5'"), 2),
        Action("change", number("hours"), number("fair"), expr("${hours} * 2"), 3),
        Action("change", number("fair"), number("age"), expr("${fair} + 30"), 4),
    )
    sheet = a_sheet(a_form(actions=actions))
    assert (sheet.value(AGE), sheet.accept(EATS, "yes").value(TASTE)) == ("21", "")
    moved = sheet.accept(HOURS, "3")
    assert (moved.value(FAIR), moved.value(AGE)) == ("6", "36")
    assert moved.accept(EATS, "no").value(AGE) == "36"
    assert moved.accept(HOURS, "7").value(FAIR) == ""


def test_actions_that_set_each_other_off_come_to_an_end() -> None:
    actions = (
        Action("change", number("hours"), number("age"), expr("${hours} + 1"), 1),
        Action("change", number("age"), number("hours"), expr("${age} + 1"), 2),
    )
    assert a_sheet(a_form(actions=actions)).accept(HOURS, "1").value(AGE) != ""


def test_read_only_stops_people_but_not_calculations() -> None:
    def fixed(node: Node) -> Node:
        assert isinstance(node, Number)
        return replace(node, readonly=expr("true()"), calculate=expr("40 + 2"))

    sheet = a_sheet(with_node("age", fixed))
    assert (sheet.value(AGE), sheet.readonly(AGE), sheet.readonly(HOURS)) == ("42", True, False)
    with pytest.raises(RuntimeError):
        sheet.accept(AGE, "50")


def test_asking_a_note_is_our_own_mistake() -> None:
    with pytest.raises(RuntimeError):
        a_sheet().accept(Path("food/hello"), "x")
    with pytest.raises(RuntimeError):
        a_sheet().question(Path("food"))


VALUES: dict[Path, list[str | tuple[str, ...] | None]] = {
    EATS: ["yes", "no", "na", None],
    TASTE: ["5", "1", None],
    LIKED: [("bread", "tea"), ("none",), None],
    FAIR: ["5", "0.5", None],
    AGE: ["20", "90", None],
    HOURS: ["1", "2.5", "12", None],
    MORE: ["words", None],
    DISH: ["stew", "soup", "other", None],
    SEEN: ["OK", None],
}
TAPS = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(lambda path: st.tuples(st.just(path), st.sampled_from(VALUES[path]))),
    max_size=25,
)
ROUTE = open_route(a_form())


def from_nothing(sheet: AnswerSheet) -> State:
    state = sheet.state
    return computed(sheet.route, stored_of(state), state.instances, state.day, state.seed, state.language)


def tapped(taps: list[tuple[Path, str | tuple[str, ...] | None]]) -> list[AnswerSheet]:
    """Return the sheet after every tap; a refused tap leaves it as it was."""
    sheets = [a_sheet()]
    for path, value in taps:
        try:
            sheets.append(sheets[-1].accept(path, value))
        except AnswerError:
            sheets.append(sheets[-1])
    return sheets


@settings(max_examples=60)
@given(TAPS)
def test_a_sheet_equals_one_computed_from_nothing(taps: list[tuple[Path, str | tuple[str, ...] | None]]) -> None:
    for sheet in tapped(taps):
        assert sheet.state == from_nothing(sheet)


@settings(max_examples=60)
@given(TAPS)
def test_a_record_never_holds_an_irrelevant_answer(taps: list[tuple[Path, str | tuple[str, ...] | None]]) -> None:
    sheet = tapped(taps)[-1]
    food, life = sheet.finish(FOOD).answers, sheet.finish(LIFE).answers
    assert (TASTE in food) == (LIKED in food) == (food[EATS] == "yes")
    assert (MORE in life) == (life[HOURS] not in {"", "1"})
    offered = {"yes": {"", "stew", "curry", "other"}, "no": {"", "soup"}}
    assert life[DISH] in offered.get(food[EATS], {""})


@settings(max_examples=60)
@given(TAPS, st.randoms(use_true_random=False))
def test_looking_back_and_forth_never_changes_a_record(
    taps: list[tuple[Path, str | tuple[str, ...] | None]], chance: Random
) -> None:
    sheet = tapped(taps)[-1]
    before = [sheet.finish(name) for name in (FOOD, LIFE)]
    for _ in range(5):
        stop = chance.choice(sheet.stops(chance.choice((FOOD, LIFE))))
        sheet = sheet.in_language(LanguageTag(chance.choice(("cy", "ar", "en"))))
        sheet.words(key("t:more"))
        if not isinstance(sheet.question(stop.path), Text) and stop.path != "food/hello":
            sheet = sheet.accept(stop.path, sheet.value(stop.path))
    sheet = sheet.in_language(LanguageTag("en"))
    assert [sheet.finish(name) for name in (FOOD, LIFE)] == before


@settings(max_examples=60)
@given(TAPS)
def test_the_order_of_answering_leaves_no_trace(taps: list[tuple[Path, str | tuple[str, ...] | None]]) -> None:
    sheet = tapped(taps)[-1]
    again = a_sheet()
    for stop in reversed([*sheet.stops(FOOD), *sheet.stops(LIFE)]):
        if stop.path in {EATS, HOURS}:
            again = again.accept(stop.path, sheet.value(stop.path))
    for stop in reversed([*sheet.stops(FOOD), *sheet.stops(LIFE)]):
        if stop.path not in {EATS, HOURS, "food/hello"}:
            again = again.accept(stop.path, sheet.value(stop.path))
    records = [
        make_record(one.finish(name), Purpose.SURVEY, b"\0" * 32, "1")
        for one in (sheet, again)
        for name in (FOOD, LIFE)
    ]
    assert records[:2] == records[2:]
    assert read_record(records[1].body).answers == sheet.finish(LIFE).answers


def test_a_module_of_calculations_alone_is_not_presented() -> None:
    form = a_form()
    nodes = (*form.nodes, Calculate(name="zone", parent=NodeNumber(0), row=40, default="x"))
    assert [module.name for module in a_sheet(replace(form, nodes=nodes)).modules()] == ["practice", "food", "life"]
