"""Laws that every count keeps, over polls that nobody thought of."""

from __future__ import annotations

import itertools
from fractions import Fraction
from itertools import accumulate
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from models.counting.flow import NOBODY, flow_of
from models.counting.limits import as_used
from models.counting.party_list import Method, count_party_list, share_seats
from models.counting.plurality import count_plurality
from models.counting.stv import ONE_VOTE, StvCount, count_papers, count_stv, quota_of, transfer_value
from models.counting.ties import lots_by_hand
from models.counting.votes import Candidate, Ranking, first_marks

MOST = 7
RANKINGS = st.permutations(range(1, MOST + 1)).flatmap(
    lambda order: st.integers(0, MOST).map(lambda length: tuple(order[:length]))
)
POLLS = st.dictionaries(RANKINGS, st.integers(1, 40), max_size=25)
SEATS = st.integers(1, 4)
ORDERS = st.permutations(range(1, MOST + 1)).map(lots_by_hand)
PEOPLE = tuple(Candidate(number, f"Candidate {number}") for number in range(1, MOST + 1))


def counted(poll: dict[Ranking, int], seats: int, order: object = None) -> StvCount:
    lots = lots_by_hand(range(1, MOST + 1)) if order is None else order
    return count_stv(poll, MOST, seats, lots=lots)  # type: ignore[arg-type]


def drew_lots(count: StvCount) -> bool:
    return any(tie.settled == "lot" for tie in count.ties)


@given(poll=POLLS, seats=SEATS, lots=ORDERS)
def test_votes_and_the_pile_that_goes_no_further_make_the_valid_votes_at_every_stage(
    poll: dict[Ranking, int], seats: int, lots: object
) -> None:
    count = counted(poll, seats, lots)
    assert count.valid == sum(weight for ranking, weight in poll.items() if ranking)
    before = 0
    for stage in count.stages:
        assert sum(stage.totals) + stage.non_transferable == count.valid * ONE_VOTE
        assert stage.non_transferable >= before
        before = stage.non_transferable


@given(poll=POLLS, seats=SEATS)
def test_nobody_loses_votes_but_the_one_whose_papers_move(poll: dict[Ranking, int], seats: int) -> None:
    count = counted(poll, seats)
    for before, stage in zip(count.stages, count.stages[1:], strict=False):
        for number, change in enumerate(stage.transfers, start=1):
            assert change == stage.totals[number - 1] - before.totals[number - 1]
            assert change >= 0 or number == stage.source
        if stage.kind == "surplus":
            assert stage.totals[stage.source - 1] == count.quota * ONE_VOTE
        else:
            assert stage.totals[stage.source - 1] == 0


@given(poll=POLLS, seats=SEATS)
def test_as_many_are_elected_as_there_are_seats_each_once(poll: dict[Ranking, int], seats: int) -> None:
    count = counted(poll, seats)
    elected = [candidate for candidate, _ in count.elected]
    assert len(elected) == len(set(elected)) == min(seats, MOST)
    excluded = [stage.source for stage in count.stages if stage.kind == "exclusion"]
    assert len(excluded) == len(set(excluded))
    assert not set(elected) & set(excluded)


@given(poll=POLLS, seats=SEATS)
def test_nobody_reaches_the_quota_and_is_left_out(poll: dict[Ranking, int], seats: int) -> None:
    count = counted(poll, seats)
    elected = {candidate for candidate, _ in count.elected}
    for stage in count.stages:
        assert {n for n, total in enumerate(stage.totals, start=1) if total >= count.quota * ONE_VOTE} <= elected


@given(poll=POLLS, seats=SEATS, unranked=st.integers(1, MOST))
def test_somebody_whom_nobody_ranked_never_wins_over_one_with_a_quota(
    poll: dict[Ranking, int], seats: int, unranked: int
) -> None:
    without: dict[Ranking, int] = {}
    for ranking, weight in poll.items():
        cut = tuple(candidate for candidate in ranking if candidate != unranked)
        without[cut] = without.get(cut, 0) + weight
    count = counted(without, seats)
    assert all(stage.totals[unranked - 1] == 0 for stage in count.stages)
    last = count.stages[-1].number
    for stage in count.stages:
        if unranked in stage.elected:
            assert stage.number == last  # only when no more people were left than seats
            assert stage.elected[-1] == unranked or stage.totals[stage.elected[-1] - 1] == 0


