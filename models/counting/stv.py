"""Scottish STV: the weighted inclusive Gregory method, exact in whole numbers, with every stage on record.

Rule 1: the unit is 0.00001 vote; values are cut and never rounded, and what is cut off is not transferable.
Rule 2: one stage moves the papers of one candidate: the largest waiting surplus, else the smallest total.
Rule 3: papers go to continuing candidates alone, never to an elected one, whether or not a surplus waits.
Rule 4: the count stops as soon as the seats are filled or the continuing candidates are no more than the seats left.
Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52; elections.md 7.1.

A paper is not marked when it moves. Candidates never come back, so the first continuing name of the whole ranking is
always the next one, and papers of one value and weight are a plain list: this is what makes the count fast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Literal, NewType

from models.counting.ties import NO_LOTS, Lots, Tie, settled
from models.counting.votes import ByWeight, Ranking, Rankings, by_weight, struck_out

Units = NewType("Units", int)  # 0.00001 vote
ONE_VOTE: Final = Units(100_000)
DECIMALS: Final = 5
StageKind = Literal["first-preferences", "surplus", "exclusion"]
_Pile = defaultdict[tuple[int, int], list[Ranking]]  # (value in units, weight) -> papers


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage did. All figures in units, by candidate number from 1: `totals[0]` is the first candidate's.

    `source`: whose papers moved; 0 at stage 1, where `transfers` are the first preferences themselves. `surplus`: its
    size, None but for a surplus. `elected`: who was elected at the end of this stage, in order.
    """

    number: int
    kind: StageKind
    source: int
    transfers: tuple[Units, ...]
    totals: tuple[Units, ...]
    non_transferable: Units
    elected: tuple[int, ...]
    surplus: Units | None = None


@dataclass(frozen=True, slots=True)
class StvCount:
    """A whole count: `quota` in votes, `valid` and `withdrawn_only` in ballots, `elected` as (candidate, stage)."""

    seats: int
    valid: int
    quota: int
    stages: tuple[Stage, ...]
    elected: tuple[tuple[int, int], ...]
    ties: tuple[Tie, ...]
    lots: Lots
    withdrawn_only: int = 0


def quota_of(valid: int, seats: int) -> int:
    """Return the Droop quota in votes: floor(valid / (seats + 1)) + 1, fixed for the whole count. Source: rule 46."""
    return valid // (seats + 1) + 1


def transfer_value(surplus: int, value: int, credited: int) -> int:
    """Return what a paper of `value` is worth when it leaves an elected candidate with `credited`.

    Units: 0.00001 vote. Error: cut, never rounded, so less than one unit a paper is lost, and the stage books it as
    not transferable. Source: SSI 2007/42, rule 48.
    """
    return surplus * value // credited


def count_stv(
    rankings: Rankings, candidates: int, seats: int, *, withdrawn: Collection[int] = (), lots: Lots = NO_LOTS
) -> StvCount:
    """Count rankings with their weights; blanks are left out, and who withdrew is struck out first.

    Raises LotNeededError where candidates are equal at every stage and `lots` has no number for them.
    """
    struck = struck_out(rankings, withdrawn)
    return count_papers(
        by_weight(struck.rankings),
        candidates,
        seats,
        withdrawn=withdrawn,
        lots=lots,
        withdrawn_only=struck.withdrawn_only,
    )


def count_papers(
    papers: ByWeight,
    candidates: int,
    seats: int,
    *,
    withdrawn: Collection[int] = (),
    lots: Lots = NO_LOTS,
    withdrawn_only: int = 0,
) -> StvCount:
    """Count papers by weight, none blank and none with the name of somebody who withdrew.

    Equal papers may stand apart: {1: every ballot} gives the same count as the merged rankings.
    """
    counting = _Counting(papers, candidates, seats, frozenset(withdrawn), lots)
    counting.run()
    return StvCount(
        seats=seats,
        valid=counting.valid,
        quota=counting.quota // ONE_VOTE,
        stages=tuple(counting.stages),
        elected=tuple(counting.elected),
        ties=tuple(counting.ties),
        lots=lots,
        withdrawn_only=withdrawn_only,
    )


