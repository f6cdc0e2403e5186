"""A notice that a candidate has withdrawn after the definition was sealed.

Rule 1: it names contest and candidate by number, and gives no reason: that is the person's own matter.
Rule 2: it counts only where the returning officer and one more witness signed it.
Source: elections.md section 2, last part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json
from models.election.boxes import HEX_32
from models.election.definition import Definition

FORMAT: Final = "wingvoice-notice/1"
_LIMIT_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Notice:
    """Candidate so-and-so of this contest has withdrawn. `definition` is D; `day` is an ISO day."""

    definition: bytes
    number: int
    contest: int
    candidate: int
    day: str


def write_notice(notice: Notice) -> bytes:
    """Return the one spelling of a notice."""
    return canonical_json(
        {
            "format": FORMAT,
            "definition": notice.definition.hex(),
            "number": notice.number,
            "contest": notice.contest,
            "candidate": notice.candidate,
            "day": notice.day,
        }
    )


def read_notice(unverified: bytes) -> Notice:
    """Return what a notice says, or raise UnreadableContentError; who signed it is the caller's to check."""
    fields = Fields(read_canonical_json(unverified, _LIMIT_BYTES), "notice")
    if fields.text("format") != FORMAT:
        raise UnreadableContentError("notice.format is unknown")
    notice = Notice(
        definition=bytes.fromhex(fields.text("definition", HEX_32)),
        number=fields.whole("number", 1, 999),
        contest=fields.whole("contest", 1, 99),
        candidate=fields.whole("candidate", 1, 60),
        day=fields.day("day").isoformat(),
    )
    fields.close()
    return notice


def enough_signed(definition: Definition, signers: Iterable[int]) -> bool:
    """Tell whether witnesses of these numbers may publish a notice together: the returning officer and one other."""
    known = {one.number for one in definition.witnesses} & set(signers)
    officer = {one.number for one in definition.of_role("returning-officer")}
    return bool(known & officer) and bool(known - officer)


def withdrawn(notices: Iterable[Notice]) -> Mapping[int, frozenset[int]]:
    """Return contest number -> candidates that notices strike out."""
    found: dict[int, frozenset[int]] = {}
    for notice in notices:
        found[notice.contest] = found.get(notice.contest, frozenset()) | {notice.candidate}
    return found
