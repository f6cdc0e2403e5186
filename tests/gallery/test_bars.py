"""The bars on the smallest screens: their words stand in every language, and neighbours have one size."""

from __future__ import annotations

import pytest

from kiosk.presenters.room import LARGEST
from kiosk.screens.controls import Control
from kiosk.screens.parts import shared_out
from tests.gallery.hall import Hall
from tests.gallery.looks import Look, every_look

LANGUAGES = sorted({look.tag for look in every_look(sizes=["A"])})


def controls(hall: Hall, name: str, look: Look) -> dict[str, Control]:
    """Return what stands in the bars of a screen, by name."""
    hall.stand(name, look)
    return {one.name: one for one in hall.driver.targets() if isinstance(one, Control) and one.role == "bar"}


@pytest.mark.screens
@pytest.mark.parametrize("size", ["C", "C-portrait", "A-portrait"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_control_of_a_question_says_its_word(hall: Hall, tag: str, size: str) -> None:
    there = controls(hall, "question-hours", Look(size, tag, "light", LARGEST))
    assert {"listen", "bigger", "back", "hide", "stop", "skip", "onward", "tell"} <= set(there)
    assert [name for name, one in there.items() if one.words.said is None] == []


@pytest.mark.screens
@pytest.mark.parametrize("tag", ["en", "vi", "ar"])
def test_the_words_of_a_bar_have_one_size_and_grow(hall: Hall, tag: str) -> None:
    head = ("listen", "bigger", "language", "help", "stop")
    usual = controls(hall, "question-hours", Look("A", tag, "light", 100))
    before = {usual[name].words.font_size for name in head}
    large = controls(hall, "question-hours", Look("A", tag, "light", LARGEST))
    after = {large[name].words.font_size for name in head}
    assert len(before) == len(after) == 1
    assert max(after) > max(before)


def test_what_has_enough_lends_alike_and_all_is_given_away() -> None:
    assert shared_out((1, 1, 1, 1), (10, 20, 0, 25), 100) == (25, 25, 25, 25)
    assert shared_out((1, 1, 2), (40, 5, 20), 100) == pytest.approx((40, 25 - 15 * 20 / 50, 50 - 15 * 30 / 50))
    assert shared_out((1, 1), (80, 60), 100) == (50, 50)  # nobody has anything to lend
    assert sum(shared_out((1, 1, 1), (90, 30, 20), 100)) == pytest.approx(100)
