"""What may leave the pool: no small unflagged batch, one numbering a day, nothing lost on the way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import Final, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import seal
from models.seal import RecordId
from sync import numbering
from sync.numbering import Chosen, Numbered, Rule, Waiting, choose, may_number

T = TypeVar("T")
TODAY: Final = date(2026, 11, 22)
LONG_AGO: Final = date(1970, 1, 1)
FORMS: Final = tuple(seal.digest(bytes([at])) for at in range(4))
RULE: Final = Rule()
DAY_OF_RUNNING: Final = 240


def waiting(count: int, days: int = 0, form: int = 0, size: int = 314, start: int = 0) -> list[Waiting]:
    """Return records that have waited so many days."""
    ids = (RecordId((start + at).to_bytes(16, "big")) for at in range(count))
    return [Waiting(one, FORMS[form], TODAY - timedelta(days), size) for one in ids]


def seeded(seed: int) -> numbering.Shuffle:
    """Return a shuffle that a test can repeat."""

    def shuffle(items: Sequence[T], /) -> tuple[T, ...]:
        return tuple(random.Random(seed).sample(items, len(items)))

    return shuffle


def chosen(pool: Sequence[Waiting], rule: Rule = RULE, closed: Sequence[int] = (), *, retires: bool = False) -> Chosen:
    """Return the choice, or fail."""
    choice = choose(pool, TODAY, rule, {FORMS[at] for at in closed}, seeded(1), retires=retires)
    assert choice is not None
    return choice


@pytest.mark.parametrize("count", range(13))
def test_fewer_than_thirteen_young_records_stay(count: int) -> None:
    assert choose(waiting(count, 20), TODAY, RULE, frozenset(), seeded(1)) is None


def test_thirteen_young_records_leave_but_three() -> None:
    choice = chosen(waiting(13))
    assert (len(choice.ids), choice.small) == (10, (False,))


def test_records_older_than_a_week_do_not_stay_behind() -> None:
    assert len(chosen(waiting(13, 7)).ids) == 13
    assert len(chosen(waiting(13, 6)).ids) == 10


def test_who_stays_behind_is_drawn_anew_each_time() -> None:
    everyone = {one.id for one in waiting(13)}
    draws = (choose(waiting(13), TODAY, RULE, frozenset(), seal.shuffled) for _ in range(40))
    stayed = {frozenset(everyone - set(draw.ids)) for draw in draws if draw is not None}
    assert len(stayed) > 20


def test_a_record_held_for_three_weeks_leaves_in_a_batch_flagged_small() -> None:
    assert choose(waiting(4, 20), TODAY, RULE, frozenset(), seeded(1)) is None
    choice = chosen(waiting(4, 21))
    assert (len(choice.ids), choice.small) == (4, (True,))


def test_a_closed_consultation_leaves_whole_and_flagged_small() -> None:
    pool = waiting(2, form=1) + waiting(4, start=50)
    choice = chosen(pool, closed=[1])
    assert {one.id for one in pool[:2]} <= set(choice.ids)
    assert (len(choice.ids), choice.small) == (3, (True,))


def test_a_kiosk_that_retires_keeps_nothing_back() -> None:
    choice = chosen(waiting(5), retires=True)
    assert (len(choice.ids), choice.small) == (5, (True,))


def test_a_sensitive_form_waits_for_enough_of_its_own() -> None:
    rule = Rule(own={FORMS[1]: 8})
    pool = waiting(14, 8) + waiting(7, 8, form=1, start=50)
    assert set(chosen(pool, rule).ids) == {one.id for one in pool[:14]}
    pool += waiting(1, 8, form=1, start=90)
    assert len(chosen(pool, rule).ids) == 22
    assert len(chosen(waiting(14, 8) + waiting(1, 21, form=1, start=50), rule).ids) == 15


def test_a_batch_is_cut_evenly_so_that_no_short_tail_stands_alone() -> None:
    choice = chosen(waiting(503, 8))
    assert ([len(one) for one in choice.batches], choice.small) == ([251, 252], (False, False))


def test_a_batch_keeps_to_one_mebibyte() -> None:
    choice = chosen(waiting(300, 8, size=7994))
    assert all(len(one) * (7994 + 6) < 1 << 20 for one in choice.batches)
    assert len(choice.batches) == 3


def test_a_record_from_ahead_of_a_wild_clock_is_not_held_for_good() -> None:
    assert chosen(waiting(1, -20_000)).small == (True,)
    assert (
        choose(waiting(1, -1), TODAY, RULE, frozenset(), seeded(1)) is None
    )  # a clock set back by a day frees nothing


POOLS = st.lists(
    st.tuples(st.integers(-3, 30), st.integers(0, 3), st.sampled_from([314, 570, 7994])), max_size=700
).map(
    lambda seen: [
        Waiting(RecordId(at.to_bytes(16, "big")), FORMS[form], TODAY - timedelta(days), size)
        for at, (days, form, size) in enumerate(seen)
    ]
)


@settings(deadline=None)
@given(pool=POOLS, closed=st.sets(st.sampled_from(FORMS)), seed=st.integers(0, 9), retires=st.booleans())
def test_every_choice_keeps_the_laws(pool: list[Waiting], closed: set[seal.Digest], seed: int, retires: bool) -> None:
    choice = choose(pool, TODAY, RULE, closed, seeded(seed), retires=retires)
    size = {one.id: one.size for one in pool}
    if choice is None:
        assert len(pool) < 13
        assert not any(one.form in closed or (TODAY - one.day).days >= 21 for one in pool)
        return
    assert len(set(choice.ids)) == len(choice.ids)
    assert set(choice.ids) <= size.keys()
    for batch, small in zip(choice.batches, choice.small, strict=True):
        assert small == (len(batch) < 10)
        assert 1 <= len(batch) <= 500
        assert sum(size[one] + 6 for one in batch) + 3 <= 1 << 20
    stayed = [one for one in pool if one.id not in choice.ids]
    assert len(stayed) <= (0 if retires else 3)
    assert all(one.form not in closed and (TODAY - one.day).days < 7 for one in stayed)
    if not (retires or closed) and all((TODAY - one.day).days < 21 for one in pool):
        assert not any(choice.small)


# --- once a day -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "vouched", "ran", "allowed"),
    [
        (1, 0, DAY_OF_RUNNING, True),  # the date changed and 20 hours went by
        (1, 0, DAY_OF_RUNNING - 1, False),  # the clock was turned
        (1, 1, 0, True),  # a receipt of a later day came between
        (0, 1, DAY_OF_RUNNING, False),  # the same date
        (40_000, 0, 0, False),  # the clock was turned far ahead
        (-40, 0, DAY_OF_RUNNING, True),  # the clock went back: it must not block for ever
        (-40, 0, 0, False),
    ],
)
def test_numbering_waits_for_a_day_that_really_went_by(today: int, vouched: int, ran: int, allowed: bool) -> None:
    last = Numbered(TODAY, TODAY, ran)
    assert may_number(TODAY + timedelta(today), TODAY + timedelta(vouched), last) is allowed


def test_a_clock_in_the_past_does_not_make_every_receipt_a_later_day() -> None:
    last = Numbered(LONG_AGO, TODAY, 0)
    assert not may_number(LONG_AGO + timedelta(1), TODAY, last)
    assert may_number(LONG_AGO + timedelta(1), TODAY + timedelta(1), last)


class Kiosk:
    """A kiosk as numbering sees it, with a true day beside the one its clock shows."""

    def __init__(self) -> None:
        self.true_day, self.clock, self.vouched, self.ran = TODAY, TODAY, TODAY, 0
        self.last = Numbered(LONG_AGO, LONG_AGO, 0)
        self.pool: list[Waiting] = []
        self.handed_in = 0
        self.left: list[tuple[date, Chosen]] = []

    def act(self, letter: str) -> None:
        match letter:
            case "1" | "7":
                for _ in range(int(letter)):
                    one = RecordId(self.handed_in.to_bytes(16, "big"))
                    self.pool.append(Waiting(one, FORMS[0], self.clock, 314))
                    self.handed_in += 1
            case "D":  # a day goes by, running
                self.true_day, self.clock, self.ran = (
                    self.true_day + timedelta(1),
                    self.clock + timedelta(1),
                    self.ran + 288,
                )
            case "C":  # somebody turns the clock on by a day
                self.clock += timedelta(1)
            case "R":  # a receipt
                self.vouched = max(self.vouched, self.true_day)
            case "S":  # "send now"
                self.send()

    def send(self) -> None:
        last = Numbered(self.last.day, self.last.vouched, self.ran)
        if not may_number(self.clock, self.vouched, last):
            return
        choice = choose(self.pool, self.clock, RULE, frozenset(), seeded(len(self.left)))
        if choice is not None:
            self.left.append((self.true_day, choice))
            self.pool = [one for one in self.pool if one.id not in choice.ids]
            self.last, self.ran = Numbered(self.clock, self.vouched, 0), 0


def test_no_interleaving_of_five_acts_isolates_anybody() -> None:
    numbered = 0
    for word in product("17DCRS", repeat=5):
        kiosk = Kiosk()
        for letter in "77" + "".join(word) + "S":
            kiosk.act(letter)
        days = [day for day, _ in kiosk.left]
        ids = [one for _, choice in kiosk.left for one in choice.ids] + [one.id for one in kiosk.pool]
        assert len(set(days)) == len(days), word
        assert all(len(batch) >= 10 for _, choice in kiosk.left for batch in choice.batches), word
        assert len(ids) == len(set(ids)) == kiosk.handed_in, word
        numbered += len(kiosk.left)
    assert numbered > 0
