"""Reads every expression of a workbook as its author wrote it, and refuses what cannot be read or resolved.

Rule 1: the author's own text is parsed, so that a position counts characters of the cell.
Rule 2: a node's number is the place of its row among the items, plus one; node 0 is the root.
Rule 3: every `${name}` resolves to exactly one question; what depends on itself is refused.
Source: questionnaires.md sections 6, 8 and 9 (point 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from models.errors import ExpressionError
from models.expressions.parse import parse
from models.expressions.syntax import Expr, Here, Path, Ref, walk
from sync.central.authoring import vocabulary
from sync.central.authoring.check_answers import parameters
from sync.central.authoring.form import Form, Found, Item, meant
from sync.central.authoring.never_nodes import misplaced
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_tree import Grown, Spot

__all__ = ["REFERENCE", "TYPOGRAPHIC", "Reading", "UnresolvedError", "check_expressions", "expression_text"]

EXPRESSION_COLUMNS: Final = (
    *("relevant", "constraint", "required", "read_only", "calculation", "choice_filter", "repeat_count", "default"),
)
# a node must not reach itself through these; the count of a repeat may look at the repeat itself
WAKING: Final = ("relevant", "calculation", "choice_filter", "repeat_count")
YES_OR_NO: Final = ("required", "read_only")
TYPOGRAPHIC: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
REFERENCE: Final = re.compile(r"\$\{([^{}]*)\}")
DYNAMIC: Final = re.compile(r"[(){}\[\]$|*]")


@dataclass(frozen=True, slots=True)
class Names:
    """Which node a name or a path means."""

    items: tuple[Item, ...]
    by_name: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_path: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Form) -> Names:
        """Gather them from the items."""
        names = cls(form.items)
        for place, item in enumerate(form.items):
            names.by_name[item.name] = (*names.by_name.get(item.name, ()), place + 1)
            names.by_path[item.path] = place + 1
        return names

    def one(self, name: str) -> int:
        """Return the number of the one question with this name, or raise UnresolvedError."""
        numbers = self.by_name.get(name, ())
        if not numbers or not name:
            raise UnresolvedError("unknown-name", "", name=name, meant=meant(name, self.by_name))
        items = [self.items[number - 1] for number in numbers]
        if len(items) > 1:
            rows = " and ".join(str(item.row.number) for item in items[:2])
            raise UnresolvedError("ambiguous-name", "", name=name, rows=rows)
        if items[0].kind in ("note", "begin_group"):  # a repeat can be counted
            raise UnresolvedError("unknown-name", "silent", name=name, row=items[0].row.number)
        return numbers[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads expressions of one form."""

    names: Names
    terrain: Terrain

    @classmethod
    def of(cls, form: Form) -> Reading:
        """Gather the names once."""
        names = Names.of(form)
        lists = dict.fromkeys(form.lists, ("name", "label", *form.further))
        return cls(names, Terrain(_grown(form), lists, profile=True, named=names.one))

    def expression(self, item: Item, column: str, text: str) -> Expr:
        """Return the expression with references resolved. Raises ExpressionError or UnresolvedError.

        A choice filter stands on a choice, so there a plain name means a column of the choices.
        """
        expression = parse(text.translate(TYPOGRAPHIC))
        at = self.names.by_path.get(item.path, 0)
        try:
            return self.terrain.settled(expression, at, on_list=item.list_name if column == "choice_filter" else None)
        except UnresolvedError as error:
            name = error.facts.get("name")
            if error.reading == "path" and name in self.names.by_name and _alone(expression, str(name)):
                raise UnresolvedError("unknown-name", "bare", **error.facts) from error
            raise

    def named(self, name: str) -> int:
        """Return the number of the one question with this name, or raise UnresolvedError."""
        return self.names.one(name)

    def attempt(self, found: Found, item: Item, column: str, text: str) -> Expr | None:
        """Return the expression, or add to `found` why there is none."""
        try:
            return self.expression(item, column, text)
        except ExpressionError as error:
            _refuse_expression(found, item, column, text, error)
        except UnresolvedError as error:
            found.refuse("survey", item.row.number, column, error.code, error.reading, **error.facts)
        return None


def _grown(form: Form) -> Grown:
    """Return the nodes that the rows stand for; a row's number is its place plus one."""
    spots = [Spot(0, "data", -1, "/data")]
    for place, item in enumerate(form.items):
        repeat = item.kind == "begin_repeat"
        spots.append(Spot(place + 1, item.name, item.parent + 1, f"/data/{item.path}", repeat))
        spots[item.parent + 1].children.append(place + 1)
    return Grown(spots, {spot.path: spot.number for spot in spots})


