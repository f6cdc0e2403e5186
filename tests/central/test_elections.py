"""A whole election: the protocol from plan to published result, and what a board proves by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.central.elections.verify import holds, verify
from tests.central.polling import Day, a_box, a_day, some_votes


def a_small_day(folder: Path) -> tuple[Day, dict[str, bytes]]:
    """Return an election of two kiosks, sixteen voters and four audit ballots, and its final board."""
    day = a_day(folder)
    day.open_kiosks()
    issued = day.voters[:22]
    for number, one in enumerate(issued):
        day.vote(number % 2 + 1, one.code, *some_votes(number))
    for number, one in enumerate(day.audits[:4]):
        day.audit(number % 2 + 1, one.code, *some_votes(number + 3))
    boxes = [a_box(one) for one in day.close_kiosks()]
    board_1, merged = day.board_1(boxes, issued)
    final = day.board_2(board_1, merged)
    day.shut()
    return day, final


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Day, dict[str, bytes]]:
    return a_small_day(tmp_path_factory.mktemp("small"))


def test_a_board_verifies_from_its_files_alone(small: tuple[Day, dict[str, bytes]]) -> None:
    checks = verify(small[1])
    assert [(one.number, one.reason) for one in checks if one.verdict == "FAIL"] == []
    assert [one.number for one in checks if one.verdict == "ATTESTED"] == [12, 16]
    assert holds(checks)
