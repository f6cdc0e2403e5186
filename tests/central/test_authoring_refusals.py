"""Every refusal names its sheet, its row, its column and its reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from sync.central.authoring.author import author_workbook
from sync.central.authoring.refusal import SENTENCES, SHOWN_AT_MOST, Refusal, WorkbookRefusedError
from tests.central.mistakes import CASES, NOTICES, Make, Place
from tests.central.workbooks import Draft, a_draft
from tests.central.xform_mistakes import ONLY_AN_XFORM

# what cells alone cannot show: in other tests of this room, or kept for the parser's own use
ELSEWHERE: Final = frozenset(
    {"bad-file/workbook", "pyxform", "pyxform/differs", "too-costly/kiosk"}
    | {"unknown-name/expression"}
    | ONLY_AN_XFORM
    | {"missing-file/folder", "bad-file/encoder", "too-costly/given-up", "missing-setting/purpose"}
)


def refused(draft: Draft, media: Path | None = None) -> tuple[Refusal, ...]:
    with pytest.raises(WorkbookRefusedError) as caught:
        author_workbook(draft.bytes(), media)
    return caught.value.refusals


def expected_column(draft: Draft, sheet: str, header: str) -> str:
    """`!` stands before what is no header of the sheet: a bare letter, or a column that is missing."""
    if not header or header.startswith("!"):
        return header.removeprefix("!")
    return draft.column(sheet, header)


def read(refusal: Refusal) -> str:
    return f"{refusal.code}/{refusal.reading}" if refusal.reading else refusal.code


@pytest.mark.parametrize(
    ("code", "make", "place"),
    [(code, make, place) for code, cases in CASES.items() for make, place in cases],
)
def test_a_mistake_is_refused_at_its_sheet_row_and_column(code: str, make: Make, place: Place, tmp_path: Path) -> None:
    draft = make()
    draft.lay(tmp_path)
    sheet, row, header = place
    wanted = (sheet, row, expected_column(draft, sheet, header), code)
    refusals = refused(draft, tmp_path)
    assert wanted in [(refusal.sheet, refusal.row, refusal.column, read(refusal)) for refusal in refusals]
    for refusal in refusals:
        assert re.search(r"\w.*[.?!:]", refusal.sentence)
        assert not re.search(r"(?<!\$)\{[a-z]+\}", refusal.sentence)


@pytest.mark.parametrize(("code", "make", "place"), [(code, *case) for code, case in NOTICES.items()])
def test_a_remark_names_its_place_without_refusing(code: str, make: Make, place: Place) -> None:
    draft = make()
    sheet, row, header = place
    wanted = (sheet, row, expected_column(draft, sheet, header), code)
    notices = author_workbook(draft.bytes()).notices
    assert wanted in [(notice.sheet, notice.row, notice.column, read(notice)) for notice in notices]
    assert all(re.search(r"\w", notice.sentence) for notice in notices)


def test_every_sentence_belongs_to_a_case_here() -> None:
    assert CASES.keys() | NOTICES.keys() | ELSEWHERE == SENTENCES.keys()


def test_all_problems_come_in_one_run_in_sheet_order() -> None:
    draft = a_draft().put("settings", 2, "purpose", "poll").put("choices", 3, "name", "yes")
    draft.put("survey", 5, "type", "txt").put("survey", 4, "relevant", "${teaa} = 'yes'")
    found = refused(draft)
    assert [(refusal.sheet, refusal.row, refusal.code) for refusal in found] == [
        ("survey", 4, "unknown-name"),
        ("survey", 5, "unknown-type"),
        ("choices", 3, "twice"),
        ("settings", 2, "not-one-of"),
    ]


def test_a_refusal_reads_as_an_author_would_say_it() -> None:
    found = refused(a_draft().put("survey", 4, "relevant", "${teaa} = 'yes'"))
    assert [(one.cell, one.header, one.sentence) for one in found] == [
        ("E4", "relevant", 'There is no question named "teaa". Did you mean "tea"?')
    ]
    (one,) = refused(a_draft().put("survey", 6, "calculation", "${cups} = = 1"))
    assert one.sentence.startswith("At character 11: ")
    (one,) = refused(a_draft().put("survey", 3, "relevant", "${more} > 1"))
    assert one.sentence == "tea (row 3) depends on more (row 6), which depends on cups (row 4), which depends on tea."


def test_no_more_than_500_refusals_are_shown() -> None:
    draft = a_draft()
    for place in range(600):
        draft.insert("survey", 3, ["txt", f"q{place}", "Word", "Gair"])
    found = refused(draft)
    assert len(found) == SHOWN_AT_MOST
    assert {refusal.code for refusal in found} == {"unknown-type"}
