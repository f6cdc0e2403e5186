"""Resolves every path of an expression against the form, before any answer is there.

Rule 1: a plain path to one node in the same instances becomes a reference; any other stays a path, with local names.
Rule 2: an absolute path means the current instance of each repeat that it shares with the node it stands on, down to
        its first predicate; but a path that ends at a repeat means all of its instances.
Rule 3: a path that leads nowhere is refused; so are attributes, and lists that are not there.
Source: questionnaires.md sections 5, 6 and 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from models.errors import ExpressionError
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
    Step,
    TextLiteral,
    Top,
    spine,
    walk,
)
from sync.central.authoring import vocabulary
from sync.central.authoring.form import meant
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_ground import ABOVE, COLUMN, ITEM, Ground, Where
from sync.central.authoring.xform_parts import SPACE, expression

TEXT_LIMIT: Final = 300_000  # characters of all different expressions of a form
_HANDS_ON: Final = {"if": (1, 2), "randomize": (0,), "coalesce": (0, 1), "once": (0,)}  # arguments handed on as nodes
_FORBIDDEN_AXES: Final = frozenset({"following", "preceding", "descendant", "descendant-or-self"})


@dataclass(frozen=True, slots=True)
class Terrain(Ground):
    """One form to find one's way in: the ground, and expressions that are read where one stands."""

    def read(self, text: str, at: int) -> Expr:
        """Return the expression with its paths resolved where node `at` is the current one.

        Raises ExpressionError or UnresolvedError.
        """
        return self.settled(self.parsed(text), at)

    def parsed(self, text: str) -> Expr:
        """Return an expression as written; the same text is parsed once, and not without end."""
        looks = self.looks
        if text not in looks.parsed:
            looks.characters += len(text)
            if looks.characters > TEXT_LIMIT:
                raise ExpressionError(0, "too-costly", "There are too many expressions in this form.")
            looks.parsed[text] = expression(text)
        return looks.parsed[text]

    def settled(self, expression: Expr, at: int, *, on_list: str | None = None) -> Expr:
        """Return a parsed expression with its paths resolved; `on_list`: a predicate on this list's items."""
        if self.profile:
            _hold_to_profile(expression)
        here: Where = frozenset({at})
        if on_list is not None:
            here = frozenset({(on_list, ITEM)}) if on_list in self.lists else None
        return _Settling(self, at, inside=on_list is not None).settle(expression, here)[0]


def _hold_to_profile(expression: Expr) -> None:
    """Refuse what the engine knows and authors may not write."""
    for part in walk(expression):
        if isinstance(part, Call) and part.name in vocabulary.FUNCTIONS_REFUSED:
            raise UnresolvedError("not-here", vocabulary.FUNCTIONS_REFUSED[part.name], what=f"{part.name}()")
        for step in part.steps if isinstance(part, Path) else ():
            if step.axis in _FORBIDDEN_AXES:
                raise UnresolvedError("not-here", "axis", what="//" if step.axis.endswith("self") else step.axis)


