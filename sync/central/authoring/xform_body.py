"""Reads the body of an XForm: which question is asked how, in which group, and what is set off by it.

Rule 1: the body shows, the model holds: a control is known by the path of its node.
Rule 2: an element that this room does not know is refused: nothing is ignored in silence.
Rule 3: every problem is added, none stops the others.
Source: questionnaires.md sections 2 and 14.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from models.errors import ExpressionError
from models.expressions.syntax import Current, Here, Path, Top
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_parts import (
    ActionPart,
    Body,
    Control,
    GroupPart,
    InlineItem,
    Itemset,
    Saying,
    attributes,
    child,
    children,
    expression,
    local,
    plain,
    saying,
)

CONTROLS: Final = frozenset({"input", "select1", "select", "rank", "range", "trigger", "upload"})
ACTIONS: Final = {"setvalue": "", "setgeopoint": "where", "recordaudio": "device"}
WORDS: Final = frozenset({"label", "hint", "help", "alert"})
_PLAIN: Final = re.compile(r"(?:/[^\W\d][\w.-]*)+")


def located(ref: str, context: str) -> str:
    """Return the absolute path that a reference means, read where `context` is the current node.

    Raises UnresolvedError for anything but a plain path, ExpressionError for what is no path at all.
    """
    ref = ref.strip()
    if _PLAIN.fullmatch(ref):
        return ref
    path = expression(ref)
    if isinstance(path, Here | Current):
        return context
    if not isinstance(path, Path) or not isinstance(path.start, Top | Here | Current):
        raise UnresolvedError("not-a-list", "target", name=ref[:120])
    place = [] if isinstance(path.start, Top) else [name for name in context.split("/") if name]
    for step in path.steps:
        if step.axis == "attribute":
            raise UnresolvedError("not-a-list", "attribute", name=step.test)
        if step.predicates or step.axis not in {"child", "parent", "self"} or step.test == "*":
            raise UnresolvedError("not-a-list", "target", name=ref[:120])
        if step.axis == "child":
            place.append(step.test.rpartition(":")[2])
        elif step.axis == "parent":
            place = place[:-1]
    return "/" + "/".join(place)


def read_body(body: Element, root: str, by_id: dict[str, str], report: Report) -> Body:
    """Return the body's parts; `root` is the path of the form's own root, `by_id` leads from a bind's id to a node."""
    reading = BodyReading(by_id, report)
    reading.inside(body, root, "")
    return Body(
        reading.controls,
        reading.groups,
        reading.repeats,
        tuple(reading.actions),
        tuple(reading.order),
        tuple(reading.astray),
    )


