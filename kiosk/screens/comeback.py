"""Parts of a code: its pictures with their names, its digits, and the pictures that can be touched.

Rule 1: pictures run in reading direction; digits, group after group, from left to right in every language.
Rule 2: nothing here is remembered: what is shown is `personal`, and is dropped with the turn.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.shown import Said, Tile
from kiosk.screens import theme
from kiosk.screens.parts import Face, Part, Picture, Touchable
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_PICTURES: Final = 4
GROUPS, GROUP = 2, 3
GROUPS_APART: Final = 3.0
NARROW: Final = 32.0
LOW: Final = 2.0
"""How often a card's height goes into its width where its name stands beside the picture."""
PAD: Final = 0.6
EDGE: Final = 1.8  # beside a name below its picture, where the name allows it
NAME_AT_MOST: Final = 0.34
PICTURE_BESIDE: Final = 0.3  # of a low card's width, at most
ROWS_APART: Final = 0.8


def name_px(words: Words, width: float, height: float) -> int:
    """Height that a name takes under its picture: one line, or two where it has two words."""
    return words.needs(words.best_size(width, height * NAME_AT_MOST), width)[1] + 2


def picture_px(height: float, width: float) -> float:
    """Side of a picture in the room above its name."""
    return min(height, width) - 2 * px(PAD)


class PictureCard(Part):
    """One picture above its name; without one, the number of the place that waits for it.

    A low card has the name beside the picture.
    """

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

    @property
    def low(self) -> bool:
        """Whether the name has its place beside the picture."""
        return bool(self.width > LOW * self.height)

    def arrange(self) -> None:
        """Picture and name, or the number in the middle."""
        if self.width < 1:
            return
        tile: Tile | None = self.tile
        self.face.paint(self, self.colours.ground, self.colours.line if tile else self.colours.rail)
        self.picture.absent = tile is None
        self.words.centred = tile is None or not self.low
        pad = px(PAD)
        if tile is None:
            self.words.role, self.words.ink = "question", "ink2"
            self.words.said = Said(self.number, "en", "ltr") if self.number else None
            self.put(self.words, pad, 0, self.width - 2 * pad, self.height)
            return
        self.picture.name, self.picture.plated = tile.picture or "", self.look.theme == "contrast"
        self.words.role, self.words.ink = self.role, "ink"
        self.words.said = tile.words
        if self.low:
            self._lie(pad)
            return
        edge = px(EDGE) if self.words.fits(self.width - 2 * px(EDGE), self.height) else pad
        name = max(name_px(self.words, self.width - 2 * edge, self.height), self.name_px)
        side = picture_px(self.height - name, self.width)
        self.put(self.words, edge, pad * 0.5, self.width - 2 * edge, name)
        self.put(self.picture, (self.width - side) / 2, name + (self.height - name - side) / 2, side, side)

    def _lie(self, pad: float) -> None:
        """The picture with its name beside it."""
        room = min(self.height, self.width * PICTURE_BESIDE)
        side = picture_px(self.height, room)
        self.put(self.picture, (room - side) / 2, (self.height - side) / 2, side, side)
        self.put(self.words, room, 0, self.width - room - pad, self.height)


class CodePictures(Part):
    """The four places of a code's pictures, `columns` side by side."""

    personal = ("tiles",)

    tiles = ObjectProperty(())
    role = StringProperty("bar")
    columns = NumericProperty(MOST_PICTURES)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.cards = [PictureCard(number=str(place + 1)) for place in range(MOST_PICTURES)]
        for card in self.cards:
            self.add_widget(card)
        for name in ("tiles", "role", "columns"):
            self.fbind(name, self.again)

    def rows_px(self, tall: float) -> float:
        """Height of as many rows as its columns ask for, each of so many mm."""
        rows = -(-MOST_PICTURES // int(self.columns))
        return float(rows * px(tall) + (rows - 1) * px(ROWS_APART))

    def arrange(self) -> None:
        """In reading direction; names in one size."""
        gap, apart, columns = px(theme.GAP), px(ROWS_APART), int(self.columns)
        rows = -(-MOST_PICTURES // columns)
        width, height = (self.width - gap * (columns - 1)) / columns, (self.height - apart * (rows - 1)) / rows
        for place, card in enumerate(self.cards):
            row, column = divmod(place, columns)
            card.tile = self.tiles[place] if place < len(self.tiles) else None
            self.put(card, column * (width + gap), self.height - (row + 1) * height - row * apart, width, height)
            card.role, card.words.at_most, card.name_px = self.role, 0, 0
            card.arrange()
        shown = [card for card in self.cards if card.tile is not None and card.words.said is not None]
        even = min((card.words.best_size(*card.words.size) for card in shown), default=0)
        for card in shown:
            card.words.at_most = even
        high = max((name_px(card.words, card.words.width, card.height) for card in shown if not card.low), default=0)
        for card in shown:
            card.name_px = high
            card.arrange()


class CodeDigits(Part):
    """Two groups of three digits, each in a box; one group below the other, or all in one row."""

    personal = ("groups",)

    groups = ObjectProperty(())
    in_a_row = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.boxes = [DigitBox() for _ in range(GROUPS * GROUP)]
        for box in self.boxes:
            self.add_widget(box)
        self.bind(groups=self.again, in_a_row=self.again)

    def arrange(self) -> None:
        """Digits never mirror."""
        gap, apart = px(theme.GAP), px(GROUPS_APART)
        columns, rows = (GROUP * GROUPS, 1) if self.in_a_row else (GROUP, GROUPS)
        room = self.width - gap * (columns - 1) - (apart if self.in_a_row else 0)
        width, height = room / columns, (self.height - gap * (rows - 1)) / rows
        digits = "".join(self.groups)
        for place, box in enumerate(self.boxes):
            row, column = divmod(place, columns)
            box.digit = digits[place] if place < len(digits) else ""
            box.size = (round(width), round(height))
            box.pos = (
                round(self.x + column * (width + gap) + (apart if column >= GROUP else 0)),
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
        edge = pad if self.width < px(NARROW) else max(pad, round(self.width * 0.03))
        self.words.strong = True
        self.words.strong = self.words.fits(self.width - 2 * edge, self.height)  # else narrower
        name = name_px(self.words, self.width - 2 * edge, self.height)
        side = picture_px(self.height - name, self.width)
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
