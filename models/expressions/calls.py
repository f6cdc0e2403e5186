"""What every function is made of: how a call is built, and how it takes its values.

Rule 1: a function sees its values and the run; what it must not see (files, the network, the time of day) is not there.
Rule 2: what it reads and writes is counted: every step, and long texts by their length.
Rule 3: a node-set given where one text or number is wanted counts by its first node in form order.
Source: questionnaires.md sections 7 and 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from models.errors import ExpressionError
from models.expressions.syntax import Expr, TextLiteral
from models.expressions.values import PRODUCED_LIMIT, Node, Run, Value, text_to_number, to_number, to_text

Thunk = Callable[[Run], Value]
Build = Callable[[tuple[Expr, ...], tuple[Thunk, ...]], Thunk]
Check = Callable[[tuple[Expr, ...]], None]
_A_STEP: Final = 64  # characters read or written that count as one step


def no_check(_: tuple[Expr, ...]) -> None:
    """Find nothing wrong."""


@dataclass(frozen=True, slots=True)
class Function:
    """How many values it takes, how a call is built, and what about its values can be refused before running."""

    least: int
    most: int | None
    build: Build
    check: Check = no_check


def eager(function: Callable[..., Value]) -> Build:
    """Build calls of a plain function that takes the run and then every value."""

    def build(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
        if len(thunks) == 1:
            (only,) = thunks
            return lambda run: function(run, only(run))
        if len(thunks) == 2:  # noqa: PLR2004 - one and two values are the usual case, and the quick one
            first, second = thunks
            return lambda run: function(run, first(run), second(run))
        return lambda run: function(run, *(thunk(run) for thunk in thunks))

    return build


def produced(run: Run, text: str) -> str:
    """Return `text`, or raise ExpressionError("too-costly") where it is longer than an evaluation may produce."""
    if len(text) >= _A_STEP:
        if len(text) > PRODUCED_LIMIT:
            raise ExpressionError(0, "too-costly")
        run.spend(len(text) // _A_STEP)
    return text


def text_of(run: Run, value: Value) -> str:
    """Return a value as text, of whatever length; a long one costs steps, since somebody will read through it."""
    text = to_text(value)
    if len(text) >= _A_STEP:
        run.spend(len(text) // _A_STEP)
    return text


def number_of(run: Run, value: Value) -> float:
    """Return a value as a number, days without a zone being local."""
    return to_number(value, run.offset)


def nodes_of(value: Value) -> tuple[Node, ...]:
    """Return the nodes, or raise ExpressionError("not-a-list")."""
    if not isinstance(value, tuple):
        raise ExpressionError(0, "not-a-list")
    return value


def texts_of(run: Run, values: tuple[Value, ...]) -> list[str]:
    """Return every value as text; node-sets contribute every node."""
    texts: list[str] = []
    for value in values:
        if isinstance(value, tuple):
            run.spend(len(value))
            texts.extend(text_of(run, (node,)) for node in value)
        else:
            texts.append(text_of(run, value))
    return texts


def numbers_of(run: Run, values: tuple[Value, ...]) -> list[float]:
    """Return every value as a number; node-sets contribute every node."""
    numbers: list[float] = []
    for value in values:
        if isinstance(value, tuple):
            run.spend(len(value))
            numbers.extend(text_to_number(node.text(), run.offset) for node in value)
        else:
            numbers.append(number_of(run, value))
    return numbers


def literal(arguments: tuple[Expr, ...], place: int, reason: str, detail: str) -> str:
    """Return the text in quotes at this place, or raise ExpressionError: some values must be known before running."""
    argument = arguments[place]
    if not isinstance(argument, TextLiteral):
        raise ExpressionError(0, reason, detail)
    return argument.text
