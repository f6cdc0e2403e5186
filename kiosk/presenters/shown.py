"""What every View is made of.

Rule 1: frozen and slotted; a View holds all that is shown, so two equal Views look the same.
Rule 2: no Kivy, no file, no clock; words arrive as `Said`, ready to be drawn.
Rule 3: what is absent is None; there is no greyed-out control.
Rule 4: only words that somebody published have clips; what a person typed is silent because nobody gave it any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple

from models.clips import ClipKey, clip_key, sentences

Direction = Literal["ltr", "rtl"]
Theme = Literal["light", "contrast"]
Scale = Literal[100, 125, 150]

ARABIC_COMMA: Final = "، "
ARABIC_COMMAS: Final = frozenset({"ar", "ckb", "fa", "ps", "ur"})
"""Languages in the Arabic script, each with that comma."""


class Phrase(NamedTuple):
    """One of the kiosk's own sentences before it is said: its screen, and its plain English with {facts}."""

    context: str
    msgid: str


class Heard(NamedTuple):
    """One clip of words; `private`: it says what this person answered, and is for their ears alone."""

    clip: ClipKey
    private: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Words as really shown: the tag and direction are those of the words, not of the wish.

    `clips` speak them one after another, or `whole` does in one; words without any are never spoken. `typed`: somebody
    here wrote some of them, so no cache may hold them.
    """

    text: str
    tag: str
    direction: Direction
    typed: bool = field(default=False, kw_only=True)
    clips: tuple[Heard, ...] = field(default=(), compare=False, repr=False)
    whole: ClipKey | None = field(default=None, compare=False, repr=False)


def aloud(text: str, tag: str, direction: Direction) -> Said:
    """Return words that may be spoken: somebody published them."""
    every = sentences(text)
    whole = clip_key(tag, " ".join(every)) if every else None
    return Said(text, tag, direction, tuple(Heard(clip_key(tag, one)) for one in every), whole)


def for_their_ears(said: Said) -> Said:
    """Return words that are spoken in headphones only."""
    return replace(said, clips=tuple(Heard(heard.clip, private=True) for heard in said.clips), whole=None)


def listed(texts: Iterable[str], tag: str) -> str:
    """Return texts side by side, with the comma of their language. Source: CLDR, list patterns."""
    return (ARABIC_COMMA if tag in ARABIC_COMMAS else ", ").join(texts)


def digits(text: str, tag: str, direction: Direction = "ltr") -> Said:
    """Return a number or time: drawn alike in every language, and spoken in this one."""
    return replace(aloud(text, tag, direction), tag="en")


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to touch; `picture` names an icon or a file of the bundle (see pictures), `place` is drawn large.

    `numbered`: a place is kept free for its number while it has none, as in a ranking. `ear`: beside it stands a
    control of its own that says its words. `gone`: it is crossed out and cannot be touched. `marked`: its picture is a
    tick or a cross itself, and has no second tick beside it: two of them say "Strongly agree".
    """

    key: str
    words: Said
    picture: str | None = None
    chosen: bool = False
    small: Said | None = None
    place: int | None = None
    numbered: bool = False
    ear: bool = False
    gone: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How the whole page stands: mirrored or not, ground and ink, per cent of the usual size."""

    direction: Direction
    theme: Theme = "light"
    scale: Scale = 100
    left_handed: bool = False  # mirrors the bars, and nothing else
    office: bool = False  # a waiting room of probation, and no wing


@dataclass(frozen=True, slots=True)
class Bars:
    """The controls above and below, always in this order; None is absent."""

    language: Said | None = None
    help: Said | None = None
    stop: Said | None = None
    back: Said | None = None
    skip: Said | None = None
    onward: Said | None = None
    listen: Said | None = None
    bigger: Said | None = None
    hide: Said | None = None


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
