"""What an election is: contests, candidates, electorates, kiosks, witnesses; read once, with every limit checked.

Rule 1: the bytes are the one spelling of the value, so D, their SHA-256, names the election.
Rule 2: a refusal names contest, field and reason (`PlanRefusedError`), and there is no half definition.
Rule 3: the order of candidates on a screen comes from a seed that is an argument and is kept nowhere.
Rule 4: whether a ballot fits its contest is said here and nowhere else.
Source: elections.md sections 3, 4, 5.3 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from models.canonical import LanguageTag
from models.election.ballot import Ballot, Mark
from models.election.merge import Tagged
from models.election.proposal import Proposal

Rule = Literal["plurality", "approval", "scottish-stv", "party-list", "question"]
BallotKind = Literal["one", "approve", "rank", "list", "question"]
Order = Literal["fixed", "drawn", "shuffled"]
Publish = Literal["as-used", "full", "totals", "result-only"]
Method = Literal["hare", "sainte-lague", "dhondt"]
Majority = Literal["simple", "two-thirds"]
QuorumOf = Literal["turnout", "yes"]
Role = Literal["returning-officer", "registrar", "trustee", "observer"]
RULES: Final[Mapping[BallotKind, Rule]] = {
    "one": "plurality",
    "approve": "approval",
    "rank": "scottish-stv",
    "list": "party-list",
    "question": "question",
}
"""The rule that counts each kind of ballot."""
LIMIT_BYTES: Final = 4 * 1024 * 1024
MINIMUM_LEAST: Final = 10
STATEMENT_MOST: Final = 600
OPTIONS: Final = (1, 2, 3)
"""Yes, no, abstain: the choices of a question."""
TRUSTEES: Final = 3
OBSERVERS_LEAST: Final = 2
HEX_16: Final = re.compile(r"[0-9a-f]{32}")
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote: a named list on paper. `size` people on the roll; `spare` and `audit` slips beside theirs."""

    id: str
    group: str
    size: int
    spare: int
    audit: int

    @property
    def slips(self) -> int:
        """Slips printed for it, which is the number of its keys in every contest it votes in."""
        return self.size + self.spare + self.audit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person, party or option. `photo` and `audio` are SHA-256 of media, in hex; `people` is a party's list.

    `reach` says how to reach this one once elected, where that differs from how all of the contest are reached.
    """

    number: int
    name: Mapping[LanguageTag, str]
    symbol: str
    photo: str | None = None
    statement: Mapping[LanguageTag, str] = field(default_factory=dict)
    audio: Mapping[LanguageTag, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    reach: Mapping[LanguageTag, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must take part, or say yes, as a share of the roll in percent."""

    of: QuorumOf
    percent: int


@dataclass(frozen=True, slots=True)
class Contest:
    """One thing to vote on. `keys` is the SHA-256 of the key file, 32 bytes.

    `about` says more. A question that is a proposal has its `proposal` instead, with both sides of it. `reach` says how
    those who are elected are reached.
    """

    number: int
    title: Mapping[LanguageTag, str]
    about: Mapping[LanguageTag, str]
    kind: BallotKind
    electorates: tuple[str, ...]
    seats: int
    max_marks: int
    order: Order
    minimum: int
    publish: Publish
    candidates: tuple[Candidate, ...]
    keys: bytes
    method: Method = "hare"
    threshold: int = 0
    quorum: Quorum | None = None
    majority: Majority = "simple"
    proposal: Proposal | None = None
    reach: Mapping[LanguageTag, str] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """How it is counted."""
        return RULES[self.kind]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers a ballot may hold, as listed."""
        return tuple(candidate.number for candidate in self.candidates)

    def admits(self, ballot: Ballot) -> bool:
        """Tell whether a ballot that decodes keeps to the rules of this contest; blank and spoilt ones always do."""
        if ballot.mark is not Mark.CHOICES:
            return True
        chosen = ballot.choices
        known = len(set(chosen)) == len(chosen) and set(chosen) <= set(self.numbers)
        in_order = self.kind != "approve" or chosen == tuple(sorted(chosen))
        return known and in_order and 1 <= len(chosen) <= self.max_marks


@dataclass(frozen=True, slots=True)
class PollingKiosk:
    """A kiosk of the election: its id, 16 bytes, the wing it stands on, and the public half of its batch key."""

    id: bytes
    wing: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who signs with a code on paper."""

    number: int
    role: Role
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Definition:
    """An election, whole. `id` is E, 16 bytes; `election_key` the X25519 public key, 32 bytes; dates are ISO days.

    `outside` names the person from outside the establishment who answers disputes, and says how to reach them.
    """

    id: bytes
    election_key: bytes
    title: Mapping[LanguageTag, str]
    dates: Mapping[str, str]
    electorates: tuple[Electorate, ...]
    contests: tuple[Contest, ...]
    kiosks: tuple[PollingKiosk, ...]
    witnesses: tuple[Witness, ...]
    allow_spoil: bool
    outside: Mapping[LanguageTag, str] = field(default_factory=dict)

    @property
    def languages(self) -> frozenset[LanguageTag]:
        """The languages of the election: those of its title."""
        return frozenset(self.title)

    def contest(self, number: int) -> Contest:
        """Return a contest by its number; KeyError where there is none."""
        return {contest.number: contest for contest in self.contests}[number]

    def kiosk(self, name: bytes) -> PollingKiosk | None:
        """Return a kiosk by its id, or None."""
        return next((kiosk for kiosk in self.kiosks if kiosk.id == name), None)

    def contests_of(self, electorate: str) -> tuple[Contest, ...]:
        """Return the contests an electorate votes in, by number."""
        return tuple(contest for contest in self.contests if electorate in contest.electorates)

    def slips(self, contest: Contest) -> int:
        """Return how many keys the list of a contest holds."""
        return sum(one.slips for one in self.electorates if one.id in contest.electorates)

    def roll(self, contest: Contest) -> int:
        """Return how many people are on the roll of a contest."""
        return sum(one.size for one in self.electorates if one.id in contest.electorates)

    def of_role(self, role: Role) -> tuple[Witness, ...]:
        """Return the witnesses of one role, by number."""
        return tuple(witness for witness in self.witnesses if witness.role == role)

    def witness(self, number: int) -> Witness | None:
        """Return a witness by number, or None."""
        return next((witness for witness in self.witnesses if witness.number == number), None)


def screen_order(contest: Contest, seed: bytes, definition: bytes, tagged: Tagged) -> tuple[int, ...]:
    """Return candidate numbers as one sitting sees them: shuffled by a 16-byte seed, unless the order is settled.

    `definition` is D. The seed is drawn for each sitting and never stored (elections.md section 4).
    """
    if contest.order != "shuffled":
        return contest.numbers
    return shuffled_numbers(contest.number, contest.numbers, seed, definition, tagged)


def shuffled_numbers(
    contest: int, candidates: tuple[int, ...], seed: bytes, definition: bytes, tagged: Tagged
) -> tuple[int, ...]:
    """Return candidate numbers sorted by H("order"; seed, D, u8 contest, u8 candidate)."""
    return tuple(sorted(candidates, key=lambda one: tagged("order", seed, definition, bytes([contest]), bytes([one]))))
