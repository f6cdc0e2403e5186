"""The three pages of a code, laid out for every shape of screen: the code given, its pictures and its digits asked for.

Rule 1: on a wide page things stand beside each other; on a narrow one below, in the same order.
Rule 2: a code is always whole, and each of its pictures has its name.
Rule 3: nothing moves when a code is wrong: what is said then has its room already, on an upright page that of what to
        do. On a small screen it takes that of the digits, which can do nothing until one is taken away.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty, StringProperty

from kiosk.screens import theme
from kiosk.screens.comeback import MOST_PICTURES, CodeDigits, CodeGrid, CodePictures
from kiosk.screens.controls import Control
from kiosk.screens.pads import KEYPAD_WIDE, ONE_HAND, PAD_WIDEST, KeyRows, TypedBox
from kiosk.screens.parts import Part
from kiosk.screens.reading import Paragraphs
from kiosk.screens.theme import px
from kiosk.screens.troubles import Trouble
from kiosk.screens.words import Words

GAP, LOW_GAP = 2.0, 1.2
SIDE_GAP: Final = 5.0
LEAST: Final = 15.0
TITLE_TALL, TITLE_SMALL = 13.0, 8.5
BAND_TALL, BAND_LEAST, BAND_PICTURES = 44.0, 30.0, 0.61
CARDS_BELOW, CARDS_SMALL, CARDS_LEAST, ROW_TALL, ROW_SMALL = 36.0, 31.0, 26.0, 17.0, 10.0
SOFAR_WIDE, SOFAR_TALL, SOFAR_MOST, DELETE_WIDE, DELETE_SMALL = 121.0, 23.0, 26.0, 34.0, 31.0
KINDS_TALL, KIND_WIDE = 17.0, 22.0
ACROSS_SLIM: Final = 3
TILE_TALLEST: Final = 1.25  # of its width
KEYPAD_SMALL: Final = 51.0
HEAD_TALL, CARDS_TALL, CARD_LOW, DIGITS_TALL, DIGITS_LOW, WRONG_TALL = 12.0, 24.0, 12.7, 15.0, 13.0, 30.0


def wide() -> bool:
    """Return whether things have room beside each other."""
    return theme.MEASURE.shape == "wide"


class CodeShown(Part):
    """A whole code, and what to do with it: pictures first in reading direction, then the digits."""

    personal = ("title", "pictures", "digits", "body")

    title = ObjectProperty(None, allownone=True)
    pictures = ObjectProperty(())
    digits = ObjectProperty(())
    body = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.row, self.numbers, self.told = (
            Words(role="question"),
            CodePictures(),
            CodeDigits(),
            Paragraphs(),
        )
        for part in (self.head, self.row, self.numbers, self.told):
            self.add_widget(part)
        for name in self.personal:
            self.fbind(name, self.again)

    def arrange(self) -> None:
        """The title, the code, and what is left for the words."""
        if self.title is None or self.width < 1:
            return
        self.head.said, self.row.tiles = self.title, self.pictures
        self.numbers.groups, self.told.blocks = self.digits, self.body
        gap, high = px(LOW_GAP if theme.MEASURE.small else GAP), px(TITLE_SMALL if theme.MEASURE.small else TITLE_TALL)
        top = self.height - high
        self.put(self.head, 0, top, self.width, high)
        free = top - 2 * gap - self.told.least_px(self.width)
        self.numbers.in_a_row, self.row.columns = not wide(), 2 if theme.MEASURE.small else MOST_PICTURES
        foot = self._beside(top - gap, free) if wide() else self._below(top - gap, free)
        self.put(self.told, 0, 0, self.width, foot - gap)

    def _beside(self, top: float, free: float) -> float:
        """Pictures take the larger share; the words below have what they need."""
        high = max(px(BAND_LEAST), min(px(BAND_TALL), free))
        split = round(self.width * BAND_PICTURES)
        self.put(self.row, 0, top - high, split, high)
        self.put(self.numbers, split + px(SIDE_GAP), top - high, self.width - split - px(SIDE_GAP), high)
        return top - high

    def _below(self, top: float, free: float) -> float:
        """Pictures, digits and words below one another; pictures give way to the words as far as they can."""
        cards, row = (
            px(CARDS_SMALL if theme.MEASURE.small else CARDS_BELOW),
            px(ROW_SMALL if theme.MEASURE.small else ROW_TALL),
        )
        cards = max(px(CARDS_LEAST), min(cards, int(free) - row - px(theme.GAP)))
        self.put(self.row, 0, top - cards, self.width, cards)
        foot = top - cards - px(theme.GAP) - row
        self.put(self.numbers, 0, foot, self.width, row)
        return foot


class CodeFinder(Part):
    """What to do, the pictures so far, the pictures of one kind, and the kinds."""

    personal = ("title", "chosen", "delete", "tiles", "kinds")

    title = ObjectProperty(None, allownone=True)
    chosen = ObjectProperty(())
    delete = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    kinds = ObjectProperty(())
    __events__ = ("on_tile", "on_kind", "on_away")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.row = Words(role="question"), CodePictures(role="small")
        self.away = Control(name="delete", icon="delete")
        self.grid, self.shelves = CodeGrid(), CodeGrid(role="bar")
        for part in (self.head, self.row, self.away, self.grid, self.shelves):
            self.add_widget(part)
        self.grid.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
        self.shelves.bind(on_tile=lambda _, key: self.dispatch("on_kind", key))
        self.away.bind(on_touched=lambda _: self.dispatch("on_away"))
        for name in self.personal:
            self.fbind(name, self.again)

    def on_tile(self, key: str) -> None:
        """The picture of this key was touched."""

    def on_kind(self, key: str) -> None:
        """The kind of this key was touched."""

    def on_away(self) -> None:
        """The last picture is taken away."""

    def arrange(self) -> None:
        """The head, the kinds at the foot, and the pictures between them."""
        if self.title is None or self.width < 1:
            return
        self.head.said, self.row.tiles = self.title, self.chosen
        self.row.columns = 2 if theme.MEASURE.shape == "slim" else MOST_PICTURES
        self.away.said, self.grid.tiles, self.shelves.tiles = self.delete, self.tiles, self.kinds
        self.grid.columns = ACROSS_SLIM if theme.MEASURE.shape == "slim" else MOST_PICTURES
        head = self._head_beside if wide() else self._head_above
        gap, count = px(LOW_GAP if theme.MEASURE.small else GAP), max(1, len(self.kinds))
        one_row = (self.width - px(theme.GAP) * (count - 1)) / count >= px(KIND_WIDE)
        self.shelves.columns = count if one_row else -(-count // 2)
        high = px(LEAST if theme.MEASURE.small else KINDS_TALL)
        high = high if one_row else 2 * high + px(theme.GAP)
        free = head(self.height) - high - 2 * gap
        pictures = min(free, self._most_px())
        around = (free - pictures) / 2
        head(self.height - around)
        self.put(self.shelves, 0, around, self.width, high)
        self.put(self.grid, 0, around + high + gap, self.width, pictures)

    def _most_px(self) -> float:
        """The most height of the pictures to touch, so that they do not grow into posters."""
        gap, columns = px(theme.GAP), int(self.grid.columns)
        rows = max(1, -(-len(self.tiles) // columns))
        wide = (self.width - gap * (columns - 1)) / columns
        return float(rows * wide * TILE_TALLEST + gap * (rows - 1))

    def _head_beside(self, top: float) -> float:
        high, cards, away, gap = px(SOFAR_TALL), px(SOFAR_WIDE), px(DELETE_WIDE), px(theme.GAP)
        foot, left = top - high, self.width - cards - away - 2 * gap
        self.put(self.head, 0, foot, left, high)
        self.put(self.row, left + gap, foot, cards, high)
        self.put(self.away, self.width - away, foot, away, high)
        return float(foot)

    def _head_above(self, top: float) -> float:
        """The words with Delete beside them, and below them the pictures with their names."""
        gap, away = px(theme.GAP), px(DELETE_SMALL if theme.MEASURE.small else DELETE_WIDE)
        control, left = px(LEAST if theme.MEASURE.small else KINDS_TALL), self.width - away - gap
        cards = {"rail": px(LEAST), "slim": self.row.rows_px(CARD_LOW)}.get(theme.MEASURE.shape, px(SOFAR_MOST))
        most = max(control if theme.MEASURE.small else px(SOFAR_MOST), self.head.least_px(left))
        high = max(control, min(self.head.wants_px(left), most))
        self.put(self.head, 0, top - high, left, high)
        self.put(self.away, left + gap, top - control, away, control)
        foot = top - high - px(LOW_GAP if theme.MEASURE.small else GAP) - cards
        self.put(self.row, 0, foot, self.width, cards)
        return float(foot)


class CodePad(Part):
    """What to do, the pictures and the digits so far, the number pad, and what was wrong."""

    personal = ("title", "pictures", "typed", "rows", "trouble")

    title = ObjectProperty(None, allownone=True)
    pictures = ObjectProperty(())
    typed = StringProperty("")
    rows = ObjectProperty(())
    trouble = ObjectProperty(())
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.row, self.box = Words(role="question"), CodePictures(), TypedBox(number=True)
        self.wrong, self.pad = Trouble(), KeyRows(digits=True, gap=theme.GAP)
        self.pad.prepare(ONE_HAND)
        for part in (self.head, self.row, self.box, self.wrong, self.pad):
            self.add_widget(part)
        self.pad.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        for name in self.personal:
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """Words, pictures and digits beside a pad, or above it on an upright page; on a low one words above both."""
        if self.title is None or self.width < 1:
            return
        self.head.said, self.row.tiles, self.box.typed = self.title, self.pictures, self.typed
        self.wrong.said = self.trouble
        self.pad.rows, self.pad.tag, self.pad.flat = self.rows, self.title.tag, theme.MEASURE.shape == "slim"
        self.row.role = "small" if theme.MEASURE.small else "bar"
        self.row.columns = {"rail": 1, "slim": 2}.get(theme.MEASURE.shape, MOST_PICTURES)
        if theme.MEASURE.shape == "rail":
            self._below_words()
        elif wide():
            pad, high = px(KEYPAD_WIDE), min(self.height, self.pad.most_px())
            self.put(self.pad, self.width - pad, self.height - high, pad, high)
            left, foot = self.width - pad - px(SIDE_GAP), self.height - self._tall()
            self._stack(0, foot, left, self.height)
            self.put(self.wrong, 0, 0, left, foot - px(theme.GAP))
        else:
            self._above_pad()

    def _below_words(self) -> None:
        """On a low page what to do takes the whole width, and what was wrong its place and that of the digits."""
        gap, pad, box = px(theme.GAP), px(KEYPAD_SMALL), self._box_px()
        head = max(px(TITLE_SMALL), self.head.least_px(self.width))
        left, top = self.width - pad - gap, self.height - head - px(GAP)
        self.head.said = None if self.trouble else self.title
        self.put(self.head, 0, self.height - head, self.width, head)
        self.put(self.pad, self.width - pad, 0, pad, top)
        self.put(self.row, 0, box + gap, left, top - box - gap)
        self.put(self.box, 0, 0, left, box)
        self._say_wrong(self.height - top)

    def _above_pad(self) -> None:
        """On an upright page no wider than the pad, in the middle of the page."""
        gap, used = px(theme.GAP), min(self.width, px(PAD_WIDEST))
        above = self._tall() + gap
        if not theme.MEASURE.small:  # what to do has the room of what was wrong, where the keys can spare it
            spare = self.height - above - self.pad.least_px()
            above += max(0.0, min(px(WRONG_TALL * self.look.scale / 100) + gap, spare))
        high = max(self.pad.least_px(), min(self.pad.most_px(), self.height - above))
        left, foot = (self.width - used) / 2, 0.0 if theme.MEASURE.small else max(0.0, self.height - above - high) / 2
        self.put(self.pad, left, foot, used, high)
        self._stack(left, foot + high + gap, used, self.height - foot)
        if theme.MEASURE.small:
            self._say_wrong()
        else:  # in the place of what to do
            self.wrong.pos, self.wrong.size = self.head.pos, self.head.size
            self.head.said = None if self.trouble else self.title

    def _say_wrong(self, above: float = 0) -> None:
        """Say what was wrong in the place of the digits, and so many px above it."""
        left, foot, width, high = self.pad.digits_box()
        self.wrong.pos, self.wrong.size = (round(left), round(foot)), (round(width), round(high + above))

    def _cards_px(self) -> float:
        """Height of the pictures: on a small screen in rows of low cards, each with its name beside it."""
        return float(self.row.rows_px(CARD_LOW) if theme.MEASURE.small else px(CARDS_TALL))

    @staticmethod
    def _box_px() -> int:
        return px(DIGITS_LOW if theme.MEASURE.small else DIGITS_TALL)

    def _tall(self) -> float:
        """Height of what stands beside a pad or above it."""
        head = px(HEAD_TALL * self.look.scale / 100)
        return head + self._cards_px() + self._box_px() + 2 * px(theme.GAP)

    def _stack(self, left: float, foot: float, width: float, top: float) -> None:
        """From the foot: the digits, above them the pictures, and the rest for what to do."""
        gap = px(theme.GAP)
        for part, tall in ((self.box, self._box_px()), (self.row, self._cards_px())):
            self.put(part, left, foot, width, tall)
            foot += tall + gap
        self.put(self.head, left, foot, width, top - foot)
