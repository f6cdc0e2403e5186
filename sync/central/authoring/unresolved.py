"""The one error of names and paths that lead nowhere, or somewhere that cannot be meant.

Rule 1: it carries what a refusal needs, but for the place, which only its catcher knows.
Source: questionnaires.md section 3.
"""

from __future__ import annotations


class UnresolvedError(Exception):
    """A name or path that means no single node; becomes a refusal where the cell or the part of the form is known."""

    def __init__(self, code: str, reading: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.reading, self.facts = code, reading, facts
