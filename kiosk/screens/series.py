"""A repeat: what there is so far, a line an instance with what takes it away beside it, and one more.

Rule 1: a line goes back into its instance; taking away has a control of its own, with its word, and asks once.
Rule 2: "Add one" is large and stands where it always stands; lines come and go beside it.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.presenters.pads import Series, TakeAway
from kiosk.presenters.shown import Tile
from kiosk.screens import theme
from kiosk.screens.controls import Control
from kiosk.screens.fixed import FixedBox
from kiosk.screens.parts import Part
from kiosk.screens.theme import px
from kiosk.screens.tile import AnswerTile

MOST_LINES: Final = 5
ADD_SHARE: Final = 0.3
TAKE_MM: Final = 40.0
ADD_MM: Final = 34.0
WIDE_MM: Final = 66.0
TAKE_LOW_MM, NARROW = 22.0, 110.0


class SeriesPad(Part):
    """Lines at the starting side, "Add one" and "More" at the ending side; or the one that may go, and Yes and No."""

    personal = ("series",)

    series = ObjectProperty(None, allownone=True)
    __events__ = ("on_line", "on_take_away", "on_add", "on_more", "on_gone", "on_keep")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.lines = [AnswerTile(leading=True) for _ in range(MOST_LINES)]
        self.takers = [Control(name=f"take_away_{at}", icon="take-away") for at in range(1, MOST_LINES + 1)]
        self.add, self.more = AnswerTile(name="add", card=True), AnswerTile(name="more")
        self.gone, self.keep = Control(name="gone", icon="take-away", kind="stop"), Control(name="keep", icon="back")
        for line, taker in zip(self.lines, self.takers, strict=True):
            line.bind(on_touched=lambda touched: self.dispatch("on_line", touched.key))
            taker.bind(on_touched=self._taken)
        for part, event in ((self.add, "on_add"), (self.more, "on_more"), (self.gone, "on_gone")):
            part.bind(on_touched=lambda _, event=event: self.dispatch(event))
        self.keep.bind(on_touched=lambda _: self.dispatch("on_keep"))
        self.asked = FixedBox()
        for part in (*self.lines, *self.takers, self.add, self.more, self.asked, self.gone, self.keep):
            self.add_widget(part)
        self.bind(series=self.again)

    def on_line(self, key: str) -> None:
        """This instance was touched."""

    def on_take_away(self, key: str) -> None:
        """This instance shall go."""

    def on_add(self) -> None:
        """One more."""

    def on_more(self) -> None:
        """The next page."""

    def on_gone(self) -> None:
        """Yes, it goes."""

    def on_keep(self) -> None:
        """No, it stays."""

    def _taken(self, taker: Control) -> None:
        self.dispatch("on_take_away", self.lines[self.takers.index(taker)].key)

    def arrange(self) -> None:
        """Bind everything, then place what there is."""
        pad: Series | TakeAway | None = self.series
        listed = pad if isinstance(pad, Series) else None
        asked = pad if isinstance(pad, TakeAway) else None
        lines = () if listed is None else listed.lines
        self.asked.said = None if asked is None else asked.line.words
        self.asked.number = None if asked is None else asked.line.place
        self.asked.absent = asked is None
        for place, (line, taker) in enumerate(zip(self.lines, self.takers, strict=True)):
            line.tile = lines[place] if place < len(lines) else None
            taker.said = listed.take_away if listed is not None and place < len(lines) else None
        add = None if listed is None else listed.add
        more = None if listed is None else listed.more
        self.add.tile = None if add is None else Tile("add", add, "plus")
        self.more.tile = None if more is None else Tile("more", more, "more")
        self.gone.said, self.keep.said = (None, None) if asked is None else (asked.yes, asked.no)
        if pad is None or self.width < 1:
            return
        self._place_question() if asked is not None else self._place_list()

    def least_px(self) -> float:
        """The least height that it needs."""
        row, gap = px(theme.ANSWER), px(theme.GAP)
        if self.series is None or isinstance(self.series, TakeAway):
            return 2 * row + 2 * gap
        if theme.MEASURE.shape == "wide":
            return px(WIDE_MM)
        return (len(self.series.lines) + 1) * (row + gap) - gap

    def _place_list(self) -> None:
        gap, below = px(theme.GAP), theme.MEASURE.shape != "wide"
        rows = sum(not line.absent for line in self.lines) + 1
        row = min(px(theme.ANSWER), (self.height - gap * (rows - 1)) / rows) if below else px(theme.ANSWER)
        side = (self.width - gap) / 2 if below else self.width * ADD_SHARE
        wide = self.width if below else self.width - side - 2 * gap
        take = px(TAKE_LOW_MM if self.width < px(NARROW) else TAKE_MM)
        foot = self.height
        for line, taker in zip(self.lines, self.takers, strict=True):
            if line.absent:
                continue
            foot -= row
            taker.stacked = self.width < px(NARROW)
            self.put(line, 0, foot, wide - (0 if taker.absent else take + gap), row)
            if not taker.absent:
                self.put(taker, wide - take, foot, take, row)
            foot -= gap
        tall = row if below else min(px(ADD_MM), self.height - row - gap)
        head = foot if below else self.height
        self.add.card = not below
        if not self.add.absent:
            self.put(self.add, 0 if below else self.width - side, head - tall, side, tall)
        if not self.more.absent:
            self.put(self.more, self.width - side, head - tall - (0 if below else gap + row), side, row)

    def _place_question(self) -> None:
        gap, row = px(theme.GAP), px(theme.ANSWER)
        half = (self.width - gap) / 2
        self.put(self.asked, 0, self.height - row, self.width, row)
        self.put(self.keep, 0, self.height - 2 * row - 2 * gap, half, row)
        self.put(self.gone, half + gap, self.height - 2 * row - 2 * gap, half, row)
