"""The calm middle of a page that only says something: a picture, a title, a few sentences, all in the middle.

Rule 1: the whole group stands in the middle of its place, at the largest size that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kivy.properties import ObjectProperty, StringProperty

from kiosk.presenters.shown import Said
from kiosk.screens.parts import Part, Picture
from kiosk.screens.reading import MOST_BLOCKS
from kiosk.screens.theme import px
from kiosk.screens.words import STEPS, Words

EVERY_SIZE: Final = len(STEPS) + 1  # and the smallest
ROOM: Final = ((26.0, 3.0, 2), (18.0, 2.4, 3), (14.0, 1.6, EVERY_SIZE), (0.0, 1.6, EVERY_SIZE), (0.0, 1.0, EVERY_SIZE))
"""Picture and gaps in mm, and how far the words may shrink before the picture does."""


class Centred(Part):
    """Picture, title and sentences. `sentences` is one Said or several."""

    personal = ("title", "sentences")

    picture = StringProperty("")
    title = ObjectProperty(None, allownone=True)
    sentences = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.image, self.head = Picture(), Words(role="title", centred=True)
        self.lines = [Words(role="body", centred=True) for _ in range(MOST_BLOCKS)]
        for part in (self.image, self.head, *self.lines):
            self.add_widget(part)
        for name in ("picture", "title", "sentences"):
            self.fbind(name, self.again)

    def arrange(self) -> None:
        """Find the size, then place from the head of the group."""
        if self.title is None or self.width < 1:
            return
        said = self.sentences or ()
        said = (said,) if isinstance(said, Said) else said
        for words, one in zip(self.lines, [*said, *[None] * MOST_BLOCKS], strict=False):
            words.said = one
        shown = self.lines[: len(said)]
        self.head.said = self.title
        self.image.name, self.image.plated = self.picture, self.look.theme == "contrast"
        width = self.width * 0.9
        for image_mm, gap_mm, least in ROOM:
            side, gap = px(image_mm), px(gap_mm)
            for place in range(least):
                title = self._title_px(place, width)
                heights = [words.needs(_at(words.sizes_px(), place), width)[1] + 4 for words in shown]
                total = side + gap * (1.5 + len(shown)) + title + sum(heights)
                if total <= self.height:
                    break
            if total <= self.height:
                break
        while total > self.height and len(shown) > 1:  # what is said last goes first; it is read aloud all the same
            total -= heights.pop() + gap
            shown.pop().said = None
        left, top = (self.width - width) / 2, self.height - max(0, self.height - total) / 2
        self.image.absent = not side
        self.put(self.image, (self.width - side) / 2, top - side, side, side)
        top -= side + gap
        self.put(self.head, left, top - title, width, title)
        top -= title + gap * 0.5
        for words, height in zip(shown, heights, strict=True):
            self.put(words, left, top - height, width, height)
            top -= height + gap

    def _title_px(self, place: int, width: float) -> int:
        """Height of the title, which steps down with the sentences, so that it never shouts them down."""
        self.head.at_most = 0
        self.head.at_most = _at(self.head.sizes_px(), place)
        return int(self.head.needs(self.head.best_size(width, self.height * 0.4), width)[1]) + 4


def _at(sizes: Sequence[float], place: int) -> float:
    """The size at a step, or the smallest one."""
    return sizes[min(place, len(sizes) - 1)]
