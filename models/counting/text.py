"""Lays a count out as plain text, for paper and terminal.

Rule 1: figures stand under each other, and a sheet that would be too wide runs on to further sheets.
Rule 2: a sheet has at most eight stages, and every sheet names every candidate and what became of them.
Rule 3: below the table each stage is told in words, in English.
Source: elections.md section 8.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from models.counting.page import CountPage, Row

A4_AT_9_PT: Final = 140  # characters a line, on its side
MOST_STAGES: Final = 8
_GAP: Final = 3
_LEAST_BLOCK: Final = 12


def page_text(page: CountPage, width: int = A4_AT_9_PT) -> str:
    """Return the whole page, ending in a newline; `width` in characters."""
    sheets = _stage_sheets(page, width) if page.columns else ["\n".join(_simple(page))]
    parts = ["   ".join([page.title, *map(str, page.facts)]).strip(), *sheets, *_words(page, width)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _simple(page: CountPage) -> list[str]:
    labels = ["Candidate", *(str(row.label) for row in page.rows)]
    figures = ["Votes", *(row.cells[0][1] for row in page.rows)]
    results = ["Result" if any(row.result for row in page.rows) else "", *map(_result, page.rows)]
    wide, deep = max(map(len, labels)), max(map(len, figures))
    gap = " " * _GAP
    return [
        f"{label:<{wide}}{gap}{figure:>{deep}}{gap}{result}".rstrip()
        for label, figure, result in zip(labels, figures, results, strict=True)
    ]


def _result(row: Row) -> str:
    return "" if row.result is None else str(row.result)


def _stage_sheets(page: CountPage, width: int) -> list[str]:
    labels = max(len("Candidate"), *(len(str(row.label)) for row in page.rows))
    results = max(len("Result"), *(len(_result(row)) for row in page.rows))
    figure = max(len(text) for row in page.rows for cell in row.cells for text in cell)
    block = max(2 * figure + _GAP, _LEAST_BLOCK)
    fitting = (width - labels - results - _GAP) // (block + _GAP)
    stages = min(MOST_STAGES, max(1, fitting))
    starts = range(0, len(page.columns), stages)
    return ["\n".join(_sheet(page, range(len(page.columns))[at : at + stages], labels, figure)) for at in starts]


def _sheet(page: CountPage, stages: Sequence[int], labels: int, figure: int) -> list[str]:
    """Return the lines of one sheet; the first stage has no column for transfers."""
    gap = " " * _GAP
    widths = [2 * figure + _GAP if stage else figure for stage in stages]
    heads = [textwrap.wrap(str(page.columns[at]), wide) for at, wide in zip(stages, widths, strict=True)]
    lines = []
    for line in range(max(map(len, heads))):
        cells = [f"{head[line] if line < len(head) else '':<{wide}}" for head, wide in zip(heads, widths, strict=True)]
        lines.append(gap.join([" " * labels, *cells]).rstrip())
    columns = [_pair(("Transfer" if stage else "", "Votes"), stage, figure) for stage in stages]
    lines.append(gap.join([f"{'Candidate':<{labels}}", *columns, "Result"]))
    for row in page.rows:
        cells = [_pair(row.cells[stage], stage, figure) for stage in stages]
        lines.append(gap.join([f"{row.label!s:<{labels}}", *cells, _result(row)]).rstrip())
    return lines


def _pair(cell: tuple[str, str], stage: int, figure: int) -> str:
    change, total = cell
    return f"{change:>{figure}}{' ' * _GAP}{total:>{figure}}" if stage else f"{total:>{figure}}"


def _words(page: CountPage, width: int) -> list[str]:
    told = []
    for words in page.stages:
        lead = f"Stage {words.stage}: "
        text = lead + " ".join(map(str, words.sentences))
        told.append(textwrap.fill(text, min(width, A4_AT_9_PT), subsequent_indent=" " * len(lead)))
    outcome = textwrap.fill(" ".join(map(str, page.outcome)), min(width, A4_AT_9_PT))
    return ["\n".join(told), outcome]
