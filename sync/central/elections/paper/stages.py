"""The table of a count on paper: every candidate, every stage, what moved and what each then had.

Rule 1: at most eight stages a sheet; every sheet names every candidate and what became of them.
Rule 2: no letter below 9 points; rows that do not fit run on to the next sheet under the same headings.
Rule 3: below it, each stage in words, so that a candidate can follow every transfer.
Source: elections.md section 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from models.counting.page import CountPage, Row
from sync.central.elections.paper.ink import BODY, LEAST, POINT, READ, SMALL, Align, Sheets
from sync.central.elections.paper.wording import say, sentence

MOST_STAGES: Final = 8
_MARGIN: Final = 14.0
_STAGE_MOST: Final = 32.0
_RESULT: Final = 34.0
_LINE: Final = LEAST * POINT * 1.3


def stage_sheets(sheets: Sheets, page: CountPage) -> None:
    """Set the table of a count by stages, then its words; begins a sheet of its own."""
    margin = sheets.margin
    sheets.margin = _MARGIN
    for first in range(0, len(page.columns), MOST_STAGES):
        _table(sheets, page, range(first, min(first + MOST_STAGES, len(page.columns))))
    _words(sheets, page)
    sheets.margin = margin


def _table(sheets: Sheets, page: CountPage, stages: Sequence[int]) -> None:
    sheets.sheet(page.title)
    most = max((_wide(sheets, row) for row in page.rows), default=0) + 4
    name = max(40.0, min(most, 56.0))
    wide = min(_STAGE_MOST, (sheets.width - name - _RESULT) / len(stages))
    _heads(sheets, page, stages, name, wide)
    for row in page.rows:
        lines = sheets.lines(sentence(sheets.tag, row.label), name - 2, LEAST)
        results = (
            [] if row.result is None else sheets.lines(sentence(sheets.tag, row.result), _RESULT - 2, LEAST, bold=True)
        )
        tall = max(1 if row.number is None else 2, len(lines), len(results)) * _LINE + 1.6
        if sheets.y + tall > sheets.bottom:
            sheets.sheet(page.title)
            _heads(sheets, page, stages, name, wide)
        _row(sheets, row, stages, name, wide, lines, results)
        sheets.y += tall
        sheets.rule(sheets.x, sheets.y - 0.6, name + wide * len(stages) + _RESULT, 0.1)
    sheets.y += 4


def _wide(sheets: Sheets, row: Row) -> float:
    return sheets.wide(sentence(sheets.tag, row.label), LEAST, bold=True)


def _heads(sheets: Sheets, page: CountPage, stages: Sequence[int], name: float, wide: float) -> None:
    tag = sheets.tag
    sheets.say(page.title, READ, bold=True, after=0)
    sheets.say("  ·  ".join(sentence(tag, one) for one in page.facts), SMALL, after=2)
    heads = [sheets.lines(sentence(tag, page.columns[at]), wide - 2, LEAST, bold=True) for at in stages]
    deep = max(len(lines) for lines in heads)
    for at, lines in enumerate(heads):
        y = sheets.y + (deep - len(lines)) * _LINE
        align: Align = "start" if sheets.mirrored else "end"
        sheets.text(sheets.x + name + at * wide, y, wide - 2, "\n".join(lines), LEAST, bold=True, align=align)
    y = sheets.y + (deep - 1) * _LINE
    sheets.text(sheets.x, y, name, say(tag, "Candidate"), LEAST, bold=True)
    sheets.text(sheets.x + name + len(stages) * wide + 2, y, _RESULT, say(tag, "Outcome"), LEAST, bold=True)
    sheets.y += deep * _LINE + 1
    sheets.rule(sheets.x, sheets.y, name + wide * len(stages) + _RESULT, 0.6)
    sheets.y += 1.2


def _row(
    sheets: Sheets,
    row: Row,
    stages: Sequence[int],
    name: float,
    wide: float,
    lines: Sequence[str],
    results: Sequence[str],
) -> None:
    """Set one row: above what came or went, below what the candidate then had."""
    bold = row.number is None
    sheets.text(sheets.x, sheets.y, name, "\n".join(lines), LEAST, bold=True)
    for at, stage in enumerate(stages):
        change, total = row.cells[stage]
        x = sheets.x + name + at * wide
        with sheets.turned("en"):
            if change and not bold and change.strip("-0.") != "":
                shown = change if change.startswith("-") else f"+{change}"
                sheets.text(x, sheets.y, wide - 2, shown, LEAST, align="end")
            sheets.text(x, sheets.y + (0 if bold else _LINE), wide - 2, total, LEAST, bold=True, align="end")
    sheets.text(sheets.x + name + len(stages) * wide + 2, sheets.y, _RESULT - 2, "\n".join(results), LEAST, bold=True)


def _words(sheets: Sheets, page: CountPage) -> None:
    tag = sheets.tag
    for stage, words in groupby(page.stages, key=lambda one: one.stage):
        told = " ".join(sentence(tag, one) for each in words for one in each.sentences)
        sheets.room(2 * SMALL * POINT * 1.3)
        sheets.point(say(tag, "Stage {stage}", stage=stage), told, SMALL, indent=22)


def simple_table(sheets: Sheets, page: CountPage) -> None:
    """Set the table of a count without stages: name, votes, outcome."""
    tag, name = sheets.tag, sheets.width - 70
    heads = [say(tag, one) for one in ("Candidate", "Votes")]
    heads.append(say(tag, "Outcome") if any(row.result for row in page.rows) else "")
    sheets.room(24)
    sheets.text(sheets.x, sheets.y, name, heads[0], SMALL, bold=True)
    sheets.text(sheets.x + name, sheets.y, 20, heads[1], SMALL, bold=True, align="end")
    sheets.text(sheets.x + name + 26, sheets.y, 44, heads[2], SMALL, bold=True)
    sheets.y += 6
    sheets.rule(sheets.x, sheets.y, sheets.width, 0.5)
    for row in page.rows:
        label = sentence(tag, row.label)
        tall = len(sheets.lines(label, name - 4, BODY)) * BODY * POINT * 1.3 + 2
        sheets.room(tall)
        sheets.text(sheets.x, sheets.y + 1, name - 4, label, BODY)
        sheets.text(sheets.x + name, sheets.y + 1, 20, row.cells[0][1], BODY, bold=True, align="end")
        if row.result is not None:
            sheets.text(sheets.x + name + 26, sheets.y + 1, 44, sentence(tag, row.result), BODY)
        sheets.y += tall
        sheets.rule(sheets.x, sheets.y, sheets.width, 0.1)
    sheets.y += 5
