"""What every node holds, worked out from what was stored.

Rule 1: `computed` is a pure function of route, stored texts, day and seed; a sheet is always what it says.
Rule 2: in this version every node is computed afresh in topological order, which keeps the law of section 9 by
        construction; computing only what a change wakes can replace it behind the same two functions.
Rule 3: an expression that fails counts as blank (relevant: true; a choice: offered) and is told by its row alone.
Source: questionnaires.md sections 8 and 9.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.evaluate import Compiled
from models.fitting import fitted, still_offered
from models.questionnaire import Calculate, Choice, Node, NodeNumber, Root, SelectMultiple, SelectOne
from models.routing import ASKED, Fault, Route, State, not_drawn

WAKE_LIMIT: Final = 10_000  # expressions of one answer; a filter counts once
ACTION_DEPTH: Final = 16

T = TypeVar("T")


class Place:
    """A node of the sheet as expressions see it."""

    __slots__ = ("attributes", "children", "name", "order", "parent", "texts")

    def __init__(self, name: str, order: int, texts: Sequence[str]) -> None:
        self.name = name
        self.order = order  # the node's number; -1 for the top
        self.texts = texts
        self.parent: Place | None = None
        self.children: list[Place] = []
        self.attributes: Sequence[Place] = ()

    def text(self) -> str:
        """The effective text, or that of all inside."""
        if self.children:
            return "".join(child.text() for child in self.children)
        return self.texts[self.order] if self.order >= 0 else ""


class Trial:
    """A node as it would be with another text: what a constraint looks at."""

    __slots__ = ("_place", "_text")

    def __init__(self, place: values.Node, text: str) -> None:
        self._place = place
        self._text = text

    @property
    def name(self) -> str:
        """As the node's."""
        return self._place.name

    @property
    def parent(self) -> values.Node | None:
        """As the node's."""
        return self._place.parent

    @property
    def children(self) -> Sequence[values.Node]:
        """As the node's."""
        return self._place.children

    @property
    def attributes(self) -> Sequence[values.Node]:
        """As the node's."""
        return self._place.attributes

    @property
    def order(self) -> int:
        """As the node's."""
        return self._place.order

    def text(self) -> str:
        """The text on trial."""
        return self._text


def computed(route: Route, stored: Sequence[str], day: date, seed: int) -> State:
    """Return the state that these stored texts give."""
    return _Computing(route, stored, day, seed).state()


def started(route: Route, day: date, seed: int) -> State:
    """Return the state of an empty sheet: defaults, calculations, then start actions in form order."""
    q = route.questionnaire
    defaults = [_default(route, NodeNumber(number), node) for number, node in enumerate(q.nodes)]
    state = computed(route, defaults, day, seed)
    for action, compiled in route.actions:
        if action.on == "start" and state.relevant[action.target]:
            state = _written(route, state, action.target, compiled)
    return state


def answered(route: Route, state: State, number: NodeNumber, text: str) -> State:
    """Return the state with this text stored, after its wake and the change actions that it sets off."""
    before = state
    state = _stored(route, state, number, text)
    for _ in range(ACTION_DEPTH):
        changed = {place for place, held in enumerate(state.texts) if held != before.texts[place]}
        due = [
            (action, compiled)
            for action, compiled in sorted(route.actions, key=lambda one: one[0].of or 0)
            if action.on == "change" and action.of in changed
        ]
        if not due:
            break
        before = state
        for action, compiled in due:
            state = _written(route, state, action.target, compiled)
    return state


def truth(compiled: Compiled | None, scope: values.Scope, *, otherwise: bool) -> bool:
    """Return what a rule says; `otherwise` where there is none, or where it fails."""
    if compiled is None:
        return otherwise
    try:
        return values.to_boolean(compiled(scope))
    except ExpressionError:
        return otherwise


def text_from(compiled: Compiled, scope: values.Scope) -> str:
    """Return what an expression gives as text; blank where it fails."""
    try:
        return values.to_text(compiled(scope))
    except ExpressionError:
        return ""


def trying(state: State, number: NodeNumber, text: str) -> values.Scope:
    """Return the scope in which node `number` holds `text`."""
    trial = Trial(state.scope.at(number), text)
    return replace(state.scope, node=trial, at=lambda other: trial if other == number else state.scope.at(other))


def _default(route: Route, number: NodeNumber, node: Node) -> str:
    if isinstance(node, Calculate):
        return node.default or ""
    return _fitted(route, number, node.default or "") if isinstance(node, ASKED) else ""


def _fitted(route: Route, number: NodeNumber, text: str) -> str:
    q = route.questionnaire
    node = q.nodes[number]
    if not isinstance(node, ASKED):
        return text
    choices = q.lists[node.list_name] if isinstance(node, SelectOne | SelectMultiple) else ()
    return fitted(node, route.paths[number], choices, text)


