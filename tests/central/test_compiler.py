"""What pyxform makes of a workbook, compiled with the cells laid over it: every kind, repeats, defaults, triggers."""

from __future__ import annotations

from datetime import date

import pytest

from models.answers import AnswerSheet, begin
from models.expressions.syntax import Call, Current, Expr, Path, Ref, Step, TextLiteral, Top
from models.questionnaire import (
    Action,
    Calculate,
    Grid,
    LanguageTag,
    Moment,
    Note,
    Questionnaire,
    Range,
    Rank,
    Repeat,
    SelectOne,
    Text,
    canonical_bytes,
)
from models.questionnaire import Path as At
from models.routing import open_route
from sync.central.authoring.author import author_workbook
from sync.central.authoring.compiler import compile_form
from sync.central.authoring.form import Found, read_form
from sync.central.authoring.refusal import WorkbookRefusedError
from sync.central.authoring.workbook import read_workbook
from sync.central.authoring.xform import to_xform
from tests.central.workbooks import CY, EN, Draft, a_draft, a_drawn_draft

ENGLISH = LanguageTag("en")


def a_survey(*rows: dict[str, object]) -> Draft:
    """The small workbook with these rows in its one module, from row 3 on; `label` stands for both languages."""
    draft = a_draft()
    draft.sheets["survey"] = [["type", "name", f"label::{EN}", f"label::{CY}"], ["begin_group", "m1", "One", "Un"]]
    for number, row in enumerate((*rows, {"type": "end_group"}), start=3):
        draft.sheets["survey"].append([])
        for column, value in row.items():
            for header in (f"label::{EN}", f"label::{CY}") if column == "label" else (column,):
                draft.put("survey", number, header, value)
    return draft


def row(kind: str, name: str, label: str = "", **cells: object) -> dict[str, object]:
    """One row of the survey; `read_only` and the like are columns."""
    return {"type": kind, "name": name, **({"label": label} if label else {}), **cells}


def authored(draft: Draft) -> Questionnaire:
    return author_workbook(draft.bytes()).questionnaire


def a_sheet(questionnaire: Questionnaire) -> AnswerSheet:
    return begin(open_route(questionnaire), ENGLISH, date(2026, 11, 22), seed=1)


def held(sheet: AnswerSheet) -> dict[str, str]:
    """What every place of the module holds, groups left out."""
    cells, texts = sheet.state.layout.cells, sheet.state.texts
    pairs = zip(cells, texts, strict=True)
    return {cell.path.removeprefix("m1/"): text for cell, text in pairs if not cell.inside and not cell.series}


def down(*names: str) -> tuple[Step, ...]:
    return tuple(Step("child", name) for name in names)


HOUSE = (
    row("begin_repeat", "person", "Who lives here?"),
    row("text", "first", "First name?"),
    row("integer", "age", "How old is ${first}?"),
    row("calculate", "place", calculation="position(..)"),
    row("end_repeat", ""),
    row("calculate", "years", calculation="sum(${age})"),
)


def test_every_kind_of_question_is_what_its_row_says() -> None:
    questionnaire = authored(
        a_survey(
            row("date", "born", "Born?", default="2000-01-31"),
            row("time", "at", "When?"),
            row("dateTime", "then", "When was it?"),
            row("rank yesno", "best", "Best first"),
            row("range", "much", "How much?", parameters="start=0 end=5 step=0.5"),
            row("hidden", "kept", default="x"),
            row("today", "day"),
            row("note", "told", "It is ${day}."),
            row("text", "shown", "Shown", read_only="yes", calculation="concat(${kept}, '!')"),
        )
    )
    nodes = questionnaire.nodes[2:]
    assert [type(node) for node in nodes] == [Moment, Moment, Moment, Rank, Range, Calculate, Calculate, Note, Text]
    assert [node.kind for node in nodes if isinstance(node, Moment)] == ["date", "time", "dateTime"]
    assert [node.grid for node in nodes if isinstance(node, Range)] == [Grid("0", "5", "0.5")]
    sheet = a_sheet(questionnaire)
    assert held(sheet) | {"at": "", "then": "", "best": "", "much": "", "told": ""} == held(sheet)
    assert {"born": "2000-01-31", "kept": "x", "day": "2026-11-22", "shown": "x!"}.items() <= held(sheet).items()
    assert sheet.readonly(At("m1/shown"))


def test_a_repeat_has_its_words_and_its_questions_rows() -> None:
    questionnaire = authored(a_survey(*HOUSE))
    node = questionnaire.nodes[2]
    assert isinstance(node, Repeat)
    assert (node.row, node.words, node.first, node.count) == (3, "t:person", None, None)
    assert [one.row for one in questionnaire.nodes[1:]] == [2, 3, 4, 5, 6, 8]
    assert questionnaire.words[ENGLISH]["t:age"] == ("How old is ", Ref(3), "?")  # type: ignore[index]
    sheet = a_sheet(questionnaire).add_instance(At("m1/person"))
    for place, age in ((1, "40"), (2, "2")):
        sheet = sheet.accept(At(f"m1/person[{place}]/age"), age)
    assert held(sheet)["years"] == "42"
    assert [held(sheet)[f"person[{place}]/place"] for place in (1, 2)] == ["1", "2"]


