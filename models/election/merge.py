"""Which ballots count: one rule for the centre, for every kiosk and for whoever verifies.

Rule 1: no clock, no order of arrival, no choice by anybody; boxes in any order, any number of times, give the same.
Rule 2: an envelope proves itself by its slip's signature; where it lay proves nothing.
Rule 3: of several ballots of one slip the beacon picks one, and nobody who knows the beacon can still add one.
Source: elections.md 5.6.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from models.canonical import Fields, UnreadableContentError, a_text, canonical_json, read_canonical_json
from models.election import ballot
from models.election.ballot import Hash

FORMAT: Final = "wingvoice-merge/1"
MERGE_LIMIT_BYTES: Final = 64 * 1024 * 1024
_HEX: Final = re.compile(r"[0-9a-f]{64}")
Verifies = Callable[[bytes], bool]
"""Tells whether an envelope of 246 bytes is signed by the key it names; `models.seal.ballot_verifies`."""


class Tagged(Protocol):
    """H(tag; parts), 32 bytes; `models.seal.tagged`."""

    def __call__(self, tag: str, /, *parts: bytes) -> bytes:
        """Hash."""
        ...


class Status(enum.Enum):
    """What became of an envelope; the first reason that applies."""

    MALFORMED = "malformed"
    OTHER_ELECTION = "other-election"
    OTHER_CONTEST = "other-contest"
    UNKNOWN_SLIP = "unknown-slip"
    BAD_SIGNATURE = "bad-signature"
    VOID_SLIP = "void-slip"
    USED_TWICE = "used-twice"
    ACCEPTED = "accepted"


_NAMES_NO_CONTEST: Final = (Status.MALFORMED, Status.OTHER_ELECTION, Status.OTHER_CONTEST)
_BY_SLIP: Final = (Status.ACCEPTED, Status.USED_TWICE, Status.VOID_SLIP, Status.BAD_SIGNATURE, Status.UNKNOWN_SLIP)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge came to. `statuses` has every envelope once; two copies of one ballot are one envelope."""

    contests: tuple[int, ...]
    statuses: Mapping[bytes, Status]
    grouped: Mapping[tuple[int, Status], tuple[bytes, ...]] = field(compare=False, repr=False)

    def of(self, contest: int, status: Status) -> tuple[bytes, ...]:
        """Return the envelopes of a contest with a status, ascending by slip key, then by bytes."""
        return self.grouped.get((contest, status), ())

    def accepted(self, contest: int) -> tuple[bytes, ...]:
        """Return the ballots of a contest that count, ascending by slip key."""
        return self.of(contest, Status.ACCEPTED)

    def fingerprint(self, contest: int, sha256: Hash) -> bytes:
        """Return M: SHA-256 of the accepted envelopes joined in ascending order of slip key."""
        return sha256(b"".join(self.accepted(contest)))

    @property
    def alarms(self) -> tuple[bytes, ...]:
        """Envelopes of slips on the void list: evidence of stuffing."""
        return tuple(sorted(one for one, was in self.statuses.items() if was is Status.VOID_SLIP))


def merge(
    boxes: Iterable[Iterable[bytes]],
    keys: Mapping[int, AbstractSet[bytes]],
    void: AbstractSet[bytes],
    *,
    definition: bytes,
    beacon: bytes,
    verifies: Verifies,
    tagged: Tagged,
) -> Merged:
    """Return which of the envelopes in these boxes count.

    `keys`: contest number -> slip keys of its list. `void`: slip keys of the void list. `definition` is D, `beacon` B.
    """
    statuses: dict[bytes, Status] = {}
    ballots: dict[tuple[int, bytes], dict[bytes, bytes]] = defaultdict(dict)
    for envelope in {one for box in boxes for one in box}:
        if (wrong := _refused(envelope, keys, definition, verifies)) is not None:
            statuses[envelope] = wrong
            continue
        place, signed = (ballot.contest_of(envelope), ballot.slip_key_of(envelope)), ballot.body(envelope)
        ballots[place][signed] = min(envelope, ballots[place].get(signed, envelope))
    for (_, slip_key), copies in ballots.items():
        statuses |= _settled(slip_key in void, copies, beacon, tagged)
    return Merged(tuple(sorted(keys)), statuses, _grouped(statuses))


