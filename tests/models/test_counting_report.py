"""What is said of a count: the one JSON, the table, the words, and the places of the picture."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.canonical import canonical_json
from models.counting.flow import NOBODY, flow_of
from models.counting.page import page_of
from models.counting.party_list import count_party_list
from models.counting.plurality import count_plurality
from models.counting.question import Quorum, count_question
from models.counting.report import AnyCount, Subject, report_json, votes
from models.counting.stv import StvCount, count_stv
from models.counting.text import page_text
from models.counting.ties import lots_by_hand, lots_of_hash
from models.counting.votes import Candidate, Ranking
from models.counting.words import stage_words
from models.seal import tagged

PEOPLE = (Candidate(1, "Ann", "Ind"), Candidate(2, "Bob"), Candidate(3, "Cy"), Candidate(4, "Di", withdrawn=True))
POLL: dict[Ranking, int] = {(1, 2): 7, (1, 3): 2, (2,): 2, (3,): 3, (4,): 1, (): 2}


def a_count() -> StvCount:
    return count_stv(POLL, 4, 2, withdrawn={4})


def report(count: AnyCount, rule: str = "scottish-stv", **ballots: int) -> dict[str, Any]:
    data = report_json(count, Subject(rule, "Wing", PEOPLE, bytes(32), ballots))
    assert data.endswith(b"\n")
    value: dict[str, Any] = json.loads(data)
    assert canonical_json(value) + b"\n" == data
    return value


def test_votes_have_five_decimals_and_a_sign() -> None:
    assert [votes(units) for units in (0, 5, 100_000, -92_800_000, -1)] == [
        "0.00000",
        "0.00005",
        "1.00000",
        "-928.00000",
        "-0.00001",
    ]


def test_the_report_of_transfers_holds_what_the_design_names() -> None:
    value = report(a_count(), total=17, blank=2)
    assert set(value) == {
        "format", "rule", "title", "seats", "input", "candidates", "ballots", "quota", "stages", "elected", "ties",
        "lot_source",
    }  # fmt: skip
    assert (value["format"], value["rule"], value["seats"], value["quota"]) == (
        "wingvoice-count/1",
        "scottish-stv",
        2,
        5,
    )
    assert value["ballots"] == {
        "total": 17,
        "valid": 14,
        "blank": 2,
        "spoilt": 0,
        "invalid": 0,
        "unreadable": 0,
        "withdrawn_only": 1,
    }
    assert value["candidates"][3] == {"number": 4, "name": "Di", "party": "", "withdrawn": True}
    first, second = value["stages"][:2]
    assert set(first) == {
        "stage", "kind", "from", "transfers", "totals", "non_transferable", "elected",
    }  # fmt: skip
    assert (first["from"], first["totals"], first["elected"]) == (0, ["9.00000", "2.00000", "3.00000", "0.00000"], [1])
    assert (second["kind"], second["from"], second["surplus"]) == ("surplus", 1, "4.00000")
    assert second["transfers"] == ["-4.00000", "3.11108", "0.88888", "0.00000"]
    assert second["totals"] == ["5.00000", "5.11108", "3.88888", "0.00000"]
    assert second["non_transferable"] == "0.00004"
    assert value["elected"] == [{"candidate": 1, "stage": 1}, {"candidate": 2, "stage": 2}]
    assert (value["ties"], value["lot_source"]) == ([], "none")


def test_blank_and_spoilt_may_come_as_one_figure() -> None:
    ballots = report(a_count(), total=17, blank_or_spoilt=2)["ballots"]
    assert ballots["blank_or_spoilt"] == 2
    assert not {"blank", "spoilt"} & set(ballots)


def test_what_the_opening_says_of_withdrawn_ballots_stands() -> None:
    assert report(a_count(), withdrawn_only=9)["ballots"]["withdrawn_only"] == 9


def test_ties_are_on_record_with_their_numbers() -> None:
    poll: dict[Ranking, int] = {(1,): 3, (2,): 2, (3,): 2}
    by_hand = report(count_stv(poll, 3, 1, lots=lots_by_hand([3, 2])))
    assert by_hand["lot_source"] == "hand"
    assert by_hand["ties"] == [
        {
            "stage": 2,
            "over": "exclusion",
            "candidates": [2, 3],
            "settled": "lot",
            "chosen": 3,
            "numbers": [{"candidate": 2, "number": 2}, {"candidate": 3, "number": 1}],
        }
    ]
    seed = bytes(range(32))
    drawn = report(count_stv(poll, 3, 1, lots=lots_of_hash(tagged, seed, 0, "seed")))
    assert drawn["lot_source"] == "seed"
    numbers = {one["candidate"]: one["number"] for one in drawn["ties"][0]["numbers"]}
    expected = tagged("lot", seed, b"\0", (2).to_bytes(2), b"\x03").hex()
    assert numbers[3] == expected
    assert drawn["ties"][0]["chosen"] == min(numbers, key=lambda candidate: numbers[candidate])


def test_other_rules_tell_totals_and_no_stages() -> None:
    most = report(count_plurality({(1,): 4, (2,): 2}, 4, 1, withdrawn={4}), "plurality")
    assert (most["totals"], most["elected"]) == ([4, 2, 0, 0], [{"candidate": 1, "stage": 1}])
    shared = report(count_party_list({(1,): 4, (2,): 2}, 4, 3, withdrawn={4}), "party-list")
    assert (shared["method"], shared["totals"], shared["seats_by_party"], shared["vacant"]) == (
        "hare",
        [4, 2, 0, 0],
        [2, 1, 0, 0],
        0,
    )
    put = report(count_question({(1,): 4, (2,): 2}, quorum=Quorum("turnout", 50, 20)), "question")
    assert (put["totals"], put["quorum_reached"], put["carried"]) == ([4, 2, 0], False, False)
    assert not any("stages" in value for value in (most, shared, put))


# Page and text.


def test_the_table_stands_as_in_the_design() -> None:
    text = page_text(page_of(a_count(), PEOPLE, "Wing", {"blank": 2}))
    lines = text.splitlines()
    assert lines[0] == "Wing   2 seats   14 valid   quota 5   2 blank   1 for withdrawn people only"
    assert lines[2:11] == [
        "                   Stage 1    Stage 2: surplus of",
        "                              Ann (4.00000)",
        "Candidate             Votes   Transfer      Votes   Result",
        "Ann (Ind)           9.00000   -4.00000    5.00000   elected, stage 1",
        "Bob                 2.00000    3.11108    5.11108   elected, stage 2",
        "Cy                  3.00000    0.88888    3.88888",
        "Di                  0.00000    0.00000    0.00000   withdrawn",
        "Not transferable    0.00000    0.00004    0.00004",
        "Total              14.00000    0.00000   14.00000",
    ]


def test_a_wide_table_runs_on_to_further_sheets_and_loses_no_figure() -> None:
    people = tuple(Candidate(number, f"Person {number}") for number in range(1, 14))
    count = count_stv({(number,): number + 10 for number in range(1, 14)}, 13, 1)
    page = page_of(count, people, "Wing")
    assert len(page.columns) > 8
    for width in (60, 140, 1000):
        text = page_text(page, width)
        table = text.split("Stage 1: ")[0]
        sheets = table.count("Candidate")
        assert sheets >= 2  # never more than eight stages on one
        assert table.count("Person 7") >= sheets
        assert all(cell[1] in text for row in page.rows for cell in row.cells)
        if width > 60:
            assert all(len(line) <= width for line in text.splitlines())


def test_every_stage_is_told_in_words_with_every_transfer() -> None:
    count = a_count()
    told = stage_words(count, PEOPLE)
    assert [words.stage for words in told] == [stage.number for stage in count.stages]
    assert [str(sentence) for sentence in told[0].sentences] == [
        "The first choices are counted. 5 votes are enough for a seat.",
        "Ann has 9 votes and is elected.",
    ]
    assert [str(sentence) for sentence in told[1].sentences] == [
        (
            "Ann has 4 votes more than the 5 that are enough. Every paper in that pile goes on to the next name"
            " that is still in the race. A whole vote goes on as 0.44444."
        ),
        "Bob gets 3.11108.",
        "Cy gets 0.88888.",
        "Not transferable: 0.00004, with no next name or cut off.",
        "Bob has 5.11108 votes and is elected.",
    ]


def test_an_exclusion_and_the_last_seats_are_told_in_words() -> None:
    poll: dict[Ranking, int] = {(1,): 4, (2,): 3, (3, 2): 1, (4,): 3}
    told = stage_words(count_stv(poll, 4, 2, lots=lots_by_hand([4, 3, 2, 1])), PEOPLE)
    assert "Cy has the fewest votes, 1, and is out of the race." in str(told[1].why)
    assert [str(sentence) for sentence in told[-1].result] == ["Bob has 4 votes and is elected."]
    nothing = stage_words(count_stv({(1,): 2, (2,): 2}, 3, 1, lots=lots_by_hand([2, 1])), PEOPLE[:3])
    assert str(nothing[1].why) == "Cy has no votes and is out of the race. No paper moves."
    assert str(nothing[1].result[0]) == "Nobody is elected at this stage."
    assert str(nothing[2].ties[0]) == "Ann, Bob were equal. A lot settled it: Bob goes out."
    assert "no more people are left than seats" in str(nothing[2].result[0])


def test_a_sentence_is_a_fixed_text_so_that_it_can_be_translated() -> None:
    for words in stage_words(a_count(), PEOPLE):
        for sentence in words.sentences:
            assert "Ann" not in sentence.text
            assert sentence.text.format(**sentence.facts) == str(sentence)


@pytest.mark.parametrize(
    ("count", "table", "words"),
    [
        (
            count_plurality({(1,): 4, (2,): 2}, 4, 1, withdrawn={4}),
            ["Ann (Ind) 4 elected", "Di 0 withdrawn"],
            "The most votes are elected. Ann is elected with 4 votes.",
        ),
        (
            count_party_list({(1,): 4}, 4, 3, people=[1, 1, 1, 1]),
            ["Ann (Ind) 4 1 seat"],
            "Ann has 4 votes and gets 1 seat. 2 seats stay empty",
        ),
        (
            count_question({(1,): 4, (2,): 2}),
            ["Ann 4", "Bob 2", "Cy 0"],
            "4 said yes and 2 said no. The proposal is carried.",
        ),
        (
            count_question({(1,): 4}, quorum=Quorum("yes", 50, 90)),
            ["Ann 4"],
            "Too few people took part. The proposal is not carried.",
        ),
    ],
)
def test_other_rules_are_shown_in_a_table_of_votes_and_in_words(count: AnyCount, table: list[str], words: str) -> None:
    text = page_text(page_of(count, PEOPLE, "Wing"))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert text.startswith("Wing")
    assert set(table) <= set(lines)
    assert words in " ".join(lines)


# The picture's places.


def test_lanes_stand_in_order_of_election_and_the_last_excluded_above_the_first() -> None:
    poll: dict[Ranking, int] = {(1,): 9, (2, 1): 2, (3, 2): 1, (4,): 20}
    people = tuple(Candidate(number, str(number)) for number in range(1, 5))
    flow = flow_of(count_stv(poll, 4, 2), people)
    assert [lane.candidate for lane in flow.lanes][:1] == [4]
    assert [lane.candidate for lane in flow.lanes][-1] == NOBODY
    excluded = [lane.excluded_at for lane in flow.lanes if lane.excluded_at]
    assert excluded == sorted(excluded, reverse=True)
    assert [lane.quota is not None for lane in flow.lanes[:2]] == [True, True]


def test_whoever_withdrew_has_no_lane() -> None:
    assert 4 not in {lane.candidate for lane in flow_of(a_count(), PEOPLE).lanes}


def test_a_poll_without_ballots_can_be_drawn() -> None:
    count = count_stv({}, 3, 1, lots=lots_by_hand([1, 2, 3]))
    flow = flow_of(count, PEOPLE[:3])
    assert all(bar.height == 0 for bar in flow.bars)
