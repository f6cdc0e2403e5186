"""Makes the nodes of a questionnaire: each with its kind, its rules, its words and its list.

Rule 1: the model says what a node holds, the body whether and how people are asked.
Rule 2: what a node is does not depend on whether a workbook lies behind the form; its words and scores may.
Rule 3: every problem is added, none stops the others; a node that was refused stands as one that shows nothing.
Source: questionnaires.md sections 2 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from models.expressions.syntax import Call
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
    Note,
    Number,
    Range,
    Rank,
    Repeat,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
)
from sync.central.authoring import vocabulary
from sync.central.authoring.form import meant
from sync.central.authoring.xform_parts import Bind, Control, GroupPart
from sync.central.authoring.xform_rules import Rules
from sync.central.authoring.xform_tree import Spot, is_meta

TRUE: Final = Call("true", ())
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
RULES: Final = ("relevant", "readonly", "required", "constraint", "calculate", "preload")
REPEATS_DEEP: Final = 3


@dataclass(frozen=True, slots=True)
class Noding(Rules):
    """One form on its way to nodes."""

    def nodes(self) -> tuple[Node, ...]:
        """Return every node in form order."""
        spots = self.terrain.grown.spots
        body = self.xform.body
        for path in (*body.controls, *body.groups, *body.repeats, *(self.xform.binds if self.report.profile else ())):
            self.there(path)
        self.idle(spots[0], self.xform.binds.get(spots[0].path, NOTHING), RULES)
        if spots[0].path in body.controls:
            self.report.refuse(spots[0].path, "type", "unbalanced", "control", name=spots[0].name)
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
