"""What is told: line by line with a picture before each idea, or in paragraphs with one large picture beside them.

Rule 1: all lines of a page have one size, the largest at which all of them fit.
Rule 2: pictures are as large as the lines allow; they give way before the words do.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.presenters.before import Line
from kiosk.screens.parts import Part, Picture
from kiosk.screens.pictured import ALBUM
from kiosk.screens.reading import Paragraphs
from kiosk.screens.theme import px
from kiosk.screens.tiles import TileGrid
from kiosk.screens.words import STEPS, Words

MOST_TOLD: Final = 8
ROW_MM: Final = 12.5
PICTURE_MM: Final = 10.5
SMALL_PICTURE_MM: Final = 7.5
BESIDE_MM: Final = 3.4
BESIDE_LARGE_MM: Final = 5.0
HEAD_MM: Final = 46.0
NARROW_MM: Final = 140.0
HEAD_TALL_MM: Final = 13.0  # two lines
BETWEEN_MM: Final = 1.0
CHOICE_MM: Final = 48.0


class ToldLine(Part):
    """A picture, what it is about, and its words; without the second, the words take its place too."""

    personal = ("line",)

    line = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.picture, self.head, self.words = Picture(), Words(role="bar", ink="chosen"), Words(role="body")
        for part in (self.picture, self.head, self.words):
            self.add_widget(part)
        self.bind(line=self.again)

    def on_line(self, _part: object, line: Line | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = line is None
        self.head.said, self.words.said = (None, None) if line is None else (line.head, line.words)

    def size_px(self, step: int) -> float:
        """Size of the words at a step, or their smallest."""
        sizes = self.words.sizes_px()
        return sizes[min(step, len(sizes) - 1)]

    def _above(self, width: float) -> int:
        """Height in px of what it is about where that stands above its words, as on a narrow page."""
        if self.head.said is None or width >= px(NARROW_MM):
            return 0
        return self.head.needs(self.head.best_size(width - self._picture_px(), px(HEAD_TALL_MM)), width)[1] + 2

    def _picture_px(self) -> int:
        return px(PICTURE_MM + BESIDE_MM)

    def _start(self, width: float) -> int:
        beside = self.head.said is not None and width >= px(NARROW_MM)
        return self._picture_px() + (px(HEAD_MM + BESIDE_MM) if beside else 0)

    def needs_px(self, step: int, width: float) -> float:
        """Height at a step of the words' size, which what it is about does not exceed; too much for too wide a word."""
        self.head.at_most = self.size_px(step)
        room, above = width - self._start(width), self._above(width)
        widest, high = self.words.needs(self.size_px(step), room)
        if widest + 2 > room:
            return 1e9
        if self.head.said is not None and not above:
            high = max(high, self.head.needs(self.head.best_size(px(HEAD_MM), px(HEAD_TALL_MM)), px(HEAD_MM))[1])
        return max(px(SMALL_PICTURE_MM), high + above + 2)

    def arrange(self) -> None:
        """The picture in the middle of its side, then what it is about, then the words."""
        if self.line is None or self.width < 1:
            return
        side, beside = min(px(PICTURE_MM), round(self.height)), px(PICTURE_MM + BESIDE_MM)
        self.picture.name, self.picture.plated = self.line.picture, self.look.theme == "contrast"
        self.put(self.picture, (px(PICTURE_MM) - side) / 2, (self.height - side) / 2, side, side)
        above, start = self._above(self.width), self._start(self.width)
        if above:
            self.put(self.head, beside, self.height - above, self.width - beside, above)
        elif self.head.said is not None:
            self.put(self.head, beside, 0, px(HEAD_MM), self.height)
        self.put(self.words, start, 0, self.width - start, self.height - above)


class Told(Part):
    """Up to eight lines, or the answers to the check."""

    personal = ("lines", "choices")

    lines = ObjectProperty(())
    choices = ObjectProperty(())
    __events__ = ("on_tile",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [ToldLine() for _ in range(MOST_TOLD)]
        self.grid = TileGrid(columns=2, tallest=CHOICE_MM, cards=True, pictured=True)
        for part in (*self.pool, self.grid):
            self.add_widget(part)
        self.grid.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
        self.bind(lines=self.again, choices=self.again)

    def on_tile(self, key: str) -> None:
        """The answer of this key was touched."""

    def arrange(self) -> None:
        """Bind the pool, find the size, place from the head; the answers stand where the lines would."""
        self.grid.tiles, self.grid.absent = self.choices, not self.choices
        if self.choices:
            self.put(self.grid, 0, 0, self.width, self.height)
            self.grid.again()
        for place, part in enumerate(self.pool):
            part.line = self.lines[place] if place < len(self.lines) else None
        shown = self.pool[: len(self.lines)]
        if not shown or self.width < 1:
            return
        gap = px(BETWEEN_MM)
        for part in shown:
            part.words.at_most = part.head.at_most = 0
        for step in range(len(STEPS)):
            heights = [part.needs_px(step, self.width) for part in shown]
            if sum(heights) + gap * (len(shown) - 1) <= self.height:
                break
        spare = max(0.0, self.height - sum(heights) - gap * (len(shown) - 1)) / len(shown)
        top = self.height
        for part, height in zip(shown, heights, strict=True):
            high = min(max(height, min(height + spare, px(ROW_MM))), self.height)
            self.put(part, 0, top - high, self.width, high)
            top -= high + gap
            part.words.at_most = part.size_px(step)
            part.again()


class Illustrated(Part):
    """Paragraphs, and at their ending side a picture where there is one."""

    personal = ("blocks", "large")

    blocks = ObjectProperty(())
    large = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.paragraphs, self.picture = Paragraphs(), Picture()
        self.add_widget(self.paragraphs)
        self.add_widget(self.picture)
        self.bind(blocks=self.again, large=self.again)

    def arrange(self) -> None:
        """The words have two thirds of the width beside a picture, and all of it alone."""
        self.paragraphs.blocks, self.picture.name = self.blocks, self.large or ""
        self.picture.absent = not ALBUM.has(self.large)
        self.picture.plated = self.look.theme == "contrast"
        side = 0.0 if self.picture.absent else min(self.width / 3, self.height)
        self.put(self.paragraphs, 0, 0, self.width - side - (px(BESIDE_LARGE_MM) if side else 0), self.height)
        if side:
            self.put(self.picture, self.width - side, self.height - side, side, side)