@given(poll=POLLS, seats=SEATS, seed=st.integers())
def test_the_order_and_the_grouping_of_ballots_do_not_matter(poll: dict[Ranking, int], seats: int, seed: int) -> None:
    whole = counted(poll, seats)
    ballots = [ranking for ranking, weight in poll.items() for _ in range(weight) if ranking]
    Random(seed).shuffle(ballots)
    apart = count_papers({1: ballots}, MOST, seats, lots=lots_by_hand(range(1, MOST + 1)))
    assert (apart.stages, apart.elected, apart.ties) == (whole.stages, whole.elected, whole.ties)


@given(poll=POLLS, seats=SEATS, names=st.permutations(range(1, MOST + 1)))
def test_other_numbers_for_the_candidates_give_the_same_result_with_those_numbers(
    poll: dict[Ranking, int], seats: int, names: list[int]
) -> None:
    count = counted(poll, seats)
    assume(not drew_lots(count))
    again = counted({tuple(names[c - 1] for c in ranking): weight for ranking, weight in poll.items()}, seats)
    assert not drew_lots(again)
    assert {(names[candidate - 1], stage) for candidate, stage in count.elected} == set(again.elected)
    for one, other in zip(count.stages, again.stages, strict=True):
        assert (one.kind, names[one.source - 1] if one.source else 0) == (other.kind, other.source)
        assert [one.totals[c] for c in range(MOST)] == [other.totals[names[c] - 1] for c in range(MOST)]


@given(poll=POLLS, seats=SEATS, times=st.integers(2, 5))
def test_a_file_added_to_itself_scales_the_quota_as_the_rule_says(
    poll: dict[Ranking, int], seats: int, times: int
) -> None:
    once = counted(poll, seats)
    many = counted({ranking: weight * times for ranking, weight in poll.items()}, seats)
    assert many.valid == times * once.valid
    assert many.quota == quota_of(times * once.valid, seats)
    assert many.stages[0].totals == tuple(times * total for total in once.stages[0].totals)
    # The quota is cut before one is added: several times a poll needs at most as many times the votes, less the ones.
    assert times * (once.quota - 1) <= many.quota - 1 < times * once.quota


@given(poll=POLLS)
def test_most_votes_is_the_first_stage_for_one_seat(poll: dict[Ranking, int]) -> None:
    lots = lots_by_hand(range(1, MOST + 1))
    stv = counted(poll, 1)
    most = count_plurality(first_marks(poll), MOST, 1, lots=lots)
    assert tuple(total * ONE_VOTE for total in most.totals) == stv.stages[0].totals
    if len(stv.stages) == 1:
        assert most.elected == (stv.elected[0][0],)


@given(poll=POLLS)
def test_without_transfers_the_one_seat_goes_to_whoever_has_most_votes(poll: dict[Ranking, int]) -> None:
    alone = first_marks(poll)
    totals = [alone.get((candidate,), 0) for candidate in range(1, MOST + 1)]
    assume(totals.count(max(totals)) == 1)
    assert (
        counted(alone, 1).elected[0][0] == count_plurality(alone, MOST, 1).elected[0] == totals.index(max(totals)) + 1
    )


@given(poll=POLLS, seats=SEATS, lots=ORDERS, withdrawn=st.sets(st.integers(1, MOST), max_size=3))
def test_the_preferences_used_count_the_same_to_the_last_unit(
    poll: dict[Ranking, int], seats: int, lots: object, withdrawn: set[int]
) -> None:
    gone = frozenset(withdrawn)
    count = count_stv(poll, MOST, seats, withdrawn=gone, lots=lots)  # type: ignore[arg-type]
    used = as_used(poll, count, gone)
    again = count_stv(used, MOST, seats, withdrawn=gone, lots=lots)  # type: ignore[arg-type]
    assert (again.stages, again.elected, again.ties) == (count.stages, count.elected, count.ties)
    assert as_used(used, again, gone) == used
    assert not any(gone & set(ranking) for ranking in used)


