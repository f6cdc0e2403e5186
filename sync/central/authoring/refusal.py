"""How a refusal reads: where it stands, its code, its facts, and the sentence made of them.

Rule 1: a refusal holds a code and facts; the sentence comes from the code's template, so it can be translated and tested.
Rule 2: every refusal of one run is shown, in sheet order, at most 500.
Rule 3: an error carries refusals only; whoever catches it decides how to print them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from models.errors import AuthoringError

SHOWN_AT_MOST: Final = 500
SHEET_ORDER: Final = ("survey", "choices", "settings", "scales", "draws")

# code -> sentence; `{names}` are the facts. A code with several readings has one template a reading: "code/reading".
SENTENCES: Final[Mapping[str, str]] = {
    "missing-sheet": 'The sheet "{name}" is missing.',
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing wrong in a workbook: the sheet, the row as Excel counts it (0 where none), the column and why.

    `column` is the letter and the header, such as "C relevant", or "" where no column is meant.
    """

    sheet: str
    row: int
    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    reading: str = ""

    @property
    def sentence(self) -> str:
        """The reason in plain words."""
        template = SENTENCES[f"{self.code}/{self.reading}" if self.reading else self.code]
        return template.format(**self.facts)

    @property
    def cell(self) -> str:
        """The place as a person would say it, such as "C14"; only the row or the letter where that is all there is."""
        letter = self.column.split(" ", 1)[0]
        return f"{letter}{self.row or ''}"

    @property
    def header(self) -> str:
        """The column's header without its letter, or ""."""
        return self.column.partition(" ")[2]


class WorkbookRefusedError(AuthoringError):
    """The workbook has mistakes; `refusals` holds every one of them, in sheet order. Nothing was written."""

    number = 701

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals: tuple[Refusal, ...] = in_sheet_order(refusals)[:SHOWN_AT_MOST]
        super().__init__(count=len(self.refusals))


def in_sheet_order(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Return them sheet by sheet, row by row, column by column; each only once."""

    def place(refusal: Refusal) -> tuple[int, str, int, int, str, str]:
        known = SHEET_ORDER.index(refusal.sheet) if refusal.sheet in SHEET_ORDER else len(SHEET_ORDER)
        letter = refusal.column.split(" ", 1)[0]
        return known, refusal.sheet, refusal.row, len(letter), letter, refusal.code

    found: list[Refusal] = []
    for refusal in sorted(refusals, key=place):
        if refusal not in found[-20:]:
            found.append(refusal)
    return tuple(found)
