"""The picture of a count as shares of a page, and its bands as pixels."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.presenters.flowing import OTHERS, FlowPicture, picture_of, windows
from kiosk.screens.ribbons import DEPTH, Fill, Sheet, bent
from models.counting.blt import read_blt
from models.counting.flow import NOBODY, Size, flow_of
from models.counting.stv import StvCount, count_stv
from models.counting.ties import lots_by_hand
from models.counting.votes import Candidate, merged
from tests.kiosk.councils import BLT, needs_wards

NEAR = 1e-6


def a_count(seed: int, people: int = 9, seats: int = 3, voters: int = 60) -> tuple[StvCount, list[Candidate]]:
    random = Random(seed)
    order = range(1, people + 1)
    papers = [(tuple(random.sample(order, random.randint(1, people))), 1) for _ in range(voters)]
    count = count_stv(merged(papers), people, seats, lots=lots_by_hand(tuple(order)))
    return count, [Candidate(number, f"Person {number}") for number in order]


def every_picture(count: StvCount, people: list[Candidate], stages: int, lanes: int) -> list[FlowPicture]:
    return [picture_of(count, people, window, lanes) for window in windows(len(count.stages), stages)]


@given(st.integers(1, 40), st.integers(2, 8))
def test_windows_hold_every_stage_and_each_begins_where_the_last_ended(stages: int, most: int) -> None:
    cut = windows(stages, most)
    assert cut[0][0] == 1
    assert cut[-1][1] == stages
    assert all(last == first for (_, last), (first, _) in itertools.pairwise(cut))
    assert all(last - first < most for first, last in cut)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("lanes", [3, 5, 7, 12])
def test_a_picture_stays_within_its_room_and_no_lane_is_lower_than_its_share(seed: int, lanes: int) -> None:
    count, people = a_count(seed)
    for picture in every_picture(count, people, 5, lanes):
        assert len(picture.lanes) <= lanes
        tops = [lane.top for lane in picture.lanes]
        assert tops == sorted(tops)
        for lane in picture.lanes:
            assert -NEAR <= lane.top < lane.floor <= 1 + NEAR
            assert lane.floor - lane.top > 0.6 / lanes
            assert lane.quota is None or lane.top - NEAR <= lane.quota < lane.floor
        for block in picture.bars:
            assert -NEAR <= block.x <= block.x + block.width <= 1 + NEAR
            assert -NEAR <= block.y <= block.y + block.height <= 1 + NEAR
        for band in picture.ribbons:
            for y in (band.y0, band.y1):
                assert -NEAR <= y <= y + band.height <= 1 + NEAR


@pytest.mark.parametrize("seed", range(12))
def test_bars_of_a_stage_add_up_to_all_votes_however_few_lanes_there_are(seed: int) -> None:
    count, people = a_count(seed)
    for lanes in (3, 5, 12):
        for picture in every_picture(count, people, 4, lanes):
            sums = [
                sum(block.height for block in picture.bars if abs(block.x + block.width / 2 - x) < NEAR)
                for x in picture.columns
            ]
            assert max(sums) - min(sums) < 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_what_leaves_a_bar_arrives_at_the_next_ones(seed: int) -> None:
    count, people = a_count(seed)
    for picture in every_picture(count, people, 4, 5):
        held = sum(block.height for block in picture.bars if abs(block.x) < NEAR)
        for x in sorted({band.x0 for band in picture.ribbons}):
            assert abs(sum(band.height for band in picture.ribbons if band.x0 == x) - held) < 1e-6


def test_whoever_went_out_first_shares_a_lane_and_the_elected_do_not() -> None:
    count, people = a_count(1)
    picture = picture_of(count, people, (1, 2), 5)
    named = [lane.candidate for lane in picture.lanes]
    assert OTHERS in named
    assert named[:3] == [one for one, _ in count.elected][:3]
    others = next(lane for lane in picture.lanes if lane.candidate == OTHERS)
    assert others.count == len(people) - 3
    assert others.mark is None


def test_marks_say_who_is_elected_and_who_has_no_seat_when_it_is_over() -> None:
    count, people = a_count(2)
    last = every_picture(count, people, 5, 12)[-1]
    elected = {one for one, _ in count.elected}
    for lane in last.lanes:
        expected = None if lane.candidate == NOBODY else "elected" if lane.candidate in elected else "out"
        assert lane.mark == expected


def test_a_window_of_all_stages_is_the_whole_drawing_and_nobody_without_votes_has_a_lane_in_part_of_it() -> None:
    count, people = a_count(3)
    assert flow_of(count, people, Size(), (1, len(count.stages))) == flow_of(count, people)
    last = len(count.stages)
    late = flow_of(count, people, Size(), (last - 1, last))
    for lane in late.lanes:
        assert lane.first or lane.last


def test_somebody_without_a_vote_goes_out_of_a_window_without_a_band() -> None:
    count = count_stv({(1, 2): 9, (2, 1): 8, (4, 1): 4}, 4, 1)
    people = [Candidate(number, f"Person {number}") for number in range(1, 5)]
    assert [stage.source for stage in count.stages[:2]] == [0, 3]
    assert len(count.stages) > 2
    window = flow_of(count, people, Size(), (1, 2))
    assert {band.kind for band in window.ribbons} == {"kept"}
    assert 3 not in {lane.candidate for lane in window.lanes}


@needs_wards
def test_every_real_ward_has_a_picture_in_its_room() -> None:
    for path in sorted(BLT.glob("*.blt")):
        read = read_blt(path.read_bytes())
        count = count_stv(read.rankings, len(read.candidates), read.seats, withdrawn=read.withdrawn)
        people = list(read.candidates)
        for lanes in (5, 7):
            for picture in every_picture(count, people, 6, lanes):
                assert len(picture.lanes) <= lanes, path.name
                assert all(lane.floor <= 1 + NEAR for lane in picture.lanes), path.name
                assert all(band.y1 + band.height <= 1 + NEAR for band in picture.ribbons), path.name


# Pixels


def column(sheet: Sheet, x: int) -> list[str]:
    return [sheet.pixel(x, y) for y in range(sheet.height)]


def test_a_sheet_has_its_ground_wherever_nothing_was_drawn() -> None:
    sheet = Sheet(3, 4, "#102030")
    assert sheet.pixels() == bytes.fromhex("102030ff") * 12


def test_a_box_fills_whole_pixels_and_blends_the_edges_it_covers_in_part() -> None:
    sheet = Sheet(4, 6, "#000000")
    sheet.box(1, 1.5, 2, 3, Fill("#ffffff"))
    assert column(sheet, 0) == ["#000000"] * 6
    assert column(sheet, 1) == ["#000000", "#808080", "#ffffff", "#ffffff", "#808080", "#000000"]


def test_a_box_lower_than_a_pixel_is_still_seen() -> None:
    sheet = Sheet(3, 3, "#000000")
    sheet.box(0, 1, 0.2, 0.1, Fill("#ffffff"))
    assert sheet.pixel(0, 1) == "#ffffff"


@given(st.floats(-20, 40), st.floats(-20, 40), st.floats(-5, 60), st.floats(0, 30))
def test_nothing_is_drawn_outside_the_sheet_and_it_keeps_its_size(x: float, y: float, wide: float, high: float) -> None:
    sheet = Sheet(12, 9, "#ffffff")
    sheet.band(x, x + wide, bent(x, y, x + wide, y + 9), bent(x, y + high, x + wide, y + 9 + high), Fill("#000000"))
    sheet.dashes(x, x + wide, y, 2, 3, "#000000")
    assert len(sheet.pixels()) == 12 * 9 * DEPTH
    assert sheet.pixels()[3::4] == b"\xff" * 12 * 9


def test_stripes_slant_and_are_of_two_colours_however_they_are_cut() -> None:
    fill = Fill("#000000", "#ffffff", 2)
    whole = fill.run(0, 0, 12)
    for first in range(5):
        assert fill.run(0, first, 12) == whole[first * DEPTH :]
        assert fill.run(first, 0, 5) == whole[first * DEPTH : (first + 5) * DEPTH]


def test_a_way_is_level_at_both_ends_and_passes_its_middle() -> None:
    way = bent(10, 2, 20, 8)
    assert [way(x) for x in (0, 10, 15, 20, 30)] == [2, 2, 5, 8, 8]
