"""Shares seats among parties: largest remainders (Hare), Sainte-Lague or D'Hondt, in whole numbers.

Rule 1: fractions are compared by multiplying crosswise; equals by more votes, and equal votes by lot, seat by seat.
Rule 2: a party never gets more seats than its list has people; it then drops out with its votes and the rest is shared
        anew among the others.
Rule 3: seats that nobody can fill stay vacant, and without a single vote no seat is given.
Source: elections.md section 7.3.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from models.counting.plurality import totals_of
from models.counting.ties import NO_LOTS, Lots, Tie, drawn
from models.counting.votes import Rankings, struck_out

Method = Literal["hare", "sainte-lague", "dhondt"]
Shares: TypeAlias = dict[int, int]  # party number -> seats
_WHOLE: Final = 100  # per cent


@dataclass(frozen=True, slots=True)
class PartyListCount:
    """`totals` in votes and `seats_by_party` in seats, both by party number from 1; `vacant` seats nobody can fill."""

    method: Method
    seats: int
    valid: int
    totals: tuple[int, ...]
    seats_by_party: tuple[int, ...]
    vacant: int
    ties: tuple[Tie, ...]
    lots: Lots
    withdrawn_only: int = 0


def count_party_list(
    marks: Rankings,
    parties: int,
    seats: int,
    *,
    method: Method = "hare",
    threshold: int = 0,
    people: Sequence[int] | None = None,
    withdrawn: Collection[int] = (),
    lots: Lots = NO_LOTS,
) -> PartyListCount:
    """Add up one mark a ballot and share the seats.

    `threshold` in per cent of the valid votes. `people`: how many are on each party's list, by number from 1; None
    sets no limit. Raises LotNeededError.
    """
    struck = struck_out(marks, withdrawn)
    totals = totals_of(struck.rankings, parties)
    valid = sum(totals)
    kept = {
        number: votes
        for number, votes in enumerate(totals, start=1)
        if number not in withdrawn and _WHOLE * votes >= threshold * valid
    }
    limits = {number: seats if people is None else people[number - 1] for number in kept}
    shared, ties = share_seats(kept, seats, method, limits, lots)
    by_party = tuple(shared.get(number, 0) for number in range(1, parties + 1))
    return PartyListCount(
        method, seats, valid, totals, by_party, seats - sum(by_party), ties, lots, struck.withdrawn_only
    )


def share_seats(
    votes: Mapping[int, int], seats: int, method: Method, people: Mapping[int, int], lots: Lots = NO_LOTS
) -> tuple[Shares, tuple[Tie, ...]]:
    """Return the seats of each party and the lots that were drawn; `votes` and `people` are by party number."""
    fixed: Shares = {}
    ties: list[Tie] = []
    while True:
        left = {party: count for party, count in votes.items() if party not in fixed}
        free = seats - sum(fixed.values())
        shares = METHODS[method](left, free, _Seat(lots, seats - free, ties)) if sum(left.values()) else {}
        over = {party: people[party] for party, got in shares.items() if got > people[party]}
        if not over:
            return fixed | shares, tuple(ties)
        fixed |= over


def people_seated(people: Sequence[str], seats: int, withdrawn: Collection[str] = ()) -> tuple[str, ...]:
    """Return who takes a party's seats: in list order, those who withdrew skipped."""
    return tuple([person for person in people if person not in withdrawn][:seats])


@dataclass(slots=True)
class _Seat:
    """Who gets the next seat among parties that are equal; seats are numbered on from those already given."""

    lots: Lots
    given: int
    ties: list[Tie]

    def skip(self, seats: int) -> None:
        self.given += seats

    def one_of(self, equal: list[int], votes: Mapping[int, int]) -> int:
        """Choose one of the parties for the next seat: more votes first, then the lot of that seat."""
        self.given += 1
        if len(equal) == 1:
            return equal[0]
        most = max(votes[party] for party in equal)
        left = sorted(party for party in equal if votes[party] == most)
        if len(left) == 1:
            self.ties.append(Tie(self.given, "seat", tuple(sorted(equal)), "votes", left[0]))
        else:
            self.ties.append(drawn(self.lots, self.given, "seat", left, equal))
        return self.ties[-1].chosen


def _hare(votes: Mapping[int, int], seats: int, seat: _Seat) -> Shares:
    """Give whole shares of the votes, then one seat each to the largest remainders."""
    total = sum(votes.values())
    shares = {party: count * seats // total for party, count in votes.items()}
    remainders = {party: count * seats % total for party, count in votes.items()}
    seat.skip(sum(shares.values()))
    for _ in range(seats - sum(shares.values())):
        largest = max(remainders.values())
        chosen = seat.one_of([party for party, left in remainders.items() if left == largest], votes)
        shares[chosen] += 1
        del remainders[chosen]
    return shares


def _by_divisors(divisor: Callable[[int], int]) -> Callable[[Mapping[int, int], int, _Seat], Shares]:
    """Return the rule that gives seat by seat to the largest votes / divisor(seats so far)."""

    def share(votes: Mapping[int, int], seats: int, seat: _Seat) -> Shares:
        shares = dict.fromkeys(votes, 0)

        def compared(one: int, other: int) -> int:
            """Return more than 0 where the one's quotient is the larger, 0 where they are equal."""
            return votes[one] * divisor(shares[other]) - votes[other] * divisor(shares[one])

        for _ in range(seats):
            best: list[int] = []
            for party in votes:
                against = compared(party, best[0]) if best else 1
                best = [party] if against > 0 else [*best, party] if against == 0 else best
            shares[seat.one_of(best, votes)] += 1
        return shares

    return share


METHODS: Final[Mapping[Method, Callable[[Mapping[int, int], int, _Seat], Shares]]] = {
    "hare": _hare,
    "sainte-lague": _by_divisors(lambda seats: 2 * seats + 1),
    "dhondt": _by_divisors(lambda seats: seats + 1),
}
