"""Hands XML documents to the engine, and judges what it answers.

Rule 1: the tree is built by expat alone; paths of the vectors are resolved on it here, never by the engine under test.
Rule 2: text, comments and processing instructions are nodes without a name: the engine meets them as node() only.
Rule 3: id(), instance() and jr:itext() lean on XML, so they are given to the engine here and nowhere else.
Source: questionnaires.md section 14, and the README of the vectors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from xml.parsers import expat

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.calls import Function, eager, text_of
from models.expressions.evaluate import compile_expression
from models.expressions.functions import FUNCTIONS
from models.expressions.parse import parse
from models.expressions.syntax import expr_form, read_expr

OFFSETS: Final = {"America/Phoenix": -420, "GMT": 0}
_DAY: Final = date(2026, 11, 22)  # nothing in the vectors depends on it
_STEP: Final = re.compile(r"/(?:@(?P<attribute>[^/\[]+)|(?P<kind>\*|[a-z-]+\(\))\[(?P<place>[0-9]+)\])")
_CLOSE: Final = 1e-9
ANY_NUMBER: Final = Function(0, None, lambda _, thunks: thunks[0])  # known by its name alone


@dataclass(eq=False, slots=True)
class XmlNode:
    """A node of a document; `kind` is root, element, attribute, text, comment or processing-instruction."""

    kind: str
    name: str
    parent: XmlNode | None
    order: int = 0
    own: str = ""
    children: list[XmlNode] = field(default_factory=list)
    attributes: list[XmlNode] = field(default_factory=list)

    def text(self) -> str:
        """Own text, or that of all text inside."""
        if self.kind not in {"root", "element"}:
            return self.own
        return "".join(one.own for one in self.walk() if one.kind == "text")

    def walk(self) -> Iterator[XmlNode]:
        """Yield this node and all inside it but attributes, in document order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    def attribute(self, name: str) -> str | None:
        """Return an attribute's text, or None."""
        return next((one.own for one in self.attributes if one.name == name), None)


class _Building:
    """Turns what expat tells into a tree."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.prefixes = {uri: prefix for prefix, uri in namespaces.items()}
        self.count = 0
        self.top = self.here = XmlNode("root", "", None)

    def made(self, kind: str, name: str, own: str = "") -> XmlNode:
        self.count += 1
        return XmlNode(kind, name, self.here, self.count, own)

    def named(self, told: str) -> str:
        """Return a name as expressions write it: the vectors' prefix of its namespace, else as in the document."""
        uri, local, written = (*told.split(" "), "", "")[:3] if " " in told else ("", told, "")
        prefix = self.prefixes.get(uri, written)
        return f"{prefix}:{local}" if prefix else local

    def start(self, name: str, attributes: list[str]) -> None:
        element = self.made("element", self.named(name))
        self.here.children.append(element)
        self.here = element
        for told, own in zip(attributes[::2], attributes[1::2], strict=True):
            element.attributes.append(self.made("attribute", self.named(told), own))

    def end(self, _: str) -> None:
        self.here = self.here.parent or self.top

    def words(self, text: str) -> None:
        self.here.children.append(self.made("text", "", text))

    def comment(self, text: str) -> None:
        self.here.children.append(self.made("comment", "", text))

    def instruction(self, _: str, text: str) -> None:
        self.here.children.append(self.made("processing-instruction", "", text))


def read_document(xml: str | None, namespaces: Mapping[str, str]) -> XmlNode:
    """Return the root of the tree; None gives a root without children."""
    building = _Building(namespaces)
    if xml is None:
        return building.top
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = building.start
    parser.EndElementHandler = building.end
    parser.CharacterDataHandler = building.words
    parser.CommentHandler = building.comment
    parser.ProcessingInstructionHandler = building.instruction
    parser.Parse(xml, True)
    return building.top


def node_at(top: XmlNode, path: str) -> XmlNode:
    """Return the node that a path of the vectors means. Raises LookupError where there is none."""
    here, at = top, 0
    while path[at:] not in {"", "/"}:
        step = _STEP.match(path, at)
        if step is None:
            raise LookupError(path)
        if step["attribute"]:
            candidates, place = [one for one in here.attributes if one.name == step["attribute"]], 1
        else:
            kind = "element" if step["kind"] == "*" else step["kind"].removesuffix("()")
            candidates, place = [one for one in here.children if one.kind == kind], int(step["place"])
        here, at = candidates[place - 1], step.end()
    return here


def _id(run: values.Run, value: values.Value) -> values.Value:
    texts = [node.text() for node in value] if isinstance(value, tuple) else [text_of(run, value)]
    wanted = {word for text in texts for word in text.split()}
    return tuple(one for one in _document(run).walk() if one.attribute("id") in wanted)


def _instance(run: values.Run, value: values.Value) -> values.Value:
    wanted = text_of(run, value)
    return tuple(one for one in _elements(_document(run), "instance") if one.attribute("id") == wanted)


def _document(run: values.Run) -> XmlNode:
    node = run.scope.root
    while node.parent is not None:
        node = node.parent
    assert isinstance(node, XmlNode)
    return node


def _elements(top: XmlNode, name: str) -> list[XmlNode]:
    return [one for one in top.walk() if one.kind == "element" and one.name == name]


