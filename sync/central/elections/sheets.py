"""What the sheets of an election hold, as plain text for any printer; `paper` sets the same in type.

Rule 1: every function takes what a sheet holds and returns its text; nothing is kept and nothing is written here.
Rule 2: a sheet says who keeps it and from whom.
Source: elections.md section 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from models import seal
from models.canonical import ENGLISH
from models.election.definition import Contest, Definition
from models.election.slip import Code, grouped
from sync.central.elections.registrar import PrintedSlip

NEXT_SHEET: Final = "\f"
_ROLES: Final = {
    "returning-officer": "returning officer",
    "registrar": "registrar",
    "trustee": "trustee",
    "observer": "observer",
}


def share_sheet(number: int, share: str) -> str:
    """Return one trustee's sheet: 33 numbered words."""
    words = [f"{at:2}. {word}" for at, word in enumerate(share.split(), 1)]
    rows = ["   ".join(f"{one:16}" for one in words[at : at + 3]).rstrip() for at in range(0, len(words), 3)]
    return "\n".join([f"SHARE {number} OF 3", "Keep it from staff and from the other two trustees.", "", *rows, ""])


def witness_sheet(definition: Definition, number: int, code: Code) -> str:
    """Return one witness's sheet: the code with which that person signs."""
    witness = definition.witness(number)
    role = _ROLES[witness.role] if witness else ""
    return "\n".join(
        [f"WITNESS {number}: {role}", "With this code you sign. Show it to nobody.", "", f"    {grouped(code)}", ""]
    )


def slip_sheet(slip: PrintedSlip, titles: Mapping[int, str]) -> str:
    """Return one slip: the secret half and the stub."""
    stubs = [f"    {stub}   {titles[number]}" for number, stub in sorted(slip.stubs.items())]
    head = "AUDIT SLIP, for the observers, sealed" if slip.audit else "YOUR SLIP"
    return "\n".join(
        [
            head,
            "SECRET HALF: type this at the booth, then tear it up.",
            "",
            f"    {grouped(slip.code)}",
            "",
            "- - - - - - - - - - - - fold - - - - - - - - - - - -",
            "STUB: keep this. It shows that you voted and never how.",
            "",
            *stubs,
            "",
        ]
    )


def titles_of(contests: Sequence[Contest]) -> dict[int, str]:
    """Return the English titles by contest number."""
    return {contest.number: contest.title[ENGLISH] for contest in contests}


def poster_line(definition: bytes) -> str:
    """Return what stands on every poster: D in full and its symbols."""
    return f"{definition.hex()}  {seal.symbols(definition)}"
