"""What an expression is made of, its bounds, and the JSON forms in which it travels.

Rule 1: the forms are a closed union of frozen types; every match on them ends in assert_never.
Rule 2: left-leaning chains (`a or b or c`) are walked in a loop, all else is at most DEPTH_LIMIT deep: no expression
        can exhaust the interpreter's stack.
Rule 3: `read_expr` checks arity, depth and size again: a kiosk trusts nobody's parser.
Source: questionnaires.md sections 5 and 8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, assert_never, cast, get_args

from models.errors import ExpressionError

TEXT_LIMIT: Final = 4096
TOKEN_LIMIT: Final = 1024
NODE_LIMIT: Final = 512
DEPTH_LIMIT: Final = 32
ARGUMENT_LIMIT: Final = 64

Operator = Literal["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "union"]
Axis = Literal[
    "child",
    "parent",
    "self",
    "attribute",
    "descendant",
    "descendant-or-self",
    "ancestor",
    "ancestor-or-self",
    "following-sibling",
    "preceding-sibling",
    "following",
    "preceding",
]
_OPERATORS: Final = frozenset(get_args(Operator))
_AXES: Final = frozenset(get_args(Axis))
_NUMBER: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
NAME: Final = re.compile(r"[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?")


@dataclass(frozen=True, slots=True)
class TextLiteral:
    """A text in quotes: `["text", s]`."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number as the author wrote it, kept as text so that no digit is lost: `["num", "2.5"]`."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """Two operands: `["op", o, a, b]`. Long chains are compared in a loop, as they are walked."""

    operator: Operator
    left: Expr
    right: Expr

    def __eq__(self, other: object) -> bool:
        return spine(self) == spine(other) if isinstance(other, Operation) else NotImplemented

    def __hash__(self) -> int:
        return hash(spine(self))


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus: `["neg", a]`."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Call:
    """A function of section 7: `["call", name, …]`."""

    name: str
    arguments: tuple[Expr, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Here:
    """The node the expression stands on, or the candidate a predicate looks at: `.`, `["here"]`."""


@dataclass(frozen=True, slots=True)
class Current:
    """The node the whole expression stands on, also inside predicates: `current()`, `["current"]`."""


@dataclass(frozen=True, slots=True)
class Top:
    """The root of the tree, only as the start of a path: `["root"]`."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A node of the questionnaire by its number: `["ref", n]`, the edge of the dependency graph."""

    node: int


@dataclass(frozen=True, slots=True)
class Named:
    """`${name}` as an author wrote it; it never travels: authoring puts a Ref in its place (`resolved`)."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: `[axis, test, predicate…]`; `test` is a name, `*` or `node()`."""

    axis: Axis
    test: str
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A path that is no plain reference: `["path", start, step…]`."""

    start: Expr
    steps: tuple[Step, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """Predicates on an expression: `["filter", e, predicate…]`."""

    expression: Expr
    predicates: tuple[Expr, ...]


Expr = TextLiteral | NumberLiteral | Operation | Negation | Call | Here | Current | Top | Ref | Named | Path | Filter


class Signature(Protocol):
    """What must be known of a function before it is called; `most` is None where there may be any number."""

    @property
    def least(self) -> int:
        """Fewest values it takes."""

    @property
    def most(self) -> int | None:
        """Most values it takes."""

    def check(self, arguments: tuple[Expr, ...]) -> None:
        """Raise ExpressionError where the values are wrong in a way that shows before running."""


def checked_call(call: Call, functions: Mapping[str, Signature]) -> Call:
    """Return `call` if `functions` has it and it takes these values, else raise ExpressionError at its position."""
    function, count = functions.get(call.name), len(call.arguments)
    if function is None:
        raise ExpressionError(call.position, "unknown-function", f'There is no function "{call.name[:40]}".')
    if count < function.least or count > (ARGUMENT_LIMIT if function.most is None else function.most):
        raise ExpressionError(call.position, "arity", f'"{call.name}" does not take {count} values.')
    try:
        function.check(call.arguments)
    except ExpressionError as wrong:
        raise ExpressionError(call.position, wrong.reason, str(wrong.facts["detail"])) from None
    return call


def spine(operation: Operation) -> tuple[Expr, tuple[tuple[Operator, Expr], ...]]:
    """Return a left-leaning chain laid flat: `a + b - c` gives `a, ((+, b), (-, c))`."""
    rest: list[tuple[Operator, Expr]] = []
    first: Expr = operation
    while isinstance(first, Operation):
        rest.append((first.operator, first.right))
        first = first.left
    return first, tuple(reversed(rest))


def parts(expr: Expr) -> tuple[Expr, ...]:
    """Return the expressions directly inside this one; a chain counts as one expression with many parts."""
    match expr:
        case Operation():
            first, rest = spine(expr)
            return (first, *(right for _, right in rest))
        case Negation(operand):
            return (operand,)
        case Call(_, arguments):
            return arguments
        case Path(start, steps):
            return (start, *(predicate for step in steps for predicate in step.predicates))
        case Filter(inner, predicates):
            return (inner, *predicates)
        case TextLiteral() | NumberLiteral() | Here() | Current() | Top() | Ref() | Named():
            return ()
        case _:
            assert_never(expr)


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield this expression and all inside it, outermost first."""
    waiting = [expr]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(parts(one)))


