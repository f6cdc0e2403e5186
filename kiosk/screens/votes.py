"""The middle of a vote: progress, what is voted on, and its names, each at least 20 mm high.

Rule 1: as few names stand side by side as let each be as high as an answer should.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.presenters.pads import Ranking, Tiles
from kiosk.screens import theme
from kiosk.screens.asking import AIR, ROW_TALL, Asking
from kiosk.screens.theme import px

MOST_LOW: Final = 30.0
NO_EARS: Final = 3  # side by side: names need the room; Listen reads them


class VotePad(Asking):
    """Everything between the bar above and the three controls below the names."""

    def _tiles(self, pad: Tiles | Ranking, under: float) -> None:
        """Names below what is voted on, in as many columns as their height asks for."""
        grid, gap = self.grid, px(theme.GAP)
        grid.tiles, grid.more_words, grid.many = pad.tiles, pad.more, isinstance(pad, Tiles) and pad.many
        grid.one_row, grid.pictured, grid.cards = False, False, False
        count = len(pad.tiles) + (pad.more is not None)
        least = min(self.question.least_px(self.width), px(theme.QUESTION))
        rows = max(1, int((under - least - px(AIR) + gap) // (px(theme.ANSWER) + gap)))
        grid.columns = -(-count // rows)
        rows = -(-count // max(1, grid.columns))
        if grid.columns >= NO_EARS:
            grid.tiles = tuple(replace(tile, ear=False) for tile in pad.tiles)
        grid.tallest = ROW_TALL if theme.MEASURE.shape == "wide" else MOST_LOW
        self._below(grid, under, rows * px(theme.ANSWER) + (rows - 1) * gap)
        grid.again()
