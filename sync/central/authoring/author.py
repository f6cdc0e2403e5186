"""The whole way from a workbook's bytes to a questionnaire.

Rule 1: each stage is one function of its own room; this file only walks through them in order.
Rule 2: nothing is written here; a refusal leaves no trace.
Rule 3: only WorkbookRefusedError escapes, whatever the bytes are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.questionnaire import Questionnaire
from sync.central.authoring.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Authored:
    """What a workbook became: the questionnaire, and notices (refusals of things that only deserve a remark)."""

    questionnaire: Questionnaire
    notices: tuple[Refusal, ...] = ()


def author_workbook(unverified: bytes, media: Path | None = None) -> Authored:
    """Return the questionnaire that the workbook describes, or raise WorkbookRefusedError with every reason why not.

    `media` is the folder that holds the files which the workbook names; none are taken without it.
    """
    raise NotImplementedError
