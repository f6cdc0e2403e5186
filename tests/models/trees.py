"""Trees that expressions walk in tests, and what an expression gives on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.evaluate import compile_expression
from models.expressions.functions import FUNCTIONS
from models.expressions.parse import parse
from models.expressions.syntax import expr_form, read_expr


class Leaf:
    """A node; numbers itself and its own in form order when it is made the top."""

    def __init__(self, name: str, *inside: Leaf, text: str = "", attributes: Sequence[Leaf] = ()) -> None:
        self.name = name
        self.parent: values.Node | None = None
        self.children: Sequence[Leaf] = inside
        self.attributes: Sequence[Leaf] = attributes
        self.order = 0
        self._text = text
        for one in (*inside, *attributes):
            one.parent = self

    def text(self) -> str:
        return self._text + "".join(child.text() for child in self.children)

    def numbered(self, at: int = 0) -> int:
        """Number all nodes from `at`; return the last number."""
        self.order = at
        for one in (*self.attributes, *self.children):
            at = one.numbered(at + 1)
        return at


def top(*inside: Leaf) -> Leaf:
    """Return a tree whose element `data` holds these."""
    root = Leaf("", Leaf("data", *inside))
    root.numbered()
    return root


TODAY: Final = date(2026, 11, 22)
NOW: Final = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def scope(root: Leaf, **changed: object) -> values.Scope:
    """Return a scope that stands on `data`; a reference n is its child n."""
    data = root.children[0]
    plain = values.Scope(data, root, values.Clock(TODAY, instant=NOW), at=lambda number: data.children[number])
    return replace(plain, **changed)  # type: ignore[arg-type]


def evaluated(source: str, seen: values.Scope) -> values.Value:
    """Return what an expression gives, by way of its JSON form."""
    return compile_expression(read_expr(expr_form(parse(source)), FUNCTIONS))(seen)


def outcome(source: str, seen: values.Scope) -> str:
    """Return the value as text, or the reason why there is none."""
    try:
        return values.to_text(evaluated(source, seen))
    except ExpressionError as wrong:
        return wrong.reason
