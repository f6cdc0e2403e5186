"""Counts of what people answered, question by question and place by place; exact, so never to be shown as they are.

Rule 1: pure: turns and questionnaires in, counts out.
Rule 2: every question presented is a row whose cells sum to the sheets that it was presented on; a question with
    several answers is one such row for each of its choices.
Rule 3: skipped and "prefer not to say" are one cell, "no answer"; "not for me" is a cell like any other.
Rule 4: nothing here knows how many scales, questions or choices there are; typed words are never counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Final, Literal

from models.questionnaire import (
    LanguageTag,
    ModuleName,
    Node,
    Number,
    Path,
    Questionnaire,
    Range,
    SelectMultiple,
    SelectOne,
    WordsKey,
    worded,
)
from models.seal import Digest
from sync.central.results.projection import Turn, nodes_by_path

NO_ANSWER: Final = ""
NO_ANSWER_WORDS: Final = "No answer, or prefer not to say"
ENGLISH: Final = LanguageTag("en")
MOST_BANDS: Final = 8
MOST_STEPS: Final = 11
OUTER: Final = 10  # numbers at least in each outer band
_BAND_STEPS: Final = (1, 2, 5)
Kind = Literal["one", "many"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many sheets gave this answer; `key` is the choice's value, or empty for no answer."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One question at one establishment. `asked` sheets showed it; `of` sheets of the module were handed in.

    kind one: the cells sum to `asked`. kind many: each cell and its rest sum to `asked`.
    `follows`: the earlier question and the keys of its cells that decide exactly who was asked; None where everybody
    was, or where no single earlier question decides it.
    """

    establishment: str
    form: Digest
    title: str
    version: str
    module: ModuleName
    module_title: str
    question: Path
    words: str
    kind: Kind
    cells: tuple[Cell, ...]
    asked: int
    of: int
    follows: tuple[Path, frozenset[str]] | None = None


def count(
    turns: Sequence[Turn], questionnaires: Mapping[Digest, Questionnaire], tag: LanguageTag = ENGLISH
) -> tuple[Counted, ...]:
    """Return the exact counts, by establishment, questionnaire, module and question in form order, words in `tag`."""
    groups: dict[tuple[str, Digest, ModuleName], list[Turn]] = {}
    for turn in turns:
        groups.setdefault((turn.establishment, turn.form, turn.module), []).append(turn)
    found: list[Counted] = []
    for whose, group in sorted(groups.items()):
        found += _module(whose, group, questionnaires[whose[1]], tag)
    return tuple(found)


def plain_words(questionnaire: Questionnaire, key: WordsKey | None, tag: LanguageTag = ENGLISH) -> str:
    """Return words as one line; what a kiosk would fill in from an answer stands as three dots."""
    if key is None:
        return ""
    parts, _ = worded(questionnaire, key, tag)
    return " ".join("".join(part if isinstance(part, str) else "…" for part in parts).split())


def _module(
    whose: tuple[str, Digest, ModuleName], group: Sequence[Turn], questionnaire: Questionnaire, tag: LanguageTag
) -> list[Counted]:
    establishment, form, module = whose
    title = next(known.title for known in questionnaire.modules if known.name == module)
    nodes = nodes_by_path(questionnaire)
    found: list[Counted] = []
    for path, node in nodes.items():
        sheets = [turn for turn in group if path in turn.answers]
        if not sheets or not isinstance(node, SelectOne | SelectMultiple | Range | Number):
            continue
        given = [turn.answers[path] for turn in sheets]
        found.append(
            Counted(
                establishment=establishment,
                form=form,
                title=plain_words(questionnaire, questionnaire.title, tag),
                version=questionnaire.version,
                module=module,
                module_title=plain_words(questionnaire, title, tag),
                question=path,
                words=plain_words(questionnaire, node.words, tag) or str(path),
                kind="many" if isinstance(node, SelectMultiple) else "one",
                cells=_cells(questionnaire, node, given, tag),
                asked=len(sheets),
                of=len(group),
                follows=_follows(path, group, questionnaire, nodes) if len(sheets) < len(group) else None,
            )
        )
    return found


