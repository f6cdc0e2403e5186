"""The way from a bare XForm, without a workbook, to a questionnaire.

Rule 1: there are no cells, so the gates that judge cells are not passed; those of the draft are.
Rule 2: a refusal names the sheet "xform" and, as its column, the path in the form and the part of it.
Rule 3: only WorkbookRefusedError escapes, whatever the bytes are.
Source: questionnaires.md sections 1, 4 and 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from models.expressions.syntax import Call, Expr, TextLiteral, walk
from models.fitting import fitted, held_as
from models.questionnaire import (
    Calculate,
    Node,
    Path,
    Purpose,
    Questionnaire,
    Rank,
    Root,
    SelectMultiple,
    SelectOne,
    paths,
)
from models.routing import ASKED
from sync.central.authoring.author import Authored, _own_reader_accepts
from sync.central.authoring.compiler import compile_form
from sync.central.authoring.form import Found
from sync.central.authoring.gates import MODULE_LIMIT_S, constant
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError, in_sheet_order
from sync.central.authoring.report import SHEET, Report
from sync.central.authoring.workbook import Workbook

XFORM_LIMIT_BYTES: Final = 10_000_000
_BLANK: Final = "\ufeff \t\r\n"  # what may stand before the XML


def author_xform(unverified: bytes, purpose: Purpose, *, profile: bool = True) -> Authored:
    """Return the questionnaire that the XForm describes, or raise WorkbookRefusedError with every reason why not.

    `profile`: hold the form to what authors may write here; the reference engines' own forms go further.
    """
    if len(unverified) > XFORM_LIMIT_BYTES:
        facts = {"why": f"more than {XFORM_LIMIT_BYTES // 1_000_000} MB"}
        raise WorkbookRefusedError([Refusal(SHEET, 0, "", "too-costly", facts, "xform")])
    try:
        xform = unverified.decode("utf-8").lstrip(_BLANK)
    except UnicodeDecodeError as error:
        raise WorkbookRefusedError([Refusal(SHEET, 0, "", "bad-file", {}, "xform")]) from error
    found = Found(Workbook({}))
    questionnaire = compile_form(xform, None, found, purpose=purpose, profile=profile)
    if profile:
        _pass_gates(questionnaire, Report(found, None, profile=True))
    if found.refusals:
        raise WorkbookRefusedError(found.refusals, found.notices)
    try:
        _own_reader_accepts(questionnaire)
    except WorkbookRefusedError as error:
        refusals = [replace(refusal, sheet=SHEET) for refusal in error.refusals]
        raise WorkbookRefusedError(refusals, found.notices) from error
    return Authored(questionnaire, in_sheet_order(found.notices))


def _pass_gates(draft: Questionnaire, report: Report) -> None:
    """Refuse what nobody could reach, defaults that do not fit, modules too long; remark on patterns without ends."""
    root = draft.nodes[0].name
    places = [f"/{root}/{path}" if path else f"/{root}" for path in paths(draft)]
    for path, node in zip(places, draft.nodes, strict=True):
        if isinstance(node, Root):
            continue
        if node.relevant is not None and constant(node.relevant) is False:
            report.refuse(path, "relevant", "unreachable", "", name=node.name)
        if not _fits(draft, path, node):
            report.refuse(path, "default", "bad-default", "", value=str(getattr(node, "default", ""))[:80])
        for pattern in _patterns(getattr(node, "constraint", None)):
            if not (pattern.startswith("^") and pattern.endswith("$")):
                report.remark(path, "constraint", "bad-pattern", "open", pattern=pattern)
    for module in draft.modules:
        if module.seconds > MODULE_LIMIT_S:
            facts = {"module": module.name, "seconds": module.seconds, "limit": MODULE_LIMIT_S}
            report.refuse(places[module.first], "", "too-long", "module", **facts)


def _fits(draft: Questionnaire, path: str, node: Node) -> bool:
    """Tell whether a node could hold what it begins with."""
    if isinstance(node, Calculate):
        return not node.default or held_as(node.holds, node.default) != ""
    if not isinstance(node, ASKED) or not node.default:
        return True
    offered = draft.lists[node.list_name] if isinstance(node, SelectOne | SelectMultiple | Rank) else ()
    return fitted(node, Path(path), offered, node.default) != ""


def _patterns(constraint: Expr | None) -> Iterator[str]:
    """Yield the patterns that a constraint holds answers against."""
    for part in walk(constraint) if constraint is not None else ():
        if isinstance(part, Call) and part.name == "regex" and isinstance(part.arguments[1], TextLiteral):
            yield part.arguments[1].text