def _grouped(statuses: Mapping[bytes, Status]) -> dict[tuple[int, Status], tuple[bytes, ...]]:
    groups: dict[tuple[int, Status], list[bytes]] = defaultdict(list)
    for envelope, status in statuses.items():
        if status not in _NAMES_NO_CONTEST:
            groups[ballot.contest_of(envelope), status].append(envelope)
    return {
        place: tuple(sorted(found, key=lambda one: (ballot.slip_key_of(one), one))) for place, found in groups.items()
    }


def _refused(
    envelope: bytes, keys: Mapping[int, AbstractSet[bytes]], definition: bytes, verifies: Verifies
) -> Status | None:
    if not ballot.is_envelope(envelope):
        return Status.MALFORMED
    if ballot.definition_of(envelope) != definition:
        return Status.OTHER_ELECTION
    if (listed := keys.get(ballot.contest_of(envelope))) is None:
        return Status.OTHER_CONTEST
    if ballot.slip_key_of(envelope) not in listed:
        return Status.UNKNOWN_SLIP
    return None if verifies(envelope) else Status.BAD_SIGNATURE


def _settled(void: bool, copies: Mapping[bytes, bytes], beacon: bytes, tagged: Tagged) -> dict[bytes, Status]:  # noqa: FBT001 - one of three facts
    if void:
        return dict.fromkeys(copies.values(), Status.VOID_SLIP)
    if len(copies) == 1:
        return dict.fromkeys(copies.values(), Status.ACCEPTED)
    picked = min(copies, key=lambda signed: tagged("pick", beacon, signed))
    return {one: Status.ACCEPTED if signed == picked else Status.USED_TWICE for signed, one in copies.items()}


def write_merge(merged: Merged, *, definition: bytes, beacon: bytes, faulty: Mapping[str, str], sha256: Hash) -> bytes:
    """Return `merge.json`: M and, by status, the slip keys of each contest; what named no contest by number only.

    `faulty`: name of a box in the close record -> why its manifest fails.
    """
    other = {status.value: 0 for status in _NAMES_NO_CONTEST}
    for status in merged.statuses.values():
        if status in _NAMES_NO_CONTEST:
            other[status.value] += 1
    return canonical_json(
        {
            "format": FORMAT,
            "definition": definition.hex(),
            "beacon": beacon.hex(),
            "contests": [_contest(merged, number, sha256) for number in merged.contests],
            "other": other,
            "faulty": dict(faulty),
        }
    )


def _contest(merged: Merged, number: int, sha256: Hash) -> dict[str, object]:
    listed = {status: merged.of(number, status) for status in _BY_SLIP}
    return {
        "number": number,
        "M": merged.fingerprint(number, sha256).hex(),
        "status": {
            status.value: {"count": len(found), "keys": [ballot.slip_key_of(one).hex() for one in found]}
            for status, found in listed.items()
        },
    }


def read_faulty(unverified_merge: bytes) -> dict[str, str]:
    """Return name of a box -> why its manifest fails, as `merge.json` lists them, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified_merge, MERGE_LIMIT_BYTES), "merge")
    if fields.text("format") != FORMAT:
        raise UnreadableContentError("merge.format is unknown")
    return dict(fields.texts("faulty"))


Found = Literal["counted", "used twice, one counted", "not here"]


def look_up(unverified_merge: bytes, stub: str, stub_of: Callable[[bytes], str]) -> Found:
    """Return what a board says of a stub number, and never where or what; `stub_of` is `models.seal.stub`.

    Raises UnreadableContentError where the bytes are no `merge.json`.
    """
    fields = Fields(read_canonical_json(unverified_merge, MERGE_LIMIT_BYTES), "merge")
    if fields.text("format") != FORMAT:
        raise UnreadableContentError("merge.format is unknown")
    seen: set[str] = set()
    for item in fields.items("contests", 99):
        statuses = Fields(Fields(item, "merge.contests").take("status"), "merge.contests.status")
        for status in (Status.USED_TWICE, Status.ACCEPTED):
            keys = Fields(statuses.take(status.value), status.value).items("keys", 1_000_000)
            if any(stub_of(bytes.fromhex(a_text(key, status.value, _HEX))) == stub for key in keys):
                seen.add(status.value)
    if Status.USED_TWICE.value in seen:
        return "used twice, one counted"
    return "counted" if Status.ACCEPTED.value in seen else "not here"
