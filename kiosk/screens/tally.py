"""The rows of a stage: symbol and name, a bar, its votes; below the name what came of it, below the votes what moved.

Rule 1: all rows of a page have one size of type, and their bars begin at one place.
Rule 2: what somebody has just got is striped; whoever is elected has a filled bar, everybody else one of grey.
Rule 3: on a narrow page the bar stands below the name and the votes.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.council_tally import TallyRow
from kiosk.screens import theme
from kiosk.screens.inked import DASH_MM, LINE_MM, SIGNS, STRIPE_MM, Inked, texture_of
from kiosk.screens.parts import Part, Picture
from kiosk.screens.ribbons import Fill, Sheet
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_ROWS: Final = 6
ROW_MM, LOW_ROW_MM = 21.0, 24.0
NARROW_MM: Final = 130.0
SYMBOL_MM, SIGN_MM = 10.0, 6.0
NEAR_MM: Final = 1.6
BAR_MM, LOW_BAR_MM = 9.0, 6.0
GAP_MM: Final = 1.6
LEFT_SHARE, MOST_LEFT = 0.36, 0.5


class TallyLine(Inked):
    """One row; `quota` is where enough votes end."""

    personal = ("row", "quota")

    row = ObjectProperty(None, allownone=True)
    quota = ObjectProperty(None, allownone=True)
    value_px = NumericProperty(0)  # width of the votes, the same in all rows
    left_px = NumericProperty(0)  # width of symbols and names

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.picture, self.sign = Picture(), Picture()
        self.name, self.note = Words(role="body", strong=True), Words(role="small", strong=True)
        self.value = Words(role="bar", one_line_first=True, far=True)
        self.change = Words(role="small", ink="ink2", one_line_first=True, far=True)
        for part in (self.picture, self.sign, self.name, self.note, self.value, self.change):
            self.add_widget(part)
        self.bind(row=self.again, quota=self.again, value_px=self.again, left_px=self.again)

    def on_row(self, _part: object, row: TallyRow | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = row is None
        if row is None:
            self.name.said = self.note.said = self.value.said = self.change.said = None
            return
        self.name.said, self.note.said, self.value.said, self.change.said = row.name, row.note, row.value, row.change
        self.picture.name = row.picture or ""
        self.sign.name = "" if row.mark is None else SIGNS[row.mark]

    def wide_px(self) -> float:
        """Width in px that votes and what moved want on one line."""
        if self.row is None:
            return 0.0
        return max(float(words.one_line_px() + 4) for words in (self.value, self.change) if words.said is not None)

    def name_px(self, *, small: bool) -> float:
        """Width in px that symbol and name want on one line, or need at their smallest."""
        sizes = self.name.sizes_px()
        share = sizes[-1] / sizes[0] if small else 1.0
        return self.name.one_line_px() * share + px(NEAR_MM) + px(SYMBOL_MM + NEAR_MM)

    def least_px(self, width: float) -> float:
        """Height in px that the row needs at this width, with its words at their smallest."""
        narrow = width < px(NARROW_MM)
        left = width - self.value_px - px(theme.GAP) if narrow else self.left_px
        room = left - px(SYMBOL_MM + NEAR_MM)
        sides = ((self.name, self.note, room), (self.value, self.change, self.value_px))
        high = max(sum(words.least_px(wide) + 2 for words in (one, other)) for one, other, wide in sides)
        return float(high + (px(LOW_BAR_MM + 0.6) if narrow else 0))

    @property
    def narrow(self) -> bool:
        """True if a bar has no room beside the words."""
        return bool(self.width < px(NARROW_MM))

    def arrange(self) -> None:
        """Name, bar, votes side by side; on a narrow page the bar below the others."""
        if self.row is None or self.width < 1:
            return
        near, gap = px(NEAR_MM), px(theme.GAP)
        bar = px(LOW_BAR_MM) if self.narrow else min(px(BAR_MM), round(self.height * 0.62))
        foot = bar + px(0.6) if self.narrow else 0
        high = self.height - foot
        left = self.width - self.value_px - gap if self.narrow else round(self.left_px)
        self._name(left, foot, high)
        low = 0.0 if self.change.said is None else self._below(self.change, self.value, self.value_px, high)
        self.put(self.value, self.width - self.value_px, foot + low, self.value_px, high - low)
        self.put(self.change, self.width - self.value_px, foot, self.value_px, low)
        for words in (self.value, self.change):  # at the end of the page, whatever side their own language ends at
            words.far = words.said is not None and words.said.direction == self.look.direction
        self.value.valign, self.change.valign = ("bottom", "top") if low else ("middle", "middle")
        if self.narrow:
            self._bar(0, 0, self.width, bar)
        else:
            self._bar(left + near, (self.height - bar) / 2, self.width - left - near - self.value_px - gap, bar)

    @staticmethod
    def _below(lesser: Words, words: Words, width: float, high: float) -> float:
        """Height in px of what stands below other words: what it needs, as far as they leave it that."""
        return min(lesser.least_px(width) + 2, max(high * 0.48, high - words.least_px(width) - 2))

    def _name(self, left: float, foot: float, high: float) -> None:
        """Symbol and name, and below the name the sign and word of what came of it."""
        near, side = px(NEAR_MM), min(px(SYMBOL_MM), round(high))
        plated = self.look.theme == "contrast"
        self.picture.absent, self.sign.absent = not self.row.picture, self.row.mark is None
        self.picture.plated = self.sign.plated = plated
        self.put(self.picture, 0, foot + (high - side) / 2, side, side)
        start = px(SYMBOL_MM) + near
        noted = self.note.said is not None
        sign = px(SIGN_MM) if self.row.mark is not None else 0
        room = left - start - sign - (near if sign else 0)
        low = self._below(self.note, self.name, room, high) if noted else 0.0
        self.put(self.name, start, foot + low, left - start, high - low)
        self.name.valign, self.note.valign = ("bottom" if low else "middle"), "middle"
        self.put(self.note, start + sign + (near if sign else 0), foot, room, low)
        side = min(sign, round(low))
        self.put(self.sign, start, foot + (low - side) / 2, side, side)

    def _bar(self, x: float, y: float, width: float, height: float) -> None:
        wide, high = round(width), round(height)
        if wide < 1 or high < 1:
            self.blank()
            return
        if self.is_new(self.row, self.quota, wide, high):
            self._box.texture = texture_of(self._drawn_bar(wide, high))
        self.stand(x, y, wide, high)

    def _drawn_bar(self, wide: int, high: int) -> Sheet:
        """The whole way as a thin line, the votes as a bar on it, and across it what is enough for a seat."""
        colours, row, line = self.colours, self.row, max(2, px(LINE_MM))
        sheet = Sheet(wide, high, colours.ground)
        sheet.box(0, high - line, wide, line, Fill(colours.rail))
        most = wide - line
        full, new = row.share * most, row.gained * most
        ink = colours.chosen if row.mark == "elected" else colours.ink2
        if full > 0:
            sheet.box(0, 0, max(full, line), high, Fill(ink))
        if new > 1:
            sheet.box(full - new, 0, new, high, Fill(ink, colours.ground, max(2, px(STRIPE_MM))))
            sheet.box(full - new, 0, new, line, Fill(ink))
            sheet.box(full - new, high - line, new, line, Fill(ink))
            sheet.box(full - line, 0, line, high, Fill(ink))
        if self.quota is not None:
            at, dash = self.quota * most, max(2, px(DASH_MM))
            sheet.box(at - line, 0, 3 * line, high, Fill(colours.ground))
            for down in range(0, high, 2 * dash):
                sheet.box(at, down, line, min(dash, high - down), Fill(colours.ink))
        return sheet


class TallyChart(Part):
    """Up to six rows below one another."""

    personal = ("rows", "quota")
    rows = ObjectProperty(())
    quota = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.pool = [TallyLine() for _ in range(MOST_ROWS)]
        for row in self.pool:
            self.add_widget(row)
        self.bind(rows=self.again, quota=self.again)
        self.bind(rows=self.placed_anew)

    def on_rows(self, _part: object, rows: object) -> None:
        """Without rows it takes no place."""
        self.absent = not rows

    @staticmethod
    def _row_mm(width: float) -> float:
        return ROW_MM if width >= px(NARROW_MM) else LOW_ROW_MM

    def least_px(self, width: float) -> float:
        """Height in px that the rows need with their words at their smallest."""
        self._bind(width)
        shown = self.pool[: len(self.rows)]
        return len(shown) * max((row.least_px(width) + px(GAP_MM) for row in shown), default=0.0)

    def _bind(self, width: float) -> None:
        """Give every row its words, and all of them the same columns."""
        for place, row in enumerate(self.pool):
            row.row = self.rows[place] if place < len(self.rows) else None
            row.quota = self.quota
            row.name.at_most = row.value.at_most = 0
        shown = self.pool[: len(self.rows)]
        value = min(max((row.wide_px() for row in shown), default=0.0), width * 0.4)
        wanted, least = (max((row.name_px(small=small) for row in shown), default=0.0) for small in (False, True))
        left = min(max(least, min(wanted, width * LEFT_SHARE)), width * MOST_LEFT)
        for row in shown:
            row.value_px, row.left_px = value, left

    def arrange(self) -> None:
        """Bind the pool and share the height; few rows grow into no posters."""
        self._bind(self.width)
        shown = self.pool[: len(self.rows)]
        if not shown or self.width < 1:
            return
        gap = px(GAP_MM)
        tallest = self._row_mm(self.width) * max(1, self.look.scale / 100)
        height = min((self.height - gap * (len(shown) - 1)) / len(shown), px(tallest))
        for place, row in enumerate(shown):
            self.put(row, 0, self.height - (place + 1) * height - place * gap, self.width, height)
            row.arrange()
        for words in ([row.name for row in shown], [row.value for row in shown]):
            even = min(one.best_size(one.width, one.height) for one in words)
            for one in words:
                one.at_most = even
        for row in shown:
            row.arrange()


class Tally(Part):
    """What happened at a stage, above its rows as far as they leave it room, or alone where there are none."""

    personal = ("words", "alone", "rows", "quota")

    words = ObjectProperty(None, allownone=True)
    alone = ObjectProperty(None, allownone=True)
    rows = ObjectProperty(())
    quota = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.told, self.chart = Words(role="body"), TallyChart()
        self.add_widget(self.told)
        self.add_widget(self.chart)
        for name in self.personal:
            self.fbind(name, self.again)

    def arrange(self) -> None:
        """The words take what they want, and never what the rows need."""
        self.told.said, self.chart.rows, self.chart.quota = self.words or self.alone, self.rows, self.quota
        self.told.valign = "middle" if self.rows else "top"
        if self.width < 1:
            return
        if not self.rows:
            self.put(self.told, 0, 0, self.width, self.height)
            return
        high = 0.0
        if self.told.said is not None:
            left = self.height - self.chart.least_px(self.width) - px(GAP_MM)
            high = max(self.told.least_px(self.width), min(self.told.wants_px(self.width), left))
        low = self.height - high - (px(GAP_MM) if high else 0)
        self.put(self.told, 0, self.height - high, self.width, high)
        self.put(self.chart, 0, 0, self.width, low)
        self.chart.again()