def _itext_in(language: str | None) -> Function:
    """Return jr:itext() for one active language; it falls back to the translation marked default, else the first."""

    def call(run: values.Run, value: values.Value) -> values.Value:
        every = _elements(_document(run), "translation")
        default = [one for one in every if one.attribute("default") is not None]
        active = [one for one in every if one.attribute("lang") == language]
        wanted = text_of(run, value)
        for translation in (active or default or every)[:1]:
            for text in _elements(translation, "text"):
                if text.attribute("id") == wanted:
                    return tuple(_elements(text, "value"))
        return ()

    return Function(1, 1, eager(call))


@dataclass(frozen=True, slots=True)
class Suite:
    """One file of expressions, with its documents read as they are needed."""

    name: str
    offset: int
    cases: tuple[dict[str, Any], ...]
    xml: Mapping[str, str]
    namespaces: Mapping[str, str]
    trees: dict[str | None, XmlNode] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Suite:
        """Take a file of the vectors as it was read."""
        offset = OFFSETS[content["timezone"]]
        return cls(content["suite"], offset, tuple(content["cases"]), content["documents"], content["namespaces"])

    def tree(self, document: str | None) -> XmlNode:
        """Return the document's tree."""
        if document not in self.trees:
            self.trees[document] = read_document(None if document is None else self.xml[document], self.namespaces)
        return self.trees[document]

    def passes(self, case: Mapping[str, Any]) -> bool:
        """Return whether the engine answers as this case expects; no error but ExpressionError is caught."""
        try:
            value = self.value(case)
        except ExpressionError:
            return case["type"] == "error"
        return self.fits(case, value)

    def told(self, case: Mapping[str, Any]) -> str:
        """Return a line on a case that failed."""
        try:
            got = values.to_text(self.value(case))
        except ExpressionError as error:
            got = f"{error.reason} at {error.position}"
        return f"{case['id']} {case['expr']!r} at {case['context']}: expected {case['expected']!r}, got {got!r}"

    def value(self, case: Mapping[str, Any]) -> values.Value:
        """Return what the engine gives, by way of the JSON form. Raises ExpressionError."""
        functions = {
            **FUNCTIONS,
            "id": Function(1, 1, eager(_id)),
            "instance": Function(1, 1, eager(_instance)),
            "jr:itext": _itext_in(case.get("language")),
        }
        # Authoring refuses a wrong number of values; to the engine it is an error when reached, which is judged here.
        known = dict.fromkeys(functions, ANY_NUMBER)
        top = self.tree(case["document"])
        scope = values.Scope(
            node=node_at(top, case["context"]),
            root=node_at(top, case["root"]) if "root" in case else top,
            clock=values.Clock(_DAY, self.offset),
        )
        expr = read_expr(expr_form(parse(case["expr"], known)), known)
        return compile_expression(expr, functions)(scope)

    def fits(self, case: Mapping[str, Any], value: values.Value) -> bool:
        """Return whether a value is the expected one. Raises ValueError for a type that is new to us."""
        judge = _JUDGES.get(case["type"])
        if judge is None:
            raise ValueError(f"the vectors have a new type: {case['type']}")
        return judge(self, case, value)


def _number(suite: Suite, case: Mapping[str, Any], value: values.Value) -> bool:
    return _same(values.to_number(value, suite.offset), float(case["expected"]))


def _rounded(suite: Suite, case: Mapping[str, Any], value: values.Value) -> bool:
    number, factor = values.to_number(value, suite.offset), case["expected"]["factor"]
    return math.isfinite(number) and _same(math.floor(number * factor + 0.5) / factor, case["expected"]["value"])


def _nodes(suite: Suite, case: Mapping[str, Any], value: values.Value) -> bool:
    top = suite.tree(case["document"])
    wanted = [id(node_at(top, path)) for path in case["expected"]]
    found = [id(node) for node in value] if isinstance(value, tuple) else None
    if found is not None and case["type"] == "nodesUnordered":
        return sorted(found) == sorted(wanted)
    return found == wanted


def _error(suite: Suite, _: Mapping[str, Any], value: values.Value) -> bool:
    # JavaRosa raises where the other two answer "nothing".
    return suite.name == "xpath_javarosa" and values.to_text(value) in {"", "NaN", "Invalid Date"}


_JUDGES: Final[Mapping[str, Callable[[Suite, Mapping[str, Any], values.Value], bool]]] = {
    "boolean": lambda _, case, value: values.to_boolean(value) is case["expected"],
    "number": _number,
    "numberRounded": _rounded,
    "string": lambda _, case, value: values.to_text(value) == case["expected"],
    "stringMatch": lambda _, case, value: re.search(case["expected"], values.to_text(value)) is not None,
    "stringLength": lambda _, case, value: len(values.to_text(value)) == case["expected"],
    "date": lambda _, case, value: values.to_text(value)[:10] == case["expected"],
    "nodes": _nodes,
    "nodesUnordered": _nodes,
    "error": _error,
}


def _same(number: float, expected: float) -> bool:
    if math.isnan(expected) or math.isnan(number):
        return math.isnan(expected) and math.isnan(number)
    return number == expected or math.isclose(number, expected, rel_tol=_CLOSE)
