"""Counts of what people answered, question by question and place by place; exact, so never to be shown as they are.

Rule 1: pure: turns and questionnaires in, counts out.
Rule 2: every question presented is a row whose cells sum to the sheets that it was presented on; a question with
    several answers is one such row for each of its choices.
Rule 3: skipped and "prefer not to say" are one cell, "no answer"; "not for me" is a cell like any other.
Rule 4: nothing here knows how many scales, questions or choices there are; typed words and moments are never counted.
Rule 5: a question in a repeat has several answers: every instance counts, but a sheet counts once for each answer, so
    that nobody makes a group of ten alone.
Rule 6: a block that was drawn is counted among the sheets that got it: the draw is chance and tells nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Final, Literal, assert_never

from models.questionnaire import (
    LanguageTag,
    ModuleName,
    ModuleNode,
    Node,
    Number,
    Path,
    Questionnaire,
    Range,
    Rank,
    Repeat,
    Root,
    SelectMultiple,
    SelectOne,
    WordsKey,
    worded,
)
from models.seal import Digest
from sync.central.results.projection import Turn, answers_by_question, nodes_by_path

NO_ANSWER: Final = ""
NO_ANSWER_WORDS: Final = "No answer, or prefer not to say"
ENGLISH: Final = LanguageTag("en")
MOST_BANDS: Final = 8
MOST_STEPS: Final = 11
OUTER: Final = 10  # numbers at least in each outer band
_BAND_STEPS: Final = (1, 2, 5)
Kind = Literal["one", "many"]
Sheet = Mapping[Path, tuple[str, ...]]  # one module handed in, by question
Given = Sequence[tuple[str, ...]]  # the answers to one question, a tuple a sheet: one text, or one an instance
Asked = SelectOne | SelectMultiple | Rank | Range | Number


@dataclass(frozen=True, slots=True)
class Cell:
    """How many sheets gave this answer; `key` is the choice's value, or empty for no answer."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One question at one establishment. `asked` sheets showed it; `of` sheets of its pool were handed in.

    kind one: the cells sum to `asked`. kind many: each cell and its rest sum to `asked`.
    `pool`: the drawn block that it stands in, or blank: then its pool is all sheets of the module.
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
    pool: str = ""


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
    nodes, pools = nodes_by_path(questionnaire), _pools(questionnaire)
    sheets = [(turn.blocks, answers_by_question(turn.answers)) for turn in group]
    found: list[Counted] = []
    for path, node in nodes.items():
        pool = pools.get(path, "")
        around = [sheet for blocks, sheet in sheets if not pool or pool in blocks]
        given = [sheet[path] for sheet in around if path in sheet]
        if not given or not isinstance(node, Asked):
            continue
        repeated = _in_a_repeat(questionnaire, node)
        found.append(
            Counted(
                establishment=establishment,
                form=form,
                title=plain_words(questionnaire, questionnaire.title, tag),
                version=questionnaire.version,
                module=module,
                module_title=plain_words(questionnaire, title, tag),
                question=path,
                words=_words(questionnaire, node, path, tag),
                kind="many" if repeated or isinstance(node, SelectMultiple) else "one",
                cells=_cells(questionnaire, node, given, tag),
                asked=len(given),
                of=len(around),
                follows=_follows(path, around, questionnaire, nodes) if len(given) < len(around) else None,
                pool=pool,
            )
        )
    return found


def _words(questionnaire: Questionnaire, node: Asked, path: Path, tag: LanguageTag) -> str:
    words = plain_words(questionnaire, node.words, tag) or str(path)
    return f"{words} (put first)" if isinstance(node, Rank) else words


def _pools(questionnaire: Questionnaire) -> Mapping[Path, str]:
    """Return the drawn block of each question in one, where nothing but the draw decides who got it."""
    paths = [Path(""), *nodes_by_path(questionnaire)]
    free = [block for block in questionnaire.blocks if block.draw and not _conditional(questionnaire, block.first)]
    return {paths[number]: block.name for block in free for number in range(block.first, block.last + 1)}


def _conditional(questionnaire: Questionnaire, number: int) -> bool:
    """Tell whether answers decide if a block is shown: its own `relevant`, or that of a group around it."""
    node = questionnaire.nodes[number]
    if isinstance(node, Root | ModuleNode):
        return False
    return node.relevant is not None or _conditional(questionnaire, node.parent)


def _in_a_repeat(questionnaire: Questionnaire, node: Node) -> bool:
    while not isinstance(node, Root):
        node = questionnaire.nodes[node.parent]
        if isinstance(node, Repeat):
            return True
    return False


