"""Words that are only shown, where elsewhere something could be touched: on a quiet ground, with no line round them."""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.presenters.shown import Said
from kiosk.screens.parts import Face, Part, Picture
from kiosk.screens.theme import px
from kiosk.screens.words import Words

PAD: Final = 4.0
LOCK: Final = 8.0
NUMBER: Final = 13.0


class FixedBox(Part):
    """Words, a number before them where they are one of several, and a small lock where nobody may change them."""

    personal = ("said", "number")

    said = ObjectProperty(None, allownone=True)
    number = ObjectProperty(None, allownone=True)
    locked = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words, self.lock = Face(self), Words(role="body", strong=True), Picture(name="lock", ink="ink2")
        self.count = Words(role="title", centred=True)
        for part in (self.words, self.lock, self.count):
            self.add_widget(part)
        for name in ("said", "number", "locked"):
            self.fbind(name, self.again)

    def arrange(self) -> None:
        """Number, words, lock."""
        self.words.said, self.lock.absent = self.said, not self.locked
        self.count.said = None if self.number is None else Said(str(self.number), "en", "ltr")
        if self.said is None or self.width < 1:
            return
        self.face.paint(self, self.colours.panel, self.colours.panel)
        pad, side = px(PAD), px(LOCK) if self.locked else 0
        start = pad if self.number is None else pad + px(NUMBER)
        self.put(self.count, pad / 2, 0, start - pad / 2, self.height)
        self.put(self.words, start, 0, self.width - start - 2 * pad - side, self.height)
        self.put(self.lock, self.width - pad - side, (self.height - side) / 2, side, side)
