"""The benchmarks run: one round of each, so that a figure that no longer works is found at once."""

from __future__ import annotations

import pytest

from tests.benchmarks import questionnaires
from tests.benchmarks.figures import Figure, beside, show


def test_every_figure_of_questionnaires_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    show("Questionnaires", questionnaires.figures(1))
    printed = capsys.readouterr().out
    assert printed.count("ratio") >= 5
    assert "author 130 questions in 20 languages" in printed


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
