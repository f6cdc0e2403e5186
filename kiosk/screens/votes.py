"""The middle of a vote: progress, what is voted on, and its names; and what stands beside it on a small screen.

Rule 1: names stand below one another on an upright page where each can be touched so, elsewhere in as few columns as
        let each be 20 mm high.
Rule 2: what is voted on and what to do come before the height of names, which give way down to what can be touched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk import typeset
from kiosk.presenters.pads import Ranking, Tiles
from kiosk.screens import theme
from kiosk.screens.asking import AIR, AIR_LOW, ROW_TALL, Asking
from kiosk.screens.controls import Control
from kiosk.screens.parts import Part
from kiosk.screens.theme import px
from kiosk.screens.tiles import LEAST_ROW, TIGHT_ANSWER
from kiosk.screens.words import ENDLESS

MOST_LOW: Final = 30.0
READ_TALLEST: Final = 24.0
NO_EARS: Final = 3  # side by side: names need the room; Listen reads them


class VotePad(Asking):
    """Everything between the bar above and the three controls below the names."""

    def _tiles(self, pad: Tiles | Ranking, under: float) -> None:
        """Names below what is voted on."""
        grid, ask, gap = self.grid, self.question, px(theme.GAP)
        grid.tiles, grid.more_words, grid.many = pad.tiles, pad.more, isinstance(pad, Tiles) and pad.many
        grid.one_row, grid.pictured, grid.cards = False, False, False
        if theme.MEASURE.small:
            ask.tell = ask.undo = None  # they stand in `Aside`
        room, count = under - px(AIR_LOW if theme.MEASURE.small else AIR), len(pad.tiles) + (pad.more is not None)
        grid.columns = self._columns(count, room)
        grid.least = LEAST_ROW if theme.MEASURE.shape == "slim" else 0
        grid.tallest = ROW_TALL if theme.MEASURE.shape == "wide" else MOST_LOW
        if grid.columns >= NO_EARS:
            grid.tiles = tuple(replace(tile, ear=False) for tile in pad.tiles)
        rows = -(-count // grid.columns)
        spare = room - rows * (self._row_px(rows, room) + gap) + gap
        least = min(spare, px(theme.QUESTION)) if theme.MEASURE.small else px(theme.QUESTION)
        high = max(least, min(spare, self._asked_px()))
        self.put(ask, 0, under - high, self.width, high)
        self.put(grid, 0, 0, self.width, room - high)
        grid.again()

    def _asked_px(self) -> float:
        """Height of what is voted on in its full size, with what to do; on a small screen in its usual size."""
        ask = self.question
        if not theme.MEASURE.small:
            return max(ask.wishes_px(self.width), ask.whole_px(self.width))
        usual = px(theme.em_mm("question") * typeset.grows(ask.said.tag))
        return ask.whole_px(self.width, usual)

    def _columns(self, count: int, room: float) -> int:
        """How many names stand side by side."""
        gap, ask = px(theme.GAP), self.question
        below = room - ask.whole_px(self.width) + gap
        if theme.MEASURE.shape in ("tall", "slim") and below >= count * (self._least_px(1) + gap):
            return 1
        below = room - min(ask.least_px(self.width), px(theme.QUESTION)) + gap
        return -(-count // max(1, int(below // (px(theme.ANSWER) + gap))))

    def _least_px(self, columns: int) -> float:
        """The height of a name for which what is voted on steps down; what stands below a name must have its room."""
        side, told = self.question.side, any(tile.small for tile in self.grid.tiles)
        if columns > 1:
            return float(px(theme.ANSWER if told else TIGHT_ANSWER))
        line = side.needs(side.sizes_px()[-1], ENDLESS)[1] if told and side.said is not None else 0
        return float(max(px(theme.BAR), 2 * line + px(1)))

    def _row_px(self, rows: int, room: float) -> float:
        """The height of a name where so many stand below one another: what to do comes before it."""
        if theme.MEASURE.shape == "wide":
            return float(px(theme.ANSWER))
        gap, ask = px(theme.GAP), self.question
        whole, full = ((room - tall + gap) / rows - gap for tall in (ask.whole_px(self.width), self._asked_px()))
        return max(px(theme.BAR), min(whole, self._least_px(self.grid.columns)), min(full, px(theme.ANSWER)))


class Aside(Part):
    """What a vote has beside it on a small screen, in the place where others have Skip: what to read first, and Undo.

    Each keeps its place, whether the other is there or not.
    """

    personal = ("answer", "tell")
    kind = "plain"  # as controls have

    answer = ObjectProperty(None, allownone=True)
    tell = ObjectProperty(None, allownone=True)
    __events__ = ("on_tell_more", "on_take_back")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.reading, self.undo = Control(name="tell", icon="tell"), Control(name="undo", icon="undo", stacked=True)
        for control, event in ((self.reading, "on_tell_more"), (self.undo, "on_take_back")):
            control.bind(on_touched=lambda _, event=event: self.dispatch(event))
            self.add_widget(control)
        self.bind(answer=self.again, tell=self.again)
        self.bind(tell=self.placed_anew)

    def on_tell_more(self) -> None:
        """More was asked for."""

    def on_take_back(self) -> None:
        """The last shall be taken back."""

    def narrowest_px(self, _height: float) -> float:
        """The least width at which both say their words: side by side at the foot, else one above the other."""
        self._say()
        self.again()  # measuring moves its words
        if theme.MEASURE.shape == "slim":
            return self.reading.narrowest_px(px(theme.BAR)) + self._undo_px()
        return max(self.undo.narrowest_px(px(theme.BAR)), self.reading.narrowest_px(ENDLESS))

    def high_px(self, width: float) -> float:
        """The height at which both say their words in a width."""
        self._say()
        self.again()
        if theme.MEASURE.shape == "slim":
            return self.reading.high_px(width - self._undo_px())
        return self.reading.high_px(width) + (px(theme.BAR) + px(theme.GAP) if self._kept else 0)

    @property
    def _kept(self) -> bool:
        """Whether Undo may come, so that its place is kept free."""
        return isinstance(self.answer, Ranking)

    def _say(self) -> None:
        self.reading.said = self.tell
        self.undo.said = self.answer.undo if isinstance(self.answer, Ranking) else None

    def _undo_px(self) -> float:
        """What Undo and the gap before it take at the foot of a page."""
        return max(px(theme.BAR), self.undo.narrowest_px(px(theme.BAR))) + px(theme.GAP) if self._kept else 0.0

    def arrange(self) -> None:
        """One above the other at the side of the page, side by side at its foot."""
        if self.width < 1:
            return
        self._say()
        gap, bar = px(theme.GAP), px(theme.BAR)
        self.reading.stacked = self._kept or theme.MEASURE.shape == "rail"
        if theme.MEASURE.shape == "slim":
            undo = self._undo_px()
            self.put(self.reading, 0, 0, self.width - undo, self.height)
            self.put(self.undo, self.width - undo + gap, 0, undo - gap, self.height)
        else:
            most = self.height - (bar + gap if self._kept else 0)
            high = min(most, max(px(READ_TALLEST), self.reading.high_px(self.width)))
            self.put(self.reading, 0, self.height - high, self.width, high)
            self.put(self.undo, 0, 0, self.width, bar)
        for control in (self.reading, self.undo):
            control.again()
