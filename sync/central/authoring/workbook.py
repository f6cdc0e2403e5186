"""Reads an Excel workbook into cells that know their sheet, row and column.

Rule 1: it knows nothing of forms; what a cell means is for other rooms.
Rule 2: a formula is refused, since what it showed to its author is not what it says.
Rule 3: size is bounded before anything is unpacked, cells are counted while they are read.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import openpyxl
from openpyxl.utils import get_column_letter

from sync.central.authoring.refusal import Refusal, WorkbookRefusedError

FILE_LIMIT_BYTES: Final = 10_000_000
UNPACKED_LIMIT_BYTES: Final = 50_000_000
CELL_LIMIT: Final = 200_000
ROW_LIMIT: Final = 20_000
COLUMN_LIMIT: Final = 400
PART_LIMIT: Final = 1_000
TEXT_LIMIT: Final = 5_000  # characters a cell

Cell = tuple[int, int, object, bool]  # row, column (both from 1), value, is it a formula


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headers: its number as Excel counts it, and its filled cells by header."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, header: str) -> str:
        """The cell's text, or "" where it is empty."""
        return self.cells.get(header, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: headers as they stand in row 1, by letter, and the rows that hold anything."""

    name: str
    letters: Mapping[str, str]  # header -> column letter, in sheet order
    rows: tuple[Row, ...]

    def column(self, header: str) -> str:
        """Letter and header, as a refusal names a column; the header alone where there is no such column."""
        letter = self.letters.get(header)
        return header if letter is None else f"{letter} {header}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets by name, in the order of the file, and the bytes they were read from."""

    sheets: Mapping[str, Sheet]
    unverified: bytes = field(repr=False, default=b"")

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a sheet; none where it is missing."""
        sheet = self.sheets.get(name)
        return () if sheet is None else sheet.rows


def read_workbook(unverified: bytes) -> Workbook:
    """Return the cells, or raise WorkbookRefusedError: not a workbook, too large, formulas, headers twice."""
    _refuse_what_is_too_large(unverified)
    refusals: list[Refusal] = []
    sheets: dict[str, Sheet] = {}
    counted = 0
    for title, values in _values(unverified):
        name = title.strip()
        if name in sheets:
            refusals.append(Refusal(name, 0, "", "twice", {"name": name}, "sheet"))
            continue
        taking = _Taking(name, refusals)
        for cell in values if not name.startswith("notes") else ():
            taking.take(cell)
        sheets[name] = taking.sheet()
        counted += len(values)
        if counted > CELL_LIMIT:
            raise WorkbookRefusedError([_too_costly(f"more than {CELL_LIMIT:,} cells")])
    if refusals:
        raise WorkbookRefusedError(refusals)
    return Workbook(sheets, unverified)


def _too_costly(why: str) -> Refusal:
    return Refusal("", 0, "", "too-costly", {"why": why}, "workbook")


def _refuse_what_is_too_large(unverified: bytes) -> None:
    """Look at the archive's own list of parts; what a part unpacks to is bounded by what that list says."""
    if len(unverified) > FILE_LIMIT_BYTES:
        raise WorkbookRefusedError([_too_costly(f"more than {FILE_LIMIT_BYTES // 1_000_000} MB")])
    try:
        with zipfile.ZipFile(io.BytesIO(unverified)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, UnicodeDecodeError) as error:
        raise WorkbookRefusedError([Refusal("", 0, "", "bad-file", {}, "workbook")]) from error
    if len(parts) > PART_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT_BYTES:
        raise WorkbookRefusedError([_too_costly(f"more than {UNPACKED_LIMIT_BYTES // 1_000_000} MB when unpacked")])


def _values(unverified: bytes) -> Iterable[tuple[str, list[Cell]]]:
    """Return each sheet's title and filled cells.

    openpyxl raises whatever its XML and zip readers raise on a damaged file (KeyError, ValueError, ParseError,
    zlib.error and more), so every exception on this road means the same: not a workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and extensions, which we do not read
            book = openpyxl.load_workbook(io.BytesIO(unverified), read_only=True, data_only=False, keep_links=False)
            return [(title, _cells(book[title])) for title in book.sheetnames]
    except (WorkbookRefusedError, MemoryError):
        raise
    except Exception as error:
        raise WorkbookRefusedError([Refusal("", 0, "", "bad-file", {}, "workbook")]) from error


def _cells(sheet: object) -> list[Cell]:
    iter_rows = getattr(sheet, "iter_rows", None)
    if iter_rows is None:  # a sheet that is only a chart
        return []
    found: list[Cell] = []
    for row_number, row in enumerate(iter_rows(), start=1):
        if row_number > ROW_LIMIT and any(cell.value is not None for cell in row):
            raise WorkbookRefusedError([_too_costly(f"more than {ROW_LIMIT:,} rows in a sheet")])
        for column_number, cell in enumerate(row, start=1):
            if cell.value is None:
                continue
            if column_number > COLUMN_LIMIT or len(found) >= CELL_LIMIT:
                raise WorkbookRefusedError([_too_costly(f"more than {CELL_LIMIT:,} cells or {COLUMN_LIMIT} columns")])
            found.append((row_number, column_number, cell.value, cell.data_type == "f"))
        if row_number > 10 * ROW_LIMIT:  # a far-away cell makes openpyxl count through every row between
            raise WorkbookRefusedError([_too_costly(f"more than {ROW_LIMIT:,} rows in a sheet")])
    return found


class _Taking:
    """One sheet on its way to headers and rows."""

    def __init__(self, name: str, refusals: list[Refusal]) -> None:
        self.name, self.refusals = name, refusals
        self.headers: dict[int, str] = {}  # column -> header, "" where its cells are not taken
        self.letters: dict[str, str] = {}
        self.rows: dict[int, dict[str, str]] = {}

    def sheet(self) -> Sheet:
        return Sheet(self.name, self.letters, tuple(Row(number, self.rows[number]) for number in sorted(self.rows)))

    def take(self, cell: Cell) -> None:
        row, column, value, formula = cell
        text = cell_text(value)
        if row == 1:
            self.take_header(column, text)
        elif text and column not in self.headers:
            self.headers[column] = ""
            self.refuse(row, column, "unknown-column", "nameless")
        header = self.headers.get(column, "")
        if formula:
            self.refuse(row, column, "formula-cell")
        elif len(text) > TEXT_LIMIT:
            self.refuse(row, column, "too-long", "cell", limit=TEXT_LIMIT)
        elif row > 1 and text and header:
            self.rows.setdefault(row, {})[header] = text

    def take_header(self, column: int, text: str) -> None:
        if text in self.letters:
            self.refuse(1, column, "twice", "column", name=text, other=self.letters[text])
            self.headers[column] = ""
        elif text:
            self.headers[column] = text
            self.letters[text] = get_column_letter(column)

    def refuse(self, row: int, column: int, code: str, reading: str = "", **facts: object) -> None:
        header = "" if row == 1 else self.headers.get(column, "")
        where = f"{get_column_letter(column)} {header}".strip()
        self.refusals.append(Refusal(self.name, row, where, code, facts, reading))


def cell_text(value: object) -> str:
    """Return what a cell holds as text: NFC, no spaces around, whole numbers without a point, days as ISO dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = (
        unicodedata.normalize("NFC", str(value))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("_x000D_", "")
        .replace("\t", " ")
    )
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc").strip()