def _cells(questionnaire: Questionnaire, node: Asked, given: Given, tag: LanguageTag) -> tuple[Cell, ...]:
    match node:
        case SelectOne() | SelectMultiple() | Rank():
            return _choices(questionnaire, node, given, tag)
        case Range():
            return _steps(node, given)
        case Number():
            return _bands(given)
    assert_never(node)


def _choices(
    questionnaire: Questionnaire, node: SelectOne | SelectMultiple | Rank, given: Given, tag: LanguageTag
) -> tuple[Cell, ...]:
    choices = questionnaire.lists[node.list_name]
    skips = {choice.value for choice in choices if choice.kind == "skip"}
    ticks = _tally(given, lambda text: text.split()[:1] if isinstance(node, Rank) else text.split(), skips)
    cells = [
        Cell(choice.value, plain_words(questionnaire, choice.words, tag), ticks[choice.value])
        for choice in choices
        if choice.value not in skips
    ]
    return (*cells, Cell(NO_ANSWER, NO_ANSWER_WORDS, ticks[NO_ANSWER]))


def _tally(given: Given, keys: Callable[[str], Sequence[str]], skips: AbstractSet[str] = frozenset()) -> Counter[str]:
    """Count each key once a sheet; a sheet without any counts under no answer."""
    tally: Counter[str] = Counter()
    for texts in given:
        tally.update({key for text in texts for key in keys(text) if key not in skips} or {NO_ANSWER})
    return tally


def _steps(node: Range, given: Given) -> tuple[Cell, ...]:
    """Return the declared steps of a scale, whatever was answered."""
    start, end, step = (Decimal(text) for text in (node.grid.start, node.grid.end, node.grid.step))
    steps = int((end - start) / step) + 1
    if steps > MOST_STEPS:
        return _bands(given)
    values = [f"{start + step * at:f}" for at in range(steps)]
    plain = {Decimal(value): value for value in values}
    numbers = _tally(given, lambda text: [plain[Decimal(text)]] if text and Decimal(text) in plain else [])
    return (*(Cell(value, value, numbers[value]) for value in values), _none(numbers))


def _none(tally: Mapping[str, int]) -> Cell:
    return Cell(NO_ANSWER, NO_ANSWER_WORDS, tally.get(NO_ANSWER, 0))


def _bands(given: Given) -> tuple[Cell, ...]:
    """Return numbers in bands of one width, the outer ones open, so that no unusual number draws its own band."""
    numbers = sorted(Decimal(text) for texts in given for text in texts if text)
    if not numbers:
        return (_none(_tally(given, lambda _: [])),)
    tenth, outer = len(numbers) // 10, min(OUTER, len(numbers))
    width = _width(numbers[-1 - tenth] - numbers[tenth])
    bands = [floor(number / width) for number in numbers]
    low, high = bands[outer - 1], bands[-outer]
    if low >= high:
        tally = _tally(given, lambda text: ["any"] if text else [])
        return Cell("any", "any number", tally["any"]), _none(tally)
    names = {low: "low", high: "high"} | {band: f"{band * width}" for band in range(low + 1, high)}
    tally = _tally(given, lambda text: [names[min(max(floor(Decimal(text) / width), low), high)]] if text else [])
    middle = [
        Cell(names[band], f"{band * width} to under {(band + 1) * width}", tally[names[band]])
        for band in range(low + 1, high)
    ]
    first = Cell("low", f"under {(low + 1) * width}", tally["low"])
    return (first, *middle, Cell("high", f"{high * width} and over", tally["high"]), _none(tally))


def _width(spread: Decimal) -> int:
    ten = 1
    while True:
        for step in _BAND_STEPS:
            if spread < step * ten * (MOST_BANDS - 1):
                return step * ten
        ten *= 10


def _follows(
    path: Path, around: Sequence[Sheet], questionnaire: Questionnaire, nodes: Mapping[Path, Node]
) -> tuple[Path, frozenset[str]] | None:
    """Find a question put to everybody whose answer alone decides who was asked this one."""
    for other, node in nodes.items():
        if not isinstance(node, SelectOne) or _in_a_repeat(questionnaire, node):
            continue
        if not all(other in sheet for sheet in around):
            continue
        skips = {choice.value for choice in questionnaire.lists[node.list_name] if choice.kind == "skip"}
        said = [(sheet[other][0], path in sheet) for sheet in around]
        keys = [(NO_ANSWER if text in skips else text, asked) for text, asked in said]
        told = {key for key, asked in keys if asked}
        if told.isdisjoint(key for key, asked in keys if not asked):
            return other, frozenset(told)
    return None
