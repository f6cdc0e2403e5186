"""A slip being voted with, as a value: its votes in order, what is chosen so far, and what a touch makes of it.

Rule 1: frozen; every touch gives a new value, and the old one is dropped with all that was in it.
Rule 2: an invalid ballot cannot arise: one mark moves, a place closes its gap, at the limit nothing changes.
Rule 3: nothing here is written, logged or shown in a repr; keys and seed go with the value.
Rule 4: a paper ballot is entered as it is: names in the order of the paper, and a mark for whoever has withdrawn too.
Source: elections.md sections 2, 3, 4 and 5.10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from models import seal
from models.election.ballot import Ballot, Mark
from models.election.boxes import Kind
from models.election.definition import Candidate, Contest, screen_order
from models.elections import OnTheShelf


class Slip(Protocol):
    """A slip whose code was typed, as models.ballot_box makes it; its keys are nobody's to look at here."""

    @property
    def electorate(self) -> str:
        """Return whose slip it is: which contests it votes in."""


@dataclass(frozen=True, slots=True)
class Poll:
    """The poll that is open on this kiosk: its election, the number of the open box, and what it takes."""

    shelved: OnTheShelf
    box: int
    kind: Kind = "kiosk"


@dataclass(frozen=True, slots=True)
class Voting:
    """What a slip has chosen so far, by contest number; `seed` orders the names, for this sitting alone."""

    poll: Poll
    slip: Slip = field(repr=False)
    seed: bytes = field(repr=False)
    ballots: Mapping[int, Ballot] = field(default_factory=dict, repr=False)

    @property
    def contests(self) -> tuple[Contest, ...]:
        """Return the votes of this slip, in order."""
        return self.poll.shelved.election.definition.contests_of(self.slip.electorate)

    @property
    def whole(self) -> bool:
        """Return whether every vote has its ballot."""
        return all(contest.number in self.ballots for contest in self.contests)

    def candidates(self, contest: Contest) -> tuple[Candidate, ...]:
        """Return the candidates in the order of this sitting; those of a paper as it lists them."""
        if self.poll.kind == "paper":
            return contest.candidates
        order = screen_order(contest, self.seed, self.poll.shelved.election.d, seal.tagged)
        by_number = {candidate.number: candidate for candidate in contest.candidates}
        return tuple(by_number[number] for number in order)

    def chosen(self, contest: Contest) -> tuple[int, ...]:
        """Return who is chosen; for a ranking in order."""
        ballot = self.ballots.get(contest.number)
        return () if ballot is None else ballot.choices

    def marked(self, contest: Contest) -> Mark | None:
        """Return BLANK or SPOILT where somebody wished so, else None."""
        ballot = self.ballots.get(contest.number)
        return None if ballot is None or ballot.mark is Mark.CHOICES else ballot.mark

    def barred(self, contest: Contest) -> frozenset[int]:
        """Return who cannot be chosen: whoever has withdrawn, but a paper may have been marked before that."""
        return frozenset() if self.poll.kind == "paper" else self.poll.shelved.withdrawn(contest.number)


def touched(voting: Voting, contest: Contest, candidate: int) -> tuple[Voting, bool]:
    """Return the voting after a name was touched, and whether it is full: then nothing changed."""
    if candidate not in contest.numbers or candidate in voting.barred(contest):
        return voting, False
    before = voting.chosen(contest)
    if contest.kind not in ("approve", "rank"):
        return _chosen(voting, contest, (candidate,)), False
    if candidate in before:
        return _chosen(voting, contest, tuple(one for one in before if one != candidate)), False
    if len(before) >= contest.max_marks:
        return voting, True
    after = (*before, candidate)
    return _chosen(voting, contest, after if contest.kind == "rank" else tuple(sorted(after))), False


def undone(voting: Voting, contest: Contest) -> Voting:
    """Return the voting without the last place of a ranking."""
    return _chosen(voting, contest, voting.chosen(contest)[:-1])


def wished(voting: Voting, contest: Contest, mark: Mark) -> Voting:
    """Return the voting with a blank or a spoilt ballot, as the voter wished."""
    return replace(voting, ballots={**voting.ballots, contest.number: Ballot(mark)})


def _chosen(voting: Voting, contest: Contest, choices: tuple[int, ...]) -> Voting:
    others = {number: ballot for number, ballot in voting.ballots.items() if number != contest.number}
    if choices:
        others[contest.number] = Ballot(Mark.CHOICES, choices)
    return replace(voting, ballots=others)
