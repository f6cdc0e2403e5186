"""Makes lists of choices of an XForm's secondary instances and of the items that stand in its controls.

Rule 1: a list is an instance `root/item`, each item's children are its columns; anything else cannot be a list here.
Rule 2: a list that a question offers has a value and words for each item; one that only expressions use has no words.
Rule 3: of further columns those are kept that some expression looks for.
Source: questionnaires.md sections 5 and 14.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from models.errors import ExpressionError
from models.expressions.syntax import Call, Expr, Here, Operation, Path, TextLiteral, walk
from models.questionnaire import Choice, WordsKey
from sync.central.authoring import vocabulary
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_parts import Control, InlineItem, Itemset, Saying, expression, local, plain

VALUE: Final = re.compile(r"\S{1,64}")
_STEPS: Final = ("root", "item")


@dataclass(frozen=True, slots=True)
class Table:
    """One secondary instance as rows of columns; `fits` is False where it is no list."""

    rows: tuple[Mapping[str, str], ...]
    columns: tuple[str, ...]
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """What a question offers: a list by its name, how its items are filtered, and whether they are shuffled."""

    list_name: str
    predicates: tuple[Expr, ...] = ()
    randomize: bool = False
    seed: Expr | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the choices of an offered list come from: a table with its value and label, or items in a control.

    `label` is a column; `spoken` tells that it holds ids of texts and not words. `at` is the first question.
    """

    at: int
    table: str = ""
    value: str = ""
    label: str = ""
    spoken: bool = False
    items: tuple[InlineItem, ...] = ()


def choice_key(list_name: str, place: int) -> WordsKey:
    """The key of a choice's words."""
    return WordsKey(f"c:{list_name}:{place}")


def tabulated(element: Element) -> Table:
    """Return a secondary instance as a table."""
    rows: list[dict[str, str]] = []
    columns: dict[str, None] = {}
    fits = local(element) == "root"
    for item in element:
        row: dict[str, str] = {}
        fits = fits and local(item) == "item"
        for cell in item:
            name = local(cell)
            fits = fits and len(cell) == 0 and name not in row
            row[name] = plain(cell.text)
            columns[name] = None
        rows.append(row)
    return Table(tuple(rows), tuple(columns), fits)


class Gathering:
    """Lists while questions ask for them; `looked` are the columns that expressions look for."""

    def __init__(self, tables: Mapping[str, Table], report: Report) -> None:
        self.tables = tables
        self.report = report
        self.sources: dict[str, Source] = {}
        self.known: dict[Itemset, Offer] = {}

    def offer(self, control: Control, name: str, at: int) -> Offer | None:
        """Return what a select or rank offers, or None where that was refused; `name` is the question's."""
        if control.itemset is None:
            if not control.items:
                self.report.refuse(control.path, "type", "unknown-list", "none")
                return None
            source = Source(at, items=control.items)
            return Offer(self.named(name, source))
        if control.items:
            self.report.refuse(control.path, "type", "unknown-list", "both")
            return None
        try:
            if control.itemset not in self.known:
                self.known[control.itemset] = self.from_itemset(control.itemset, at)
            return self.known[control.itemset]
        except UnresolvedError as wrong:
            self.report.refuse(control.path, "choice_filter", wrong.code, wrong.reading, **wrong.facts)
        except ExpressionError as wrong:
            self.report.wrong(control.path, "choice_filter", control.itemset.nodeset, wrong)
        return None

    def named(self, name: str, source: Source) -> str:
        """Return the name under which a source is kept, a new one where it is new."""
        wanted, count = name, 1
        while self.sources.get(wanted, source) != source or (wanted in self.tables and wanted != source.table):
            count += 1
            wanted = f"{name[:58]}-{count}"
        self.sources.setdefault(wanted, source)
        return wanted

    def from_itemset(self, itemset: Itemset, at: int) -> Offer:
        """Return the list, its filter and its shuffling. Raises UnresolvedError or ExpressionError."""
        nodeset: Expr = expression(itemset.nodeset)
        seed: Expr | None = None
        randomize = isinstance(nodeset, Call) and nodeset.name == "randomize"
        if isinstance(nodeset, Call) and randomize:
            seed = nodeset.arguments[1] if len(nodeset.arguments) > 1 else None
            nodeset = nodeset.arguments[0]
        table, predicates = self.list_of(nodeset)
        value = _column(itemset.value or "name")
        label, spoken = _label(itemset.label)
        held = next((one for one in self.sources.values() if _same(one, table, value, label, spoken=spoken)), None)
        source = Source(at, table, value, label, spoken) if held is None else held
        return Offer(self.named(table, source), predicates, randomize, seed)

    def list_of(self, nodeset: Expr) -> tuple[str, tuple[Expr, ...]]:
        """Return the list's name and its predicates: `instance('L')/root/item[…]` and nothing else."""
        if not isinstance(nodeset, Path) or not isinstance(nodeset.start, Call) or nodeset.start.name != "instance":
            raise UnresolvedError("unknown-list", "own")
        (name,) = nodeset.start.arguments
        steps = [(step.axis, step.test) for step in nodeset.steps]
        if not isinstance(name, TextLiteral) or steps != [("child", one) for one in _STEPS]:
            raise UnresolvedError("not-a-list", "list", name=name.text if isinstance(name, TextLiteral) else "?")
        if name.text not in self.tables:
            raise UnresolvedError("unknown-list", "xform", name=name.text, meant="")
        if not self.tables[name.text].fits or nodeset.steps[0].predicates:
            raise UnresolvedError("not-a-list", "list", name=name.text)
        predicates = nodeset.steps[1].predicates
        if len(predicates) > 1 and any(_by_place(one) for one in predicates):
            raise UnresolvedError("not-a-list", "places")
        return name.text, predicates

    def rows(self, name: str) -> list[tuple[str, Saying, Mapping[str, str]]]:
        """Return value, words and columns of each item of an offered list."""
        source = self.sources[name]
        if not source.table:
            return [(item.value, item.label, {}) for item in source.items]
        return [(row.get(source.value, ""), _words(source, row), row) for row in self.tables[source.table].rows]

    def offered(self, name: str, looked: set[str]) -> tuple[Choice, ...]:
        """Return an offered list; a bad value is refused."""
        rows = self.rows(name)
        self.count(name, len(rows))
        seen: set[str] = set()
        for value, _, _ in rows:
            if not VALUE.fullmatch(value):
                self.report.refuse(f"list {name}", "", "bad-name", "choice", name=value[:80])
            elif value in seen:
                self.report.refuse(f"list {name}", "", "twice", "item", name=value, list=name)
            seen.add(value)
        return tuple(
            Choice(value, choice_key(name, place), columns=_columns(row, value, looked))
            for place, (value, _, row) in enumerate(rows)
        )

    def silent(self, name: str, looked: set[str]) -> tuple[Choice, ...]:
        """Return a list that only expressions look into; an item without a name of its own goes by its place."""
        rows = self.tables[name].rows
        self.count(name, len(rows))
        names = [row.get("name", "") for row in rows]
        distinct = len(set(names)) == len(names) and all(VALUE.fullmatch(one) for one in names)
        return tuple(
            Choice(value, choice_key(name, place), columns=_columns(row, value, looked))
            for place, (row, value) in enumerate(
                zip(rows, names if distinct else map(str, range(1, len(rows) + 1)), strict=True)
            )
        )

    def count(self, name: str, rows: int) -> None:
        """Refuse a list that is empty or too long, or that cannot be named."""
        if not vocabulary.NAME.fullmatch(name):
            self.report.refuse(f"list {name[:64]}", "", "bad-name", "", name=name[:80])
        if rows == 0:
            self.report.refuse(f"list {name}", "", "empty-list", "", name=name)
        elif rows > vocabulary.CHOICES_AT_MOST:
            self.report.refuse(f"list {name}", "", "too-long", "list", limit=vocabulary.CHOICES_AT_MOST)


