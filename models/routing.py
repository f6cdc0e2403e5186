"""What is relevant, and what comes next.

Rule 1: a questionnaire is opened once: expressions become closures, and its graph is worked out.
Rule 2: a Route never changes and knows nobody's answers; a State is a value and knows one sitting's.
Rule 3: stops follow form order inside a module; a repeat's series stands behind its instances.
Rule 4: nodes that depend on each other in a ring are refused when the questionnaire is opened.
Source: questionnaires.md sections 9 and 11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models.errors import ExpressionError, UnreadableQuestionnaireError
from models.expressions.chance import in_random_order
from models.expressions.evaluate import Compiled, compile_expression
from models.expressions.syntax import Call, Expr, Step, TextLiteral, walk
from models.expressions.syntax import Path as PathExpr
from models.graph import Graph, graph_of
from models.layout import Cell, Instances, Layout, Plan, plan_of
from models.places import Tree
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
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    WordsKey,
    expressions,
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
class Rules:
    """The compiled expressions of one node; None where the author wrote none."""

    relevant: Compiled | None = None
    readonly: Compiled | None = None
    required: Compiled | None = None
    constraint: Compiled | None = None
    calculate: Compiled | None = None
    choice_filter: Compiled | None = None
    seed: Compiled | None = None
    count: Compiled | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Route:
    """A questionnaire opened: its expressions compiled, its graph laid out, once per questionnaire."""

    questionnaire: Questionnaire
    plan: Plan
    graph: Graph
    modules: tuple[Module | None, ...]  # by node number
    rules: tuple[Rules, ...]  # by node number
    actions: tuple[tuple[Action, Compiled], ...]
    words: Mapping[tuple[LanguageTag, WordsKey], tuple[str | Compiled, ...]]  # only those with expressions in them
    lists: Mapping[str, ListNode]
    speaks: bool  # some rule looks at words, so another language may change what is relevant


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that could not be evaluated: the author's row and a reason, never an answer."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class State:
    """What is stored, relevant, effective and offered at one moment of filling; all by the cells of its layout."""

    layout: Layout = field(compare=False)
    instances: Instances
    stored: tuple[str, ...]
    texts: tuple[str, ...]  # effective: blank where not relevant, without choices no longer offered
    relevant: tuple[bool, ...]
    offered: Mapping[int, tuple[Choice, ...]]  # of relevant selects, in list order
    day: date
    seed: int
    language: LanguageTag
    serial: int = field(compare=False)  # of the next new instance
    faults: frozenset[Fault] = field(compare=False)
    tree: Tree = field(compare=False)  # what expressions see of this moment


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
    modules: list[Module | None] = [None] * len(q.nodes)
    for module in q.modules:
        modules[module.first : module.last + 1] = [module] * (module.last + 1 - module.first)
    plan = plan_of(q)
    graph = graph_of(plan)
    if graph.ring:
        ring = ", ".join(paths(q)[number] for number in graph.ring[:5])
        raise UnreadableQuestionnaireError(detail=f"questions depend on each other: {ring}")
    try:
        return Route(
            questionnaire=q,
            plan=plan,
            graph=graph,
            modules=tuple(modules),
            rules=tuple(_rules(node) for node in q.nodes),
            actions=tuple((action, compile_expression(action.to)) for action in q.actions),
            words=dict(_compiled_words(q)),
            lists={name: _list_tree(choices) for name, choices in q.lists.items()},
            speaks=any(_speaks(expr) for expr, _ in expressions(q)),
        )
    except ExpressionError as wrong:
        raise UnreadableQuestionnaireError(detail=wrong.reason) from wrong


def stops(route: Route, state: State) -> tuple[Stop, ...]:
    """Return every relevant stop, module by module in the order of presentation."""
    return tuple(stop for module in modules_in_order(route, state.seed) for stop in module_stops(route, state, module))


def modules_in_order(route: Route, seed: int) -> tuple[Module, ...]:
    """Return all modules in the order of presentation: practice first, the others fixed or shuffled by the seed."""
    practice = tuple(module for module in route.questionnaire.modules if module.practice)
    others = tuple(module for module in route.questionnaire.modules if not module.practice)
    if route.questionnaire.order == "modules-shuffled":
        others = in_random_order(others, seed)
    return practice + others


def module_stops(route: Route, state: State, module: Module) -> tuple[Stop, ...]:
    """Return the relevant notes and questions of one module, in form order.

    Behind the last instance of a repeat that people may extend stands its series: the place of "one more?".
    """
    return tuple(
        Stop(cell.node, cell.path, module.name)
        for cell in state.layout.cells
        if module.first <= cell.node <= module.last
        and state.relevant[cell.index]
        and _stops(route.questionnaire.nodes[cell.node], cell)
    )


def _stops(node: Node, cell: Cell) -> bool:
    if cell.series:
        return isinstance(node, Repeat) and node.count is None and not node.fixed
    return isinstance(node, Note | ASKED)


def not_drawn(route: Route, seed: int) -> frozenset[int]:
    """Return the nodes of the blocks that this sitting does not get; every block is as likely as any of its draw."""
    q = route.questionnaire
    absent: set[int] = set()
    for place, (draw, take) in enumerate(sorted(q.draws.items())):
        pool = [block for block in q.blocks if block.draw == draw]
        for block in in_random_order(pool, seed + place)[take:]:
            absent |= set(range(block.first, block.last + 1))
    return frozenset(absent)


def _rules(node: Node) -> Rules:
    written = {name: getattr(node, name, None) for name in Rules.__slots__}
    if isinstance(node, SelectOne | SelectMultiple | Rank) and node.choice_filter is not None:
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
        held = {"name": choice.value, **choice.columns}
        for place, (name, text) in enumerate(held.items(), start=1):
            item.add(ListNode(name, order + place, text))
        order += len(held) + 1
    return top


def _speaks(expr: Expr) -> bool:
    return any(isinstance(part, Call) and part.name in {"jr:itext", "jr:choice-name"} for part in walk(expr))