def check_size(expr: Expr) -> Expr:
    """Return `expr`, or raise ExpressionError where it is larger or deeper than a kiosk takes."""
    nodes, waiting = 0, [(expr, 1)]
    while waiting:
        one, depth = waiting.pop()
        inside = parts(one)
        # A chain of n operands is n - 1 operations; a path counts each of its steps.
        nodes += len(inside) - 1 if isinstance(one, Operation) else 1
        nodes += len(one.steps) if isinstance(one, Path) else 0
        if depth > DEPTH_LIMIT:
            raise ExpressionError(0, "too-deep", "Too many brackets inside one another.")
        if nodes > NODE_LIMIT:
            raise ExpressionError(0, "too-long", "This expression is too long.")
        waiting.extend((part, depth + 1) for part in inside)
    return expr


def resolved(expr: Expr, number_of: Callable[[Named | Path], int | None]) -> Expr:  # noqa: PLR0911 - one arm a form
    """Return `expr` with a Ref wherever `number_of` knows the node; where it says None, the part stays."""
    match expr:
        case Named():
            number = number_of(expr)
            return expr if number is None else Ref(number)
        case Operation():
            first, rest = spine(expr)
            result = resolved(first, number_of)
            for operator, right in rest:
                result = Operation(operator, result, resolved(right, number_of))
            return result
        case Negation(operand):
            return Negation(resolved(operand, number_of))
        case Call(name, arguments, position):
            return Call(name, tuple(resolved(argument, number_of) for argument in arguments), position)
        case Path(start, steps, position):
            number = number_of(expr)
            if number is not None:
                return Ref(number)
            inner = tuple(
                Step(step.axis, step.test, tuple(resolved(predicate, number_of) for predicate in step.predicates))
                for step in steps
            )
            return Path(resolved(start, number_of), inner, position)
        case Filter(inner_expr, predicates):
            return Filter(
                resolved(inner_expr, number_of), tuple(resolved(predicate, number_of) for predicate in predicates)
            )
        case TextLiteral() | NumberLiteral() | Here() | Current() | Top() | Ref():
            return expr
        case _:
            assert_never(expr)


def expr_form(expr: Expr) -> list[object]:  # noqa: C901, PLR0911, PLR0912 - one arm a form
    """Return the JSON form. Raises RuntimeError for a Named that nobody resolved: authoring's own mistake."""
    match expr:
        case TextLiteral(text):
            return ["text", text]
        case NumberLiteral(text):
            return ["num", text]
        case Operation():
            first, rest = spine(expr)
            form = expr_form(first)
            for operator, right in rest:
                form = ["op", operator, form, expr_form(right)]
            return form
        case Negation(operand):
            return ["neg", expr_form(operand)]
        case Call(name, arguments):
            return ["call", name, *(expr_form(argument) for argument in arguments)]
        case Here():
            return ["here"]
        case Current():
            return ["current"]
        case Top():
            return ["root"]
        case Ref(node):
            return ["ref", node]
        case Path(start, steps):
            return ["path", expr_form(start), *(_step_form(step) for step in steps)]
        case Filter(inner, predicates):
            return ["filter", expr_form(inner), *(expr_form(predicate) for predicate in predicates)]
        case Named(name):
            raise RuntimeError(f"unresolved name: {name}")
        case _:
            assert_never(expr)


def _step_form(step: Step) -> list[object]:
    return [step.axis, step.test, *(expr_form(predicate) for predicate in step.predicates)]


