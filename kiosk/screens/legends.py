"""What the inks of a picture mean: a swatch or a sign each, and its words.

Rule 1: beside a picture they stand in as few lines as they take, rather in smaller type; alone, one below the other.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.presenters.council_flow import Legend
from kiosk.screens import theme
from kiosk.screens.inked import DASH_MM, LINE_MM, SIGNS, Inked, fills, texture_of
from kiosk.screens.parts import Part, Picture
from kiosk.screens.ribbons import Sheet
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_LEGEND: Final = 6
LINE_TALL: Final = 7.0
MOST_LINES: Final = 2
SIGN_MM, NEAR_MM = 6.0, 1.4


class LegendPart(Inked):
    """What one ink means: a swatch or a sign, and its words."""

    personal = ("legend",)

    legend = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.words, self.sign = Words(role="small"), Picture()
        self.add_widget(self.words)
        self.add_widget(self.sign)
        self.bind(legend=self.again)

    def on_legend(self, _part: object, legend: Legend | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = legend is None
        self.words.said = None if legend is None else legend.words

    def swatch_px(self) -> int:
        """Width in px of the swatch or sign, with what is left free after it."""
        return px(SIGN_MM + (0 if self.legend.ink in SIGNS else 3.0)) + px(NEAR_MM)

    def wide_px(self) -> float:
        """Width in px that it takes on one line."""
        return float(self.swatch_px() + self.words.one_line_px() + 2)

    def high_px(self, width: float) -> float:
        """Height in px that the words need, in so much width at most."""
        return float(self.words.needs(self.words.sizes_px()[0], width - self.swatch_px())[1] + 2)

    def arrange(self) -> None:
        """The swatch, then the words."""
        if self.legend is None or self.width < 1:
            return
        start, ink = self.swatch_px(), self.legend.ink
        self.sign.absent = ink not in SIGNS
        self.put(self.words, start, 0, self.width - start, self.height)
        if ink in SIGNS:
            self.blank()
            self.sign.name, self.sign.plated = SIGNS[ink], self.look.theme == "contrast"
            side = min(px(SIGN_MM), round(self.height))
            self.put(self.sign, 0, (self.height - side) / 2, side, side)
            return
        wide, high = start - px(NEAR_MM), px(3.6)
        if self.is_new(ink, wide, high):
            sheet = Sheet(wide, high, self.colours.ground)
            if ink == "quota":
                sheet.dashes(0, wide, high / 2 - 1, max(2, px(LINE_MM)), max(2, px(DASH_MM)), self.colours.ink)
            else:
                sheet.box(0, 0, wide, high, fills(self.colours)[ink])
            self._box.texture = texture_of(sheet)
        self.stand(0, (self.height - high) / 2, wide, high)


class Legends(Part):
    """Up to six of them, in as few lines as they take."""

    personal = ("legend",)

    legend = ObjectProperty(())
    beside = ObjectProperty(())  # what they stand beside: without it all the room is theirs

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [LegendPart() for _ in range(MOST_LEGEND)]
        for part in self.pool:
            self.add_widget(part)
        for name in ("legend", "beside"):
            self.fbind(name, self.again)
            self.fbind(name, self.placed_anew)

    def on_legend(self, _part: object, _legend: object) -> None:
        """Nothing is meant, no place."""
        self.absent = not self.legend

    def on_beside(self, _part: object, beside: object) -> None:
        """A page of their own, and all the room of it."""
        self.tall = LINE_TALL if beside else 0

    def _lines(self, width: float) -> list[list[LegendPart]]:
        """Return what stands in each line."""
        for at, part in enumerate(self.pool):
            part.legend = self.legend[at] if at < len(self.legend) else None
        shown = self.pool[: len(self.legend)]
        alone = not self.tall
        for part in shown:
            part.words.at_most, part.words.role = 0, "body" if alone else "small"
        sizes = shown[0].words.sizes_px() if shown else ()
        lines: list[list[LegendPart]] = [[]]
        for size in sizes:
            for part in shown:
                part.words.at_most = size
            lines = [[part] for part in shown] if alone else self._broken(shown, width)
            high = sum(self._high_px(line, width) for line in lines)
            if high <= self.height if alone else len(lines) <= MOST_LINES:
                break
        return lines

    @staticmethod
    def _broken(shown: list[LegendPart], width: float) -> list[list[LegendPart]]:
        lines: list[list[LegendPart]] = [[]]
        used, gap = 0.0, px(theme.GAP * 1.5)
        for part in shown:
            wide = part.wide_px()
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0.0
            lines[-1].append(part)
            used += wide + gap
        return lines

    @staticmethod
    def _high_px(line: list[LegendPart], width: float) -> float:
        """Height in px of a line, at the size that was found for all."""
        return max((part.high_px(width) for part in line), default=0.0) + px(0.6)

    def wants_px(self, width: float) -> float:
        """As many lines as it takes."""
        return sum(self._high_px(line, width) for line in self._lines(width))

    def arrange(self) -> None:
        """Place them from the start, line by line."""
        if not self.legend or self.width < 1:
            return
        lines = self._lines(self.width)
        gap, top = px(theme.GAP * 1.5), float(self.height)
        for line in lines:
            x, high = 0.0, self._high_px(line, self.width)
            for part in line:
                wide = min(part.wide_px(), self.width)
                self.put(part, x, top - high, wide, high)
                part.again()
                x += wide + gap
            top -= high
