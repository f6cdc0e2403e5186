"""Reads the XML of an XForm, pyxform's or another's, into parts.

Rule 1: the XML is read through defusedxml: no DTD, no entities, no external parts.
Rule 2: depth and number of elements are counted while it is read.
Rule 3: what is wrong with one part is added to the report; only where there is no form at all does reading stop.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from sync.central.authoring.form import Found
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from sync.central.authoring.report import SHEET, Report
from sync.central.authoring.workbook import Workbook
from sync.central.authoring.xform_body import BodyReading, read_body
from sync.central.authoring.xform_model import read_binds, read_instances, read_translations
from sync.central.authoring.xform_parts import XForm, child, local, plain

ELEMENTS_AT_MOST: Final = 200_000
DEPTH_AT_MOST: Final = 100


def read_xform(xform: str, report: Report | None = None, *, wordless: bool = False) -> XForm:
    """Return the parts of an XForm; what is wrong with single parts is added to `report`.

    `wordless`: leave the itext unread, since a workbook's cells give the words.
    Raises WorkbookRefusedError where there is no form at all: no XML, no model, no instance, no body.
    """
    report = Report(Found(Workbook({})), None, profile=True) if report is None else report
    top = _parsed(xform)
    head, body = child(top, "head"), child(top, "body")
    model = None if head is None else child(head, "model")
    instance = None if model is None else child(model, "instance")
    if head is None or model is None or body is None or instance is None or len(instance) == 0:
        raise WorkbookRefusedError([Refusal(SHEET, 0, "", "bad-file", {}, "xform")])
    root = instance[0]
    binds = read_binds(model, report)
    path = f"/{local(root)}"
    by_id = {bind["id"]: bind.path for bind in binds.values() if bind["id"]}
    title = child(head, "title")
    loose = BodyReading(by_id, report)
    for one in model:
        if local(one) in {"setvalue", "setgeopoint", "recordaudio"}:
            loose.action(one, path)
    read = read_body(body, path, by_id, report)
    return XForm(
        title="" if title is None else plain("".join(title.itertext())),
        id=plain(root.get("id")),
        version=plain(root.get("version")),
        root=root,
        binds=binds,
        body=read,
        actions=(*loose.actions, *read.actions),
        instances=read_instances(model, instance, report),
        translations=() if wordless else read_translations(model, report),
    )


class _Counting(TreeBuilder):
    """Builds the tree, and stops where there is too much of it."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.depth = 0

    def start(self, tag: Any, attrs: Any) -> Element:  # noqa: ANN401 - as the class above has it
        self.elements += 1
        self.depth += 1
        if self.elements > ELEMENTS_AT_MOST or self.depth > DEPTH_AT_MOST:
            why = f"more than {ELEMENTS_AT_MOST:,} elements, or {DEPTH_AT_MOST} inside one another"
            raise WorkbookRefusedError([Refusal(SHEET, 0, "", "too-costly", {"why": why}, "xform")])
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Element:  # noqa: ANN401 - as above
        self.depth -= 1
        return super().end(tag)


def _parsed(xform: str) -> Element:
    """Return the top element; the parser's own errors are many, and all mean the same."""
    parser = DefusedXMLParser(target=_Counting(), forbid_dtd=True)
    try:
        parser.feed(xform)
        top: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise WorkbookRefusedError([Refusal(SHEET, 0, "", "bad-file", {}, "xform")]) from error
    return top
