"""What only staff meet: the PIN pad, the line of a round, the number of a fault; and the calm middle of a page.

Rule 1: the digits of a PIN are never drawn, only dots.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color
from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.shown import Said
from kiosk.screens import theme
from kiosk.screens.bars import ProgressLine
from kiosk.screens.pads import KEYPAD_WIDE, PAD_WIDEST, KeyRows
from kiosk.screens.parts import Face, Part
from kiosk.screens.prompt import Prompt
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

MOST_DOTS: Final = 16
FAR_AWAY: Final = (-1000, -1000)


class Dots(Part):
    """One dot for each digit typed."""

    personal = ("count",)

    count = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face = Face(self)
        with self.canvas:
            self._paint = Color()
            self._dots = [Rounded() for _ in range(MOST_DOTS)]
        self.bind(count=self.again)

    def arrange(self) -> None:
        """Draw the box and its dots, in the middle."""
        self.face.paint(self, self.colours.ground, self.colours.line, theme.LINE_CHOSEN)
        self._paint.rgba = rgba(self.colours.ink)
        side, gap, count = px(3.2), px(1.6), min(int(self.count), MOST_DOTS)
        left = self.center_x - (count * (side + gap) - gap) / 2
        for place, dot in enumerate(self._dots):
            shown = place < count
            dot.pos = (left + place * (side + gap), self.center_y - side / 2) if shown else FAR_AWAY
            dot.size, dot.radius = (side, side), [side / 2]


class PinPad(Part):
    """Title, dots and trouble at the starting side, the shuffled digits at the ending side."""

    personal = ("title", "dots", "rows", "trouble")

    title = ObjectProperty(None, allownone=True)
    dots = NumericProperty(0)
    rows = ObjectProperty(())
    trouble = ObjectProperty(None, allownone=True)
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.prompt, self.row, self.pad = Prompt(), Dots(), KeyRows(digits=True, gap=theme.GAP)
        for part in (self.prompt, self.row, self.pad):
            self.add_widget(part)
        self.pad.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        for name in self.personal:
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """The pad beside the words, below them on an upright page."""
        if self.title is None or self.width < 1:
            return
        self.pad.rows, self.pad.tag = self.rows, self.title.tag
        self.prompt.said, self.prompt.trouble = self.title, self.trouble
        self.row.count = self.dots
        if theme.MEASURE.shape in ("tall", "slim"):
            self._below()
            return
        wide, box = px(KEYPAD_WIDE), px(16)
        left, pad = self.width - wide - px(8), min(self.height, self.pad.most_px())
        self.put(self.pad, self.width - wide, (self.height - pad) / 2, wide, pad)
        middle = self.height * 0.42
        self.put(self.row, 0, middle - box / 2, left, box)
        self.put(self.prompt, 0, middle + box / 2 + px(4), left, self.height - middle - box / 2 - px(4))

    def _below(self) -> None:
        """On an upright page: words, dots and digits in the middle of it, no wider than a hand reaches."""
        box, gap, wide = px(14), px(theme.GAP), min(self.width, px(PAD_WIDEST))
        words = min(px(theme.QUESTION * 2), self.height * 0.26)
        pad = min(self.height - words - box - 2 * gap, self.pad.most_px())
        left, foot = (self.width - wide) / 2, (self.height - pad - box - words - 2 * gap) / 2
        self.put(self.pad, left, foot, wide, pad)
        self.put(self.row, left, foot + pad + gap, wide, box)
        self.put(self.prompt, left, foot + pad + box + 2 * gap, wide, words)


class RoundLine(Part):
    """How far a round is: a bar, and what it does now."""

    personal = ("share", "said")

    share = ObjectProperty(None, allownone=True)
    said = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.line, self.words = ProgressLine(), Words(role="small")
        self.add_widget(self.line)
        self.add_widget(self.words)
        self.absent = True
        self.bind(share=self.again, said=self.again)

    def on_said(self, _part: object, said: Said | None) -> None:
        """Nothing is being done, no place."""
        self.absent = said is None

    def arrange(self) -> None:
        """Words at the starting side, the bar after them; nothing before a round began."""
        self.words.said = self.said
        self.line.share = -1.0 if self.share is None else float(self.share)
        half = round(self.width * 0.5) if self.said is not None else 0
        self.put(self.words, 0, 0, half, self.height)
        self.put(self.line, half, 0, self.width - half, self.height)


class NumberChip(Part):
    """The number of a fault, large, for staff to read out."""

    number = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words = Face(self), Words(role="title", centred=True)
        self.add_widget(self.words)
        self.bind(number=self.again)

    def arrange(self) -> None:
        """The number in a box as wide as itself."""
        self.words.said = Said(self.number, "en", "ltr") if self.number else None
        self.put(self.words, 0, 0, px(60), self.height)
        frame = Part()
        frame.pos, frame.size = self.words.pos, self.words.size
        self.face.paint(frame, self.colours.panel, self.colours.line)
