"""Tiles with an ear beside each, which says its words: for people who cannot read even the name of their language.

Rule 1: the ear is a control of its own beside its tile, never upon it: a touch means one thing.
Rule 2: all of a page have their ear or none has, by what is left for words beside it: it is the same on every page of
        one question, and larger type needs the room itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kivy.properties import StringProperty

from kiosk.presenters.shown import Scale
from kiosk.screens import theme
from kiosk.screens.parts import Picture, Touchable
from kiosk.screens.theme import px
from kiosk.screens.tile import AnswerTile
from kiosk.screens.tiles import TileGrid, alike
from kiosk.screens.words import Words

EAR_WIDE: Final = 18.0
EAR: Final = 11.0
MOST: Final = 6
LEAST: Final[Mapping[Scale, float]] = {100: 40.0, 125: 60.0, 150: 90.0}  # mm of a tile beside its ear, by size of type


class Ear(Touchable):
    """Says the words of the tile with this key."""

    key_said = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.picture = Picture(name="ear")
        self.add_widget(self.picture)

    def arrange(self) -> None:
        """Paint, with the ear in the middle."""
        if self.width < 1:
            return
        self.face.paint(self, self.colours.press if self.pressed else self.colours.panel, self.colours.line)
        self.picture.ink = "on_press" if self.pressed else "ink"
        side = px(EAR)
        self.put(self.picture, (self.width - side) / 2, (self.height - side) / 2, side, side)


def _fits(words: Words, size_px: float) -> bool:
    """Whether the words have room at this size."""
    widest, high = words.needs(size_px, words.width)
    return bool(widest + 2 <= words.width and high <= words.height)


class EaredGrid(TileGrid):
    """Up to six tiles; forwards the key of the one whose ear was touched."""

    __events__ = ("on_ear",)  # type: ignore[assignment]  # Kivy adds those of the class above

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.ears = [Ear() for _ in range(MOST)]
        for ear in self.ears:
            ear.bind(on_touched=lambda touched: self.dispatch("on_ear", touched.key_said))
            self.add_widget(ear)

    def on_ear(self, key: str) -> None:
        """The ear beside the tile of this key was touched."""

    def arrange(self) -> None:
        """Lay out the tiles, then give each ear the ending side of its tile's place, where there is room."""
        super().arrange()
        shown: list[AnswerTile] = [tile for tile in self.pool if tile.tile is not None]
        heard = shown[:MOST] if shown and all(tile.tile.ear for tile in shown[:MOST]) and not self.one_row else []
        for ear in self.ears[len(heard) :]:
            ear.absent = True
        if not heard:
            return
        if min(tile.width for tile in heard) - px(EAR_WIDE + theme.GAP) < px(LEAST[self.look.scale]):
            self._without()
            return
        for ear, tile in zip(self.ears, heard, strict=False):
            ear.absent, ear.key_said, ear.name = False, tile.key, f"ear-{tile.key}"
            self._divide(tile, ear)
        alike(heard)
        even = min(tile.words.best_size(tile.words.width, tile.words.height) for tile in heard)
        if not all(_fits(tile.words, even) for tile in heard):
            self._without()
            return
        for tile in shown:
            tile.words.at_most = even
            tile.arrange()

    def _without(self) -> None:
        """Give the tiles their whole places again."""
        for ear in self.ears:
            ear.absent = True
        super().arrange()

    def _divide(self, tile: AnswerTile, ear: Ear) -> None:
        wide, gap = px(EAR_WIDE), px(theme.GAP)
        left = tile.x if self.rtl else tile.right - wide
        ear.pos, ear.size = (left, tile.y), (wide, tile.height)
        tile.size = (tile.width - wide - gap, tile.height)
        if self.rtl:
            tile.x += wide + gap
        tile.words.at_most = 0
        tile.arrange()
