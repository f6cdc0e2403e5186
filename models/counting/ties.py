"""How equals are told apart: by an earlier stage, then by a lot that nobody could foresee.

Rule 1: a lot is a number for each candidate, and the smallest is taken: transferred, excluded, elected, given the seat.
Rule 2: the numbers are a hash over dice thrown after the poll, over a seed, or an order drawn by hand; nothing else.
Rule 3: without them the count stops and says who is tied; no lot is ever drawn unseen.
Rule 4: every tie is recorded, and how it was settled.
Rule 5: hashes are made elsewhere (models.seal) and come as arguments.
Source: elections.md sections 7.1 and 7.5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models.errors import LotNeededError

Over = Literal["surplus", "exclusion", "seat"]
LotSource = Literal["beacon", "seed", "hand", "none"]
LotNumber = bytes | int  # 32 bytes of a hash, or the place in an order drawn by hand, from 1
SEED_CONTEST: Final = 0  # a votes file counted on its own belongs to no contest


@dataclass(frozen=True, slots=True)
class Tie:
    """Candidates who were equal, ascending, and who was taken.

    `settled`: "stage 5" by an earlier stage, "votes" by more votes (party seats), or "lot". `numbers` are for lots
    alone: who was still equal then, with the number drawn.
    """

    stage: int
    over: Over
    candidates: tuple[int, ...]
    settled: str
    chosen: int
    numbers: tuple[tuple[int, LotNumber], ...] = ()


@dataclass(frozen=True, slots=True)
class Lots:
    """Where lots come from; `number(stage, candidate)` is None where none was drawn for that candidate."""

    source: LotSource
    number: Callable[[int, int], LotNumber | None]


NO_LOTS: Final = Lots("none", lambda _stage, _candidate: None)


def lots_of_hash(
    tagged: Callable[..., bytes], beacon: bytes, contest: int, source: Literal["beacon", "seed"] = "beacon"
) -> Lots:
    """Return lots as H("lot"; beacon, u8 contest, u16 stage, u8 candidate); `tagged` is models.seal's."""

    def number(stage: int, candidate: int) -> bytes:
        return tagged("lot", beacon, contest.to_bytes(1), stage.to_bytes(2), candidate.to_bytes(1))

    return Lots(source, number)


def lots_by_hand(order: Sequence[int]) -> Lots:
    """Return lots as places in an order that people drew; the candidate drawn first is taken first."""
    places = {candidate: place for place, candidate in enumerate(order, start=1)}
    return Lots("hand", lambda _stage, candidate: places.get(candidate))


def drawn(lots: Lots, stage: int, over: Over, tied: Collection[int], among: Collection[int] = ()) -> Tie:
    """Take the tied candidate with the smallest number; `among` are all who were equal before earlier stages spoke.

    Raises LotNeededError where one of the tied has no number.
    """
    numbers: list[tuple[int, LotNumber]] = []
    for candidate in sorted(tied):
        number = lots.number(stage, candidate)
        if number is None:
            raise LotNeededError(stage, over, tuple(sorted(tied)))
        numbers.append((candidate, number))
    chosen = min(numbers, key=_by_number)[0]
    return Tie(stage, over, tuple(sorted(among or tied)), "lot", chosen, tuple(numbers))


def _by_number(drawn_for: tuple[int, LotNumber]) -> tuple[bytes, int]:
    candidate, number = drawn_for
    return (number if isinstance(number, bytes) else number.to_bytes(8), candidate)


def settled(
    history: Sequence[Sequence[int]], tied: Collection[int], over: Literal["surplus", "exclusion"], lots: Lots
) -> Tie:
    """Tell apart candidates who have equal totals now: by the latest earlier stage where they differ, else by lot.

    `history` holds the totals, by candidate number, at the end of every stage so far; those of the last are equal.
    The largest is taken for a surplus and the smallest for an exclusion. When some of them are equal there too, only
    those go on to the stages before it, which is our reading: the Order does not say. Source: SSI 2007/42, rules 49
    and 50.
    """
    left, extreme, stage = sorted(tied), max if over == "surplus" else min, len(history) + 1
    for earlier in range(len(history) - 2, -1, -1):
        totals = history[earlier]
        edge = extreme(totals[candidate] for candidate in left)
        left = [candidate for candidate in left if totals[candidate] == edge]
        if len(left) == 1:
            return Tie(stage, over, tuple(sorted(tied)), f"stage {earlier + 1}", left[0])
    return drawn(lots, stage, over, left, tied)
