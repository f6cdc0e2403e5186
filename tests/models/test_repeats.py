"""Repeats, ranks and days while filling: what is added, taken away, counted, and woken."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.answers import AnswerSheet
from models.errors import AnswerError, UnreadableQuestionnaireError
from models.graph import Graph
from models.layout import Plan
from models.questionnaire import (
    Instance,
    ModuleName,
    Path,
    Repeat,
    canonical_bytes,
    read_questionnaire,
)
from models.routing import State, open_route
from models.wake import computed, stored_of
from tests.models.houses import a_house, a_house_sheet, named, node

PEOPLE, BEDS, HOME = Path("home/person"), Path("home/beds"), ModuleName("home")


def from_nothing(sheet: AnswerSheet) -> State:
    state = sheet.state
    return computed(sheet.route, stored_of(state), state.instances, state.day, state.seed, state.language)


def paths_of(sheet: AnswerSheet) -> list[str]:
    return [str(stop.path) for stop in sheet.stops(HOME)]


def test_a_form_may_bring_several_first_instances_each_with_its_own_values() -> None:
    sheet = a_house_sheet()
    assert sheet.instances(PEOPLE) == ("home/person[1]", "home/person[2]")
    assert [sheet.value(Path(f"home/person[{one}]/age")) for one in (1, 2)] == ["", "40"]
    assert sheet.value(Path("home/adults")) == "1"


def test_a_series_stands_behind_its_instances_and_a_counted_one_nowhere() -> None:
    sheet = a_house_sheet().accept(BEDS, "1")
    assert paths_of(sheet) == [
        "home/beds",
        "home/person[1]/age",
        "home/person[1]/pet",
        "home/person[2]/age",
        "home/person[2]/grown/job",
        "home/person[2]/pet",
        "home/person",
        "home/bed[1]/side",
        "home/wish",
        "home/born",
        "home/oldest",
    ]


def test_an_instance_is_added_with_its_own_inner_series_and_its_own_action() -> None:
    sheet = a_house_sheet().add_instance(PEOPLE)
    assert sheet.instances(PEOPLE)[-1] == "home/person[3]"
    assert sheet.instances(Path("home/person[3]/pet")) == ()
    grown = sheet.accept(Path("home/person[3]/age"), "18")
    assert grown.value(Path("home/person[3]/grown/job")) == "aged 18"
    assert sheet.accept(BEDS, "1").value(Path("home/person[3]/place")) == "3"
    assert stored_of(sheet.state)[node("job"), (3,), False] == "new 3"


def test_an_instance_taken_away_moves_the_others_up_with_all_they_hold() -> None:
    sheet = a_house_sheet().accept(Path("home/person[1]/age"), "5").add_instance(Path("home/person[2]/pet"))
    sheet = sheet.accept(Path("home/person[2]/pet[1]/kind"), "cat")
    assert sheet.value(Path("home/sum")) == "45"
    left = sheet.remove_instance(Path("home/person[1]"))
    assert left.instances(PEOPLE) == ("home/person[1]",)
    assert left.value(Path("home/person[1]/age")) == "40"
    assert left.value(Path("home/person[1]/place")) == "1"
    assert left.value(Path("home/person[1]/before")) == ""
    assert left.value(Path("home/person[1]/pet[1]/kind")) == "cat"
    assert (left.value(Path("home/sum")), left.value(Path("home/pets"))) == ("40", "1")
    assert sheet.value(Path("home/sum")) == "45", "the old sheet stands"


def test_an_expression_looks_into_its_own_instance_and_into_the_one_before() -> None:
    sheet = a_house_sheet().accept(Path("home/person[1]/age"), "16")
    assert [sheet.value(Path(f"home/person[{one}]/next_age")) for one in (1, 2)] == ["17", "41"]
    assert sheet.value(Path("home/person[2]/before")) == "16"
    assert not sheet.relevant(Path("home/person[1]/grown/job"))
    assert sheet.relevant(Path("home/person[2]/grown/job"))


def test_words_inside_a_repeat_speak_of_the_same_instance() -> None:
    sheet = a_house_sheet()
    question = sheet.question(Path("home/person[2]/grown/job"))
    assert question.words is not None
    assert sheet.words(question.words, Path("home/person[2]/grown/job")).text == "You are 40."


@pytest.mark.parametrize(("beds", "count"), [("3", 3), ("0", 0), ("-4", 0), ("60", 50)])
def test_a_count_gives_as_many_instances_as_it_says_within_the_bound(beds: str, count: int) -> None:
    assert len(a_house_sheet().accept(BEDS, beds).instances(Path("home/bed"))) == count


def test_a_lower_count_takes_the_last_away_and_a_blank_one_changes_nothing() -> None:
    sheet = a_house_sheet().accept(BEDS, "3")
    for place in (1, 2, 3):
        sheet = sheet.accept(Path(f"home/bed[{place}]/side"), f"side {place}")
    fewer = sheet.accept(BEDS, "2")
    assert [fewer.value(Path(f"home/bed[{place}]/side")) for place in (1, 2)] == ["side 1", "side 2"]
    assert fewer.accept(BEDS, None).instances(Path("home/bed")) == fewer.instances(Path("home/bed"))


def test_people_add_no_more_than_fifty_and_none_where_the_form_counts() -> None:
    sheet = a_house_sheet()
    while sheet.may_add(PEOPLE):
        sheet = sheet.add_instance(PEOPLE)
    assert len(sheet.instances(PEOPLE)) == 50
    with pytest.raises(RuntimeError, match="takes no more"):
        sheet.add_instance(PEOPLE)
    counted = sheet.accept(BEDS, "1")
    assert not counted.may_add(Path("home/bed"))
    with pytest.raises(RuntimeError, match="cannot be taken away"):
        counted.remove_instance(Path("home/bed[1]"))


def test_a_sheet_that_is_full_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = a_house_sheet()
    monkeypatch.setattr("models.answers.CELL_LIMIT", len(sheet.state.layout.cells))
    assert not sheet.may_add(PEOPLE)
    with pytest.raises(RuntimeError, match="takes no more"):
        sheet.add_instance(PEOPLE)


def test_indexed_repeat_looks_at_the_instance_before_without_a_ring() -> None:
    before = named("indexed-repeat(${age}, ${person}, position(..) - 1)")
    nodes = tuple(replace(one, calculate=before) if one.name == "before" else one for one in a_house().nodes)  # type: ignore[call-arg]
    sheet = a_house_sheet(replace(a_house(), nodes=nodes)).accept(Path("home/person[1]/age"), "9")
    assert [sheet.value(Path(f"home/person[{one}]/before")) for one in (1, 2)] == ["", "9"]


def test_a_counted_repeat_takes_what_the_form_brings_and_then_the_pattern() -> None:
    brought = (Instance({node("side"): "left"}), Instance({node("side"): "right"}))
    nodes = tuple(replace(one, first=brought) if one.name == "bed" else one for one in a_house().nodes)  # type: ignore[call-arg]
    sheet = a_house_sheet(replace(a_house(), nodes=nodes)).accept(BEDS, "0").accept(BEDS, "3")
    assert [sheet.value(Path(f"home/bed[{one}]/side")) for one in (1, 2, 3)] == ["left", "right", ""]


def test_a_choice_filter_in_a_repeat_looks_at_its_own_instance() -> None:
    sheet = a_house_sheet().accept(Path("home/person[1]/age"), "3")
    sheet = sheet.add_instance(Path("home/person[1]/pet")).add_instance(Path("home/person[2]/pet"))
    offered = [[choice.value for choice in sheet.offered(Path(f"home/person[{one}]/pet[1]/kind"))] for one in (1, 2)]
    assert offered == [["bird", "fish"], ["cat", "bird", "fish"]]


def test_a_rank_keeps_its_own_order_and_loses_what_is_not_offered() -> None:
    sheet = a_house_sheet().accept(Path("home/wish"), ("fish", "bird"))
    assert sheet.value(Path("home/wish")) == "fish bird"
    with pytest.raises(AnswerError, match="not-offered"):
        sheet.accept(Path("home/wish"), ("cat",))


@pytest.mark.parametrize(
    ("given_value", "stored"),
    [("2000-02-29", "2000-02-29"), ("2000-01-05T10:00:00Z", "2000-01-05")],
)
def test_a_real_day_is_stored(given_value: str, stored: str) -> None:
    assert a_house_sheet().accept(Path("home/born"), given_value).value(Path("home/born")) == stored


@pytest.mark.parametrize("wrong", ["2001-02-29", "1.2.2000", "2000-1-5", "10:00", "2000-13-01", "today"])
def test_a_day_that_is_none_is_refused_and_the_old_sheet_stands(wrong: str) -> None:
    sheet = a_house_sheet().accept(Path("home/born"), "2000-01-05")
    with pytest.raises(AnswerError, match="not-a-date"):
        sheet.accept(Path("home/born"), wrong)
    assert sheet.value(Path("home/born")) == "2000-01-05"


def test_a_record_holds_every_instance_by_its_place_and_no_irrelevant_answer() -> None:
    sheet = a_house_sheet().accept(BEDS, "1").accept(Path("home/person[1]/age"), "6")
    answers = sheet.finish(HOME).answers
    assert answers["home/person[1]/age"] == "6"  # type: ignore[index]  # paths are texts
    assert answers["home/person[2]/grown/job"] == ""  # type: ignore[index]
    assert "home/person[1]/grown/job" not in answers
    assert answers["home/bed[1]/side"] == ""  # type: ignore[index]


def test_a_questionnaire_with_repeats_reads_back_as_it_was_written() -> None:
    form = a_house()
    written = canonical_bytes(form)
    assert canonical_bytes(read_questionnaire(written)) == written
    assert read_questionnaire(written) == form


@pytest.mark.parametrize(
    "first",
    [
        (Instance({node("beds"): "1"}),),  # a node of elsewhere
        (Instance({node("grown"): "1"}),),  # a group holds no value
        (Instance(inside={node("bed"): ()}),),  # a repeat of elsewhere
        (Instance(inside={node("age"): ()}),),
    ],
)
def test_first_instances_that_do_not_fit_are_refused(first: tuple[Instance, ...]) -> None:
    nodes = tuple(replace(one, first=first) if isinstance(one, Repeat) and one.name == "person" else one
                  for one in a_house().nodes)  # fmt: skip
    with pytest.raises(UnreadableQuestionnaireError):
        read_questionnaire(canonical_bytes(replace(a_house(), nodes=nodes)))


def test_counting_ones_own_repeat_is_free_and_a_count_that_hangs_on_its_inside_is_a_ring() -> None:
    nodes = [replace(one, count=named("count(/data/home/bed/side)")) if one.name == "bed" else one
             for one in a_house().nodes]  # type: ignore[call-arg]  # fmt: skip
    with pytest.raises(UnreadableQuestionnaireError, match="home/bed"):
        open_route(replace(a_house(), nodes=tuple(nodes)))
    inside = [replace(one, calculate=named("count(/data/home/person)")) if one.name == "place" else one
              for one in a_house().nodes]  # type: ignore[call-arg]  # fmt: skip
    sheet = a_house_sheet(replace(a_house(), nodes=tuple(inside))).add_instance(PEOPLE)
    assert [sheet.value(Path(f"home/person[{one}]/place")) for one in (1, 2, 3)] == ["3", "3", "3"]


Tap = tuple[str, int, int, str]


@st.composite
def taps(draw: st.DrawFn) -> list[Tap]:
    kind = st.sampled_from(["age", "beds", "add", "remove", "pet", "kind", "job", "wish", "side"])
    value = st.sampled_from(["", "0", "1", "2", "17", "18", "40", "cat", "fish", "bird", "x"])
    return draw(st.lists(st.tuples(kind, st.integers(1, 3), st.integers(1, 2), value), max_size=10))


def tapped(sheet: AnswerSheet, tap: Tap) -> AnswerSheet:
    """Return the sheet after a tap; what is not there, or does not fit, changes nothing."""
    kind, one, other, value = tap
    person = f"home/person[{one}]"
    places = {
        "age": f"{person}/age",
        "beds": "home/beds",
        "kind": f"{person}/pet[{other}]/kind",
        "job": f"{person}/grown/job",
        "wish": "home/wish",
        "side": f"home/bed[{one}]/side",
    }
    try:
        if kind == "add":
            return sheet.add_instance(PEOPLE) if len(sheet.instances(PEOPLE)) < 4 else sheet
        if kind == "remove":
            return sheet.remove_instance(Path(person))
        if kind == "pet":
            return sheet.add_instance(Path(f"{person}/pet"))
        return sheet.accept(Path(places[kind]), (value,) if kind == "wish" and value else value)
    except (KeyError, AnswerError):
        return sheet


@given(taps())
@settings(deadline=None, max_examples=60)
def test_after_any_taps_a_sheet_equals_one_computed_from_nothing(line: list[Tap]) -> None:
    sheet = a_house_sheet()
    for tap in line:
        sheet = tapped(sheet, tap)
        assert sheet.state == from_nothing(sheet)


def another_order(plan: Plan, graph: Graph, chance: random.Random) -> Graph:
    """Return the graph with other ranks, in which every node still stands after all it waits for."""
    waits: list[set[int]] = [set() for _ in graph.rank]
    for number, edges in enumerate(graph.wakes):
        for edge in edges:
            waits[edge.to].add(number)
    for number, one in enumerate(plan.questionnaire.nodes[1:], start=1):
        waits[number].add(one.parent)  # type: ignore[union-attr]  # only the root has none
    rank, done = [0] * len(waits), set[int]()
    while len(done) < len(waits):
        ready = [number for number, held in enumerate(waits) if number not in done and held <= done]
        chosen = chance.choice(ready)
        rank[chosen] = len(done)
        done.add(chosen)
    return replace(graph, rank=tuple(rank))


@given(taps(), st.integers(0, 2**32))
@settings(deadline=None, max_examples=60)
def test_the_order_of_evaluation_does_not_matter(line: list[Tap], seed: int) -> None:
    one = a_house_sheet()
    other = replace(
        one, route=replace(one.route, graph=another_order(one.route.plan, one.route.graph, random.Random(seed)))
    )
    for tap in line:
        one, other = tapped(one, tap), tapped(other, tap)
        assert one.state == other.state


@given(taps())
@settings(deadline=None, max_examples=60)
def test_going_back_and_forth_never_changes_a_record(line: list[Tap]) -> None:
    sheet = a_house_sheet()
    for tap in line:
        sheet = tapped(sheet, tap)
    record = sheet.finish(HOME)
    again = sheet
    for stop in reversed(sheet.stops(HOME)):
        value = again.value(stop.path) if not isinstance(again.question(stop.path), Repeat) else ""
        if value:
            again = again.accept(stop.path, tuple(value.split()) if stop.path == "home/wish" else value)
    assert again.finish(HOME) == record


@given(taps())
@settings(deadline=None, max_examples=60)
def test_a_record_never_holds_an_answer_that_is_not_relevant(line: list[Tap]) -> None:
    sheet = a_house_sheet()
    for tap in line:
        sheet = tapped(sheet, tap)
    held = sheet.finish(HOME).answers
    assert all(sheet.relevant(path) for path in held)
    for one, path in enumerate(sheet.instances(PEOPLE), start=1):
        age = sheet.value(Path(f"{path}/age"))
        assert (f"home/person[{one}]/grown/job" in held) == (age != "" and int(age) > 17)
