"""A whole election on three kiosks that never meet, and every mischief of the day: what is published is true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models import seal
from models.election.merge import Status, look_up
from models.election.slip import read_code
from sync.central.elections import board
from tests.journeys.election_day import (
    AUDITED,
    FINGERS,
    FORGED,
    KIOSKS,
    MADE_UP,
    NETWORK,
    PAPERS,
    STICK,
    STOLEN,
    TWICE,
    VOTERS,
    ElectionDay,
    Honest,
    merged_without_codes,
    papers_of,
)
from tests.journeys.house import House, copied

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def day(new_house: House, tmp_path_factory: pytest.TempPathFactory) -> ElectionDay:
    """Hold the day once."""
    folder = tmp_path_factory.mktemp("election")
    held = ElectionDay(copied(new_house, folder / "house"), folder / "election", folder / "screens")
    with held.house.serving() as address:
        held.prepare(address)
        held.poll(address)
        held.count()
    return held


def opening(day: ElectionDay, contest: int) -> dict[str, Any]:
    """Return what the first laptop wrote down of a vote."""
    found: dict[str, Any] = json.loads(day.files()["opening-1.json"])["contests"][contest - 1]
    return found


def test_it_was_the_day_that_was_asked_for(day: ElectionDay) -> None:
    assert len(KIOSKS) == 3
    assert len(day.desk.voters) + len(day.desk.audits) == 180
    assert len({one.code for one in day.cast}) == VOTERS == 140
    assert len(day.cast) == VOTERS + TWICE
    assert (TWICE, FORGED) == (6, 3)
    assert day.refused == {"used": TWICE, "wrong": FORGED}
    assert all(any(one.kiosk == name for one in day.cast) for name in KIOSKS)
    assert sum(not one.stub for one in day.cast) == PAPERS == 3


def test_the_published_result_is_the_honest_votes_of_the_boxes_that_came(day: ElectionDay) -> None:
    day.check()
    files = day.files()
    close = json.loads(files["close.json"])
    assert [one["kiosk"] for one in close["boxes"]] == sorted(day.ids[name] for name in (NETWORK, NETWORK, STICK))
    assert close["missing"] == [day.ids[STOLEN]]
    came = Honest(day.cast).people
    for contest in (1, 2, 3):
        numbers = opening(day, contest)
        assert (numbers["accepted"], numbers["audit"]) == (came + AUDITED, AUDITED)
    assert sum(json.loads(files["votes-2.json"])["totals"]) == came


def test_what_was_stuffed_is_named_and_counted_nowhere(day: ElectionDay) -> None:
    files = day.files()
    merged = merged_without_codes(board.election_of(files), files)
    for contest, (twice, made_up, void) in {1: (TWICE, MADE_UP, 1), 2: (TWICE, 0, 0), 3: (TWICE, 0, 0)}.items():
        found = [len(merged.of(contest, one)) for one in (Status.USED_TWICE, Status.UNKNOWN_SLIP, Status.VOID_SLIP)]
        assert found == [twice, made_up, void]
    assert len(merged.alarms) == 1


def test_papers_have_a_box_of_their_own_and_count_as_every_vote(day: ElectionDay) -> None:
    files = day.files()
    merged = merged_without_codes(board.election_of(files), files)
    for contest in (1, 2, 3):
        papers = papers_of(files, contest)
        assert len(papers) == PAPERS
        assert papers <= {seal.seal_code(one) for one in merged.accepted(contest)}


def test_anybody_can_look_up_a_stub(day: ElectionDay) -> None:
    files = day.files()
    merge, election = files["merge.json"], board.election_of(files)

    def found(code: str) -> str:
        seed = seal.slip_seed(read_code(code), election.definition.id)
        key = seal.public_half(seal.slip_key(seed, election.definition.id, 2))
        return look_up(merge, seal.stub(key), seal.stub)

    twice = {one.code for one in day.cast if one.kiosk == NETWORK} & {
        one.code for one in day.cast if one.kiosk == STICK
    }
    assert len(twice) == TWICE
    assert found(min(twice)) == "used twice, one counted"
    assert found(next(one.code for one in day.cast if one.kiosk == STICK and one.code not in twice)) == "counted"
    assert found(next(one.code for one in day.cast if one.kiosk == STOLEN)) == "not here"


def test_the_board_verifies_from_its_files_alone_and_not_with_one_bit_flipped(day: ElectionDay) -> None:
    day.check_verify()


def test_no_code_key_or_choice_is_in_any_file_on_the_way(day: ElectionDay) -> None:
    day.check_nothing_readable()


def test_pictures_table_and_flow_are_left(day: ElectionDay) -> None:
    for language in set(FINGERS):
        for screen in ("welcome", "slip", "vote", "check", "sealed"):
            assert (Path(str(day.pictures)) / f"{language}-booth{screen}.png").is_file()
    sheet = (day.root / "result.txt").read_text(encoding="utf-8")
    assert all(words in sheet for words in ("Stage 1", "Families", "Shall the gym open on Sundays?"))
    assert (day.root / "flow.svg").read_bytes().startswith(b"<svg")
    assert (day.root / "result.pdf").read_bytes().startswith(b"%PDF")
    assert not (day.root / "booth.json").exists()
