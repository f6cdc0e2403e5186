"""The whole way from a workbook's bytes to a questionnaire.

Rule 1: each stage is one function of its own room; this file only walks through them in order.
Rule 2: nothing is written here; a refusal leaves no trace.
Rule 3: only WorkbookRefusedError escapes, whatever the bytes are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import ExpressionError, UnreadableQuestionnaireError
from models.questionnaire import Questionnaire, canonical_bytes, read_questionnaire
from models.routing import open_route
from sync.central.authoring.check import check_sheets
from sync.central.authoring.compiler import compile_form
from sync.central.authoring.gates import pass_cells, pass_gates
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError, in_sheet_order
from sync.central.authoring.workbook import read_workbook
from sync.central.authoring.xform import to_xform


@dataclass(frozen=True, slots=True)
class Authored:
    """What a workbook became.

    `notices` are remarks, worded as refusals are. `files` are the pictures and sounds, ready for the bundle, by their
    names in `questionnaire.media`.
    """

    questionnaire: Questionnaire
    notices: tuple[Refusal, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def author_workbook(unverified: bytes, media: Path | None = None) -> Authored:
    """Return the questionnaire that the workbook describes, or raise WorkbookRefusedError with every reason why not.

    `media` is the folder that holds the files which the workbook names; none are taken without it.
    """
    workbook = read_workbook(unverified)
    form, found = check_sheets(workbook)
    files = pass_cells(form, found, media)
    if found.refusals:
        raise WorkbookRefusedError(found.refusals, found.notices)
    draft = compile_form(to_xform(workbook), form, found)
    questionnaire = pass_gates(draft, form, found, files)
    _own_reader_accepts(questionnaire)
    held = {one.name: one.data for one in (*files.pictures.values(), *files.sounds.values())}
    return Authored(questionnaire, in_sheet_order(found.notices), held)


def _own_reader_accepts(questionnaire: Questionnaire) -> None:
    """Refuse what a kiosk would refuse: every bound of the reader and of the route holds here too."""
    try:
        open_route(read_questionnaire(canonical_bytes(questionnaire)))
    except (UnreadableQuestionnaireError, ExpressionError) as error:
        facts = {"why": str(error.facts.get("detail", error))}
        raise WorkbookRefusedError([Refusal("survey", 0, "", "too-costly", facts, "kiosk")]) from error
