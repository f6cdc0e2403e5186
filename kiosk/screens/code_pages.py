"""The three pages of a code, laid out for every shape of screen: the code given, its pictures and its digits asked for.

Rule 1: on a wide page things stand beside each other; on a narrow one below, in the same order.
Rule 2: on a small screen what was read a moment ago is shown by its picture, or not again; a code is always whole.
Rule 3: nothing moves when a code is wrong: what is said then has its room already.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty, StringProperty

from kiosk.screens import theme
from kiosk.screens.bars import Control
from kiosk.screens.comeback import MOST_PICTURES, CodeDigits, CodeGrid, CodePictures
from kiosk.screens.pads import KEYPAD_WIDE, ONE_HAND, KeyRows, TypedBox
from kiosk.screens.parts import Part, Picture
from kiosk.screens.reading import Paragraphs
from kiosk.screens.theme import px
from kiosk.screens.words import Words

GAP, LOW_GAP = 2.0, 1.5
SIDE_GAP: Final = 5.0
LEAST: Final = 15.0
TITLE_TALL, TITLE_SMALL, TITLE_LOW = 13.0, 8.5, 11.0
BAND_TALL, BAND_LEAST, BAND_PICTURES = 44.0, 30.0, 0.61
CARDS_BELOW, CARDS_SMALL, CARDS_LEAST, ROW_TALL, ROW_SMALL = 36.0, 31.0, 26.0, 17.0, 10.0
SOFAR_WIDE, SOFAR_TALL, SOFAR_MOST, DELETE_WIDE, DELETE_SMALL = 121.0, 23.0, 26.0, 34.0, 31.0
KINDS_TALL, KIND_WIDE = 17.0, 22.0
ACROSS_SLIM: Final = 3
KEYPAD_SMALL: Final = 51.0
HEAD_TALL, CARDS_TALL, DIGITS_TALL, WRONG_TALL = 12.0, 24.0, 15.0, 34.0
SIGN, SIGN_SMALL = 7.0, 4.5


def small() -> bool:
    """Return whether this is the smallest screen, upright or not."""
    return theme.MEASURE.shape in ("rail", "slim")


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
        gap, high = px(LOW_GAP if small() else GAP), px(TITLE_SMALL if small() else TITLE_TALL)
        top = self.height - high
        self.put(self.head, 0, top, self.width, high)
        free = top - 2 * gap - self.told.least_px(self.width)
        self.numbers.in_a_row, self.row.columns = not wide(), 2 if small() else MOST_PICTURES
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
        cards, row = px(CARDS_SMALL if small() else CARDS_BELOW), px(ROW_SMALL if small() else ROW_TALL)
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
        self.head.said, self.row.tiles, self.row.plain = self.title, self.chosen, small()
        self.away.said, self.grid.tiles, self.shelves.tiles = self.delete, self.tiles, self.kinds
        self.grid.columns = ACROSS_SLIM if theme.MEASURE.shape == "slim" else MOST_PICTURES
        foot = self._head_beside() if wide() else self._head_above()
        gap, count = px(GAP), max(1, len(self.kinds))
        one_row = (self.width - px(theme.GAP) * (count - 1)) / count >= px(KIND_WIDE)
        self.shelves.columns = count if one_row else -(-count // 2)
        high = px(LEAST if small() else KINDS_TALL)
        high = high if one_row else 2 * high + px(theme.GAP)
        self.put(self.shelves, 0, 0, self.width, high)
        self.put(self.grid, 0, high + gap, self.width, foot - high - 2 * gap)

    def _head_beside(self) -> float:
        high, cards, away, gap = px(SOFAR_TALL), px(SOFAR_WIDE), px(DELETE_WIDE), px(theme.GAP)
        foot, left = self.height - high, self.width - cards - away - 2 * gap
        self.put(self.head, 0, foot, left, high)
        self.put(self.row, left + gap, foot, cards, high)
        self.put(self.away, self.width - away, foot, away, high)
        return float(foot)

    def _head_above(self) -> float:
        """The words above; the pictures below them with their names, or on a small screen without, beside Delete."""
        gap, away = px(theme.GAP), px(DELETE_SMALL if small() else DELETE_WIDE)
        low = px(LEAST if small() else SOFAR_MOST)
        left = self.width - away - gap
        room = self.width if small() else left
        most = max(px(TITLE_LOW), self.head.least_px(room)) if small() else px(SOFAR_MOST)
        high = max(px(0 if small() else KINDS_TALL), min(self.head.wants_px(room), most))
        foot = self.height - high - px(GAP) - low
        self.put(self.head, 0, self.height - high, room, high)
        self.put(self.row, 0, foot, left if small() else self.width, low)
        if small():
            self.put(self.away, left + gap, foot, away, low)
        else:
            self.put(self.away, left + gap, self.height - px(KINDS_TALL), away, px(KINDS_TALL))
        return float(foot)


class CodePad(Part):
    """What to do, the pictures, the digits so far and what was wrong; and the number pad."""

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
        self.sign, self.pad = Picture(name="trouble", ink="stop"), KeyRows(digits=True, gap=theme.GAP)
        self.wrong, self.then = Words(role="body", ink="stop", strong=True), Words(role="body", valign="top")
        self.pad.prepare(ONE_HAND)
        for part in (self.head, self.row, self.box, self.sign, self.wrong, self.then, self.pad):
            self.add_widget(part)
        self.pad.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        for name in self.personal:
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """On a wide page the pad stands at the ending side, on a narrow one below; on a low one there is no more."""
        if self.title is None or self.width < 1:
            return
        self.pad.rows, self.pad.tag = self.rows, self.title.tag
        self.pad.flat = theme.MEASURE.shape == "slim"
        self.row.tiles, self.box.typed = () if small() else self.pictures, self.typed
        self.row.absent = small()
        if theme.MEASURE.shape == "rail":
            self._small(px(KEYPAD_SMALL), 0, self.height)
        elif small():
            self._small(0, self.pad.least_px() + px(theme.GAP), self.height)
        elif wide():
            self._large(px(KEYPAD_WIDE), 0)
        else:
            self._large(0, max(self.pad.least_px(), self.height - self._tall()))

    def _tall(self) -> float:
        """What stands above the pad on an upright page."""
        return px(HEAD_TALL + CARDS_TALL + DIGITS_TALL + WRONG_TALL) + 4 * px(theme.GAP)

    def _pad(self, wide: float, high: float) -> float:
        """Place the pad at the ending side, or as high as this at the foot; return the width that is left."""
        if wide:
            self.put(self.pad, self.width - wide, 0, wide, self.height)
            return float(self.width - wide - px(SIDE_GAP))
        self.put(self.pad, 0, 0, self.width, high - px(theme.GAP))
        return float(self.width)

    def _large(self, wide: float, high: float) -> None:
        """From the head: words, pictures, box; below it room for what was wrong."""
        gap, left, top = px(theme.GAP), self._pad(wide, high), self.height
        self.head.said = self.title
        for part, tall in ((self.head, px(HEAD_TALL)), (self.row, px(CARDS_TALL)), (self.box, px(DIGITS_TALL))):
            self.put(part, 0, top - tall, left, tall)
            top -= tall + gap
        self._say_trouble(left, high, top)

    def _small(self, wide: float, high: float, top: float) -> None:
        """The box above the pad or beside it, and above the box what to do, or what was wrong."""
        left = self._pad(wide, high)
        box = px(LEAST)
        self.put(self.box, 0, high, left, box)
        self.head.said = None if self.trouble else self.title
        above = high + box + px(theme.GAP)
        self.put(self.head, 0, above, left, top - above)
        self._say_trouble(left, above, top)

    def _say_trouble(self, width: float, foot: float, top: float) -> None:
        """Say it in the room between two heights."""
        said = tuple(self.trouble)
        wrong, then = said[0] if said else None, said[1] if len(said) > 1 else None
        self.sign.absent = wrong is None
        self.wrong.said, self.then.said = wrong, then
        if wrong is None:
            return
        sign, room = px(SIGN_SMALL if small() else SIGN), top - foot
        start = sign + px(1.5 if small() else 2.5)
        half, indent = room * (0.5 if then else 1), 0 if small() else start
        self.wrong.strong = True
        self.wrong.strong = self.wrong.fits(width - start, half)  # else narrower
        size = self.wrong.best_size(width - start, half)
        high = min(room, self.wrong.needs(size, width - start)[1] + 2)
        if then is not None and not self.then.fits(width - indent, room - high):
            self.then.said = None  # what is said last goes first; it is read aloud all the same
            high = min(room, self.wrong.needs(self.wrong.best_size(width - start, room), width - start)[1] + 2)
        self.put(self.sign, 0, top - (high + sign) / 2, sign, sign)
        self.put(self.wrong, start, top - high, width - start, high)
        self.put(self.then, indent, foot, width - indent, room - high)
