"""How a path walks a tree: axes, name tests, predicates.

Rule 1: node-sets are in form order and hold no node twice; reverse axes count their places backwards.
Rule 2: every node looked at is counted against the evaluation's bound.
Source: questionnaires.md section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from models.expressions.syntax import Axis
from models.expressions.values import Node, Run, Value, to_boolean

Walk = Callable[[Node], Iterable[Node]]
Predicate = Callable[[Run], Value]


def in_form_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the nodes in form order, none twice."""
    return tuple(sorted({id(node): node for node in nodes}.values(), key=lambda node: node.order))


def stepped(
    run: Run, nodes: tuple[Node, ...], axis: Axis, test: str, predicates: tuple[Predicate, ...]
) -> tuple[Node, ...]:
    """Return what one step of a path finds from all of `nodes`."""
    found: list[Node] = []
    for node in nodes:
        candidates: list[Node] = []
        for candidate in AXES[axis](node):
            run.spend()
            if test in {"node()", candidate.name} or (test == "*" and candidate.name):
                candidates.append(candidate)
        chosen = tuple(candidates)
        for predicate in predicates:
            chosen = selected_by(run, chosen, predicate)
        found.extend(chosen)
    return in_form_order(found) if len(nodes) > 1 or axis in _BACKWARDS else tuple(found)


def selected_by(run: Run, nodes: tuple[Node, ...], predicate: Predicate) -> tuple[Node, ...]:
    """Return the nodes that a predicate keeps: a number selects by place from 1, anything else by its boolean."""
    before = run.node, run.place, run.size
    kept: list[Node] = []
    run.size = len(nodes)
    for place, node in enumerate(nodes, start=1):
        run.spend()
        run.node, run.place, run.size = node, place, len(nodes)
        value = predicate(run)
        fits = value == place if isinstance(value, float) else to_boolean(value)
        if fits:
            kept.append(node)
    run.node, run.place, run.size = before
    return tuple(kept)


def _children(node: Node) -> Iterable[Node]:
    return node.children


def _parent(node: Node) -> Iterable[Node]:
    return () if node.parent is None else (node.parent,)


def _self(node: Node) -> Iterable[Node]:
    return (node,)


def _attributes(node: Node) -> Iterable[Node]:
    return node.attributes


def _descendants(node: Node) -> Iterator[Node]:
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def _with_descendants(node: Node) -> Iterator[Node]:
    yield node
    yield from _descendants(node)


def _ancestors(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _with_ancestors(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestors(node)


def _siblings(node: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return the siblings before and after, in form order; an attribute has none."""
    family = tuple(node.parent.children) if node.parent is not None else ()
    for index, one in enumerate(family):
        if one.order == node.order:  # not `is`: a node on trial stands in for its own place
            return family[:index], family[index + 1 :]
    return (), ()


def _following_siblings(node: Node) -> Iterable[Node]:
    return _siblings(node)[1]


def _preceding_siblings(node: Node) -> Iterable[Node]:
    return reversed(_siblings(node)[0])


def _following(node: Node) -> Iterator[Node]:
    for one in _with_ancestors(node):
        for sibling in _siblings(one)[1]:
            yield from _with_descendants(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    for one in _with_ancestors(node):
        for sibling in reversed(_siblings(one)[0]):
            yield from reversed(list(_with_descendants(sibling)))


_BACKWARDS: Final = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
AXES: Final[Mapping[Axis, Walk]] = {
    "child": _children,
    "parent": _parent,
    "self": _self,
    "attribute": _attributes,
    "descendant": _descendants,
    "descendant-or-self": _with_descendants,
    "ancestor": _ancestors,
    "ancestor-or-self": _with_ancestors,
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "following": _following,
    "preceding": _preceding,
}
