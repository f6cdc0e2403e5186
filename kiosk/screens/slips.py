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
from kiosk.screens.code_pages import GAP, KEYPAD_SMALL, SIDE_GAP, SIGN, SIGN_SMALL, small, wide
from kiosk.screens.pads import KEYPAD_WIDE, ONE_HAND, KeyRows
from kiosk.screens.parts import Face, Part, Picture
from kiosk.screens.theme import px
from kiosk.screens.words import Words

ROW_TALL, ROW_SMALL = 17.0, 11.0
HEAD_TALL, HEAD_SMALL = 24.0, 17.0
IN_A_ROW, IN_A_LOW_ROW = 3, 2
WHOLE: Final = Said("0000", "en", "ltr")


def in_a_row() -> int:
    """Return how many groups stand side by side."""
    return IN_A_LOW_ROW if theme.MEASURE.shape == "rail" else IN_A_ROW


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
    """The six groups of a number, three in a row; two where the page is low."""

    personal = ("groups",)

    groups = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.boxes = [GroupBox() for _ in range(GROUPS)]
        for box in self.boxes:
            self.add_widget(box)
        self.bind(groups=self.again)

    def arrange(self) -> None:
        """Groups never mirror; the last is half as wide as the others."""
        across = in_a_row()
        gap, rows = px(theme.GAP), -(-GROUPS // across)
        wide = (self.width - gap * (across - 1)) / across
        high = (self.height - gap * (rows - 1)) / rows
        for place, box in enumerate(self.boxes):
            row, column = divmod(place, across)
            box.absent = place >= len(self.groups)
            if box.absent:
                continue
            digits = self.groups[place]
            box.said = Said(digits, "en", "ltr", typed=True) if digits else None
            box.widest = wide
            last = place == GROUPS - 1
            box.size = (round(wide / 2 if last else wide), round(high))
            box.pos = (
                round(self.x + column * (wide + gap)),
                round(self.y + self.height - (row + 1) * high - row * gap),
            )


class SlipPad(Part):
    """What to do, the number so far, what was wrong, and the pad; beside each other where the page is wide."""

    personal = ("title", "groups", "rows", "trouble")

    title = ObjectProperty(None, allownone=True)
    groups = ObjectProperty(())
    rows = ObjectProperty(())
    trouble = ObjectProperty(())
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.number = Words(role="question"), SlipDigits()
        self.sign, self.pad = Picture(name="trouble", ink="stop"), KeyRows(digits=True, gap=theme.GAP)
        self.wrong, self.then = Words(role="body", ink="stop", strong=True), Words(role="body", valign="top")
        self.pad.prepare(ONE_HAND)
        for part in (self.head, self.number, self.sign, self.wrong, self.then, self.pad):
            self.add_widget(part)
        self.pad.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        for name in self.personal:
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """On a wide page the pad stands at the ending side, on a narrow one at the foot."""
        if self.title is None or self.width < 1:
            return
        self.pad.rows, self.pad.tag, self.number.groups = self.rows, self.title.tag, self.groups
        self.pad.flat = theme.MEASURE.shape == "slim"
        gap, rows = px(GAP), -(-GROUPS // in_a_row())
        digits = rows * px(ROW_SMALL if small() else ROW_TALL) + (rows - 1) * px(theme.GAP)
        left, foot = float(self.width), 0.0
        if wide() or theme.MEASURE.shape == "rail":
            pad = px(KEYPAD_WIDE if wide() else KEYPAD_SMALL)
            self.put(self.pad, self.width - pad, 0, pad, self.height)
            left -= pad + px(SIDE_GAP)
        else:
            head = px(HEAD_SMALL if small() else HEAD_TALL)
            foot = max(self.pad.least_px(), self.height - digits - 2 * head - 3 * gap)
            self.put(self.pad, 0, 0, self.width, foot)
            foot += gap
        self._words(left, foot, digits, gap)

    def _words(self, left: float, foot: float, digits: float, gap: float) -> None:
        """What to do above the number, and what was wrong below it; on a small screen one of them."""
        room = self.height - foot - digits - 2 * gap
        head = room if small() else room / 2
        if small():
            self.put(self.number, 0, foot, left, digits)
            self.head.said = None if self.trouble else self.title
            self.put(self.head, 0, foot + digits + gap, left, head)
            self._say_trouble(left, foot + digits + gap, self.height)
            return
        self.head.said = self.title
        self.put(self.head, 0, self.height - head, left, head)
        top = self.height - head - gap
        self.put(self.number, 0, top - digits, left, digits)
        self._say_trouble(left, foot, top - digits - gap)

    def _say_trouble(self, width: float, foot: float, top: float) -> None:
        """Say it in the room between two heights."""
        said = tuple(self.trouble)
        wrong, then = said[0] if said else None, said[1] if len(said) > 1 else None
        self.sign.absent = wrong is None
        self.wrong.said, self.then.said = wrong, then
        if wrong is None:
            return
        sign, room = px(SIGN_SMALL if small() else SIGN), top - foot
        start = sign + px(2)
        size = self.wrong.best_size(width - start, room * (0.5 if then else 1))
        high = min(room, self.wrong.needs(size, width - start)[1] + 2)
        self.put(self.sign, 0, top - (high + sign) / 2, sign, sign)
        self.put(self.wrong, start, top - high, width - start, high)
        if not self.then.fits(width - start, room - high):
            self.then.said = None  # on the lowest page what is wrong comes first; the rest is still read aloud
        self.put(self.then, start, foot, width - start, room - high)
