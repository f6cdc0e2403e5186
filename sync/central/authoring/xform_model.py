"""Reads the model of an XForm: what it says of each node, its lists and its languages.

Rule 1: a bind says nothing of how a node looks, only of what it holds and when.
Rule 2: what comes from outside the form is refused: external lists, entities, addresses to send answers to.
Rule 3: every problem is added, none stops the others.
Source: questionnaires.md sections 2 and 14.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from models.errors import ExpressionError
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_body import located
from sync.central.authoring.xform_parts import Bind, Saying, Translation, attributes, children, local, plain, saying

KNOWN: Final = frozenset({"instance", "bind", "itext", "setvalue", "setgeopoint", "recordaudio", "submission"})
_FORM_LIMIT: Final = 20  # forms of one text


def read_binds(model: Element, report: Report) -> dict[str, Bind]:
    """Return the binds by path; several of one node are one, the later attribute counts."""
    found: dict[str, Bind] = {}
    for element in children(model, "bind"):
        given = attributes(element)
        nodeset = given.get("nodeset") or given.get("ref") or ""
        path = _path_of(nodeset, report)
        if path:
            held = found[path].said if path in found else {}
            found[path] = Bind(path, {**held, **given})
    for element in model:
        if local(element) not in KNOWN:
            report.odd("/", "model", "unknown-type", name=f"<{local(element)}>", meant="")
        elif local(element) == "submission":
            report.odd("/", "submission", "not-here", "bypass", what="submission")
    return found


def _path_of(nodeset: str, report: Report) -> str:
    try:
        path = located(nodeset, "/")
    except UnresolvedError as wrong:
        report.refuse(nodeset[:120], "bind", wrong.code, wrong.reading, **wrong.facts)
    except ExpressionError as wrong:
        report.wrong(nodeset[:120], "bind", nodeset, wrong)
    else:
        return path
    return ""


def read_instances(model: Element, primary: Element, report: Report) -> dict[str, Element]:
    """Return the secondary instances by id, each its root element."""
    found: dict[str, Element] = {}
    for element in children(model, "instance"):
        if element is primary:
            continue
        name = plain(element.get("id"))
        if element.get("src") is not None or len(element) != 1:
            report.refuse("/", f"instance {name[:64]}", "not-here", "lists", what=element.get("src") or name)
        elif name in found:
            report.refuse("/", f"instance {name[:64]}", "twice", "list", name=name)
        else:
            found[name] = element[0]
    return found


def read_translations(model: Element, report: Report) -> tuple[Translation, ...]:
    """Return the languages of the itext, as written."""
    found: list[Translation] = []
    for itext in children(model, "itext"):
        for element in children(itext, "translation"):
            lang = plain(element.get("lang"))
            if any(one.lang == lang for one in found):
                report.refuse("/", "itext", "twice", "translation", name=lang)
                continue
            texts = {plain(text.get("id")): _forms(text) for text in children(element, "text")}
            texts.pop("", None)  # a text without an id can be meant by nobody
            found.append(Translation(lang, element.get("default") is not None, texts))
    return tuple(found)


def _forms(text: Element) -> dict[str, Saying]:
    values = list(children(text, "value"))[:_FORM_LIMIT]
    return {value.get("form", ""): saying(value) for value in values}
