"""Reads what the example workbooks say: one table of words each, and the item bank.

Rule 1: words stand in the order of LANGUAGES, all of them, always; a text in their place names words of the
    table or of shared.toml.
Rule 2: a row of the table is a row of the survey sheet; a row that has no type stands for an item of the item bank, or
    for a whole scale of it, and takes English, scale and key from there.
Rule 3: a list is written in the order of its first use, from the table's own lists or from shared.toml.
Rule 4: English is for a reading age of 9; no native speaker has checked the others yet, and the workbooks say so.

    assets/questionnaires/words/<form_id>.toml   purpose, title, [[survey]], [lists.<name>], [scales.<name>], [draws]
    assets/questionnaires/item_bank.csv          the items in English, with scale and key
    assets/questionnaires/item_bank_words.csv    item_bank_scales.csv: items and titles of scales in the other languages
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parents[3] / "assets" / "questionnaires"
LANGUAGES: Final = ("English (en)", "Cymraeg (cy)", "Polski (pl)", "العربية (ar)")
SHARED: Final = "shared"
WORDED: Final = ("label", "hint", "constraint_message")
BANK_LIST: Final = "agree5"
Words = tuple[str, str, str, str]  # in the order of LANGUAGES


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a survey sheet: columns with words, and columns without."""

    type: str
    name: str = ""
    words: Mapping[str, Words] = field(default_factory=dict)
    plain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """One row of a choices sheet."""

    list_name: str
    name: str
    words: Words
    plain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scale:
    """One row of a scales sheet; `items` is how many items of it the workbook asks."""

    name: str
    title: Words
    category: str
    items: int


@dataclass(frozen=True, slots=True)
class Example:
    """One workbook."""

    form_id: str
    purpose: str
    title: Words
    survey: tuple[Asked, ...]
    choices: tuple[Offered, ...]
    scales: tuple[Scale, ...]
    draws: Mapping[str, str]  # draw -> how many of its blocks are taken


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item of the item bank, with the key that scores it."""

    scale: str
    reverse: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Bank:
    """The item bank: items by id, in its own order, and scales by id with title and category."""

    items: Mapping[str, BankItem]
    scales: Mapping[str, tuple[Words, str]]

    def item(self, name: str) -> Asked:
        """Return the row that asks one item."""
        item = self.items[name]
        plain = {"scale": item.scale, "appearance": "likert", **({"reverse": "yes"} if item.reverse else {})}
        return Asked(f"select_one {BANK_LIST}", name, {"label": item.words}, plain)

    def scale(self, name: str) -> Iterator[Asked]:
        """Yield the rows that ask every item of a scale."""
        yield from (self.item(one) for one, item in self.items.items() if item.scale == name)


def read_bank(folder: Path = FOLDER) -> Bank:
    """Return the item bank with the words of all languages."""
    bank = _rows(folder / "item_bank.csv")
    words = {row["item_id"]: row for row in _rows(folder / "item_bank_words.csv")}
    titles = {row["scale_id"]: row for row in _rows(folder / "item_bank_scales.csv")}
    return Bank(
        items={
            row["item_id"]: BankItem(
                row["scale_id"], row["key"] == "-1", _joined(row["text_en"], words[row["item_id"]])
            )
            for row in bank
        },
        scales={
            row["scale_id"]: (_joined(row["scale_title"], titles[row["scale_id"]]), row["category"]) for row in bank
        },
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _joined(english: str, others: Mapping[str, str]) -> Words:
    return english, others["cy"], others["pl"], others["ar"]


def read_examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """Return every example workbook's content, by form_id."""
    bank = read_bank(folder)
    shared = tomllib.loads((folder / "words" / f"{SHARED}.toml").read_text(encoding="utf-8"))
    tables = sorted(path for path in (folder / "words").glob("*.toml") if path.stem != SHARED)
    return tuple(
        _Table(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), shared, bank).example() for path in tables
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of words on its way to rows."""

    form_id: str
    own: Mapping[str, Any]
    shared: Mapping[str, Any]
    bank: Bank

    def example(self) -> Example:
        survey = tuple(asked for row in self.own["survey"] for asked in self._asked(row))
        return Example(
            form_id=self.form_id,
            purpose=self.own["purpose"],
            title=self._words(self.own["title"]),
            survey=survey,
            choices=tuple(self._choices(survey)),
            scales=tuple(self._scales(survey)),
            draws={draw: str(take) for draw, take in self.own.get("draws", {}).items()},
        )

    def _asked(self, row: Mapping[str, Any]) -> Iterator[Asked]:
        """Yield the rows that one row of the table stands for; a scale with a draw becomes a block of that draw."""
        if "item" in row:
            yield self.bank.item(row["item"])
        elif "type" not in row:
            if "draw" in row:
                yield Asked("begin_group", f"block_{row['scale']}", plain={"draw": row["draw"]})
            yield from self.bank.scale(row["scale"])
            if "draw" in row:
                yield Asked("end_group")
        else:
            words = {column: self._words(row[column]) for column in WORDED if column in row}
            plain = {column: text for column, text in row.items() if column not in {"type", "name", *WORDED}}
            yield Asked(row["type"], row.get("name", ""), words, plain)

    def _words(self, written: str | Sequence[str]) -> Words:
        if isinstance(written, str):
            return self._words(self.own.get("words", {}).get(written) or self.shared["words"][written])
        english, welsh, polish, arabic = written
        return english, welsh, polish, arabic

    def _choices(self, survey: Sequence[Asked]) -> Iterator[Offered]:
        named = dict.fromkeys(asked.type.partition(" ")[2] for asked in survey if " " in asked.type)
        for list_name in named:
            held = self.own.get("lists", {}).get(list_name) or self.shared["lists"][list_name]
            for name, written in held.items():
                choice = self.shared["choices"][written] if isinstance(written, str) else written
                words, plain = (choice, {}) if isinstance(choice, list) else (choice["words"], choice)
                more = {column: text for column, text in plain.items() if column != "words"}
                yield Offered(list_name, name, self._words(words), more)

    def _scales(self, survey: Sequence[Asked]) -> Iterator[Scale]:
        named = [asked.plain["scale"] for asked in survey if "scale" in asked.plain]
        for name in dict.fromkeys(named):
            own = self.own.get("scales", {}).get(name)
            title, category = (self._words(own["title"]), own["category"]) if own else self.bank.scales[name]
            yield Scale(name, title, category, named.count(name))
