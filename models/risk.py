"""Words of risk: a text that somebody hands in against word lists, in memory; what comes out is classes, never words.

Rule 1: pure and deterministic: no log, no file, no clock, no chance; a finding does not say which word it was.
Rule 2: a miss is worse than a false alarm: words are met half way (see letters), and "not" takes nothing away.
Rule 3: the lines of a list have no order, and words added to a text take no finding of danger away.
Rule 4: time is bounded by the length of the text: words are looked up, no pattern is searched for.
Source: domain.md section 9, points 4 to 6 and 9.

A line of a list is places, parted by blanks: `a|b` is either of two words, `a_b` two words in a row, `word*` any word
that begins so, `..` lets up to four other words stand between, `^` is a word with a capital in mid-sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Final, Literal, get_args

from models.canonical import LanguageTag
from models.letters import Edge, Reading, fold, numbered, spread, written

RiskClass = Literal["danger", "hurt", "abuse", "staff", "escape", "names"]
CLASSES: Final[tuple[RiskClass, ...]] = get_args(RiskClass)
URGENT: Final[frozenset[RiskClass]] = frozenset({"danger", "hurt", "abuse"})
GAP: Final = 4  # words that `..` passes over, what stands on each side of an apostrophe being one
LONGEST: Final = 24  # letters of the longest word of a list
RUN_TOGETHER: Final = 8  # letters from which a phrase is looked for inside one word,
RUN_ALONE: Final = 6  # and from which it may be the whole of it
SLIPS_FROM: Final = 8  # letters from which one slip is forgiven


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text may be about."""

    classes: frozenset[RiskClass] = frozenset()

    @property
    def urgent(self) -> bool:
        """Return whether somebody may come to harm, so that help is shown now."""
        return bool(self.classes & URGENT)

    @property
    def about_staff(self) -> bool:
        """Return whether staff may have done wrong, so that the wing's own staff are not told."""
        return "staff" in self.classes

    @property
    def identifies(self) -> bool:
        """Return whether a person's name or number may stand there."""
        return "names" in self.classes


Spellings = Mapping[str, frozenset[str]]
"""Folded letters to the spellings with accents that are meant; empty where any will do."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place of a phrase; `gap`: other words may stand before it."""

    words: Spellings
    stems: Spellings
    capital: bool
    gap: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    about: RiskClass
    slots: tuple[_Slot, ...]


