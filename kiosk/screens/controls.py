"""A control of the bars, and of pages: its icon and its word, as large as its place allows.

Rule 1: a word always stands beside its icon or below it; arrows turn round where people read from right to left.
Rule 2: neighbours have one size of type; where the words of one need more than its share, others lend it what they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.room import USUAL
from kiosk.screens.parts import Picture, Touchable
from kiosk.screens.theme import px
from kiosk.screens.words import Words

ICON: Final = 8.0
ICONS_ABOVE: Final = (6.6, 5.6, 4.6, 4.0)  # of an icon above its word: the largest that leaves the word its room
LARGE_ICON: Final = 11.0  # of an icon that stands without its word
PAD, PAD_LARGE = 2.4, 1.2  # mm at both ends; large type needs the room itself
BETWEEN, BETWEEN_LARGE = 2.0, 1.2  # mm between icon and word
EDGE: Final = 0.3  # mm left free around what a control says below its icon
STEP: Final = 0.8  # mm by which a width is tried
FILLS: Final = {"plain": ("panel", "ink"), "onward": ("onward", "on_onward"), "stop": ("panel", "stop")}


class Control(Touchable):
    """An icon and a word. `kind` is plain, onward (filled, icon at the end) or stop."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)
    icon = StringProperty("")
    kind = StringProperty("plain")
    centred = BooleanProperty(defaultvalue=False)
    stacked = BooleanProperty(defaultvalue=False)
    icon_most = NumericProperty(0)  # px; lets neighbours agree on one size
    role = StringProperty("bar")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.picture, self.words = Picture(), Words(strong=True, one_line_first=True, flush=True)
        self.add_widget(self.picture)
        self.add_widget(self.words)
        self.absent = self.said is None
        for name in ("said", "icon", "kind", "stacked"):
            self.fbind(name, self.again)

    def on_said(self, _part: object, said: object) -> None:
        """Without words it is absent."""
        self.absent = said is None

    def arrange(self) -> None:
        """Paint, then place icon and word."""
        if self.said is None or self.width < 1:
            return
        fill, ink = ("press", "on_press") if self.pressed else FILLS[self.kind]
        line = self.colours.stop if self.kind == "stop" and not self.pressed else self.colours.line
        self.face.paint(self, getattr(self.colours, fill), line)
        self.words.said, self.words.role, self.picture.name = self.said, self.role, self.icon
        self.words.ink = self.picture.ink = ink
        self.picture.absent = False
        self.picture.plated = self.look.theme == "contrast"  # as on tiles: black lines need a white ground
        (self._icon_above if self.stacked or not self._fits_beside() else self._icon_beside)()

    def _fits_beside(self) -> bool:
        """Whether the longest word has room beside the icon, at its smallest; below the icon it has more."""
        room = self._beside_px(px(ICON))
        widest, high = self.words.needs(self.words.sizes_px()[-1], max(room, 1))
        return bool(widest + 2 <= room and high <= self.height - px(1))

    def _air_px(self) -> tuple[int, int]:
        """What is left free at both ends, and between icon and word."""
        large = self.look.scale > USUAL
        return px(PAD_LARGE if large else PAD), px(BETWEEN_LARGE if large else BETWEEN) if self.icon else 0

    def _beside_px(self, icon: float) -> float:
        """Width left for the words beside an icon of this size."""
        pad, between = self._air_px()
        return float(self.width) - 2 * pad - between - (icon if self.icon else 0)

    def compact_px(self) -> float:
        """Icon, and words on two lines in their full size."""
        return self._two_lines_px(0)

    def narrow_px(self) -> float:
        """Icon, and words on two lines at their smallest."""
        return self._two_lines_px(-1)

    def _two_lines_px(self, step: int) -> float:
        if self.said is None:
            return 0.0
        size, icon = self._sizes_px()[step], px(ICON + 2) if self.icon else 0
        room = self.words.line_px(size)
        half = next(
            (share * room for share in (0.4, 0.5, 0.6, 0.7) if self._on_two_lines(size, share * room)), float(room)
        )
        return icon + half + 2 * px(PAD) + 2

    def high_px(self, width: float) -> float:
        """Height that its words need alone, at their smallest."""
        if self.said is None:
            return 0.0
        edges = 2 * px(EDGE) + 2
        return float(self.words.needs(self._sizes_px()[-1], width - edges)[1] + edges)

    def narrowest_px(self, height: float) -> float:
        """The least width at which its words stand alone in a height, at their smallest."""
        if self.said is None:
            return 0.0
        size, edges = self._sizes_px()[-1], 2 * px(EDGE) + 2
        width, most = self.words.needs(size, 1)[0] + edges, self.words.line_px(size) + edges
        while self.high_px(width) > height and width < most:
            width += px(STEP)
        return float(width)

    def beside_px(self) -> float:
        """The least width at which its words stand beside its icon."""
        if self.said is None:
            return 0.0
        pad, between = self._air_px()
        icon = px(ICON) + between if self.icon else 0
        return float(self.words.needs(self._sizes_px()[-1], 1)[0] + 2 + 2 * pad + icon)

    def _sizes_px(self) -> Sequence[float]:
        """The sizes of its words, largest first, whatever its neighbours agreed on."""
        words = self.words
        words.said, words.role, agreed = self.said, self.role, words.at_most
        words.at_most = 0
        sizes = words.sizes_px()
        words.at_most = agreed
        return sizes

    def whole_px(self) -> float:
        """Icon, and words on one line in their full size."""
        if self.said is None:
            return 0.0
        return (px(ICON + 2) if self.icon else 0) + float(self.words.line_px(self._sizes_px()[0])) + 2 * px(PAD) + 2

    def _on_two_lines(self, size: float, room: float) -> bool:
        widest, high = self.words.needs(size, room)
        return bool(widest + 2 <= room and high <= 2.6 * size)

    def _icon_beside(self) -> None:
        self.words.centred, self.words.one_line_first = False, True
        (pad, between), icon = self._air_px(), float(px(ICON)) if self.icon else 0.0
        room = self._beside_px(icon)
        widest, _ = self.words.needs(self.words.sizes_px()[0], 100000)
        used = min(room, max(widest, self.words.one_line_px()) + px(1))
        largest = min(icon * self.look.scale / USUAL, self.height - 4 * px(1), self.icon_most or self.height)
        icon = max(icon, min(largest, icon + room - used))  # it grows with the type, as far as its word leaves room
        room = self._beside_px(icon)
        middle = self.centred or self.kind == "onward"
        start = (self.width - used - icon - between) / 2 if middle else pad
        icon_x, words_x = (start + used + between, start) if self.kind == "onward" else (start, start + icon + between)
        self.put(self.words, words_x, px(0.5), used if middle else room, self.height - px(1))
        self.put(self.picture, icon_x, (self.height - icon) / 2, icon, icon)

    def _icon_above(self) -> None:
        """The word below its icon; where no size of type gets both in, the word alone, and at last the icon alone."""
        self.words.centred, self.words.one_line_first = True, False
        edge = px(EDGE)
        room = self.width - 2 * edge
        rooms = {px(mm): self.height - px(mm) - 2 * edge for mm in ICONS_ABOVE}
        icon, high = next((one for one in rooms.items() if self.words.fits(room, one[1])), (0, 0.0))
        _, needed = self.words.needs(self.words.best_size(room, high), room)
        if not icon and self.words.fits(room, self.height - 2 * edge):
            self.put(self.words, edge, edge, room, self.height - 2 * edge)
            self.picture.absent = True
            return
        if not icon:
            self.words.said = None
            large = min(px(LARGE_ICON), self.height - 4 * edge)
            self.put(self.picture, (self.width - large) / 2, (self.height - large) / 2, large, large)
            return
        foot = (self.height - icon - needed) / 2
        self.put(self.words, edge, foot, room, needed + 1)
        self.put(self.picture, (self.width - icon) / 2, foot + needed, icon, icon)


def even_out(controls: list[Control]) -> None:
    """Give neighbours the same size of type, the one at which the longest of them fits, and one size of icon."""
    for control in controls:
        control.words.at_most = control.icon_most = 0
        control.arrange()
    worded = [control.words for control in controls if control.words.said is not None]
    even = min((words.best_size(words.width, words.height) for words in worded), default=0)
    for control in controls:
        control.words.at_most = even
        control.arrange()
    icons = min((control.picture.width for control in controls if not control.picture.absent), default=0)
    for control in controls:
        control.icon_most = icons
        control.arrange()
