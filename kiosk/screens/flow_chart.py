"""The picture of a count: bands between bars, with names and symbols at the starting side and votes at the ending one.

Rule 1: places are those of the View, as shares; here they become pixels, and get ink.
Rule 2: every ink is told from the others by how it is filled; colour only helps.
Rule 3: all names have one size, the largest at which all of them fit their lanes.
Rule 4: a mirrored page turns the picture round, and no letter of it.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.presenters.council_flow import Lane
from kiosk.presenters.flowing import FlowBar, FlowRibbon
from kiosk.screens.inked import DASH_MM, LINE_MM, SIGNS, STRIPE_MM, Inked, fills, texture_of
from kiosk.screens.parts import Part, Picture
from kiosk.screens.ribbons import Fill, Sheet, bent
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_LANES, MOST_COLUMNS = 12, 8
SYMBOL_MM, SIGN_MM = 8.0, 6.0
NEAR_MM: Final = 1.4
RIM_MM: Final = 0.35
HAIR_MM: Final = 0.5
HALF, MOST_LEFT = 0.46, 0.62  # of the width, what names take


class FlowChart(Inked):
    """Up to twelve lanes and eight stages."""

    personal = ("lanes", "columns", "blocks", "ribbons", "stage")

    stage = ObjectProperty(None, allownone=True)
    lanes = ObjectProperty(())
    columns = ObjectProperty(())
    blocks = ObjectProperty(())
    ribbons = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.head = Words(role="small", ink="ink2")
        self.numbers = [Words(role="small", ink="ink2", centred=True) for _ in range(MOST_COLUMNS)]
        self.rows = [LaneLabel() for _ in range(MOST_LANES)]
        for part in (self.head, *self.numbers, *self.rows):
            self.add_widget(part)
        for name in self.personal:
            self.fbind(name, self.again)

    def on_lanes(self, _part: object, lanes: object) -> None:
        """Without lanes it takes no place."""
        self.absent = not lanes

    def arrange(self) -> None:
        """Names, picture, votes; above them the numbers of the stages."""
        for at, row in enumerate(self.rows):
            row.lane = self.lanes[at] if at < len(self.lanes) else None
        for at, words in enumerate(self.numbers):
            words.said = self.columns[at].number if at < len(self.columns) else None
        self.head.said = self.stage
        shown = self.rows[: len(self.lanes)]
        if not shown or self.width < 1:
            self.blank()
            return
        near = px(NEAR_MM)
        self.head.at_most = self.head.sizes_px()[-1]
        for words in self.numbers:
            words.at_most = self.head.at_most
        top = self.head.needs(self.head.at_most, self.width)[1] + 2
        high = round(self.height - top)
        right = max(row.votes_px() for row in shown) + px(SIGN_MM) + 3 * near
        left = self._left_px(shown) + 2 * near
        wide = round(self.width - left - right)
        self._name(shown, left, wide, right, high)
        self.put(self.head, 0, high, left - near, top)
        self._count(left, wide, high, top)
        self._draw(wide, high)
        self.stand(left, 0, wide, high)

    def _left_px(self, shown: list[LaneLabel]) -> float:
        """Width in px of the names: what they want, up to a half; more where their smallest size needs it."""
        wanted, least = (max(row.name_px(small=small) for row in shown) for small in (False, True))
        return float(min(max(least, min(wanted, self.width * HALF)), self.width * MOST_LEFT))

    def _name(self, shown: list[LaneLabel], left: float, wide: int, right: float, high: int) -> None:
        for row in shown:
            row.name.at_most = 0
            head, floor = row.lane.top * high, row.lane.floor * high
            row.parted(left, wide, right)
            tall = max(floor - head, row.least_px())
            foot = min(max(0, high - (floor + head + tall) / 2), high - tall)
            self.put(row, 0, foot, self.width, tall)
            row.arrange()
        even = min(row.name.best_size(row.name.width, row.name.height) for row in shown)
        for row in shown:
            row.name.at_most = even
            row.arrange()

    def _count(self, left: float, wide: int, high: int, top: float) -> None:
        """Place the numbers of the stages above their bars."""
        room = wide / max(1, len(self.columns))
        for column, words in zip(self.columns, self.numbers, strict=False):
            middle = left + column.x * wide
            self.put(words, middle - room / 2, high, room, top)

    def _draw(self, wide: int, high: int) -> None:
        """Draw what stays first, then what moves, the broadest first, then the bars and what is enough for a seat."""
        if wide < 1 or high < 1 or not self.is_new(self.lanes, self.blocks, self.ribbons, wide, high):
            return
        sheet, colours, inks = Sheet(wide, high, self.colours.ground), self.colours, fills(self.colours)
        for one in sorted(self.ribbons, key=lambda one: (one.kind != "kept", -one.height)):
            rim = 0 if one.kind == "kept" else max(1, px(RIM_MM))
            if rim:
                self._band(sheet, one, wide, high, Fill(colours.ground), rim)
            self._band(sheet, one, wide, high, inks["seated" if one.chosen else one.kind], 0)
        for block in self.blocks:
            self._block(sheet, block, wide, high)
        for lane in self.lanes:
            if lane.quota is not None:
                y = lane.quota * high - px(LINE_MM) / 2
                sheet.dashes(0, wide, y, max(2, px(LINE_MM)), max(2, px(DASH_MM)), colours.ink)
        self._box.texture = texture_of(sheet)

    @staticmethod
    def _band(sheet: Sheet, one: FlowRibbon, wide: int, high: int, fill: Fill, rim: int) -> None:
        thick = max(one.height * high, float(px(HAIR_MM)))
        x0, x1, y0, y1 = one.x0 * wide, one.x1 * wide, one.y0 * high, one.y1 * high
        head = bent(x0, y0 - rim, x1, y1 - rim)
        foot = bent(x0, y0 + thick + rim, x1, y1 + thick + rim)
        sheet.band(x0, x1, head, foot, fill)

    def _block(self, sheet: Sheet, one: FlowBar, wide: int, high: int) -> None:
        """A bar is filled where somebody is elected, dotted where papers go no further, else empty within its line."""
        colours, line = self.colours, max(2, px(LINE_MM))
        x, y, width, height = one.x * wide, one.y * high, one.width * wide, max(one.height * high, 2.0)
        solid = one.standing == "elected"
        sheet.box(x, y, width, height, Fill(colours.chosen if solid else colours.ink))
        if solid or height <= 2 * line:
            return
        inner = Fill(colours.ground)
        if one.standing == "not-transferable":
            inner = Fill(colours.ink2, colours.ground, max(1, px(STRIPE_MM / 2)))
        sheet.box(x + line, y + line, width - 2 * line, height - 2 * line, inner)


class LaneLabel(Part):
    """Symbol and name at one side of a lane, votes and sign at the other."""

    personal = ("lane",)

    lane = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self._left = self._start = self._right = 0.0
        self.picture, self.sign = Picture(), Picture()
        self.name, self.votes = Words(role="bar"), Words(role="small", strong=True)
        for part in (self.picture, self.name, self.votes, self.sign):
            self.add_widget(part)
        self.bind(lane=self.again)

    def on_lane(self, _part: object, lane: Lane | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = lane is None
        self.name.said, self.votes.said = (None, None) if lane is None else (lane.name, lane.votes)
        self.picture.name = "" if lane is None else lane.picture or ""
        self.sign.name = "" if lane is None or lane.mark is None else SIGNS[lane.mark]

    def parted(self, left: float, wide: float, right: float) -> None:
        """Take the width of both sides, and of the picture between them."""
        self._left, self._start, self._right = left, left + wide, right

    def name_px(self, *, small: bool) -> float:
        """Width in px that symbol and name want on one line, or need at their smallest."""
        self.name.at_most = 0
        sizes = self.name.sizes_px()
        share = sizes[-1] / sizes[0] if small else 1.0
        symbol = px(SYMBOL_MM + NEAR_MM) if self.lane.picture else 0
        return self.name.one_line_px() * share + 4 + symbol

    def least_px(self) -> float:
        """Height in px that name and votes need at their smallest."""
        wide = self._left - px(NEAR_MM) - (px(SYMBOL_MM + NEAR_MM) if self.lane.picture else 0)
        needed = self.name.needs(self.name.sizes_px()[-1], wide)[1]
        return max(needed, self.votes.needs(self.votes.sizes_px()[-1], 1e5)[1]) + 1.0

    def votes_px(self) -> float:
        """Width in px of the votes."""
        return float(self.votes.one_line_px() + 2)

    def arrange(self) -> None:
        """Symbol, name; then votes and sign."""
        if self.lane is None or self.width < 1:
            return
        near, side = px(NEAR_MM), min(px(SYMBOL_MM), round(self.height))
        self.picture.absent, self.sign.absent = not self.lane.picture, self.lane.mark is None
        self.picture.plated = self.sign.plated = self.look.theme == "contrast"
        start = 0.0
        if self.lane.picture:
            self.put(self.picture, (px(SYMBOL_MM) - side) / 2, (self.height - side) / 2, side, side)
            start = px(SYMBOL_MM + NEAR_MM)
        self.put(self.name, start, 0, self._left - start - near, self.height)
        x = self._start + near
        self.put(self.votes, x, 0, self._right - px(SIGN_MM) - 2 * near, self.height)
        side = min(px(SIGN_MM), round(self.height))
        self.put(self.sign, self.width - px(SIGN_MM), (self.height - side) / 2, side, side)
