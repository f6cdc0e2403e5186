"""Functions of numbers: conversion, rounding, mathematics, least and greatest, counted lists of conditions.

Rule 1: outside a function's domain there is NaN, beyond the largest number infinity; nothing here fails.
Rule 2: rounding is exact, on the shortest text of the number, half away from zero.
Source: questionnaires.md section 7.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from models.errors import ExpressionError
from models.expressions.calls import Function, eager, number_of, numbers_of, text_of
from models.expressions.syntax import Expr
from models.expressions.values import SPACE, DayCount, Run, Value, to_boolean, to_text

_EXPONENT: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]{1,3}")
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DECIMAL_COMMA: Final = re.compile(r"-?[0-9]+,[0-9]+")
_DIGITS: Final = 400  # more than any number has, before or after its point


def _number(run: Run, value: Value | None = None) -> float:
    value = (run.node,) if value is None else value
    number = number_of(run, value)
    if isinstance(value, str | tuple) and not math.isnan(number) and not _NUMBER.fullmatch(to_text(value).strip(SPACE)):
        return DayCount(number)  # the text of a date
    return number


def _int(run: Run, value: Value) -> float:
    text = text_of(run, value).strip(SPACE)
    number = float(text) if _EXPONENT.fullmatch(text) else number_of(run, value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(run: Run, value: Value, places: Value = 0.0) -> float:
    if isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value.strip(SPACE)):
        value = value.replace(",", ".")  # as JavaRosa: it alone reads the comma that half of the world writes
    number, wanted = number_of(run, value), number_of(run, places)
    if not math.isfinite(number) or math.isnan(wanted) or wanted > _DIGITS:
        return math.nan if math.isnan(wanted) else number
    if wanted < -_DIGITS:
        return 0.0
    exact, place = Decimal(repr(float(number))), int(wanted)
    # Below the last digit there is nothing to round; above the first, Decimal keeps too few digits for quantize.
    if -place <= int(exact.as_tuple().exponent):
        return number
    return float(exact.scaleb(place).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-place))


def _of(function: Callable[[float], float]) -> Callable[[Run, Value], float]:
    """Return a function of one number that knows neither error nor end."""

    def call(run: Run, value: Value) -> float:
        try:
            return float(function(number_of(run, value)))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return call


def _whole(function: Callable[[float], int]) -> Callable[[Run, Value], float]:
    """Return a function to a whole number; what has no whole number stays."""

    def call(run: Run, value: Value) -> float:
        number = number_of(run, value)
        return float(function(number)) if math.isfinite(number) else number

    return call


def _log(function: Callable[[float], float]) -> Callable[[Run, Value], float]:
    return _of(lambda number: -math.inf if number == 0 else function(number))


def _pow(run: Run, value: Value, exponent: Value) -> float:
    base, power = number_of(run, value), number_of(run, exponent)
    if math.isnan(power) or (abs(base) == 1 and math.isinf(power)):
        return math.nan
    odd = power.is_integer() and power % 2 == 1
    try:
        return math.pow(base, power)
    except ValueError:  # a root of a negative, or nothing to a negative power
        return math.copysign(math.inf, base if odd else 1) if base == 0 else math.nan
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf


def _atan2(run: Run, y: Value, x: Value) -> float:
    return math.atan2(number_of(run, y), number_of(run, x))


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    def call(run: Run, *values: Value) -> float:
        numbers = numbers_of(run, values)
        return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)

    return call


def _holds(run: Run, values: tuple[Value, ...]) -> list[bool]:
    """Return for each condition whether it holds; a node's if its text is not blank."""
    held: list[bool] = []
    for value in values:
        if isinstance(value, tuple):
            run.spend(len(value))
            held.extend(bool(node.text().strip(SPACE)) for node in value)
        else:
            held.append(to_boolean(value))
    return held


def _within(total: float, least: float, most: float) -> bool:
    return (least == -1 or total >= least) and (most == -1 or total <= most)


def _checklist(run: Run, least: Value, most: Value, *values: Value) -> bool:
    return _within(float(sum(_holds(run, values))), number_of(run, least), number_of(run, most))


def _weighted_checklist(run: Run, least: Value, most: Value, *values: Value) -> bool:
    held, weights = _holds(run, values[::2]), numbers_of(run, values[1::2])
    if len(held) < len(weights):
        return False
    total = sum((weight for holds, weight in zip(held, weights, strict=False) if holds), 0.0)
    return _within(total, number_of(run, least), number_of(run, most))


def _check_pairs(arguments: tuple[Expr, ...]) -> None:
    if len(arguments) % 2:
        raise ExpressionError(0, "arity", "Every condition needs its weight.")


NUMBERS: Final[Mapping[str, Function]] = {
    "number": Function(0, 1, eager(_number)),
    "int": Function(1, 1, eager(_int)),
    "round": Function(1, 2, eager(_round)),
    "abs": Function(1, 1, eager(_of(abs))),
    "floor": Function(1, 1, eager(_whole(math.floor))),
    "ceiling": Function(1, 1, eager(_whole(math.ceil))),
    "sqrt": Function(1, 1, eager(_of(math.sqrt))),
    "exp": Function(1, 1, eager(_of(math.exp))),
    "exp10": Function(1, 1, eager(_of(lambda number: math.pow(10.0, number)))),
    "log": Function(1, 1, eager(_log(math.log))),
    "log10": Function(1, 1, eager(_log(math.log10))),
    "pi": Function(0, 0, eager(lambda _: math.pi)),
    "sin": Function(1, 1, eager(_of(math.sin))),
    "cos": Function(1, 1, eager(_of(math.cos))),
    "tan": Function(1, 1, eager(_of(math.tan))),
    "asin": Function(1, 1, eager(_of(math.asin))),
    "acos": Function(1, 1, eager(_of(math.acos))),
    "atan": Function(1, 1, eager(_of(math.atan))),
    "atan2": Function(2, 2, eager(_atan2)),
    "pow": Function(2, 2, eager(_pow)),
    "min": Function(1, None, eager(_extreme(min))),
    "max": Function(1, None, eager(_extreme(max))),
    "checklist": Function(2, None, eager(_checklist)),
    "weighted-checklist": Function(4, None, eager(_weighted_checklist), _check_pairs),
}
