"""Bars of results: the words of an answer, ten blocks that fill in reading direction, and the share in words.

Rule 1: a share is ten boxes of one size, so that it can be counted: some full, the others an outline.
Rule 2: what is held back has no blocks, and its words take their place.
Rule 3: all answers of a page have one size of type, and their blocks begin at one place.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color, Rectangle
from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.results import TENTHS, ResultBar
from kiosk.screens import theme
from kiosk.screens.parts import Part
from kiosk.screens.rounded import body
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_ROWS: Final = 6
LABEL_SHARE, VALUE_SHARE = 0.38, 0.25
ROW_MM: Final = 15.0
NARROW_MM: Final = 130.0  # a narrower page has an answer's words above its blocks
BETWEEN_MM: Final = 0.0
BLOCK_GAP_MM: Final = 0.8
TALLEST: Final = 1.25  # how much higher than wide a block may be


class Blocks(Part):
    """Ten blocks, of which the first few are filled."""

    personal = ("tenths",)

    tenths = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas.before:
            Color()
            self._drawn = [Rectangle(size=(0, 0)) for _ in range(TENTHS)]
        self.bind(tenths=self.again)

    def arrange(self) -> None:
        """Place the blocks from the side where reading begins."""
        gap = px(BLOCK_GAP_MM)
        width = round((self.width - gap * (TENTHS - 1)) / TENTHS)
        height = round(min(self.height, width * TALLEST))
        radius = min(px(theme.LINE * 2), width // 2 - 1, height // 2 - 1)
        for at, box in enumerate(self._drawn):
            if self.tenths is None or radius < 1:
                box.size = (0, 0)
                continue
            colours, filled = self.colours, at < self.tenths
            start = at * (width + gap)
            left = self.x + (self.width - start - width if self.rtl else start)
            box.pos, box.size = (round(left), round(self.center_y - height / 2)), (width, height)
            fill, line = (colours.chosen, colours.chosen) if filled else (colours.ground, colours.ink2)
            box.texture = body(width, height, fill, line, max(1, px(theme.LINE)), radius)


class ChartRow(Part):
    """One answer."""

    personal = ("row",)

    row = ObjectProperty(None, allownone=True)
    value_px = NumericProperty(0)  # width of the shares, the same in all rows

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.label, self.blocks = Words(role="body"), Blocks()
        self.value = Words(role="bar", one_line_first=True)
        for part in (self.label, self.blocks, self.value):
            self.add_widget(part)
        self.bind(row=self.again, value_px=self.again)

    def on_row(self, _part: object, row: ResultBar | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = row is None
        self.label.said, self.value.said = (None, None) if row is None else (row.label, row.value)
        self.blocks.tenths = None if row is None else row.tenths

    def least_value_px(self) -> float:
        """Width in px of its share in words, on one line at its smallest; 0 where it is held back."""
        if self.row is None or self.row.tenths is None:
            return 0.0
        self.value.at_most = 0
        sizes = self.value.sizes_px()
        return self.value.one_line_px() * sizes[-1] / sizes[0] + 4

    def arrange(self) -> None:
        """Words, blocks, share side by side; where the page is narrow, the words above the others."""
        if self.row is None or self.width < 1:
            return
        gap, narrow = px(theme.GAP), self.width < px(NARROW_MM)
        label, value = (0.0 if narrow else self.width * LABEL_SHARE), self.value_px
        start, high = (0.0, self.height / 2) if narrow else (label + gap, self.height)
        middle = self.width - start - value - gap
        self.put(self.label, 0, self.height - high, self.width if narrow else label, high)
        self.blocks.absent = self.row.tenths is None
        if self.blocks.absent:
            self.put(self.value, start, 0, middle + gap + value, high)
            return
        self.put(self.blocks, start, high * 0.14, middle, high * 0.72)
        self.put(self.value, start + middle + gap, 0, value, high)


class Chart(Part):
    """Up to six answers below one another."""

    personal = ("rows",)

    rows = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.pool = [ChartRow() for _ in range(MOST_ROWS)]
        for row in self.pool:
            self.add_widget(row)
        self.bind(rows=self.again)

    def on_rows(self, _part: object, rows: object) -> None:
        """Without answers it takes no place."""
        self.absent = not rows

    def arrange(self) -> None:
        """Bind the pool and share the height; few answers grow into no posters."""
        count, gap = max(1, len(self.rows)), px(BETWEEN_MM)
        most = px(ROW_MM * (2 if self.width < px(NARROW_MM) else 1))
        height = min((self.height - gap * (count - 1)) / count, most)
        shown = []
        for place, row in enumerate(self.pool):
            row.row = self.rows[place] if place < len(self.rows) else None
        value = max(self.width * VALUE_SHARE, *(row.least_value_px() for row in self.pool))
        for place, row in enumerate(self.pool):
            if row.row is not None:
                row.value_px = value
                self.put(row, 0, self.height - (place + 1) * height - place * gap, self.width, height)
                row.label.at_most = 0
                row.arrange()
                shown.append(row)
        if shown and self.width >= 1:
            even = min(row.label.best_size(row.label.width, row.label.height) for row in shown)
            for row in shown:
                row.label.at_most = even
                row.arrange()