def _cells(questionnaire: Questionnaire, node: Node, given: Sequence[str], tag: LanguageTag) -> tuple[Cell, ...]:
    match node:
        case SelectOne() | SelectMultiple():
            return _choices(questionnaire, node, given, tag)
        case Range():
            return _steps(node, given)
        case Number():
            return _bands(given)
    raise RuntimeError(f"{type(node).__name__} has no counts")


def _choices(
    questionnaire: Questionnaire, node: SelectOne | SelectMultiple, given: Sequence[str], tag: LanguageTag
) -> tuple[Cell, ...]:
    choices = questionnaire.lists[node.list_name]
    skips = {choice.value for choice in choices if choice.kind == "skip"}
    ticks = Counter(tick for text in given for tick in (text.split() if isinstance(node, SelectMultiple) else [text]))
    none = sum(1 for text in given if not text or text in skips)
    cells = [
        Cell(choice.value, plain_words(questionnaire, choice.words, tag), ticks[choice.value])
        for choice in choices
        if choice.value not in skips
    ]
    return (*cells, Cell(NO_ANSWER, NO_ANSWER_WORDS, none))


def _steps(node: Range, given: Sequence[str]) -> tuple[Cell, ...]:
    """Return the declared steps of a scale, whatever was answered."""
    start, end, step = (Decimal(text) for text in (node.grid.start, node.grid.end, node.grid.step))
    steps = int((end - start) / step) + 1
    if steps > MOST_STEPS:
        return _bands(given)
    numbers = Counter(Decimal(text) for text in given if text)
    values = [start + step * at for at in range(steps)]
    cells = [Cell(f"{value:f}", f"{value:f}", numbers[value]) for value in values]
    return (*cells, Cell(NO_ANSWER, NO_ANSWER_WORDS, sum(1 for text in given if not text)))


def _bands(given: Sequence[str]) -> tuple[Cell, ...]:
    """Return numbers in bands of one width, the outer ones open, so that no unusual number draws its own band."""
    numbers = sorted(Decimal(text) for text in given if text)
    none = Cell(NO_ANSWER, NO_ANSWER_WORDS, len(given) - len(numbers))
    tenth, outer = len(numbers) // 10, min(OUTER, len(numbers))
    if not numbers:
        return (none,)
    width = _width(numbers[-1 - tenth] - numbers[tenth])
    bands = [floor(number / width) for number in numbers]
    low, high = bands[outer - 1], bands[-outer]
    if low >= high:
        return Cell("any", "any number", len(numbers)), none
    inside = Counter(min(max(band, low), high) for band in bands)
    middle = [
        Cell(f"{band * width}", f"{band * width} to under {(band + 1) * width}", inside[band])
        for band in range(low + 1, high)
    ]
    first = Cell("low", f"under {(low + 1) * width}", inside[low])
    return (first, *middle, Cell("high", f"{high * width} and over", inside[high]), none)


def _width(spread: Decimal) -> int:
    ten = 1
    while True:
        for step in _BAND_STEPS:
            if spread < step * ten * (MOST_BANDS - 1):
                return step * ten
        ten *= 10


def _follows(
    path: Path, group: Sequence[Turn], questionnaire: Questionnaire, nodes: Mapping[Path, Node]
) -> tuple[Path, frozenset[str]] | None:
    """Find a question put to everybody whose answer alone decides who was asked this one."""
    for other, node in nodes.items():
        if not isinstance(node, SelectOne) or not all(other in turn.answers for turn in group):
            continue
        skips = {choice.value for choice in questionnaire.lists[node.list_name] if choice.kind == "skip"}
        keys = [NO_ANSWER if turn.answers[other] in skips else turn.answers[other] for turn in group]
        asked = {key for key, turn in zip(keys, group, strict=True) if path in turn.answers}
        if asked.isdisjoint(key for key, turn in zip(keys, group, strict=True) if path not in turn.answers):
            return other, frozenset(asked)
    return None
