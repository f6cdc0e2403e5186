"""What a question is answered on: one pad a kind.

Rule 1: a closed union; every match on it ends in assert_never, and a new kind of answer is one more class here.
Rule 2: a pad holds all that is shown of the answer, and nothing of how it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.presenters.shown import Direction, Key, Said, Tile

DIGITS: Final = "1234567890"
A_PAD, A_ROW = 10, 3
FREE: Final = Key("", "")  # keeps its place free


@dataclass(frozen=True, slots=True)
class Tiles:
    """Choices, up to five a page; `many` draws square boxes, `likert` one row; `page` counts from 0.

    `columns`: how many stand side by side, 0 as they fit; `pictured`: cards on which the picture counts most.
    `most`: how many tiles the fullest page has, "More" with them, so that all pages are laid out alike.
    """

    tiles: tuple[Tile, ...]
    many: bool
    likert: bool
    page: int
    pages: int
    more: Said | None
    columns: int = 0
    pictured: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True)
class Ranking:
    """Choices touched in order; the `place` of a tile is its rank, from 1. `undo` takes the last one back.

    `most`: as for Tiles.
    """

    tiles: tuple[Tile, ...]
    page: int
    pages: int
    more: Said | None
    undo: Said | None
    most: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """A row of steps in reading direction, or a ladder with the highest on top; `at` counts from 0."""

    stops: tuple[Said, ...]
    at: int | None
    low: Said | None
    high: Said | None
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the line of a long range: touching it goes there. `index` counts the stops from 0.

    `lit`: its number is the one that stands; on a line without numbers, the line is filled up to here or further.
    """

    index: int
    words: Said | None
    lit: bool


@dataclass(frozen=True, slots=True)
class Stepper:
    """A long range: a line of marks, and a large value between minus and plus; what cannot act is absent."""

    value: Said | None
    marks: tuple[Mark, ...]
    minus: Key | None
    plus: Key | None


@dataclass(frozen=True, slots=True)
class Wheel:
    """One part of a day or time: its name, its value, and the keys above and below it, from the head."""

    name: Said | None
    value: Said
    above: tuple[Key, ...]
    below: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Wheels:
    """A day or time by its parts; `whole` says it in words and may be touched. Until then nothing is chosen.

    `mirrors`: the parts stand in reading direction; the digits of a clock do not.
    """

    wheels: tuple[Wheel, ...]
    whole: Said
    chosen: bool
    mirrors: bool


def as_on_a_telephone(signs: str, delete: str, before: Key = FREE) -> tuple[tuple[Key, ...], ...]:
    """Return the keys of up to ten signs: the tenth stands below the middle, between one more key and Delete."""
    keys = [*(Key(sign, sign) for sign in signs), *[FREE] * (A_PAD - len(signs))]
    rows = (tuple(keys[at : at + A_ROW]) for at in range(0, A_PAD - 1, A_ROW))
    return (*rows, (before, keys[-1], Key("delete", delete)))


@dataclass(frozen=True, slots=True)
class Keypad:
    """A number pad; digits run left to right in every language. Keys: digits, "." and "delete", a word in `tag`."""

    typed: str
    rows: tuple[tuple[Key, ...], ...]
    tag: str = "en"


@dataclass(frozen=True, slots=True)
class TextPad:
    """The kiosk's own keyboard; `left` says how many letters may follow, once they become few.

    Keys: a character to write, or space, delete, shift, letters, numbers, accents, order, further, clear, wipe, keep;
    an empty one keeps a place free. `narrow` are the keys for glass that has no room for ten in a row.
    """

    typed: str
    tag: str
    direction: Direction
    left: Said | None
    rows: tuple[tuple[Key, ...], ...]
    narrow: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An answer that nobody may change here."""

    words: Said


@dataclass(frozen=True, slots=True)
class Series:
    """What there is of a repeat so far, a line an instance; `add` is absent once there are as many as can be."""

    lines: tuple[Tile, ...]
    take_away: Said | None
    add: Said | None
    more: Said | None


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Shall this instance really go?"""

    line: Tile
    yes: Said
    no: Said


@dataclass(frozen=True, slots=True)
class Large:
    """A picture as large as the page allows; the same names as on a tile."""

    picture: str


@dataclass(frozen=True, slots=True)
class NoteOnly:
    """Words alone: the way on says all that is to be said, also that they were understood."""


AnswerPad = (
    Tiles | Ranking | Steps | Stepper | Wheels | Keypad | TextPad | Fixed | Series | TakeAway | Large
    | NoteOnly
)  # fmt: skip
