"""What is relevant, and what comes next.

Rule 1: a questionnaire is opened once: expressions become closures, and one graph says which node waits for which.
Rule 2: a Route never changes and knows nobody's answers; a State is a value and knows one sitting's.
Rule 3: stops follow form order inside a module; a stop that is no longer relevant is still a place to go on from.
Rule 4: nodes that depend on each other in a ring are refused when the questionnaire is opened.
Source: questionnaires.md sections 9 and 11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Final

from models.errors import ExpressionError, UnreadableQuestionnaireError
from models.expressions import values
from models.expressions.chance import in_random_order
from models.expressions.evaluate import Compiled, compile_expression
from models.expressions.syntax import Call, Expr, Here, Ref, Step, TextLiteral, parts
from models.expressions.syntax import Path as PathExpr
from models.questionnaire import (
    Action,
    Choice,
    LanguageTag,
    Module,
    ModuleName,
    Node,
    NodeNumber,
    Note,
    Path,
    Question,
    Questionnaire,
    Root,
    SelectMultiple,
    SelectOne,
    WordsKey,
    paths,
)

ASKED: Final = Question


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a person is asked or told something."""

    node: NodeNumber
    path: Path
    module: ModuleName


@dataclass(frozen=True, slots=True)
class ModuleEnd:
    """No stop of this module is left."""

    module: ModuleName


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled expressions of one node; None where the author wrote none."""

    relevant: Compiled | None = None
    readonly: Compiled | None = None
    required: Compiled | None = None
    constraint: Compiled | None = None
    calculate: Compiled | None = None
    choice_filter: Compiled | None = None
    seed: Compiled | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Route:
    """A questionnaire opened: its expressions compiled, its graph laid out, once per questionnaire."""

    questionnaire: Questionnaire
    paths: tuple[Path, ...]  # by node number
    numbers: Mapping[Path, NodeNumber]
    modules: tuple[Module | None, ...]  # by node number
    rules: tuple[Rules, ...]  # by node number
    order: tuple[NodeNumber, ...]  # every node after those it depends on
    actions: tuple[tuple[Action, Compiled], ...]
    words: Mapping[tuple[LanguageTag, WordsKey], tuple[str | Compiled, ...]]  # only those with expressions in them
    lists: Mapping[str, ListNode]


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that could not be evaluated: the author's row and a reason, never an answer."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class State:
    """What is stored, relevant, effective and offered at one moment of filling; all by node number."""

    stored: tuple[str, ...]
    texts: tuple[str, ...]  # effective: blank where not relevant, without choices no longer offered
    relevant: tuple[bool, ...]
    offered: Mapping[NodeNumber, tuple[Choice, ...]]  # of relevant selects, in list order
    day: date
    seed: int
    faults: tuple[Fault, ...]
    scope: values.Scope = field(compare=False)  # what expressions see of this moment; stands on the root


class ListNode:
    """A list of choices as expressions see it: `instance('L')/root/item`, each with its name and its columns."""

    __slots__ = ("_text", "attributes", "children", "name", "order", "parent")

    def __init__(self, name: str, order: int, text: str = "") -> None:
        self.name = name
        self.order = order
        self.parent: ListNode | None = None
        self.children: list[ListNode] = []
        self.attributes: Sequence[ListNode] = ()
        self._text = text

    def text(self) -> str:
        """Own text, or that of everything inside."""
        return self._text or "".join(child.text() for child in self.children)

    def add(self, child: ListNode) -> ListNode:
        """Put a node inside this one, and return it."""
        child.parent = self
        self.children.append(child)
        return child


def open_route(questionnaire: Questionnaire) -> Route:
    """Return the questionnaire ready to be filled. Raises UnreadableQuestionnaireError where nodes form a ring."""
    q = questionnaire
    found = paths(q)
    modules: list[Module | None] = [None] * len(q.nodes)
    for module in q.modules:
        modules[module.first : module.last + 1] = [module] * (module.last + 1 - module.first)
    try:
        return Route(
            questionnaire=q,
            paths=found,
            numbers={path: NodeNumber(number) for number, path in enumerate(found)},
            modules=tuple(modules),
            rules=tuple(_rules(node) for node in q.nodes),
            order=_in_order(q, found),
            actions=tuple((action, compile_expression(action.to)) for action in q.actions),
            words=dict(_compiled_words(q)),
            lists={name: _list_tree(choices) for name, choices in q.lists.items()},
        )
    except ExpressionError as wrong:
        raise UnreadableQuestionnaireError(detail=wrong.reason) from wrong


def stops(route: Route, state: State) -> tuple[Stop, ...]:
    """Return every relevant stop, module by module in the order of presentation."""
    return tuple(stop for module in modules_in_order(route, state.seed) for stop in module_stops(route, state, module))


def after(route: Route, state: State, stop: Stop | None) -> Stop | ModuleEnd | None:
    """Return what follows `stop`: a stop of its module, or that module's end.

    None asks for the very first stop of the sitting, and is the answer where nothing at all is to be asked.
    """
    if stop is None:
        return next(iter(stops(route, state)), None)
    here = module_stops(route, state, _module(route, stop))
    return next((one for one in here if one.node > stop.node), ModuleEnd(stop.module))


def before(route: Route, state: State, stop: Stop) -> Stop | None:
    """Return the stop before, inside the same module; None at its first."""
    here = module_stops(route, state, _module(route, stop))
    return next((one for one in reversed(here) if one.node < stop.node), None)


def modules_in_order(route: Route, seed: int) -> tuple[Module, ...]:
    """Return all modules in the order of presentation: practice first, the others fixed or shuffled by the seed."""
    practice = tuple(module for module in route.questionnaire.modules if module.practice)
    others = tuple(module for module in route.questionnaire.modules if not module.practice)
    if route.questionnaire.order == "modules-shuffled":
        others = in_random_order(others, seed)
    return practice + others


def module_stops(route: Route, state: State, module: Module) -> tuple[Stop, ...]:
    """Return the relevant notes and questions of one module, in form order."""
    return tuple(
        Stop(NodeNumber(number), route.paths[number], module.name)
        for number in range(module.first, module.last + 1)
        if state.relevant[number] and isinstance(route.questionnaire.nodes[number], Note | ASKED)
    )


def not_drawn(route: Route, seed: int) -> frozenset[int]:
    """Return the nodes of the blocks that this sitting does not get; every block is as likely as any of its draw."""
    q = route.questionnaire
    absent: set[int] = set()
    for place, (draw, take) in enumerate(sorted(q.draws.items())):
        pool = [block for block in q.blocks if block.draw == draw]
        for block in in_random_order(pool, seed + place)[take:]:
            absent |= set(range(block.first, block.last + 1))
    return frozenset(absent)


def _module(route: Route, stop: Stop) -> Module:
    module = route.modules[stop.node]
    if module is None or module.name != stop.module:
        raise RuntimeError("a stop of another questionnaire")
    return module


def _rules(node: Node) -> Rules:
    written = {name: getattr(node, name, None) for name in Rules.__slots__}
    if isinstance(node, SelectOne | SelectMultiple) and node.choice_filter is not None:
        # As in XLSForm: the filter is a predicate on the list's items, and the question is current().
        items = (Step("child", "root"), Step("child", "item", (node.choice_filter,)))
        written["choice_filter"] = PathExpr(Call("instance", (TextLiteral(node.list_name),)), items)
    return Rules(**{name: compile_expression(expr) for name, expr in written.items() if expr is not None})


def _compiled_words(q: Questionnaire) -> Iterator[tuple[tuple[LanguageTag, WordsKey], tuple[str | Compiled, ...]]]:
    for tag, held in q.words.items():
        for key, words in held.items():
            if any(not isinstance(part, str) for part in words):
                yield (
                    (tag, key),
                    tuple(part if isinstance(part, str) else compile_expression(part) for part in words),
                )


def _list_tree(choices: Sequence[Choice]) -> ListNode:
    top = ListNode("", 0)
    root = top.add(ListNode("root", 1))
    order = 2
    for choice in choices:
        item = root.add(ListNode("item", order))
        for place, (name, text) in enumerate((("name", choice.value), *sorted(choice.columns.items())), start=1):
            item.add(ListNode(name, order + place, text))
        order += len(choice.columns) + 2
    return top


def dependencies(questionnaire: Questionnaire) -> tuple[frozenset[int], ...]:
    """Return for every node the nodes it must wait for: its parent, and all that its own expressions mention."""
    q = questionnaire
    inside = _subtrees(q)
    by_name: dict[str, set[int]] = {}
    for number, node in enumerate(q.nodes):
        by_name.setdefault(node.name, set()).add(number)
    found: list[frozenset[int]] = []
    for number, node in enumerate(q.nodes):
        waits: set[int] = set() if isinstance(node, Root) else {node.parent}
        for name in ("relevant", "calculate", "choice_filter"):
            expr = getattr(node, name, None)
            if expr is not None:
                for one in _mentioned(expr, by_name, number, on_choice=name == "choice_filter"):
                    waits |= inside[one]
        found.append(frozenset(waits))
    return tuple(found)


def _subtrees(q: Questionnaire) -> tuple[set[int], ...]:
    """Return for every node itself and all inside it: the text of a group is the text of all it holds."""
    inside: list[set[int]] = [{number} for number in range(len(q.nodes))]
    for number in range(len(q.nodes) - 1, 0, -1):
        node = q.nodes[number]
        if not isinstance(node, Root):
            inside[node.parent] |= inside[number]
    return tuple(inside)


def _mentioned(expr: Expr, by_name: Mapping[str, set[int]], number: int, *, on_choice: bool) -> Iterator[int]:
    """Yield the nodes an expression looks at.

    A plain reference says so; any other path is taken to mean every node with the name of its last step, or, with a
    wild step, all that stands before. Paths that start on a choice lead to its columns, not to nodes.
    """
    waiting = [expr]
    while waiting:
        one = waiting.pop()
        waiting.extend(parts(one))
        if isinstance(one, Ref):
            yield one.node
        elif isinstance(one, PathExpr) and one.steps and not _leads_to_list(one, on_choice=on_choice):
            test = one.steps[-1].test
            yield from (by_name.get(test, ()) if test not in {"*", "node()"} else range(1, number))


def _leads_to_list(path: PathExpr, *, on_choice: bool) -> bool:
    return (on_choice and isinstance(path.start, Here)) or isinstance(path.start, Call)


def _in_order(q: Questionnaire, found: Sequence[Path]) -> tuple[NodeNumber, ...]:
    """Return every node after those it waits for, form order where there is a choice."""
    waits = dependencies(q)
    waiting = [len(one) for one in waits]
    wakes: list[list[int]] = [[] for _ in q.nodes]
    for number, one in enumerate(waits):
        for other in one:
            wakes[other].append(number)
    ready = [number for number, count in enumerate(waiting) if count == 0]
    heapify(ready)
    order: list[NodeNumber] = []
    while ready:
        number = heappop(ready)
        order.append(NodeNumber(number))
        for other in wakes[number]:
            waiting[other] -= 1
            if waiting[other] == 0:
                heappush(ready, other)
    if len(order) < len(q.nodes):
        ring = ", ".join(sorted(found[number] for number, count in enumerate(waiting) if count > 0)[:5])
        raise UnreadableQuestionnaireError(detail=f"questions depend on each other: {ring}")
    return tuple(order)
