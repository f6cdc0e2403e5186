"""Makes the example workbooks of assets/questionnaires: `python -m sync.central.authoring.examples`.

Rule 1: the same tables give the same bytes: fixed days inside the file, fixed times in the archive.
Rule 2: what it writes is what a person would open in Excel: headers bold, columns wide, rows in order.
Rule 3: a column that no row fills is left out, but for those that every questionnaire has.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sync.central.authoring.example_words import FOLDER, LANGUAGES, Example, Words, read_examples

VERSION: Final = "2026-11"
MADE: Final = datetime(2026, 11, 22)  # noqa: DTZ001 - openpyxl writes naive days, and this one never changes
STAMP: Final = b"2026-11-22T00:00:00Z"
FIRST_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
USUAL_COLUMNS: Final = ("required", "relevant", "constraint", "appearance", "parameters", "practice", "correct")
OTHER_COLUMNS: Final = ("calculation", "default", "choice_filter", "draw")
CHOICE_COLUMNS: Final = ("kind", "score", "exclusive")  # and what a list has of its own, for its filter
SCALE_COLUMNS: Final = ("scale", "reverse")


def workbook_bytes(example: Example) -> bytes:
    """Return one example as an Excel workbook; the same words give the same bytes."""
    book = Workbook()
    book.properties.creator = "Wing Voice"
    book.properties.created = MADE
    del book["Sheet"]  # the empty one that every new workbook has
    _fill(book.create_sheet("survey"), _survey(example))
    _fill(book.create_sheet("choices"), _choices(example))
    _fill(book.create_sheet("settings"), _settings(example))
    if example.scales:
        _fill(book.create_sheet("scales"), _scales(example))
    if example.draws:
        _fill(book.create_sheet("draws"), [["draw", "take"], *([draw, take] for draw, take in example.draws.items())])
    held = io.BytesIO()
    book.save(held)
    return _without_clock(held.getvalue())


def _heads(column: str) -> list[str]:
    return [f"{column}::{language}" for language in LANGUAGES]


def _each(words: Mapping[str, Words], column: str) -> list[str]:
    return list(words.get(column, ("",) * len(LANGUAGES)))


def _survey(example: Example) -> list[list[str]]:
    filled = {column for row in example.survey for column in row.plain}
    plain = USUAL_COLUMNS + (SCALE_COLUMNS if example.scales else ())
    plain += tuple(column for column in OTHER_COLUMNS if column in filled)
    if unknown := filled - set(plain):
        raise RuntimeError(f"{example.form_id} fills columns that no sheet has: {unknown}")
    rows = [["type", "name", *_heads("label"), *_heads("hint"), *plain, *_heads("constraint_message")]]
    for row in example.survey:
        words = [*_each(row.words, "label"), *_each(row.words, "hint")]
        more = [row.plain.get(column, "") for column in plain]
        rows.append([row.type, row.name, *words, *more, *_each(row.words, "constraint_message")])
    return rows


def _choices(example: Example) -> list[list[str]]:
    own = dict.fromkeys(column for offered in example.choices for column in offered.plain)
    plain = tuple(dict.fromkeys((*CHOICE_COLUMNS, *own)))
    rows = [["list_name", "name", *_heads("label"), *plain]]
    for offered in example.choices:
        more = [offered.plain.get(column, "") for column in plain]
        rows.append([offered.list_name, offered.name, *offered.words, *more])
    return rows


def _settings(example: Example) -> list[list[str]]:
    settings = {
        "form_id": example.form_id,
        "version": VERSION,
        "form_title": example.title[0],
        "default_language": LANGUAGES[0],
        "purpose": example.purpose,
        "licence": "own",
        "attribution": "Wing Voice, in our own words, not validated",
        "unchecked_languages": "cy pl ar",
    }
    return [[*settings, *_heads("shown_title")], [*settings.values(), *example.title]]


def _scales(example: Example) -> list[list[str]]:
    fixed = ("method", "low", "high", "min_items", "higher_is")
    rows = [["scale", *_heads("title"), "category", *fixed]]
    for scale in example.scales:
        half = -(-scale.items // 2)  # a person's score needs half of the items, rounded up (results.md section 3)
        rows.append([scale.name, *scale.title, scale.category, "mean", "1", "5", str(half), "better"])
    return rows


def _fill(sheet: Worksheet, rows: list[list[str]]) -> None:
    for row in rows:
        sheet.append([cell or None for cell in row])
    for number, header in enumerate(rows[0], start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 34 if "::" in header else 16
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"


def _without_clock(written: bytes) -> bytes:
    """Return the same archive with every time in it fixed; openpyxl stamps the present moment."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = MODIFIED.sub(rb"\g<1>" + STAMP, data)
            part = zipfile.ZipInfo(name, FIRST_ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, data)
    return held.getvalue()


def main() -> None:
    """Write every example workbook into assets/questionnaires, or into the folder given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for example in read_examples():
        (folder / f"{example.form_id}.xlsx").write_bytes(workbook_bytes(example))


if __name__ == "__main__":
    main()
