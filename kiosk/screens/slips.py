"""The long number of a slip: its groups as they stand on paper, what to do or what was wrong, and the number pad.

Rule 1: digits run from left to right in every language, group after group; groups stand three in a row or all six.
Rule 2: nothing moves when a number is wrong: what is said then has its room already.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.booth_slip import GROUPS
from kiosk.presenters.shown import Said
from kiosk.screens import theme
from kiosk.screens.code_pages import GAP, KEYPAD_SMALL, SIDE_GAP, wide
from kiosk.screens.pads import KEYPAD_WIDE, ONE_HAND, PAD_WIDEST, KeyRows
from kiosk.screens.parts import Face, Part
from kiosk.screens.theme import px
from kiosk.screens.troubles import Trouble
from kiosk.screens.words import Words

ROW_TALL, ROW_SMALL = 12.0, 8.3
HEAD_TALL, HEAD_SMALL = 24.0, 17.0
FOOT_TALL, FOOT_LOW_GAP = 6.4, 0.4
HEAD_MOST: Final = 0.4  # of what the number leaves: what was wrong says more
IN_A_ROW: Final = 3
GROUP_WIDEST: Final = 46.0
LOW_GAP: Final = 1.5
HALF: Final = 0.5
WHOLE: Final = Said("0000", "en", "ltr")


class GroupBox(Part):
    """The digits of one group, four or two; empty places are kept free."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)
    widest = NumericProperty(0)  # px of a whole group's box

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words = Face(self), Words(role="question", centred=True)
        self.add_widget(self.words)
        self.bind(said=self.again, widest=self.again)

    def arrange(self) -> None:
        """The digits in the middle of the box."""
        self.face.paint(self, self.colours.ground, self.colours.line)
        self.words.said, self.words.at_most = WHOLE, 0
        self.words.at_most = self.words.best_size(self.widest or self.width, self.height)  # all groups in one size
        self.words.said = self.said
        self.put(self.words, 0, 0, self.width, self.height)


class SlipDigits(Part):
    """The groups of a number, three in a row; all of them on a small screen."""

    personal = ("groups",)

    groups = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.boxes = [GroupBox() for _ in range(GROUPS)]
        for box in self.boxes:
            self.add_widget(box)
        self.bind(groups=self.again)

    def _across(self) -> int:
        """How many groups stand side by side."""
        return max(1, min(GROUPS if theme.MEASURE.small else IN_A_ROW, len(self.groups)))

    def _rows(self) -> int:
        return max(1, -(-len(self.groups) // self._across()))

    def tall_px(self) -> float:
        """Height of its rows."""
        return float(
            self._rows() * px(ROW_SMALL if theme.MEASURE.small else ROW_TALL) + (self._rows() - 1) * px(theme.GAP)
        )

    def arrange(self) -> None:
        """Groups never mirror; the last of a whole number is half as wide as the others."""
        across, gap = self._across(), px(theme.GAP if self._rows() > 1 else LOW_GAP)
        halved = len(self.groups) == GROUPS
        shares = across - (HALF if halved and across == GROUPS else 0)
        wide = min((self.width - gap * (across - 1)) / shares, px(GROUP_WIDEST))
        high = (self.height - px(theme.GAP) * (self._rows() - 1)) / self._rows()
        for place, box in enumerate(self.boxes):
            row, column = divmod(place, across)
            box.absent = place >= len(self.groups)
            if box.absent:
                continue
            digits = self.groups[place]
            box.said = Said(digits, "en", "ltr", typed=True) if digits else None
            box.widest = wide
            last = halved and place == GROUPS - 1
            box.size = (round(wide * HALF if last else wide), round(high))
            box.pos = (
                round(self.x + column * (wide + gap)),
                round(self.y + self.height - (row + 1) * high - row * px(theme.GAP)),
            )


class SlipPad(Part):
    """What to do, the number so far, what was wrong, and the pad; at the foot which election it is."""

    personal = ("title", "groups", "rows", "trouble", "foot")

    title = ObjectProperty(None, allownone=True)
    groups = ObjectProperty(())
    rows = ObjectProperty(())
    trouble = ObjectProperty(())
    foot = ObjectProperty(None, allownone=True)
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.number, self.wrong = Words(role="question"), SlipDigits(), Trouble()
        self.pad, self.low = KeyRows(digits=True, gap=theme.GAP), Words(role="small", ink="ink2")
        self.pad.prepare(ONE_HAND)
        for part in (self.head, self.number, self.wrong, self.pad, self.low):
            self.add_widget(part)
        self.pad.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        for name in self.personal:
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """On a wide page the pad stands at the ending side, on an upright one below."""
        if self.title is None or self.width < 1:
            return
        self.pad.rows, self.pad.tag, self.pad.flat = self.rows, self.title.tag, theme.MEASURE.shape == "slim"
        self.number.groups, self.wrong.said = self.groups, self.trouble
        self.head.said, self.low.said = None if self.trouble and theme.MEASURE.small else self.title, self.foot
        if theme.MEASURE.shape == "rail":
            self._below_number()
        elif wide():
            pad, high = px(KEYPAD_WIDE), min(self.height, self.pad.most_px())
            self.put(self.pad, self.width - pad, self.height - high, pad, high)
            left = self.width - pad - px(SIDE_GAP)
            self._words(0, self._say_low(left), left, self.height)
        else:
            self._above_pad()

    def _below_number(self) -> None:
        """On a low page the number takes the whole width; below it words stand beside the pad."""
        digits, pad = self.number.tall_px(), px(KEYPAD_SMALL)
        under = self.height - digits - px(LOW_GAP)
        self.put(self.number, 0, self.height - digits, self.width, digits)
        self.put(self.pad, self.width - pad, 0, pad, under)
        left = self.width - pad - px(theme.GAP)
        low = self._say_low(left)
        for part in (self.head, self.wrong):
            self.put(part, 0, low, left, under - low)

    def _above_pad(self) -> None:
        """On an upright page everything stands above the pad, no wider than that, in the middle of the page."""
        used, gap, around = (
            min(self.width, px(PAD_WIDEST)),
            px(GAP),
            px(HEAD_SMALL if theme.MEASURE.small else HEAD_TALL),
        )
        above = self.number.tall_px() + gap + (2 * around + gap)
        low = self._say_low(self.width)
        pad = max(self.pad.least_px(), min(self.pad.most_px(), self.height - low - above - gap))
        left, spare = (self.width - used) / 2, max(0.0, self.height - low - above - gap - pad) / 2
        self.put(self.pad, left, low + spare, used, pad)
        self._words(left, low + spare + pad + gap, used, self.height - spare)

    def _say_low(self, width: float) -> float:
        """Say at the foot which election it is; return the height that this takes."""
        if self.foot is None:
            return 0.0
        high = max(self.low.least_px(width), px(FOOT_TALL))
        self.put(self.low, 0, 0, width, high)
        return float(high + px(FOOT_LOW_GAP if theme.MEASURE.small else GAP))

    def _words(self, left: float, foot: float, width: float, top: float) -> None:
        """What to do above the number, and what was wrong below it; on a small screen one of them."""
        digits, gap = self.number.tall_px(), px(GAP)
        room = top - foot - digits - gap
        head = room if theme.MEASURE.small else min((room - gap) * HEAD_MOST, self.head.wants_px(width))
        self.put(self.head, left, top - head, width, head)
        self.put(self.number, left, top - head - gap - digits, width, digits)
        low = room if theme.MEASURE.small else room - gap - head
        self.put(self.wrong, left, top - head if theme.MEASURE.small else foot, width, low)
