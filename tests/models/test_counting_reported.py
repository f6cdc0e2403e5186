"""A report read back: the same bytes, the same page, and nothing that does not add up."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import UnreadableContentError, canonical_json
from models.counting.page import page_of
from models.counting.party_list import Method, count_party_list
from models.counting.plurality import count_plurality
from models.counting.question import Majority, Quorum, count_question
from models.counting.report import AnyCount, Subject, report_json
from models.counting.reported import read_report
from models.counting.stv import count_stv
from models.counting.ties import Lots, lots_by_hand, lots_of_hash
from models.counting.votes import Candidate, Ranking, first_marks
from models.seal import tagged

MOST = 5
PEOPLE = tuple(Candidate(number, f"Person {number}", "Ind" if number == 2 else "") for number in range(1, MOST + 1))
POLLS = st.dictionaries(
    st.permutations(range(1, MOST + 1)).flatmap(
        lambda order: st.integers(0, MOST).map(lambda length: tuple(order[:length]))
    ),
    st.integers(1, 30),
    max_size=12,
)
ORDERS = st.permutations(range(1, MOST + 1)).map(lots_by_hand)
POLL: dict[Ranking, int] = {(1, 2): 9, (2, 3): 4, (3, 1): 4, (4, 2): 1, (5,): 1, (): 2}


def spelled(count: AnyCount, rule: str, **ballots: int) -> bytes:
    return report_json(count, Subject(rule, "Wing", PEOPLE, bytes(32), ballots))


def a_report() -> bytes:
    count = count_stv(POLL, MOST, 2, lots=lots_of_hash(tagged, bytes(32), 1))
    return spelled(count, "scottish-stv", total=25, blank=2)


def altered(change: Callable[[Any], object]) -> bytes:
    value = json.loads(a_report())
    change(value)
    return canonical_json(value) + b"\n"


@given(poll=POLLS, seats=st.integers(1, 4), lots=ORDERS, withdrawn=st.sets(st.integers(1, MOST), max_size=2))
def test_a_count_of_transfers_reads_back_as_it_was_written(
    poll: dict[Ranking, int], seats: int, lots: Lots, withdrawn: set[int]
) -> None:
    count = count_stv(poll, MOST, seats, lots=lots, withdrawn=withdrawn)
    data = spelled(count, "scottish-stv", blank=poll.get((), 0))
    again, subject = read_report(data)
    assert report_json(again, subject) == data
    assert page_of(again, subject.candidates, subject.title, subject.ballots) == page_of(
        count, PEOPLE, "Wing", {"blank": poll.get((), 0)}
    )


@given(
    poll=POLLS,
    seats=st.integers(1, 6),
    lots=ORDERS,
    method=st.sampled_from(("hare", "sainte-lague", "dhondt")),
    majority=st.sampled_from(("simple", "two-thirds")),
)
def test_every_other_rule_reads_back_too(
    poll: dict[Ranking, int], seats: int, lots: Lots, method: Method, majority: Majority
) -> None:
    alone = first_marks(poll)
    asked = {ranking: weight for ranking, weight in alone.items() if not ranking or ranking[0] <= 3}
    for rule, count in (
        ("approval", count_plurality(poll, MOST, seats, lots=lots)),
        ("plurality", count_plurality(alone, MOST, seats, lots=lots)),
        ("party-list", count_party_list(alone, MOST, seats, method=method, lots=lots)),
        ("question", count_question(asked, majority=majority, quorum=Quorum("turnout", 30, 90))),
    ):
        data = spelled(count, rule, blank_or_spoilt=3)
        again, subject = read_report(data)
        assert report_json(again, subject) == data


def add_a_vote(value: dict[str, Any]) -> None:
    value["stages"][1]["totals"][0] = "10.00000"


REFUSED: dict[str, Callable[[Any], object]] = {
    "a total that does not follow": add_a_vote,
    "a pile that does not fit": lambda value: value["stages"][1].update(non_transferable="9.00000"),
    "another number of valid votes": lambda value: value["ballots"].update(valid=22),
    "no valid votes": lambda value: value["ballots"].pop("valid"),
    "too few decimals": lambda value: value["stages"][0]["totals"].__setitem__(0, "9.0"),
    "a figure too few": lambda value: value["stages"][0]["totals"].pop(),
    "somebody elected who was not": lambda value: value["elected"].pop(),
    "a stage that is missing": lambda value: value["stages"].pop(0),
    "no stage at all": lambda value: (value["stages"].clear(), value["elected"].clear()),
    "a rule that nobody knows": lambda value: value.update(rule="borda"),
    "another format": lambda value: value.update(format="wingvoice-count/2"),
    "a candidate out of order": lambda value: value["candidates"].reverse(),
    "a key that nobody asked for": lambda value: value.update(colour="red"),
    "a number of ballots that nobody knows": lambda value: value["ballots"].update(late=1),
    "a tie that took an outsider": lambda value: value["ties"][0].update(chosen=1),
    "a lot source that nobody knows": lambda value: value.update(lot_source="coin"),
    "a surplus at an exclusion": lambda value: value["stages"][-1].update(kind="surplus"),
}


def test_the_report_that_is_altered_below_has_a_tie_and_some_stages() -> None:
    value = json.loads(a_report())
    assert len(value["stages"]) > 2
    assert value["ties"]
    assert value["stages"][-1]["kind"] == "exclusion"
    read_report(a_report())


@pytest.mark.parametrize("why", REFUSED)
def test_a_report_that_is_not_whole_is_refused(why: str) -> None:
    with pytest.raises(UnreadableContentError):
        read_report(altered(REFUSED[why]))


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"[]\n", a_report().rstrip(b"\n"), a_report() + b"\n"])
def test_bytes_of_another_spelling_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        read_report(data)


@given(data=st.data())
def test_a_report_with_any_byte_changed_is_refused_or_is_another_report(data: st.DataObject) -> None:
    whole = bytearray(a_report())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    try:
        count, subject = read_report(bytes(whole))
    except UnreadableContentError:
        return
    assert report_json(count, subject) == bytes(whole)
