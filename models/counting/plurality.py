"""Most votes, for one mark a ballot or several (approval): the largest are elected, equals at the edge by lot.

Rule 1: votes are added up; nothing else of a ballot counts, and combinations are never kept.
Rule 2: marks for somebody who withdrew are left out; a ballot left with nothing is not valid.
Rule 3: whoever is equal at the edge and has no lot stops the count.
Source: elections.md section 7.2.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from models.counting.ties import NO_LOTS, Lots, Tie, drawn
from models.counting.votes import Rankings, struck_out

ONLY_STAGE: Final = 1


@dataclass(frozen=True, slots=True)
class PluralityCount:
    """`totals` in votes by candidate number from 1; `valid` and `withdrawn_only` in ballots; `elected` in order."""

    seats: int
    valid: int
    totals: tuple[int, ...]
    elected: tuple[int, ...]
    ties: tuple[Tie, ...]
    lots: Lots
    withdrawn_only: int = 0


def count_plurality(
    marks: Rankings, candidates: int, seats: int, *, withdrawn: Collection[int] = (), lots: Lots = NO_LOTS
) -> PluralityCount:
    """Add up all marks of every ballot and elect the largest; blanks are left out.

    For one mark a ballot give `first_marks` of the ballots. Raises LotNeededError.
    """
    struck = struck_out(marks, withdrawn)
    totals = totals_of(struck.rankings, candidates)
    standing = [candidate for candidate in range(1, candidates + 1) if candidate not in withdrawn]
    elected, ties = _largest(standing, totals, seats, lots)
    return PluralityCount(seats, struck.valid, totals, elected, ties, lots, struck.withdrawn_only)


def totals_of(marks: Rankings, candidates: int) -> tuple[int, ...]:
    """Return how many ballots mark each candidate, by number from 1."""
    totals = [0] * candidates
    for marked, weight in marks.items():
        for candidate in marked:
            totals[candidate - 1] += weight
    return tuple(totals)


def _largest(
    standing: list[int], totals: tuple[int, ...], seats: int, lots: Lots
) -> tuple[tuple[int, ...], tuple[Tie, ...]]:
    """Return who has the most votes, in order, and the lots at the edge; equals who all have a seat need none."""
    by_votes = sorted(standing, key=lambda candidate: (-totals[candidate - 1], candidate))
    if len(by_votes) <= seats:
        return tuple(by_votes), ()
    edge = totals[by_votes[seats - 1] - 1]
    above = [candidate for candidate in by_votes if totals[candidate - 1] > edge]
    equal = [candidate for candidate in by_votes if totals[candidate - 1] == edge]
    left = seats - len(above)
    if len(equal) == left:
        return tuple(above + equal), ()
    ties = []
    for _ in range(left):
        tie = drawn(lots, ONLY_STAGE, "seat", equal)
        equal.remove(tie.chosen)
        ties.append(tie)
    return tuple(above + [tie.chosen for tie in ties]), tuple(ties)
