"""From a workbook's bytes to a questionnaire, and what a kiosk then makes of it."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.answers import AnswerSheet, begin
from models.errors import AnswerError
from models.expressions.syntax import Call, Ref, TextLiteral
from models.questionnaire import (
    Block,
    Calculate,
    Grid,
    LanguageTag,
    ModuleName,
    Number,
    Questionnaire,
    Range,
    SelectMultiple,
    SelectOne,
    Text,
    canonical_bytes,
    read_questionnaire,
)
from models.questionnaire import Path as QuestionPath
from models.routing import open_route
from sync.central.authoring import author as author_room
from sync.central.authoring.author import author_workbook
from sync.central.authoring.compiler import compile_form
from sync.central.authoring.form import Found, read_form
from sync.central.authoring.refusal import WorkbookRefusedError
from sync.central.authoring.workbook import FILE_LIMIT_BYTES, read_workbook
from sync.central.authoring.xform import read_xform, to_xform
from tests.central.workbooks import CY, EN, Draft, a_draft, a_practice_draft, a_scaled_draft

ENGLISH = LanguageTag("en")


def authored(draft: Draft) -> Questionnaire:
    return author_workbook(draft.bytes()).questionnaire


def a_sheet(questionnaire: Questionnaire) -> AnswerSheet:
    return begin(open_route(questionnaire), ENGLISH, date(2026, 11, 22), seed=1)


def shown(sheet: AnswerSheet, module: str = "m1") -> list[str]:
    return [stop.path for stop in sheet.stops(ModuleName(module))]


def test_a_workbook_becomes_a_questionnaire_that_reads_back_the_same() -> None:
    questionnaire = authored(a_draft())
    assert read_questionnaire(canonical_bytes(questionnaire)) == questionnaire
    assert questionnaire.id == "tea-time"
    assert [language.tag for language in questionnaire.languages] == ["en", "cy"]
    assert [(module.name, module.first, module.last) for module in questionnaire.modules] == [("m1", 1, 5)]


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert canonical_bytes(authored(a_scaled_draft())) == canonical_bytes(authored(a_scaled_draft()))


def test_a_question_is_asked_only_where_it_is_relevant() -> None:
    sheet = a_sheet(authored(a_draft()))
    assert shown(sheet) == ["m1/tea", "m1/words"]
    assert shown(sheet.accept(QuestionPath("m1/tea"), "yes")) == ["m1/tea", "m1/cups", "m1/words"]


def test_a_constraint_refuses_with_the_author_s_own_words() -> None:
    draft = a_draft().put("survey", 4, f"constraint_message::{EN}", "Not below nothing.")
    draft.put("survey", 4, f"constraint_message::{CY}", "Nid o dan ddim.")
    sheet = a_sheet(authored(draft)).accept(QuestionPath("m1/tea"), "yes")
    with pytest.raises(AnswerError) as caught:
        sheet.accept(QuestionPath("m1/cups"), "-1")
    assert (caught.value.reason, caught.value.words) == ("constraint", "Not below nothing.")


def test_a_required_question_with_a_way_out_is_taken() -> None:
    draft = a_draft().put("survey", 3, "required", "yes")
    questionnaire = authored(draft)
    node = questionnaire.nodes[2]
    assert isinstance(node, SelectOne)
    assert node.required == Call("true", ())
    assert [choice.kind for choice in questionnaire.lists["yesno"]] == ["answer", "answer", "skip"]


def test_a_range_has_the_shortest_grid() -> None:
    draft = a_draft().put("survey", 4, "type", "range").put("survey", 4, "constraint", None)
    node = authored(draft.put("survey", 4, "parameters", "start=0 end=5.0 step=0.50")).nodes[3]
    assert isinstance(node, Range)
    assert node.grid == Grid("0", "5", "0.5")


def test_a_fixed_default_is_there_from_the_start_and_an_expression_runs_once() -> None:
    draft = a_draft().put("survey", 3, "default", "yes").put("survey", 5, "default", "concat('a', 'b')")
    questionnaire = authored(draft)
    node = questionnaire.nodes[2]
    assert isinstance(node, SelectOne)
    assert node.default == "yes"
    assert [(action.on, action.target, action.row) for action in questionnaire.actions] == [("start", 4, 5)]
    assert questionnaire.actions[0].to == Call("concat", (TextLiteral("a"), TextLiteral("b")))
    assert a_sheet(questionnaire).value(QuestionPath("m1/words")) == "ab"


def test_choices_are_filtered_by_a_further_column() -> None:
    draft = a_draft().insert("survey", 4, ["select_multiple kinds", "kinds", "Which?", "Pa rai?"])
    draft.put("survey", 4, "choice_filter", "for = ${tea}").put("survey", 4, "parameters", "randomize=true seed=5")
    for row, (name, group) in enumerate((("black", "yes"), ("green", "yes"), ("none", "no")), start=5):
        for column, value in enumerate(("kinds", name, name.title(), name.title()), start=1):
            draft.at("choices", row, column, value)
        draft.put("choices", row, "for", group)
    draft.put("choices", 7, "exclusive", "yes")
    questionnaire = authored(draft)
    node = questionnaire.nodes[3]
    assert isinstance(node, SelectMultiple)
    assert node.randomize
    sheet = a_sheet(questionnaire).accept(QuestionPath("m1/tea"), "yes")
    assert {choice.value for choice in sheet.offered(QuestionPath("m1/kinds"))} == {"black", "green"}
    assert questionnaire.lists["kinds"][2].exclusive


def test_words_can_show_an_earlier_answer() -> None:
    draft = a_draft().put("survey", 5, f"label::{EN}", "You have ${cups} cups. Anything else?")
    sheet = a_sheet(authored(draft)).accept(QuestionPath("m1/tea"), "yes").accept(QuestionPath("m1/cups"), "3")
    node = sheet.questionnaire.nodes[4]
    assert isinstance(node, Text)
    assert node.words is not None
    assert sheet.questionnaire.words[ENGLISH][node.words] == ("You have ", Ref(3), " cups. Anything else?")
    assert sheet.words(node.words).text == "You have 3 cups. Anything else?"


def test_a_group_inside_a_module_is_a_block_with_its_own_relevance() -> None:
    draft = a_draft().insert("survey", 5, ["end_group"]).insert("survey", 4, ["begin_group", "b1"])
    draft.put("survey", 4, "relevant", "${tea} = 'yes'")
    questionnaire = authored(draft)
    assert isinstance(questionnaire.nodes[3], Block)
    assert [(block.name, block.first, block.last) for block in questionnaire.blocks] == [("b1", 3, 4)]
    sheet = a_sheet(questionnaire)
    assert shown(sheet) == ["m1/tea", "m1/words"]
    assert shown(sheet.accept(QuestionPath("m1/tea"), "yes")) == ["m1/tea", "m1/b1/cups", "m1/words"]


def test_a_paths_and_typographic_quotes_mean_what_their_author_meant() -> None:
    draft = (
        a_draft()
        .put("survey", 4, "relevant", "../tea = \u2018yes\u2019")
        .put("survey", 6, "calculation", "/data/m1/cups + 1")
    )
    questionnaire = authored(draft)
    assert canonical_bytes(questionnaire) == canonical_bytes(authored(a_draft()))
    assert isinstance(questionnaire.nodes[5], Calculate)


def test_a_number_knows_its_kind() -> None:
    kinds = [authored(a_draft().put("survey", 4, "type", kind)).nodes[3] for kind in ("integer", "decimal")]
    assert [node.kind for node in kinds if isinstance(node, Number)] == ["integer", "decimal"]


def test_two_questions_of_one_name_keep_their_own_words() -> None:
    draft = a_draft().insert("survey", 8, ["end_group"]).insert("survey", 8, ["text", "words", "More?", "Mwy?"])
    questionnaire = authored(draft.insert("survey", 8, ["begin_group", "m2", "Two", "Dau"]))
    assert questionnaire.words[ENGLISH].keys() >= {"t:m1/words", "t:m2/words"}


def test_a_language_may_fall_back_where_its_author_says_so() -> None:
    draft = a_draft().put("survey", 5, f"label::{CY}", None).put("settings", 2, "fallback", "cy=en")
    questionnaire = authored(draft.put("settings", 2, "unchecked_languages", "cy"))
    welsh = questionnaire.languages[1]
    assert (welsh.fallback, welsh.checked) == ("en", False)
    node = questionnaire.nodes[4]
    assert isinstance(node, Text)
    assert node.words is not None
    worded = a_sheet(questionnaire).in_language(LanguageTag("cy")).words(node.words)
    assert (worded.text, worded.tag) == ("Anything else?", "en")


def test_a_workbook_in_one_language_needs_no_language_in_its_headers() -> None:
    draft = a_draft().without("survey", f"label::{CY}").without("choices", f"label::{CY}")
    draft.without("settings", f"shown_title::{CY}")
    draft.sheets["survey"][0][2] = "label"
    draft.sheets["choices"][0][2] = "label"
    assert [language.tag for language in authored(draft).languages] == ["en"]


def test_a_scale_keeps_its_key() -> None:
    questionnaire = authored(a_scaled_draft())
    scale = questionnaire.scales["calm"]
    assert (scale.method, scale.low, scale.high, scale.min_items, scale.higher_is) == ("mean", 1, 2, 2, "better")
    items = [node for node in questionnaire.nodes if isinstance(node, SelectOne) and node.scale == "calm"]
    assert [item.reverse for item in items] == [False, True]
    assert [choice.score for choice in questionnaire.lists["marks"]] == [1, 2]


def test_a_practice_module_comes_first_with_its_right_answer() -> None:
    questionnaire = authored(a_practice_draft())
    node = questionnaire.nodes[2]
    assert isinstance(node, SelectOne)
    assert (questionnaire.modules[0].practice, node.correct) == (True, "yes")


@pytest.mark.parametrize(
    "unverified",
    [b"", b"PK", b"not a workbook", a_draft().bytes()[:-200], a_draft().bytes()[200:]],
    ids=["nothing", "two letters", "text", "cut off", "beheaded"],
)
def test_bytes_that_are_no_workbook_are_refused(unverified: bytes) -> None:
    with pytest.raises(WorkbookRefusedError) as caught:
        author_workbook(unverified)
    assert [refusal.sentence for refusal in caught.value.refusals] == [
        "This is not an Excel workbook (.xlsx), or it is damaged."
    ]


def test_a_workbook_too_large_is_refused_before_it_is_unpacked() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 51_000_000)
    for unverified in (held.getvalue(), b"x" * (FILE_LIMIT_BYTES + 1)):
        with pytest.raises(WorkbookRefusedError) as caught:
            author_workbook(unverified)
        assert [refusal.code for refusal in caught.value.refusals] == ["too-costly"]


def test_whatever_pyxform_raises_becomes_a_refusal() -> None:
    workbook = read_workbook(a_draft().put("settings", 2, f"title::{EN}", "Tea").bytes())
    with pytest.raises(WorkbookRefusedError) as caught:
        to_xform(workbook)
    assert [refusal.code for refusal in caught.value.refusals] == ["pyxform"]
    row = read_workbook(a_draft().put("survey", 3, "type", "select_one nothing").bytes())
    with pytest.raises(WorkbookRefusedError) as caught:
        to_xform(row)
    assert [(refusal.code, refusal.row) for refusal in caught.value.refusals] == [("pyxform", 3)]


def test_a_form_that_pyxform_understood_otherwise_is_refused() -> None:
    workbook = read_workbook(a_draft().bytes())
    other = to_xform(read_workbook(a_draft().put("survey", 5, "type", "note").put("survey", 5, "name", "else").bytes()))
    found = Found(workbook)
    with pytest.raises(WorkbookRefusedError) as caught:
        compile_form(other, read_form(workbook, found), found)
    assert [(refusal.row, refusal.code, refusal.reading) for refusal in caught.value.refusals] == [
        (5, "pyxform", "differs")
    ]


def test_an_xform_with_entities_is_refused() -> None:
    with pytest.raises(WorkbookRefusedError):
        read_xform('<!DOCTYPE h [<!ENTITY a "a">]><h>&a;</h>')


def test_what_a_kiosk_would_not_take_is_refused() -> None:
    questionnaire = replace(authored(a_draft()), words={})
    with pytest.raises(WorkbookRefusedError) as caught:
        author_room._own_reader_accepts(questionnaire)
    assert [(refusal.code, refusal.reading) for refusal in caught.value.refusals] == [("too-costly", "kiosk")]


def test_a_refusal_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkbookRefusedError):
        author_workbook(a_draft().put("survey", 5, "type", "txt").bytes(), media=tmp_path)
    author_workbook(a_draft().bytes(), media=tmp_path)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nothing at all, hidden files included
