"""A ballot as 64 bytes before it is sealed, and as an envelope of 246 bytes after.

    at    0      4       5         6           38          70                                         182          246
          +------+-------+---------+-----------+-----------+------------------------------------------+------------+
          | WVB1 | suite | contest | D, 32     | pk, 32    | HPKE: enc 32, ciphertext 64, tag 16      | Ed25519 64 |
          +------+-------+---------+-----------+-----------+------------------------------------------+------------+
          |<-- head: bound through info ------------------>|                                          |
          |<-- body: what the slip's key signs, and what the seal code and the lot between copies are over ->|

    inside: version 1 | mark 1 | n 1 | n candidate numbers | zeros to 64

Rule 1: every ballot of every kind has one size, sealed or not.
Rule 2: a decoder checks all 64 bytes: whatever is not written by `write_ballot` is unreadable.
Rule 3: whether a ballot that decodes fits its contest is `models.election.definition`'s to say.
Source: elections.md 5.4.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from models.errors import UnreadableBallotError

PLAIN_BYTES: Final = 64
SEALED_BYTES: Final = 112
ENVELOPE_BYTES: Final = 246
HEAD_BYTES: Final = 70
BODY_BYTES: Final = 182
MAGIC: Final = b"WVB1"
SUITE: Final = 1
CHOICES_MOST: Final = 60
_VERSION: Final = 1
_FIRST_CHOICE: Final = 3
Hash = Callable[[bytes], bytes]
"""SHA-256, `models.seal.digest`; this room holds no cryptography."""


class Mark(enum.IntEnum):
    """What the voter did: chose, left it blank on purpose, or spoilt it on purpose."""

    CHOICES = 0
    BLANK = 1
    SPOILT = 2


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one slip says in one contest; `choices` are candidate numbers, in order of preference where ranked."""

    mark: Mark
    choices: tuple[int, ...] = field(default=(), repr=False)


def write_ballot(ballot: Ballot) -> bytes:
    """Return the 64 bytes of a ballot. Raises RuntimeError where it has choices and is not of mark CHOICES."""
    if len(ballot.choices) > CHOICES_MOST or (ballot.choices and ballot.mark is not Mark.CHOICES):
        raise RuntimeError("a ballot has up to 60 choices, and none when it is blank or spoilt")
    return bytes([_VERSION, ballot.mark, len(ballot.choices), *ballot.choices]).ljust(PLAIN_BYTES, b"\0")


def read_ballot(unverified: bytes) -> Ballot:
    """Return what 64 opened bytes say, or raise UnreadableBallotError."""
    if len(unverified) != PLAIN_BYTES or unverified[0] != _VERSION or unverified[1] > max(Mark):
        raise UnreadableBallotError
    mark, end = Mark(unverified[1]), _FIRST_CHOICE + unverified[2]
    if unverified[2] > CHOICES_MOST or (unverified[2] and mark is not Mark.CHOICES) or any(unverified[end:]):
        raise UnreadableBallotError
    return Ballot(mark, tuple(unverified[_FIRST_CHOICE:end]))


def head(contest: int, definition: bytes, slip_key: bytes) -> bytes:
    """Return the 70 readable bytes that an envelope begins with; `definition` is D, `slip_key` pk, 32 bytes each."""
    return MAGIC + bytes([SUITE, contest]) + definition + slip_key


def body(envelope: bytes) -> bytes:
    """Return bytes 0 to 181: all that is signed."""
    return envelope[:BODY_BYTES]


def contest_of(envelope: bytes) -> int:
    """Return the contest number that an envelope of 246 bytes names; nothing about it is verified."""
    return envelope[5]


def definition_of(envelope: bytes) -> bytes:
    """Return D as the envelope names it."""
    return envelope[6:38]


def slip_key_of(envelope: bytes) -> bytes:
    """Return pk as the envelope names it."""
    return envelope[38:HEAD_BYTES]


def is_envelope(unverified: bytes) -> bool:
    """Tell whether length, first letters and suite are those of a ballot's envelope."""
    return len(unverified) == ENVELOPE_BYTES and unverified[:5] == MAGIC + bytes([SUITE])


def leaf(envelope: bytes, sha256: Hash) -> bytes:
    """Return the leaf hash of an envelope, 32 bytes: its key in a box, and its place in the box's tree."""
    return sha256(b"\0" + envelope)
