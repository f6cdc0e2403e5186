"""What an opening laptop writes down of each contest: read, written, and held against the other laptop's.

Rule 1: the two records must agree in all but the laptop's number.
Rule 2: reading proves nothing: hashes, numbers and signatures are for whoever checks the board.
Source: elections.md 5.8, points 17 and 18.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models import seal
from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json
from models.election.boxes import HEX_32
from models.election.definition import Contest, Definition
from models.election.merge import Merged
from models.errors import OpeningsDifferError
from sync.central.elections import outcome
from sync.central.elections.outcome import Opened

FORMAT: Final = "wingvoice-opening/1"
_LIMIT_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """What an opening record says of one contest; `hashes` are SHA-256 of files by name, `numbers` as published.

    `fingerprint` is F, or F blinded where `blinded`, or empty where the contest was not opened.
    """

    number: int
    status: str
    merged: bytes
    accepted: int
    audit: int
    fingerprint: bytes
    blinded: bool
    numbers: Mapping[str, int]
    hashes: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """An opening record as read; nothing of it is verified."""

    definition: bytes
    beacon: bytes
    laptop: int
    contests: tuple[Entry, ...]

    @property
    def hashes(self) -> dict[str, bytes]:
        """SHA-256 of every file that the record names, by name."""
        return {name: sha256 for entry in self.contests for name, sha256 in entry.hashes.items()}


def write_opening(definition: bytes, beacon: bytes, laptop: int, contests: Sequence[Opened], merged: Merged) -> bytes:
    """Return the opening record of a laptop; `definition` is D, `beacon` B."""
    return canonical_json(
        {
            "format": FORMAT,
            "definition": definition.hex(),
            "beacon": beacon.hex(),
            "laptop": laptop,
            "contests": [_entry(one, merged) for one in contests],
        }
    )


def _entry(one: Opened, merged: Merged) -> dict[str, object]:
    entry: dict[str, object] = {
        "number": one.contest,
        "status": one.status,
        "M": merged.fingerprint(one.contest, seal.digest).hex(),
        "accepted": one.accepted,
    }
    if one.status == "not-opened":
        return entry
    entry |= {"audit": one.audit, "F_blinded" if one.blinded else "F": one.fingerprint.hex()} | dict(one.numbers)
    for name, content in one.files.items():
        entry[{"votes": "V", "count": "K", "audit": "A"}[name.partition("-")[0]]] = seal.digest(content).hex()
    return entry


def agree(one: bytes, other: bytes) -> None:
    """Raise OpeningsDifferError unless two opening records agree in all but the laptop, 1 and 2."""
    first, second = (_without_laptop(record) for record in (one, other))
    if first[0] == second[0] or {first[0], second[0]} != {1, 2}:
        raise OpeningsDifferError(detail="laptops, which must be 1 and 2")
    for key in sorted(first[1].keys() | second[1].keys()):
        if first[1].get(key) != second[1].get(key):
            raise OpeningsDifferError(detail=key)


def _without_laptop(record: bytes) -> tuple[object, dict[str, object]]:
    try:
        value = read_canonical_json(record, _LIMIT_BYTES)
    except UnreadableContentError as wrong:
        raise OpeningsDifferError(detail=f"spelling: {wrong.detail}") from wrong
    if not isinstance(value, dict):
        raise OpeningsDifferError(detail="spelling")
    return value.pop("laptop", None), value


def read_opening(unverified: bytes, definition: Definition) -> OpeningRecord:
    """Return what an opening record says, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified, _LIMIT_BYTES), "opening")
    if fields.text("format") != FORMAT:
        raise UnreadableContentError("opening.format is unknown")
    d, beacon = (bytes.fromhex(fields.text(key, HEX_32)) for key in ("definition", "beacon"))
    laptop = fields.whole("laptop", 1, 2)
    items = fields.items("contests", 99)
    fields.close()
    if len(items) != len(definition.contests):
        raise UnreadableContentError("opening.contests are not those of the definition")
    entries = tuple(_read_entry(item, one) for item, one in zip(items, definition.contests, strict=True))
    return OpeningRecord(d, beacon, laptop, entries)


def _read_entry(value: object, contest: Contest) -> Entry:
    fields = Fields(value, f"opening of contest {contest.number}")
    fields.whole("number", contest.number, contest.number)
    status, merged = fields.text("status"), bytes.fromhex(fields.text("M", HEX_32))
    accepted = fields.whole("accepted")
    if status == "not-opened":
        fields.close()
        return Entry(contest.number, status, merged, accepted, 0, b"", blinded=False, numbers={}, hashes={})
    names = {"A": f"audit-{contest.number}.json", "K": f"count-{contest.number}.json"}
    figures: tuple[str, ...] = ("not_shown",)
    if status == "published":
        names["V"] = outcome.votes_name(contest)
        split = ("blank_or_spoilt",) if fields.has("blank_or_spoilt") else ("blank", "spoilt")
        figures = ("unreadable", "invalid", *split, "withdrawn_only", "valid")
    elif status != "result-only":
        raise UnreadableContentError(f"{fields.what}.status is unknown")
    blinded = fields.has("F_blinded")
    entry = Entry(
        number=contest.number,
        status=status,
        merged=merged,
        accepted=accepted,
        audit=fields.whole("audit"),
        fingerprint=bytes.fromhex(fields.text("F_blinded" if blinded else "F", HEX_32)),
        blinded=blinded,
        numbers={key: fields.whole(key) for key in figures},
        hashes={name: bytes.fromhex(fields.text(key, HEX_32)) for key, name in names.items()},
    )
    fields.close()
    return entry
