"""The nominations file of a draft: who asked to stand, until the ballot is made.

Rule 1: one spelling; reading and writing never change a byte.
Rule 2: it is of people who put themselves forward, and holds no more than the ballot and the decision need.
Source: elections.md section 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from models.canonical import (
    TAG_PATTERN,
    Fields,
    LanguageTag,
    UnreadableContentError,
    a_text,
    canonical_json,
    read_canonical_json,
)
from models.election.definition import HEX_16
from models.election.nominations import Nomination, Nominations, Standing

FORMAT: Final = "wingvoice-nominations/1"
_LIMIT_BYTES: Final = 4 * 1024 * 1024
_MOST: Final = 999
_ANY: Final = re.compile(r"[^\n]*")


@dataclass(frozen=True, slots=True)
class Held:
    """What a nominations file holds. `taken` are ids of opened sign-ups that are in it, 16 bytes each."""

    nominations: Nominations = ()
    taken: frozenset[bytes] = frozenset()

    @property
    def next_number(self) -> int:
        """The number of the next nomination."""
        return max((one.number for one in self.nominations), default=0) + 1


def write_held(held: Held) -> bytes:
    """Return the one spelling of a nominations file."""
    return canonical_json(
        {
            "format": FORMAT,
            "nominations": [_written(one) for one in held.nominations],
            "taken": sorted(one.hex() for one in held.taken),
        }
    )


def read_held(unverified: bytes) -> Held:
    """Return what a nominations file holds, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified, _LIMIT_BYTES), "nominations")
    if fields.text("format") != FORMAT:
        raise UnreadableContentError("nominations.format is unknown")
    held = Held(
        tuple(_read(item) for item in fields.items("nominations", _MOST)),
        frozenset(bytes.fromhex(a_text(one, "nominations.taken", HEX_16)) for one in fields.items("taken", _MOST)),
    )
    fields.close()
    numbers = [one.number for one in held.nominations]
    if numbers != sorted(set(numbers)):
        raise UnreadableContentError("nominations are not in order, or one is there twice")
    return held


def _written(one: Nomination) -> dict[str, object]:
    return {
        "number": one.number,
        "contest": one.contest,
        "name": one.name,
        "symbol": one.symbol,
        "day": one.day.isoformat(),
        "consent": one.consent,
        "people": one.people,
        "seconders": one.seconders,
        "statement": dict(one.statement),
        "standing": one.standing.value,
        "reason": one.reason,
    }


def _read(value: object) -> Nomination:
    fields = Fields(value, "nomination")
    standing = fields.text("standing")
    if standing not in {one.value for one in Standing}:
        raise UnreadableContentError("nomination.standing is unknown")
    nomination = Nomination(
        number=fields.whole("number", 1, _MOST),
        contest=fields.whole("contest", 0, 99),
        name=fields.text("name", _ANY),
        symbol=fields.text("symbol", _ANY),
        day=fields.day("day"),
        consent=fields.flag("consent"),
        people=tuple(a_text(one, "nomination.people", _ANY) for one in fields.items("people", _MOST)),
        seconders=tuple(a_text(one, "nomination.seconders", _ANY) for one in fields.items("seconders", _MOST)),
        statement={
            LanguageTag(a_text(tag, "nomination.statement", TAG_PATTERN)): text
            for tag, text in fields.texts("statement").items()
        },
        standing=Standing(standing),
        reason=fields.text("reason", _ANY),
    )
    fields.close()
    return nomination
