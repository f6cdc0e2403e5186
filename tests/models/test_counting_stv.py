"""Scottish STV on small polls worked out by hand: who moves when, what is cut off, and how equals are told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.counting.blt import read_blt
from models.counting.stv import ONE_VOTE, StvCount, count_papers, count_stv, quota_of, transfer_value
from models.counting.ties import Lots, lots_by_hand, lots_of_hash
from models.counting.votes import Ranking
from models.errors import LotNeededError
from models.seal import tagged

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "elections" / "vectors.json"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("the shared election vectors are not beside this project")
    value: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return value


def moves(count: StvCount) -> list[tuple[str, int]]:
    return [(stage.kind, stage.source) for stage in count.stages]


def test_a_surplus_moves_all_papers_at_a_value_that_is_cut() -> None:
    poll: dict[Ranking, int] = {(1, 2): 7, (1, 3): 2, (2,): 2, (3,): 3}
    count = count_stv(poll, 3, 2)
    assert (count.valid, count.quota) == (14, 5)
    first, second = count.stages[:2]
    assert first.totals == (900_000, 200_000, 300_000)
    assert (second.kind, second.source, second.surplus) == ("surplus", 1, 400_000)
    worth = 400_000 * ONE_VOTE // 900_000
    assert worth == 44_444
    assert second.totals == (500_000, 200_000 + 7 * worth, 300_000 + 2 * worth)
    assert second.non_transferable == 1_400_000 - sum(second.totals) == 4


def test_papers_pass_over_an_elected_candidate_whose_surplus_still_waits() -> None:
    poll: dict[Ranking, int] = {(1, 2, 3): 12, (2, 3): 11, (3,): 2, (4,): 1}
    count = count_stv(poll, 4, 3)
    assert count.quota == 7
    assert count.stages[0].elected == (1, 2)
    assert moves(count)[1] == ("surplus", 1)
    assert count.stages[1].transfers[1] == 0
    assert count.stages[1].transfers[2] > 0


def test_a_later_and_larger_surplus_goes_before_an_older_one() -> None:
    poll: dict[Ranking, int] = {(1, 3): 14, (2, 4): 12, (3, 5): 10, (4,): 7, (5,): 7}
    count = count_stv(poll, 5, 4)
    assert count.quota == 11
    assert [stage.elected for stage in count.stages[:2]] == [(1, 2), (3,)]
    assert moves(count)[1:4] == [("surplus", 1), ("surplus", 3), ("surplus", 2)]


def test_whoever_has_exactly_the_quota_is_elected_without_a_stage() -> None:
    poll: dict[Ranking, int] = {(1, 2): 5, (2,): 4, (3, 2): 3, (4, 2): 2}
    count = count_stv(poll, 4, 2)
    assert count.quota == 5
    assert count.stages[0].elected == (1,)
    assert moves(count) == [("first-preferences", 0), ("exclusion", 4)]
    assert count.elected == ((1, 1), (2, 2))


def test_the_count_stops_when_no_more_continue_than_seats_are_left() -> None:
    poll: dict[Ranking, int] = {(1, 3): 20, (2,): 3, (3,): 2}
    count = count_stv(poll, 3, 3)
    assert moves(count) == [("first-preferences", 0)]
    assert count.elected == ((1, 1), (2, 1), (3, 1))


def test_a_last_exclusion_is_a_stage_even_if_only_as_many_are_left_as_seats() -> None:
    count = count_stv({(1,): 4, (2,): 3, (3,): 2}, 3, 2)
    assert moves(count) == [("first-preferences", 0), ("exclusion", 3)]
    assert count.stages[1].non_transferable == 2 * ONE_VOTE


def test_fewer_candidates_than_seats_are_all_elected() -> None:
    assert count_stv({(2,): 1}, 2, 5).elected == ((2, 1), (1, 1))


def test_whoever_withdrew_is_struck_out_of_every_ballot_before_the_count() -> None:
    poll: dict[Ranking, int] = {(3, 1): 4, (3,): 2, (2, 3): 3, (): 5}
    count = count_stv(poll, 3, 1, withdrawn={3})
    assert (count.valid, count.withdrawn_only) == (7, 2)
    assert count.stages[0].totals == (400_000, 300_000, 0)
    assert count.elected == ((1, 1),)


def test_without_a_single_ballot_equals_need_lots() -> None:
    with pytest.raises(LotNeededError) as needed:
        count_stv({}, 3, 1)
    assert needed.value.candidates == (1, 2, 3)
    assert count_stv({}, 3, 1, lots=lots_by_hand([2, 3, 1])).elected == ((1, 3),)


def test_the_quota_is_droop_and_cut() -> None:
    assert [quota_of(valid, 3) for valid in (0, 3, 4, 6116)] == [1, 1, 2, 1530]


def test_a_transfer_value_is_cut_and_never_rounded() -> None:
    assert transfer_value(1, ONE_VOTE, 3 * ONE_VOTE) == 0
    assert transfer_value(2 * ONE_VOTE, ONE_VOTE, 3 * ONE_VOTE) == 66_666


def test_equal_papers_may_stand_apart() -> None:
    apart = count_papers({1: [(1, 2), (1, 2), (2,), (1, 3)]}, 3, 1)
    together = count_stv({(1, 2): 2, (2,): 1, (1, 3): 1}, 3, 1)
    assert apart.stages == together.stages


# Ties.


def test_equal_totals_are_told_apart_by_the_latest_earlier_stage_where_they_differ() -> None:
    # Stage 1: 5 has 1 and goes out to 4, so that 3 and 4 have 4 each; at stage 1 candidate 4 had fewer.
    poll: dict[Ranking, int] = {(1,): 8, (2,): 7, (3, 1): 4, (4, 2): 3, (5, 4): 1}
    count = count_stv(poll, 5, 1)
    assert moves(count)[1:3] == [("exclusion", 5), ("exclusion", 4)]
    (tie,) = [tie for tie in count.ties if tie.stage == 3]
    assert (tie.over, tie.candidates, tie.settled, tie.chosen, tie.numbers) == (
        "exclusion",
        (3, 4),
        "stage 1",
        4,
        (),
    )


def test_of_three_tied_only_those_lowest_before_go_on_to_earlier_stages(vectors: dict[str, Any]) -> None:
    told = vectors["three_way_tie"]
    blt = read_blt(told["blt"].encode())
    count = count_stv(blt.rankings, len(blt.candidates), blt.seats)
    assert [stage.source for stage in count.stages if stage.kind == "exclusion"] == told["excluded_in_order"]
    assert count.elected == tuple((one["candidate"], one["stage"]) for one in told["elected"])


def test_a_tie_at_every_stage_stops_the_count_and_names_the_tied() -> None:
    with pytest.raises(LotNeededError) as needed:
        count_stv({(1,): 3, (2,): 2, (3,): 2}, 3, 1)
    assert (needed.value.stage, needed.value.over, needed.value.candidates) == (2, "exclusion", (2, 3))
    assert "candidates 2, 3" in str(needed.value)


def test_an_order_by_hand_that_lacks_one_of_the_tied_is_no_lot() -> None:
    with pytest.raises(LotNeededError):
        count_stv({(1,): 3, (2,): 2, (3,): 2}, 3, 1, lots=lots_by_hand([3, 1]))


def test_a_lot_by_hand_takes_whom_it_named_first_and_is_on_record() -> None:
    count = count_stv({(1,): 3, (2,): 2, (3,): 2}, 3, 1, lots=lots_by_hand([3, 2]))
    assert moves(count)[1] == ("exclusion", 3)
    (tie,) = count.ties
    assert (tie.settled, tie.chosen, tie.numbers) == ("lot", 3, ((2, 2), (3, 1)))


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_lot_over_equal_surpluses_decides_which_goes_first(order: tuple[int, int]) -> None:
    poll: dict[Ranking, int] = {(1, 3): 8, (2, 4): 8, (3,): 1, (4,): 1, (5,): 1}
    count = count_stv(poll, 5, 3, lots=lots_by_hand([*order, 3, 4, 5]))
    assert moves(count)[1] == ("surplus", order[0])
    assert count.ties[0].over == "surplus"


def test_lot_numbers_are_the_hashes_of_the_design(vectors: dict[str, Any]) -> None:
    beacon = bytes.fromhex(vectors["beacon"]["B"])
    for one in vectors["lots"]:
        lots = lots_of_hash(tagged, beacon, one["contest"])
        number = lots.number(one["stage"], one["candidate"])
        assert isinstance(number, bytes)
        assert number.hex() == one["number"]


def test_the_tagged_hash_is_that_of_the_design(vectors: dict[str, Any]) -> None:
    for one in vectors["hash"]:
        assert tagged(one["tag"], *map(bytes.fromhex, one["parts"])).hex() == one["value"]


def test_the_smallest_number_is_taken() -> None:
    numbers = {2: b"\x01" * 32, 3: b"\x00" * 32}
    lots = Lots("seed", lambda _stage, candidate: numbers.get(candidate))
    assert count_stv({(1,): 3, (2,): 2, (3,): 2}, 3, 1, lots=lots).ties[0].chosen == 3


def test_equals_who_are_elected_together_are_listed_by_number_without_a_lot() -> None:
    count = count_stv({(2,): 4, (1,): 4, (3,): 1}, 3, 2)
    assert count.stages[0].elected == (1, 2)
    assert count.ties == ()


def test_equals_who_are_elected_later_are_listed_by_the_stage_where_they_differed() -> None:
    poll: dict[Ranking, int] = {(1,): 4, (2,): 5, (3, 1): 2, (3, 2): 1, (4,): 4}
    count = count_stv(poll, 4, 2)
    assert count.stages[1].totals[:2] == (600_000, 600_000)
    assert count.stages[1].elected == (2, 1)
