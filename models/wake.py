"""One change under way: what it wakes is computed, each cell after those it waits for.

Rule 1: a change wakes the cells that look at it, and each of them wakes others only if its own result differs.
Rule 2: whatever happened before, a state equals the one that `computed` gives for its stored texts and instances.
Rule 3: an expression that fails counts as blank (relevant: true; a choice: offered) and is told by its row alone.
Rule 4: what is calculated is not typed: a wake writes it again, whoever wrote it before.
Source: questionnaires.md sections 8 and 9.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from heapq import heappop, heappush
from typing import Final, TypeVar

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.evaluate import Compiled
from models.fitting import fitted, held_as, still_offered
from models.layout import NOWHERE, Cell, Instances, Keys, Layout, lay_out, with_new, without
from models.places import Tree, Trial
from models.questionnaire import (
    INSTANCE_LIMIT,
    Calculate,
    Choice,
    Instance,
    LanguageTag,
    NodeNumber,
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    WordsKey,
    worded,
)
from models.routing import ASKED, Fault, Route, State, not_drawn

WAKE_LIMIT: Final = 10_000  # expressions of one answer; a filter counts once
CELL_LIMIT: Final = 5_000
NO_TEXTS: Final[Mapping[tuple[NodeNumber, Keys], str]] = {}

T = TypeVar("T")
Known = tuple[NodeNumber, Keys, bool]  # what a cell is known by while layouts change: node, instances, series


def computed(
    route: Route, stored: Mapping[Known, str], instances: Instances, day: date, seed: int, language: LanguageTag
) -> State:
    """Return the state that these stored texts and instances give, worked out from nothing."""
    layout = lay_out(route.plan, instances)
    held = [stored.get(known(cell), "") for cell in layout.cells]
    serial = 1 + max((one for serials in instances.values() for one in serials), default=0)
    empty = State(
        layout=layout,
        instances=instances,
        stored=tuple(held),
        texts=("",) * len(held),
        relevant=(False,) * len(held),
        offered={},
        day=day,
        seed=seed,
        language=language,
        serial=serial,
        faults=frozenset(),
        tree=Tree(route.plan, layout, ()),
    )
    wake = Wake(route, empty)
    wake.rouse(range(len(layout.cells)))
    return wake.state()


def stored_of(state: State) -> Mapping[Known, str]:
    """Return what is stored, by what each cell is known by."""
    return {known(cell): text for cell, text in zip(state.layout.cells, state.stored, strict=True) if text}


def known(cell: Cell) -> Known:
    """Return what a cell is known by."""
    return cell.node, cell.keys, cell.series


def found(layout: Layout, what: Known) -> int:
    """Return the index of a known cell in this layout, or NOWHERE."""
    node, keys, series = what
    return (layout.series_of if series else layout.at).get((node, keys), NOWHERE)


def default_of(route: Route, cell: Cell) -> str:
    """Return the text that a cell begins with."""
    node = route.questionnaire.nodes[cell.node]
    if isinstance(node, Calculate):
        return node.default or ""
    return fitted_to(route, cell, node.default or "") if isinstance(node, ASKED) else ""


def fitted_to(route: Route, cell: Cell, text: str) -> str:
    """Return what a calculation or an action stores in this cell."""
    q = route.questionnaire
    node = q.nodes[cell.node]
    if isinstance(node, Calculate):
        return held_as(node.holds, text)
    if not isinstance(node, ASKED):
        return text
    choices = q.lists[node.list_name] if isinstance(node, SelectOne | SelectMultiple | Rank) else ()
    return fitted(node, cell.path, choices, text)


def scope_of(route: Route, state: State, index: int) -> values.Scope:
    """Return what an expression of this cell sees."""
    return seen_by(route, state.tree, state.layout.cells[index], state.day, state.seed, state.language)


def trying(route: Route, state: State, index: int, text: str) -> values.Scope:
    """Return the scope in which this cell holds `text`."""
    scope = scope_of(route, state, index)
    trial, at = Trial(scope.node, text), scope.at
    own = state.layout.cells[index].node
    return values.Scope(
        node=trial,
        root=scope.root,
        clock=scope.clock,
        words=scope.words,
        seed=scope.seed,
        lists=scope.lists,
        at=lambda number: trial if number == own else at(number),
        choice_words=scope.choice_words,
    )


def seen_by(route: Route, tree: Tree, cell: Cell, day: date, seed: int, language: LanguageTag) -> values.Scope:
    """Return what an expression of this cell sees in this tree."""
    return values.Scope(
        node=tree.place(cell.index),
        root=tree.top,
        clock=values.Clock(day),
        words=lambda key: _plain_words(route, WordsKey(key), language),
        seed=seed,
        lists=route.lists,
        at=tree.finder(cell.keys),
        choice_words=lambda value, path: _choice_words(route, cell, value, path, language),
    )


def _plain_words(route: Route, key: WordsKey, language: LanguageTag) -> str:
    """Return words without what expressions would fill in: an expression looks at texts, not at other expressions."""
    found, _ = worded(route.questionnaire, key, language)
    return "".join(part for part in found if isinstance(part, str))


def _choice_words(route: Route, cell: Cell, value: str, path: str, language: LanguageTag) -> str:
    """Return the words of a choice, by its value and the path of its question; blank where there is none."""
    q = route.questionnaire
    steps = path.strip().split("/")
    here = NodeNumber(0) if steps[:1] == [""] else cell.node
    if steps[:1] == [""]:
        steps = steps[2:] if steps[1:2] == [q.nodes[0].name] else []
    for step in steps:
        if step == "..":
            here = getattr(q.nodes[here], "parent", NodeNumber(0))
        else:
            inside = [number for number in route.plan.children[here] if q.nodes[number].name == step]
            if not inside:
                return ""
            here = inside[0]
    node = q.nodes[here]
    if not isinstance(node, SelectOne | SelectMultiple | Rank):
        return ""
    found = (choice for choice in q.lists[node.list_name] if choice.value == value)
    return next((_plain_words(route, choice.words, language) for choice in found), "")


class Wake:
    """One change under way: what is still to be computed, each cell after those it waits for."""

    def __init__(self, route: Route, state: State) -> None:
        self.route = route
        self.before = state
        self.layout = state.layout
        self.instances = state.instances
        self.serial = state.serial
        self.stored = list(state.stored)
        self.texts = list(state.texts)
        self.relevant = list(state.relevant)
        self.offered = dict(state.offered)
        self.faults = set(state.faults)
        self.left = WAKE_LIMIT
        self.absent = not_drawn(route, state.seed)
        self.tree = Tree(route.plan, self.layout, self.texts)
        self.waiting: list[tuple[int, bool, int]] = []
        self.roused: set[int] = set()
        self.fresh: list[Known] = []  # instances made on the way

    def state(self) -> State:
        """Compute all that waits, and return the result."""
        while self.waiting:
            _, _, index = heappop(self.waiting)
            self.roused.discard(index)
            self.cell(self.layout.cells[index])
        before = self.before
        texts = tuple(self.texts)
        return State(
            layout=self.layout,
            instances=self.instances,
            stored=tuple(self.stored),
            texts=texts,
            relevant=tuple(self.relevant),
            offered=self.offered,
            day=before.day,
            seed=before.seed,
            language=before.language,
            serial=self.serial,
            faults=frozenset(self.faults),
            tree=Tree(self.route.plan, self.layout, texts),
        )

    def rouse(self, indexes: Iterable[int]) -> None:
        """Let these cells be computed."""
        rank = self.route.graph.rank
        for index in indexes:
            if index not in self.roused:
                cell = self.layout.cells[index]
                self.roused.add(index)
                heappush(self.waiting, (rank[cell.node], not cell.series, index))

    def write(self, writes: Iterable[tuple[int, str]]) -> None:
        """Store texts."""
        for index, text in writes:
            self.stored[index] = text
            self.rouse((index,))

    def changed(self, cell: Cell) -> None:
        """Wake whoever looks at this cell."""
        layout = self.layout
        for edge in self.route.graph.wakes[cell.node]:
            prefix = cell.keys[: edge.shared]
            for index in (*layout.of_node[edge.to], *self.series_of(edge.to)):
                if layout.cells[index].keys[: edge.shared] == prefix:
                    self.rouse((index,))

    def series_of(self, node: NodeNumber) -> list[int]:
        """Return the series of a repeat; none for any other node."""
        if not isinstance(self.route.questionnaire.nodes[node], Repeat):
            return []
        return [index for (number, _), index in self.layout.series_of.items() if number == node]

    def cell(self, cell: Cell) -> None:
        """Compute one cell: relevance, then how many or what, then what of it is effective."""
        index = cell.index
        node, rules = self.route.questionnaire.nodes[cell.node], self.route.rules[cell.node]
        was = self.relevant[index], self.texts[index], self.offered.get(index)
        above = cell.parent == NOWHERE or self.relevant[cell.parent]
        relevant = (
            above and cell.node not in self.absent and self.asked(rules.relevant, cell, node_row(node), otherwise=True)
        )
        self.relevant[index] = relevant
        self.offered.pop(index, None)
        self.texts[index] = ""
        if relevant and cell.series:
            self.count(cell, node, rules.count)
            return
        if relevant:
            if rules.calculate is not None:
                result = self.attempt(rules.calculate, cell, node_row(node), values.to_text)
                self.stored[index] = fitted_to(self.route, cell, result or "")
            self.texts[index] = self.stored[index]
            if isinstance(node, SelectOne | SelectMultiple | Rank):
                self.offered[index] = self.choices(node, cell)
                self.texts[index] = still_offered(node, self.offered[index], self.stored[index])
        if was != (self.relevant[index], self.texts[index], self.offered.get(index)):
            self.changed(cell)
        if was[0] != relevant:
            self.rouse(cell.inside)
            self.rouse(
                series
                for number in self.route.plan.children[cell.node]
                if (series := self.layout.series_of.get((number, cell.keys))) is not None
            )

    def choices(self, node: SelectOne | SelectMultiple | Rank, cell: Cell) -> tuple[Choice, ...]:
        """Return the choices that the filter keeps; all of them where there is none, or where it fails."""
        choices = self.route.questionnaire.lists[node.list_name]
        kept_by = self.route.rules[cell.node].choice_filter
        if kept_by is None:
            return choices
        kept = self.attempt(kept_by, cell, node.row, lambda value: value)
        if kept is None:
            return choices
        items = self.route.lists[node.list_name].children[0].children
        held = {id(item) for item in kept} if isinstance(kept, tuple) else set()
        return tuple(choice for choice, item in zip(choices, items, strict=True) if id(item) in held)

    def count(self, series: Cell, node: object, count: Compiled | None) -> None:
        """Give a counted repeat as many instances as it wants; a blank count changes nothing."""
        if count is None:
            return
        wanted = self.attempt(count, series, node_row(node), values.to_number)
        if wanted is None or math.isnan(wanted):
            return
        most = min(max(wanted, 0.0), float(INSTANCE_LIMIT))
        held = self.instances.get((series.node, series.keys), ())
        for serial in reversed(held[int(most) :]):
            self.remove(series.node, series.keys, serial)
        for _ in range(int(most) - len(held)):
            self.add(series.node, series.keys)

    def add(self, repeat: NodeNumber, keys: Keys) -> None:
        """Put an instance at the end of a series; nothing at the bound."""
        held = self.instances.get((repeat, keys), ())
        if len(held) >= INSTANCE_LIMIT or len(self.layout.cells) >= CELL_LIMIT:
            return
        serial, node = self.serial, self.route.questionnaire.nodes[repeat]
        first = node.first or () if isinstance(node, Repeat) and node.count is not None else ()
        # A counted repeat takes what the form brings, in order, then what is as the pattern.
        brought = first[len(held)] if len(held) < len(first) else Instance()
        instances, texts, self.serial = with_new(self.route.plan, self.instances, repeat, keys, serial, brought)
        self.lay(instances, repeat, texts)
        self.fresh.append((repeat, (*keys, serial), False))

    def remove(self, repeat: NodeNumber, keys: Keys, serial: int) -> None:
        """Take an instance away, with all that is in it."""
        self.lay(without(self.instances, repeat, keys, serial), repeat)

    def lay(
        self, instances: Instances, repeat: NodeNumber, texts: Mapping[tuple[NodeNumber, Keys], str] = NO_TEXTS
    ) -> None:
        """Go over to the layout of these instances; wake the new cells, and whoever looks into the repeat."""
        old, layout = self.layout, lay_out(self.route.plan, instances)
        came_from = [found(old, known(cell)) for cell in layout.cells]
        still_waiting = [known(old.cells[index]) for _, _, index in self.waiting]
        new = [index for index, origin in enumerate(came_from) if origin == NOWHERE]
        self.stored = [
            self.stored[origin] if origin != NOWHERE else self.begins(cell, texts)
            for cell, origin in zip(layout.cells, came_from, strict=True)
        ]
        self.texts = [self.texts[origin] if origin != NOWHERE else "" for origin in came_from]
        self.relevant = [origin != NOWHERE and self.relevant[origin] for origin in came_from]
        self.offered = {index: self.offered[origin] for index, origin in enumerate(came_from) if origin in self.offered}
        self.instances, self.layout = instances, layout
        self.tree = Tree(self.route.plan, layout, self.texts)
        self.waiting, self.roused = [], set()
        self.rouse(index for one in still_waiting if (index := found(layout, one)) != NOWHERE)
        self.rouse(new)
        for inside in self.inside(repeat):
            for edge in self.route.graph.wakes[inside]:
                self.rouse(layout.of_node[edge.to])
                self.rouse(self.series_of(edge.to))

    def begins(self, cell: Cell, texts: Mapping[tuple[NodeNumber, Keys], str]) -> str:
        """Return the text of a new cell: what its instance brings, else its default."""
        if cell.series:
            return ""
        brought = texts.get((cell.node, cell.keys))
        return default_of(self.route, cell) if brought is None else brought

    def inside(self, node: NodeNumber) -> list[NodeNumber]:
        """Return a node and all inside it."""
        found = [node]
        for one in found:
            found.extend(self.route.plan.children[one])
        return found

    def asked(self, compiled: Compiled | None, cell: Cell, row: int, *, otherwise: bool) -> bool:
        """Return what a rule says; `otherwise` where there is none, or where it fails."""
        result = None if compiled is None else self.attempt(compiled, cell, row, values.to_boolean)
        return otherwise if result is None else result

    def attempt(self, compiled: Compiled, cell: Cell, row: int, read: Callable[[values.Value], T]) -> T | None:
        """Evaluate on a cell; None, and a fault, where it fails or beyond the bound."""
        self.left -= 1
        if self.left < 0:
            self.faults.add(Fault(row, "too-costly"))
            return None
        before = self.before
        try:
            return read(compiled(seen_by(self.route, self.tree, cell, before.day, before.seed, before.language)))
        except ExpressionError as wrong:
            self.faults.add(Fault(row, wrong.reason))
            return None


def node_row(node: object) -> int:
    """Return the author's row of a node; 0 for the root."""
    return int(getattr(node, "row", 0))