@given(surplus=st.integers(0, 10**7), value=st.integers(0, ONE_VOTE), more=st.integers(1, 10**7))
def test_a_paper_hands_on_no_more_than_its_share_and_loses_under_one_unit(surplus: int, value: int, more: int) -> None:
    credited = surplus + more
    handed_on = transfer_value(surplus, value, credited)
    share = Fraction(surplus * value, credited)
    assert share - 1 < handed_on <= share


@given(poll=POLLS, seats=SEATS)
def test_what_the_picture_shows_has_the_size_of_the_votes(poll: dict[Ranking, int], seats: int) -> None:
    count = counted(poll, seats)
    assume(count.valid)
    flow = flow_of(count, PEOPLE)
    scale = 520 / (count.valid * ONE_VOTE)
    for bar in flow.bars:
        stage = count.stages[bar.stage - 1]
        votes = stage.non_transferable if bar.candidate == NOBODY else stage.totals[bar.candidate - 1]
        assert abs(bar.height - votes * scale) < 0.001
    for stage in count.stages[1:]:
        moved = [one for one in flow.ribbons if one.stage == stage.number and one.kind != "kept"]
        given_up = -stage.transfers[stage.source - 1]
        assert abs(sum(one.height for one in moved) - given_up * scale) < 0.001
        assert all(one.source == stage.source for one in moved)
        bar = next(one for one in flow.bars if (one.stage, one.candidate) == (stage.number - 1, stage.source))
        for one, y in zip(moved, accumulate((one.height for one in moved), initial=bar.y), strict=False):
            assert abs(one.y0 - y) < 0.001  # each begins where the one above it ends, from the top of the bar
    for above, below in zip(flow.lanes, flow.lanes[1:], strict=False):
        assert above.floor < below.top
    assert all(lane.top - 0.001 <= bar.y for lane in flow.lanes for bar in flow.bars if bar.candidate == lane.candidate)


PARTIES = st.lists(st.integers(0, 500), min_size=1, max_size=8)
METHODS: st.SearchStrategy[Method] = st.sampled_from(("hare", "sainte-lague", "dhondt"))


@given(votes=PARTIES, seats=st.integers(1, 40), method=METHODS, threshold=st.integers(0, 30), data=st.data())
def test_seats_given_and_vacant_are_the_seats_and_no_list_is_overdrawn(
    votes: list[int], seats: int, method: Method, threshold: int, data: st.DataObject
) -> None:
    people = data.draw(st.lists(st.integers(0, 20), min_size=len(votes), max_size=len(votes)))
    marks: dict[Ranking, int] = {(number,): count for number, count in enumerate(votes, start=1) if count}
    lots = lots_by_hand(range(1, len(votes) + 1))
    count = count_party_list(marks, len(votes), seats, method=method, threshold=threshold, people=people, lots=lots)
    assert sum(count.seats_by_party) + count.vacant == seats
    assert all(got <= have for got, have in zip(count.seats_by_party, people, strict=True))
    left = [
        have - got
        for got, have, own in zip(count.seats_by_party, people, votes, strict=True)
        if own and 100 * own >= threshold * sum(votes)
    ]
    assert not count.vacant or sum(left) == 0  # a seat stays vacant only when nobody is left to take it
    for got, own in zip(count.seats_by_party, votes, strict=True):
        assert not got or own


@given(votes=PARTIES, seats=st.integers(1, 40))
def test_by_largest_remainders_every_party_gets_its_share_cut_or_one_more(votes: list[int], seats: int) -> None:
    assume(sum(votes))
    by_party = dict(enumerate(votes, start=1))
    limits = dict.fromkeys(by_party, seats)
    shares, _ = share_seats(by_party, seats, "hare", limits, lots_by_hand(list(by_party)))
    for party, own in by_party.items():
        assert shares[party] - own * seats // sum(votes) in {0, 1}


@given(votes=PARTIES, seats=st.integers(1, 40), method=METHODS)
def test_more_votes_never_mean_fewer_seats(votes: list[int], seats: int, method: Method) -> None:
    by_party = dict(enumerate(votes, start=1))
    limits = dict.fromkeys(by_party, seats)
    shares, _ = share_seats(by_party, seats, method, limits, lots_by_hand(list(by_party)))
    ordered = sorted(by_party, key=lambda party: by_party[party])
    for fewer, more in itertools.pairwise(ordered):
        if by_party[fewer] < by_party[more]:
            assert shares.get(fewer, 0) <= shares.get(more, 0)
