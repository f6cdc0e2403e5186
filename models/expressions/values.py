"""The kinds of value an expression gives, how one becomes another, and what an evaluation can see.

Rule 1: booleans, numbers, days, texts and node-sets, and no other kind.
Rule 2: conversions are XPath 1.0 with ODK's days; no conversion fails.
Rule 3: whatever differs between two evaluations (node, day, seed, words) is in the Scope; nothing else is seen.
Source: questionnaires.md section 6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol

from models.errors import ExpressionError
from models.expressions.days import days_from_text, text_from_days

STEP_LIMIT: Final = 20_000
PRODUCED_LIMIT: Final = 16_384
SPACE: Final = " \t\r\n"
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY_BEGINS: Final = re.compile(r"[0-9]{4}-")
_EXPONENT_FROM: Final = 1e21


class Node(Protocol):
    """Any tree an expression can walk: a sheet, a list of choices, or a document in a test."""

    @property
    def name(self) -> str:
        """The element's name; blank for the root above the first element."""

    @property
    def parent(self) -> Node | None:
        """The node around it."""

    @property
    def children(self) -> Sequence[Node]:
        """The elements inside it, in form order."""

    @property
    def attributes(self) -> Sequence[Node]:
        """Its attributes."""

    @property
    def order(self) -> int:
        """Its place in form order, no two alike in one tree."""

    def text(self) -> str:
        """Own text, or that of all descendants; blank where not relevant."""


@dataclass(frozen=True, slots=True)
class Day:
    """A number of days since 1970-01-01T00:00Z that remembers it is a date; NaN is an invalid date.

    `offset_minutes` is the local distance from UTC, only for its text.
    """

    days: float
    offset_minutes: int = field(default=0, compare=False)

    def text(self) -> str:
        """Return YYYY-MM-DD on a local midnight, else with time and zone; `Invalid Date` where there is no such day."""
        return text_from_days(self.days, self.offset_minutes)


class DayCount(float):
    """What `number()` makes of a date: the exact number of days, whose text shows whole days."""

    __slots__ = ()


Value = bool | float | Day | str | tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of the evaluation, its fixed distance from UTC in minutes (0 on kiosks), and the instant of `now()`.

    Where no instant is given, `now()` is the beginning of the day. The instant has a zone.
    """

    today: date
    offset_minutes: int = 0
    instant: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarNames:
    """Short names for `format-date` in one language: twelve months from January, seven days from Monday."""

    months: tuple[str, ...]
    days: tuple[str, ...]


ENGLISH: Final = CalendarNames(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


def _no_words(key: str) -> str:
    return key


def _no_choice_words(value: str, _: str) -> str:
    return value


def _no_node(number: int) -> Node:
    raise RuntimeError(f"no node {number} in this scope")


@dataclass(frozen=True, slots=True)
class Scope:
    """What one evaluation can see; `root` stands above the first element.

    `at` gives the node of a `["ref", n]`: one node, or all its instances in form order where it stands in a repeat
    that `node` is not in. `words` gives the words of a key, and `choice_words` those of a choice, by its value and
    the path of its question as `jr:choice-name` has it, both in the active language with fallback.
    """

    node: Node
    root: Node
    clock: Clock
    words: Callable[[str], str] = _no_words
    seed: int = 0
    lists: Mapping[str, Node] = field(default_factory=dict)
    at: Callable[[int], Node | tuple[Node, ...]] = _no_node
    choice_words: Callable[[str, str], str] = _no_choice_words
    names: CalendarNames = ENGLISH


class Run:
    """One evaluation under way: the place it stands on, and what it may still spend."""

    __slots__ = ("drawn", "left", "node", "offset", "place", "scope", "size")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.node: Node = scope.node
        self.place = 1  # position(), 1-based
        self.size = 1  # last()
        self.left = STEP_LIMIT
        self.offset = scope.clock.offset_minutes
        self.drawn = 0  # random numbers so far

    def spend(self, steps: int = 1) -> None:
        """Count nodes visited and calls made; raises ExpressionError beyond the bound."""
        self.left -= steps
        if self.left < 0:
            raise ExpressionError(0, "too-costly")


def to_boolean(value: Value) -> bool:
    """A number is true unless 0 or NaN; a text or node-set unless empty; a day unless invalid."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, Day):
        return not math.isnan(value.days)
    return len(value) > 0


def to_number(value: Value, offset_minutes: int = 0) -> float:
    """A text counts if it is a number or a date, else NaN; a node-set by its first node in form order; blank is NaN."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Day):
        return value.days
    return text_to_number(value if isinstance(value, str) else to_text(value), offset_minutes)


def text_to_number(text: str, offset_minutes: int = 0) -> float:
    """Return the number, or the days since 1970-01-01T00:00Z, that the text spells; NaN if neither."""
    text = text.strip(SPACE)
    if _NUMBER.fullmatch(text):
        return float(text)
    return days_from_text(text, offset_minutes) if _DAY_BEGINS.match(text) else math.nan


def to_text(value: Value) -> str:
    """Whole numbers without a point, no exponent below 1e21; a node-set by its first node in form order."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_to_text(value)
    if isinstance(value, Day):
        return value.text()
    if not value:
        return ""
    return (value[0] if len(value) == 1 else min(value, key=lambda node: node.order)).text()


def number_to_text(number: float) -> str:
    """Return the shortest text that reads back as this number, in XPath's spelling; of counted days the whole ones."""
    if isinstance(number, DayCount) and math.isfinite(number):
        return str(math.floor(number))
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < _EXPONENT_FROM:
        return str(int(number))
    return repr(number) if abs(number) >= _EXPONENT_FROM else format(Decimal(repr(number)), "f")
