"""Workbooks for tests: a small good one, and edits that show only what a test is about."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

EN, CY = "English (en)", "Cymraeg (cy)"

SURVEY = [
    ["type", "name", f"label::{EN}", f"label::{CY}", "relevant", "constraint", "calculation", "required"],
    ["begin_group", "m1", "About you", "Amdanoch chi"],
    ["select_one yesno", "tea", "Do you like tea?", "Ydych chi'n hoffi te?"],
    ["integer", "cups", "How many cups?", "Sawl cwpan?", "${tea} = 'yes'", ". >= 0"],
    ["text", "words", "Anything else?", "Unrhyw beth arall?"],
    ["calculate", "more", None, None, None, None, "${cups} + 1"],
    ["end_group"],
]
CHOICES = [
    ["list_name", "name", f"label::{EN}", f"label::{CY}", "kind"],
    ["yesno", "yes", "Yes", "Ydw"],
    ["yesno", "no", "No", "Nac ydw"],
    ["yesno", "skip", "Rather not say", "Dim ateb", "skip"],
]
SETTINGS = [
    ["form_id", "version", "form_title", "default_language", "purpose", "licence", f"shown_title::{CY}"],
    ["tea-time", "1", "Tea", EN, "survey", "own", "Te"],
]
SCALES = [
    ["scale", f"title::{EN}", f"title::{CY}", "category", "method", "low", "high", "min_items", "higher_is"],
    ["calm", "Calm", "Tawel", "harmony", "mean", 1, 2, 2, "better"],
]
SCALED_ROWS = [
    ["select_one marks", "calm1", "It is calm here.", "Mae'n dawel yma."],
    ["select_one marks", "calm2", "It is loud here.", "Mae'n swnllyd yma."],
]
MARKS = [
    ["marks", "a", "Agree", "Cytuno"],
    ["marks", "d", "Disagree", "Anghytuno"],
]


@dataclass
class Draft:
    """Sheets as rows of cells, header first; row numbers are Excel's. `files` lie in its folder of media."""

    sheets: dict[str, list[list[object]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, sheet: str, row: int, header: str, value: object) -> Draft:
        """Write one cell under a header, which is added where it is not there yet."""
        headers = self.sheets.setdefault(sheet, [[]])[0]
        if header not in headers:
            headers.append(header)
        return self.at(sheet, row, headers.index(header) + 1, value)

    def at(self, sheet: str, row: int, column: int, value: object) -> Draft:
        """Write one cell by its row and column, both from 1."""
        rows = self.sheets.setdefault(sheet, [[]])
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value
        return self

    def insert(self, sheet: str, row: int, cells: Iterable[object]) -> Draft:
        """Push a whole row in, so that it stands at this row number."""
        self.sheets[sheet].insert(row - 1, list(cells))
        return self

    def without(self, sheet: str, header: str = "") -> Draft:
        """Take out a column, or the whole sheet."""
        if not header:
            del self.sheets[sheet]
            return self
        place = self.sheets[sheet][0].index(header)
        for row in self.sheets[sheet]:
            del row[place : place + 1]
        return self

    def column(self, sheet: str, header: str) -> str:
        """Letter and header, as a refusal names a column."""
        return f"{get_column_letter(self.sheets[sheet][0].index(header) + 1)} {header}"

    def lay(self, folder: Path) -> None:
        """Write the files into a folder."""
        for name, data in self.files.items():
            (folder / name).write_bytes(data)

    def bytes(self) -> bytes:
        """The workbook as Excel would save it."""
        book = Workbook()
        del book["Sheet"]
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row, start=1):
                    if value is not None:
                        sheet.cell(number, column).value = value  # type: ignore[assignment]
        held = io.BytesIO()
        book.save(held)
        return held.getvalue()


def a_draft() -> Draft:
    """One module, two languages, a question that shows another, nothing wrong."""
    sheets = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}
    return Draft({name: [list(row) for row in rows] for name, rows in sheets.items()})


def a_scaled_draft() -> Draft:
    """The same with a scale of two questions, the second one reversed."""
    draft = a_draft()
    draft.sheets["scales"] = [list(row) for row in SCALES]
    draft.sheets["survey"][6:6] = [list(row) for row in SCALED_ROWS]
    draft.sheets["choices"].extend(list(row) for row in MARKS)
    for row, score in ((5, 1), (6, 2)):
        draft.put("choices", row, "score", score)
    for row in (7, 8):
        draft.put("survey", row, "scale", "calm")
    return draft.put("survey", 8, "reverse", "yes")


def a_repeating_draft() -> Draft:
    """The same with a repeat that people extend: rows 4 to 6."""
    draft = a_draft()
    draft.insert("survey", 4, ["end_repeat"])
    draft.insert("survey", 4, ["text", "taste", "What is in it?", "Beth sydd ynddo?"])
    return draft.insert("survey", 4, ["begin_repeat", "pot", "Pots of tea", "Potiau te"])


def a_drawn_draft() -> Draft:
    """A scale in the core, and two blocks of one draw, of which each sitting gets one: rows 8 to 13."""
    draft = a_scaled_draft()
    for name in ("b2", "b1"):
        draft.insert("survey", 8, ["end_group"])
        draft.insert("survey", 8, ["select_one yesno", f"{name}q", "Is it warm?", "Ydy hi'n gynnes?"])
        draft.insert("survey", 8, ["begin_group", name])
    draft.put("survey", 8, "draw", "rest").put("survey", 11, "draw", "rest")
    return draft.put("draws", 2, "draw", "rest").put("draws", 2, "take", 1)


def a_practice_draft() -> Draft:
    """The same with a practice module before it: rows 2 to 4."""
    draft = a_draft()
    draft.insert("survey", 2, ["end_group"])
    draft.insert("survey", 2, ["select_one yesno", "try", "Touch Yes.", "Cyffyrddwch â Ydw."])
    draft.insert("survey", 2, ["begin_group", "practice", "Practice", "Ymarfer"])
    return draft.put("survey", 2, "practice", "yes").put("survey", 3, "correct", "yes")
