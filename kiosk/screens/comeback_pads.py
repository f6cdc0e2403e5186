"""The pages on which a come-back code is touched: its pictures, kind by kind, and then its digits.

Rule 1: nothing here is remembered: what is shown is `personal`, and is dropped with the turn.
Rule 2: on a small screen what was wrong takes the place of what to do; nothing else moves.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.shown import Tile
from kiosk.screens import theme
from kiosk.screens.bars import Control
from kiosk.screens.comeback import (
    BESIDE_SHAPE,
    CARDS_TALL,
    DIGITS_TALL,
    HEAD_TALL,
    LOW_CARD,
    LOW_GAP,
    PAD,
    SIDE_GAP,
    CodePictures,
    name_px,
    picture_px,
)
from kiosk.screens.pads import KEYPAD_WIDE, ONE_HAND, KeyRows, TypedBox
from kiosk.screens.parts import Part, Picture, Touchable
from kiosk.screens.theme import px
from kiosk.screens.words import Words

BESIDE_PICTURE: Final = 13.0
CHOSEN_TALL, CHOSEN_LOW, CHOSEN_MM, CHOSEN_SHARE = 23.0, 17.0, 121.0, 0.45
DELETE_MM, DELETE_LOW = 34.0, 19.0
KINDS_TALL, LOW_KINDS = 17.0, 15.2
KEYS_SHARE, KEYS_WIDEST = 0.6, 120.0
LOW_PICTURES: Final = 0.6
"""Of a narrow page's width, what pictures take beside the box."""


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
        pad, plated = px(PAD), self.look.theme == "contrast"
        self.words.centred = self.width <= self.height * BESIDE_SHAPE
        if not self.words.centred:
            side = picture_px(min(self.height, px(BESIDE_PICTURE)), self.width, plated=plated)
            start = 3 * pad + side + px(2)
            self.put(self.picture, 3 * pad, (self.height - side) / 2, side, side)
            self.put(self.words, start, pad, self.width - start - pad, self.height - 2 * pad)
            return
        edge = max(pad, round(self.width * 0.03))
        name = name_px(self.words, self.width - 2 * edge, self.height)
        side = picture_px(self.height - name, self.width, plated=plated)
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
        gap, columns = px(theme.GAP), min(int(self.columns), len(shown))
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


