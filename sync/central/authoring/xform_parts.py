"""What an XForm is made of, as read from its XML: binds, controls, repeats, actions, lists and words; nothing resolved.

Rule 1: elements and attributes go by their local names; paths are written `/data/m1/age`, without prefixes.
Rule 2: expressions and references stay text here; an absent one is "".
Rule 3: text is in NFC, without control characters; only blanks, tabs and line ends are cut off at its ends.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from models.expressions.parse import parse
from models.expressions.syntax import Expr

SPACE: Final = " \t\r\n"  # what XML calls white space; a no-break space is none


@dataclass(frozen=True, slots=True)
class Output:
    """`<output value="…"/>` among words."""

    expression: str


@dataclass(frozen=True, slots=True)
class Saying:
    """Words as they stand in the XML: text and outputs, or where they are: an expression, or the id of a text."""

    parts: tuple[str | Output, ...] = ()
    ref: str = ""
    text_id: str = ""

    def __bool__(self) -> bool:
        return bool(self.parts or self.ref or self.text_id)


@dataclass(frozen=True, slots=True)
class Bind:
    """What the model says of one node, by the attribute's local name: type, relevant, requiredMsg and so on."""

    path: str
    said: Mapping[str, str]

    def __getitem__(self, attribute: str) -> str:
        return self.said.get(attribute, "")

    @property
    def type(self) -> str:
        """The data type without its prefix."""
        return self["type"].rpartition(":")[2].strip()


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from a list: the expression, and which part of an item is the value and the label."""

    nodeset: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class InlineItem:
    """A choice that stands in its control."""

    value: str
    label: Saying


@dataclass(frozen=True, slots=True)
class Control:
    """A question in the body. `kind` is its element: input, select1, select, rank, range, trigger, upload."""

    kind: str
    path: str
    appearance: str = ""
    label: Saying = field(default_factory=Saying)
    hint: Saying = field(default_factory=Saying)
    items: tuple[InlineItem, ...] = ()
    itemset: Itemset | None = None
    given: Mapping[str, str] = field(default_factory=dict)  # further attributes: start, end, step, autoplay, query


@dataclass(frozen=True, slots=True)
class GroupPart:
    """A group in the body, or a repeat: then `count` and `fixed` say how its instances come and go."""

    path: str
    label: Saying = field(default_factory=Saying)
    appearance: str = ""
    count: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class ActionPart:
    """A `<setvalue>`: its target, what it writes, and where it stands: in a control, in a repeat, or in the model."""

    events: tuple[str, ...]
    target: str
    value: str  # an expression
    text: str  # what is written where there is no expression
    control: str = ""
    repeat: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """One language of the itext: texts by id, each in its forms; the plain form is ""."""

    lang: str
    default: bool
    texts: Mapping[str, Mapping[str, Saying]]


@dataclass(frozen=True, slots=True)
class Body:
    """The body, by path; `order` holds its paths as people would meet them, `astray` those shown in a foreign group."""

    controls: Mapping[str, Control]
    groups: Mapping[str, GroupPart]
    repeats: Mapping[str, GroupPart]
    actions: tuple[ActionPart, ...]
    order: tuple[str, ...]
    astray: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class XForm:
    """A whole XForm."""

    title: str
    id: str
    version: str
    root: Element
    binds: Mapping[str, Bind]
    body: Body
    actions: tuple[ActionPart, ...]  # those of the model first, then those of the body
    instances: Mapping[str, Element]  # secondary instances by id, each its root element
    translations: tuple[Translation, ...]

    @property
    def root_name(self) -> str:
        """The name of the form's own root."""
        return local(self.root)


def expression(text: str) -> Expr:
    """Return an expression as the XForm writes it, not yet resolved. Raises ExpressionError."""
    return parse(text if text.isascii() else unicodedata.normalize("NFC", text))


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    name = str(element.tag).rpartition("}")[2]
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def attributes(element: Element) -> dict[str, str]:
    """Return an element's attributes by local name; one without a namespace wins over one with."""
    found: dict[str, str] = {}
    for name, value in sorted(element.items(), reverse=True):
        found[name.rpartition("}")[2]] = value
    return found


def marked(element: Element, name: str) -> bool:
    """Return whether an element carries an attribute of this local name that has a namespace."""
    return any(key.startswith("{") and key.endswith("}" + name) for key in element.keys())  # noqa: SIM118 - no dict


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of this local name."""
    return (child for child in element if local(child) == name)


def child(element: Element, name: str) -> Element | None:
    """Return the first child of this local name."""
    return next(children(element, name), None)


def plain(text: str | None) -> str:
    """Return text as it is kept: NFC, plain line ends, no control characters, no white space around."""
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return text.strip(SPACE)
    return _kept(text).strip(SPACE)


def _kept(text: str) -> str:
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    clean = "".join(one for one in unified if one == "\n" or unicodedata.category(one) != "Cc")
    return unicodedata.normalize("NFC", clean)


def saying(element: Element | None) -> Saying:
    """Return the words of a label, a hint, or a form of a text."""
    if element is None:
        return Saying()
    ref = element.get("ref", "")
    if ref:
        return Saying((), ref)
    if len(element) == 0:
        text = plain(element.text)
        return Saying((text,) if text else ())
    return Saying(_trimmed(_mixed(element)))


def _mixed(element: Element) -> list[str | Output]:
    """Return text and outputs in order; other markup gives its text."""
    parts: list[str | Output] = []
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            parts.append(one)
        elif local(one) == "output":
            parts.append(Output(one.get("value") or one.get("ref") or ""))
        else:
            for inner in reversed(one):
                waiting += [inner.tail or "", inner]
            parts.append(one.text or "")
    return parts


def _trimmed(parts: list[str | Output]) -> tuple[str | Output, ...]:
    joined: list[str | Output] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    kept = [part if isinstance(part, Output) else _kept(part) for part in joined]
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(SPACE)
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(SPACE)
    return tuple(part for part in kept if part != "")
