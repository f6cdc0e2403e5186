"""The benchmarks run: one round of each, so that a figure that no longer works is found at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import counting, elections, questionnaires
from tests.benchmarks.figures import Figure, Share, Spread, beside, show

HOUSE = Path(__file__).parents[2]


def test_every_figure_of_questionnaires_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    show("Questionnaires", questionnaires.figures(1))
    printed = capsys.readouterr().out
    assert printed.count("ratio") >= 5
    assert "author 130 questions in 20 languages" in printed


def test_every_figure_of_merge_and_opening_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    show("Elections", elections.figures(1, 50))
    printed = capsys.readouterr().out
    assert "merge 50 ballots" in printed
    assert "open 50 ballots" in printed


KIOSK = {
    "kiosk_touch": ("4", ["a bare ScreenManager", "en: touch on", "ar: touch on", "p95"]),
    "kiosk_start": ("0.2", ["from source", "a bare Kivy label", "a kiosk at rest"]),
    "kiosk_memory": ("8", ["memory after 16 pages", "against after 8"]),
}


@pytest.mark.parametrize("name", KIOSK)
def test_every_figure_of_a_kiosk_can_be_measured(name: str) -> None:
    """A few touches, one start, a breath of rest: in a process of its own, and no figure is judged."""
    few, told = KIOSK[name]
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", few],
        cwd=HOUSE, env=os.environ | {"KIVY_LOG_MODE": "PYTHON"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert [words for words in told if words not in done.stdout] == []


def test_waits_are_told_by_their_middle_and_their_end() -> None:
    bare = Spread("bare", tuple(at / 1000 for at in range(1, 101)))
    line = Spread("ours", (0.3,) * 100, (0.01,) * 100, 0.2, bare, 2).line()
    assert "p50 300.0 ms" in line
    assert "p95 of at most 200.0 ms  MISSED" in line
    assert "3.12 times" in line
    assert "MISSED (ratio)" in line
    assert "MISSED" not in Spread("ours", (0.1,) * 100, (), 0.2, bare, 2).line()
    assert "MISSED" in Share("idle", 0.06, 0.05).line()


def test_a_missed_ratio_is_said_and_nothing_fails() -> None:
    assert "MISSED" in Figure("a", "b", 2.0, 1.0, limit_s=3.0, most=1).line()
    late = Figure("a", "b", 2.0, 2.0, limit_s=1.0, most=1).line()
    assert "MISSED" not in late
    assert "over the limit" in late


def test_the_best_of_both_counts_and_they_take_turns() -> None:
    turns: list[str] = []
    beside(
        "a", lambda: turns.append("ours"), "b", lambda: turns.append("theirs"), limit_s=1, most=9, rounds=2
    )  # fmt: skip
    assert turns == ["ours", "theirs"] * 3


def test_the_count_is_measured_and_whoever_elects_others_is_called_wrong() -> None:
    def nobody(papers: object, candidates: int, seats: int) -> frozenset[int]:
        return frozenset()

    def broken(papers: object, candidates: int, seats: int) -> frozenset[int]:
        raise ZeroDivisionError

    programs = {counting.OURS: counting.ours, "nobody": nobody, "broken": broken, "the same": counting.ours}
    runs = counting.case(5, 2, complete=False, rounds=1, programs=programs, count=300)
    told = counting.lines(runs, 5, 2, complete=False)
    assert ["exact" in told[1], "WRONG" in told[2], "ZeroDivisionError" in told[3], "right" in told[4]] == [True] * 4
    assert len(runs[counting.OURS].elected) == 2
    assert "fastest that is right" in told[5]


def test_the_ballots_of_the_count_are_the_same_every_time() -> None:
    cut, again = (counting.ballots(6, complete=False, count=200) for _ in range(2))
    assert cut == again
    assert {len(ranking) for ranking in cut} >= {1, 2, 3}
    assert all(sorted(ranking) == [1, 2, 3, 4, 5, 6] for ranking in counting.ballots(6, complete=True, count=200))


def test_ours_is_judged_on_the_real_wards_where_there_are_any() -> None:
    alone = {counting.OURS: counting.ours}
    lines = counting.on_the_wards(alone)
    assert len(lines) == 1
    assert "right on" in lines[0] or "none lie beside" in lines[0]
