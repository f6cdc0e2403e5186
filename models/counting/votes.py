"""What is counted: candidates by number, and rankings with how many ballots gave each.

Rule 1: a candidate is a number from 1; names and parties are for people, and no rule looks at them.
Rule 2: a ranking is a tuple of numbers without repeats, most wanted first; the empty one is a blank ballot.
Rule 3: equal rankings are one entry with a weight: how the ballots were grouped, or in what order, tells nothing.
Source: elections.md sections 7 and 12.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Ranking: TypeAlias = tuple[int, ...]
Rankings: TypeAlias = Mapping[Ranking, int]
ByWeight: TypeAlias = Mapping[int, Sequence[Ranking]]  # weight -> rankings that so many ballots gave


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate, party or option; `party` is empty where the name says all."""

    number: int
    name: str
    party: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Struck:
    """Rankings without those who withdrew, how many of them are valid, and how many were left with nothing."""

    rankings: Rankings
    valid: int
    withdrawn_only: int


def merged(weighted: Iterable[tuple[Ranking, int]]) -> dict[Ranking, int]:
    """Return the rankings, each once, with the sum of their weights."""
    sums: defaultdict[Ranking, int] = defaultdict(int)
    for ranking, weight in weighted:
        sums[ranking] += weight
    return dict(sums)


def struck_out(rankings: Rankings, withdrawn: Collection[int]) -> Struck:
    """Return the rankings without blanks and without the candidates who withdrew, merged again."""
    marked = {ranking: weight for ranking, weight in rankings.items() if ranking}
    if not withdrawn:
        return Struck(marked, sum(marked.values()), 0)
    gone = frozenset(withdrawn)
    left = merged((tuple(c for c in ranking if c not in gone), weight) for ranking, weight in marked.items())
    nothing = left.pop((), 0)
    return Struck(left, sum(left.values()), nothing)


def by_weight(rankings: Rankings) -> dict[int, list[Ranking]]:
    """Return the rankings gathered by weight, which the count of transfers takes; blanks are left out."""
    gathered: defaultdict[int, list[Ranking]] = defaultdict(list)
    for ranking, weight in rankings.items():
        if ranking:
            gathered[weight].append(ranking)
    return dict(gathered)


def first_marks(rankings: Rankings) -> dict[Ranking, int]:
    """Return the ballots with their first mark alone; blanks stay blank."""
    return merged((ranking[:1], weight) for ranking, weight in rankings.items())
