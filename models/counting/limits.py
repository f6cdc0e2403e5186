"""What may be shown of the votes of a small electorate: the used preferences, a cap on ranks, or the outcome alone.

Rule 1: a published ranking holds the candidates that held the paper during the count, in that order, and no others.
Rule 2: counting the published rankings again gives the same stages, totals and winners to the last unit.
Rule 3: where all valid votes are alike, or fewer than the minimum, the outcome is shown without a figure.
Rule 4: blank and spoilt are one figure while their sum is small.
Source: elections.md sections 9.2 to 9.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import perm
from typing import Final, Literal

from models.counting.stv import StvCount
from models.counting.votes import Ranking, Rankings, merged, struck_out

LEAST_MINIMUM: Final = 10
FULL_FROM: Final = 500  # valid ballots
_MOST_RANKS: Final = 5
_LEAST_RANKS: Final = 3
_PATTERNS_A_VOTER: Final = 20
_SMALL: Final = 10


def as_used(rankings: Rankings, count: StvCount, withdrawn: frozenset[int] = frozenset()) -> dict[Ranking, int]:
    """Return each valid ranking cut down to the candidates that held the paper, merged; blanks are left out."""
    moved = {stage.source: stage.number for stage in count.stages if stage.source}
    gone = {candidate: stage + 1 for candidate, stage in count.elected}  # the first stage that gives them nothing
    gone |= {stage.source: stage.number for stage in count.stages if stage.kind == "exclusion"}

    def used(ranking: Ranking) -> Ranking:
        held: list[int] = []
        now = 1
        for candidate in ranking:
            if gone.get(candidate, now + 1) > now:
                held.append(candidate)
                if candidate not in moved:
                    break
                now = moved[candidate]
        return tuple(held)

    valid = struck_out(rankings, withdrawn).rankings
    return merged((used(ranking), weight) for ranking, weight in valid.items())


def patterns(candidates: int, ranks: int) -> int:
    """Return how many different rankings of at most `ranks` names there are: m! / (m - i)! for i = 1..ranks, summed."""
    return sum(perm(candidates, rank) for rank in range(1, ranks + 1))


def proposed_cap(candidates: int, electorate: int) -> int:
    """Return how many ranks to allow: at most five, while rankings are at most 20 times the people, but at least three.

    Never more than there are candidates.
    """
    fitting = [
        ranks for ranks in range(1, _MOST_RANKS + 1) if patterns(candidates, ranks) <= _PATTERNS_A_VOTER * electorate
    ]
    return min(candidates, max(fitting[-1] if fitting else 0, _LEAST_RANKS))


def is_above_cap(candidates: int, electorate: int, ranks: int) -> bool:
    """Tell whether whoever prepares should be warned: so many ranks would let a voter mark a ballot with a pattern."""
    return ranks > proposed_cap(candidates, electorate)


def only_outcome(rankings: Rankings, minimum: int, withdrawn: frozenset[int] = frozenset()) -> str:
    """Return why figures must stay hidden: "few" or "unanimous" valid votes; empty where they may be shown.

    `rankings`: what would be published. Preferences as used can be alike where the whole rankings are not, and they
    too would tell how everybody voted.
    """
    valid = struck_out(rankings, withdrawn)
    if valid.valid < max(minimum, LEAST_MINIMUM):
        return "few"
    return "unanimous" if len(valid.rankings) == 1 else ""


def publishable(ranks: Literal["as-used", "full"], valid: int) -> Literal["as-used", "full"]:
    """Return how rankings are published: in full only where that was chosen and the valid ballots are 500 or more."""
    return "full" if ranks == "full" and valid >= FULL_FROM else "as-used"


def published_numbers(numbers: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers of ballots as they may be published: blank and spoilt in one figure while below ten."""
    both = numbers.get("blank", 0) + numbers.get("spoilt", 0)
    if both >= _SMALL:
        return dict(numbers)
    rest = {key: value for key, value in numbers.items() if key not in {"blank", "spoilt"}}
    return rest | {"blank_or_spoilt": both}
