"""Reads the text of an expression as authors write it: XPath 1.0 as ODK has it, and `${name}`.

Rule 1: names may hold `-` and `.`; `*` and the words and, or, div, mod are operators where an operand has just ended.
Rule 2: length, tokens, nodes and depth are bounded; depth is counted, never left to the interpreter's stack.
Rule 3: whatever is wrong leaves as ExpressionError with its position in characters from 0.
Source: questionnaires.md sections 6 and 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from models.errors import ExpressionError
from models.expressions.functions import FUNCTIONS
from models.expressions.syntax import (
    DEPTH_LIMIT,
    NAME,
    TEXT_LIMIT,
    TOKEN_LIMIT,
    Axis,
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
    Signature,
    Step,
    TextLiteral,
    Top,
    check_size,
    checked_call,
)

Kind = Literal["number", "text", "name", "named", "operator", "mark", "end"]
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_TEXT: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAMED: Final = re.compile(r"\$\{[ \t]*([^\W\d][\w.-]*)[ \t]*\}")
_WORD_OPERATOR: Final = re.compile(r"(?:and|or|div|mod)(?![^\W\d])")
_MARK: Final = re.compile(r"::|//|\.\.|!=|<=|>=|[-+*/()\[\]@,.|=<>]")
_OPERATOR_MARKS: Final = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "|"})
# What ends an operand; after it `*` multiplies and `and` joins.
_OPERAND_MARKS: Final = frozenset({")", "]", ".", ".."})
_LEVELS: Final[tuple[frozenset[str], ...]] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_AXES: Final = frozenset(get_args(Axis))
_TESTS: Final = frozenset({"node", "text", "comment", "processing-instruction"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the author's text; `position` counts characters from 0."""

    kind: Kind
    text: str
    position: int


def parse(source: str, functions: Mapping[str, Signature] = FUNCTIONS) -> Expr:
    """Return the expression that `source` spells, or raise ExpressionError."""
    if len(source) > TEXT_LIMIT:
        raise ExpressionError(TEXT_LIMIT, "too-long", "This expression is too long.")
    tokens: list[Token] = []
    for token in _tokens(source):
        if len(tokens) >= TOKEN_LIMIT:
            raise ExpressionError(token.position, "too-long", "This expression is too long.")
        tokens.append(token)
    tokens.append(Token("end", "", len(source)))
    parser = _Parser(tokens, functions)
    expr = parser.expression()
    if parser.here.kind != "end":
        raise _syntax(parser.here.position, f'"{parser.here.text[:40]}" is not expected here.')
    return check_size(expr)


def _tokens(source: str) -> Iterator[Token]:
    at, operand = _end(_SPACE, source, 0), False
    while at < len(source):
        kind, end, value = _token(source, at, operand=operand)
        yield Token(kind, value, at)
        operand = kind in {"number", "text", "name", "named"} or (kind == "mark" and value in _OPERAND_MARKS)
        if kind == "mark" and value == "*":
            operand = True  # a name test, since after an operand it would have been an operator
        at = _end(_SPACE, source, end)


def _token(source: str, at: int, *, operand: bool) -> tuple[Kind, int, str]:
    if operand and (word := _WORD_OPERATOR.match(source, at)):
        return "operator", word.end(), word.group()
    if number := _NUMBER.match(source, at):
        return "number", number.end(), number.group()
    if text := _TEXT.match(source, at):
        return "text", text.end(), text.group()[1:-1]
    if named := _NAMED.match(source, at):
        return "named", named.end(), named.group(1)
    if name := NAME.match(source, at):
        return "name", name.end(), name.group()
    if mark := _MARK.match(source, at):
        operator = mark.group() in _OPERATOR_MARKS and (operand or mark.group() != "*")
        return ("operator" if operator else "mark"), mark.end(), mark.group()
    if source[at] in "\"'":
        raise _syntax(at, "A quotation mark is not closed.")
    raise _syntax(at, f'"{source[at]}" is not expected here.')


def _end(pattern: re.Pattern[str], source: str, at: int) -> int:
    found = pattern.match(source, at)
    return at if found is None else found.end()


