"""Typed words met half way: what somebody may have meant, however it was written.

Rule 1: pure, and nothing is remembered: what a person typed is in no cache.
Rule 2: a text becomes edges, each from one of its words to a later one, with the ways to read what stands between.
Rule 3: an edge depends on the words under it alone: what stands before or behind adds edges and takes none away.
Rule 4: every step is bounded by the length of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import regex

SPELLED: Final = 24  # words of which one word may have been made by spelling it out
JOINED: Final = 5  # letters from which two words may be one that was split

# What NFKD does not take apart: letters with a stroke, and letters of Arabic script that are written for each other.
_ALIKE: Final = str.maketrans(
    "đłøıðħ\u06cc\u0649\u06d2\u06c1\u06be\u06d5\u0629\u06c3\u06a9\u06ba\u0671",
    "dloidh\u064a\u064a\u064a\u0647\u0647\u0647\u0647\u0647\u0643\u0646\u0627",
    "\u0621\u0640",
)
_STROKES: Final = frozenset("đłøı")
_LIGHT: Final = frozenset("\u0a01\u0a02\u0a70\u0a71")  # signs of Gurmukhi that are often left out
_DIGITS: Final = str.maketrans("034578", "oeastb")
_SYMBOLS: Final = str.maketrans("@$€!|", "aseil")
_PROCLITICS: Final = ("وال", "فال", "بال", "كال", "ول", "ال", "و", "ف", "ب", "ل", "ك", "س")
_STEM_LEFT: Final = 3  # letters of an Arabic word that stay when what is written to its front is taken off

_UNSEEN: Final = regex.compile(r"\p{Cf}")
_APOSTROPHES: Final = regex.compile(r"['\u2018\u2019\u02bc`\u00b4\p{Cf}]")
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_REPEATED: Final = regex.compile(r"(.)\1+")
_SENTENCE_ENDS: Final = (".", "!", "?", ":", "\u061f", "\u06d4", "\u0964")
_NUMBER: Final = regex.compile(r"[A-Z]([0-9]{4}[A-Z]{2}|[0-9]{6})")


class Reading(NamedTuple):
    """Folded letters; `written` is the spelling with its accents, None where the accents say nothing.

    `least`: how many letters the beginning of a word must cover to count, where two words were put together.
    """

    letters: str
    written: str | None = None
    least: int = 1


@dataclass(frozen=True, slots=True)
class Edge:
    """From one word to the one before word `to`, counted from 0: how what stands between may be read."""

    to: int
    readings: tuple[Reading, ...]
    capital: bool = False  # one word in mid-sentence that begins with a capital


class _Word(NamedTuple):
    typed: str
    chunk: int  # counts what stands between two blanks
    capital: bool


def written(word: str) -> str:
    """Return a word's one spelling with accents, in small letters, nothing doubled."""
    return str(_REPEATED.sub(r"\1", unicodedata.normalize("NFC", _APOSTROPHES.sub("", word).casefold())))


def fold(word: str) -> tuple[str, ...]:
    """Return the letters of a word without case, accents, look-alikes and doublings; two readings where a 1 stands."""
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", word).casefold())
    letters = "".join(char for char in apart if not unicodedata.combining(char) and char not in _LIGHT)
    letters = letters.translate(_ALIKE)
    if not any(char.isalpha() for char in letters):
        return ("".join(str(unicodedata.digit(char, char)) for char in letters),)
    letters = letters.translate(_DIGITS)
    ways = dict.fromkeys(letters.replace("1", way) for way in "il")
    return tuple(_REPEATED.sub(r"\1", way) for way in ways)


def spread(text: str) -> tuple[tuple[Edge, ...], ...]:
    """Return the edges that begin at each word of a text."""
    words, wholes = _words(text)
    return tuple(tuple(_edges(words, wholes, at)) for at in range(len(words)))


def numbered(text: str) -> bool:
    """Return whether a number as people in prison have may stand in a text: A1234BC or A123456, in whatever case."""
    words = ["".join(fold_digits(char) for char in word.typed).upper() for word in _words(text)[0]]
    return any(_NUMBER.fullmatch("".join(words[at : at + count])) for at in range(len(words)) for count in (1, 2, 3))


def fold_digits(char: str) -> str:
    """Return a digit of any script as a Western one, anything else as it is."""
    return str(unicodedata.digit(char, char))


def _words(text: str) -> tuple[list[_Word], dict[int, str]]:
    """Return the words in order, and each whole chunk by its number."""
    words: list[_Word] = []
    wholes: dict[int, str] = {}
    ended = True
    for chunk, typed in enumerate(_UNSEEN.sub("", text).split()):
        inside = _WORD.findall(typed)
        for place, word in enumerate(inside):
            begins = ended and place == 0
            words.append(_Word(word, chunk, capital=word[0].isupper() and len(word) > 1 and not begins))
        wholes[chunk] = typed
        ended = typed.endswith(_SENTENCE_ENDS)
    return words, wholes


def _edges(words: list[_Word], wholes: dict[int, str], at: int) -> Iterator[Edge]:
    """Yield the word, it with the next, what may be spelled out from here on, and the whole chunk where it begins."""
    here = words[at]
    yield Edge(at + 1, _readings(here.typed), here.capital)
    if at + 1 < len(words) and (
        _goes_on(words, at + 1) or not any(_accented(word.typed) for word in words[at : at + 2])
    ):
        yield from _joined(words, at, 2, 1 if _goes_on(words, at + 1) else JOINED)
    end = at + 1
    while end < len(words) and end - at < SPELLED and _goes_on(words, end):
        end += 1
        if end - at > 2:  # noqa: PLR2004 - two are joined above
            yield from _joined(words, at, end - at, 1)
    if at == 0 or words[at - 1].chunk != here.chunk:
        count = sum(word.chunk == here.chunk for word in words[at : at + SPELLED])
        meant = wholes[here.chunk].translate(_SYMBOLS)
        if count > 1 or meant != wholes[here.chunk]:
            yield Edge(at + count, _plainly(meant))


def _goes_on(words: list[_Word], end: int) -> bool:
    """Return whether the word at `end` may spell on what the one before it began."""
    spelled = len(words[end].typed) == 1 and len(words[end - 1].typed) == 1
    return spelled or words[end].chunk == words[end - 1].chunk


def _joined(words: list[_Word], at: int, count: int, least: int) -> Iterator[Edge]:
    covered = sum(len(word.typed) for word in words[at : at + count - 1]) + min(2, len(words[at + count - 1].typed))
    readings = _plainly("".join(word.typed for word in words[at : at + count]), covered)
    if len(readings[0].letters) >= least:
        yield Edge(at + count, readings)


def _plainly(typed: str, covered: int = 1) -> tuple[Reading, ...]:
    return tuple(Reading(way, least=min(covered, len(way))) for way in fold("".join(_WORD.findall(typed))))


def _readings(typed: str) -> tuple[Reading, ...]:
    spelling = written(typed) if _accented(typed) else None
    ways = [Reading(way, spelling) for way in fold(typed)]
    for way in tuple(ways):
        ways += [
            Reading(way.letters.removeprefix(front))
            for front in _PROCLITICS
            if way.letters.startswith(front) and len(way.letters) - len(front) >= _STEM_LEFT
        ]
    return tuple(dict.fromkeys(ways))


def _accented(typed: str) -> bool:
    apart = unicodedata.normalize("NFKD", typed.casefold())
    return any(unicodedata.combining(char) or char in _STROKES for char in apart)