def read_expr(unverified: object, functions: Mapping[str, Signature]) -> Expr:
    """Return the expression of a JSON form, or raise ExpressionError (position 0: the text is not here).

    The bounds of section 8 hold: nodes, depth, arguments; unknown functions and wrong arity are refused.
    """
    return check_size(_Reading(functions).expr(unverified, 1, ()))


class _Reading:
    """One reading of a form; counts what it has seen, so that a hostile form is left early."""

    def __init__(self, functions: Mapping[str, Signature]) -> None:
        self.functions = functions
        self.seen = 0

    def expr(self, form: object, depth: int, also: tuple[str, ...]) -> Expr:
        """Read one form; `also` names forms allowed only here (`root` as the start of a path)."""
        rest: list[tuple[Operator, Expr]] = []
        while True:
            kind, items = self.opened(form, depth)
            if kind != "op":
                break
            self.least(items, 3, 3)
            operator = items[0]
            if not isinstance(operator, str) or operator not in _OPERATORS:
                raise _wrong("an unknown operator")
            rest.append((cast("Operator", operator), self.expr(items[2], depth + 1, ())))
            form = items[1]
        result = self.other(kind, items, depth + 1 if rest else depth, also)
        for operator, right in reversed(rest):
            result = Operation(operator, result, right)
        return result

    def opened(self, form: object, depth: int) -> tuple[str, list[object]]:
        """Take a form apart into its kind and its items."""
        self.seen += 1
        if depth > DEPTH_LIMIT:
            raise ExpressionError(0, "too-deep", "Too many brackets inside one another.")
        if self.seen > NODE_LIMIT + 1:
            raise ExpressionError(0, "too-long", "This expression is too long.")
        if not isinstance(form, list) or not form or not isinstance(form[0], str):
            raise _wrong("not an expression")
        return form[0], form[1:]

    def other(self, kind: str, items: list[object], depth: int, also: tuple[str, ...]) -> Expr:  # noqa: C901, PLR0911 - one arm a form
        """Read every form but `op`."""
        match kind:
            case "text":
                self.least(items, 1, 1)
                return TextLiteral(_text(items[0], TEXT_LIMIT))
            case "num":
                self.least(items, 1, 1)
                if not _NUMBER.fullmatch(number := _text(items[0], TEXT_LIMIT)):
                    raise _wrong("not a number")
                return NumberLiteral(number)
            case "neg":
                self.least(items, 1, 1)
                return Negation(self.expr(items[0], depth + 1, ()))
            case "call":
                return self.call(items, depth)
            case "here" | "current":
                self.least(items, 0, 0)
                return Here() if kind == "here" else Current()
            case "ref":
                self.least(items, 1, 1)
                if not isinstance(items[0], int) or isinstance(items[0], bool) or items[0] < 0:
                    raise _wrong("not a node's number")
                return Ref(items[0])
            case "path":
                self.least(items, 1, ARGUMENT_LIMIT)
                start = self.expr(items[0], depth + 1, ("root",))
                return Path(start, tuple(self.step(item, depth + 1) for item in items[1:]))
            case "filter":
                self.least(items, 2, ARGUMENT_LIMIT)
                inner, *predicates = (self.expr(item, depth + 1, ()) for item in items)
                return Filter(inner, tuple(predicates))
            case "root" if "root" in also:
                self.least(items, 0, 0)
                return Top()
            case _:
                raise _wrong("an unknown form")

    def call(self, items: list[object], depth: int) -> Call:
        """Read a call; its function must be known and take this many values."""
        self.least(items, 1, ARGUMENT_LIMIT + 1)
        name = _text(items[0], TEXT_LIMIT)
        arguments = tuple(self.expr(item, depth + 1, ()) for item in items[1:])
        return checked_call(Call(name, arguments), self.functions)

    def step(self, form: object, depth: int) -> Step:
        """Read one step of a path."""
        axis, items = self.opened(form, depth)
        self.least(items, 1, ARGUMENT_LIMIT)
        test = _text(items[0], TEXT_LIMIT)
        if axis not in _AXES or not (test in {"*", "node()"} or NAME.fullmatch(test)):
            raise _wrong("an unknown step")
        return Step(cast("Axis", axis), test, tuple(self.expr(item, depth, ()) for item in items[1:]))

    def least(self, items: list[object], least: int, most: int) -> None:
        """Refuse a form with too few or too many items."""
        if not least <= len(items) <= most:
            raise _wrong("a form of the wrong length")


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit:
        raise _wrong("not a text, or a long one")
    return value


def _wrong(detail: str) -> ExpressionError:
    return ExpressionError(0, "syntax", detail)
