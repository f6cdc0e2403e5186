"""What only staff meet: the PIN pad, the line of a round, the number of a fault; and the calm middle of a page.

Rule 1: the digits of a PIN are never drawn, only dots.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color
from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.shown import Key, Said
from kiosk.screens import theme
from kiosk.screens.bars import ProgressLine
from kiosk.screens.pads import KEYPAD_WIDE, KeyRows
from kiosk.screens.parts import Face, Part
from kiosk.screens.prompt import Prompt
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

ACROSS: Final = 3
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

    personal = ("title", "dots", "keys", "delete", "trouble")

    title = ObjectProperty(None, allownone=True)
    dots = NumericProperty(0)
    keys = ObjectProperty(())
    delete = ObjectProperty(None, allownone=True)
    trouble = ObjectProperty(None, allownone=True)
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.prompt, self.row, self.pad = Prompt(), Dots(), KeyRows(digits=True, gap=theme.GAP)
        for part in (self.prompt, self.row, self.pad):
            self.add_widget(part)
        self.pad.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        for name in ("title", "dots", "keys", "delete", "trouble"):
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """Rows of three digits, Delete beside the last."""
        if self.delete is None or self.width < 1:
            return
        rows = [tuple(self.keys[at : at + ACROSS]) for at in range(0, len(self.keys), ACROSS)]
        spare = ACROSS - len(rows[-1]) if rows else 0
        if rows and spare:
            rows[-1] = (*rows[-1], Key(self.delete.key, self.delete.words, spare))
        self.pad.rows = tuple(rows)
        self.prompt.said, self.prompt.trouble = self.title, self.trouble
        self.row.count = self.dots
        if theme.MEASURE.shape == "slim":
            self._below()
            return
        wide, box = px(KEYPAD_WIDE), px(16)
        left = self.width - wide - px(8)
        self.put(self.pad, self.width - wide, 0, wide, self.height)
        middle = self.height * 0.42
        self.put(self.row, 0, middle - box / 2, left, box)
        self.put(self.prompt, 0, middle + box / 2 + px(4), left, self.height - middle - box / 2 - px(4))

    def _below(self) -> None:
        """On a page as narrow as a hand: words, dots, and the digits over the whole width."""
        pad, box, gap = self.height * 0.66, px(14), px(2)
        self.put(self.pad, 0, 0, self.width, pad)
        self.put(self.row, 0, pad + gap, self.width, box)
        above = pad + 2 * gap + box
        self.put(self.prompt, 0, above, self.width, self.height - above)


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
