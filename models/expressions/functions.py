"""The functions an expression may call: one table, gathered from its subjects.

Rule 1: parser, reader and evaluator ask this table and nothing else; a new function goes into its subject's table.
Rule 2: functions that name a person or make a secret readable (uuid, digest) are not offered.
Source: questionnaires.md section 7.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from models.expressions.calls import Function, Thunk, eager, text_of
from models.expressions.functions_date import DATES
from models.expressions.functions_nodes import NODES
from models.expressions.functions_number import NUMBERS
from models.expressions.functions_text import TEXT
from models.expressions.syntax import Expr
from models.expressions.values import Run, Value, to_boolean


def _if(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    condition, then, otherwise = thunks
    return lambda run: then(run) if to_boolean(condition(run)) else otherwise(run)


def _coalesce(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    first, second = thunks

    def call(run: Run) -> Value:
        value = first(run)
        return second(run) if _nothing(run, value) else value

    return call


def _once(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    (first,) = thunks

    def call(run: Run) -> Value:
        own = run.node.text()
        if own:
            return own
        value = first(run)
        return "" if _nothing(run, value) else value

    return call


def _nothing(run: Run, value: Value) -> bool:
    """Return whether a value is blank or NaN."""
    if isinstance(value, float):
        return math.isnan(value)
    return text_of(run, value) in {"", "NaN"}


LOGIC: Final[Mapping[str, Function]] = {
    "true": Function(0, 0, eager(lambda _: True)),
    "false": Function(0, 0, eager(lambda _: False)),
    "not": Function(1, 1, eager(lambda _, value: not to_boolean(value))),
    "boolean": Function(1, 1, eager(lambda _, value: to_boolean(value))),
    "boolean-from-string": Function(1, 1, eager(lambda run, value: text_of(run, value) in {"1", "true"})),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 2, _coalesce),
    "once": Function(1, 1, _once),
}
FUNCTIONS: Final[Mapping[str, Function]] = {**LOGIC, **NUMBERS, **TEXT, **DATES, **NODES}