def test_words_outside_a_repeat_that_name_a_question_inside_mean_the_first() -> None:
    questionnaire = authored(a_survey(*HOUSE, row("text", "more", "What of ${first}?")))
    assert questionnaire.words[ENGLISH]["t:more"][1] == Path(Top(), down("data", "m1", "person", "first"))  # type: ignore[index]


def test_words_inside_a_repeat_that_name_an_inner_one_stay_in_their_instance() -> None:
    rows = (
        row("begin_repeat", "person", "Who?"),
        row("begin_repeat", "toy", "Which toy?"),
        row("text", "what", "What is it?"),
        row("end_repeat", ""),
        row("text", "more", "Why ${what}?"),
        row("end_repeat", ""),
    )
    found = authored(a_survey(*rows)).words[ENGLISH]["t:more"][1]  # type: ignore[index]
    assert found == Path(Current(), (Step("parent", "node()"), *down("toy", "what")))


@pytest.mark.parametrize(
    ("written", "count", "made"),
    [("${n}", Ref(2), 0), ("3", Ref(3), 1), ("${n} + 1", Ref(3), 1)],
)
def test_a_count_may_be_a_question_a_number_or_an_expression(written: str, count: Expr, made: int) -> None:
    rows = (
        row("integer", "n", "How many?", default="2"),
        row("begin_repeat", "person", "Who?", repeat_count=written),
        row("text", "first", "Name?"),
        row("end_repeat", ""),
    )
    questionnaire = authored(a_survey(*rows))
    node = questionnaire.nodes[3 + made]
    assert isinstance(node, Repeat)
    assert node.count == count
    assert [one.row for one in questionnaire.nodes[2:]] == [3, *[4] * made, 4, 5]
    sheet = a_sheet(questionnaire)
    assert len(sheet.instances(At("m1/person"))) == (2 if made == 0 else 3)


def test_a_default_that_is_an_expression_runs_at_the_start_and_in_each_new_instance() -> None:
    rows = (
        row("begin_repeat", "person", "Who?"),
        row("text", "first", "Name?", default="concat('no ', position(..))"),
        row("end_repeat", ""),
    )
    questionnaire = authored(a_survey(*rows))
    assert [(one.on, one.target, one.row) for one in questionnaire.actions] == [("start", 3, 4), ("instance", 3, 4)]
    sheet = a_sheet(questionnaire).add_instance(At("m1/person"))
    assert held(sheet) == {"person[1]/first": "no 1", "person[2]/first": "no 2"}


def test_a_fixed_default_inside_a_repeat_is_the_pattern_of_every_instance() -> None:
    rows = (
        row("begin_repeat", "person", "Who?"),
        row("text", "first", "Name?", default="Ada"),
        row("end_repeat", ""),
    )
    sheet = a_sheet(authored(a_survey(*rows))).add_instance(At("m1/person"))
    assert held(sheet) == {"person[1]/first": "Ada", "person[2]/first": "Ada"}


def test_a_trigger_writes_into_another_question_when_its_own_changes() -> None:
    rows = (
        row("integer", "n", "How many?"),
        row("text", "told", "Told", trigger="${n}", calculation="concat('it is ', ${n})"),
        row("calculate", "twice", trigger="${n}", calculation="${n} * 2"),
        row("text", "gone", "Gone", trigger="${n}"),
    )
    questionnaire = authored(a_survey(*rows))
    assert questionnaire.actions[0] == Action("change", 2, 3, Call("concat", (TextLiteral("it is "), Ref(2))), 4)  # type: ignore[arg-type]
    sheet = a_sheet(questionnaire).accept(At("m1/gone"), "x").accept(At("m1/n"), "4")
    assert held(sheet) == {"n": "4", "told": "it is 4", "twice": "8", "gone": ""}


def test_the_instance_before_can_be_looked_at() -> None:
    rows = (*HOUSE[:4], row("integer", "older", "Older?", relevant="${place} > 1 and ${age} > 3"), *HOUSE[4:])
    sheet = a_sheet(authored(a_survey(*rows))).add_instance(At("m1/person"))
    sheet = sheet.accept(At("m1/person[2]/age"), "9").accept(At("m1/person[1]/age"), "9")
    assert [sheet.relevant(At(f"m1/person[{place}]/older")) for place in (1, 2)] == [False, True]


