"""Everything that ships has its row: whose it is, under which licence, from where, and with that licence's text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ASSETS = Path(__file__).parents[1] / "assets"
SHIPPABLE = ("OFL 1.1", "MIT", "CC BY-SA 4.0", "as they say themselves")
COMPILED = ".mo"  # made by set-up from the .po beside it


class Row(NamedTuple):
    """One row of the table: patterns of files or one set of pictures, what it is, its licence, and where it is from."""

    patterns: tuple[str, ...]
    picture_set: str | None
    what: str
    licence: str
    source: str


@cache
def rows() -> tuple[Row, ...]:
    lines = (ASSETS / "LICENSES.md").read_text(encoding="utf-8").splitlines()
    table = [line.strip("|").split("|") for line in lines if line.startswith("|")][2:]
    found = []
    for cells in table:
        files, what, licence, source = (cell.strip() for cell in cells)
        pictures = re.search(r'`set = "([^"]+)"`', files)
        patterns = () if pictures else tuple(re.findall(r"`([^`]+)`", files))
        found.append(Row(patterns, pictures[1] if pictures else None, what, licence, source))
    return tuple(found)


def matches(pattern: str, name: str) -> bool:
    """Whether a file's path fits: `*` stays in its folder, `**` does not."""
    spelled = re.escape(pattern).replace(r"\*\*", ".+").replace(r"\*", "[^/]*")
    return re.fullmatch(spelled, name) is not None


@cache
def pictures() -> dict[str, dict[str, str]]:
    table = tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))
    return {name: row for name, row in table.items() if "same_as" not in row}


def files() -> list[str]:
    found = (path for path in ASSETS.rglob("*") if path.is_file() and path.suffix != COMPILED)
    return sorted(str(path.relative_to(ASSETS)) for path in found)


def rows_of(name: str) -> list[Row]:
    """Return every row that says something of this file."""
    folder, _, file = name.partition("/")
    if folder == "icons" and file.endswith(".png"):
        picture = pictures().get(Path(file).stem) or pictures().get(Path(file).stem.removesuffix("-rtl"))
        return [row for row in rows() if picture is not None and row.picture_set == picture["set"]]
    return [row for row in rows() if any(matches(pattern, name) for pattern in row.patterns)]


def test_every_file_has_exactly_one_row() -> None:
    assert [(name, len(rows_of(name))) for name in files() if len(rows_of(name)) != 1] == []


def test_no_row_is_about_nothing() -> None:
    named = files()
    for row in rows():
        for pattern in row.patterns:
            assert any(matches(pattern, name) for name in named), pattern
        if row.picture_set is not None:
            assert any(picture["set"] == row.picture_set for picture in pictures().values()), row.picture_set


def test_every_row_says_what_it_is_its_licence_and_where_it_is_from() -> None:
    for row in rows():
        assert all((row.what, row.licence, row.source)), row
        assert row.licence.startswith(SHIPPABLE), row


def test_every_picture_says_its_set_its_source_and_the_licence_of_its_set() -> None:
    for name, picture in pictures().items():
        (row,) = [row for row in rows() if row.picture_set == picture["set"]]
        assert picture["source"], name
        assert picture["changed"], name
        assert row.licence.replace("CC BY-SA 4.0", "CC-BY-SA-4.0").startswith(picture["licence"]), name


def test_every_licence_that_is_named_has_its_text_here() -> None:
    named = {text for row in rows() for text in re.findall(r"`((?:fonts|icons)/[^`*]+\.txt)`", row.licence)}
    assert len(named) >= 7
    for name in named:
        assert len((ASSETS / name).read_text(encoding="utf-8")) > 1000, name
    assert {name for name in files() if name.endswith(".txt")} == named


@pytest.mark.parametrize(
    "row", [row for row in rows() if row.licence.startswith(("OFL", "MIT, `"))], ids=lambda row: row.what
)
def test_the_text_of_a_licence_is_the_one_that_its_row_names(row: Row) -> None:
    words = {"OFL": "SIL OPEN FONT LICENSE", "MIT": "Permission is hereby granted, free of charge"}[row.licence[:3]]
    texts = re.findall(r"`([^`]+\.txt)`", row.licence)
    assert texts
    for name in texts:
        assert words.lower() in (ASSETS / name).read_text(encoding="utf-8").lower(), name


def test_a_file_without_a_row_would_be_found() -> None:
    assert rows_of("fonts/Somebodys-Regular.ttf") == []
    assert rows_of("icons/96/not-in-the-table.png") == []
    assert rows_of("sounds/en/deep/clip.ogg") == []
    assert not matches("fonts/*.ttf", "fonts/deeper/a.ttf")
