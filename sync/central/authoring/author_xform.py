"""The way from a bare XForm, without a workbook, to a questionnaire.

Rule 1: there are no cells, so the gates that judge cells are not passed; every other bound holds.
Rule 2: a refusal names the sheet "xform" and, as its column, the path in the XML.
Rule 3: only WorkbookRefusedError escapes, whatever the bytes are.
Source: questionnaires.md sections 1 and 14.
"""

from __future__ import annotations

from typing import Final

from models.questionnaire import Purpose
from sync.central.authoring.author import Authored, _own_reader_accepts
from sync.central.authoring.compiler import compile_form
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError

XFORM_LIMIT_BYTES: Final = 10_000_000


def author_xform(unverified: bytes, purpose: Purpose, *, profile: bool = True) -> Authored:
    """Return the questionnaire that the XForm describes, or raise WorkbookRefusedError with every reason why not.

    `profile`: hold the form to what authors may write here; the reference engines' own forms go further.
    """
    if len(unverified) > XFORM_LIMIT_BYTES:
        facts = {"why": f"more than {XFORM_LIMIT_BYTES // 1_000_000} MB"}
        raise WorkbookRefusedError([Refusal("xform", 0, "", "too-costly", facts, "xform")])
    try:
        xform = unverified.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WorkbookRefusedError([Refusal("xform", 0, "", "bad-file", {}, "xform")]) from error
    questionnaire = compile_form(xform, None, purpose=purpose, profile=profile)
    _own_reader_accepts(questionnaire)
    return Authored(questionnaire)
