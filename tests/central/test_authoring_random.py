"""Workbooks by chance: right and wrong cells mixed, and archives cut about; each is taken or refused in words."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from models.expressions.functions import FUNCTIONS
from models.questionnaire import canonical_bytes, read_questionnaire
from sync.central.authoring import vocabulary
from sync.central.authoring.author import author_workbook
from sync.central.authoring.refusal import SENTENCES, SHOWN_AT_MOST, Refusal, WorkbookRefusedError
from tests.central.workbooks import CY, EN, Draft, a_drawn_draft, a_repeating_draft, a_scaled_draft

CODES: Final = frozenset(key.split("/")[0] for key in SENTENCES)
DEEP: Final = 3
FITTING: Final = {  # kind -> an answer
    **dict.fromkeys(vocabulary.LISTED, "a"),
    "integer": "3",
    "decimal": "3.5",
    "range": "3",
    "date": "2026-11-22",
    "time": "22:02:00",
    "dateTime": "2026-11-22T14:30:00Z",
}
OPERATORS: Final = ("=", "!=", "<", ">=", "+", "-", "*", "div", "mod", "and", "or")
SURE: Final = 0.98
ODD: Final = (
    *("", " ", "yes", "no", "TRUE", "maybe", "0", "-1", "2.5", "1e9", "9" * 40, "NaN", "2026-02-30", "2026-11-22"),
    *("22:02", "${a}", "${nobody}", "${", "}", "${a}${b}", "a b", "A", "m0", "meta", "data", "../a", "/data/m0/a", "."),
    *("..", "//", "*", "<b>x</b>", "&amp;", "]]>", "\u202e", "\U0001f642", "\u200b", "\ud7ff", "=1+1", "'", '"', "\\"),
    *(
        "%s",
        "{0}",
        "{name}",
        "begin_group",
        "end repeat",
        "select_one nolist",
        "rank l",
        "geopoint",
        "audit",
        "today()",
    ),
    *("now()", "x" * 300, "randomize=true", "seed=${a}", "start=0 end=1 step=0", "start=1,end=5", "media::image"),
    *("label::English (en)", "a.png", 7, -0.5, True, None),
)
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "survey": (
        *(
            "type",
            "name",
            f"label::{EN}",
            f"label::{CY}",
            f"hint::{EN}",
            "relevant",
            "constraint",
            "required",
            "read_only",
        ),
        *("calculation", "default", "trigger", "choice_filter", "repeat_count", "appearance", "parameters", "scale"),
        *("reverse", "draw", "practice", "correct", "autoplay", "image", f"media::audio::{CY}"),
    ),
    "choices": ("list_name", "name", f"label::{EN}", f"label::{CY}", "kind", "score", "exclusive", "big-image", "near"),
    "settings": (
        *("form_id", "version", "form_title", "default_language", "purpose", "licence", f"shown_title::{CY}"),
        *("fallback", "unchecked_languages", "audio_required", "reading_age", "order", "attribution", "style"),
    ),
    "scales": ("scale", f"title::{EN}", f"title::{CY}", "method", "low", "high", "min_items", "higher_is", "category"),
    "draws": ("draw", "take"),
}


class Author:
    """Somebody who writes a workbook by chance and gets a cell wrong now and then."""

    def __init__(self, seed: int, wrong: float) -> None:
        self.chance = random.Random(seed)
        self.wrong = wrong
        self.named = 0
        self.known: list[str] = []  # questions above

    def pick(self, *these: str) -> str:
        return self.chance.choice(these)

    def slip(self, right: str) -> object:
        """The right cell, or something else altogether."""
        if self.chance.random() >= self.wrong:
            return right or None
        return self.chance.choice(ODD)

    def name(self) -> str:
        """A question that stands above, as a rule."""
        if not self.known:
            return "'none yet'"
        return f"${{{self.chance.choice(self.known) if self.chance.random() < SURE else 'a'}}}"

    def expression(self, depth: int = 0) -> str:
        made: tuple[Callable[[], str], ...] = (
            self.name,
            lambda: self.pick("1", "2.5", "'yes'", "''", "'2026-01-05'", ".", "today()", "true()"),
            lambda: f"selected({self.name()}, 'a')",
            lambda: self.pick("position(..)", "current()/.", "count(..)", "../a", "/data/m0/a", "near"),
        )
        deep: tuple[Callable[[], str], ...] = (
            lambda: f"({self.expression(depth + 1)})",
            lambda: self.call(depth + 1),
            lambda: f"{self.expression(depth + 1)} {self.pick(*OPERATORS)} {self.expression(depth + 1)}",
        )
        weights = (*(8, 6, 4, 0.2), *((3, 4, 8) if depth < DEEP else (0, 0, 0)))
        return self.chance.choices((*made, *deep), weights)[0]()

    def call(self, depth: int) -> str:
        name = self.pick(*sorted(FUNCTIONS))
        most = FUNCTIONS[name].most
        count = self.chance.randint(FUNCTIONS[name].least, 4 if most is None else most)
        count += self.chance.random() < self.wrong
        return f"{name}({', '.join(self.expression(depth) for _ in range(count))})"

    def sometimes(self, make: Callable[[], str], often: float = 0.15) -> str:
        return make() if self.chance.random() < often else ""

    def asked(self) -> dict[str, str]:
        """One question of any kind, with what goes with it."""
        kind = self.pick(*sorted(vocabulary.QUESTIONS | vocabulary.UNSEEN | {"note"}))
        useful = vocabulary.COLUMNS_OF[kind]
        name = "a" if not self.named else f"q{self.named}"
        self.named += 1
        row = {"type": f"{kind} l" if kind in vocabulary.LISTED else kind, "name": name}
        may: dict[str, str] = {
            f"label::{EN}": "A word",
            f"label::{CY}": "Gair",
            "calculation": self.expression()
            if kind in ("calculate", "hidden")
            else self.sometimes(self.expression, 0.05),
            "relevant": self.sometimes(self.expression),
            "constraint": self.sometimes(self.expression),
            "read_only": self.sometimes(lambda: self.pick("yes", "no", self.expression())),
            "default": self.sometimes(lambda: self.pick(FITTING.get(kind, "word"), "today()", self.expression())),
            "trigger": self.sometimes(self.name, 0.05),
            "choice_filter": self.sometimes(lambda: f"near = {self.name()}"),
            "appearance": self.sometimes(lambda: self.pick(*(vocabulary.APPEARANCES.get(kind) or {""}))),
            "parameters": self.sometimes(
                lambda: "start=0 end=4" if kind == "range" else self.pick("randomize=true", "randomize=true, seed=4")
            ),
        }
        if kind != "note":
            self.known.append(name)
        return row | {key: cell for key, cell in may.items() if key.split("::")[0] in useful}

    def group(self, depth: int) -> list[dict[str, str]]:
        kind = "group" if depth == 0 else self.pick("group", "repeat", "group")
        spelled = self.pick("_", " ")
        head = {
            "type": f"begin{spelled}{kind}",
            "name": f"m{self.named}",
            f"label::{EN}": "Part",
            f"label::{CY}": "Rhan",
        }
        self.named += 1
        head["relevant"] = self.sometimes(self.expression)
        if kind == "repeat":
            head["repeat_count"] = self.sometimes(lambda: self.pick("3", "${a}", self.expression()), 0.5)
        elif depth:
            head["draw"] = self.sometimes(lambda: "rest", 0.3)
        rows = [head]
        for _ in range(self.chance.randrange(1, 4)):
            deeper = depth < 3 and self.chance.random() < 0.3
            rows += self.group(depth + 1) if deeper else [self.asked()]
        return [*rows, {"type": f"end{spelled}{kind}"}]

    def workbook(self) -> Draft:
        survey = [row for _ in range(self.chance.randrange(1, 3)) for row in self.group(0)]
        choices = [
            {"list_name": "l", "name": name, f"label::{EN}": name.upper(), f"label::{CY}": name.upper(), "near": "a"}
            for name in ("a", "b", "c")
        ]
        settings_row = {
            "form_id": "by-chance",
            "version": "1",
            "form_title": "Chance",
            "default_language": EN,
            "purpose": "survey",
            "licence": "own",
            "fallback": "cy=en",
        }
        sheets: dict[str, list[dict[str, str]]] = {"survey": survey, "choices": choices, "settings": [settings_row]}
        drawn = sum(row.get("draw") == "rest" for row in survey)
        if drawn:
            sheets["draws"] = [{"draw": "rest", "take": "1"}]
        if not any(row.get("choice_filter") for row in survey):
            for row in choices:
                del row["near"]
        return Draft({name: self.sheet(name, rows) for name, rows in sheets.items()})

    def sheet(self, name: str, rows: list[dict[str, str]]) -> list[list[object]]:
        used = [header for header in HEADERS[name] if any(row.get(header) for row in rows)]
        if self.chance.random() < self.wrong:
            used.append(self.chance.choice(HEADERS[name]))
        if self.chance.random() < self.wrong:
            self.chance.shuffle(used)
        headers: list[object] = [self.slip(header) if self.chance.random() < self.wrong else header for header in used]
        return [headers, *([self.slip(row.get(header, "")) for header in used] for row in rows)]


def taken_or_refused(unverified: bytes) -> None:
    """Whatever the bytes are: a questionnaire that reads back, or refusals with known codes; never a traceback."""
    refusals: tuple[Refusal, ...] = ()
    try:
        authored = author_workbook(unverified)
    except WorkbookRefusedError as error:
        refusals, notices = error.refusals, error.notices
        event(refusals[0].code)
    else:
        notices = authored.notices
        event("taken")
        assert read_questionnaire(canonical_bytes(authored.questionnaire)) == authored.questionnaire
    assert len(refusals) <= SHOWN_AT_MOST
    assert {one.code for one in (*refusals, *notices)} <= CODES
    assert all(one.sentence for one in (*refusals, *notices))


OFTEN: Final[dict[str, Any]] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@settings(max_examples=120, **OFTEN)
@given(seed=st.integers(0, 2**32), wrong=st.sampled_from([0, 0, 0, 0.01, 0.05, 0.3]))
def test_a_workbook_by_chance_is_taken_or_refused_and_nothing_else(seed: int, wrong: float) -> None:
    taken_or_refused(Author(seed, wrong).workbook().bytes())


def parts_of(draft: Draft) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(draft.bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


GOOD: Final = tuple(parts_of(make()) for make in (a_scaled_draft, a_repeating_draft, a_drawn_draft))
BITS: Final = (
    *(b"", b"<", b">", b"/>", b"</c>", b"<c r='A1'>", b'r="A1048576"', b't="s"', b't="b"', b't="e"', b't="d"', b"&#0;"),
    *(b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"\x00", b"\xff\xfe", b"999999999999", b"-1", b"1e400", b"<f>1+1</f>"),
    *(b"survey", b"xmlns", b"<row r='0'>", b"<is><t>x</t></is>", b"<v>7</v>", b"<sheet name='survey' sheetId='9'/>"),
)


@settings(max_examples=120, **OFTEN)
@given(
    parts=st.sampled_from(GOOD),
    cuts=st.lists(
        st.tuples(st.integers(0, 30), st.floats(0, 1), st.integers(0, 60), st.sampled_from(BITS)),
        min_size=1,
        max_size=4,
    ),
)
def test_an_archive_with_its_parts_cut_about_is_taken_or_refused_and_nothing_else(
    parts: dict[str, bytes], cuts: list[tuple[int, float, int, bytes]]
) -> None:
    """The archive itself is whole, so that what was cut is reached by whoever reads the parts."""
    mutilated = dict(parts)
    names = sorted(mutilated)
    for number, share, length, put in cuts:
        name = names[number % len(names)]
        data = mutilated[name]
        at = int(share * len(data))
        mutilated[name] = data[:at] + put + data[at + length :]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in mutilated.items():
            archive.writestr(name, data)
    taken_or_refused(held.getvalue())


@settings(max_examples=60, **OFTEN)
@given(
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 8)), min_size=1, max_size=3),
    keep=st.floats(0, 1) | st.just(1.0),
)
def test_bytes_cut_about_are_taken_or_refused_and_nothing_else(
    edits: list[tuple[float, bytes, int]], keep: float
) -> None:
    data = WHOLE
    for share, put, length in edits:
        at = int(share * len(data))
        data = data[:at] + put + data[at + length :]
    taken_or_refused(data[: int(keep * len(data))])


WHOLE: Final = a_drawn_draft().bytes()
