"""Pads of keys, and the box in which typed letters or a number stand.

Rule 1: keys are the layout's own: their rows never mirror, and digits run from left to right.
Rule 2: what was typed is drawn without any cache, and its picture is dropped by `clear`.
Rule 3: nothing repeats while held; one touch is one key.
Rule 4: letters stand in the font of the language that is typed, and where they always stand.
"""

from __future__ import annotations

from typing import Any, Final
from unicodedata import bidirectional

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.label import Label

from kiosk import typeset
from kiosk.presenters.keyboard import CARRIER
from kiosk.presenters.shown import Key, Said
from kiosk.screens import shaped, theme
from kiosk.screens.parts import Face, Part, Picture, Touchable
from kiosk.screens.theme import px
from kiosk.screens.words import Words, draw_words, drop_lines

ICONS: Final = {"delete": "delete", "shift": "shift", "space": "space"}
ICON_AND_WORD: Final = 30.0  # mm a key needs for both, side by side
ICON_ABOVE: Final = 6.0
LEAST_KEY: Final = 15.0  # mm; ten in a row that would be narrower are shown in parts
TEN: Final = 10
KEY_GAP: Final = 1.3
LOWEST_KEY: Final = 14.0
MOST_KEYS: Final = 48
ONE_HAND: Final = 12
KEYPAD_WIDE: Final = 78.0
PAD_WIDEST: Final = 140.0  # on an upright page
DIGIT_ROW, DIGIT_ROW_LOW, DIGIT_ROW_SLIM, DIGIT_ROW_TALLEST = 20.0, 17.0, 15.0, 25.0
DIGITS: Final = 3  # side by side
LEAST_TYPED: Final = 8.7  # mm of a box above its counter; a lower box has it beside


class KeyCap(Touchable):
    """One key: its letter, or an icon with its word where it is wide enough."""

    personal = ("cap",)

    cap = ObjectProperty(None, allownone=True)
    key = StringProperty("")
    tag = StringProperty("en")
    digits = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.picture, self.words = Picture(), Words(centred=True, strong=True)
        self.add_widget(self.picture)
        self.add_widget(self.words)
        self.bind(cap=self.again, tag=self.again)

    def on_cap(self, _part: object, cap: Key | None) -> None:
        """Copy the key; an empty place is absent."""
        self.absent = cap is None or not cap.key
        self.key = cap.key if cap is not None else ""

    def arrange(self) -> None:
        """Paint, then place letter or icon."""
        if self.cap is None or self.width < 1:
            return
        fill, ink = ("press", "on_press") if self.pressed else ("panel", "ink")
        self.face.paint(self, getattr(self.colours, fill), self.colours.line)
        sign = not any(char.isalpha() for char in self.cap.words)
        one = sign or self.cap.key == self.cap.words or self.cap.words.startswith(CARRIER)
        self.words.role = ("question" if self.digits else "body") if one else "bar"
        rtl = any(bidirectional(char) in {"R", "AL"} for char in self.cap.words)
        self.words.said = Said(self.cap.words, self.tag, "rtl" if rtl else "ltr")
        self.words.ink = self.picture.ink = ink
        self.picture.still = self.digits
        icon, pad = ICONS.get(self.cap.key), px(1)
        self.picture.absent = icon is None
        if icon is None:
            self.put(self.words, pad, 0, self.width - 2 * pad, self.height)
            return
        self.picture.name = icon
        side = min(px(8), self.height - 2 * pad)
        if self.width < px(ICON_AND_WORD) or not self.cap.words:
            self._icon_above(side, pad)
            return
        words = min(self.words.one_line_px(), self.width - side - 4 * pad)
        start = (self.width - words - side - pad) / 2
        self.put(self.picture, start, (self.height - side) / 2, side, side)
        self.put(self.words, start + side + pad, 0, words, self.height)

    def _icon_above(self, side: float, pad: float) -> None:
        """The icon with its word below it where that has room, else alone."""
        room, small = self.width - 2 * pad, min(side, px(ICON_ABOVE))
        below = self.height - small - 3 * pad
        if not self.cap.words or not self.words.fits(room, below):
            self.words.said = None
            self.put(self.picture, (self.width - side) / 2, (self.height - side) / 2, side, side)
            return
        words = self.words.needs(self.words.best_size(room, below), room)[1] + 2
        foot = (self.height - small - words) / 2
        self.put(self.words, pad, foot, room, words)
        self.put(self.picture, (self.width - small) / 2, foot + words, small, small)


