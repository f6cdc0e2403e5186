"""Parts of the come-back code: its pictures with their names, its digits, and the page on which digits are typed.

Rule 1: pictures run in reading direction; digits, group after group, from left to right in every language.
Rule 2: nothing here is remembered: what is shown is `personal`, and is dropped with the turn.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.shown import Said, Tile
from kiosk.screens import theme
from kiosk.screens.pads import KEYPAD_WIDE, ONE_HAND, KeyRows, TypedBox
from kiosk.screens.parts import PLATE_RIM, Face, Part, Picture, Touchable
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_PICTURES: Final = 4
GROUPS, GROUP = 2, 3
SIDE_GAP: Final = 5.0
PAD: Final = 0.6
NAME_AT_MOST: Final = 0.34
BAND_PICTURES: Final = 0.61
"""Of a code's width, what its pictures take."""
HEAD_TALL, CARDS_TALL, DIGITS_TALL = 12.0, 26.0, 17.0


def name_px(words: Words, width: float, height: float) -> int:
    """Height that a name takes under its picture: one line, or two where it has two words."""
    return words.needs(words.best_size(width, height * NAME_AT_MOST), width)[1] + 2


def picture_px(height: float, width: float, *, plated: bool) -> float:
    """Side of a picture in the room above its name; a plate needs a rim of its own."""
    side = min(height, width) - 2 * px(PAD)
    return side / (1 + 3 * PLATE_RIM) if plated else side


class PictureCard(Part):
    """One picture above its name; without one, the number of the place that waits for it."""

    personal = ("tile",)

    tile = ObjectProperty(None, allownone=True)
    number = StringProperty("")
    role = StringProperty("bar")
    name_px = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face = Face(self)
        self.picture, self.words = Picture(), Words(role="bar", centred=True)
        self.add_widget(self.picture)
        self.add_widget(self.words)
        self.bind(tile=self.again, number=self.again)

    def arrange(self) -> None:
        """Picture and name, or the number in the middle."""
        if self.width < 1:
            return
        tile: Tile | None = self.tile
        self.face.paint(self, self.colours.ground, self.colours.line if tile else self.colours.rail)
        self.picture.absent = tile is None
        pad = px(PAD)
        if tile is None:
            self.words.role, self.words.ink = "question", "ink2"
            self.words.said = Said(self.number, "en", "ltr") if self.number else None
            self.put(self.words, pad, 0, self.width - 2 * pad, self.height)
            return
        self.words.role, self.words.ink, self.words.said = self.role, "ink", tile.words
        name = max(name_px(self.words, self.width - 2 * pad, self.height), self.name_px)
        side = picture_px(self.height - name, self.width, plated=self.look.theme == "contrast")
        self.picture.name, self.picture.plated = tile.picture or "", self.look.theme == "contrast"
        self.put(self.words, pad, pad * 0.5, self.width - 2 * pad, name)
        self.put(self.picture, (self.width - side) / 2, name + (self.height - name - side) / 2, side, side)


class CodePictures(Part):
    """The four places of a code's pictures."""

    personal = ("tiles",)

    tiles = ObjectProperty(())
    role = StringProperty("bar")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.cards = [PictureCard(number=str(place + 1)) for place in range(MOST_PICTURES)]
        for card in self.cards:
            self.add_widget(card)
        self.bind(tiles=self.again, role=self.again)

    def arrange(self) -> None:
        """Side by side, in reading direction; names in one size."""
        gap = px(theme.GAP)
        width = (self.width - gap * (MOST_PICTURES - 1)) / MOST_PICTURES
        for place, card in enumerate(self.cards):
            card.tile = self.tiles[place] if place < len(self.tiles) else None
            self.put(card, place * (width + gap), 0, width, self.height)
            card.role, card.words.at_most, card.name_px = self.role, 0, 0
            card.arrange()
        shown = [card for card in self.cards if card.tile is not None and card.words.said is not None]
        even = min((card.words.best_size(*card.words.size) for card in shown), default=0)
        for card in shown:
            card.words.at_most = even
        high = max((name_px(card.words, card.words.width, self.height) for card in shown), default=0)
        for card in shown:
            card.name_px = high
            card.arrange()


class CodeDigits(Part):
    """Two groups of three digits, each in a box, one group below the other."""

    personal = ("groups",)

    groups = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.boxes = [DigitBox() for _ in range(GROUPS * GROUP)]
        for box in self.boxes:
            self.add_widget(box)
        self.bind(groups=self.again)

    def arrange(self) -> None:
        """Digits never mirror."""
        gap = px(theme.GAP)
        width, height = (self.width - gap * (GROUP - 1)) / GROUP, (self.height - gap * (GROUPS - 1)) / GROUPS
        digits = "".join(self.groups)
        for place, box in enumerate(self.boxes):
            row, column = divmod(place, GROUP)
            box.digit = digits[place] if place < len(digits) else ""
            box.size = (round(width), round(height))
            box.pos = (
                round(self.x + column * (width + gap)),
                round(self.y + self.height - (row + 1) * height - row * gap),
            )


class DigitBox(Part):
    """One digit, as large as words get."""

    personal = ("digit",)

    digit = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words = Face(self), Words(role="title", centred=True)
        self.add_widget(self.words)
        self.bind(digit=self.again)

    def arrange(self) -> None:
        """The digit in the middle of its box."""
        self.face.paint(self, self.colours.ground, self.colours.line)
        self.words.said = Said(self.digit, "en", "ltr") if self.digit else None
        self.put(self.words, 0, 0, self.width, self.height)


