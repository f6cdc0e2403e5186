"""Says what is wrong with an XForm, where its author will look for it: a cell of the workbook, or a path in the XML.

Rule 1: with a workbook, a path leads to the row it came from and a part of a node to its column.
Rule 2: without one, the sheet is "xform" and the column is the path, with the part behind it.
Source: questionnaires.md sections 1 and 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from models.errors import ExpressionError
from sync.central.authoring import vocabulary
from sync.central.authoring.form import Found
from sync.central.authoring.refusal import SHOWN_AT_MOST, Refusal, WorkbookRefusedError

COLUMN_OF: Final = {  # part of a node -> column of the sheet survey
    "calculate": "calculation",
    "readonly": "read_only",
    "choice_filter": "choice_filter",
    "seed": "parameters",
    "range": "parameters",
    "count": "repeat_count",
    "action": "default",
    "words": "label",
}
SHEET: Final = "xform"
_COLUMNS: Final = ("relevant", "constraint", "required", "label", "hint", "default", "appearance", "name", "type")
_CALLED: Final = re.compile(r"[\w:-]+")


class Report:
    """Where refusals of one XForm go. `profile`: hold the form to what authors may write here."""

    def __init__(self, found: Found, rows: Mapping[str, int] | None, *, profile: bool) -> None:
        self.found = found
        self.rows = rows
        self.profile = profile

    def refuse(self, path: str, part: str, code: str, reading: str = "", /, **facts: object) -> None:
        """Add a refusal about a part of the node at this path; when nobody would be shown more, stop."""
        if len(self.found.refusals) >= SHOWN_AT_MOST:
            raise WorkbookRefusedError(self.found.refusals)
        if self.rows is None:
            column = f"{path} {part}".strip()
            self.found.refusals.append(Refusal(SHEET, 0, column, code, facts, reading))
        else:
            self.found.refuse("survey", self.rows.get(path, 0), self._column(part), code, reading, **facts)

    def remark(self, path: str, part: str, code: str, reading: str = "", /, **facts: object) -> None:
        """Add a notice, which refuses nothing."""
        if self.rows is None:
            column = f"{path} {part}".strip()
            self.found.notices.append(Refusal(SHEET, 0, column, code, facts, reading))
        else:
            self.found.remark("survey", self.rows.get(path, 0), self._column(part), code, reading, **facts)

    def odd(self, path: str, part: str, code: str, reading: str = "", /, **facts: object) -> None:
        """Refuse what an author here may not write; only remark on it where other engines' forms are read."""
        (self.refuse if self.profile else self.remark)(path, part, code, reading, **facts)

    def wrong(self, path: str, part: str, text: str, error: ExpressionError) -> None:
        """Add what the parser said of an expression; a function refused by name is told apart from an unknown one."""
        called = _CALLED.match(text[error.position :])
        name = called.group() if called else ""
        if error.reason == "unknown-function" and name in vocabulary.FUNCTIONS_REFUSED:
            self.refuse(path, part, "not-here", vocabulary.FUNCTIONS_REFUSED[name], what=f"{name}()")
            return
        detail = str(error.facts.get("detail") or error.reason)
        code = "too-costly" if error.reason == "too-deep" else error.reason
        self.refuse(path, part, code, "expression", at=error.position + 1, detail=detail, text=text[:120])

    @staticmethod
    def _column(part: str) -> str:
        return part if part in _COLUMNS else COLUMN_OF.get(part, "type")
