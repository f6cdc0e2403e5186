"""Resolves every path of an expression against the form, before any answer is there.

Rule 1: a plain path to one node in the same instances becomes a reference; any other stays a path, with local names.
Rule 2: an absolute path means the current instance of each repeat that it shares with the node it stands on, down to
        its first predicate; but a path that ends at a repeat means all of its instances.
Rule 3: a path that leads nowhere is refused; so are attributes, and lists that are not there.
Source: questionnaires.md sections 5, 6 and 9.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
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
from sync.central.authoring.xform_parts import SPACE, expression
from sync.central.authoring.xform_tree import Grown

ABOVE: Final = -1  # the top of the tree, around the root
Item = tuple[str, int]  # a place in a list: its name, and 0 for its top, 1 root, 2 item, 3 column
Where = frozenset[int | Item] | None  # None: cannot be told before running
WALK_LIMIT: Final = 500_000  # nodes looked at by all paths of a form
TEXT_LIMIT: Final = 300_000  # characters of all different expressions of a form
_LIST_NAMES: Final = {0: "root", 1: "item"}
_COLUMN: Final = 3
_HANDS_ON: Final = {"if": (1, 2), "randomize": (0,), "coalesce": (0, 1), "once": (0,)}  # arguments handed on as nodes
_FORBIDDEN_AXES: Final = frozenset({"following", "preceding", "descendant", "descendant-or-self"})
Chain = tuple[int, ...]


@dataclass(slots=True)
class Looks:
    """What all expressions together look for by name, and what looking has cost so far."""

    columns: set[str] = field(default_factory=set)  # of lists
    lists: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)  # ids of itext; "" stands for any
    parsed: dict[str, Expr] = field(default_factory=dict)  # by what stands in the XForm
    characters: int = 0  # of what was parsed
    walked: int = 0  # nodes looked at on the way


@dataclass(frozen=True, slots=True)
class Terrain:
    """One form to find one's way in. `lists`: the columns of each list that can be looked into."""

    grown: Grown
    lists: Mapping[str, Collection[str] | None]  # None: an instance that is no list
    profile: bool
    named: Callable[[str], int] | None = None  # which node `${name}` means; an XForm has no such names
    looks: Looks = field(default_factory=Looks)

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
            here = frozenset({(on_list, 2)}) if on_list in self.lists else None
        return _Settling(self, at, inside=on_list is not None).settle(expression, here)[0]

    def reach(self, number: int, at: int) -> Expr:
        """Return how node `number` is reached from node `at`, as an absolute path would."""
        return self.to(number, at) or Ref(number)

    def to(self, number: int, at: int, every: Collection[int] = ()) -> Expr | None:
        """Return the way to a node from `at`; None where it is at hand. Of repeats in `every`, all instances count."""
        chain = self.chain(number)
        shared = self.shared(chain, at, every)
        below = chain[shared + 1 :]
        crossing = any(self.grown.spots[one].repeat for one in below)
        if not crossing and not self.grown.spots[number].children:
            return None
        steps = tuple(Step("child", self.grown.spots[one].name) for one in below)
        return self.from_shared(chain, shared, at, steps)

    def chain(self, number: int) -> Chain:
        """Return the nodes from the root down to this one."""
        return tuple(reversed(self.grown.ancestors(number)))

    def shared(self, chain: Chain, at: int, every: Collection[int] = ()) -> int:
        """Return the place in the chain of the innermost repeat that is also around `at`; -1 where there is none.

        The end of the chain is never one: a path that ends at a repeat means all its instances.
        """
        around = frozenset(self.grown.ancestors(at))
        common = list(takewhile(lambda one: one in around and one not in every, chain[:-1]))
        return max((place for place, one in enumerate(common) if self.grown.spots[one].repeat), default=-1)

    def from_shared(self, chain: Chain, shared: int, at: int, steps: tuple[Step, ...]) -> Expr:
        """Return a path that begins at the current instance of a repeat around `at`, or at the top."""
        if shared < 0:
            return Path(Top(), steps)
        up = self.grown.ancestors(at).index(chain[shared])
        whole = (*(Step("parent", "node()") for _ in range(up)), *steps)
        return Path(Current(), whole) if whole else Current()


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
            where = self.step(where, step, name)
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
            if isinstance(place, tuple) and place[1] < _COLUMN:
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

    def step(self, where: Where, step: Step, name: str) -> Where:
        """Return where a step leads, or refuse one that leads nowhere."""
        if step.axis == "attribute":
            raise UnresolvedError("not-a-list", "attribute", name=name)
        if where is None:
            return None
        reached = frozenset(one for place in where for one in self.walked(place, step.axis, name))
        far = 1 if step.axis in {"child", "parent", "self"} else len(self.terrain.grown.spots)
        self.terrain.looks.walked += len(where) * far
        if self.terrain.looks.walked > WALK_LIMIT:
            raise ExpressionError(0, "too-costly", "The paths of this form look at too many nodes.")
        if not reached and where:
            lenient = not self.terrain.profile and all(isinstance(one, tuple) for one in where)
            if not lenient:
                raise UnresolvedError("unknown-name", "path", name=name, meant=meant(name, self.names()))
        return reached

    def names(self) -> list[str]:
        """Return the names of all nodes, for a hint."""
        return [spot.name for spot in self.terrain.grown.spots]

    def walked(self, place: int | Item, axis: str, name: str) -> Iterator[int | Item]:
        """Yield the places that one step leads to from one place."""
        for one in self.listed(place, axis) if isinstance(place, tuple) else self.noded(place, axis):
            if isinstance(one, tuple):
                yield from self.column(one, name)
            elif name in {"*", "node()"} or (one >= 0 and self.terrain.grown.spots[one].name == name):
                yield one

    def column(self, place: Item, name: str) -> Iterator[Item]:
        """Yield a place in a list if its name fits; note the columns that are looked for."""
        of, level = place
        columns = self.terrain.lists[of] or ()
        if level == _COLUMN:
            self.terrain.looks.columns.update(columns if name in {"*", "node()"} else (name,))
            if name in {"*", "node()"} or name in columns:
                yield place
        elif level == 0 or name in {"*", "node()", _LIST_NAMES[level - 1]}:
            yield place

    def listed(self, place: Item, axis: str) -> Iterator[Item]:
        """Yield where an axis leads inside a list."""
        of, level = place
        if axis in {"self", "following-sibling", "preceding-sibling"} or axis.endswith("or-self"):
            yield place
        if axis == "child" and level < _COLUMN:
            yield of, level + 1
        elif axis == "parent" and level > 0:
            yield of, level - 1
        elif axis.startswith("descendant"):
            yield from ((of, deeper) for deeper in range(level + 1, _COLUMN + 1))
        elif axis.startswith("ancestor"):
            yield from ((of, higher) for higher in range(level))

    def noded(self, place: int, axis: str) -> Iterator[int]:
        """Yield where an axis leads among the nodes of the form."""
        spots = self.terrain.grown.spots
        inside = ([0] if place == ABOVE else spots[place].children) if spots else []
        above = [] if place == ABOVE else [*self.terrain.grown.ancestors(place)[1:], ABOVE]
        if axis == "self" or axis.endswith("or-self"):
            yield place
        if axis == "child":
            yield from inside
        elif axis == "parent":
            yield from above[:1]
        elif axis.startswith("ancestor"):
            yield from above
        elif axis.startswith("descendant"):
            last = len(spots) - 1 if place == ABOVE else self.terrain.grown.last_inside(place)
            yield from range(max(place, ABOVE) + 1, last + 1)
        elif axis.endswith("-sibling") and above:
            yield from [0] if above[0] == ABOVE else spots[above[0]].children
        elif axis in {"following", "preceding"}:
            yield from range(len(spots))
