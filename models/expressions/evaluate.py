"""Turns an expression into nested closures once, to be called often.

Rule 1: pure: everything an evaluation can see is its Scope.
Rule 2: bounded: steps and produced text are counted; a running evaluation raises ExpressionError("too-costly"), or
        "not-a-list" where a node-set is needed and "arity" where a call is wrong, and nothing else.
Rule 3: `and`, `or` and `if` evaluate only the side that is needed.
Source: questionnaires.md sections 6 and 8.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, Protocol, assert_never

from models.errors import ExpressionError
from models.expressions.calls import Function, Thunk
from models.expressions.functions import FUNCTIONS
from models.expressions.syntax import (
    Call,
    Current,
    Expr,
    Filter,
    Here,
    Named,
    Negation,
    NumberLiteral,
    Operation,
    Operator,
    Path,
    Ref,
    TextLiteral,
    Top,
    checked_call,
    spine,
)
from models.expressions.tree import in_form_order, selected_by, stepped
from models.expressions.values import Day, Run, Scope, Value, to_boolean, to_number

Combine = Callable[[Run, Value, Thunk], Value]
Single = bool | float | Day | str
Fits = Callable[[Single, Single, int], bool]
_CLOSE: Final = 1e-12  # relative, so that 6.1 - 7.8 = -1.7 holds
_CLOSER: Final = 1e-13  # as near as 6.1 - 7.8, yet a thousandth of a second between two days of today still counts


class Compiled(Protocol):
    """A compiled expression."""

    def __call__(self, scope: Scope) -> Value:
        """Return its value for this scope, or raise ExpressionError."""


def compile_expression(expr: Expr, functions: Mapping[str, Function] = FUNCTIONS) -> Compiled:
    """Return `expr` as a closure. Raises ExpressionError for unknown functions and bad patterns.

    A call with too few or too many values is refused by whoever reads; here it is an error when reached.
    """
    thunk = _compiled(expr, functions)
    return lambda scope: thunk(Run(scope))


def _compiled(expr: Expr, functions: Mapping[str, Function]) -> Thunk:  # noqa: C901, PLR0911, PLR0912 - one arm a form
    match expr:
        case TextLiteral(text):
            return lambda _: text
        case NumberLiteral(text):
            number = float(text)
            return lambda _: number
        case Operation():
            return _chain(expr, functions)
        case Negation(operand):
            inner = _compiled(operand, functions)
            return lambda run: -to_number(inner(run), run.offset)
        case Call():
            return _called(expr, functions)
        case Here():
            return lambda run: (run.node,)
        case Current():
            return lambda run: (run.scope.node,)
        case Top():
            return lambda run: (run.scope.root,)
        case Ref(node):
            return _reference(node)
        case Path():
            return _path(expr, functions)
        case Filter(inner_expr, predicates):
            return _filter(_compiled(inner_expr, functions), tuple(_compiled(one, functions) for one in predicates))
        case Named(name, position):
            raise ExpressionError(position, "unknown-name", f'There is no question named "{name}".')
        case _:
            assert_never(expr)


def _reference(node: int) -> Thunk:
    def run_it(run: Run) -> Value:
        found = run.scope.at(node)
        return found if isinstance(found, tuple) else (found,)

    return run_it


def _called(call: Call, functions: Mapping[str, Function]) -> Thunk:
    try:
        build = functions[checked_call(call, functions).name].build
    except ExpressionError as wrong:
        if wrong.reason != "arity":
            raise
        return _failing(wrong)
    inner = build(call.arguments, tuple(_compiled(argument, functions) for argument in call.arguments))

    def run_it(run: Run) -> Value:
        run.spend()
        return inner(run)

    return run_it


def _failing(wrong: ExpressionError) -> Thunk:
    """Compile what authoring would have refused; it is an error when reached."""

    def run_it(_: Run) -> Value:
        raise ExpressionError(wrong.position, wrong.reason)

    return run_it


def _chain(operation: Operation, functions: Mapping[str, Function]) -> Thunk:
    """Compile a left-leaning chain as one loop, so that a long one needs no deep stack."""
    first_expr, rest_exprs = spine(operation)
    first = _compiled(first_expr, functions)
    rest = tuple((COMBINE[operator], _compiled(right, functions)) for operator, right in rest_exprs)
    if len(rest) == 1:
        ((combine, right),) = rest
        return lambda run: combine(run, first(run), right)

    def run_it(run: Run) -> Value:
        value = first(run)
        for combine, right in rest:
            value = combine(run, value, right)
        return value

    return run_it


def _path(path: Path, functions: Mapping[str, Function]) -> Thunk:
    start = _compiled(path.start, functions)
    steps = tuple(
        (step.axis, step.test, tuple(_compiled(predicate, functions) for predicate in step.predicates))
        for step in path.steps
    )

    def run_it(run: Run) -> Value:
        nodes = start(run)
        if not isinstance(nodes, tuple):
            raise ExpressionError(path.position, "not-a-list")
        for axis, test, predicates in steps:
            nodes = stepped(run, nodes, axis, test, predicates)
        return nodes

    return run_it


def _filter(inner: Thunk, predicates: tuple[Thunk, ...]) -> Thunk:
    def run_it(run: Run) -> Value:
        nodes = inner(run)
        if not isinstance(nodes, tuple):
            raise ExpressionError(0, "not-a-list")
        for predicate in predicates:
            nodes = selected_by(run, nodes, predicate)
        return nodes

    return run_it


def _or(run: Run, left: Value, right: Thunk) -> Value:
    return to_boolean(left) or to_boolean(right(run))


def _and(run: Run, left: Value, right: Thunk) -> Value:
    return to_boolean(left) and to_boolean(right(run))


def _union(run: Run, left: Value, right: Thunk) -> Value:
    other = right(run)
    if not isinstance(left, tuple) or not isinstance(other, tuple):
        raise ExpressionError(0, "not-a-list")
    run.spend(len(left) + len(other))
    return in_form_order((*left, *other))


def _arithmetic(function: Callable[[float, float], float]) -> Combine:
    return lambda run, left, right: function(to_number(left, run.offset), to_number(right(run), run.offset))


def _divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


def _fits(run: Run, left: Value, right: Value, fits: Fits) -> bool:
    """Node-sets fit if any of their nodes does."""
    # One node is by far the usual case; it needs no list.
    one = left[0].text() if isinstance(left, tuple) and len(left) == 1 else left
    other = right[0].text() if isinstance(right, tuple) and len(right) == 1 else right
    if not isinstance(one, tuple) and not isinstance(other, tuple):
        return fits(one, other, run.offset)
    lefts, rights = _each(one), _each(other)
    run.spend(len(lefts) * len(rights))
    return any(fits(first, second, run.offset) for first in lefts for second in rights)


def _each(value: Value) -> tuple[Single, ...]:
    return tuple(node.text() for node in value) if isinstance(value, tuple) else (value,)


def _same_number(left: float, right: float) -> bool:
    return left == right or math.isclose(left, right, rel_tol=_CLOSE, abs_tol=0.0)


def _same(left: Single, right: Single, offset: int) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    return _same_number(to_number(left, offset), to_number(right, offset))


def _differ(left: Single, right: Single, offset: int) -> bool:
    return not _same(left, right, offset)


def _equality(fits: Fits) -> Combine:
    def combine(run: Run, left: Value, right_thunk: Thunk) -> Value:
        right = right_thunk(run)
        if isinstance(left, bool) or isinstance(right, bool):
            return fits(to_boolean(left), to_boolean(right), run.offset)
        return _fits(run, left, right, fits)

    return combine


def _order(before: Callable[[float, float], bool], *, or_same: bool) -> Combine:
    def fits(left: Single, right: Single, offset: int) -> bool:
        one, other = to_number(left, offset), to_number(right, offset)
        if or_same:
            return before(one, other) or _same_number(one, other)
        return before(one, other) and not math.isclose(one, other, rel_tol=_CLOSER)

    return lambda run, left, right: _fits(run, left, right(run), fits)


COMBINE: Final[Mapping[Operator, Combine]] = {
    "or": _or,
    "and": _and,
    "union": _union,
    "=": _equality(_same),
    "!=": _equality(_differ),
    "<": _order(lambda one, other: one < other, or_same=False),
    "<=": _order(lambda one, other: one < other, or_same=True),
    ">": _order(lambda one, other: one > other, or_same=False),
    ">=": _order(lambda one, other: one > other, or_same=True),
    "+": _arithmetic(lambda one, other: one + other),
    "-": _arithmetic(lambda one, other: one - other),
    "*": _arithmetic(lambda one, other: one * other),
    "div": _arithmetic(_divided),
    "mod": _arithmetic(_remainder),
}
