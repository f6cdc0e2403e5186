"""Tiles side by side: alone, in a column, in two columns, as cards or as one row of faces.

Rule 1: a grid has a pool of tiles that are bound again, never built again; unused ones are absent.
Rule 2: "More" stands at the place of the last tile.
Rule 3: the tiles of a page have one size of type, and all of them their pictures or none.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.room import LARGEST
from kiosk.presenters.shown import Tile
from kiosk.screens import theme
from kiosk.screens.parts import Part
from kiosk.screens.theme import px
from kiosk.screens.tile import TINY, AnswerTile
from kiosk.screens.words import Words

POOL: Final = 11
SMALL_SCREEN_TALLER: Final = 1.4
SMALL_LINE: Final = 6.5
LEAST_CARD, LEAST_ROW = 26.0, 40.0
TIGHT_ANSWER: Final = 17.5  # where answers would else stand side by side on a small screen


class TileGrid(Part):
    """Up to eleven tiles and "More"; forwards the key of the one that was touched."""

    personal = ("tiles", "more_words")

    tiles = ObjectProperty(())
    more_words = ObjectProperty(None, allownone=True)
    cards = BooleanProperty(defaultvalue=False)
    one_row = BooleanProperty(defaultvalue=False)
    many = BooleanProperty(defaultvalue=False)
    columns = NumericProperty(0)
    whole = BooleanProperty(defaultvalue=False)  # on a small screen each takes a whole row: its small words must stand
    tallest = NumericProperty(24.0)
    at_most = NumericProperty(0)  # px; lets grids below one another agree on one size
    least = NumericProperty(0)  # mm of the narrowest tile; 0: as wide as words of its kind need
    centred = BooleanProperty(defaultvalue=False)
    pictured = BooleanProperty(defaultvalue=False)
    role = StringProperty("body")
    __events__ = ("on_tile", "on_more")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [AnswerTile() for _ in range(POOL)]
        self.last = AnswerTile(name="more")
        for tile in self.pool:
            tile.bind(on_touched=lambda touched: self.dispatch("on_tile", touched.key))
            self.add_widget(tile)
        self.last.bind(on_touched=lambda _: self.dispatch("on_more"))
        self.add_widget(self.last)
        for name in (*self.personal, "cards", "one_row", "many", "columns", "tallest", "pictured", "role", "at_most"):
            self.fbind(name, self.again)
        self.bind(tiles=self.placed_anew)

    def on_tiles(self, _part: object, tiles: object) -> None:
        """A row without tiles takes no place; what has no `tall` is the page's own, and keeps it."""
        self.absent = bool(self.tall) and not tiles

    def on_tile(self, key: str) -> None:
        """The tile of this key was touched."""

    def on_more(self) -> None:
        """More was touched."""

    def across(self, count: int, width: float, height: float) -> int:
        """Return how many tiles stand side by side in a room: as few as let each be as high as an answer should."""
        gap, upright = px(theme.GAP), theme.MEASURE.shape in ("tall", "slim")
        if self._whole or (self.one_row and theme.MEASURE.shape == "slim" and any(tile.small for tile in self.tiles)):
            return 1
        if self.one_row:
            pictured = any(tile.picture for tile in self.tiles) and not self.cards
            return min(count, max(1, int((width + gap) // (px(TINY) + gap)))) if pictured else count
        most = max(1, int((width + gap) // (px(self.least or (LEAST_CARD if self.cards else LEAST_ROW)) + gap)))
        if self.columns and (self.cards or self.least or theme.MEASURE.shape != "slim"):
            return min(int(self.columns), most)
        if self.cards:
            usual = {1: 1, 2: 2, 3: 3, 4: 2}.get(count, 3)
            return min(usual, 2 if upright else 3, most)
        if theme.MEASURE.shape == "wide":
            return 1 if count <= 3 else 2  # noqa: PLR2004 - design: up to three in one column, then two
        tight = theme.MEASURE.shape == "slim" or (theme.MEASURE.shape == "rail" and self.look.scale == LARGEST)
        row = px(TIGHT_ANSWER if tight else theme.ANSWER) + gap
        return next((n for n in range(1, most) if -(-count // n) * row - gap <= height), most)

    @property
    def _whole(self) -> bool:
        return bool(self.whole) and theme.MEASURE.small

    def wants_px(self, width: float) -> float:
        """One row of its `tall`, or as many as its width asks for; with room for small words."""
        count = max(1, len(self.tiles) + (self.more_words is not None))
        rows = -(-count // self.across(count, width, px(1e4))) if self.one_row else 1
        small = any(tile.small for tile in self.tiles) and theme.MEASURE.shape in ("rail", "tall")
        row = super().wants_px(width) + (px(SMALL_LINE) if small else 0)
        return rows * (row + px(theme.GAP)) - px(theme.GAP)

    def arrange(self) -> None:
        """Bind the pool and lay it out in rows, from the head, in reading direction."""
        shown = []
        for place, widget in enumerate(self.pool):
            widget.tile = self.tiles[place] if place < len(self.tiles) else None
            shown += [widget] if widget.tile is not None else []
        self.last.tile = None if self.more_words is None else Tile("more", self.more_words, "more")
        shown += [self.last] if self.more_words is not None else []
        if not shown or self.width < 1:
            return
        across = self.across(len(shown), self.width, self.height)
        self._place(shown, across)
        # Where words are too wide for their tiles, fewer stand side by side, as long as each can still be touched.
        while across > 1 and not self.one_row and not all(_fits(one.words) for one in shown):
            across -= 1
            if self.height + px(theme.GAP) < -(-len(shown) // across) * px(theme.BAR + theme.GAP):
                break
            self._place(shown, across)

    def even_px(self) -> float:
        """The size of type that its tiles have, once they were arranged."""
        return min((one.words.at_most for one in self.pool if one.tile is not None), default=0)

    def fits(self) -> bool:
        """Whether the words of all tiles have room, once they were arranged."""
        return all(_fits(one.words) for one in self.pool if one.tile is not None)

    def _place(self, shown: list[AnswerTile], across: int) -> None:
        """Give each its place, so many side by side, and all of them one size of type."""
        gap = px(theme.GAP)
        rows = -(-len(shown) // across)
        width = (self.width - gap * (across - 1)) / across
        larger = 1 if self.cards else self.look.scale / 100
        tallest = self.tallest * (larger if theme.MEASURE.shape == "wide" else SMALL_SCREEN_TALLER)
        height = min((self.height - gap * (rows - 1)) / rows, px(tallest))
        low = min(height, px(theme.BAR)) if self._whole and self.more_words is not None else 0.0
        if low:  # "More" says nothing more, and leaves its height to the others
            height = min((self.height - gap * (rows - 1) - low) / max(1, rows - 1), px(tallest))
        spare = (self.height - rows * height - gap * (rows - 1)) / 2 if self.centred else 0
        for place, widget in enumerate(shown):
            row, column = divmod(place, across)
            widget.card, widget.box = self.cards, self.many and widget is not self.last
            widget.pictured = self.pictured
            top = self.height - spare - row * (height + gap)
            high = low or height if widget is self.last else height
            self.put(widget, column * (width + gap), top - high, width, high)
            widget.words.role = self.role
            widget.words.at_most, widget.picture_most, widget.bare = 0, 0, False
            widget.arrange()
        # Answers have one size of type, at which the longest of them fits; "More" is none, and may be smaller.
        answers = [one for one in shown if one is not self.last] or shown
        alike(answers)
        even = min(one.words.best_size(one.words.width, one.words.height) for one in answers)
        even = min(even, self.at_most or even)
        for widget in shown:
            widget.words.at_most = even
            widget.arrange()  # what stands around the words goes by their size
        pictures = {one.picture.width for one in answers if not one.picture.absent} if self.cards else set()
        if len(pictures) > 1:
            for widget in shown:
                widget.picture_most = min(pictures)
                widget.arrange()


def alike(tiles: list[AnswerTile]) -> None:
    """Let all tiles have their pictures, or none: a single one without looks like another kind of answer."""
    if any(tile.lost for tile in tiles):
        for tile in tiles:
            tile.bare = True
            tile.arrange()


def _fits(words: Words) -> bool:
    """Whether words have room in their box at their smallest."""
    return words.fits(words.width, words.height)
