"""The nodes of a form, each once, from the instance in its model: names, parents, repeats, defaults, instances.

Rule 1: a node's number is its place in the tree, parents first; the root is 0; the group `meta` is left out.
Rule 2: elements of one path are instances of one node; only a repeat may have several.
Rule 3: the pattern of a new instance is the one marked as template; without one, every value of the pattern is blank.
Source: questionnaires.md sections 5 and 9, point 9.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from models.questionnaire import INSTANCE_LIMIT, Instance, NodeNumber
from sync.central.authoring import vocabulary
from sync.central.authoring.report import Report
from sync.central.authoring.xform_parts import local, marked, plain

DEPTH_LIMIT: Final = 32
TEXT_LIMIT: Final = 1_000
META: Final = "meta"


def is_meta(path: str, root: str) -> bool:
    """Tell whether a path leads into the bookkeeping group of the form's root."""
    return path == f"{root}/{META}" or path.startswith(f"{root}/{META}/")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a new instance begins as: an element of the model; `blank`: its shape only."""

    element: Element | None
    blank: bool = False

    def text(self) -> str:
        """What a leaf begins with."""
        return "" if self.element is None or self.blank else plain(self.element.text)

    def inside(self, name: str) -> Pattern:
        """The pattern of the child with this name."""
        held = None if self.element is None else next((one for one in self.element if local(one) == name), None)
        return Pattern(held, self.blank)


@dataclass(slots=True)
class Spot:
    """One node of the form. `default`: what a leaf begins with; `first`: the instances of a repeat at the start."""

    number: int
    name: str
    parent: int
    path: str
    repeat: bool = False
    default: str = ""
    children: list[int] = field(default_factory=list)
    first: tuple[Instance, ...] | None = None
    pattern: Pattern | None = None  # of a repeat


@dataclass(frozen=True, slots=True)
class Grown:
    """All nodes of a form by number, and by path."""

    spots: Sequence[Spot]
    by_path: Mapping[str, int]

    def ancestors(self, number: int) -> list[int]:
        """Return the node and all above it, the root last."""
        found = [number]
        while found[-1] > 0:
            found.append(self.spots[found[-1]].parent)
        return found

    def last_inside(self, number: int) -> int:
        """Return the last node inside this one at any depth; itself where there is none."""
        last = number
        while self.spots[last].children:
            last = self.spots[last].children[-1]
        return last


def grow(root: Element, repeats: Collection[str], report: Report) -> Grown:
    """Return the nodes of the primary instance; `repeats` are the paths that the body repeats."""
    growing = _Growing(repeats, report)
    growing.node(local(root), [root], Pattern(root), -1, "", 0)
    return Grown(growing.spots, {spot.path: spot.number for spot in growing.spots})


class _Growing:
    """One tree while it grows."""

    def __init__(self, repeats: Collection[str], report: Report) -> None:
        self.repeats = repeats
        self.report = report
        self.spots: list[Spot] = []
        self.full = False

    def node(self, name: str, held: list[Element], pattern: Pattern, parent: int, above: str, depth: int) -> None:
        """Add one node and all inside it; `held` are the elements that stand for it, anywhere in the model."""
        path = f"{above}/{name}"
        if self.too_much(path, depth):
            return
        if not vocabulary.NAME.fullmatch(name):
            self.report.refuse(path, "name", "bad-name", "", name=name[:80])
            return
        spot = Spot(len(self.spots), name, parent, path, path in self.repeats and parent >= 0)
        if parent < 0 and path in self.repeats:
            self.report.refuse(path, "repeat", "unbalanced", "place", name=path)
        self.spots.append(spot)
        if parent >= 0:
            self.spots[parent].children.append(spot.number)
        if spot.repeat:
            pattern = spot.pattern = _template(held, pattern)
        for inner, elements in self.inside(spot, held).items():
            self.node(inner, elements, pattern.inside(inner), spot.number, path, depth + 1)
        if not spot.children:
            spot.default = self.short(path, pattern.text())

    def too_much(self, path: str, depth: int) -> bool:
        """Refuse, once, a form of too many nodes or too deep."""
        if not self.full and (depth > DEPTH_LIMIT or len(self.spots) >= vocabulary.NODES_AT_MOST):
            self.full = True
            self.report.refuse(path, "", "too-long", "nodes", limit=vocabulary.NODES_AT_MOST)
        return self.full

    def inside(self, spot: Spot, held: list[Element]) -> dict[str, list[Element]]:
        """Return the elements inside by name, in the order of the first that has them."""
        found: dict[str, list[Element]] = {}
        for element in held:
            seen: set[str] = set()
            for one in element:
                name = local(one)
                if spot.parent < 0 and name == META:
                    continue
                path = f"{spot.path}/{name}"
                if name in seen and path not in self.repeats:
                    self.report.refuse(path, "", "twice", "node", name=path)
                    continue
                seen.add(name)
                found.setdefault(name, []).append(one)
        return found

    def short(self, path: str, text: str) -> str:
        """Refuse a value that no question could hold."""
        if len(text) > TEXT_LIMIT:
            self.report.refuse(path, "default", "too-long", "cell", limit=TEXT_LIMIT)
            return ""
        return text


def _template(held: list[Element], around: Pattern) -> Pattern:
    """Return the pattern of a repeat: the template inside the pattern around it, any template, or a blank shape."""
    near = held if around.element is None else [around.element, *held]
    for one in near:
        if marked(one, "template"):
            return Pattern(one)
    return Pattern(held[0] if held else None, blank=True)


def bring(grown: Grown, root: Element, report: Report) -> None:
    """Give every repeat the instances that the model holds at the start, where they are not one like the pattern."""
    bringing = _Bringing(grown, report)
    for spot in reversed(grown.spots):  # those inside first: what they usually hold is known to those around
        if spot.repeat:
            held, blank = bringing.usual(spot, root)
            spot.first = bringing.instances(spot, held, blank=blank)
            if spot.first == _ONE:
                spot.first = None


_ONE: Final = (Instance(),)


@dataclass(frozen=True, slots=True)
class _Bringing:
    """Works out first instances, repeat by repeat."""

    grown: Grown
    report: Report

    def usual(self, spot: Spot, root: Element) -> tuple[list[Element], bool]:
        """Return the elements of a repeat in the pattern around it, and whether of those only the shape counts."""
        around = self.grown.ancestors(spot.number)[1:]
        names = [spot.name]
        for number in around:
            if self.grown.spots[number].repeat or number == 0:
                break
            names.append(self.grown.spots[number].name)
        pattern = self.grown.spots[number].pattern or Pattern(root)
        level = [] if pattern.element is None else [pattern.element]
        for name in reversed(names):
            level = [one for element in level for one in element if local(one) == name]
        return level, pattern.blank

    def instances(self, spot: Spot, held: list[Element], *, blank: bool) -> tuple[Instance, ...]:
        """Return the instances among these elements: all but the template."""
        found = [one for one in held if not marked(one, "template")]
        if len(found) > INSTANCE_LIMIT:
            self.report.refuse(spot.path, "", "too-long", "instances", limit=INSTANCE_LIMIT)
            return ()
        return tuple(self.instance(spot, one, blank=blank) for one in found)

    def instance(self, spot: Spot, element: Element, *, blank: bool) -> Instance:
        """Return what one instance holds otherwise than the pattern."""
        texts: dict[NodeNumber, str] = {}
        inside: dict[NodeNumber, tuple[Instance, ...]] = {}
        waiting: list[tuple[Spot, Element | None]] = [(spot, element)]
        while waiting:
            place, one = waiting.pop()
            for number in place.children:
                inner = self.grown.spots[number]
                held = [] if one is None else [child for child in one if local(child) == inner.name]
                if inner.repeat:
                    brought = self.instances(inner, held, blank=blank)
                    if brought != (_ONE if inner.first is None else inner.first):
                        inside[NodeNumber(number)] = brought
                elif inner.children:
                    waiting.append((inner, held[0] if held else None))
                elif (text := plain(held[0].text) if held and not blank else "") != inner.default:
                    texts[NodeNumber(number)] = text
        return Instance(texts, inside)
