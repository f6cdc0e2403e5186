"""Days and times: a column a part, keys above and below its value; and below the question what they say in words.

Rule 1: one touch is one step: nothing flings, spins or is dragged.
Rule 2: parts of a day stand in reading direction; hours stand before minutes in every language.
Rule 3: on a small screen the keys of one part stand side by side, and its value close between them.
Rule 4: until it is chosen, what the wheels show is an open box; chosen, it has fill, a thick line and a tick.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.presenters.pads import Wheel
from kiosk.presenters.shown import Look
from kiosk.screens import theme
from kiosk.screens.pads import KEY_GAP, KeyCap
from kiosk.screens.parts import Face, Part
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_WHEELS: Final = 3
MOST_KEYS: Final = 2  # above and below each
NAME_MM: Final = 6.6
NAME_RTL_MM: Final = 8.4
KEY_TALLEST: Final = (25.0, 16.0)  # mm of a key alone, and of two one below the other
NEAR: Final = 0.8  # mm between keys and value on a small screen
VALUE_MM, VALUE_LOW_MM, VALUE_SLIM_MM = 12.0, 9.6, 13.6
WORD_SHARE, ONLY_WORD_SHARE = 1.35, 40.0  # beside a number; the latter where each number has its least


class WheelColumn(Part):
    """One part: its name, the keys that make it more, its value, the keys that make it less."""

    personal = ("wheel", "chosen")

    wheel = ObjectProperty(None, allownone=True)
    chosen = BooleanProperty(defaultvalue=False)
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.name, self.box = Words(role="small", ink="ink2", centred=True), ValueBox()
        self.caps = [KeyCap(digits=True) for _ in range(2 * MOST_KEYS)]
        for part in (self.name, self.box, *self.caps):
            self.add_widget(part)
        for cap in self.caps:
            cap.bind(on_touched=lambda touched: self.dispatch("on_key", touched.key))
        self.bind(wheel=self.again, chosen=self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def on_wheel(self, _part: object, wheel: Wheel | None) -> None:
        """An empty place is absent."""
        self.absent = wheel is None
        self.box.said = None if wheel is None else wheel.value

    def arrange(self) -> None:
        """From the head: name, keys, value, keys; the keys share what is left, so that columns line up."""
        if self.wheel is None or self.width < 1:
            return
        wheel, gap, beside = self.wheel, px(theme.GAP), _beside()
        self.name.said = wheel.name
        name = 0 if wheel.name is None else px(NAME_RTL_MM if self.rtl else NAME_MM)
        value, near = _value_px(), _near_px()
        room = (self.height - name - value) / 2 - near  # above, and below
        self.put(self.name, 0, self.height - name, self.width, name)
        self.box.chosen = self.chosen
        self.put(self.box, 0, room + near, self.width, value)
        for place, cap in enumerate(self.caps):
            half, at = divmod(place, MOST_KEYS)
            keys = wheel.below if half else wheel.above
            cap.cap = keys[at] if at < len(keys) else None
            if cap.cap is None:
                continue
            head = room if half else self.height - name
            if beside:
                wide = (self.width - gap * (len(keys) - 1)) / len(keys)
                column = len(keys) - 1 - at if half else at  # more by ten stands above less by ten
                self.put(cap, column * (wide + gap), head - room, wide, room)
            else:
                near = px(KEY_GAP)
                high = (room - near * (len(keys) - 1)) / len(keys)
                self.put(cap, 0, head - high - at * (high + near), self.width, high)


class ValueBox(Part):
    """The value of one part; it looks like nothing to touch."""

    personal = ("said", "chosen")

    said = ObjectProperty(None, allownone=True)
    chosen = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.words = Words(role="question", centred=True)
        self.add_widget(self.words)
        self.bind(said=self.again, chosen=self.again)

    def arrange(self) -> None:
        """The words alone; chosen, in the colour of what is chosen."""
        self.words.said, self.words.ink, self.words.role = self.said, "chosen" if self.chosen else "ink", "question"
        if not self.words.fits(self.width, self.height):
            self.words.role = "body"  # not bold, and narrower for that
        self.put(self.words, 0, 0, self.width, self.height)


class WheelRow(Part):
    """The wheels side by side."""

    personal = ("wheels", "chosen")

    wheels = ObjectProperty(())
    chosen = BooleanProperty(defaultvalue=False)
    mirrors = BooleanProperty(defaultvalue=True)
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face = Face(self)
        self.pool = [WheelColumn() for _ in range(MOST_WHEELS)]
        for column in self.pool:
            column.bind(on_key=lambda _, key: self.dispatch("on_key", key))
            self.add_widget(column)
        self._ruler = Words(role="small")  # only measures
        for name in ("wheels", "chosen", "mirrors"):
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def on_look(self, part: object, look: Look) -> None:
        """A look holds for everything inside."""
        super().on_look(part, look)
        self.again()

    def _least_px(self, wheel: Wheel) -> float:
        """Width in px that one part needs for its keys side by side, and its name; 0 where keys stand in a column."""
        if not _beside():
            return 0.0
        self._ruler.said, self._ruler.look = wheel.name, self.look
        name = 0 if wheel.name is None else self._ruler.needs(self._ruler.sizes_px()[-1], 1)[0] + 2
        self._ruler.forget()
        keys = len(wheel.above)
        return float(max(name, keys * px(theme.BAR + 0.2) + (keys - 1) * px(theme.GAP)))

    def least_px(self) -> float:
        """The least height at which every key is large enough."""
        keys = 1 if _beside() else max((len(wheel.above) for wheel in self.wheels), default=1)
        named = any(wheel.name is not None for wheel in self.wheels)
        name = (NAME_RTL_MM if self.rtl or not _beside() else NAME_MM) if named or not _beside() else 0.0
        return 2 * (keys * px(theme.BAR) + (keys - 1) * px(KEY_GAP) + _near_px()) + _value_px() + px(name + 0.5)

    def most_px(self) -> float:
        """The most height, so that keys do not grow into towers on a large screen."""
        keys = 1 if _beside() else max((len(wheel.above) for wheel in self.wheels), default=1)
        half = px(KEY_TALLEST[keys - 1]) * keys + px(KEY_GAP) * (keys - 1)
        return max(self.least_px(), 2 * (half + _near_px()) + _value_px() + px(NAME_RTL_MM))

    def arrange(self) -> None:
        """Bind the columns and give each its share; the month gets more, for it is a word."""
        for place, column in enumerate(self.pool):
            column.wheel = self.wheels[place] if place < len(self.wheels) else None
        shown = [column for column in self.pool if column.wheel is not None]
        if not shown or self.width < 1:
            return
        gap = px(theme.GAP)
        word = ONLY_WORD_SHARE if _beside() else WORD_SHARE
        shares = [word if _is_word(column.wheel) else 1.0 for column in shown]
        least = [self._least_px(column.wheel) for column in shown]
        unit = (self.width - gap * (len(shown) - 1) - sum(least)) / sum(shares)
        x = 0.0
        for column, share, width in zip(shown, shares, least, strict=True):
            wide = width + unit * share
            start = x if self.mirrors or not self.rtl else self.width - x - wide
            column.chosen = self.chosen
            self.put(column, start, 0, wide, self.height)
            column.again()
            x += wide + gap


def _beside() -> bool:
    """Whether keys of one part stand side by side, as on a small screen."""
    return theme.MEASURE.small


def _value_px() -> int:
    """Height of the value; two lines of small words on a page as narrow as a hand."""
    return px({"slim": VALUE_SLIM_MM, "rail": VALUE_LOW_MM}.get(theme.MEASURE.shape, VALUE_MM))


def _near_px() -> int:
    """What is left free between keys and value."""
    return px(NEAR if _beside() else theme.GAP)


def _is_word(wheel: Wheel) -> bool:
    return not wheel.value.text.isdecimal()
