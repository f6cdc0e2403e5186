"""Makes the nodes of a questionnaire: each with its kind, its rules, its words and its list.

Rule 1: the model says what a node holds, the body whether and how people are asked.
Rule 2: what a node is does not depend on whether a workbook lies behind the form; its words and scores may.
Rule 3: every problem is added, none stops the others; a node that was refused stands as one that shows nothing.
Source: questionnaires.md sections 2 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, TypedDict

from models.errors import ExpressionError
from models.expressions.syntax import Call, Expr
from models.questionnaire import (
    Acknowledge,
    Block,
    Calculate,
    Grid,
    Holds,
    Instance,
    ModuleNode,
    Moment,
    Node,
    NodeNumber,
    Note,
    Number,
    Range,
    Rank,
    Repeat,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    WordsKey,
)
from sync.central.authoring import vocabulary
from sync.central.authoring.behind import Behind
from sync.central.authoring.form import meant
from sync.central.authoring.gates import constant
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_lists import Gathering, joined
from sync.central.authoring.xform_parts import Bind, Control, GroupPart, Saying, XForm
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_tree import Spot, is_meta

TRUE: Final = Call("true", ())
TODAY: Final = Call("today", ())
NOTHING: Final = Bind("", {})
HOLDS: Final[Mapping[str, Holds]] = {
    **dict.fromkeys(("int", "integer", "long", "short"), "integer"),
    **dict.fromkeys(("decimal", "double", "float"), "decimal"),
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
}
TYPES_REFUSED: Final = {
    **dict.fromkeys(("geopoint", "geotrace", "geoshape"), "where"),
    **dict.fromkeys(("binary", "barcode", "intent"), "device"),
}
PRELOADS: Final = {"timestamp": "when", "date": "when"}  # others would say who a person is
KIND_OF: Final = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "range": "range"}
RULES: Final = ("relevant", "readonly", "required", "constraint", "calculate", "preload")
REPEATS_DEEP: Final = 3


class _Placing(TypedDict):
    name: str
    parent: NodeNumber
    row: int
    relevant: Expr | None


class _Showing(_Placing):
    words: WordsKey | None
    hint: WordsKey | None
    guidance: WordsKey | None
    appearance: tuple[str, ...]
    autoplay: bool


class _Asking(_Showing):
    required: Expr | None
    required_words: WordsKey | None
    constraint: Expr | None
    constraint_words: WordsKey | None
    readonly: Expr | None
    default: str | None
    calculate: Expr | None
    correct: str | None


class _Scoring(_Asking):
    scale: str | None
    reverse: bool


class _Selecting(_Scoring):
    list_name: str
    choice_filter: Expr | None
    randomize: bool
    seed: Expr | None


@dataclass(frozen=True, slots=True)
class Noding:
    """One form on its way to nodes. `targets`: paths that actions are about; `modular`: its top groups are modules."""

    xform: XForm
    terrain: Terrain
    report: Report
    behind: Behind
    gathering: Gathering
    targets: Collection[str]
    modular: bool
    started: list[tuple[int, Expr]] = field(default_factory=list)  # what preloads write at the start

    def nodes(self) -> tuple[Node, ...]:
        """Return every node in form order."""
        spots = self.terrain.grown.spots
        body = self.xform.body
        for path in (*body.controls, *body.groups, *body.repeats, *(self.xform.binds if self.report.profile else ())):
            self.there(path)
        self.idle(spots[0], self.xform.binds.get(spots[0].path, NOTHING), RULES)
        return tuple(Root(name=spot.name) if spot.parent < 0 else self.node(spot) for spot in spots)

    def there(self, path: str) -> None:
        """Refuse a part of the body, or a bind, that is about no node of the model."""
        root = self.terrain.grown.spots[0].path
        if path not in self.terrain.grown.by_path and not is_meta(path, root):
            names = [spot.name for spot in self.terrain.grown.spots]
            last = path.rpartition("/")[2]
            self.report.refuse(path, "", "unknown-name", "path", name=last, meant=meant(last, names))

    def idle(self, spot: Spot, bind: Bind, rules: Collection[str]) -> None:
        """Refuse rules that would do nothing here."""
        if any(bind[rule].strip() for rule in rules):
            self.report.refuse(spot.path, "bind", "not-a-list", "group", name=spot.path)

    def node(self, spot: Spot) -> Node:
        """Return one node."""
        control = self.xform.body.controls.get(spot.path)
        bind = self.xform.binds.get(spot.path, NOTHING)
        if reading := TYPES_REFUSED.get(bind.type):
            self.report.refuse(spot.path, "type", "not-here", reading, what=bind.type)
        if spot.children or spot.repeat or (control is None and spot.path in self.xform.body.groups):
            if control is not None:
                self.report.refuse(spot.path, "type", "unbalanced", "control", name=spot.name)
            return self.group(spot, bind)
        if control is None:
            return self.unseen(spot, bind)
        made = MAKERS.get(control.kind)
        if made is None:
            self.report.refuse(spot.path, "type", "not-here", "device", what=control.kind)
            return self.unseen(spot, NOTHING)
        return made(self, spot, control, bind) or self.unseen(spot, NOTHING)

    def group(self, spot: Spot, bind: Bind) -> Node:
        """Return a module, a block or a repeat."""
        if self.report.profile:
            self.idle(spot, bind, ("calculate", "constraint", "preload"))
        parts = self.xform.body.repeats if spot.repeat else self.xform.body.groups
        part = parts.get(spot.path, GroupPart(spot.path))
        words = self.behind.words(spot.number, "label", part.label)
        appearance = self.appearance(spot, "begin_repeat" if spot.repeat else "begin_group", part.appearance)
        readonly = self.rule(spot, bind, "readonly")
        placing = self.placing(spot, bind)
        if not spot.repeat:
            made = ModuleNode if self.modular and spot.parent == 0 else Block
            return made(**placing, words=words, appearance=appearance, readonly=readonly)
        deep = sum(self.terrain.grown.spots[one].repeat for one in self.terrain.grown.ancestors(spot.number))
        if deep > REPEATS_DEEP:
            self.report.refuse(spot.path, "type", "unbalanced", "deep", limit=REPEATS_DEEP)
        count = self.expression(spot, "count", part.count)
        return Repeat(
            **placing,
            words=words,
            appearance=appearance,
            readonly=readonly,
            count=count,
            fixed=part.fixed and count is None,
            first=spot.first,
        )

    def unseen(self, spot: Spot, bind: Bind) -> Node:
        """Return a node that nobody is asked."""
        return Calculate(
            **self.placing(spot, bind),
            holds=HOLDS.get(bind.type, "text"),
            default=spot.default or None,
            calculate=self.preloaded(spot, bind) or self.expression(spot, "calculate", bind["calculate"]),
        )

    def preloaded(self, spot: Spot, bind: Bind) -> Expr | None:
        """Return what the program itself fills in: the day and nothing else."""
        preload = bind["preload"]
        if not preload:
            return None
        if preload == "date" and bind["preloadParams"].strip() == "today":
            return TODAY
        self.report.refuse(spot.path, "type", "not-here", PRELOADS.get(preload, "who"), what=preload[:80])
        return None

    def expression(self, spot: Spot, part: str, text: str) -> Expr | None:
        """Return the expression, or None where there is none, or where it was refused."""
        text = text.strip()
        if not text:
            return None
        try:
            return self.terrain.read(text, spot.number)
        except ExpressionError as wrong:
            self.report.wrong(spot.path, part, text, wrong)
        except UnresolvedError as wrong:
            self.report.refuse(spot.path, part, wrong.code, wrong.reading, **wrong.facts)
        return None

    def rule(self, spot: Spot, bind: Bind, part: str) -> Expr | None:
        """Return a rule that is not there where it is always false, such as `readonly="false()"`."""
        expression = self.expression(spot, part, bind[part])
        return None if expression is None or constant(expression) is False else expression

    def placing(self, spot: Spot, bind: Bind) -> _Placing:
        """Return what every node has."""
        relevant = self.expression(spot, "relevant", bind["relevant"])
        return _Placing(
            name=spot.name,
            parent=NodeNumber(spot.parent),
            row=self.behind.row(spot.number),
            relevant=None if relevant is not None and constant(relevant) is True else relevant,
        )

    def appearance(self, spot: Spot, kind: str, written: str) -> tuple[str, ...]:
        """Return the appearances that do something; an unknown one is refused, or remarked on."""
        known = vocabulary.APPEARANCES.get(kind, frozenset())
        for word in written.split():
            if word in known or self.report.rows is not None:
                continue
            hint = meant(word, known)
            self.report.odd(spot.path, "appearance", "unknown-appearance", "", name=word[:80], kind=kind, meant=hint)
        return tuple(word for word in written.split() if word in known)

    def showing(self, spot: Spot, control: Control, bind: Bind, kind: str) -> _Showing:
        """Return what every node has that people see."""
        words = self.behind.words(spot.number, "label", control.label)
        if words is None and self.report.profile and self.report.rows is None:
            self.report.refuse(spot.path, "label", "no-words", "xform")
        return _Showing(
            **self.placing(spot, bind),
            words=words,
            hint=self.behind.words(spot.number, "hint", control.hint),
            guidance=self.behind.words(spot.number, "guidance", control.hint),
            appearance=self.appearance(spot, kind, control.appearance),
            autoplay=control.given.get("autoplay", "none") not in {"", "none"},
        )

    def asking(self, spot: Spot, control: Control, bind: Bind, kind: str) -> _Asking:
        """Return what every question has."""
        preloaded = self.preloaded(spot, bind)
        if preloaded is not None:
            self.started.append((spot.number, preloaded))
        return _Asking(
            **self.showing(spot, control, bind, kind),
            required=self.rule(spot, bind, "required"),
            required_words=self.behind.words(spot.number, "required", Saying((bind["requiredMsg"],))),
            constraint=self.expression(spot, "constraint", bind["constraint"]),
            constraint_words=self.behind.words(spot.number, "constraint", Saying((bind["constraintMsg"],))),
            readonly=self.rule(spot, bind, "readonly"),
            default=spot.default or None,
            calculate=self.expression(spot, "calculate", bind["calculate"]),
            correct=self.behind.cell(spot.number, "correct") or None,
        )

    def scoring(self, spot: Spot, control: Control, bind: Bind, kind: str) -> _Scoring:
        """Return what every question has that may count for a scale."""
        return _Scoring(
            **self.asking(spot, control, bind, kind),
            scale=self.behind.cell(spot.number, "scale") or None,
            reverse=self.behind.cell(spot.number, "reverse") in vocabulary.YES,
        )

    def selecting(self, spot: Spot, control: Control, bind: Bind) -> _Selecting | None:
        """Return what every question has that offers a list; None where the list was refused."""
        scoring = self.scoring(spot, control, bind, KIND_OF[control.kind])
        offer = self.gathering.offer(control, spot.name, spot.number)
        if offer is None:
            return None
        source = self.gathering.sources[offer.list_name]
        settled: list[Expr] = []
        seed: Expr | None = None
        try:
            settled = [self.terrain.settled(one, spot.number, on_list=source.table) for one in offer.predicates]
            seed = None if offer.seed is None else self.terrain.settled(offer.seed, spot.number)
        except UnresolvedError as wrong:
            self.report.refuse(spot.path, "choice_filter", wrong.code, wrong.reading, **wrong.facts)
        except ExpressionError as wrong:
            self.report.wrong(spot.path, "choice_filter", "", wrong)
        return _Selecting(
            **scoring,
            list_name=offer.list_name,
            choice_filter=joined(tuple(settled)),
            randomize=offer.randomize,
            seed=seed,
        )


def _input(c: Noding, spot: Spot, control: Control, bind: Bind) -> Node:
    if "query" in control.given:
        c.report.refuse(spot.path, "type", "not-here", "lists", what="query")
    if c.rule(spot, bind, "readonly") == TRUE and not _holds(c, spot, bind):
        return Note(**c.showing(spot, control, bind, "note"))
    match HOLDS.get(bind.type, "text"):
        case "integer" | "decimal" as number:
            return Number(**c.asking(spot, control, bind, number), kind=number)
        case "date" | "time" | "dateTime" as moment:
            return Moment(**c.asking(spot, control, bind, moment), kind=moment)
        case _:
            return Text(**c.asking(spot, control, bind, "text"))


def _holds(c: Noding, spot: Spot, bind: Bind) -> bool:
    """Tell whether a read-only input shows a value, and is more than words."""
    written = bind["calculate"] or bind["preload"] or spot.default or spot.path in c.targets
    return bool(written) or any(spot.number in one.texts for one in _instances(c, spot))


def _instances(c: Noding, spot: Spot) -> list[Instance]:
    waiting = [
        one for number in c.terrain.grown.ancestors(spot.number) for one in c.terrain.grown.spots[number].first or ()
    ]
    found: list[Instance] = []
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(inner for held in one.inside.values() for inner in held)
    return found


def _trigger(c: Noding, spot: Spot, control: Control, bind: Bind) -> Node:
    return Acknowledge(**c.asking(spot, control, bind, "acknowledge"))


def _select_one(c: Noding, spot: Spot, control: Control, bind: Bind) -> Node | None:
    selecting = c.selecting(spot, control, bind)
    return None if selecting is None else SelectOne(**selecting)


def _select_multiple(c: Noding, spot: Spot, control: Control, bind: Bind) -> Node | None:
    selecting = c.selecting(spot, control, bind)
    return None if selecting is None else SelectMultiple(**selecting)


def _rank(c: Noding, spot: Spot, control: Control, bind: Bind) -> Node | None:
    selecting = c.selecting(spot, control, bind)
    return None if selecting is None else Rank(**selecting)


def _range(c: Noding, spot: Spot, control: Control, bind: Bind) -> Node | None:
    scoring, grid = c.scoring(spot, control, bind, "range"), _grid(c, spot, control)
    return None if grid is None else Range(**scoring, grid=grid)


def _grid(c: Noding, spot: Spot, control: Control) -> Grid | None:
    """Return the grid of a range, or refuse what is none."""
    numbers: list[Decimal] = []
    for key in ("start", "end", "step"):
        written = control.given.get(key, "")
        number = _decimal(written)
        if number is None:
            c.report.refuse(spot.path, "range", "bad-parameter", "number", value=written[:40])
        else:
            numbers.append(number)
    if len(numbers) < 3:  # noqa: PLR2004 - start, end and step
        return None
    start, end, step = numbers
    if step <= 0 or end < start:
        c.report.refuse(spot.path, "range", "bad-parameter", "range")
        return None
    if (end - start) / step + 1 > vocabulary.RANGE_STOPS_AT_MOST:
        c.report.refuse(spot.path, "range", "bad-parameter", "stops", limit=vocabulary.RANGE_STOPS_AT_MOST)
        return None
    return Grid(*(_shortest(number) for number in numbers))


def _decimal(text: str) -> Decimal | None:
    """Return a plain decimal of at most fifteen characters, or None."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and len(text) <= 15 and "e" not in text.lower() else None  # noqa: PLR2004 - digits


def _shortest(decimal: Decimal) -> str:
    """Return a decimal without needless noughts: "0.50" is "0.5", "1.0" is "1"."""
    text = format(decimal, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if decimal == 0 else text


MAKERS: Final[Mapping[str, Callable[[Noding, Spot, Control, Bind], Node | None]]] = {
    "input": _input,
    "trigger": _trigger,
    "select1": _select_one,
    "select": _select_multiple,
    "rank": _rank,
    "range": _range,
}
