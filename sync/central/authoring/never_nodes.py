"""Finds where an expression needs questions or choices, and what stands there can never be any: `count('tea')`.

Rule 1: only what is certain before anybody answers is found; what may be nodes is left to the evaluation.
Rule 2: pure: it knows no form and refuses nothing itself.
Source: questionnaires.md sections 7 and 8 (`not-a-list`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

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
    Path,
    Ref,
    TextLiteral,
    Top,
    walk,
)

NEEDS: Final = {  # function -> places of the values that must be nodes
    "count": (0,),
    "count-non-empty": (0,),
    "sum": (0,),
    "randomize": (0,),
    "position": (0,),
    "indexed-repeat": (0, 1, 3, 5),
}
MAY_GIVE: Final = frozenset({"instance", "randomize", "indexed-repeat", "once", "coalesce"})


def misplaced(expression: Expr) -> Iterator[tuple[str, int]]:
    """Yield what needs nodes and never gets any, as an author would name it, with its place in the text from 0."""
    for part in walk(expression):
        match part:
            case Call(name, arguments, position):
                for place in NEEDS.get(name, ()):
                    if place < len(arguments) and never_nodes(arguments[place]):
                        yield f"{name}()", position
            case Operation("union", left, right) if never_nodes(left) or never_nodes(right):
                yield "|", 0
            case Path(start, _, position) if never_nodes(start):
                yield "/", position
            case Filter(inner) if never_nodes(inner):
                yield "[ ]", 0
            case _:
                pass


def never_nodes(expression: Expr) -> bool:
    """Tell whether this is a text, a number or a truth whatever anybody answers."""
    match expression:
        case TextLiteral() | NumberLiteral() | Negation():
            return True
        case Operation():
            return expression.operator != "union"
        case Call("if", (_, one, other)):
            return never_nodes(one) and never_nodes(other)
        case Call():
            return expression.name not in MAY_GIVE
        case Here() | Current() | Top() | Ref() | Named() | Path() | Filter():
            return False
        case _:
            assert_never(expression)
