"""Functions of nodes: counting, places, instances of repeats, lists, chance.

Rule 1: a function that needs a node-set raises ExpressionError("not-a-list") for anything else.
Rule 2: chance is decided by the seed and by the node's place in the form: same sitting, same node, same number.
Source: questionnaires.md sections 7 and 11.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from models.errors import ExpressionError
from models.expressions.calls import Function, Thunk, eager, nodes_of, number_of, numbers_of, text_of, texts_of
from models.expressions.chance import in_random_order, random_share
from models.expressions.syntax import Expr, Ref
from models.expressions.tree import in_form_order
from models.expressions.values import Node, Run, Value

_PAIRS: Final = (3, 5, 7)  # values of indexed-repeat: a path, then up to three repeats with their places


def _count(run: Run, value: Value) -> float:
    nodes = nodes_of(value)
    run.spend(len(nodes))
    return float(len(nodes))


def _count_non_empty(run: Run, value: Value) -> float:
    return float(sum(1 for text in texts_of(run, (nodes_of(value),)) if text))


def _sum(run: Run, value: Value) -> float:
    return float(sum(numbers_of(run, (nodes_of(value),))))


def _position(_: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    if not thunks:
        return lambda run: float(run.place)
    (where,) = thunks

    def call(run: Run) -> Value:
        nodes = nodes_of(where(run))
        if len(nodes) > 1:
            raise ExpressionError(0, "not-a-list", "position() takes one node.")
        return float(place_of(run, nodes[0])) if nodes else math.nan

    return call


def place_of(run: Run, node: Node) -> int:
    """Return the place of a node among its neighbours of the same name, from 1."""
    place = 1
    for one in () if node.parent is None else node.parent.children:
        run.spend()
        if one.order == node.order:
            break
        place += one.name == node.name
    return place


def _indexed_repeat(arguments: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    """Build `indexed-repeat(N, repeat, place, …)`: the nodes of N inside the repeats' instances at these places.

    A reference means every instance here, wherever the expression stands: the places choose among them.
    """
    referred = tuple(isinstance(argument, Ref) for argument in arguments)

    def nodes(run: Run, at: int) -> tuple[Node, ...]:
        found = nodes_of(thunks[at](run))
        return _every_instance(run, found) if referred[at] else found

    def call(run: Run) -> Value:
        kept = nodes(run, 0)
        for at in range(1, len(thunks), 2):
            repeat, place = nodes(run, at), number_of(run, thunks[at + 1](run))
            chosen = {id(instance) for instance in repeat if place_of(run, instance) == place}
            kept = tuple(node for node in kept if _within(run, node, chosen))
        return kept

    return call


def _within(run: Run, node: Node, chosen: set[int]) -> bool:
    above: Node | None = node
    while above is not None:
        run.spend()
        if id(above) in chosen:
            return True
        above = above.parent
    return False


def _every_instance(run: Run, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return all nodes of the tree that have the same names above them as these."""
    ways = {_way_to(run, node) for node in nodes}
    found: list[Node] = []
    for way in ways:
        level: tuple[Node, ...] = (_top_of(nodes[0]),)
        for name in way:
            run.spend(sum(len(node.children) for node in level))
            level = tuple(child for node in level for child in node.children if child.name == name)
        found.extend(level)
    return in_form_order(found)


def _way_to(run: Run, node: Node) -> tuple[str, ...]:
    names: list[str] = []
    above = node
    while above.parent is not None:
        run.spend()
        names.append(above.name)
        above = above.parent
    return tuple(reversed(names))


def _top_of(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node


def _check_places(arguments: tuple[Expr, ...]) -> None:
    if len(arguments) not in _PAIRS:
        raise ExpressionError(0, "arity", "Every repeat needs its place.")


def _instance(run: Run, name: Value) -> Value:
    found = run.scope.lists.get(text_of(run, name))
    return () if found is None else (found,)


def _random(run: Run) -> float:
    run.drawn += 1
    return random_share(run.scope.seed, _path_number(run, run.scope.node), run.drawn)


def _path_number(run: Run, node: Node) -> int:
    """Return a number for the names and places above a node: what stays when instances are added elsewhere."""
    number = 0
    above: Node = node
    while above.parent is not None:
        for character in f"{above.name}[{place_of(run, above)}]/":
            number = (number * 1_000_003 + ord(character)) & 0xFFFF_FFFF_FFFF
        above = above.parent
    return number


def _randomize(run: Run, value: Value, seed: Value | None = None) -> Value:
    nodes = nodes_of(value)
    run.spend(len(nodes))
    return in_random_order(nodes, run.scope.seed if seed is None else number_of(run, seed))


NODES: Final[Mapping[str, Function]] = {
    "count": Function(1, 1, eager(_count)),
    "count-non-empty": Function(1, 1, eager(_count_non_empty)),
    "sum": Function(1, 1, eager(_sum)),
    "position": Function(0, 1, _position),
    "last": Function(0, 0, eager(lambda run: float(run.size))),
    "indexed-repeat": Function(3, 7, _indexed_repeat, _check_places),
    "instance": Function(1, 1, eager(_instance)),
    "random": Function(0, 0, eager(_random)),
    "randomize": Function(1, 2, eager(_randomize)),
}
