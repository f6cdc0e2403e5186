"""The lists of slip keys, and an election as a kiosk holds it: definition, D and the keys of every contest.

Rule 1: a list is one hex key a line, ascending, no key twice; nothing in it tells who, when or in what order.
Rule 2: a list belongs to a definition that names its hash and its length, or the booth does not open.
Source: elections.md 5.3, points 4e and 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from models.election.ballot import Hash
from models.election.defined import read_definition
from models.election.definition import Definition
from models.errors import OtherElectionError, PlanRefusedError, RegistrarError

_LINES: Final = re.compile(rb"(?:[0-9a-f]{64}\n)*")
_LINE_BYTES: Final = 65


@dataclass(frozen=True, slots=True)
class Election:
    """An election whose parts fit each other. `d` is D; `keys` are slip keys by contest."""

    definition: Definition
    d: bytes
    keys: Mapping[int, frozenset[bytes]] = field(repr=False)

    def electorate_of(self, slip_keys: Mapping[int, bytes]) -> str | None:
        """Return the electorate whose contests, all of them and no other, list these keys; None where there is none.

        `slip_keys`: contest number -> public half, for every contest of the election.
        """
        found = {number for number, key in slip_keys.items() if key in self.keys[number]}
        for one in self.definition.electorates:
            if found and found == {contest.number for contest in self.definition.contests_of(one.id)}:
                return one.id
        return None


def write_keys(keys: Iterable[bytes]) -> bytes:
    """Return a key file: ascending, one hex key a line."""
    return b"".join(key.hex().encode() + b"\n" for key in sorted(keys))


def read_keys(unverified: bytes) -> tuple[bytes, ...]:
    """Return the keys of a file, or raise RegistrarError where it is not sorted, names one twice or holds no keys."""
    if not _LINES.fullmatch(unverified):
        raise RegistrarError(detail="a key file is not one key of 64 hex digits a line")
    keys = tuple(
        bytes.fromhex(unverified[at : at + _LINE_BYTES - 1].decode()) for at in range(0, len(unverified), _LINE_BYTES)
    )
    if keys != tuple(sorted(set(keys))):
        raise RegistrarError(detail="a key file is not in order, or names a key twice")
    return keys


def gather(unverified_definition: bytes, key_files: Mapping[int, bytes], sha256: Hash) -> Election:
    """Return an election from its files, or raise OtherElectionError: the booth does not open."""
    try:
        definition = read_definition(unverified_definition)
        lists = {number: read_keys(content) for number, content in key_files.items()}
    except (PlanRefusedError, RegistrarError) as wrong:
        raise OtherElectionError(detail=str(wrong.facts.get("detail"))) from wrong
    for contest in definition.contests:
        if contest.number not in lists or sha256(key_files[contest.number]) != contest.keys:
            raise OtherElectionError(detail=f"the key list of contest {contest.number} is not the one defined")
        if len(lists[contest.number]) != definition.slips(contest):
            raise OtherElectionError(detail=f"the key list of contest {contest.number} has another length than defined")
    numbers = [contest.number for contest in definition.contests]
    return Election(definition, sha256(unverified_definition), {number: frozenset(lists[number]) for number in numbers})