class KeyRows(Part):
    """Rows of keys; a row with fewer keys stands in the middle. Caps are bound again, never thrown away."""

    personal = ("rows",)

    rows = ObjectProperty(())
    tag = StringProperty("en")
    digits = BooleanProperty(defaultvalue=False)
    flat = BooleanProperty(defaultvalue=False)  # the keys of the last row stand beside the others: three rows of four
    gap = NumericProperty(KEY_GAP)
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool: list[KeyCap] = []
        self.bind(rows=self.again, tag=self.again, flat=self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def _laid(self) -> tuple[tuple[Key, ...], ...]:
        """The rows as they are laid out: of a flat pad Delete at the head of a fourth column, the tenth at its foot."""
        rows = tuple(self.rows)
        if not self.flat or len(rows) <= DIGITS:
            return rows
        before, sign, delete = rows[DIGITS]
        return tuple((*row, key) for row, key in zip(rows[:DIGITS], (delete, before, sign), strict=True))

    def prepare(self, count: int) -> None:
        """Have this many caps ready, so that a pad opens quickly."""
        while len(self.pool) < count:
            cap = KeyCap(digits=self.digits)
            cap.bind(on_touched=lambda touched: self.dispatch("on_key", touched.key))
            self.pool.append(cap)
            self.add_widget(cap)

    def least_px(self) -> float:
        """The least height that its rows may have."""
        low = {"rail": DIGIT_ROW_LOW, "slim": DIGIT_ROW_SLIM}.get(theme.MEASURE.shape, DIGIT_ROW)
        return len(self._laid()) * (px(low if self.digits else LOWEST_KEY) + px(self.gap)) - px(self.gap)

    def most_px(self) -> float:
        """The most height of digits, so that keys do not grow into towers."""
        return len(self._laid()) * (px(DIGIT_ROW_TALLEST) + px(self.gap)) - px(self.gap)

    def digits_box(self) -> tuple[float, float, float, float]:
        """Return left, foot, width and height in px of where the digits stand, without the row or column of Delete."""
        gap = px(self.gap)
        if self.flat:
            return self.x, self.y, (self.width + gap) * DIGITS / (DIGITS + 1) - gap, self.height
        low = (self.height + gap) / (DIGITS + 1)
        return self.x, self.y + low, self.width, self.height - low

    def arrange(self) -> None:
        """Bind the caps and lay out the rows from the head."""
        rows = self._laid()
        keys = [key for row in rows for key in row]
        self.prepare(len(keys))
        for place, cap in enumerate(self.pool):
            cap.cap, cap.tag = (keys[place] if place < len(keys) else None), self.tag
        if not keys or self.width < 1:
            return
        gap = px(self.gap)
        most = max(sum(key.wide for key in row) for row in rows)
        unit = (self.width - gap * (most - 1)) / most
        height = (self.height - gap * (len(rows) - 1)) / len(rows)
        caps, top = iter(self.pool), self.height
        reaching = rows[0][-1] if self.flat and not rows[1][-1].key else None  # down over the free place below it
        for row in rows:
            widths = [key.wide * unit + (key.wide - 1) * gap for key in row]
            x = (self.width - sum(widths) - gap * (len(row) - 1)) / 2
            for key, width in zip(row, widths, strict=True):
                cap, high = next(caps), 2 * height + gap if key is reaching else height
                cap.pos = (round(self.x + x), round(self.y + top - high))
                cap.size = (round(width), round(high))
                x += width + gap
            top -= height + gap


class TypedBox(Part):
    """The box with what was typed so far, and a caret at its end."""

    personal = ("typed", "left")

    typed = StringProperty("")
    tag = StringProperty("en")
    direction = StringProperty("ltr")
    number = BooleanProperty(defaultvalue=False)
    left = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face = Face(self)
        self.label = Label()
        self.label._label.kept = False  # noqa: SLF001 - Kivy's provider has no other door
        self.counter = Words(role="small", ink="ink2")
        self.add_widget(self.label)
        self.add_widget(self.counter)
        for name in ("typed", "tag", "direction", "number", "left"):
            self.fbind(name, self.again)

    def clear(self) -> None:
        """Drop the words and the picture that was drawn of them."""
        self.typed, self.label.text, self.label.texture = "", "", None
        drop_lines(self.label)

    def forget(self) -> None:
        """Part of a wipe."""
        self.clear()
        super().forget()

    def _size(self, text: str, tag: str, width: float, height: float) -> float:
        """The largest of three sizes at which the words still fit; else the smallest, showing their end."""
        roles: tuple[theme.Role, ...] = ("title", "body", "small") if self.number else ("body", "bar", "small")
        sizes = [px(theme.em_mm(role)) for role in roles]
        for size in sizes:
            widest, high = shaped.natural_size(
                text, tag, size, width, bold=self.number, rtl=self.direction == "rtl", line=1.0, typed=True
            )
            if high <= height and widest <= width:
                return size
        return sizes[-1]

    def _counter_px(self) -> tuple[int, int]:
        """What the counter takes of the box: height below what was typed, or width beside it where the box is low."""
        if self.left is None:
            return 0, 0
        low = px(8.4 if self.direction == "rtl" else 6.6)
        return (low, 0) if self.height >= low + px(LEAST_TYPED) else (0, self.counter.one_line_px() + 2)

    def arrange(self) -> None:
        """Paint the box, then the words with the caret."""
        if self.width < 1:
            return
        self.face.paint(self, self.colours.ground, self.colours.line, theme.LINE_CHOSEN)
        pad, rtl, label = px(2), self.direction == "rtl", self.label
        tag, text = self.tag, f"{self.typed}|"
        self.counter.said = self.left
        low, side = self._counter_px()
        label.pos, label.size = (
            (self.x + pad + (side if self.rtl else 0), self.y + px(0.7) + low),
            (self.width - 2 * pad - side, self.height - px(1.4) - low),
        )
        if self.left is not None:
            wide = side or self.width - 2 * pad
            self.put(self.counter, self.width - pad - wide, px(0.7), wide, low or self.height - px(1.4))
        label.font_name = theme.font_path(typeset.font_for(tag, bold=self.number))
        label.font_size = self._size(text, tag, *label.size)
        label.base_direction = "rtl" if rtl else "ltr"
        label.halign = "center" if self.number else ("right" if rtl else "left")
        label.valign = "middle" if self.number else "bottom"
        label.text_size, label.color = label.size, theme.rgba(self.colours.ink)
        label.text = text
        draw_words(label)
