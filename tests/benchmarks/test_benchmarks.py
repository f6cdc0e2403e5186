"""The benchmarks run: one round of each, so that a figure that no longer works is found at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import questionnaires
from tests.benchmarks.figures import Figure, Share, Spread, beside, show

HOUSE = Path(__file__).parents[2]


def test_every_figure_of_questionnaires_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    show("Questionnaires", questionnaires.figures(1))
    printed = capsys.readouterr().out
    assert printed.count("ratio") >= 5
    assert "author 130 questions in 20 languages" in printed


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