def _stored(route: Route, state: State, number: NodeNumber, text: str) -> State:
    stored = (*state.stored[:number], text, *state.stored[number + 1 :])
    return computed(route, stored, state.day, state.seed)


def _written(route: Route, state: State, target: NodeNumber, compiled: Compiled) -> State:
    text = text_from(compiled, replace(state.scope, node=state.scope.at(target)))
    return _stored(route, state, target, _fitted(route, target, text))


class _Computing:
    """One pass over all nodes, each after those it depends on."""

    def __init__(self, route: Route, stored: Sequence[str], day: date, seed: int) -> None:
        self.route = route
        self.day = day
        self.seed = seed
        nodes = route.questionnaire.nodes
        self.stored = list(stored)
        self.texts = [""] * len(nodes)
        self.relevant = [False] * len(nodes)
        self.offered: dict[NodeNumber, tuple[Choice, ...]] = {}
        self.faults: list[Fault] = []
        self.left = WAKE_LIMIT
        self.places = [Place(node.name, number, self.texts) for number, node in enumerate(nodes)]
        top = Place("", -1, self.texts)
        for place, node in zip(self.places, nodes, strict=True):
            above = top if isinstance(node, Root) else self.places[node.parent]
            place.parent = above
            above.children.append(place)
        self.scope = values.Scope(
            node=self.places[0],
            root=top,
            clock=values.Clock(day),
            seed=seed,
            lists=route.lists,
            at=self.places.__getitem__,
        )

    def state(self) -> State:
        """Compute every node and return the result."""
        absent = not_drawn(self.route, self.seed)
        for number in self.route.order:
            self.node(number, absent)
        return State(
            stored=tuple(self.stored),
            texts=tuple(self.texts),
            relevant=tuple(self.relevant),
            offered=self.offered,
            day=self.day,
            seed=self.seed,
            faults=tuple(self.faults),
            scope=self.scope,
        )

    def node(self, number: NodeNumber, absent: frozenset[int]) -> None:
        """Compute one node: relevance, then calculation, then what of it is effective."""
        node, rules = self.route.questionnaire.nodes[number], self.route.rules[number]
        above = isinstance(node, Root) or self.relevant[node.parent]
        if not above or number in absent or not self.asked(rules.relevant, number, otherwise=True):
            if rules.calculate is not None:
                self.stored[number] = ""
            return
        self.relevant[number] = True
        if rules.calculate is not None:
            result = self.attempt(rules.calculate, number, values.to_text)
            self.stored[number] = _fitted(self.route, number, result or "")
        self.texts[number] = self.stored[number]
        if isinstance(node, SelectOne | SelectMultiple):
            self.offered[number] = self.choices(node, number)
            self.texts[number] = still_offered(node, self.offered[number], self.stored[number])

    def choices(self, node: SelectOne | SelectMultiple, number: NodeNumber) -> tuple[Choice, ...]:
        """Return the choices that the filter keeps; all of them where there is none, or where it fails."""
        choices = self.route.questionnaire.lists[node.list_name]
        kept_by = self.route.rules[number].choice_filter
        if kept_by is None or not self.spend(number):
            return choices
        try:
            kept = kept_by(replace(self.scope, node=self.places[number]))
        except ExpressionError as wrong:
            self.faults.append(Fault(node.row, wrong.reason))
            return choices
        items = self.route.lists[node.list_name].children[0].children
        held = {id(item) for item in kept} if isinstance(kept, tuple) else set()
        return tuple(choice for choice, item in zip(choices, items, strict=True) if id(item) in held)

    def asked(self, compiled: Compiled | None, number: NodeNumber, *, otherwise: bool) -> bool:
        """Return what a rule says; `otherwise` where there is none, or where it fails."""
        result = None if compiled is None else self.attempt(compiled, number, values.to_boolean)
        return otherwise if result is None else result

    def attempt(self, compiled: Compiled, number: NodeNumber, read: Callable[[values.Value], T]) -> T | None:
        """Evaluate on a node; None, and a fault, where it fails."""
        if not self.spend(number):
            return None
        try:
            return read(compiled(replace(self.scope, node=self.places[number])))
        except ExpressionError as wrong:
            self.faults.append(Fault(self.route.questionnaire.nodes[number].row, wrong.reason))
            return None

    def spend(self, number: NodeNumber) -> bool:
        """Count one expression; False, and a fault, beyond the bound."""
        self.left -= 1
        if self.left < 0:
            self.faults.append(Fault(self.route.questionnaire.nodes[number].row, "too-costly"))
        return self.left >= 0
