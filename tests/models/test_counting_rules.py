"""Most votes, approval, party lists, questions, and what may be shown of a small electorate."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from models.counting.limits import (
    as_used,
    is_above_cap,
    only_outcome,
    patterns,
    proposed_cap,
    publishable,
    published_numbers,
)
from models.counting.party_list import METHODS, count_party_list, people_seated, share_seats
from models.counting.plurality import count_plurality
from models.counting.question import Quorum, count_question
from models.counting.stv import count_stv
from models.counting.ties import lots_by_hand
from models.counting.votes import Ranking, first_marks
from models.errors import CountError, LotNeededError

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "elections" / "vectors.json"


def one_each(*votes: int) -> dict[Ranking, int]:
    return {(number,): count for number, count in enumerate(votes, start=1) if count}


def test_the_largest_are_elected_in_order_of_their_votes() -> None:
    count = count_plurality(one_each(3, 9, 5, 1), 4, 2)
    assert (count.totals, count.elected, count.valid) == ((3, 9, 5, 1), (2, 3), 18)


def test_approval_counts_every_mark_of_a_ballot() -> None:
    count = count_plurality({(1, 2): 3, (2, 3): 2, (): 4}, 3, 1)
    assert (count.totals, count.elected, count.valid) == ((3, 5, 2), (2,), 5)


def test_one_mark_a_ballot_is_the_first_of_its_line() -> None:
    assert first_marks({(1, 2): 3, (1,): 1, (): 2}) == {(1,): 4, (): 2}


def test_equals_at_the_edge_need_a_lot_and_equals_above_it_none() -> None:
    assert count_plurality(one_each(5, 5, 2), 3, 2).elected == (1, 2)
    with pytest.raises(LotNeededError) as needed:
        count_plurality(one_each(9, 4, 4, 4), 4, 3)
    assert (needed.value.stage, needed.value.over, needed.value.candidates) == (1, "seat", (2, 3, 4))
    count = count_plurality(one_each(9, 4, 4, 4), 4, 3, lots=lots_by_hand([4, 2, 3]))
    assert count.elected == (1, 4, 2)
    assert [(tie.candidates, tie.chosen) for tie in count.ties] == [((2, 3, 4), 4), ((2, 3), 2)]


def test_a_mark_for_somebody_who_withdrew_is_left_out() -> None:
    count = count_plurality({(1,): 5, (2,): 2, (1, 2): 1}, 2, 1, withdrawn={1})
    assert (count.totals, count.elected, count.valid, count.withdrawn_only) == ((0, 3), (2,), 3, 5)


# Party lists.


def seat_vectors() -> list[dict[str, Any]]:
    if not VECTORS.exists():
        return []
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))["seats"]
    return found


@pytest.mark.parametrize("one", seat_vectors(), ids=lambda one: "-".join(map(str, one["votes"])))
@pytest.mark.parametrize("method", METHODS)
def test_seats_are_shared_as_in_the_vectors(one: dict[str, Any], method: Any) -> None:  # noqa: ANN401 - a Method
    expected = one[method.replace("-", "_")]
    marks = one_each(*one["votes"])
    if expected == "lot":
        with pytest.raises(LotNeededError):
            count_party_list(marks, len(one["votes"]), one["seats"], method=method)
        return
    assert list(count_party_list(marks, len(one["votes"]), one["seats"], method=method).seats_by_party) == expected


def test_equal_remainders_and_equal_votes_are_settled_by_the_lot_of_that_seat() -> None:
    with pytest.raises(LotNeededError) as needed:
        count_party_list(one_each(60, 20, 20), 3, 3)
    assert (needed.value.stage, needed.value.candidates) == (3, (2, 3))
    count = count_party_list(one_each(60, 20, 20), 3, 3, lots=lots_by_hand([3, 2]))
    assert count.seats_by_party == (2, 0, 1)
    assert [(tie.stage, tie.chosen, tie.settled) for tie in count.ties] == [(3, 3, "lot")]


def test_equal_quotients_go_to_the_party_with_more_votes() -> None:
    count = count_party_list(one_each(20, 10), 2, 2, method="dhondt")
    assert count.seats_by_party == (2, 0)
    assert [(tie.stage, tie.candidates, tie.settled, tie.chosen) for tie in count.ties] == [(2, (1, 2), "votes", 1)]


def test_parties_below_the_threshold_are_left_out_and_their_votes_too() -> None:
    assert count_party_list(one_each(50, 40, 10), 3, 10, threshold=10).seats_by_party == (5, 4, 1)
    left_out = count_party_list(one_each(50, 46, 4), 3, 10, threshold=5)
    assert left_out.seats_by_party == (5, 5, 0)
    assert left_out.totals == (50, 46, 4)


def test_a_short_list_drops_out_and_the_rest_is_shared_anew() -> None:
    count = count_party_list(one_each(60, 25, 15), 3, 10, people=[2, 9, 9])
    assert count.seats_by_party == (2, 5, 3)
    shared, _ = share_seats({2: 25, 3: 15}, 8, "hare", {2: 9, 3: 9})
    assert shared == {2: 5, 3: 3}


def test_seats_that_nobody_can_fill_stay_vacant() -> None:
    count = count_party_list(one_each(60, 40), 2, 10, people=[3, 2])
    assert (count.seats_by_party, count.vacant) == ((3, 2), 5)


def test_without_a_vote_no_seat_is_given() -> None:
    count = count_party_list({(): 3}, 2, 4)
    assert (count.seats_by_party, count.vacant, count.valid) == ((0, 0), 4, 0)


def test_a_party_that_withdrew_gets_nothing() -> None:
    assert count_party_list(one_each(60, 40), 2, 2, withdrawn={1}).seats_by_party == (0, 2)


def test_people_take_seats_in_the_order_of_their_list() -> None:
    assert people_seated(["Ann", "Bob", "Cy"], 2, {"Ann"}) == ("Bob", "Cy")
    assert people_seated(["Ann"], 2) == ("Ann",)


# Questions.


def asked(yes: int, no: int, abstain: int, **how: Any) -> tuple[bool, bool]:  # noqa: ANN401 - passed on
    count = count_question(one_each(yes, no, abstain), **how)
    assert count.totals == (yes, no, abstain)
    return count.quorum_reached, count.carried


def test_equal_is_not_carried() -> None:
    assert asked(5, 5, 3) == (True, False)
    assert asked(6, 5, 30) == (True, True)
    assert asked(0, 0, 4) == (True, False)


def test_two_thirds_are_two_thirds_of_yes_and_no() -> None:
    assert asked(4, 2, 50, majority="two-thirds")[1]
    assert not asked(5, 3, 0, majority="two-thirds")[1]
    assert not asked(0, 0, 9, majority="two-thirds")[1]


def test_abstaining_counts_towards_turnout_and_blanks_do_too() -> None:
    quorum = Quorum("turnout", 50, 40)
    assert asked(6, 5, 9, quorum=quorum) == (True, True)
    assert asked(6, 5, 8, quorum=quorum) == (False, False)
    assert asked(6, 5, 8, quorum=quorum, turned_out=20) == (True, True)
    assert count_question({(1,): 11, (): 9}, quorum=quorum).quorum_reached


def test_a_quorum_of_yes_looks_at_yes_alone() -> None:
    assert asked(10, 1, 29, quorum=Quorum("yes", 25, 40)) == (True, True)
    assert asked(9, 1, 30, quorum=Quorum("yes", 25, 40)) == (False, False)


def test_a_question_with_another_option_does_not_fit_its_rule() -> None:
    with pytest.raises(CountError, match="options 1 to 3"):
        count_question({(4,): 1})


# Limits.


def test_a_published_ranking_holds_those_who_held_the_paper() -> None:
    poll: dict[Ranking, int] = {(1, 2, 3): 6, (2, 3, 1): 3, (3, 2, 1): 2, (): 4}
    count = count_stv(poll, 3, 1)
    assert count.elected == ((1, 1),)
    assert as_used(poll, count) == {(1,): 6, (2,): 3, (3,): 2}
    moved: dict[Ranking, int] = {(1, 3, 2): 5, (2, 1): 4, (3, 2, 1): 2}
    again = count_stv(moved, 3, 1)
    assert [stage.source for stage in again.stages] == [0, 3]
    assert as_used(moved, again) == {(1,): 5, (2,): 4, (3, 2): 2}


@pytest.mark.parametrize(("candidates", "ranks"), [(1, 1), (3, 2), (5, 5), (6, 4)])
def test_patterns_are_the_rankings_that_can_be_written(candidates: int, ranks: int) -> None:
    every = {one for length in range(1, ranks + 1) for one in permutations(range(candidates), length)}
    assert patterns(candidates, ranks) == len(every)


@pytest.mark.parametrize(
    ("candidates", "electorate", "cap"),
    [(5, 1000, 5), (10, 100, 3), (10, 5, 3), (2, 30, 2), (1, 30, 1), (8, 105, 4), (8, 100, 3), (30, 10_000, 3)],
)
def test_the_proposed_cap_keeps_patterns_few_but_lets_people_rank_three(
    candidates: int, electorate: int, cap: int
) -> None:
    assert proposed_cap(candidates, electorate) == cap
    assert is_above_cap(candidates, electorate, cap + 1)
    assert not is_above_cap(candidates, electorate, cap)


def test_figures_of_few_or_of_unanimous_votes_stay_hidden() -> None:
    assert only_outcome(one_each(5, 4), 0) == "few"
    assert only_outcome(one_each(5, 5), 0) == ""
    assert only_outcome(one_each(10, 9), 20) == "few"
    assert only_outcome({(1, 2): 30, (): 3}, 10) == "unanimous"
    assert only_outcome({(1, 2): 20, (1,): 10}, 10, frozenset({2})) == "unanimous"
    assert only_outcome({(1,): 9, (): 30}, 10) == "few"


def test_rankings_are_published_in_full_only_from_five_hundred_ballots_on() -> None:
    assert publishable("full", 500) == "full"
    assert publishable("full", 499) == publishable("as-used", 5000) == "as-used"


def test_blank_and_spoilt_are_one_figure_while_they_are_few() -> None:
    assert published_numbers({"total": 90, "blank": 6, "spoilt": 3}) == {"total": 90, "blank_or_spoilt": 9}
    assert published_numbers({"total": 90, "blank": 6, "spoilt": 4}) == {"total": 90, "blank": 6, "spoilt": 4}
