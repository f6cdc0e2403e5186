"""Which node waits for which: what every expression looks at, found by walking its paths over the form.

Rule 1: a plain reference waits for that node in the same instances; any other path waits for all cells it could reach.
Rule 2: a group's text is the text of all inside it; counting instances, or asking for their place, looks at none of it.
Rule 3: a child waits for its parent, since relevance is inherited.
Rule 4: nodes that wait for each other in a ring are refused when the questionnaire is opened. Free are `.` in a
        constraint and a node's own value inside once().
Source: questionnaires.md section 9, points 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import takewhile
from typing import Final

from models.expressions.syntax import Call, Current, Expr, Filter, Here, Path, Ref, Step, Top, parts
from models.layout import Plan
from models.questionnaire import NodeNumber, Rank, Repeat, Root, SelectMultiple, SelectOne

WAKING: Final = ("relevant", "calculate", "choice_filter", "count")
PLACES_ONLY: Final = frozenset(
    {"count", "position"}
)  # functions that look at how many there are, not at what they hold
_TOP: Final = -1
_LIST: Final = -2  # any node of a list of choices
Nodes = frozenset[int]
NONE: Final[Nodes] = frozenset()


@dataclass(frozen=True, slots=True)
class Edge:
    """Node `to` looks at a node: at its cells in as many shared instances around both, from the outermost."""

    to: NodeNumber
    shared: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Graph:
    """Who is woken by whom, by node number, and the order to compute in."""

    wakes: tuple[tuple[Edge, ...], ...]
    rank: tuple[int, ...]
    ring: tuple[NodeNumber, ...] = ()  # nodes that wait for each other; nothing may be computed while there are any


@dataclass(slots=True)
class _Look:
    """One expression of one node, while it is walked."""

    plan: Plan
    owner: int
    near: set[int] = field(default_factory=set)
    wide: set[int] = field(default_factory=set)

    def value(self, expr: Expr, here: Nodes) -> None:
        """Note what an expression looks at where its value is used."""
        found = self.nodes(expr, here)
        if not isinstance(expr, Ref):
            self.hold(found)

    def hold(self, found: Nodes) -> None:
        """Note that the texts of these nodes are looked at."""
        for number in found:
            if number >= 0:
                self.wide |= self.subtree(number)

    def subtree(self, number: int) -> set[int]:
        """Return the node and all inside it."""
        inside = {number}
        for child in self.plan.children[number]:
            inside |= self.subtree(child)
        return inside

    def nodes(self, expr: Expr, here: Nodes) -> Nodes:  # noqa: C901, PLR0911 - one arm a form
        """Return which nodes an expression may stand for; what is inside it is noted."""
        match expr:
            case Ref(number):
                # A group's text may hold several instances; a leaf's is its own.
                (self.wide if self.plan.children[number] else self.near).update(self.subtree(number))
                return frozenset({number})
            case Here():
                return here
            case Current():
                return frozenset({self.owner})
            case Top():
                return frozenset({_TOP})
            case Path(start, steps):
                return self.path(start, steps, here)
            case Filter(inner, predicates):
                found = self.nodes(inner, here)
                for predicate in predicates:
                    self.value(predicate, found)
                return found
            case Call("instance", _):
                return frozenset({_LIST})
            case Call(name, arguments):
                return self.called(name, arguments, here)
            case _:
                for part in parts(expr):
                    self.value(part, here)
                return NONE

    def called(self, name: str, arguments: tuple[Expr, ...], here: Nodes) -> Nodes:
        """Walk a call; its result is taken to stand for no node, but for those functions that hand nodes on."""
        if name in PLACES_ONLY:
            for argument in arguments:
                self.places(argument, here)
            return NONE
        if name == "indexed-repeat":  # a value of other instances, the repeats it stands in, and which of them
            self.hold(
                frozenset({arguments[0].node}) if isinstance(arguments[0], Ref) else self.nodes(arguments[0], here)
            )
            for repeat, place in zip(arguments[1::2], arguments[2::2], strict=False):
                self.places(repeat, here)
                self.value(place, here)
            return NONE
        found: Nodes = NONE
        for argument in arguments:
            if name in {"randomize", "if", "coalesce"}:
                found |= self.nodes(argument, here)
            else:
                self.value(argument, here)
        return found

    def places(self, expr: Expr, here: Nodes) -> None:
        """Note that it is looked at how many there are; its own place a node knows without waiting."""
        found = frozenset({expr.node}) if isinstance(expr, Ref) else self.nodes(expr, here)
        self.wide.update(number for number in found if number >= 0 and number != self.owner)

    def path(self, start: Expr, steps: tuple[Step, ...], here: Nodes) -> Nodes:
        """Walk a path over the form."""
        if isinstance(start, Ref):
            found: Nodes = frozenset({start.node})
        else:
            found = self.nodes(start, here)
        for step in steps:
            found = frozenset(number for one in found for number in self.step(one, step))
            self.wide.update(number for number in found if self.is_repeat(number))
            for predicate in step.predicates:
                self.value(predicate, found)
        return found

    def is_repeat(self, number: int) -> bool:
        return number >= 0 and isinstance(self.plan.questionnaire.nodes[number], Repeat)

    def step(self, number: int, step: Step) -> Nodes:
        """Return where one step leads from one node."""
        if number == _LIST:
            return frozenset({_LIST})
        reached = WALKS[step.axis](self.plan, number)
        if step.test in {"*", "node()"}:
            return reached
        nodes = self.plan.questionnaire.nodes
        return frozenset(one for one in reached if one >= 0 and nodes[one].name == step.test)


def _children(plan: Plan, number: int) -> Nodes:
    return frozenset({0}) if number == _TOP else frozenset(plan.children[number])


def _parent(plan: Plan, number: int) -> Nodes:
    if number == _TOP:
        return NONE
    node = plan.questionnaire.nodes[number]
    return frozenset({_TOP if isinstance(node, Root) else node.parent})


def _self(_: Plan, number: int) -> Nodes:
    return frozenset({number})


def _descendants(plan: Plan, number: int) -> Nodes:
    found: set[int] = set()
    waiting = list(_children(plan, number))
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting.extend(plan.children[one])
    return frozenset(found)


def _ancestors(plan: Plan, number: int) -> Nodes:
    found: set[int] = set()
    waiting = list(_parent(plan, number))
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting.extend(_parent(plan, one))
    return frozenset(found)


def _siblings(plan: Plan, number: int) -> Nodes:
    return frozenset(child for parent in _parent(plan, number) for child in _children(plan, parent))


def _everywhere(plan: Plan, _: int) -> Nodes:
    return frozenset(range(len(plan.questionnaire.nodes)))


def _nowhere(_: Plan, __: int) -> Nodes:
    return NONE


WALKS: Final[Mapping[str, Callable[[Plan, int], Nodes]]] = {
    "child": _children,
    "parent": _parent,
    "self": _self,
    "attribute": _nowhere,
    "descendant": _descendants,
    "descendant-or-self": lambda plan, number: _descendants(plan, number) | {number},
    "ancestor": _ancestors,
    "ancestor-or-self": lambda plan, number: _ancestors(plan, number) | {number},
    "following-sibling": _siblings,
    "preceding-sibling": _siblings,
    "following": _everywhere,
    "preceding": _everywhere,
}


def graph_of(plan: Plan) -> Graph:
    """Return the graph of a questionnaire."""
    q = plan.questionnaire
    wakes: list[dict[NodeNumber, bool]] = [{} for _ in q.nodes]  # node -> who looks at it, and whether only nearby
    for place, node in enumerate(q.nodes):
        number = NodeNumber(place)
        look = _Look(plan, number)
        for name in WAKING:
            expr = getattr(node, name, None)
            if expr is not None:
                _look_at(look, node, name, expr)
        for other in look.near - look.wide:
            wakes[other][number] = True
        for other in look.wide:
            wakes[other][number] = False
    waits: list[set[int]] = [set() for _ in q.nodes]
    for other, held in enumerate(wakes):
        for woken in held:
            waits[woken].add(other)
    for place, node in enumerate(q.nodes):
        if not isinstance(node, Root):
            waits[place].add(node.parent)
    rank, ring = _ranked(waits)
    edges = tuple(
        tuple(Edge(woken, _shared(plan, other, woken) if near else 0) for woken, near in sorted(held.items()))
        for other, held in enumerate(wakes)
    )
    return Graph(edges, rank, ring)


def _shared(plan: Plan, one: int, other: int) -> int:
    """Return how many repeats stand around both nodes."""
    pairs = zip(plan.around[one], plan.around[other], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _look_at(look: _Look, node: object, name: str, expr: Expr) -> None:
    here: Nodes = frozenset({look.owner})
    if name == "choice_filter" and isinstance(node, SelectOne | SelectMultiple | Rank):
        here = frozenset({_LIST})  # the filter stands on a choice
    kept_near, kept_wide = set(look.near), set(look.wide)
    look.value(expr, here)
    own = {look.owner} if name == "count" or (isinstance(expr, Call) and expr.name == "once") else set()
    look.near = kept_near | (look.near - own)
    look.wide = kept_wide | (look.wide - own)


def _ranked(waits: list[set[int]]) -> tuple[tuple[int, ...], tuple[NodeNumber, ...]]:
    """Return each node's place after all it waits for, form order where there is a choice, and a ring if any."""
    waiting = [len(one) for one in waits]
    wakes: list[list[int]] = [[] for _ in waits]
    for number, one in enumerate(waits):
        for other in one:
            wakes[other].append(number)
    ready = [number for number, count in enumerate(waiting) if count == 0]
    heapify(ready)
    rank = [0] * len(waits)
    done = 0
    while ready:
        number = heappop(ready)
        rank[number] = done
        done += 1
        for other in wakes[number]:
            waiting[other] -= 1
            if waiting[other] == 0:
                heappush(ready, other)
    ring = _ring([number for number, count in enumerate(waiting) if count > 0], waits)
    return tuple(rank), ring


def _ring(stuck: list[int], waits: list[set[int]]) -> tuple[NodeNumber, ...]:
    """Return one ring among nodes of which each waits for another of them."""
    if not stuck:
        return ()
    left = set(stuck)
    way: list[int] = [stuck[0]]
    while True:
        following = min(waits[way[-1]] & left)
        if following in way:
            return tuple(NodeNumber(number) for number in way[way.index(following) :])
        way.append(following)
