"""Everything that the form language has is taken, one thing at a time; everything it leaves out is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.questionnaire import Questionnaire, Repeat
from sync.central.authoring import vocabulary
from sync.central.authoring.author import author_workbook
from sync.central.authoring.refusal import WorkbookRefusedError
from tests.central.recordings import a_picture, a_recording
from tests.central.workbooks import CY, EN, Draft, a_draft, a_drawn_draft, a_practice_draft, a_repeating_draft

SUBJECT = 5  # the row that is changed; rows 3 and 4 hold "tea" and "cups"
LISTED = {kind: f"{kind} yesno" for kind in vocabulary.LISTED}
ANSWERS = {
    **dict.fromkeys(vocabulary.LISTED, "yes"),
    "integer": "3",
    "decimal": "2.5",
    "range": "3",
    "date": "2026-11-22",
    "time": "22:02:00",
    "dateTime": "2026-11-22T14:30:00Z",
}


def a_row(kind: str) -> Draft:
    """The small workbook with a row of this kind at SUBJECT, holding nothing but what it needs."""
    draft = a_draft()
    row = draft.sheets["survey"][SUBJECT - 1]
    del row[2:]
    draft.put("survey", SUBJECT, "type", LISTED.get(kind, kind))
    if "label" in vocabulary.COLUMNS_OF[kind]:
        draft.put("survey", SUBJECT, f"label::{EN}", "A word").put("survey", SUBJECT, f"label::{CY}", "Gair")
    if kind in vocabulary.GROUPS:
        draft.insert("survey", SUBJECT + 1, [kind.replace("begin", "end")])
        draft.insert("survey", SUBJECT + 1, ["note", "inside", "A word", "Gair"])
    if kind in ("calculate", "hidden"):
        draft.put("survey", SUBJECT, "calculation", "1 + 1")
    return draft


def cells(kind: str, column: str) -> list[dict[str, str]]:
    """Ways to fill a column of a row of this kind."""
    if column in vocabulary.WORDED["survey"]:
        return [{f"{column}::{EN}": "A word", f"{column}::{CY}": "Gair"}]
    if column in vocabulary.FILES["survey"]:
        name = "a.ogg" if column == "audio" else "a.png"
        headers = (column, f"media::{column}", f"{column}::{CY}", f"media::{column}::{EN}")
        beside = {"image": "a.png"} if column == "big-image" else {}
        return [beside | {header: name} for header in headers]
    ways = {
        "relevant": ["${tea} = 'yes'"],
        "read_only": ["yes", "no", "${tea} = 'yes'"],
        "required": ["yes", "${cups} > 3", "no"] if kind in vocabulary.LISTED else ["no"],
        "constraint": [". != '1'"],
        "calculation": ["if(${cups} > 1, 'yes', 'no')"],
        "default": [ANSWERS.get(kind, "word"), "today()"],
        "trigger": ["${tea}", "${tea}, ${cups}"],
        "choice_filter": ["name != ${tea}"],
        "repeat_count": ["3", "${cups}", "${cups} + 1"],
        "appearance": sorted(vocabulary.APPEARANCES.get(kind, ())),
        "parameters": ["start=0 end=5 step=0.5", "start=2, end=4"]
        if kind == "range"
        else ["randomize=true", "randomize=true seed=42", "randomize=true, seed=${cups}", "randomize=false"],
        "autoplay": ["audio"],
    }
    return [{column: way} for way in ways.get(column, [])]


# what belongs to scales, draws and practice needs other rows too; it has tests of its own
ELSEWHERE = {"type", "name", "scale", "reverse", "draw", "practice", "correct"}
EVERY = [
    (kind, filled)
    for kind, columns in sorted(vocabulary.COLUMNS_OF.items())
    if kind not in vocabulary.ENDS
    for column in sorted(columns - ELSEWHERE)
    for filled in cells(kind, column)
]


def taken(draft: Draft, folder: Path) -> Questionnaire:
    for number in (2, 3, 4):  # pictures for no-buttons, and something that a choice filter may look at
        draft.put("choices", number, "image", "a.png")
    draft.files |= {"a.png": a_picture(), "a.ogg": a_recording()}
    draft.lay(folder)
    return author_workbook(draft.bytes(), folder).questionnaire


def refused(draft: Draft) -> set[tuple[str, str]]:
    with pytest.raises(WorkbookRefusedError) as caught:
        author_workbook(draft.bytes())
    return {(one.code, one.reading) for one in caught.value.refusals}


@pytest.mark.parametrize("kind", sorted(vocabulary.TYPES - set(vocabulary.ENDS)))
def test_a_row_of_every_type_is_taken(kind: str, tmp_path: Path) -> None:
    names = [node.name for node in taken(a_row(kind), tmp_path).nodes]
    assert "words" in names


@pytest.mark.parametrize(("kind", "filled"), EVERY, ids=[f"{kind}-{'-'.join(filled)}" for kind, filled in EVERY])
def test_every_column_that_does_something_for_a_type_is_taken(
    kind: str, filled: dict[str, str], tmp_path: Path
) -> None:
    draft = a_row(kind)
    for header, cell in filled.items():
        draft.put("survey", SUBJECT, header, cell)
    if "default" in filled and kind == "calculate" and filled["default"] != "today()":
        draft.put("survey", SUBJECT, "calculation", "1")
    assert taken(draft, tmp_path)


def test_every_column_of_the_survey_is_tried() -> None:
    tried = {header.split("::")[0] for _, filled in EVERY for header in filled}
    known = {*vocabulary.WORDED["survey"], *vocabulary.FILES["survey"], *vocabulary.PLAIN["survey"]}
    assert tried | ELSEWHERE | {"media"} == known | {"media"}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        *(("purpose", purpose) for purpose in ("survey", "suggestion", "shout-out", "sign-up", "exit")),
        *(("purpose", purpose) for purpose in ("self-assessment", "joint-assessment")),
        *(("licence", licence) for licence in ("own", "CC0-1.0", "CC-BY-SA-4.0", "OGL-UK-3.0", "MIT", "declared")),
        ("fallback", "cy=en"),
        ("unchecked_languages", "en cy"),
        ("reading_age", "12"),
        ("order", "modules-shuffled"),
        ("order", "fixed"),
        ("style", "pages"),
        ("source_url", "https://example.org/words"),
    ],
)
def test_every_setting_is_taken(header: str, value: str, tmp_path: Path) -> None:
    draft = a_draft().put("settings", 2, header, value).put("settings", 2, "attribution", "Somebody")
    if value == "declared":
        draft.put("settings", 2, "licence_declaration", "letter of 3 May")
    rights = taken(draft, tmp_path).rights
    assert (rights.attribution, rights.declaration) == (
        "Somebody",
        "letter of 3 May" if value == "declared" else "",
    )


@pytest.mark.parametrize("spelling", ["_", " ", "  "])
def test_groups_and_repeats_may_be_spelled_both_ways(spelling: str, tmp_path: Path) -> None:
    draft = a_repeating_draft()
    for row in draft.sheets["survey"][1:]:
        if str(row[0]).startswith(("begin_", "end_")):
            row[0] = str(row[0]).replace("_", spelling)
    assert any(isinstance(node, Repeat) for node in taken(draft, tmp_path).nodes)


def test_repeats_stand_three_deep(tmp_path: Path) -> None:
    draft = a_repeating_draft()
    for place in range(2):
        draft.insert("survey", 6 + place, ["end_repeat"])
    for place in range(2):
        draft.insert("survey", 5 + place, ["begin_repeat", f"deep{place}", "Deeper", "Dyfnach"])
    assert sum(isinstance(node, Repeat) for node in taken(draft, tmp_path).nodes) == 3


def test_blocks_are_drawn(tmp_path: Path) -> None:
    questionnaire = taken(a_drawn_draft(), tmp_path)
    assert questionnaire.draws == {"rest": 1}
    assert [(block.name, block.draw) for block in questionnaire.blocks] == [("b1", "rest"), ("b2", "rest")]
    both = taken(a_drawn_draft().put("draws", 2, "take", 2), tmp_path)
    assert questionnaire.modules[0].seconds < both.modules[0].seconds


@pytest.mark.parametrize("kind", sorted(vocabulary.QUESTIONS))
def test_every_kind_can_be_practised(kind: str, tmp_path: Path) -> None:
    draft = a_practice_draft().put("survey", 3, "type", LISTED.get(kind, kind))
    right = "OK" if kind in ("acknowledge", "trigger") else ANSWERS.get(kind, "word")
    assert taken(draft.put("survey", 3, "correct", right), tmp_path).modules[0].practice


@pytest.mark.parametrize(("kind", "reading"), sorted(vocabulary.TYPES_REFUSED.items()))
def test_a_type_that_is_left_out_is_refused_with_its_reason(kind: str, reading: str) -> None:
    assert ("not-here", reading) in refused(a_draft().put("survey", 5, "type", kind))


@pytest.mark.parametrize("name", sorted(set(vocabulary.FUNCTIONS_REFUSED) - {"start", "end"}))
def test_a_function_that_is_left_out_is_refused_with_its_reason(name: str) -> None:
    reading = vocabulary.FUNCTIONS_REFUSED[name]
    assert ("not-here", reading) in refused(a_draft().put("survey", 6, "calculation", f"{name}()"))


@pytest.mark.parametrize("name", vocabulary.SETTINGS_THAT_BYPASS)
def test_a_setting_that_leads_past_the_project_is_refused(name: str) -> None:
    assert ("not-here", "bypass") in refused(a_draft().put("settings", 2, name, "x"))


@pytest.mark.parametrize("header", ["bind::relevant", "instance::x", "save_to", "compact_tag", "rows", "sms_field"])
def test_other_columns_are_refused_by_name(header: str) -> None:
    assert "unknown-column" in {code for code, _ in refused(a_draft().put("survey", 3, header, "x"))}
