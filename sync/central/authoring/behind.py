"""What lies behind an XForm: a workbook's cells, or nothing but the XForm itself.

Rule 1: with a workbook, words, rows and the columns that are ours come from its cells.
Rule 2: without one, the XForm's own words stand, a node's row is its number, and nothing is known of scales or rights.
Rule 3: neither changes what the form asks, in which order, or when.
Source: questionnaires.md sections 1, 2 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from models.expressions.syntax import Expr
from models.questionnaire import (
    Choice,
    Language,
    LanguageTag,
    Purpose,
    Rights,
    ScaleKey,
    Words,
    WordsKey,
)
from sync.central.authoring.check_expressions import Reading
from sync.central.authoring.form import Form, Item
from sync.central.authoring.gates import seconds
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from sync.central.authoring.wording import Keys, choices_of, languages, scales, wording
from sync.central.authoring.wording import keys as wording_keys
from sync.central.authoring.xform_lists import Gathering, choice_key
from sync.central.authoring.xform_parts import Saying, XForm
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_tree import Grown
from sync.central.authoring.xform_words import TITLE, Speech

NO_ASSERTION: Final = "NOASSERTION"  # as SPDX says it: nobody told
VERSION_LIMIT: Final = 200
COLUMN_OF: Final = {
    "label": "label",
    "hint": "hint",
    "guidance": "guidance_hint",
    "constraint": "constraint_message",
    "required": "required_message",
}
_FORM_ID: Final = re.compile(r"[a-z][a-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class Cover:
    """What a questionnaire holds besides its nodes, lists and actions."""

    id: str
    version: str
    purpose: Purpose
    title: WordsKey
    default_language: LanguageTag
    order: Literal["fixed", "modules-shuffled"]
    rights: Rights
    languages: tuple[Language, ...]
    scales: Mapping[str, ScaleKey]
    draws: Mapping[str, int]
    words: Mapping[LanguageTag, Mapping[WordsKey, Words]]


class Behind(Protocol):
    """What lies behind a form."""

    def row(self, at: int) -> int:
        """The author's row of a node."""

    def words(self, at: int, part: str, said: Saying) -> WordsKey | None:
        """The key of a node's words: label, hint, guidance, or the message of required or constraint."""

    def cell(self, at: int, column: str) -> str:
        """A column of ours, or ""."""

    def title(self, at: int, words: WordsKey | None) -> WordsKey:
        """The title of a module."""

    def seconds(self, first: int, last: int) -> int | None:
        """The estimated time of a module by its cells, or None."""

    def say(self, name: str) -> None:
        """Take in the words of an offered list."""

    def marked(self, name: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """An offered list with its kinds and scores."""

    def cover(self) -> Cover:
        """Everything else."""


class FromXForm:
    """Nothing but the XForm."""

    def __init__(self, xform: XForm, speech: Speech, gathering: Gathering, purpose: Purpose) -> None:
        self.xform = xform
        self.speech = speech
        self.gathering = gathering
        self.purpose = purpose
        speech.words[speech.default][TITLE] = (xform.title or xform.id or speech.terrain.grown.spots[0].name,)

    def row(self, at: int) -> int:
        """The node's number: an XForm has no rows."""
        return at

    def words(self, at: int, part: str, said: Saying) -> WordsKey | None:
        """The key of the words that stand in the XForm."""
        match part:
            case "constraint" | "required":
                return self.speech.message("".join(one for one in said.parts if isinstance(one, str)), at, part)
            case "guidance":
                return self.speech.of_node(said, at, part, ("guidance",)) if said.ref else None
            case _:
                return self.speech.of_node(said, at, part)

    def cell(self, at: int, column: str) -> str:
        """There are no cells."""
        del at, column
        return ""

    def title(self, at: int, words: WordsKey | None) -> WordsKey:
        """The group's own words, else the form's title."""
        del at
        return TITLE if words is None else words

    def seconds(self, first: int, last: int) -> int | None:
        """There are no cells."""
        del first, last
        return None

    def say(self, name: str) -> None:
        """Take in the words that stand in the XForm; a choice without any shows its value."""
        source = self.gathering.sources[name]
        for place, (value, said, _) in enumerate(self.gathering.rows(name)):
            key = choice_key(name, place)
            if not (said and self.speech.say(key, said, source.at, "label")) and value:
                self.speech.words[self.speech.default][key] = (value,)

    def marked(self, name: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The list as it is."""
        del name
        return choices

    def cover(self) -> Cover:
        """What the XForm's own attributes say."""
        self.speech.looked_up()
        return Cover(
            id=_form_id(self.xform.id),
            version=self.xform.version[:VERSION_LIMIT],
            purpose=Purpose(self.purpose),
            title=TITLE,
            default_language=self.speech.default,
            order="fixed",
            rights=Rights(NO_ASSERTION, "", ""),
            languages=self.speech.languages(),
            scales={},
            draws={},
            words=self.speech.words,
        )


def _form_id(written: str) -> str:
    """Return an id as questionnaires have it, made of the form's own."""
    plain = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")[:64]
    return plain if _FORM_ID.fullmatch(plain) else f"form-{plain}".rstrip("-")[:64]


class FromCells:
    """A workbook that was checked."""

    def __init__(self, form: Form, grown: Grown, terrain: Terrain) -> None:
        self.form = form
        self.grown = grown
        self.terrain = terrain
        self.keys: Keys = wording_keys(form)
        root = grown.spots[0].path
        self.numbers: Sequence[int] = [grown.by_path[f"{root}/{item.path}"] for item in form.items]
        self.items: Mapping[int, Item] = dict(zip(self.numbers, form.items, strict=True))
        self.lists: list[str] = []
        self.reading = Reading.of(form)

    def row(self, at: int) -> int:
        """The row of the sheet survey; a node that pyxform added goes by the row of what it stands beside."""
        while at not in self.items and at + 1 < len(self.grown.spots):
            at += 1
        return self.items[at].row.number if at in self.items else 0

    def words(self, at: int, part: str, said: Saying) -> WordsKey | None:
        """The key of the cells' words."""
        del said
        item, column = self.items.get(at), COLUMN_OF[part]
        if item is None or not self.form.words("survey", item.row, column):
            return None
        return self.keys.of(item, column)

    def cell(self, at: int, column: str) -> str:
        """A column of ours."""
        return self.items[at].row[column] if at in self.items else ""

    def title(self, at: int, words: WordsKey | None) -> WordsKey:
        """The module's own words: a check has seen that they are there."""
        del words
        return self.keys.of(self.items[at], "label")

    def seconds(self, first: int, last: int) -> int | None:
        """The time that the gate of length counts, the module's title left out."""
        return seconds(self.form, [item for number, item in self.items.items() if first < number <= last])

    def say(self, name: str) -> None:
        """The cells' words are taken in with the rest, in `cover`."""
        self.lists.append(name)

    def marked(self, name: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The list with kind, score and exclusive from its rows."""
        rows = choices_of(self.form, name)
        if [one.value for one in rows] != [one.value for one in choices]:
            facts = {"ours": f"the list {name}", "theirs": "another"}
            raise WorkbookRefusedError([Refusal("choices", 0, "", "pyxform", facts, "differs")])
        return tuple(
            replace(one, words=row.words, kind=row.kind, score=row.score, exclusive=row.exclusive)
            for one, row in zip(choices, rows, strict=True)
        )

    def named(self, item: Item, name: str) -> Expr:
        """How words of this item reach the question with this name."""
        number = self.numbers[self.reading.named(name) - 1]
        return self.terrain.reach(number, self.grown.by_path[f"{self.grown.spots[0].path}/{item.path}"])

    def cover(self) -> Cover:
        """What the sheets settings, scales and draws say."""
        settings = self.form.settings
        return Cover(
            id=settings["form_id"],
            version=settings["version"],
            purpose=Purpose(settings["purpose"]),
            title=self.keys.title,
            default_language=LanguageTag(self.form.default),
            order="modules-shuffled" if settings["order"] == "modules-shuffled" else "fixed",
            rights=Rights(
                settings["licence"],
                settings["attribution"],
                settings["source_url"],
                settings["licence_declaration"],
            ),
            languages=languages(self.form),
            scales=scales(self.form),
            draws={row["draw"]: int(row["take"]) for row in self.form.draws},
            words=wording(self.form, self.lists, self.named),
        )
