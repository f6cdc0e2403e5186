"""Hands a checked workbook to pyxform and reads the XForm that comes back.

Rule 1: pyxform's `convert` is its only public door; its JSON is no stable interface.
Rule 2: whatever pyxform raises becomes one refusal with code `pyxform`: it dies of plain programming errors too.
Rule 3: the XML is read through defusedxml: no entities, no external parts.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from sync.central.authoring.workbook import Workbook

XFORMS: Final = "{http://www.w3.org/2002/xforms}"
BODY: Final = "{http://www.w3.org/1999/xhtml}body"
HEAD: Final = "{http://www.w3.org/1999/xhtml}head"
CONTROLS: Final = frozenset(
    XFORMS + tag for tag in ("group", "repeat", "input", "select1", "select", "range", "trigger", "upload")
)
ROW: Final = re.compile(r"\[row : ([0-9]+)\]")
LIST: Final = re.compile(r"instance\('([^']+)'\)")
MESSAGE_LIMIT: Final = 300


@dataclass(frozen=True, slots=True)
class XNode:
    """One node of the XForm's tree, with its bind, its control in the body, and what it holds at the start.

    `control` is the control's tag without its namespace, "" where nothing is shown. `grid` holds start, end and step.
    """

    path: str  # without the root: "m1/talk"
    control: str
    data_type: str
    list_name: str
    grid: Mapping[str, str]
    default: str
    dynamic: bool  # its default is an expression that runs once at the start


def to_xform(workbook: Workbook) -> str:
    """Return the XForm XML of a workbook, or raise WorkbookRefusedError with pyxform's own words."""
    from pyxform.xls2xform import convert  # half a second that --help need not wait for

    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            made = convert(xlsform=workbook.unverified, file_type=".xlsx", validate=False, pretty_print=False)
            return str(made.xform)
    except Exception as error:
        raise WorkbookRefusedError([_quoted(error)]) from error


def _quoted(error: Exception) -> Refusal:
    text = " ".join(str(error).split())[:MESSAGE_LIMIT] or type(error).__name__
    row = ROW.search(text)
    return Refusal("survey", int(row.group(1)) if row else 0, "", "pyxform", {"text": text})


def read_xform(xform: str) -> tuple[XNode, ...]:
    """Return the nodes of the primary instance in form order, the bookkeeping group `meta` left out."""
    try:
        top = fromstring(xform, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise WorkbookRefusedError([_quoted(error)]) from error
    model, body = top.find(f"{HEAD}/{XFORMS}model"), top.find(BODY)
    instance = None if model is None else model.find(f"{XFORMS}instance")
    if model is None or body is None or instance is None or len(instance) == 0:
        raise WorkbookRefusedError([Refusal("survey", 0, "", "pyxform", {"text": "no form came back"})])
    root = instance[0]
    prefix = f"/{_local(root)}/"
    binds = {bind.get("nodeset", "").removeprefix(prefix): bind for bind in model.iter(f"{XFORMS}bind")}
    controls = {
        control.get("ref", "").removeprefix(prefix): control for control in body.iter() if control.tag in CONTROLS
    }
    started = {value.get("ref", "").removeprefix(prefix) for value in model.iter(f"{XFORMS}setvalue")}
    return tuple(
        _node(path, element, binds.get(path), controls.get(path), dynamic=path in started)
        for path, element in _walk(root)
        if path != "meta" and not path.startswith("meta/")
    )


def _walk(root: Element) -> list[tuple[str, Element]]:
    found: list[tuple[str, Element]] = []
    waiting = [(_local(child), child) for child in reversed(root)]
    while waiting:
        path, element = waiting.pop()
        found.append((path, element))
        waiting.extend((f"{path}/{_local(child)}", child) for child in reversed(element))
    return found


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _node(path: str, element: Element, bind: Element | None, control: Element | None, *, dynamic: bool) -> XNode:
    itemset = None if control is None else control.find(f"{XFORMS}itemset")
    named = LIST.search(itemset.get("nodeset", "")) if itemset is not None else None
    tag = "" if control is None else _local(control)
    return XNode(
        path=path,
        control=tag,
        data_type="" if bind is None else bind.get("type", ""),
        list_name=named.group(1) if named else "",
        grid={key: control.get(key, "") for key in ("start", "end", "step")} if control is not None else {},
        default=(element.text or "").strip(),
        dynamic=dynamic,
    )