@dataclass(frozen=True, slots=True)
class _Settling:
    """One expression that stands on node `at`. `inside`: a predicate, where `.` is not the node itself."""

    terrain: Terrain
    at: int
    inside: bool = False
    every: frozenset[int] = frozenset()  # repeats of which indexed-repeat() wants all instances

    def settle(self, expr: Expr, here: Where) -> tuple[Expr, Where]:  # noqa: C901, PLR0911 - one arm a form
        """Return the expression resolved, and where it leads if it leads to nodes."""
        match expr:
            case Here():
                return expr, here
            case Current():
                return expr, frozenset({self.at})
            case Operation():
                return self.chained(expr, here)
            case Negation(operand):
                return Negation(self.settle(operand, here)[0]), None
            case Call():
                return self.call(expr, here)
            case Path():
                return self.path(expr, here)
            case Filter(inner, predicates):
                settled, where = self.settle(inner, here)
                return Filter(settled, tuple(self.predicate(one, where) for one in predicates)), where
            case Named(name):
                if self.terrain.named is None:
                    raise UnresolvedError("unknown-name", "path", name="${" + name + "}", meant="")
                number = self.terrain.named(name)
                return self.terrain.to(number, self.at, self.every) or Ref(number), frozenset({number})
            case Ref(node):
                return expr, frozenset({node})
            case TextLiteral() | NumberLiteral() | Top():
                return expr, None
            case _:
                assert_never(expr)

    def predicate(self, expr: Expr, where: Where) -> Expr:
        """Resolve a predicate on nodes that are `where`."""
        deeper = _Settling(self.terrain, self.at, inside=True)
        return deeper.settle(expr, where)[0]

    def chained(self, expr: Operation, here: Where) -> tuple[Expr, Where]:
        """Resolve a chain of operators; a union leads wherever its sides lead."""
        first, rest = spine(expr)
        result, where = self.settle(first, here)
        for operator, right in rest:
            settled, other = self.settle(right, here)
            result = Operation(operator, result, settled)
            joined = where is not None and other is not None and operator == "union"
            where = where | other if joined and where is not None and other is not None else None
        return result, where

    def call(self, expr: Call, here: Where) -> tuple[Expr, Where]:
        """Resolve a call; some functions know paths of their own kind."""
        match expr.name:
            case "instance":
                return self.instance(expr)
            case "indexed-repeat":
                return self.indexed(expr, here)
            case "jr:choice-name":
                value = self.settle(expr.arguments[0], here)[0]
                return Call(expr.name, (value, self.question(expr.arguments[1])), expr.position), None
            case "jr:itext":
                (key,) = expr.arguments
                self.terrain.looks.texts.add(key.text if isinstance(key, TextLiteral) else "")
        settled = [self.settle(argument, here) for argument in expr.arguments]
        handed = [settled[place][1] for place in _HANDS_ON.get(expr.name, ()) if place < len(settled)]
        where: Where = None
        if handed and all(one is not None for one in handed):
            where = frozenset().union(*(one for one in handed if one is not None))
        return Call(expr.name, tuple(one for one, _ in settled), expr.position), where

    def instance(self, expr: Call) -> tuple[Expr, Where]:
        """Resolve `instance('list')`: the list must be there."""
        (name,) = expr.arguments
        if not isinstance(name, TextLiteral):
            raise UnresolvedError("not-a-list", "instance")
        if name.text not in self.terrain.lists:
            facts = {"name": name.text, "meant": meant(name.text, self.terrain.lists)}
            raise UnresolvedError("unknown-list", "xform", **facts)
        if self.terrain.lists[name.text] is None:
            raise UnresolvedError("not-a-list", "list", name=name.text)
        self.terrain.looks.lists.add(name.text)
        return expr, frozenset({(name.text, 0)})

    def indexed(self, expr: Call, here: Where) -> tuple[Expr, Where]:
        """Resolve `indexed-repeat(path, repeat, place, …)`: of the repeats named, every instance counts."""
        repeats = [self.settle(argument, here)[1] for argument in expr.arguments[1::2]]
        every = frozenset(one for where in repeats for one in where or () if isinstance(one, int) and one > 0)
        wide = _Settling(self.terrain, self.at, inside=self.inside, every=every)
        settled = [
            (self if place and place % 2 == 0 else wide).settle(argument, here)
            for place, argument in enumerate(expr.arguments)
        ]
        return Call(expr.name, tuple(one for one, _ in settled), expr.position), settled[0][1]

    def question(self, literal: Expr) -> Expr:
        """Resolve the path in quotes that jr:choice-name() takes, to an absolute one."""
        text = literal.text.strip(SPACE) if isinstance(literal, TextLiteral) else ""
        found = _Settling(self.terrain, self.at).settle(expression(text), frozenset({self.at}))[1]
        numbers = [one for one in found or () if isinstance(one, int) and one > 0]
        if len(numbers) != 1:
            raise UnresolvedError("unknown-name", "path", name=text[:120], meant="")
        return TextLiteral(self.terrain.grown.spots[numbers[0]].path)

    def path(self, expr: Path, here: Where) -> tuple[Expr, Where]:
        """Resolve a path step by step; then say it in the shortest way that means the same."""
        start: Expr = expr.start
        if isinstance(start, Top):
            where: Where = frozenset({ABOVE})
        else:
            start, where = self.settle(start, here)
        steps: list[Step] = []
        for step in expr.steps:
            name = step.test.rpartition(":")[2]
            where = self.terrain.step(where, step, name)
            steps.append(Step(step.axis, name, tuple(self.predicate(one, where) for one in step.predicates)))
        self.whole(where)
        if isinstance(expr.start, Top):
            return self.absolute(tuple(steps)), where
        outside = isinstance(start, Current) or (isinstance(start, Here) and not self.inside)
        plain = self.plainly(steps) if outside else None
        if plain is not None and where == frozenset({plain}):
            return self.relative(start, plain, tuple(steps)), where
        return Path(start, tuple(steps), expr.position), where

    def whole(self, where: Where) -> None:
        """Note that whole items of a list may be looked at."""
        for place in where or ():
            if isinstance(place, tuple) and place[1] < COLUMN:
                self.terrain.looks.columns.update(self.terrain.lists[place[0]] or ())

    def relative(self, start: Expr, number: int, steps: tuple[Step, ...]) -> Expr:
        """Say a plain path from the current node to a node of its own instances."""
        chain = self.terrain.chain(number)
        if self.every.intersection(chain):
            return self.terrain.to(number, self.at, self.every) or Ref(number)
        if number == self.at:
            return start
        return Path(start, steps) if self.terrain.grown.spots[number].children else Ref(number)

    def plainly(self, steps: list[Step]) -> int | None:
        """Return the node that plain steps from the current node lead to, if they never enter a repeat anew."""
        spots, place = self.terrain.grown.spots, self.at
        for step in steps:
            if step.predicates or place < 0:
                return None
            if step.axis == "parent" and step.test == "node()":
                place = spots[place].parent
            elif step.axis == "child":
                inside = [one for one in spots[place].children if spots[one].name == step.test]
                if not inside or (spots[inside[0]].repeat and inside[0] not in self.every):
                    return None
                place = inside[0]
            elif step.axis != "self" or step.test != "node()":
                return None
        return place if place > 0 else None

    def absolute(self, steps: tuple[Step, ...]) -> Expr:
        """Say an absolute path: as a reference, from the repeat it shares with the current node, or as it is."""
        chain = tuple(self.trail(steps))
        if len(chain) == len(steps) and chain:
            return self.terrain.to(chain[-1], self.at, self.every) or Ref(chain[-1])
        # A predicate on a repeat chooses among all its instances, so what is shared ends above it.
        shared = self.terrain.shared((*chain, ABOVE), self.at, self.every)
        return self.terrain.from_shared(chain, shared, self.at, steps[shared + 1 :])

    def trail(self, steps: tuple[Step, ...]) -> Iterator[int]:
        """Yield the nodes that the first plain steps of an absolute path lead to."""
        spots, level = self.terrain.grown.spots, [0]
        for step in steps:
            found = [one for one in level if spots[one].name == step.test]
            if step.axis != "child" or step.predicates or not found:
                return
            yield found[0]
            level = spots[found[0]].children
