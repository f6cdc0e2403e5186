"""Parts of the come-back code as it is shown: its pictures with their names, its digits, and all of it to copy down.

Rule 1: pictures run in reading direction; digits, group after group, from left to right in every language.
Rule 2: nothing here is remembered: what is shown is `personal`, and is dropped with the turn.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.shown import Said, Tile
from kiosk.screens import theme
from kiosk.screens.parts import PLATE_RIM, Face, Part, Picture
from kiosk.screens.reading import Paragraphs
from kiosk.screens.theme import px
from kiosk.screens.words import Words

MOST_PICTURES: Final = 4
GROUPS, GROUP = 2, 3
SIDE_GAP: Final = 5.0
PAD: Final = 0.6
NAME_AT_MOST: Final = 0.34
BAND_PICTURES: Final = 0.61
"""Of a code's width, what its pictures take."""
HEAD_TALL, CARDS_TALL, DIGITS_TALL, BAND_TALL = 12.0, 26.0, 17.0, 44.0
LOW_GAP, LOW_CARD, LOW_DIGITS, GROUP_GAP = 2.0, 13.6, 52.0, 3.0
MOST_DIGITS: Final = 110.0  # mm of six digits in a row
BESIDE_SHAPE: Final = 1.9  # how much wider than high a card is whose name stands beside its picture
FLAT_SHAPE: Final = 2.6  # as above, of two groups of digits that stand in one row
LEAST_NAMED, MOST_NAMED = 16.0, 0.5


def name_px(words: Words, width: float, height: float) -> int:
    """Height that a name takes under its picture: one line, or two where it has two words."""
    return words.needs(words.best_size(width, height * NAME_AT_MOST), width)[1] + 2


def picture_px(height: float, width: float, *, plated: bool) -> float:
    """Side of a picture in the room above its name; a plate needs a rim of its own."""
    side = min(height, width) - 2 * px(PAD)
    return side / (1 + 3 * PLATE_RIM) if plated else side


