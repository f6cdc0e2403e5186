"""What may leave the pool, when, and in what shuffled order (custody section 5, point 4).

Rule 1: pure: the day, the pool and the shuffle are arguments.
Rule 2: no batch holds fewer than `least` records unless it is flagged small.
Rule 3: at most one numbering a day, whatever the clock is turned to and however often staff press.
Rule 4: nothing here knows the order in which records were handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Protocol, TypeVar

from models.seal import Digest, RecordId

T = TypeVar("T")

STEP_S: Final = 300
"""Seconds between two cover writes; `ran` counts these steps."""
_DAY_OF_RUNNING: Final = 20 * 3600 // STEP_S
RECORD_LIMIT: Final = 500
BODY_LIMIT_BYTES: Final = 1 << 20
FORM_LIMIT: Final = 64
_ENTRY_BYTES: Final = 6  # at most, around the sealed bytes: array head, form index, string head
_LIST_BYTES: Final = 3


class Shuffle(Protocol):
    """Returns the items in an order that nobody can foresee; `models.seal.shuffled`."""

    def __call__(self, items: Sequence[T], /) -> tuple[T, ...]:
        """Shuffle."""
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record in the pool, as far as numbering may see it. `size` in bytes, sealed."""

    id: RecordId
    form: Digest
    day: date
    size: int


@dataclass(frozen=True, slots=True)
class Rule:
    """K, R and HOLD of the design; `own` names forms that wait for so many of their own."""

    least: int = 10
    residue: int = 3
    hold_days: int = 21
    young_days: int = 7
    own: Mapping[Digest, int] | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """When numbering last happened: the clock's day, the newest day a receipt had vouched for, and steps run since."""

    day: date
    vouched: date
    ran: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What leaves the pool now, in the order of its numbers, cut into batches of at least `least` unless small."""

    batches: tuple[tuple[RecordId, ...], ...]
    small: tuple[bool, ...]

    @property
    def ids(self) -> tuple[RecordId, ...]:
        """All records that leave, in order."""
        return tuple(record for batch in self.batches for record in batch)


def may_number(today: date, vouched: date, last: Numbered) -> bool:
    """Tell whether a day has gone by since the last numbering; the night window is the caller's concern.

    The clock's date must have changed, and 20 h of running lie between, or a receipt of a later day (`vouched` is the
    newest day that any receipt has vouched for). A clock that is turned can satisfy the first half only.
    """
    by_receipt = vouched > max(last.day, last.vouched)
    return today != last.day and (last.ran >= _DAY_OF_RUNNING or by_receipt)


def choose(
    pool: Sequence[Waiting],
    today: date,
    rule: Rule,
    closed: AbstractSet[Digest],
    shuffle: Shuffle,
    *,
    retires: bool = False,
) -> Chosen | None:
    """Return what leaves the pool now, or None if nothing may.

    Reasons: `least + residue` records wait, the oldest has waited `hold_days`, a consultation of one has closed, or
    the kiosk retires. All leave but a random residue of young records; a record whose consultation closed never stays.
    """
    ready = _with_company(pool, today, rule, closed, retires=retires)
    held = any(_age(one, today) >= rule.hold_days for one in ready)
    forced = retires or any(one.form in closed for one in ready)
    if not ready or not (len(ready) >= rule.least + rule.residue or held or forced):
        return None
    young = [one for one in ready if _age(one, today) < rule.young_days and one.form not in closed]
    stay = frozenset() if retires else frozenset(one.id for one in shuffle(young)[: rule.residue])
    leaving = shuffle([one for one in ready if one.id not in stay])
    if not leaving:
        return None
    pieces = _cut(leaving)
    return Chosen(
        tuple(tuple(one.id for one in piece) for piece in pieces), tuple(len(piece) < rule.least for piece in pieces)
    )


def _age(one: Waiting, today: date) -> int:
    """Return days waited; a day ahead of the clock counts by its distance, so that none waits for good."""
    return abs((today - one.day).days)


def _with_company(
    pool: Sequence[Waiting], today: date, rule: Rule, closed: AbstractSet[Digest], *, retires: bool
) -> list[Waiting]:
    """Return the records that need not wait for more of their own form."""
    own = rule.own or {}
    count = Counter(one.form for one in pool)
    late = {one.form for one in pool if _age(one, today) >= rule.hold_days}
    return [
        one
        for one in pool
        if retires or one.form in closed or one.form in late or count[one.form] >= own.get(one.form, 0)
    ]


def pieces(leaving: Sequence[T], size: Callable[[T], int]) -> list[Sequence[T]]:
    """Return the fewest pieces of nearly equal count that keep to the limits, so that no short tail stands alone.

    `size` is that of a record in bytes, sealed. How many forms there are is not looked at.
    """
    count = -(-len(leaving) // RECORD_LIMIT)
    while True:
        bounds = [len(leaving) * at // count for at in range(count + 1)]
        made = [leaving[first:end] for first, end in pairwise(bounds)]
        if count >= len(leaving) or all(
            _LIST_BYTES + sum(size(one) + _ENTRY_BYTES for one in piece) <= BODY_LIMIT_BYTES for piece in made
        ):
            return made
        count += 1


def _cut(leaving: Sequence[Waiting]) -> list[Sequence[Waiting]]:
    """Return the fewest pieces of nearly equal count that keep to the limits, so that no short tail stands alone."""
    count = -(-len(leaving) // RECORD_LIMIT)
    while True:
        bounds = [len(leaving) * at // count for at in range(count + 1)]
        pieces = [leaving[first:end] for first, end in pairwise(bounds)]
        if count >= len(leaving) or all(_fits(piece) for piece in pieces):
            return pieces
        count += 1


def _fits(piece: Sequence[Waiting]) -> bool:
    size = _LIST_BYTES + sum(one.size + _ENTRY_BYTES for one in piece)
    return len(piece) <= RECORD_LIMIT and size <= BODY_LIMIT_BYTES and len({one.form for one in piece}) <= FORM_LIMIT