class CodeBand(Part):
    """A whole code: pictures first in reading direction, then the digits."""

    personal = ("pictures", "digits")

    pictures = ObjectProperty(())
    digits = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.row, self.numbers = CodePictures(), CodeDigits()
        self.add_widget(self.row)
        self.add_widget(self.numbers)
        self.bind(pictures=self.again, digits=self.again)

    def arrange(self) -> None:
        """Pictures take the larger share."""
        split = round(self.width * BAND_PICTURES)
        self.row.tiles, self.numbers.groups = self.pictures, self.digits
        self.put(self.row, 0, 0, split, self.height)
        self.put(self.numbers, split + px(SIDE_GAP), 0, self.width - split - px(SIDE_GAP), self.height)


class CodeTile(Touchable):
    """A picture to touch, above its name; a chosen one has fill, a thick line, and a tick in the picture's place."""

    personal = ("tile", "key")

    tile = ObjectProperty(None, allownone=True)
    key = StringProperty("")
    role = StringProperty("body")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.picture, self.words = Picture(), Words(centred=True, strong=True)
        self.add_widget(self.picture)
        self.add_widget(self.words)
        self.bind(tile=self.again)

    def on_tile(self, _part: object, tile: Tile | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = tile is None
        if tile is not None:
            self.key, self.words.said = tile.key, tile.words

    def arrange(self) -> None:
        """Paint the state, then place picture and name."""
        if self.tile is None or self.width < 1:
            return
        chosen = self.tile.chosen
        fill, ink = ("chosen", "on_chosen") if chosen else ("panel", "ink")
        fill, ink = ("press", "on_press") if self.pressed else (fill, ink)
        line = theme.LINE_CHOSEN if chosen or self.pressed else theme.LINE
        self.face.paint(self, getattr(self.colours, fill), self.colours.line, line)
        self.words.role, self.words.ink, self.picture.ink = self.role, ink, ink
        self.picture.name = "tick" if chosen else self.tile.picture or ""
        self.picture.plated = self.look.theme == "contrast"
        pad = px(PAD)
        edge = max(pad, round(self.width * 0.03))
        name = name_px(self.words, self.width - 2 * edge, self.height)
        side = picture_px(self.height - name, self.width, plated=self.look.theme == "contrast")
        self.put(self.words, edge, pad * 0.5, self.width - 2 * edge, name)
        self.put(self.picture, (self.width - side) / 2, name + (self.height - name - side) / 2, side, side)


class CodeGrid(Part):
    """Pictures to touch, `columns` side by side; their names have one size."""

    personal = ("tiles",)

    tiles = ObjectProperty(())
    columns = NumericProperty(4)
    role = StringProperty("body")
    __events__ = ("on_tile",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [CodeTile() for _ in range(A_PAGE)]
        for part in self.pool:
            part.bind(on_touched=lambda touched: self.dispatch("on_tile", touched.key))
            self.add_widget(part)
        for name in ("tiles", "columns", "role"):
            self.fbind(name, self.again)

    def on_tile(self, key: str) -> None:
        """The picture of this key was touched."""

    def arrange(self) -> None:
        """Bind the pool and lay it out from the head, in reading direction."""
        for place, part in enumerate(self.pool):
            part.tile = self.tiles[place] if place < len(self.tiles) else None
        shown = [part for part in self.pool if part.tile is not None]
        if not shown or self.width < 1:
            return
        gap, columns = px(theme.GAP), int(self.columns)
        rows = -(-len(shown) // columns)
        width, height = (self.width - gap * (columns - 1)) / columns, (self.height - gap * (rows - 1)) / rows
        for place, part in enumerate(shown):
            row, column = divmod(place, columns)
            part.role, part.words.at_most = self.role, 0
            self.put(part, column * (width + gap), self.height - (row + 1) * height - row * gap, width, height)
            part.arrange()
        even = min(part.words.best_size(part.words.width, part.words.height) for part in shown)
        for part in shown:
            part.words.at_most = even
            part.arrange()


class CodePad(Part):
    """What to do, the pictures, the digits so far and what was wrong; the number pad at the ending side."""

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
        for name in ("title", "pictures", "typed", "rows", "trouble"):
            self.fbind(name, self.again)

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def arrange(self) -> None:
        """From the head: words, pictures, box; below it room for what was wrong, so that nothing moves."""
        if self.title is None or self.width < 1:
            return
        gap, left = px(theme.GAP), self.width - px(KEYPAD_WIDE) - px(SIDE_GAP)
        self.pad.rows, self.pad.tag = self.rows, self.title.tag
        self.put(self.pad, left + px(SIDE_GAP), 0, px(KEYPAD_WIDE), self.height)
        self.head.said, self.row.tiles, self.box.typed = self.title, self.pictures, self.typed
        top = self.height
        for part, tall in ((self.head, px(HEAD_TALL)), (self.row, px(CARDS_TALL)), (self.box, px(DIGITS_TALL))):
            self.put(part, 0, top - tall, left, tall)
            top -= tall + gap
        self._say_trouble(left, top)

    def _say_trouble(self, width: float, room: float) -> None:
        said = tuple(self.trouble)
        wrong, then = said[0] if said else None, said[1] if len(said) > 1 else None
        self.sign.absent = wrong is None
        self.wrong.said, self.then.said = wrong, then
        if wrong is None:
            return
        sign = px(7)
        start = sign + px(2.5)
        size = self.wrong.best_size(width - start, room * (0.5 if then else 1))
        high = min(room, self.wrong.needs(size, width - start)[1] + 2)
        self.put(self.sign, 0, room - (high + sign) / 2, sign, sign)
        self.put(self.wrong, start, room - high, width - start, high)
        self.put(self.then, start, 0, width - start, room - high)