class PictureCard(Part):
    """One picture above its name, or beside it where a row is low; without one, the number of its place.

    A name that no size of type gets in is left out: it was read when its picture was touched.
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

    def arrange(self) -> None:
        """Picture and name, or the number in the middle."""
        if self.width < 1:
            return
        tile: Tile | None = self.tile
        self.face.paint(self, self.colours.ground, self.colours.line if tile else self.colours.rail)
        self.picture.absent = tile is None
        pad = px(PAD)
        self.words.centred = True
        if tile is None:
            self.words.role, self.words.ink = "question", "ink2"
            self.words.said = Said(self.number, "en", "ltr") if self.number else None
            self.put(self.words, pad, 0, self.width - 2 * pad, self.height)
            return
        plated = self.look.theme == "contrast"
        self.words.role, self.words.ink, self.words.said = self.role, "ink", tile.words
        self.picture.name, self.picture.plated = tile.picture or "", plated
        if self.width > self.height * BESIDE_SHAPE:
            side = picture_px(self.height, self.width, plated=plated)
            start = 2 * pad + side + px(1.5)
            self.words.centred = False
            self.put(self.picture, 2 * pad, (self.height - side) / 2, side, side)
            self.put(self.words, start, 0, self.width - start - pad, self.height)
            return
        name = self.height if self.height < px(LEAST_NAMED) else name_px(self.words, self.width - 2 * pad, self.height)
        if name > self.height * MOST_NAMED:
            self.words.said, name = None, 0
        name = max(name, self.name_px if self.words.said is not None else 0)
        side = picture_px(self.height - name, self.width, plated=plated)
        self.put(self.words, pad, pad * 0.5, self.width - 2 * pad, name)
        self.put(self.picture, (self.width - side) / 2, name + (self.height - name - side) / 2, side, side)


class CodePictures(Part):
    """The four places of a code's pictures, side by side or two by two."""

    personal = ("tiles",)

    tiles = ObjectProperty(())
    role = StringProperty("bar")
    across = NumericProperty(MOST_PICTURES)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.cards = [PictureCard(number=str(place + 1)) for place in range(MOST_PICTURES)]
        for card in self.cards:
            self.add_widget(card)
        for name in ("tiles", "role", "across"):
            self.fbind(name, self.again)

    def arrange(self) -> None:
        """In reading direction; names in one size."""
        gap, across = px(theme.GAP), int(self.across)
        rows = -(-MOST_PICTURES // across)
        width, height = (self.width - gap * (across - 1)) / across, (self.height - gap * (rows - 1)) / rows
        for place, card in enumerate(self.cards):
            row, column = divmod(place, across)
            card.tile = self.tiles[place] if place < len(self.tiles) else None
            self.put(card, column * (width + gap), self.height - (row + 1) * height - row * gap, width, height)
            card.role, card.words.at_most, card.name_px = self.role, 0, 0
            card.arrange()
        shown = [card for card in self.cards if card.tile is not None and card.words.said is not None]
        even = min((card.words.best_size(*card.words.size) for card in shown), default=0)
        for card in shown:
            card.words.at_most = even
        high = 0 if rows > 1 else max((name_px(card.words, card.words.width, self.height) for card in shown), default=0)
        for card in shown:
            card.name_px = high
            card.arrange()


class CodeDigits(Part):
    """Two groups of three digits, each in a box: one group below the other, or after it on a low place."""

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
        digits = "".join(self.groups)
        flat = self.width > self.height * FLAT_SHAPE
        gap, between = px(LOW_GAP if flat else theme.GAP), px(GROUP_GAP if flat else 0)
        rows = 1 if flat else GROUPS
        across = GROUPS * GROUP // rows
        width = (self.width - gap * (across - 1) - between) / across
        height = (self.height - gap * (rows - 1)) / rows
        for place, box in enumerate(self.boxes):
            row, column = divmod(place, across)
            box.digit = digits[place] if place < len(digits) else ""
            box.size = (round(width), round(height))
            box.pos = (
                round(self.x + column * (width + gap) + (between if flat and column >= GROUP else 0)),
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


class CodeSheet(Part):
    """A whole code to copy down: what it is, its pictures in reading direction, its digits, and what to do with it."""

    personal = ("title", "pictures", "digits", "body")

    title = ObjectProperty(None, allownone=True)
    pictures = ObjectProperty(())
    digits = ObjectProperty(())
    body = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.row, self.numbers = Words(role="question"), CodePictures(), CodeDigits()
        self.told = Paragraphs()
        for part in (self.head, self.row, self.numbers, self.told):
            self.add_widget(part)
        for name in ("title", "pictures", "digits", "body"):
            self.fbind(name, self.again)

    def arrange(self) -> None:
        """From the head: the title, the code, and what to do with it."""
        if self.title is None or self.width < 1:
            return
        self.head.said, self.row.tiles, self.numbers.groups = self.title, self.pictures, self.digits
        self.told.blocks = self.body
        place = {"wide": self._wide, "rail": self._low}.get(theme.MEASURE.shape, self._upright)
        under = place()
        self.put(self.told, 0, 0, self.width, under - px(theme.GAP))

    def _wide(self) -> float:
        """Pictures take the larger share of a band, digits stand after them."""
        head, band, split = px(HEAD_TALL + 1), px(BAND_TALL), round(self.width * BAND_PICTURES)
        self.row.across = MOST_PICTURES
        self.put(self.head, 0, self.height - head, self.width, head)
        foot = self.height - head - px(2) - band
        self.put(self.row, 0, foot, split, band)
        self.put(self.numbers, split + px(SIDE_GAP), foot, self.width - split - px(SIDE_GAP), band)
        return float(foot)

    def _low(self) -> float:
        """The digits after the title, the pictures two by two below them."""
        head, digits, row = px(HEAD_TALL), px(LOW_DIGITS), px(LOW_CARD)
        self.row.across = MOST_PICTURES // 2
        self.put(self.head, 0, self.height - head, self.width - digits - px(theme.GAP), head)
        self.put(self.numbers, self.width - digits, self.height - head, digits, head)
        band = 2 * row + px(theme.GAP)
        self.put(self.row, 0, self.height - head - px(LOW_GAP) - band, self.width, band)
        return float(self.height - head - px(LOW_GAP) - band)

    def _upright(self) -> float:
        """Title, pictures two by two, digits, one below the other."""
        small = theme.MEASURE.shape == "slim"
        head = min(self.head.wants_px(self.width), px(3 * HEAD_TALL))
        row, digits, gap = px(LOW_CARD if small else CARDS_TALL), px(DIGITS_TALL), px(theme.GAP)
        self.row.across = MOST_PICTURES // 2
        top = self.height - head - gap
        self.put(self.head, 0, top + gap, self.width, head)
        self.put(self.row, 0, top - 2 * row - gap, self.width, 2 * row + gap)
        top -= 2 * row + 2 * gap
        self.put(self.numbers, 0, top - digits, min(self.width, px(MOST_DIGITS)), digits)
        return float(top - digits)
