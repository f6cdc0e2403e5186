"""A tile: an answer, a language, a thing to do: its picture, its words, and the mark that it is chosen.

Rule 1: a chosen tile differs by fill, by a thick line and by a tick, which its sign may be; never only by colour.
Rule 2: a place is a large number in a square of its own: at the end in a ranking, at the start where it counts a line.
Rule 3: the words come first, then what stands below them; a picture goes where they find no room beside it.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.shown import Said, Tile
from kiosk.screens import theme
from kiosk.screens.parts import Face, Part, Picture, Touchable
from kiosk.screens.pictured import ALBUM
from kiosk.screens.theme import px
from kiosk.screens.words import ENDLESS, Words

PAD: Final = 2.4
EDGE: Final = 0.2
BOX: Final = 7.5
NUMBER, NUMBER_LOW = 13.0, 9.0
NARROW: Final = 56.0
NARROW_PICTURE, NARROW_MARK = 11.0, 7.0
TINY, STAMP_MARK = 34.0, 5.0
LOWEST_CARD: Final = 24.0  # a lower one has its picture at the starting side
SMALL_WORDS_LEAVE: Final = 14.0  # mm for the words of a card above its small ones
CARD_PICTURE_LEAST: Final = 0.75  # of its size, what a picture above words keeps where those want more room
LESSER: Final = 0.75  # of the size of a tile's words, what stands below them has at most
LESSER_TALLEST, LESSER_SHARE = 13.0, 0.55  # mm at the usual size, and of a tile's height


class AnswerTile(Touchable):
    """A picture and its words; `card` puts the picture above, `box` draws a square to tick, `pictured` is all picture.

    `leading`: its number stands at the starting side, where lines are counted. `locked`: it cannot be touched, nor can
    one that is gone, which is crossed out.
    """

    personal = ("tile", "key")

    tile = ObjectProperty(None, allownone=True)
    key = StringProperty("")
    card = BooleanProperty(defaultvalue=False)
    box = BooleanProperty(defaultvalue=False)
    pictured = BooleanProperty(defaultvalue=False)
    leading = BooleanProperty(defaultvalue=False)
    locked = BooleanProperty(defaultvalue=False)
    picture_most = NumericProperty(0)  # px of a card's picture; 0: as large as it finds room
    bare = BooleanProperty(defaultvalue=False)  # without its picture, for which a neighbour has no room

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.picture, self.mark_box, self.mark = Picture(), TickBox(), Picture(name="tick")
        self.words, self.small = Words(role="body", strong=True, flush=True), Words(role="small", flush=True)
        self.number = Words(role="title", centred=True)
        for part in (self.picture, self.words, self.small, self.mark_box, self.mark, self.number):
            self.add_widget(part)
        self.bind(tile=self.again, card=self.again, box=self.again, pictured=self.again, leading=self.again)

    def on_tile(self, _part: object, tile: Tile | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = tile is None
        if tile is not None:
            self.key, self.words.said, self.small.said = tile.key, tile.words, tile.small
            self.picture.name = tile.picture or ""
            self.number.said = None if tile.place is None else Said(str(tile.place), "en", "ltr")
            self.disabled = self.locked or tile.gone

    def arrange(self) -> None:
        """Paint the state, then place picture, words and mark."""
        if self.tile is None or self.width < 1:
            return
        self.small.said = self.tile.small
        colours, chosen = self.colours, self.tile.chosen
        fill, ink = ("chosen", "on_chosen") if chosen else ("panel", "ink")
        if self.pressed:
            fill, ink = "press", "on_press"
        self.face.paint(
            self, getattr(colours, fill), colours.line, theme.LINE_CHOSEN if chosen or self.pressed else theme.LINE
        )
        self.words.ink = self.mark.ink = self.picture.ink = ink
        self.number.ink = ink if self.leading else "on_chosen"
        self.small.ink = ink if chosen or self.pressed else "ink2"
        self.mark.absent = not chosen or self.tile.numbered or self.tile.marked
        self.mark_box.absent = not self.box and (not self.tile.numbered or self.leading)
        self.picture.plated = chosen or self.look.theme == "contrast"
        self.words.centred = self.small.centred = self.card
        self.words.strong, self.words.strikethrough = True, self.tile.gone
        self._lay_out()
        if not self.words.absent and not self.words.fits(self.words.width, self.words.height):
            self.words.strong = False  # narrower
            self._lay_out()
        self.mark_box.again()

    def _lay_out(self) -> None:
        """Place everything as the tile's form asks for."""
        self.picture.absent = self.bare or not ALBUM.has(self.picture.name)
        if self.width < px(TINY) and self.picture.absent and self.small.absent:
            self._as_stamp()
        elif self.card and (self.picture.absent or self.height >= px(LOWEST_CARD)):
            self._as_card()
        else:
            self.words.centred = self.small.centred = False
            self._as_row(crowded=self.bare)

    def _as_row(self, *, crowded: bool = False) -> None:
        """Picture, words one below the other, mark; on a narrow tile the mark stands below the picture.

        `crowded`: the picture had to go for the words; then the mark is no larger than on its neighbours.
        """
        pad, mark = px(PAD * 0.4 if self.narrow else PAD), self._mark_px()
        mark = min(mark, px(NARROW_MARK)) if crowded and self.narrow else mark
        x = float(pad)
        if self.leading:
            self.put(self.number, x, 0, px(NUMBER), self.height)
            x += px(NUMBER)
        marked = self.box or self.tile.chosen or (self.tile.numbered and not self.leading)
        end = self.width - pad
        if self.narrow and not self.picture.absent:
            x += self._picture_column(x - px(0.2), marked=marked, mark=mark)
        else:
            if not self.picture.absent:
                side = min(self.height - 2 * px(2), px(16 if not theme.MEASURE.small else 11))
                self.put(self.picture, x, (self.height - side) / 2, side, side)
                x += side + px(0.8)
            end -= mark + pad if marked else 0
            self._place_mark(self.width - 2 * pad - mark + pad * 0.4, (self.height - mark) / 2, mark)
        if not self.picture.absent or not self.narrow:
            x += pad * (0.5 if self.narrow else 1)
        if not self.picture.absent and self._least_px(end - x) > self.height:
            self.picture.absent = True  # the words come first, and what stands below them
            self.mark.absent = not self.tile.chosen or self.tile.numbered  # a picture that went marks nothing
            self._as_row(crowded=True)
            return
        tall, edge = self.height, px(EDGE)
        self.words.valign = "middle"
        if self.small.absent:
            self.put(self.words, x, edge, end - x, tall - 2 * edge)
            return
        low = self._lesser_px(end - x, tall - 2 * edge)
        room = tall - 2 * edge - low
        if not self.words.fits(end - x, room):
            self.small.said = None
            self.put(self.words, x, edge, end - x, tall - 2 * edge)
            return
        high = self.words.needs(self.words.best_size(end - x, room), end - x)[1]
        foot = (tall - high - low) / 2
        self.put(self.small, x, foot, end - x, low)
        self.put(self.words, x, foot + low, end - x, high)

    def _least_px(self, width: float) -> float:
        """Height that the words and the small ones below them need at their smallest."""
        both = [one for one in (self.words, self.small) if not one.absent]
        if not all(one.fits(width, ENDLESS) for one in both):
            return ENDLESS
        return sum(one.least_px(width) for one in both) + 2 * px(EDGE)

    def _as_stamp(self) -> None:
        """Words alone on a very small tile, below the mark in its upper ending corner."""
        edge, mark = px(0.5), px(STAMP_MARK)
        marked = self.box or self.tile.chosen or self.tile.numbered
        self.words.centred = True
        self.put(self.words, edge, edge, self.width - 2 * edge, self.height - 2 * edge - (mark if marked else 0))
        for beside in (mark, 0):  # else beside the mark, and at last around its corner
            if marked and not self.words.fits(*self.words.size):
                self.put(self.words, edge, 1, self.width - 2 * edge - beside, self.height - 2)
        self._place_mark(self.width - mark - edge, self.height - mark - edge, mark)

    @property
    def lost(self) -> bool:
        """True if its picture had to go for its words."""
        return bool(self.picture.absent and not self.bare and ALBUM.has(self.picture.name))

    @property
    def narrow(self) -> bool:
        """True if a picture, words and a mark do not fit side by side."""
        return bool(self.width < px(NARROW))

    def _picture_column(self, x: float, *, marked: bool, mark: float) -> float:
        """Place the picture at the starting side, with the mark below it; return their width."""
        gap, side = px(0.8), px(NARROW_PICTURE)
        mark = min(mark, px(NARROW_MARK))
        side = min(side, round(self.height) - 2 * gap - (mark + gap if marked else 0))
        used = side + (mark + gap if marked else 0)
        foot = (float(self.height) - used) / 2
        wide = float(max(side, mark))
        self.put(self.picture, x + (wide - side) / 2, foot + used - side, side, side)
        self._place_mark(x + (wide - mark) / 2, foot, mark)
        return wide

    def _as_card(self) -> None:
        """Picture above, words in the middle below it; the mark stands in the upper ending corner."""
        pad, mark = px(1.6), self._mark_px()
        small = 0 if self.small.absent else self._small_px(self.width - 2 * pad)
        self._place_mark(self.width - mark - pad, self.height - mark - pad, mark)
        if self.picture.absent:
            foot = max(round(min(self.height * 0.4, self.height - px(SMALL_WORDS_LEAVE))), small) if small else pad
            self.put(self.words, pad, foot, self.width - 2 * pad, self.height - pad - foot)
            if small:
                self.put(self.small, pad, foot - small, self.width - 2 * pad, small)
                self.words.valign, self.small.valign = "bottom", "middle"
                return
        else:
            most = (self.height - small) * 0.66 if self.pictured else min(self.height * 0.5, px(30))
            most = min(most, self.width - 2 * mark - pad)
            free = self.height - 3 * pad - small - 2
            sides = [free - self.words.needs(size, self.width - 2 * pad)[1] for size in self.words.sizes_px()]
            least = CARD_PICTURE_LEAST * 100 / self.look.scale  # who asked for larger words gets them
            # The picture makes room for larger words, but not for all of them; sisters have pictures of one size.
            side = max(0, min(most, next((one for one in sides if one >= most * least), sides[-1])))
            side = min(side, self.picture_most or side)
            words_high = self.height - side - 3 * pad - small
            self.put(self.picture, (self.width - side) / 2, self.height - side - 1.4 * pad, side, side)
            self.put(self.words, pad, pad + small, self.width - 2 * pad, words_high)
        if small:
            self.put(self.small, pad, pad, self.width - 2 * pad, small)
        self.words.valign = self.small.valign = "middle"

    def _small_px(self, width: float) -> int:
        """Height that the small words need."""
        most = min(px(LESSER_TALLEST * self.look.scale / 100), self.height * LESSER_SHARE)
        return self.small.needs(self.small.best_size(width, most), width)[1] + 2

    def _lesser_px(self, width: float, height: float) -> int:
        """Height of the small words at the largest size that leaves the words themselves larger ones."""
        self.small.at_most = 0
        sizes = self.small.sizes_px()
        for size in sizes:
            self.small.at_most = size
            high = self._small_px(width)
            if size <= LESSER * self.words.best_size(width, height - high):
                return high
        self.small.at_most = sizes[-1]
        return self._small_px(width)

    def _mark_px(self) -> int:
        if not self.tile.numbered or self.leading:
            return px(BOX)
        return px(NUMBER if not theme.MEASURE.small else NUMBER_LOW)

    def _place_mark(self, x: float, y: float, side: float) -> None:
        for part in (self.mark_box, self.mark, *(() if self.leading else (self.number,))):
            if not part.absent:
                self.put(part, x, y, side, side)


class TickBox(Part):
    """The square of a choice of which many may be taken, or for the number of its place."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face = Face(self)

    def arrange(self) -> None:
        """Draw an empty square; the tick above it is a picture."""
        tile = self.parent
        chosen = bool(tile is not None and tile.tile is not None and tile.tile.chosen)
        fill = self.colours.chosen if chosen else self.colours.ground
        self.face.paint(self, fill, self.colours.on_chosen if chosen else self.colours.line, theme.LINE_CHOSEN)