def test_a_choice_filter_inside_a_repeat_looks_at_its_own_instance() -> None:
    draft = a_survey(
        row("begin_repeat", "pot", "Which pot?"),
        row("text", "want", "Yes or no?"),
        row("select_one yesno", "pick", "Pick", choice_filter="name = ${want}"),
        row("end_repeat", ""),
    )
    sheet = a_sheet(authored(draft)).add_instance(At("m1/pot"))
    sheet = sheet.accept(At("m1/pot[1]/want"), "yes").accept(At("m1/pot[2]/want"), "no")
    assert [[one.value for one in sheet.offered(At(f"m1/pot[{place}]/pick"))] for place in (1, 2)] == [["yes"], ["no"]]


def test_lists_keep_their_kinds_their_scores_and_the_columns_that_filters_use() -> None:
    draft = a_survey(
        row("text", "want", "Which?"),
        row("select_one yesno", "pick", "Pick", choice_filter="for = ${want}", parameters="randomize=true seed=7"),
    )
    for number, value in ((2, "a"), (3, "b")):
        draft.put("choices", number, "for", value).put("choices", number, "score", number)
    questionnaire = authored(draft)
    choices = questionnaire.lists["yesno"]
    assert [(one.value, one.kind, one.score, dict(one.columns)) for one in choices] == [
        ("yes", "answer", 2, {"for": "a"}),
        ("no", "answer", 3, {"for": "b"}),
        ("skip", "skip", None, {}),
    ]
    node = questionnaire.nodes[3]
    assert isinstance(node, SelectOne)
    assert node.randomize


def test_blocks_of_a_draw_are_drawn() -> None:
    questionnaire = authored(a_drawn_draft())
    assert [(one.name, one.draw) for one in questionnaire.blocks] == [("b1", "rest"), ("b2", "rest")]
    assert questionnaire.draws == {"rest": 1}


def test_any_path_that_the_engine_walks_may_stand_in_a_cell() -> None:
    draft = a_survey(
        row("select_one yesno", "pick", "Pick"),
        row("calculate", "far", calculation="instance('yesno')/root/item[name = ${pick}]/far"),
        *HOUSE,
        row("calculate", "second", calculation="/data/m1/person[position() = 2]/age"),
        row("calculate", "before", calculation="indexed-repeat(${first}, ${person}, ${second})"),
    )
    draft.put("choices", 2, "far", "12")
    draft.put("survey", 3, "choice_filter", "far != 'x' or true()")
    sheet = a_sheet(authored(draft)).accept(At("m1/pick"), "yes").add_instance(At("m1/person"))
    sheet = sheet.accept(At("m1/person[2]/age"), "1").accept(At("m1/person[1]/first"), "Ada")
    assert {"far": "12", "second": "1", "before": "Ada"}.items() <= held(sheet).items()


@pytest.mark.parametrize(
    ("written", "code", "reading"),
    [
        ("//age", "not-here", "axis"),
        ("${pick}/@x", "not-a-list", "attribute"),
        ("instance('nolist')/root/item", "unknown-list", "xform"),
        ("/data/m1/nobody[1]", "unknown-name", "path"),
    ],
)
def test_a_path_that_leads_nowhere_is_told_at_its_cell(written: str, code: str, reading: str) -> None:
    draft = a_survey(row("select_one yesno", "pick", "Pick"), row("calculate", "far", calculation=written))
    with pytest.raises(WorkbookRefusedError) as caught:
        authored(draft)
    (refusal,) = caught.value.refusals
    assert (refusal.row, refusal.code, refusal.reading) == (4, code, reading)
    assert refusal.column == draft.column("survey", "calculation")


def test_a_list_that_no_question_uses_is_left_out() -> None:
    draft = a_survey(row("text", "q", "Q?"))
    assert authored(draft).lists == {}


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert canonical_bytes(authored(a_survey(*HOUSE))) == canonical_bytes(authored(a_survey(*HOUSE)))


def test_a_mistake_that_only_the_xform_shows_is_told_at_its_row_and_column() -> None:
    workbook = read_workbook(a_survey(*HOUSE).bytes())
    found = Found(workbook)
    form = read_form(workbook, found)
    xform = to_xform(workbook)
    assert 'calculate="position(..)"' in xform
    with pytest.raises(WorkbookRefusedError) as caught:
        compile_form(xform.replace('calculate="position(..)"', 'calculate="sparkle()"'), form, found)
    (refusal,) = caught.value.refusals
    header = refusal.column.partition(" ")[2]
    assert (refusal.sheet, refusal.row, header, refusal.code) == ("survey", 6, "calculation", "unknown-function")


def test_a_ring_that_the_cells_do_not_show_is_told_at_its_row() -> None:
    rows = (
        row("begin_repeat", "person", "Who?", repeat_count="${n}"),
        row("integer", "age", "Age?"),
        row("end_repeat", ""),
        row("calculate", "n", calculation="count(/data/m1/person)"),
    )
    with pytest.raises(WorkbookRefusedError) as caught:
        authored(a_survey(*rows))
    (refusal,) = caught.value.refusals
    assert (refusal.row, refusal.code) == (3, "cycle")
    assert "row 6" in refusal.sentence
