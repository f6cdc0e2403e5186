"""Every pair of colours that is drawn is far enough apart, in both themes."""

from __future__ import annotations

import pytest

from kiosk.screens import theme
from kiosk.screens.controls import FILLS

WORDS_AT_LEAST = 7.0
STATES_AT_LEAST = 3.0


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#1d70b8", "#ffffff") == pytest.approx(5.2, abs=0.1)


@pytest.mark.parametrize("name", theme.COLOURS)
@pytest.mark.parametrize("pair", theme.WORD_PAIRS)
def test_words_and_icons_are_at_least_seven_to_one(name: str, pair: tuple[str, str]) -> None:
    colours = theme.COLOURS[name]
    assert contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) >= WORDS_AT_LEAST


@pytest.mark.parametrize("name", theme.COLOURS)
@pytest.mark.parametrize("pair", theme.STATE_PAIRS)
def test_borders_and_states_are_at_least_three_to_one(name: str, pair: tuple[str, str]) -> None:
    colours = theme.COLOURS[name]
    assert contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) >= STATES_AT_LEAST


def test_every_control_is_drawn_in_a_pair_that_was_measured() -> None:
    assert {(ink, fill) for fill, ink in FILLS.values()} <= set(theme.WORD_PAIRS)