Index = Mapping[str, tuple[_Phrase, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class RiskList:
    """The words of one language. `reviewed_by` is blank until a clinician and a native speaker have read them."""

    tag: LanguageTag
    version: int
    reviewed_by: str
    lines: Mapping[RiskClass, tuple[str, ...]] = field(repr=False)
    by_word: Index = field(repr=False)
    by_stem: Index = field(repr=False)
    slips: Mapping[str, tuple[str, ...]] = field(repr=False)  # a long word with a letter left out, to the word


def read_list(tag: str, unverified: Mapping[str, object]) -> RiskList:
    """Return the list that assets/risk/<tag>.toml spells; RuntimeError where the file is no list."""
    version, reviewed_by = unverified.get("version"), unverified.get("reviewed_by")
    if not isinstance(version, int) or version < 1 or not isinstance(reviewed_by, str):
        msg = f"risk list {tag}: version or reviewed_by is missing"
        raise RuntimeError(msg)
    lines = {about: _lines(tag, about, unverified.get(about)) for about in CLASSES}
    kept = unverified.get("accents") == "kept"
    phrases = [
        phrase for about, every in lines.items() for line in every for phrase in _phrases(tag, about, line, kept=kept)
    ]
    return RiskList(
        tag=LanguageTag(tag),
        version=version,
        reviewed_by=reviewed_by,
        lines=lines,
        by_word=_gathered((word, phrase) for phrase in phrases for word in phrase.slots[0].words),
        by_stem=_gathered((stem, phrase) for phrase in phrases for stem in phrase.slots[0].stems),
        slips=_slips({word for phrase in phrases for slot in phrase.slots for word in slot.words}),
    )


def check(text: str, lists: Iterable[RiskList]) -> Signs:
    """Return what a text may be about, by every list: people mix languages, and write without their accents."""
    found: set[RiskClass] = {"names"} if numbered(text) else set()
    edges = spread(text)
    for one in lists:
        known = tuple((_with_slips(one, here[0]), *here[1:]) for here in edges)
        for at, here in enumerate(known):
            for edge in here:
                for phrase in _beginning_with(one, edge):
                    if phrase.about not in found and _follows(phrase, known, edge.to):
                        found.add(phrase.about)
            found |= _run_together(one, edges[at][0], found)
    return Signs(frozenset(found))


# Reading a list.


def _lines(tag: str, about: str, lines: object) -> tuple[str, ...]:
    if not isinstance(lines, list) or not lines or not all(isinstance(line, str) and line.split() for line in lines):
        msg = f"risk list {tag}: {about} is no list of lines"
        raise RuntimeError(msg)
    return tuple(str(line) for line in lines)


def _phrases(tag: str, about: RiskClass, line: str, *, kept: bool) -> Iterator[_Phrase]:
    """Yield a phrase for each way through the line's places; words of one place that are single share one way."""
    ways: list[list[tuple[_Slot, ...]]] = []
    gap = False
    for place in line.split():
        if place != "..":
            ways.append(_ways(place, kept=kept, gap=gap))
        gap = place == ".."
    if not ways or gap or any(way[0].capital or way[0].gap for way in ways[0]):
        msg = f"risk list {tag}: a line of {about} does not begin and end with a word"
        raise RuntimeError(msg)
    for way in product(*ways):
        yield _Phrase(about, tuple(chain.from_iterable(way)))


def _ways(place: str, *, kept: bool, gap: bool) -> list[tuple[_Slot, ...]]:
    """Return the single words of a place as one slot, and each row of words as slots of its own."""
    every = place.split("|")
    single = [word for word in every if "_" not in word]
    ways: list[tuple[_Slot, ...]] = [(_slot(single, kept=kept, gap=gap),)] if single else []
    rows = [word.split("_") for word in every if "_" in word]
    ways += [tuple(_slot([word], kept=kept, gap=gap and not at) for at, word in enumerate(row)) for row in rows]
    return ways


def _slot(every: list[str], *, kept: bool, gap: bool) -> _Slot:
    return _Slot(
        words=_spellings((word for word in every if not word.endswith(("*", "^"))), kept=kept),
        stems=_spellings((word.removesuffix("*") for word in every if word.endswith("*")), kept=kept),
        capital="^" in every,
        gap=gap,
    )


def _spellings(words: Iterable[str], *, kept: bool) -> Spellings:
    held: dict[str, frozenset[str]] = {}
    for word in words:
        for letters in fold(word):
            held[letters] = held.get(letters, frozenset()) | ({written(word)} if kept else set())
    return held


def _gathered(pairs: Iterable[tuple[str, _Phrase]]) -> Index:
    held: dict[str, list[_Phrase]] = {}
    for letters, phrase in pairs:
        held.setdefault(letters, []).append(phrase)
    return {letters: tuple(phrases) for letters, phrases in held.items()}


def _slips(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    held: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= SLIPS_FROM:
            for short in {word, *_shortened(word)}:
                held.setdefault(short, []).append(word)
    return {short: tuple(longer) for short, longer in held.items()}


def _shortened(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


# Looking a text up.


def _with_slips(words: RiskList, edge: Edge) -> Edge:
    """Add the long words of the list from which this one is one slip away."""
    meant = {
        Reading(word)
        for letters, *_ in edge.readings
        if SLIPS_FROM - 1 <= len(letters) <= LONGEST
        for short in (letters, *_shortened(letters))
        for word in words.slips.get(short, ())
        if word != letters and _one_slip(word, letters)
    }
    return Edge(edge.to, (*edge.readings, *sorted(meant)), edge.capital) if meant else edge


def _one_slip(one: str, other: str) -> bool:
    """Return whether a letter was left out, put in or changed, or two neighbours swapped; never the first letter."""
    if one[0] != other[0]:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == len(other) == 2 and one == other[::-1])  # noqa: PLR2004


def _beginning_with(words: RiskList, edge: Edge) -> Iterator[_Phrase]:
    """Yield the phrases whose first word this may be."""
    for reading in edge.readings:
        for phrase in words.by_word.get(reading.letters, ()):
            if _is_meant(phrase.slots[0].words[reading.letters], reading.written, whole=True):
                yield phrase
        for stem in _beginnings(reading.letters, reading.least):
            for phrase in words.by_stem.get(stem, ()):
                if _is_meant(phrase.slots[0].stems[stem], reading.written, whole=False):
                    yield phrase


def _beginnings(letters: str, least: int = 1) -> Iterator[str]:
    return (letters[:count] for count in range(least, min(len(letters), LONGEST) + 1))


def _is_meant(spellings: frozenset[str], typed: str | None, *, whole: bool) -> bool:
    if not spellings or typed is None:
        return True
    return typed in spellings if whole else typed.startswith(tuple(spellings))


def _fits(slot: _Slot, edge: Edge) -> bool:
    if slot.capital and edge.capital:
        return True
    for reading in edge.readings:
        spellings = slot.words.get(reading.letters)
        if spellings is not None and _is_meant(spellings, reading.written, whole=True):
            return True
        if slot.stems and any(
            stem in slot.stems and _is_meant(slot.stems[stem], reading.written, whole=False)
            for stem in _beginnings(reading.letters, reading.least)
        ):
            return True
    return False


def _follows(phrase: _Phrase, edges: tuple[tuple[Edge, ...], ...], at: int) -> bool:
    """Return whether the rest of a phrase, after its first word, stands from word `at` on."""
    ends = {at}
    for slot in phrase.slots[1:]:
        begins = chain.from_iterable(range(end, end + 1 + (GAP if slot.gap else 0)) for end in ends)
        ends = {edge.to for begin in set(begins) if begin < len(edges) for edge in edges[begin] if _fits(slot, edge)}
    return bool(ends)


def _run_together(words: RiskList, edge: Edge, known: Iterable[RiskClass]) -> set[RiskClass]:
    """Return the classes of phrases that stand in this one word without their blanks."""
    found: set[RiskClass] = set()
    for letters, *_ in edge.readings:
        if len(letters) < RUN_ALONE:
            continue
        for start in range(len(letters)):
            for first in _beginnings(letters[start:]):
                for phrase in (*words.by_word.get(first, ()), *words.by_stem.get(first, ())):
                    if len(phrase.slots) > 1 and phrase.about not in known:
                        end = _eaten(phrase.slots[1:], letters, start + len(first))
                        if end - start >= (RUN_ALONE if end - start == len(letters) else RUN_TOGETHER):
                            found.add(phrase.about)
    return found


def _eaten(slots: tuple[_Slot, ...], letters: str, at: int) -> int:
    """Return where the words of these places end, one right after the other from `at`; -1 where they do not stand.

    A letter that ends one word and begins the next stands there once: doublings are folded.
    """
    ends = {at}
    for slot in slots:
        ends = {
            begin + len(word)
            for end in ends
            for begin in (end, end - 1)
            for word in (*slot.words, *slot.stems)
            if letters.startswith(word, begin)
        }
    return max(ends, default=-1)
