"""What every View is made of.

Rule 1: frozen and slotted; a View holds all that is shown, so two equal Views look the same.
Rule 2: no Kivy, no file, no clock; words arrive as `Said`, ready to be drawn.
Rule 3: what is absent is None; there is no greyed-out control.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["ltr", "rtl"]
Theme = Literal["light", "contrast"]
Scale = Literal[100, 125, 150]


class Phrase(NamedTuple):
    """One of the kiosk's own sentences before it is said: its screen, and its plain English with {facts}."""

    context: str
    msgid: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words as really shown: the tag and direction are those of the words, not of the wish."""

    text: str
    tag: str
    direction: Direction
    clips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to touch; `picture` names an icon or a file of the bundle (see pictures), `place` is drawn large.

    `numbered`: a place is kept free for its number while it has none, as in a ranking.
    """

    key: str
    words: Said
    picture: str | None = None
    chosen: bool = False
    small: Said | None = None
    place: int | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How the whole page stands: mirrored or not, ground and ink, per cent of the usual size."""

    direction: Direction
    theme: Theme = "light"
    scale: Scale = 100


@dataclass(frozen=True, slots=True)
class Bars:
    """The controls above and below, always in this order; None is absent."""

    language: Said | None = None
    help: Said | None = None
    stop: Said | None = None
    back: Said | None = None
    skip: Said | None = None
    onward: Said | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is: `at` of `of` questions in this part, from 1."""

    at: int
    of: int
    words: Said


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a pad; `key` is what touch_key gets, `wide` counts the widths of a letter key."""

    key: str
    words: str
    wide: int = 1