class _Counting:
    """The piles of papers, and what was done with them so far; lists by candidate have an unused place 0."""

    def __init__(self, papers: ByWeight, candidates: int, seats: int, withdrawn: frozenset[int], lots: Lots) -> None:
        self.seats, self.lots = seats, lots
        self.continuing = [candidate for candidate in range(1, candidates + 1) if candidate not in withdrawn]
        self.waiting: list[int] = []
        self.elected: list[tuple[int, int]] = []
        self.stages: list[Stage] = []
        self.ties: list[Tie] = []
        self.history: list[list[int]] = []
        self.totals = [0] * (candidates + 1)
        self.piles: list[_Pile] = [defaultdict(list) for _ in range(candidates + 1)]
        for weight, rankings in papers.items():
            self._hand_out(rankings, ONE_VOTE, weight)
        self.valid = sum(self.totals) // ONE_VOTE
        self.quota = quota_of(self.valid, seats) * ONE_VOTE

    def run(self) -> None:
        """Go from stage to stage until the seats are filled."""
        self._end_stage("first-preferences", 0, [0] * len(self.totals))
        while len(self.elected) < self.seats and self.continuing:
            before = self.totals.copy()
            if self.waiting:
                chosen = self._largest_surplus()
                surplus = Units(self.totals[chosen] - self.quota)
                self._transfer_surplus(chosen, surplus)
                self._end_stage("surplus", chosen, before, surplus)
            else:
                chosen = self._smallest()
                self._exclude(chosen)
                self._end_stage("exclusion", chosen, before)

    def _hand_out(self, rankings: Collection[Ranking], value: int, weight: int) -> None:
        """Give every paper to its first continuing candidate; papers without one stay out."""
        key, before = (value, weight), {}
        put: list[Callable[[Ranking], None] | None] = [None] * len(self.totals)
        for candidate in self.continuing:
            pile = self.piles[candidate][key]
            put[candidate], before[candidate] = pile.append, len(pile)
        for ranking in rankings:
            for candidate in ranking:
                give = put[candidate]
                if give is not None:
                    give(ranking)
                    break
        for candidate, had in before.items():
            self.totals[candidate] += (len(self.piles[candidate][key]) - had) * value * weight

    def _taken_from(self, candidate: int) -> _Pile:
        pile, self.piles[candidate] = self.piles[candidate], defaultdict(list)
        return pile

    def _transfer_surplus(self, chosen: int, surplus: Units) -> None:
        """Move all papers of an elected candidate at their transfer value (rule 48)."""
        self.waiting.remove(chosen)
        credited, self.totals[chosen] = self.totals[chosen], self.quota
        for (value, weight), papers in self._taken_from(chosen).items():
            self._hand_out(papers, transfer_value(surplus, value, credited), weight)

    def _exclude(self, chosen: int) -> None:
        """Move all papers of an excluded candidate, each at its own value, in one stage (rule 50)."""
        self.continuing.remove(chosen)
        self.totals[chosen] = 0
        for (value, weight), papers in self._taken_from(chosen).items():
            self._hand_out(papers, value, weight)

    def _largest_surplus(self) -> int:
        """Choose whose surplus goes next: the largest now, whenever elected (rule 49)."""
        most = max(self.totals[candidate] for candidate in self.waiting)
        tied = [candidate for candidate in self.waiting if self.totals[candidate] == most]
        return self._one_of(tied, "surplus")

    def _smallest(self) -> int:
        """Choose who is excluded: the smallest total now (rule 50)."""
        least = min(self.totals[candidate] for candidate in self.continuing)
        tied = [candidate for candidate in self.continuing if self.totals[candidate] == least]
        return self._one_of(tied, "exclusion")

    def _one_of(self, tied: list[int], over: Literal["surplus", "exclusion"]) -> int:
        if len(tied) == 1:
            return tied[0]
        tie = settled(self.history, tied, over, self.lots)
        self.ties.append(tie)
        return tie.chosen

    def _end_stage(self, kind: StageKind, source: int, before: list[int], surplus: Units | None = None) -> None:
        """Elect whoever is to be elected now, and book the stage."""
        self.history.append(self.totals.copy())
        elected = self._elect()
        number = len(self.stages) + 1
        self.elected += [(candidate, number) for candidate in elected]
        self.stages.append(
            Stage(
                number=number,
                kind=kind,
                source=source,
                transfers=tuple(Units(now - then) for now, then in zip(self.totals[1:], before[1:], strict=True)),
                totals=tuple(map(Units, self.totals[1:])),
                non_transferable=Units(self.valid * ONE_VOTE - sum(self.totals)),
                elected=tuple(elected),
                surplus=surplus,
            )
        )

    def _elect(self) -> list[int]:
        """Elect those at the quota (rule 47), then all who are left if they are no more than the seats (rule 51)."""
        reached = self._in_order([c for c in self.continuing if self.totals[c] >= self.quota])
        self.continuing = [c for c in self.continuing if c not in reached]
        self.waiting += [c for c in reached if self.totals[c] > self.quota]
        left = self.seats - len(self.elected) - len(reached)
        if left and len(self.continuing) <= left:
            reached += self._in_order(self.continuing)
            self.continuing = []
        return reached

    def _in_order(self, candidates: list[int]) -> list[int]:
        """List by total, larger first; equals by the latest earlier stage where they differ, then by number."""
        latest_first = self.history[::-1]
        return sorted(candidates, key=lambda c: ([-totals[c] for totals in latest_first], c))