def _same(source: Source, table: str, value: str, label: str, *, spoken: bool) -> bool:
    return (source.table, source.value, source.label, source.spoken) == (table, value, label, spoken)


def _columns(row: Mapping[str, str], value: str, looked: set[str]) -> dict[str, str]:
    """Return the columns an expression may look at; `name` is there anyway where it is the value."""
    return {name: text for name, text in row.items() if name in looked and (name != "name" or text != value)}


def _words(source: Source, row: Mapping[str, str]) -> Saying:
    text = row.get(source.label, "")
    if source.spoken:
        return Saying(text_id=text)
    return Saying((text,) if text else ())


def _column(ref: str) -> str:
    """Return the column that a reference in an itemset means."""
    path = expression(ref)
    if isinstance(path, Path) and isinstance(path.start, Here) and len(path.steps) == 1:
        (step,) = path.steps
        if step.axis == "child" and not step.predicates:
            return step.test.rpartition(":")[2]
    raise UnresolvedError("not-a-list", "column", name=ref[:120])


def _label(ref: str) -> tuple[str, bool]:
    """Return the column of the words, and whether it holds ids of texts."""
    if not ref:
        return "", False
    spoken = expression(ref)
    if isinstance(spoken, Call) and spoken.name == "jr:itext":
        (inner,) = spoken.arguments
        if isinstance(inner, Path) and isinstance(inner.start, Here) and len(inner.steps) == 1:
            return inner.steps[0].test, True
        raise UnresolvedError("not-a-list", "column", name=ref[:120])
    return _column(ref), False


def _by_place(predicate: Expr) -> bool:
    """Tell whether a predicate may choose by place, and not by what an item holds."""
    if isinstance(predicate, Operation):
        certain = predicate.operator in {"or", "and", "=", "!=", "<", "<=", ">", ">="}
    else:
        certain = isinstance(predicate, Path) or (isinstance(predicate, Call) and predicate.name in BOOLEAN)
    called = {part.name for part in walk(predicate) if isinstance(part, Call)}
    return not certain or not called.isdisjoint({"position", "last"})


BOOLEAN: Final = frozenset(
    {"not", "true", "false", "boolean", "selected", "contains", "starts-with", "ends-with", "regex", "checklist"}
)


def joined(predicates: tuple[Expr, ...]) -> Expr | None:
    """Return several predicates as one."""
    if len(predicates) <= 1:
        return predicates[0] if predicates else None
    result: Expr = Call("boolean", (predicates[0],))
    for one in predicates[1:]:
        result = Operation("and", result, Call("boolean", (one,)))
    return result
