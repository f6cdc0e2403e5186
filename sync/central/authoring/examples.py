"""Makes the example workbooks of assets/questionnaires: `python -m sync.central.authoring.examples`.

Rule 1: the same tables give the same bytes: fixed days inside the file, fixed times in the archive.
Rule 2: English of a scale's item comes from the item bank, other languages from the table beside it.
Rule 3: what it writes is what a person would open in Excel: headers bold, columns wide, rows in order.
"""

from __future__ import annotations

import csv
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

from sync.central.authoring.example_words import EXAMPLES, LANGUAGES, Asked, Example, Words

FOLDER: Final = Path(__file__).resolve().parents[3] / "assets" / "questionnaires"
VERSION: Final = "2026-11"
MADE: Final = datetime(2026, 11, 22)  # noqa: DTZ001 - openpyxl writes naive days, and this one never changes
STAMP: Final = b"2026-11-22T00:00:00Z"
FIRST_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
PLAIN_COLUMNS: Final = ("required", "relevant", "constraint", "appearance", "parameters", "practice", "correct")
SCALE_COLUMNS: Final = ("scale", "reverse")


def workbook_bytes(example: Example, items: Mapping[str, Words]) -> bytes:
    """Return one example as an Excel workbook; the same words give the same bytes."""
    book = Workbook()
    book.properties.creator = "Wing Voice"
    book.properties.created = MADE
    del book["Sheet"]  # the empty one that every new workbook has
    _fill(book.create_sheet("survey"), _survey(example, items))
    _fill(book.create_sheet("choices"), _choices(example))
    _fill(book.create_sheet("settings"), _settings(example))
    if example.scales:
        _fill(book.create_sheet("scales"), _scales(example))
    held = io.BytesIO()
    book.save(held)
    return _without_clock(held.getvalue())


def _heads(column: str) -> list[str]:
    return [f"{column}::{language}" for language in LANGUAGES]


def _each(words: Words | None) -> list[str]:
    return ["", "", "", ""] if words is None else list(words.each())


def _survey(example: Example, items: Mapping[str, Words]) -> list[list[str]]:
    plain = PLAIN_COLUMNS + (SCALE_COLUMNS if example.scales else ())
    rows = [["type", "name", *_heads("label"), *_heads("hint"), *plain, *_heads("constraint_message")]]
    for asked in example.survey:
        row = _from_bank(asked, items) if asked.type == "item" else asked
        more = [row.more.get(column, "") for column in plain]
        rows.append([row.type, row.name, *_each(row.label), *_each(row.hint), *more, *_each(row.message)])
    return rows


def _from_bank(asked: Asked, items: Mapping[str, Words]) -> Asked:
    return Asked("select_one agree5", asked.name, items[asked.name], more=asked.more)


def _choices(example: Example) -> list[list[str]]:
    plain = ("kind", "score", "exclusive")
    rows = [["list_name", "name", *_heads("label"), *plain]]
    for offered in example.choices:
        more = [offered.more.get(column, "") for column in plain]
        rows.append([offered.list_name, offered.name, *_each(offered.label), *more])
    return rows


def _settings(example: Example) -> list[list[str]]:
    settings = {
        "form_id": example.form_id,
        "version": VERSION,
        "form_title": example.title.en,
        "default_language": LANGUAGES[0],
        "purpose": example.purpose,
        "licence": "own",
        "attribution": "Wing Voice, in our own words, not validated",
        "unchecked_languages": "cy pl ar",
    }
    return [[*settings, *_heads("shown_title")], [*settings.values(), *example.title.each()]]


def _scales(example: Example) -> list[list[str]]:
    fixed = {"method": "mean", "low": "1", "high": "5", "min_items": "2", "higher_is": "better"}
    rows = [["scale", *_heads("title"), "category", *fixed]]
    rows.extend([more["scale"], *title.each(), more["category"], *fixed.values()] for title, more in example.scales)
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


def bank_items(folder: Path = FOLDER) -> dict[str, Words]:
    """Return the item bank's items that have words in every language of the examples, by item id."""
    with (folder / "item_bank.csv").open(encoding="utf-8", newline="") as file:
        english = {row["item_id"]: row["text_en"] for row in csv.DictReader(file)}
    with (folder / "item_bank_words.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["item_id"]: Words(english[row["item_id"]], row["cy"], row["pl"], row["ar"])
            for row in csv.DictReader(file)
        }


def main() -> None:
    """Write every example workbook into assets/questionnaires, or into the folder given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    items = bank_items()
    for example in EXAMPLES:
        (folder / f"{example.form_id}.xlsx").write_bytes(workbook_bytes(example, items))


if __name__ == "__main__":
    main()