class CodePicker(Part):
    """What to do, the pictures chosen so far with Delete, those to touch, and the kinds they are sorted by."""

    personal = ("title", "chosen", "tiles", "kinds", "delete")

    title = ObjectProperty(None, allownone=True)
    chosen = ObjectProperty(())
    delete = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    kinds = ObjectProperty(())
    __events__ = ("on_tile", "on_kind", "on_take_back")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.row = Words(role="question"), CodePictures(role="small")
        self.control = Control(name="delete", icon="delete")
        self.grid, self.shelves = CodeGrid(), CodeGrid(role="bar")
        for part in (self.head, self.row, self.control, self.grid, self.shelves):
            self.add_widget(part)
        self.control.bind(on_touched=lambda _: self.dispatch("on_take_back"))
        self.grid.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
        self.shelves.bind(on_tile=lambda _, key: self.dispatch("on_kind", key))
        for name in ("title", "chosen", "delete", "tiles", "kinds"):
            self.fbind(name, self.again)

    def on_tile(self, key: str) -> None:
        """The picture of this key was touched."""

    def on_kind(self, key: str) -> None:
        """The pictures of this kind shall be shown."""

    def on_take_back(self) -> None:
        """The last picture shall go."""

    def arrange(self) -> None:
        """Words and chosen pictures at the head, the kinds at the foot, the pictures between them."""
        if self.title is None or self.width < 1:
            return
        self.head.said, self.row.tiles, self.control.said = self.title, self.chosen, self.delete
        self.grid.tiles, self.shelves.tiles = self.tiles, self.kinds
        gap, shape = px(LOW_GAP), theme.MEASURE.shape
        columns, grid, low = {
            "wide": (len(self.kinds), 4, KINDS_TALL),
            "tall": (4, 4, 2 * KINDS_TALL + theme.GAP),
            "rail": (len(self.kinds), 4, LOW_KINDS),
            "slim": (len(self.kinds), 2, LOW_KINDS),
        }[shape]
        self.shelves.columns, self.grid.columns = columns, grid
        top, foot = self._place_head(gap), px(low)
        self.put(self.shelves, 0, 0, self.width, foot)
        self.put(self.grid, 0, foot + gap, self.width, top - foot - 2 * gap)
        self.grid.again()
        self.shelves.again()

    def _place_head(self, gap: int) -> float:
        """Place the words, what was chosen, and Delete; return where the room below them ends."""
        shape = theme.MEASURE.shape
        side, room = px(theme.GAP), self.width
        delete = px({"wide": DELETE_MM, "tall": DELETE_MM}.get(shape, DELETE_LOW))
        self.control.stacked = shape in ("rail", "slim")
        if shape in ("wide", "rail"):
            tall = px(CHOSEN_TALL if shape == "wide" else CHOSEN_LOW)
            cards = px(CHOSEN_MM) if shape == "wide" else round(self.width * CHOSEN_SHARE)
            self.put(self.head, 0, self.height - tall, room - cards - delete - 2 * side, tall)
            self.put(self.row, room - cards - delete - side, self.height - tall, cards, tall)
            foot = self.height - tall
        else:
            head = min(self.head.wants_px(room), px(2 * HEAD_TALL))
            tall = px(CHOSEN_TALL if shape == "tall" else CHOSEN_LOW)
            foot = self.height - head - gap - tall
            self.put(self.head, 0, foot + tall + gap, room, head)
            self.put(self.row, 0, foot, room - delete - side, tall)
        self.put(self.control, room - delete, foot, delete, tall)
        return float(foot)


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
        """From the head: words, pictures, box, room for what was wrong so that nothing moves; and the keys."""
        if self.title is None or self.width < 1:
            return
        self.pad.rows, self.pad.tag, self.pad.flat = self.rows, self.title.tag, theme.MEASURE.shape == "rail"
        self.head.said, self.row.tiles, self.box.typed = self.title, self.pictures, self.typed
        if theme.MEASURE.shape == "wide":
            self._beside()
        else:
            self._below()

    def _beside(self) -> None:
        gap, left = px(theme.GAP), self.width - px(KEYPAD_WIDE) - px(SIDE_GAP)
        self.put(self.pad, left + px(SIDE_GAP), 0, px(KEYPAD_WIDE), self.height)
        top = self.height
        for part, tall in ((self.head, px(HEAD_TALL)), (self.row, px(CARDS_TALL)), (self.box, px(DIGITS_TALL))):
            self.put(part, 0, top - tall, left, tall)
            top -= tall + gap
        self._say_trouble(left, 0, top)

    def _below(self) -> None:
        """Pictures and box in one row above the keys; what was wrong takes the place of the words."""
        small, gap = theme.MEASURE.shape in ("rail", "slim"), px(LOW_GAP)
        row = px(LOW_CARD if small else CARDS_TALL)
        least = 3 * px(LOW_KINDS + theme.GAP) if self.pad.flat else self.pad.least_px()
        keys = min(self.height - row - 2 * gap - px(HEAD_TALL), max(least, self.height * KEYS_SHARE))
        wide = min(self.width, px(KEYS_WIDEST))
        self.put(self.pad, (self.width - wide) / 2, 0, wide, keys)
        box = self.width * (1 - LOW_PICTURES) - px(theme.GAP)
        self.put(self.row, 0, keys + gap, self.width * LOW_PICTURES, row)
        self.put(self.box, self.width - box, keys + gap, box, row)
        foot = keys + row + 2 * gap
        self.put(self.head, 0, foot, self.width, self.height - foot)
        self._say_trouble(self.width, foot, self.height - foot)
        if self.trouble:
            self.head.said = None

    def _say_trouble(self, width: float, foot: float, room: float) -> None:
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
        self.put(self.sign, 0, foot + room - (high + sign) / 2, sign, sign)
        self.put(self.wrong, start, foot + room - high, width - start, high)
        if then is not None and self.then.needs(self.then.sizes_px()[-1], width - start)[1] > room - high:
            self.then.said = None  # it is said aloud
            self.put(self.wrong, start, foot, width - start, room)
            self.put(self.sign, 0, foot + (room - sign) / 2, sign, sign)
            return
        self.put(self.then, start, foot, width - start, room - high)
