"""What was wrong with a number, and what to do now: two sentences below one another, with a sign before the first.

Rule 1: both are always said whole: the first steps down in size until the second has its room.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.screens import theme
from kiosk.screens.parts import Part, Picture
from kiosk.screens.theme import px
from kiosk.screens.words import Words

SIGN, SIGN_SMALL = 7.0, 4.5
BESIDE, BESIDE_SMALL = 2.5, 1.5
LESSER: Final = 0.75  # of the first sentence's size, what the second has at least where that is possible
FIRST: Final = 0.5  # of the height, what the first sentence may take where there is a second


class Trouble(Part):
    """The sentences from the head of its place; absent without any."""

    personal = ("said",)

    said = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.sign, self.wrong = Picture(name="trouble", ink="stop"), Words(role="body", ink="stop", strong=True)
        self.then = Words(role="body", valign="top")
        for part in (self.sign, self.wrong, self.then):
            self.add_widget(part)
        self.absent = True
        self.bind(said=self.again)

    def on_said(self, _part: object, said: tuple[object, ...]) -> None:
        """Nothing was wrong, no place."""
        self.absent = not said

    def arrange(self) -> None:
        """The sign and the first sentence, and below it the second."""
        if not self.said or self.width < 1:
            return
        low = theme.MEASURE.small
        sign = px(SIGN_SMALL if low else SIGN)
        start = sign + px(BESIDE_SMALL if low else BESIDE)
        self.wrong.said, self.then.said = self.said[0], self.said[1] if len(self.said) > 1 else None
        room, indent = self.width - start, 0 if low else start
        self.wrong.strong, self.wrong.at_most = True, 0
        self.wrong.strong = self._fits(room, indent)  # else narrower
        high = self._high_px(room, indent)
        self.put(self.sign, 0, self.height - (high + sign) / 2, sign, sign)
        self.put(self.wrong, start, self.height - high, room, high)
        self.put(self.then, indent, 0, self.width - indent, self.height - high)

    def _high_px(self, room: float, indent: float) -> float:
        """Height of the first sentence at its largest size that leaves the second about as large."""
        best = self.wrong.best_size(room, self.height * (FIRST if self.then.said is not None else 1))
        highs = {size: self.wrong.needs(size, room)[1] + 2 for size in self.wrong.sizes_px() if size <= best}
        left = self.width - indent
        fitting = {size: high for size, high in highs.items() if self.then.fits(left, self.height - high)}
        if self.then.said is None or not fitting:
            return float(highs[best if self.then.said is None else min(highs)])
        even = (
            high for size, high in fitting.items() if self.then.best_size(left, self.height - high) >= LESSER * size
        )
        return float(next(even, fitting[min(fitting)]))

    def _fits(self, room: float, indent: float) -> bool:
        """Whether both have room as they stand."""
        high = self._high_px(room, indent)
        return self.wrong.fits(room, high) and self.then.fits(self.width - indent, self.height - high)
