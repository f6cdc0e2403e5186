"""Prints what is wrong with workbooks: one table for all problems, remarks apart, or one object each for machines.

Rule 1: sheet, row, column, code and sentence, in sheet order, workbook by workbook.
Rule 2: an author's text is printed as it stands: nothing in it is taken for markup.
Source: questionnaires.md section 3.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sync.central.authoring.refusal import Refusal

WIDTH: Final = 160  # characters, where no terminal says how many it has
Told = Sequence[tuple[str, Refusal]]  # the workbook's file name, and what is wrong in it


def print_table(told: Told, title: str, file: TextIO | None = None) -> None:
    """Print one table; `file` is where, stderr without it. Nothing is printed for no rows."""
    if not told:
        return
    file = file or sys.stderr
    console = Console(file=file, width=None if file.isatty() else WIDTH, markup=False, highlight=False, emoji=False)
    several = len({name for name, _ in told}) > 1
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for header in (*(("workbook",) if several else ()), "sheet", "cell", "column", "code"):
        table.add_column(header, no_wrap=header in ("cell", "code"))
    table.add_column("reason", ratio=1, overflow="fold")
    for name, one in told:
        cells = (*((name,) if several else ()), one.sheet, one.cell, one.header, one.code, one.sentence)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)


def as_objects(told: Told) -> list[dict[str, Any]]:
    """Return one object for each refusal."""
    return [
        {
            "workbook": name,
            "sheet": one.sheet,
            "row": one.row,
            "cell": one.cell,
            "column": one.header,
            "code": one.code,
            "sentence": one.sentence,
        }
        for name, one in told
    ]
