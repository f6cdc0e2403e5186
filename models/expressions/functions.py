"""The functions an expression may call, one line a function in the table FUNCTIONS.

Rule 1: a new function is added here and nowhere else; parser, reader and evaluator ask the table.
Rule 2: a function sees its values and the run; what it must not see (files, the network, the time of day) is not there.
Rule 3: functions that name or track a person (uuid, digest, now) are not offered.
Source: questionnaires.md section 7.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from models.errors import ExpressionError
from models.expressions.patterns import matcher
from models.expressions.syntax import Expr, TextLiteral
from models.expressions.values import (
    PRODUCED_LIMIT,
    SPACE,
    Day,
    Run,
    Value,
    day_number,
    to_boolean,
    to_number,
    to_text,
)

Thunk = Callable[[Run], Value]
Build = Callable[[tuple[Expr, ...], tuple[Thunk, ...]], Thunk]
_EXPONENT: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]{1,3}")


def _no_check(_: tuple[Expr, ...]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Function:
    """How many values it takes, how a call is built, and what about its values can be refused before running."""

    least: int
    most: int | None
    build: Build
    check: Callable[[tuple[Expr, ...]], None] = _no_check


def produced(text: str) -> str:
    """Return `text`, or raise ExpressionError("too-costly") where it is longer than an evaluation may produce."""
    if len(text) > PRODUCED_LIMIT:
        raise ExpressionError(0, "too-costly")
    return text


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


def _if(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    condition, then, otherwise = thunks
    return lambda run: then(run) if to_boolean(condition(run)) else otherwise(run)


def _coalesce(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    first, second = thunks

    def call(run: Run) -> Value:
        value = first(run)
        return second(run) if to_text(value) in {"", "NaN"} else value

    return call


def _regex(arguments: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    found, subject = _pattern(arguments), thunks[0]
    return lambda run: found(to_text(subject(run)))


def _pattern(arguments: tuple[Expr, ...]) -> Callable[[str], bool]:
    pattern = arguments[1]
    if not isinstance(pattern, TextLiteral):
        raise ExpressionError(0, "bad-pattern", "The pattern must stand in quotes.")
    return matcher(pattern.text)


def _check_pattern(arguments: tuple[Expr, ...]) -> None:
    _pattern(arguments)


def _number(run: Run, value: Value | None = None) -> float:
    return to_number((run.node,) if value is None else value)


def _string(run: Run, value: Value | None = None) -> str:
    return produced(to_text((run.node,) if value is None else value))


def _int(_: Run, value: Value) -> float:
    text = to_text(value).strip(SPACE)
    number = float(text) if _EXPONENT.fullmatch(text) else to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _concat(run: Run, *values: Value) -> str:
    pieces: list[str] = []
    for value in values:
        if isinstance(value, tuple):
            run.spend(len(value))
            pieces.extend(node.text() for node in value)
        else:
            pieces.append(to_text(value))
    return produced("".join(pieces))


def _selected(_: Run, values: Value, value: Value) -> bool:
    wanted = to_text(value).strip(SPACE)
    chosen = to_text(values).split()
    return wanted in chosen or (not wanted and not chosen)


def _count_selected(_: Run, values: Value) -> float:
    return float(len(to_text(values).split()))


def _instance(run: Run, name: Value) -> Value:
    found = run.scope.lists.get(to_text(name))
    return () if found is None else (found,)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "true": Function(0, 0, eager(lambda _: True)),
    "false": Function(0, 0, eager(lambda _: False)),
    "not": Function(1, 1, eager(lambda _, value: not to_boolean(value))),
    "boolean": Function(1, 1, eager(lambda _, value: to_boolean(value))),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 2, _coalesce),
    "number": Function(0, 1, eager(_number)),
    "string": Function(0, 1, eager(_string)),
    "int": Function(1, 1, eager(_int)),
    "concat": Function(0, None, eager(_concat)),
    "string-length": Function(0, 1, eager(lambda run, *value: float(len(_string(run, *value))))),
    "regex": Function(2, 2, _regex, _check_pattern),
    "selected": Function(2, 2, eager(_selected)),
    "count-selected": Function(1, 1, eager(_count_selected)),
    "today": Function(0, 0, eager(lambda run: Day(float(day_number(run.scope.clock.today))))),
    "instance": Function(1, 1, eager(_instance)),
}
