"""Workbooks with one mistake each, and where it must be reported: the tables behind test_authoring_refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.central.recordings import a_picture, a_recording
from tests.central.workbooks import (
    CY,
    EN,
    Draft,
    a_draft,
    a_drawn_draft,
    a_practice_draft,
    a_repeating_draft,
    a_scaled_draft,
)

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


def deep_repeats() -> Draft:
    """Three repeats inside the one of row 4: the fourth stands in row 7."""
    draft = a_repeating_draft()
    for place in range(3):
        draft.insert("survey", 6 + place, ["end_repeat"])
    for place in range(3):
        draft.insert("survey", 5 + place, ["begin_repeat", f"deep{place}", "Deeper", "Dyfnach"])
    return draft


def long_draw() -> Draft:
    """A block that asks for words three times, beside one that asks for a touch."""
    draft = a_drawn_draft()
    for name in ("more", "again"):
        draft.insert("survey", 10, ["text", name, "What else?", "Beth arall?"])
    return draft


def filed(sheet: str, row: int, header: str, name: str, data: bytes) -> Make:
    """A cell that names a file, and the file."""

    def make() -> Draft:
        draft = a_draft().put(sheet, row, header, name)
        draft.files[name] = data
        return draft

    return make


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
        (put("survey", 2, "calculation", "1"), ("survey", 2, "calculation")),
        (put("survey", 6, LABEL, "Words"), ("survey", 6, LABEL)),
        (put("survey", 4, "appearance", "numbers"), ("survey", 4, "appearance")),
        (put("survey", 7, "relevant", "${tea} = 'yes'"), ("survey", 7, "relevant")),
        (put("survey", 3, "repeat_count", 3), ("survey", 3, "repeat_count")),
        (put("survey", 2, f"media::audio::{EN}", "a.ogg"), ("survey", 2, f"media::audio::{EN}")),
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
    "unknown-setting/idle": [
        (put("settings", 2, "licence_declaration", "letter of May"), ("settings", 2, "licence_declaration")),
    ],
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
        (put("survey", 3, "autoplay", "video"), ("survey", 3, "autoplay")),
        (put("settings", 2, "audio_required", "en pl"), ("settings", 2, "audio_required")),
    ],
    "not-one-of/licence": [
        (put("settings", 2, "licence", "proprietary"), ("settings", 2, "licence")),
        (put("settings", 2, "licence", "LicenseRef-Ours"), ("settings", 2, "licence")),
    ],
    "bad-name": [
        (put("survey", 5, "name", "my words"), ("survey", 5, "name")),
        (put("choices", 2, "list_name", "yes/no"), ("choices", 2, "list_name")),
        (put("scales", 2, "scale", "2calm", a_scaled_draft), ("scales", 2, "scale")),
        (put("draws", 2, "draw", "the rest", a_drawn_draft), ("draws", 2, "draw")),
    ],
    "bad-name/missing": [
        (put("survey", 5, "name", None), ("survey", 5, "name")),
        (put("choices", 3, "name", None), ("choices", 3, "name")),
    ],
    "bad-name/list": [(put("choices", 3, "list_name", None), ("choices", 3, "list_name"))],
    "bad-name/choice": [(put("choices", 3, "name", "not now"), ("choices", 3, "name"))],
    "bad-name/taken": [(put("survey", 5, "name", "meta"), ("survey", 5, "name"))],
    "bad-name/count": [
        (
            lambda: (
                a_repeating_draft()
                .put("survey", 4, "repeat_count", "${cups} + 1")
                .put("survey", 7, "name", "pot_count")
            ),
            ("survey", 7, "name"),
        )
    ],
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
    "twice/repeat": [
        (
            lambda: (
                a_repeating_draft()
                .insert("survey", 9, ["end_group"])
                .insert("survey", 9, ["end_repeat"])
                .insert("survey", 9, ["text", "taste", "Which?", "Pa un?"])
                .insert("survey", 9, ["begin_repeat", "pot", "Pots", "Potiau"])
                .insert("survey", 9, ["begin_group", "m2", "Two", "Dau"])
            ),
            ("survey", 10, "name"),
        )
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
        (put("entities", 1, "list_name", "list_name"), ("entities", 0, "")),
    ],
    "not-here/bypass": [(put("settings", 2, "submission_url", "x"), ("settings", 1, "submission_url"))],
    "not-here/plain": [
        (put("survey", 3, "type", "select_one yesno or_other"), ("survey", 3, "type")),
        (put("survey", 3, "appearance", "label"), ("survey", 3, "appearance")),
        (put("settings", 2, "allow_choice_duplicates", "yes"), ("settings", 1, "allow_choice_duplicates")),
        (put("survey", 3, "media::video", "a.mp4"), ("survey", 1, "media::video")),
        (put("survey", 5, "type", "begin loop"), ("survey", 5, "type")),
    ],
    "unbalanced/end": [
        (inserted(8, "end_group"), ("survey", 8, "type")),
        (inserted(8, "end repeat"), ("survey", 8, "type")),
    ],
    "unbalanced/mixed": [
        (put("survey", 7, "type", "end repeat"), ("survey", 7, "type")),
        (put("survey", 6, "type", "end_group", a_repeating_draft), ("survey", 6, "type")),
    ],
    "unbalanced/open": [(put("survey", 7, "type", "note"), ("survey", 2, "type"))],
    "unbalanced/outside": [
        (inserted(8, "note", "late", "Late", "Hwyr"), ("survey", 8, "type")),
        (inserted(8, "begin repeat", "house", "Who?", "Pwy?"), ("survey", 8, "type")),
    ],
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
        (put("survey", 4, "read_only", "${teaa} = 'yes'"), ("survey", 4, "read_only")),
        (put("survey", 4, "trigger", "${tea}, ${teaa}"), ("survey", 4, "trigger")),
        (put("survey", 4, "repeat_count", "${teaa}", a_repeating_draft), ("survey", 4, "repeat_count")),
        (put("survey", 5, LABEL, "You said ${teaa}."), ("survey", 5, LABEL)),
    ],
    "unknown-name/silent": [(put("survey", 4, "relevant", "${m1} = 'yes'"), ("survey", 4, "relevant"))],
    "unknown-name/unanswered": [
        (also(put("survey", 5, "trigger", "${more}"), "survey", 5, "calculation", "1"), ("survey", 5, "trigger")),
    ],
    "unknown-name/bare": [(put("survey", 4, "relevant", "tea = 'yes'"), ("survey", 4, "relevant"))],
    "unknown-name/path": [(put("survey", 4, "relevant", "/data/m2/tea = 'yes'"), ("survey", 4, "relevant"))],
    "unknown-name/no-names": [
        (put("choices", 2, LABEL, "${tea}"), ("choices", 2, LABEL)),
        (put("settings", 2, "version", "${tea}"), ("settings", 2, "version")),
    ],
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
    "syntax/nothing": [
        (put("survey", 6, "calculation", None), ("survey", 6, "calculation")),
        (also(put("survey", 6, "calculation", None), "survey", 6, "default", "5"), ("survey", 6, "calculation")),
        (also(put("survey", 6, "calculation", None), "survey", 6, "type", "hidden"), ("survey", 6, "calculation")),
    ],
    "syntax/trigger": [
        (also(put("survey", 5, "trigger", "tea"), "survey", 5, "calculation", "1"), ("survey", 5, "trigger")),
        (also(put("survey", 5, "trigger", "${tea} or 1"), "survey", 5, "calculation", "1"), ("survey", 5, "trigger")),
    ],
    "syntax/expression": [
        (put("survey", 6, "calculation", "${cups} = = 1"), ("survey", 6, "calculation")),
        (put("survey", 5, LABEL, "You said ${tea."), ("survey", 5, LABEL)),
    ],
    "unknown-function/expression": [(put("survey", 6, "calculation", "sqart(4)"), ("survey", 6, "calculation"))],
    "not-a-list/expression": [
        (put("survey", 6, "calculation", expression), ("survey", 6, "calculation"))
        for expression in (
            *("count('tea')", "1 + sum(2)", "if(true(), 1, 2)/tea", "concat('a')[1]", "${cups} | 2"),
            *("count-non-empty(if(${cups} > 1, 'a', 'b'))", "position(3)", "sum(-${cups})"),
        )
    ],
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
    "too-long/nesting": [(deep_repeats, ("survey", 7, "type"))],
    "too-long/instances": [
        (put("survey", 4, "repeat_count", 51, a_repeating_draft), ("survey", 4, "repeat_count")),
    ],
    "too-long/list": [(many_choices, ("choices", 205, "list_name"))],
    "too-long/languages": [(many_languages, ("settings", 2, "default_language"))],
    "too-long/module": [(long_module, ("survey", 11, "type"))],
    "cycle": [
        (put("survey", 3, "relevant", "${more} > 1"), ("survey", 3, "relevant")),
        (put("survey", 6, "calculation", "${more} + 1"), ("survey", 6, "calculation")),
        (put("survey", 2, "relevant", "${tea} = 'yes'"), ("survey", 2, "relevant")),
        (put("survey", 4, "repeat_count", "string-length(${taste})", a_repeating_draft), ("survey", 4, "repeat_count")),
    ],
    "bad-default": [
        (put("survey", 3, "default", "perhaps"), ("survey", 3, "default")),
        (put("survey", 4, "default", "two"), ("survey", 4, "default")),
        (put("survey", 4, "default", "1.5"), ("survey", 4, "default")),
        (
            lambda: a_draft().put("survey", 4, "type", "date").put("survey", 4, "default", "2026-02-30"),
            ("survey", 4, "default"),
        ),
        (
            lambda: a_draft().put("survey", 4, "type", "time").put("survey", 4, "default", "ten"),
            ("survey", 4, "default"),
        ),
        (
            lambda: a_draft().put("survey", 3, "type", "rank yesno").put("survey", 3, "default", "no no"),
            ("survey", 3, "default"),
        ),
        (
            lambda: a_draft().put("survey", 4, "type", "range").put("survey", 4, "default", "11"),
            ("survey", 4, "default"),
        ),
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
    "bad-parameter/age": [
        (put("settings", 2, "reading_age", "nine"), ("settings", 2, "reading_age")),
        (put("settings", 2, "reading_age", 40), ("settings", 2, "reading_age")),
    ],
    "bad-parameter/fallback": [(put("settings", 2, "fallback", "pl=en"), ("settings", 2, "fallback"))],
    "bad-parameter/chain": [(put("settings", 2, "fallback", "cy=cy"), ("settings", 2, "fallback"))],
    "unknown-appearance": [
        (put("survey", 3, "appearance", "likeert"), ("survey", 3, "appearance")),
        (put("survey", 2, "appearance", "pages"), ("survey", 2, "appearance")),
    ],
    "unknown-appearance/no-buttons": [(put("survey", 3, "appearance", "no-buttons"), ("survey", 3, "appearance"))],
    "missing-file": [(put("survey", 3, "image", "tea.png"), ("survey", 3, "image"))],
    "missing-file/beside": [
        (filed("survey", 3, "big-image", "a.png", a_picture()), ("survey", 3, "big-image")),
        (filed("choices", 2, f"big-image::{CY}", "a.png", a_picture()), ("choices", 2, f"big-image::{CY}")),
    ],
    "missing-file/sound": [
        (put("settings", 2, "audio_required", "cy"), ("survey", 3, f"!media::audio::{CY}")),
        (put("settings", 2, "audio_required", "cy"), ("choices", 4, f"!media::audio::{CY}")),
    ],
    "bad-file/name": [(put("survey", 3, "image", "our tea.png"), ("survey", 3, "image"))],
    "bad-file/picture": [(filed("survey", 3, "image", "tea.png", b"no picture"), ("survey", 3, "image"))],
    "bad-file/wide": [
        (filed("choices", 2, "media::image", "a.png", a_picture(width=1601)), ("choices", 2, "media::image"))
    ],
    "bad-file/large": [(filed("survey", 3, "big-image", "a.png", bytes(300_001)), ("survey", 3, "big-image"))],
    "bad-file/sound": [
        (filed("survey", 3, f"media::audio::{CY}", "a.ogg", a_picture()), ("survey", 3, f"media::audio::{CY}"))
    ],
    "bad-file/long": [(filed("choices", 2, "audio", "a.ogg", a_recording(61)), ("choices", 2, "audio"))],
    "hard-to-read": [
        (
            put("survey", 5, LABEL, "Describe institutional dissatisfaction regarding categorisation."),
            ("survey", 5, LABEL),
        ),
        (put("choices", 2, LABEL, "Administrative segregation following adjudication"), ("choices", 2, LABEL)),
    ],
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
    "draw/unknown": [(put("survey", 8, "draw", "west", a_drawn_draft), ("survey", 8, "draw"))],
    "draw/empty": [(put("draws", 3, "draw", "other", a_drawn_draft), ("draws", 3, "draw"))],
    "draw/take": [
        (put("draws", 2, "take", 3, a_drawn_draft), ("draws", 2, "take")),
        (put("draws", 2, "take", None, a_drawn_draft), ("draws", 2, "take")),
    ],
    "draw/uneven": [(put("survey", 9, "type", "text", long_draw), ("draws", 2, "draw"))],
    "draw/module": [(put("survey", 2, "draw", "rest", a_drawn_draft), ("survey", 2, "draw"))],
    "draw/repeat": [
        (
            lambda: (
                a_drawn_draft()
                .insert("survey", 14, ["end_repeat"])
                .insert("survey", 11, ["begin_repeat", "again", "Again", "Eto"])
            ),
            ("survey", 12, "draw"),
        )
    ],
    "draw/inside": [
        (
            lambda: (
                a_drawn_draft()
                .insert("survey", 10, ["end_group"])
                .insert("survey", 9, ["begin_group", "b4"])
                .put("survey", 9, "draw", "rest")
            ),
            ("survey", 9, "draw"),
        )
    ],
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
    "draw/scale": (
        lambda: a_drawn_draft().put("survey", 9, "scale", "calm").put("survey", 9, "type", "select_one marks"),
        ("scales", 2, "scale"),
    ),
    "scale-key/no-reverse": (put("survey", 8, "reverse", None, a_scaled_draft), ("scales", 2, "scale")),
    "hard-to-read/age": (
        put("survey", 5, LABEL, "Do officers explain decisions about applications?"),
        ("survey", 5, LABEL),
    ),
    "missing-file/share": (a_draft, ("settings", 2, "!audio_required")),
    "not-here/exact": (put("survey", 5, "type", "dateTime"), ("survey", 5, "type")),
    "unknown-name/elsewhere": (
        lambda: (
            a_draft()
            .insert("survey", 8, ["end_group"])
            .insert("survey", 8, ["text", "late", "Anything more?", "Mwy?", "${tea} = 'yes'"])
            .insert("survey", 8, ["begin_group", "m2", "Two", "Dau"])
        ),
        ("survey", 9, "relevant"),
    ),
    "hard-to-read/sentence": (put("survey", 5, LABEL, "One " * 15), ("survey", 5, LABEL)),
}
