"""The page: where its bars stand and what room is left between them, on every shape of screen.

    wide  bars above and below; no wider than eyes and arms like to move     tall  the same, words below their icons
    rail  a small screen: five controls at the starting side, Skip and the way on at the ending side
    slim  a small screen held upright: four in a row on top; Back, Skip and the way on at the foot

Rule 1: kv names a top bar, what stands between, and a bottom bar; it knows nothing of shapes.
Rule 2: controls have the same place on every page; only their own room is given away where a page never has them.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty
from kivy.uix.widget import Widget

from kiosk.screens import theme
from kiosk.screens.bars import BarPart, BottomBar, TopBar, rail_px
from kiosk.screens.controls import Control, even_out
from kiosk.screens.parts import Stack
from kiosk.screens.theme import px

MOST_WIDE: Final = 260.0
UPRIGHT_BAR: Final = 17.0


class Page(Stack):
    """A whole page with its margins. Its ground is the window's own clear colour, which costs no drawing."""

    low = NumericProperty(0)  # mm between on the lowest screens, for a page that lends its answers the rest

    def between_px(self) -> int:
        """What is left free between two rows."""
        return px(self.low) if self.low and theme.MEASURE.shape == "rail" else super().between_px()

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        """What a bar holds decides how much room it leaves."""
        super().add_widget(widget, *args, **kwargs)
        if isinstance(widget, BarPart):
            widget.bind(bars=self.again)

    def arrange(self) -> None:
        """Place the bars, then what stands between them."""
        margin = px(theme.MARGIN)
        wide, high = self.width - 2 * margin, self.height - 2 * margin
        shown = [child for child in reversed(self.children) if not child.absent]
        between = [child for child in shown if not isinstance(child, BarPart)]
        top = next((bar for bar in shown if isinstance(bar, TopBar)), None)
        bottom = next((bar for bar in shown if isinstance(bar, BottomBar)), None)
        match theme.MEASURE.shape:
            case "wide" | "tall":
                used = min(wide, px(MOST_WIDE))
                self._between_bars(top, between, bottom, margin + (wide - used) / 2, margin, used, high)
            case "rail":
                self._beside_rail(top, between, bottom, margin, wide, high)
            case "slim":
                self._below_rail(top, between, bottom, margin, wide, high)
        self._even(top, bottom)

    def _between_bars(
        self,
        top: TopBar | None,
        between: list[Widget],
        bottom: BottomBar | None,
        left: float,
        foot: float,
        wide: float,
        high: float,
    ) -> None:
        tall, gap = px(theme.BAR if theme.MEASURE.shape == "wide" else UPRIGHT_BAR), px(self.gap)
        if top is not None:
            self.put(top, left, foot + high - tall, wide, tall)
            high -= tall + gap
        if bottom is not None:
            self.put(bottom, left, foot, wide, tall)
            foot, high = foot + tall + gap, high - tall - gap
        self.pile(between, left, foot, wide, high)

    def _beside_rail(
        self, top: TopBar | None, between: list[Widget], bottom: BottomBar | None, margin: int, wide: float, high: float
    ) -> None:
        """Both bars lie over the whole page: their controls stand at its sides, and leave the middle free."""
        bars = [bar for bar in (top, bottom) if bar is not None]
        widths = rail_px(bars, wide)
        start = widths[0] + px(theme.GAP) if bars else 0
        end = bottom.end_px() + px(theme.GAP) if bottom is not None and bottom.leads else 0
        for bar in bars:
            bar.widths = widths
            self.put(bar, margin, margin, wide, high)
        before = end if self.look.left_handed else start
        self.pile(between, margin + before, margin, wide - start - end, high)

    def _below_rail(
        self, top: TopBar | None, between: list[Widget], bottom: BottomBar | None, margin: int, wide: float, high: float
    ) -> None:
        bars = [bar for bar in (top, bottom) if bar is not None]
        widths = rail_px(bars, wide)
        above = px(theme.BAR + self.gap) if bars else 0
        foot = bottom.foot_px(wide) if bottom is not None else 0
        below = foot + px(self.gap) if foot else 0
        for bar in bars:
            bar.widths = widths
            self.put(bar, margin, margin, wide, high)
        self.pile(between, margin, margin + below, wide, high - above - below)

    def _even(self, top: TopBar | None, bottom: BottomBar | None) -> None:
        """Give the short words of a bar one size, and those of both where they stand in one rail."""
        short: list[list[Control]] = []
        for bar in (top, bottom):
            if bar is not None:
                bar.arrange()
                short.append([control for control in bar.short if control.said is not None and not control.absent])
        if theme.MEASURE.small:
            short = [[control for one in short for control in one]]
        for controls in short:
            even_out(controls)