class _Parser:
    """Precedence climbing over tokens; one method a rule of the grammar."""

    def __init__(self, tokens: list[Token], functions: Mapping[str, Signature]) -> None:
        self.tokens = tokens
        self.functions = functions
        self.index = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.index]

    def on(self) -> Token:
        """Take the next token."""
        token = self.tokens[self.index]
        self.index += token.kind != "end"
        return token

    def at(self, mark: str) -> bool:
        """Return whether this mark comes next."""
        return self.here.kind == "mark" and self.here.text == mark

    def need(self, mark: str) -> None:
        """Take this mark, or refuse."""
        if not self.at(mark):
            raise _syntax(self.here.position, f'A "{mark}" is missing.')
        self.on()

    def deeper(self) -> None:
        """Count one bracket, call, predicate or minus more."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ExpressionError(self.here.position, "too-deep", "Too many brackets inside one another.")

    def expression(self) -> Expr:
        """Read a whole expression, one bracket deeper."""
        self.deeper()
        result = self.binary(0)
        self.depth -= 1
        return result

    def binary(self, level: int) -> Expr:
        """Read the operators of this level and all that bind closer; left to right."""
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.here.kind == "operator" and self.here.text in _LEVELS[level]:
            operator = cast("Operator", self.on().text)
            left = Operation(operator, left, self.binary(level + 1))
        return left

    def unary(self) -> Expr:
        """Read minus signs and what they stand before."""
        signs = 0
        while self.here.kind == "operator" and self.here.text == "-":
            self.on()
            self.deeper()
            signs += 1
        result = self.union()
        for _ in range(signs):
            self.depth -= 1
            result = Negation(result)
        return result

    def union(self) -> Expr:
        """Read paths joined by `|`."""
        left = self.path()
        while self.here.kind == "operator" and self.here.text == "|":
            self.on()
            left = Operation("union", left, self.path())
        return left

    def path(self) -> Expr:
        """Read a value with predicates and steps, or a location path."""
        token = self.here
        primary = self.primary()
        if primary is None:
            return self.location(token.position)
        predicates = self.predicates()
        start = Filter(primary, predicates) if predicates else primary
        steps = self.steps()
        return Path(start, steps, token.position) if steps else start

    def primary(self) -> Expr | None:
        """Read a literal, name, bracket or call; None where a location path begins."""
        token = self.here
        match token.kind:
            case "number":
                self.on()
                return NumberLiteral(token.text)
            case "text":
                self.on()
                return TextLiteral(token.text)
            case "named":
                self.on()
                return Named(token.text, token.position)
            case "mark" if token.text == "(":
                self.on()
                inner = self.expression()
                self.need(")")
                return inner
            case "name" if self.calls():
                return self.call()
            case _:
                return None

    def calls(self) -> bool:
        """Return whether the name here is a function's and not a node test's."""
        following = self.tokens[self.index + 1]
        return following.kind == "mark" and following.text == "(" and self.here.text not in _TESTS

    def call(self) -> Expr:
        """Read a call; the function must be known and take these values."""
        name = self.on()
        self.need("(")
        arguments: list[Expr] = []
        if not self.at(")"):
            arguments.append(self.expression())
            while self.at(","):
                self.on()
                arguments.append(self.expression())
        self.need(")")
        if name.text == "current":
            if arguments:
                raise ExpressionError(name.position, "arity", '"current" does not take values.')
            return Current()
        return checked_call(Call(name.text, tuple(arguments), name.position), self.functions)

    def location(self, position: int) -> Expr:
        """Read `/a/b`, `//a`, `a/b`, `../a`, `.`, `@a`."""
        if self.at("/") or self.at("//"):
            if self.at("/") and not self.step_begins(1):
                self.on()
                return Path(Top(), (), position)
            return Path(Top(), self.steps(), position)
        if not self.step_begins(0):
            raise _syntax(position, "A value is missing here.")
        if self.at("."):
            self.on()
            steps = self.steps()
            return Path(Here(), steps, position) if steps else Here()
        return Path(Here(), (self.step(), *self.steps()), position)

    def step_begins(self, ahead: int) -> bool:
        """Return whether the token so far ahead begins a step."""
        token = self.tokens[min(self.index + ahead, len(self.tokens) - 1)]
        return token.kind == "name" or (token.kind == "mark" and token.text in {".", "..", "@", "*"})

    def steps(self) -> tuple[Step, ...]:
        """Read every `/step` and `//step` that follows."""
        found: list[Step] = []
        while self.at("/") or self.at("//"):
            if self.on().text == "//":
                found.append(Step("descendant-or-self", "node()"))
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        """Read one step with its predicates."""
        token = self.here
        if self.at(".") or self.at(".."):
            self.on()
            return Step("self" if token.text == "." else "parent", "node()", self.predicates())
        axis: Axis = "child"
        if self.at("@"):
            self.on()
            axis = "attribute"
        elif token.kind == "name" and self.tokens[self.index + 1].text == "::":
            if token.text not in _AXES:
                raise _syntax(token.position, f'"{token.text[:40]}" is not a direction to walk in.')
            axis = cast("Axis", token.text)
            self.on()
            self.on()
        return Step(axis, self.test(), self.predicates())

    def test(self) -> str:
        """Read a name, `*` or `node()`."""
        token = self.on()
        if token.kind == "mark" and token.text == "*":
            return "*"
        if token.kind != "name":
            raise _syntax(token.position, "A name is missing here.")
        if not self.at("("):
            return token.text
        if token.text != "node":
            raise _syntax(token.position, f'"{token.text[:40]}()" cannot be used here.')
        self.need("(")
        self.need(")")
        return "node()"

    def predicates(self) -> tuple[Expr, ...]:
        """Read every `[…]` that follows."""
        found: list[Expr] = []
        while self.at("["):
            self.on()
            found.append(self.expression())
            self.need("]")
        return tuple(found)


def _syntax(position: int, detail: str) -> ExpressionError:
    return ExpressionError(position, "syntax", detail)