class BodyReading:
    """One body while it is walked."""

    def __init__(self, by_id: dict[str, str], report: Report) -> None:
        self.by_id = by_id
        self.report = report
        self.controls: dict[str, Control] = {}
        self.groups: dict[str, GroupPart] = {}
        self.repeats: dict[str, GroupPart] = {}
        self.actions: list[ActionPart] = []
        self.order: list[str] = []
        self.astray: list[str] = []

    def inside(self, element: Element, context: str, repeat: str) -> None:
        """Read all that stands inside a group or the body; depth was bounded when the XML was read."""
        for one in element:
            name = local(one)
            if name in CONTROLS:
                self.control(one, name, context, repeat)
            elif name == "group":
                self.group(one, context, repeat)
            elif name == "repeat":
                self.repeat(one, context)
            elif name in ACTIONS:
                self.action(one, context, repeat=repeat)
            elif name not in WORDS:
                self.report.odd(context, "body", "unknown-type", name=f"<{name}>", meant="")

    def met(self, path: str, context: str) -> None:
        """Note where the body shows a node."""
        self.order.append(path)
        if path != context and not path.startswith(f"{context}/"):
            self.astray.append(path)

    def path_of(self, element: Element, context: str, part: str) -> str:
        """Return the node an element is about, by `ref`, `nodeset` or `bind`; "" where it names none, or badly."""
        given = attributes(element)
        ref = given.get("ref") or given.get("nodeset") or ""
        try:
            if ref:
                return located(ref, context)
            if "bind" in given:
                return self.bound(given["bind"])
        except UnresolvedError as wrong:
            self.report.refuse(context, part, wrong.code, wrong.reading, **wrong.facts)
        except ExpressionError as wrong:
            self.report.wrong(context, part, ref, wrong)
        return ""

    def bound(self, name: str) -> str:
        """Return the path of the bind with this id."""
        if name not in self.by_id:
            raise UnresolvedError("unknown-name", "path", name=name, meant="")
        return self.by_id[name]

    def control(self, element: Element, kind: str, context: str, repeat: str) -> None:
        """Read one question."""
        before = len(self.report.found.refusals)
        path = self.path_of(element, context, kind)
        if not path:
            if len(self.report.found.refusals) == before:
                self.report.refuse(context, kind, "unknown-name", "path", name=f"<{kind}>", meant="")
            return
        for one in element:
            if local(one) in ACTIONS:
                self.action(one, path, repeat=repeat, control=path)
            elif local(one) not in WORDS | {"item", "itemset"}:
                self.report.odd(path, kind, "unknown-type", name=f"<{local(one)}>", meant="")
        if path in self.controls:
            self.report.odd(path, kind, "twice", "control", name=path)
            return
        given = attributes(element)
        self.met(path, context)
        self.controls[path] = Control(
            kind=kind,
            path=path,
            appearance=given.get("appearance", ""),
            label=saying(child(element, "label")),
            hint=saying(child(element, "hint")),
            items=tuple(_item(one) for one in children(element, "item")),
            itemset=_itemset(child(element, "itemset")),
            given={name: text.strip() for name, text in given.items() if name not in {"ref", "bind", "appearance"}},
        )

    def group(self, element: Element, context: str, repeat: str) -> None:
        """Read a group; one that only wraps the repeat of its own path lends it its words."""
        path = self.path_of(element, context, "group")
        if path:
            part = GroupPart(path, saying(child(element, "label")), element.get("appearance", ""))
            self.groups.setdefault(path, part)
            self.met(path, context)
        self.inside(element, path or context, repeat)
        if not path and (label := saying(child(element, "label"))):
            for one in children(element, "repeat"):
                self.title(self.path_of(one, context, "repeat"), label)

    def title(self, path: str, label: Saying) -> None:
        """Give a repeat without words of its own those of the nameless group around it."""
        held = self.repeats.get(path)
        if held is not None and not held.label:
            self.repeats[path] = replace(held, label=label)

    def repeat(self, element: Element, context: str) -> None:
        """Read a repeat and what is inside it."""
        path = self.path_of(element, context, "repeat")
        if not path:
            return
        if path in self.repeats:
            self.report.refuse(path, "repeat", "twice", "control", name=path)
            return
        given = attributes(element)
        held = self.groups.pop(path, GroupPart(path))
        own = saying(child(element, "label"))
        fixed = given.get("noAddRemove", "").replace(" ", "") in {"true()", "true"}
        appearance = f"{held.appearance} {given.get('appearance', '')}".strip()
        self.repeats[path] = GroupPart(path, own or held.label, appearance, given.get("count", "").strip(), fixed)
        self.met(path, context)
        self.inside(element, path, path)

    def action(self, element: Element, context: str, *, repeat: str = "", control: str = "") -> None:
        """Read a `<setvalue>`; other actions need what a kiosk has not."""
        name, given = local(element), attributes(element)
        if ACTIONS[name]:
            self.report.refuse(context, name, "not-here", ACTIONS[name], what=name)
            return
        target = self.path_of(element, context, "setvalue")
        if not target:
            return
        events = tuple(given.get("event", "").split())
        text = plain("".join(element.itertext()))
        self.actions.append(ActionPart(events, target, given.get("value", "").strip(), text, control, repeat))


def _item(element: Element) -> InlineItem:
    value = child(element, "value")
    return InlineItem(plain(value.text) if value is not None else "", saying(child(element, "label")))


def _itemset(element: Element | None) -> Itemset | None:
    if element is None:
        return None
    value, label = child(element, "value"), child(element, "label")
    return Itemset(
        element.get("nodeset", "").strip(),
        "" if value is None else value.get("ref", "").strip(),
        "" if label is None else label.get("ref", "").strip(),
    )
