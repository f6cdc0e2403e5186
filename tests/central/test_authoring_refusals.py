"""Every refusal names its sheet, its row, its column and its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest

from sync.central.authoring.author import author_workbook
from sync.central.authoring.refusal import SENTENCES, SHOWN_AT_MOST, Refusal, WorkbookRefusedError
from tests.central.workbooks import CY, EN, Draft, a_draft, a_practice_draft, a_scaled_draft

Make = Callable[[], Draft]
Place = tuple[str, int, str]  # sheet, row, header ("" where no column is meant)
LABEL, WELSH = f"label::{EN}", f"label::{CY}"


def put(sheet: str, row: int, header: str, value: object, make: Make = a_draft) -> Make:
    return lambda: make().put(sheet, row, header, value)


def also(make: Make, sheet: str, row: int, header: str, value: object) -> Make:
    return put(sheet, row, header, value, make)


def inserted(row: int, *cells: object, make: Make = a_draft) -> Make:
    return lambda: make().insert("survey", row, cells)


def without(sheet: str, header: str = "", make: Make = a_draft) -> Make:
    return lambda: make().without(sheet, header)


def many_choices() -> Draft:
    draft = a_draft()
    for place in range(201):
        draft.sheets["choices"].append(["long", f"c{place}", "Word", "Gair"])
    return draft


def many_rows() -> Draft:
    draft = a_draft()
    for place in range(1000):
        draft.insert("survey", 3, ["note", f"n{place}", "Word", "Gair"])
    return draft


def long_module() -> Draft:
    draft = a_draft()
    for place in range(8):
        draft.insert("survey", 6, ["text", f"t{place}", "Anything?", "Rhywbeth?"])
    return draft


def many_languages() -> Draft:
    draft = a_draft()
    for place in range(29):
        tag = f"a{chr(ord('a') + place // 26)}{chr(ord('a') + place % 26)}"
        draft.put("survey", 1, f"label::Tongue {tag} ({tag})", f"label::Tongue {tag} ({tag})")
    return draft


CASES: Final[dict[str, list[tuple[Make, Place]]]] = {
    "missing-sheet": [(without("settings"), ("settings", 0, "")), (without("survey"), ("survey", 0, ""))],
    "unknown-sheet": [(put("extra", 1, "a", "a"), ("extra", 0, ""))],
    "missing-column": [
        (without("survey", "name"), ("survey", 1, "")),
        (without("choices", "list_name"), ("choices", 1, "")),
    ],
    "unknown-column": [
        (put("survey", 1, "relevence", "relevence"), ("survey", 1, "relevence")),
        (put("survey", 1, f"calculation::{EN}", f"calculation::{EN}"), ("survey", 1, f"calculation::{EN}")),
    ],
    "unknown-column/nameless": [(lambda: a_draft().at("survey", 3, 12, "stray"), ("survey", 3, "!L"))],
    "unknown-column/language": [(put("survey", 1, "label::Polski", "label::Polski"), ("survey", 1, "label::Polski"))],
    "unknown-column/idle": [
        (put("survey", 5, "calculation", "1"), ("survey", 5, "calculation")),
        (put("survey", 6, LABEL, "Words"), ("survey", 6, LABEL)),
    ],
    "unknown-column/unused": [(put("choices", 1, "colour", "colour"), ("choices", 1, "colour"))],
    "missing-setting": [
        (without("settings", "licence"), ("settings", 1, "")),
        (put("settings", 2, "version", None), ("settings", 2, "version")),
        (put("settings", 2, "licence", "declared"), ("settings", 2, "licence")),
        (put("settings", 2, "licence", "CC-BY-4.0"), ("settings", 2, "licence")),
        (
            also(without("settings", f"shown_title::{CY}"), "settings", 2, "form_title", None),
            ("settings", 2, "form_title"),
        ),
    ],
    "unknown-setting": [(put("settings", 1, "form_idd", "form_idd"), ("settings", 1, "form_idd"))],
    "unknown-setting/row": [(put("settings", 3, "form_id", "second"), ("settings", 3, ""))],
    "not-one-of": [
        (put("settings", 2, "purpose", "poll"), ("settings", 2, "purpose")),
        (put("settings", 2, "order", "random"), ("settings", 2, "order")),
        (put("settings", 2, "default_language", "English"), ("settings", 2, "default_language")),
        (put("settings", 2, "unchecked_languages", "cy pl"), ("settings", 2, "unchecked_languages")),
        (put("choices", 4, "kind", "none"), ("choices", 4, "kind")),
        (put("choices", 4, "exclusive", "maybe"), ("choices", 4, "exclusive")),
        (put("scales", 2, "method", "median", a_scaled_draft), ("scales", 2, "method")),
        (put("scales", 2, "higher_is", "fine", a_scaled_draft), ("scales", 2, "higher_is")),
        (put("survey", 8, "reverse", "maybe", a_scaled_draft), ("survey", 8, "reverse")),
        (put("survey", 2, "practice", "maybe"), ("survey", 2, "practice")),
    ],
    "bad-name": [
        (put("survey", 5, "name", "my words"), ("survey", 5, "name")),
        (put("choices", 2, "list_name", "yes/no"), ("choices", 2, "list_name")),
        (put("scales", 2, "scale", "2calm", a_scaled_draft), ("scales", 2, "scale")),
    ],
    "bad-name/missing": [
        (put("survey", 5, "name", None), ("survey", 5, "name")),
        (put("choices", 3, "name", None), ("choices", 3, "name")),
    ],
    "bad-name/list": [(put("choices", 3, "list_name", None), ("choices", 3, "list_name"))],
    "bad-name/choice": [(put("choices", 3, "name", "not now"), ("choices", 3, "name"))],
    "bad-name/taken": [(put("survey", 5, "name", "meta"), ("survey", 5, "name"))],
    "bad-name/form": [(put("settings", 2, "form_id", "Tea time"), ("settings", 2, "form_id"))],
    "bad-name/licence": [(put("settings", 2, "licence", "ask me"), ("settings", 2, "licence"))],
    "twice/sheet": [(put("survey ", 1, "type", "type"), ("survey", 0, ""))],
    "twice/column": [
        (lambda: a_draft().at("survey", 1, 12, "name"), ("survey", 1, "!L")),
        (put("survey", 1, "label", "label"), ("survey", 1, "label")),
    ],
    "twice/language": [
        (put("choices", 1, "label::Welsh (cy)", "label::Welsh (cy)"), ("choices", 1, "label::Welsh (cy)"))
    ],
    "twice/question": [
        (put("survey", 5, "name", "tea"), ("survey", 5, "name")),
        (put("survey", 5, "name", "Tea"), ("survey", 5, "name")),
    ],
    "twice/choice": [(put("choices", 3, "name", "yes"), ("choices", 3, "name"))],
    "unknown-type": [
        (put("survey", 5, "type", "txt"), ("survey", 5, "type")),
        (put("survey", 3, "type", "select_one"), ("survey", 3, "type")),
        (put("survey", 5, "type", "text long"), ("survey", 5, "type")),
    ],
    "unknown-type/missing": [(put("survey", 5, "type", None), ("survey", 5, "type"))],
    "not-here/where": [(put("survey", 5, "type", "geopoint"), ("survey", 5, "type"))],
    "not-here/when": [
        (put("survey", 5, "type", "start"), ("survey", 5, "type")),
        (put("survey", 6, "calculation", "now()"), ("survey", 6, "calculation")),
    ],
    "not-here/who": [
        (put("survey", 5, "type", "deviceid"), ("survey", 5, "type")),
        (put("survey", 6, "calculation", "digest(${words}, 'MD5')"), ("survey", 6, "calculation")),
    ],
    "not-here/device": [(put("survey", 5, "type", "image"), ("survey", 5, "type"))],
    "not-here/lists": [
        (put("survey", 5, "type", "select_one_from_file people.csv"), ("survey", 5, "type")),
        (put("survey", 6, "calculation", "pulldata('a', 'b', 'c', 'd')"), ("survey", 6, "calculation")),
    ],
    "not-here/bypass": [(put("settings", 2, "submission_url", "x"), ("settings", 1, "submission_url"))],
    "not-here/plain": [
        (put("survey", 3, "type", "select_one yesno or_other"), ("survey", 3, "type")),
        (put("survey", 3, "appearance", "label"), ("survey", 3, "appearance")),
        (put("settings", 2, "allow_choice_duplicates", "yes"), ("settings", 1, "allow_choice_duplicates")),
        (put("survey", 3, "media::video", "a.mp4"), ("survey", 1, "media::video")),
    ],
    "not-here/later": [
        (put("survey", 5, "type", "date"), ("survey", 5, "type")),
        (put("survey", 1, "repeat_count", "repeat_count"), ("survey", 1, "repeat_count")),
        (put("survey", 3, f"media::image::{EN}", "a.png"), ("survey", 1, f"media::image::{EN}")),
        (put("settings", 2, "audio_required", "en"), ("settings", 1, "audio_required")),
        (put("draws", 1, "draw", "draw"), ("draws", 0, "")),
        (put("survey", 3, "appearance", "no-buttons"), ("survey", 3, "appearance")),
    ],
    "unbalanced/end": [(inserted(8, "end_group"), ("survey", 8, "type"))],
    "unbalanced/open": [(put("survey", 7, "type", "note"), ("survey", 2, "type"))],
    "unbalanced/outside": [(inserted(8, "note", "late", "Late", "Hwyr"), ("survey", 8, "type"))],
    "unbalanced/empty": [
        (
            lambda: a_draft().insert("survey", 3, ["end_group"]).insert("survey", 3, ["begin_group", "b"]),
            ("survey", 3, "type"),
        )
    ],
    "unbalanced/nothing": [
        (lambda: Draft(a_draft().sheets | {"survey": [["type", "name", LABEL, WELSH]]}), ("survey", 0, "")),
    ],
    "unknown-list": [(put("survey", 3, "type", "select_one yesnoo"), ("survey", 3, "type"))],
    "empty-list": [
        (
            lambda: (
                a_draft()
                .put("choices", 5, "list_name", "none")
                .put("choices", 5, "name", "skip")
                .put("choices", 5, LABEL, "Skip")
                .put("choices", 5, WELSH, "Dim")
                .put("choices", 5, "kind", "skip")
            ),
            ("choices", 5, "list_name"),
        ),
    ],
    "formula-cell": [(put("survey", 5, LABEL, '="A"&"B"'), ("survey", 5, LABEL))],
    "no-words": [
        (put("survey", 5, WELSH, None), ("survey", 5, WELSH)),
        (put("survey", 5, LABEL, None), ("survey", 5, LABEL)),
        (put("survey", 5, f"hint::{EN}", "Try."), ("survey", 5, f"!hint::{CY}")),
        (put("choices", 3, WELSH, None), ("choices", 3, WELSH)),
        (put("scales", 2, f"title::{CY}", None, a_scaled_draft), ("scales", 2, f"title::{CY}")),
        (put("settings", 2, f"shown_title::{CY}", None), ("settings", 2, f"shown_title::{CY}")),
    ],
    "no-words/fallback": [
        (
            also(also(put("settings", 2, "fallback", "cy=en"), "survey", 5, LABEL, None), "survey", 5, WELSH, None),
            ("survey", 5, WELSH),
        )
    ],
    "html": [
        (put("survey", 5, LABEL, "A <b>bold</b> word"), ("survey", 5, LABEL)),
        (put("choices", 2, WELSH, "A&nbsp;B"), ("choices", 2, WELSH)),
    ],
    "unknown-name": [
        (put("survey", 4, "relevant", "${teaa} = 'yes'"), ("survey", 4, "relevant")),
        (put("survey", 5, LABEL, "You said ${teaa}."), ("survey", 5, LABEL)),
    ],
    "unknown-name/silent": [(put("survey", 4, "relevant", "${m1} = 'yes'"), ("survey", 4, "relevant"))],
    "unknown-name/bare": [(put("survey", 4, "relevant", "tea = 'yes'"), ("survey", 4, "relevant"))],
    "unknown-name/path": [(put("survey", 4, "relevant", "/data/m2/tea = 'yes'"), ("survey", 4, "relevant"))],
    "unknown-name/no-names": [(put("choices", 2, LABEL, "${tea}"), ("choices", 2, LABEL))],
    "ambiguous-name": [
        (
            lambda: (
                a_draft()
                .insert("survey", 8, ["end_group"])
                .insert("survey", 8, ["text", "tea", "Tea again?", "Te eto?"])
                .insert("survey", 8, ["begin_group", "m2", "Two", "Dau"])
            ),
            ("survey", 4, "relevant"),
        )
    ],
    "syntax/nothing": [(put("survey", 6, "calculation", None), ("survey", 6, "calculation"))],
    "syntax/expression": [
        (put("survey", 6, "calculation", "${cups} = = 1"), ("survey", 6, "calculation")),
        (put("survey", 5, LABEL, "You said ${tea."), ("survey", 5, LABEL)),
    ],
    "unknown-function/expression": [(put("survey", 6, "calculation", "sqart(4)"), ("survey", 6, "calculation"))],
    "arity/expression": [(put("survey", 6, "calculation", "not()"), ("survey", 6, "calculation"))],
    "bad-pattern/expression": [(put("survey", 5, "constraint", "regex(., '(a+)+')"), ("survey", 5, "constraint"))],
    "too-long/expression": [(put("survey", 6, "calculation", "1" + " + 1" * 1100), ("survey", 6, "calculation"))],
    "too-costly/expression": [
        (put("survey", 6, "calculation", "(" * 40 + "1" + ")" * 40), ("survey", 6, "calculation"))
    ],
    "too-costly/workbook": [(lambda: a_draft().at("survey", 21_000, 1, "note"), ("", 0, ""))],
    "too-long/cell": [
        (put("survey", 5, LABEL, "a" * 5001), ("survey", 5, LABEL)),
        (put("settings", 2, "form_title", "a" * 201), ("settings", 2, "form_title")),
    ],
    "too-long/nodes": [(many_rows, ("survey", 0, ""))],
    "too-long/list": [(many_choices, ("choices", 205, "list_name"))],
    "too-long/languages": [(many_languages, ("settings", 2, "default_language"))],
    "too-long/module": [(long_module, ("survey", 11, "type"))],
    "cycle": [
        (put("survey", 3, "relevant", "${more} > 1"), ("survey", 3, "relevant")),
        (put("survey", 6, "calculation", "${more} + 1"), ("survey", 6, "calculation")),
        (put("survey", 2, "relevant", "${tea} = 'yes'"), ("survey", 2, "relevant")),
    ],
    "bad-default": [
        (put("survey", 3, "default", "perhaps"), ("survey", 3, "default")),
        (put("survey", 4, "default", "two"), ("survey", 4, "default")),
        (put("survey", 4, "default", "1.5"), ("survey", 4, "default")),
    ],
    "bad-parameter": [(put("survey", 3, "parameters", "shuffle=true"), ("survey", 3, "parameters"))],
    "bad-parameter/yes-no": [(put("survey", 3, "parameters", "randomize=maybe"), ("survey", 3, "parameters"))],
    "bad-parameter/number": [
        (put("survey", 3, "parameters", "randomize=true seed=abc"), ("survey", 3, "parameters")),
        (also(put("survey", 4, "type", "range"), "survey", 4, "parameters", "start=a"), ("survey", 4, "parameters")),
    ],
    "bad-parameter/seed": [(put("survey", 3, "parameters", "seed=5"), ("survey", 3, "parameters"))],
    "bad-parameter/range": [
        (
            also(put("survey", 4, "type", "range"), "survey", 4, "parameters", "start=5 end=5"),
            ("survey", 4, "parameters"),
        )
    ],
    "bad-parameter/stops": [
        (
            also(put("survey", 4, "type", "range"), "survey", 4, "parameters", "start=0 end=101"),
            ("survey", 4, "parameters"),
        )
    ],
    "bad-parameter/fallback": [(put("settings", 2, "fallback", "pl=en"), ("settings", 2, "fallback"))],
    "bad-parameter/chain": [(put("settings", 2, "fallback", "cy=cy"), ("settings", 2, "fallback"))],
    "unknown-appearance": [(put("survey", 3, "appearance", "likeert"), ("survey", 3, "appearance"))],
    "scale-key/whole": [
        (put("scales", 2, "low", "1.5", a_scaled_draft), ("scales", 2, "low")),
        (put("choices", 5, "score", "one", a_scaled_draft), ("choices", 5, "score")),
    ],
    "scale-key/skip": [(put("choices", 4, "score", 3), ("choices", 4, "score"))],
    "scale-key/order": [(put("scales", 2, "high", 1, a_scaled_draft), ("scales", 2, "high"))],
    "scale-key/unknown": [(put("survey", 7, "scale", "clam", a_scaled_draft), ("survey", 7, "scale"))],
    "scale-key/reverse": [(put("survey", 3, "reverse", "yes"), ("survey", 3, "reverse"))],
    "scale-key/few": [(put("survey", 7, "scale", None, a_scaled_draft), ("scales", 2, "scale"))],
    "scale-key/least": [(put("scales", 2, "min_items", 3, a_scaled_draft), ("scales", 2, "min_items"))],
    "scale-key/no-scores": [(put("survey", 7, "type", "select_one yesno", a_scaled_draft), ("survey", 7, "scale"))],
    "scale-key/range": [(put("scales", 2, "high", 5, a_scaled_draft), ("survey", 7, "scale"))],
    "practice/first": [
        (
            lambda: (
                a_draft()
                .insert("survey", 8, ["end_group"])
                .insert("survey", 8, ["select_one yesno", "try", "Touch.", "Cyffwrdd."])
                .insert("survey", 8, ["begin_group", "p", "Practice", "Ymarfer"])
                .put("survey", 8, "practice", "yes")
                .put("survey", 9, "correct", "yes")
            ),
            ("survey", 8, "practice"),
        )
    ],
    "practice/count": [
        (
            lambda: a_practice_draft().put("survey", 3, "type", "note").put("survey", 3, "correct", None),
            ("survey", 2, "practice"),
        ),
    ],
    "practice/correct": [(put("survey", 3, "correct", None, a_practice_draft), ("survey", 3, "correct"))],
    "practice/module": [
        (
            lambda: (
                a_draft()
                .insert("survey", 6, ["end_group"])
                .insert("survey", 5, ["begin_group", "b"])
                .put("survey", 5, "practice", "yes")
            ),
            ("survey", 5, "practice"),
        )
    ],
    "practice/outside": [(put("survey", 3, "correct", "yes"), ("survey", 3, "correct"))],
    "practice/answer": [(put("survey", 3, "correct", "perhaps", a_practice_draft), ("survey", 3, "correct"))],
    "required-trap": [
        (put("survey", 5, "required", "yes"), ("survey", 5, "required")),
        (also(put("survey", 3, "required", "true()"), "choices", 4, "kind", None), ("survey", 3, "required")),
    ],
    "unreachable": [
        (put("survey", 5, "relevant", "false()"), ("survey", 5, "relevant")),
        (put("survey", 5, "relevant", "${tea} = 'yes' and 'a' = 'b'"), ("survey", 5, "relevant")),
    ],
}
NOTICES: Final[dict[str, tuple[Make, Place]]] = {
    "unknown-sheet/notes": (put("notes on tea", 1, "a", "=1+1"), ("notes on tea", 0, "")),
    "unknown-appearance/minimal": (put("survey", 3, "appearance", "minimal"), ("survey", 3, "appearance")),
    "unknown-appearance/field-list": (put("survey", 2, "appearance", "field-list"), ("survey", 2, "appearance")),
    "bad-pattern/open": (put("survey", 5, "constraint", "regex(., '[a-z]+')"), ("survey", 5, "constraint")),
    "scale-key/no-reverse": (put("survey", 8, "reverse", None, a_scaled_draft), ("scales", 2, "scale")),
    "hard-to-read": (put("survey", 5, LABEL, "One " * 15), ("survey", 5, LABEL)),
}
# what cells alone cannot show: in other tests of this room, or kept for the parser's own use
ELSEWHERE: Final = frozenset(
    {"bad-file/workbook", "pyxform", "pyxform/differs", "too-costly/kiosk"}
    | {"not-a-list/expression", "unknown-name/expression"}
)


def refused(draft: Draft) -> tuple[Refusal, ...]:
    with pytest.raises(WorkbookRefusedError) as caught:
        author_workbook(draft.bytes())
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
def test_a_mistake_is_refused_at_its_sheet_row_and_column(code: str, make: Make, place: Place) -> None:
    draft = make()
    sheet, row, header = place
    wanted = (sheet, row, expected_column(draft, sheet, header), code)
    refusals = refused(draft)
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
