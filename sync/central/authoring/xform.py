"""Hands a checked workbook to pyxform.

Rule 1: pyxform's `convert` is its only public door; its JSON is no stable interface.
Rule 2: whatever pyxform raises becomes one refusal with code `pyxform`: it dies of plain programming errors too.
Source: questionnaires.md section 1.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from typing import Final

from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from sync.central.authoring.workbook import Workbook
from sync.central.authoring.xform_read import read_xform

__all__ = ["read_xform", "to_xform"]

ROW: Final = re.compile(r"\[row : ([0-9]+)\]")
MESSAGE_LIMIT: Final = 300


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
