"""A long range: a line of marks to go to, and above it a large number between minus and plus.

Rule 1: a mark is touched, never dragged; a mark with a number is filled while that number stands, and a line without
        numbers up to where one stands, in reading direction.
Rule 2: minus stands where the line begins and plus where it ends, each only while it can act.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty, StringProperty

from kiosk.presenters.pads import Mark, Stepper
from kiosk.presenters.shown import Said
from kiosk.screens import theme
from kiosk.screens.pads import KeyCap
from kiosk.screens.parts import Face, Part, Touchable
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_MARKS: Final = 11
MARK_MM: Final = 20.0
VALUE_MM: Final = 26.0
KEY_MM: Final = 40.0
MARK_LOW_MM, VALUE_LOW_MM = 15.0, 15.2
NEAR: Final = 16.0  # the most that is left free above the number
MARK_LEAST_MM: Final = 15.0
BETWEEN_MM, LOW_GAP = 0.4, 1.0


class MarkCap(Touchable):
    """One mark of the line."""

    personal = ("mark", "key")

    mark = ObjectProperty(None, allownone=True)
    key = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.words = Words(role="body", centred=True, strong=True)
        self.add_widget(self.words)
        self.bind(mark=self.again)

    def on_mark(self, _part: object, mark: Mark | None) -> None:
        """An empty place is absent."""
        self.absent = mark is None
        self.key = "" if mark is None else str(mark.index)
        self.words.said = None if mark is None else mark.words

    def arrange(self) -> None:
        """Filled while it is lit."""
        if self.mark is None or self.width < 1:
            return
        fill, ink = ("chosen", "on_chosen") if self.mark.lit else ("panel", "ink")
        fill, ink = ("press", "on_press") if self.pressed else (fill, ink)
        self.face.paint(self, getattr(self.colours, fill), self.colours.line)
        self.words.ink = ink
        self.put(self.words, 0, 0, self.width, self.height)


class StepperPad(Part):
    """The line, and the number above it. `on_step` gives a stop's index, `on_key` "-" or "+"."""

    personal = ("stepper",)

    stepper = ObjectProperty(None, allownone=True)
    __events__ = ("on_step", "on_key")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.minus, self.plus = KeyCap(digits=True), KeyCap(digits=True)
        self.box = NumberBox()
        self.pool = [MarkCap() for _ in range(MOST_MARKS)]
        for cap in (self.minus, self.plus):
            cap.bind(on_touched=lambda touched: self.dispatch("on_key", touched.key))
            self.add_widget(cap)
        self.add_widget(self.box)
        for mark in self.pool:
            mark.bind(on_touched=lambda touched: self.dispatch("on_step", int(touched.key)))
            self.add_widget(mark)
        self.bind(stepper=self.again)

    def on_step(self, index: int) -> None:
        """This mark was touched."""

    def on_key(self, key: str) -> None:
        """Minus or plus was touched."""

    def arrange(self) -> None:
        """The line at the foot, the number above it."""
        pad: Stepper | None = self.stepper
        marks = () if pad is None else pad.marks
        self.minus.cap, self.plus.cap = (None, None) if pad is None else (pad.minus, pad.plus)
        self.box.said = None if pad is None else pad.value
        for place, cap in enumerate(self.pool):
            cap.mark = marks[place] if place < len(marks) else None
        if pad is None or self.width < 1:
            return
        gap, line, value = self._gap_px(), self._line_px(), px(self._value_mm())
        above = gap if theme.MEASURE.shape == "rail" else 2 * gap
        bar = any(mark.words is None for mark in marks)  # without numbers it is one line, and not many keys
        between = px(BETWEEN_MM) if bar else gap
        rows = self._rows(len(marks), self.width, between)
        across = -(-len(marks) // rows)
        wide = (self.width - between * (across - 1)) / across
        spare = max(0.0, self.height - rows * (line + between) + between - value - above)
        foot = spare - min(spare / 2, px(NEAR))
        for place, cap in enumerate(self.pool[: len(marks)]):
            row, column = divmod(place, across)
            low = foot + (rows - 1 - row) * (line + between)
            self.put(cap, column * (wide + between), low, wide, line)
            cap.again()
        high = foot + rows * (line + between) - between + above
        key = min(px(KEY_MM), self.width * 0.28)
        box = min(px(60), self.width - 2 * (key + gap))
        middle = (self.width - box) / 2
        self.put(self.box, middle, high, box, value)
        self.put(self.minus, middle - gap - key, high, key, value)
        self.put(self.plus, middle + box + gap, high, key, value)

    def _line_px(self) -> int:
        """Height of one row of marks."""
        return px(MARK_MM if theme.MEASURE.shape == "wide" else MARK_LOW_MM)

    @staticmethod
    def _gap_px() -> int:
        return px(LOW_GAP if theme.MEASURE.shape == "rail" else theme.GAP)

    def _value_mm(self) -> float:
        return VALUE_LOW_MM if theme.MEASURE.small else VALUE_MM

    @staticmethod
    def _rows(count: int, width: float, between: float) -> int:
        """In how many rows the marks stand, so that each is wide enough to be touched."""
        least = px(MARK_LEAST_MM if theme.MEASURE.shape == "wide" else theme.BAR)
        return -(-count // max(1, int((width + between) // (least + between))))

    def least_px(self, width: float) -> float:
        """The least height that it needs at a width."""
        count = 0 if self.stepper is None else len(self.stepper.marks)
        gap = self._gap_px()
        rows = self._rows(count, width, gap) if count else 1
        return rows * (self._line_px() + gap) + px(self._value_mm()) + gap


class NumberBox(Part):
    """The number that stands; an empty box while there is none."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words = Face(self), Words(role="title", centred=True)
        self.add_widget(self.words)
        self.bind(said=self.again)

    def arrange(self) -> None:
        """The box, and the number in it."""
        shown: Said | None = self.said
        self.words.said = shown
        self.face.paint(self, self.colours.ground, self.colours.line, theme.LINE_CHOSEN)
        self.put(self.words, 0, 0, self.width, self.height)
