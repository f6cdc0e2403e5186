"""Results as residents read them: one finding a question, its answers as bars, and what is held back.

Rule 1: a number is a count of sheets that central released; nothing under ten is ever one, and nought neither.
Rule 2: held back is absent, never nought; where one count is held back, another is, so that taking away tells nothing.
Rule 3: what breaks rule 1 or 2 is refused by whoever reads it, central's own press included.
Rule 4: a finding has the whole row of its question: every answer is there, shown or held back.
Source: results.md section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from models.canonical import Fields, LanguageTag, UnreadableContentError, texts_by_language

FEWEST: Final = 10
MOST_BARS: Final = 24
MOST_FINDINGS: Final = 24
_SHEETS: Final = 10**9


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer: its words, and how many sheets gave it; None is held back."""

    label: Mapping[LanguageTag, str]
    count: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one question, put to `base` sheets.

    `sentence`: what the author of the notice says of it; without one the kiosk says the answer most often given.
    `missing`: sheets that gave no answer; None is held back. `several`: people could choose several answers, so that
    each stands alone; else the answers and the missing sum to the base.
    """

    question: Mapping[LanguageTag, str]
    sentence: Mapping[LanguageTag, str] | None
    bars: tuple[Bar, ...]
    base: int
    missing: int | None
    several: bool

    @property
    def counts(self) -> tuple[int | None, ...]:
        """Return every count of the row, those that gave no answer last."""
        return (*(bar.count for bar in self.bars), self.missing)


def read_finding(value: object) -> Finding:
    """Return the finding of this JSON object, or raise UnreadableContentError."""
    read = Fields(value, "finding")
    finding = Finding(
        question=texts_by_language(read, "question"),
        sentence=read.maybe("sentence", lambda key: texts_by_language(read, key)),
        bars=tuple(_read_bar(bar) for bar in read.items("bars", MOST_BARS)),
        base=read.whole("base", FEWEST, _SHEETS),
        missing=read.maybe("missing", lambda key: read.whole(key, FEWEST, _SHEETS)),
        several=read.flag("several"),
    )
    read.close()
    _check(finding)
    return finding


def finding_value(finding: Finding) -> dict[str, object]:
    """Return the finding as a JSON object."""
    value: dict[str, object] = {
        "question": dict(finding.question),
        "bars": [_bar_value(bar) for bar in finding.bars],
        "base": finding.base,
        "several": finding.several,
    }
    if finding.sentence is not None:
        value["sentence"] = dict(finding.sentence)
    if finding.missing is not None:
        value["missing"] = finding.missing
    return value


def _read_bar(value: object) -> Bar:
    read = Fields(value, "bar")
    bar = Bar(texts_by_language(read, "label"), read.maybe("count", lambda key: read.whole(key, FEWEST, _SHEETS)))
    read.close()
    return bar


def _bar_value(bar: Bar) -> dict[str, object]:
    value: dict[str, object] = {"label": dict(bar.label)}
    return value if bar.count is None else value | {"count": bar.count}


def _check(finding: Finding) -> None:
    """Refuse a row by which somebody could be traced, or which cannot be true."""
    shown = [count for count in finding.counts if count is not None]
    held = len(finding.counts) - len(shown)
    if not finding.bars:
        raise UnreadableContentError("finding has no answer")
    if held == 1:
        raise UnreadableContentError("finding holds one count back alone")
    if finding.several:
        if any(count > finding.base - FEWEST for count in shown):
            raise UnreadableContentError("finding tells of fewer than ten who did not choose an answer")
        return
    left = finding.base - sum(shown)
    if left < 0 or (not held and left) or (held and left < FEWEST):
        raise UnreadableContentError("finding has counts that do not fit its base")
