"""Builders for whoever tests elections: the shared vectors, a plain definition, slips and sealed ballots."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from models import seal
from models.canonical import ENGLISH
from models.election.ballot import Ballot, Mark, write_ballot
from models.election.defined import read_definition, write_definition
from models.election.definition import (
    Candidate,
    Contest,
    Definition,
    Electorate,
    PollingKiosk,
    Role,
    Witness,
)
from models.election.keys import Election, gather, write_keys
from models.election.slip import Code, make_code

_BESIDE: Final = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "elections"
VECTORS: Final = Path(os.environ.get("WINGVOICE_ELECTIONS", _BESIDE)) / "vectors.json"
E: Final = bytes(range(16))
PRIVATE: Final = bytes([7]) * 32
PUBLIC: Final = seal.election_public(PRIVATE)
ROLES: Final[tuple[Role, ...]] = (
    "returning-officer",
    "registrar",
    "trustee",
    "trustee",
    "trustee",
    "observer",
    "observer",
)


@cache
def vectors() -> Mapping[str, Any]:
    """Return the shared vectors; only for tests under `needs_vectors`."""
    read: Mapping[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return read


def a_code(number: int) -> Code:
    """Return the code whose 20 digits are this number."""
    return make_code(f"{number:020d}")


def a_contest(number: int = 1, **more: Any) -> Contest:  # noqa: ANN401 - whatever a contest has
    """Return a ranked contest of four names; say more with the names of its fields."""
    fields: dict[str, Any] = {
        "number": number,
        "title": {ENGLISH: f"Contest {number}"},
        "about": {},
        "kind": "rank",
        "electorates": ("residents",),
        "seats": 2,
        "max_marks": 3,
        "order": "shuffled",
        "minimum": 10,
        "publish": "as-used",
        "candidates": tuple(Candidate(n, {ENGLISH: f"Name {n}"}, "sun") for n in range(1, 5)),
        "keys": bytes(32),
    }
    return Contest(**fields | more)


def a_question(number: int = 2, **more: Any) -> Contest:  # noqa: ANN401 - whatever a contest has
    """Return a question with its three options."""
    options = tuple(Candidate(n, {ENGLISH: word}, "sun") for n, word in enumerate(("Yes", "No", "Abstain"), 1))
    fields = {"kind": "question", "seats": 1, "max_marks": 1, "order": "fixed", "publish": "totals"}
    return a_contest(number, **fields | {"candidates": options} | more)


def a_definition(**more: Any) -> Definition:  # noqa: ANN401 - whatever a definition has
    """Return an election of one ranked contest and one question; say more with the names of its fields."""
    fields: dict[str, Any] = {
        "id": E,
        "election_key": PUBLIC,
        "title": {ENGLISH: "Wing council"},
        "dates": {"poll_opens": "2026-11-29", "poll_closes": "2026-11-29"},
        "electorates": (Electorate("residents", "residents", 20, 5, 6),),
        "contests": (a_contest(1), a_question(2)),
        "kiosks": (PollingKiosk(bytes(range(16)), "A", seal.public_half(bytes([1]) * 32)),),
        "witnesses": _witnesses(),
        "allow_spoil": True,
    }
    definition = Definition(**fields | more)
    return read_definition(write_definition(definition))


@cache
def _witnesses() -> tuple[Witness, ...]:
    return tuple(Witness(n, role, seal.public_half(seal.witness_key(a_code(n), E))) for n, role in enumerate(ROLES, 1))


def an_election(slip_count: int = 31, **more: Any) -> Election:  # noqa: ANN401 - whatever a definition has
    """Return an election with so many slips for its one electorate, who vote in all its contests."""
    definition = a_definition(electorates=(Electorate("residents", "residents", slip_count, 0, 0),), **more)
    files = {
        contest.number: write_keys(one.public(contest.number) for one in slips(slip_count))
        for contest in definition.contests
    }
    contests = tuple(replace(one, keys=bytes(seal.digest(files[one.number]))) for one in definition.contests)
    return gather(write_definition(replace(definition, contests=contests)), files, seal.digest)


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the election `E` as a test holds it."""

    code: Code

    @property
    def seed(self) -> bytes:
        """The slow part, once for each slip."""
        return _seed(self.code)

    def private(self, contest: int) -> bytes:
        """Return the private half of its key in a contest."""
        return seal.slip_key(self.seed, E, contest)

    def public(self, contest: int) -> bytes:
        """Return pk."""
        return seal.public_half(self.private(contest))

    def votes(self, contest: int, definition: bytes, *choices: int, mark: Mark = Mark.CHOICES) -> bytes:
        """Return a sealed ballot."""
        plain = write_ballot(Ballot(mark, choices))
        return seal.seal_ballot(plain, contest, definition, self.private(contest), PUBLIC)


@cache
def _seed(code: Code) -> bytes:
    return seal.slip_seed(code, E)


@cache
def slips(count: int) -> tuple[Slip, ...]:
    """Return the first so many slips."""
    return tuple(Slip(a_code(1000 + number)) for number in range(count))