def _alone(expression: Expr, name: str) -> bool:
    """Tell whether a name stands in an expression without `${}` around it."""
    paths = (part for part in walk(expression) if isinstance(part, Path) and isinstance(part.start, Here))
    return any([step.test for step in path.steps] == [name] for path in paths)


def expression_text(item: Item, column: str) -> str:
    """Return the cell's text where it is an expression that must be read: not a plain yes, no or fixed default."""
    useful = vocabulary.COLUMNS_OF.get(item.kind, frozenset())
    text = item.row[column]
    if column not in useful or (column in YES_OR_NO and text in vocabulary.YES | vocabulary.NO):
        return ""
    return "" if column == "default" and not DYNAMIC.search(text) else text


def check_expressions(form: Form, found: Found) -> None:
    """Add every expression that cannot be read, every name that means nothing, and every cycle."""
    reading = Reading.of(form)
    reached: dict[int, dict[int, str]] = {}
    for place, item in enumerate(form.items):
        for column, text in _written(item):
            expression = reading.attempt(found, item, column, text)
            for what, position in misplaced(expression) if expression is not None else ():
                detail = f'"{what}" needs questions or choices, and never gets any.'
                facts = {"at": position + 1, "detail": detail, "text": text[:120]}
                found.refuse("survey", item.row.number, column, "not-a-list", "expression", **facts)
            if expression is not None and column in WAKING and not (column == "calculation" and item.row["trigger"]):
                own = place + 1 if column == "repeat_count" else 0
                refs = (part.node for part in walk(expression) if isinstance(part, Ref) and part.node != own)
                reached.setdefault(place + 1, {}).update(dict.fromkeys(refs, column))
        if item.parent >= 0:
            reached.setdefault(place + 1, {}).setdefault(item.parent + 1, "")
    for cycle in _cycles(reached):
        _refuse_cycle(form, found, cycle, reached)


def _written(item: Item) -> Iterator[tuple[str, str]]:
    for column in EXPRESSION_COLUMNS:
        if text := expression_text(item, column):
            yield column, text
    seed = parameters(item).get("seed", "")
    if seed.startswith("${") and item.kind in vocabulary.LISTED:
        yield "parameters", seed


def _refuse_expression(found: Found, item: Item, column: str, text: str, error: ExpressionError) -> None:
    """Add what the parser said; a function that the project refuses by name is told apart from an unknown one."""
    called = re.match(r"[\w:-]+", text[error.position :])
    name = called.group() if called else ""
    if error.reason == "unknown-function" and name in vocabulary.FUNCTIONS_REFUSED:
        reading = vocabulary.FUNCTIONS_REFUSED[name]
        found.refuse("survey", item.row.number, column, "not-here", reading, what=f"{name}()")
        return
    detail = str(error.facts.get("detail") or error.reason)
    facts = {"at": error.position + 1, "detail": detail, "text": text[:120]}
    code = "too-costly" if error.reason == "too-deep" else error.reason
    found.refuse("survey", item.row.number, column, code, "expression", **facts)


def _cycles(edges: dict[int, dict[int, str]]) -> list[list[int]]:
    """Return one cycle for each node found on its own way back, shortest spelling: each node once, lowest first."""
    done: set[int] = set()
    cycles: list[list[int]] = []
    for start in sorted(edges):
        path: list[int] = []
        waiting: list[tuple[int, int]] = [(start, 0)]
        while waiting:
            node, depth = waiting.pop()
            del path[depth:]
            if node in path:
                cycle = path[path.index(node) :]
                least = cycle.index(min(cycle))
                cycles.append(cycle[least:] + cycle[:least])
                continue
            if node in done:
                continue
            done.add(node)
            path.append(node)
            waiting.extend((following, depth + 1) for following in sorted(edges.get(node, {}), reverse=True))
    return cycles


def _refuse_cycle(form: Form, found: Found, cycle: list[int], edges: dict[int, dict[int, str]]) -> None:
    """Name the cycle at the first cell that takes part in it."""
    round_trip = [*cycle, cycle[0]]
    pairs = [(here, there) for here, there in pairwise(round_trip) if edges[here].get(there)]
    if not pairs:
        return
    here, there = pairs[0]
    item, names = form.items[here - 1], [form.items[node - 1] for node in cycle]
    told = ", which depends on ".join(f"{item.name} (row {item.row.number})" for item in names[1:])
    way = f"{told}, which depends on {names[0].name}" if told else names[0].name
    first = f"{names[0].name} (row {names[0].row.number})"
    found.refuse("survey", item.row.number, edges[here][there], "cycle", first=first, way=way)
