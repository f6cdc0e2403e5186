"""The middle of a question: where progress, the question itself and the pad for its answer stand.

Rule 1: the question's row is 20 mm high and takes more only where its answer leaves room.
Rule 2: a number pad, wheels and a ladder stand beside the question; below it where the page is narrow.
Rule 3: where the question would have less than it wishes, the words of the progress line go first; its bar stays.
"""

from __future__ import annotations

from typing import Final, assert_never

from kiosk.presenters.question import (
    AnswerPad,
    Fixed,
    Keypad,
    Large,
    NoteOnly,
    Ranking,
    Series,
    Stepper,
    Steps,
    TakeAway,
    TextPad,
    Tiles,
    Wheels,
)
from kiosk.presenters.room import LARGEST
from kiosk.presenters.shown import Key, Tile
from kiosk.screens import theme
from kiosk.screens.answer_pads import AnswerPads
from kiosk.screens.pads import KEY_GAP, KEYPAD_WIDE, LEAST_KEY, TEN, KeyRows
from kiosk.screens.parts import Part
from kiosk.screens.theme import px
from kiosk.screens.tile import AnswerTile
from kiosk.screens.wheels import WheelRow

AIR, AIR_LOW, NEAR = 2.0, 1.0, 16.0
NUMBER_WIDE: Final = 70.0
WHEEL_WIDE: Final = 38.0
LADDER_WIDE: Final = 62.0
THREE: Final = 3  # rows of answers that stand below one another as long as the question has its room
STEP_TALL, STEP_LOW = 26.0, 16.0
BOX_TALLEST, PAD_WIDEST = 110.0, 140.0
BOX_LOW: Final = 15.2
PAD_LEAST: Final = 51.2  # of a low page: three rows that can still be touched
BOX_SHARES, NUMBER_SHARES = (0.45, 0.4, 0.36), (0.32,)  # of a low page, a box beside the question: less if need be
TEXT_SHARES, TEXT_SHARES_LOW = (0.56, 0.5, 0.44, 0.36), (0.5, 0.45, 0.4)  # of a page, a box of letters beside it
ONE_ROW_TALL: Final = 58.0
ONE_ROW_PLAIN: Final = 36.0
ANSWER_LOW, CARDS_LOW = 18.6, 36.0
CARD_TALL, ROW_TALL = 44.0, 24.0
BOX_PLACE: Final = 0.34  # how far up the box stands that says what a pad beside it holds


class Asking(AnswerPads):
    """Everything between the two bars of a question."""

    def arrange(self) -> None:
        """Copy the words, then lay out for the kind of answer."""
        if self.prompt is None or self.width < 1:
            return
        self.line.progress, self.line.badge = self.progress, self.badge
        ask = self.question
        ask.said, ask.hint, ask.trouble, ask.picture = self.prompt, self.hint, self.trouble, self.picture
        ask.role, ask.tell, ask.enlarges, ask.low = "question", self.tell, self.enlarges, False
        ask.undo = self.answer.undo if isinstance(self.answer, Ranking) else None
        self.clear_away(self.answer)
        self._place(self.answer, bare=False)
        if self._crowded(self.answer):
            self._place(self.answer, bare=True)

    def _place(self, answer: AnswerPad, *, bare: bool) -> None:
        """Place the progress line, whole or `bare`, and what stands under it."""
        self.line.bare, self.line.low = bare, isinstance(answer, TextPad)
        line = self.line.tall_px()
        self._lay_out(answer, self.height - line - px(AIR_LOW if bare or theme.MEASURE.shape == "rail" else AIR))
        ladder = theme.MEASURE.shape == "rail" and isinstance(answer, Steps) and answer.vertical  # as high as the page
        self.put(self.line, 0, self.height - line, self.question.width if ladder else self.width, line)

    def _lay_out(self, answer: AnswerPad, under: float) -> None:  # noqa: C901 - a table of kinds
        """Place the question and its pad in the height `under` the progress line."""
        match answer:
            case Tiles() | Ranking():
                self._tiles(answer, under)
            case Steps():
                self._ladder(answer, under) if answer.vertical else self._steps(answer, under)
            case Stepper():
                self.stepper.stepper = answer
                self._below(self.stepper, under, self.stepper.least_px(self.width))
            case Wheels():
                self._wheels(answer, under)
            case Keypad():
                self._keypad(answer, under)
            case TextPad():
                self._textpad(answer, under)
            case Fixed():
                self.fixed.said = answer.words
                self._under(self.fixed, under, px(24))
            case Series() | TakeAway():
                self.series.series = answer
                self._below(self.series, under, self.series.least_px())
            case Large():
                self.large.name = answer.picture
                self._below(self.large, under, under - px(theme.QUESTION + AIR))
            case NoteOnly():
                self.put(self.question, 0, 0, self.width, under)
            case _ as never:
                assert_never(never)

    def _keys(self, pad: TextPad) -> tuple[tuple[Key, ...], ...]:
        """The keys for glass as wide as this."""
        return pad.rows if self.width >= TEN * px(LEAST_KEY + KEY_GAP) else pad.narrow

    def _crowded(self, answer: AnswerPad) -> bool:
        """Whether the question has less than it wishes, by a pad that leaves little; a badge must stand."""
        little = theme.MEASURE.small or isinstance(answer, TextPad)
        wished = self.question.wishes_px(self.question.width)
        return self.badge is None and little and bool(self.question.height < wished)

    def _question_px(self, under: float, least_px: float) -> float:
        """Height of the question's row: 20 mm, or more if it wishes so and the answer can spare it."""
        spare = under - px(AIR) - least_px
        least = min(px(theme.QUESTION), spare) if theme.MEASURE.small else px(theme.QUESTION)
        if theme.MEASURE.shape == "tall":  # what can be asked for stands below the words there
            least = max(least, self.question.least_px(self.width))
        return max(least, min(self.question.wishes_px(self.width), spare))

    def _below(self, part: Part, under: float, least_px: float, most_px: float | None = None) -> float:
        """Place the question above and a part below it; return the part's height. With `most_px`, the part has that."""
        ask = self._question_px(under, least_px) if most_px is None else under - px(AIR) - most_px
        tall = under - ask - px(AIR)
        self.put(self.question, 0, under - ask, self.width, ask)
        self.put(part, 0, 0, self.width, tall)
        return tall

    def _under(self, part: Part, under: float, tall: float) -> None:
        """Place the question and a part of this height right under it."""
        ask = self._question_px(under, tall)
        self.put(self.question, 0, under - ask, self.width, ask)
        self.put(part, 0, under - ask - px(AIR) - tall, self.width, tall)

    def _with_box(
        self,
        part: KeyRows | WheelRow,
        box: Part,
        under: float,
        *,
        wide: float,
        box_wide: float = 0,
    ) -> None:
        """Place the question, the box that says what is chosen, and the pad that chooses it.

        On a wide page the pad stands beside them, `wide` px; on a narrow one below, and on a low one the box stands
        beside the question. `box_wide`: px of the box, 0 for all there is.
        """
        least_px, most_px = part.least_px(), part.most_px()
        high = px(theme.ANSWER)
        match theme.MEASURE.shape:
            case "wide":
                left = self.width - wide - px(8)
                wished = under - self.question.wishes_px(left) - high - px(4)
                foot = max(0.0, min(under * BOX_PLACE - high / 2, wished))
                pad = min(under, most_px)
                self.put(part, self.width - wide, (under - pad) / 2, wide, pad)
                self.put(self.question, 0, foot + high + px(4), left, under - foot - high - px(4))
                self.put(box, 0, foot, min(left, box_wide or left), high)
            case "tall" | "slim":
                air = px(AIR)
                if theme.MEASURE.shape == "slim":
                    high, air = 0 if box.absent else px(BOX_LOW), px(AIR_LOW)
                asked = max(px(theme.QUESTION), self.question.wishes_px(self.width))
                pad = max(least_px, min(most_px, under - 2 * air - high - asked))
                spare = max(0.0, under - asked - pad - high - 2 * air)
                foot = spare - min(spare / 2, px(NEAR))  # box and pad stand near the question, whatever is left below
                used, top = min(self.width, px(PAD_WIDEST)), foot + pad + high + 2 * air
                self.put(self.question, 0, top, self.width, under - top)
                if not box.absent:
                    self.put(box, (self.width - used) / 2, foot + pad + air, used, high)
                self.put(part, (self.width - used) / 2, foot, used, pad)
            case "rail":
                low = min(least_px, px(PAD_LEAST))
                if box.absent:
                    self.put(self.question, 0, low + px(AIR_LOW), self.width, under - low - px(AIR_LOW))
                    self.put(part, 0, 0, self.width, low)
                    return
                half = self._box_px(NUMBER_SHARES if box_wide else BOX_SHARES, px(theme.GAP), under - low - px(AIR))
                asked = self.question.least_px(self.width - half - px(theme.GAP))
                least_px = max(low, min(least_px, under - px(AIR) - asked))
                top = under - least_px - px(AIR)
                self.put(self.question, 0, under - top, self.width - half - px(theme.GAP), top)
                self.put(box, self.width - half, under - min(top, high), half, min(top, high))
                box.arrange()
                if isinstance(box, AnswerTile) and not box.words.fits(*box.words.size):
                    self.put(box, self.width - half, under - top, half, top)
                self.put(part, 0, 0, self.width, least_px)

    def _box_px(self, shares: tuple[float, ...], gap: float, high: float) -> float:
        """Width of a box beside the question: the first share that leaves the question its room, else the last."""
        wides = [float(self.width * share) for share in shares]
        fitting = (wide for wide in wides if self.question.least_px(self.width - wide - gap) <= high)
        return next(fitting, wides[-1])

    def _tiles(self, pad: Tiles | Ranking, under: float) -> None:
        likert = isinstance(pad, Tiles) and pad.likert
        pictured = isinstance(pad, Tiles) and pad.pictured
        columns = pad.columns if isinstance(pad, Tiles) else 0
        images = any(tile.picture for tile in pad.tiles)
        small = theme.MEASURE.small
        one_row = likert and theme.MEASURE.shape == "wide"  # on a narrow page words need the whole width
        grid = self.grid
        grid.tiles, grid.more_words, grid.many = pad.tiles, pad.more, isinstance(pad, Tiles) and pad.many
        grid.one_row, grid.pictured = one_row, pictured
        grid.columns = 0 if likert else columns
        grid.cards = one_row or pictured or (columns > 0 and images)
        grid.tallest = _tallest(likert=one_row, pictured=pictured, images=images, cards=grid.cards)
        count = max(len(pad.tiles) + (pad.more is not None), pad.most)
        if count == THREE and not grid.columns and not grid.cards and self._squeezed(under, count):
            grid.columns = 2
        across = grid.across(count, self.width, under - px(theme.QUESTION + AIR))
        if pad.pages > 1 and not one_row:
            grid.columns = across
        rows = -(-count // max(1, across))
        row = px(theme.ANSWER if small or not (one_row or pictured) else 30)
        if theme.MEASURE.shape == "rail" and rows >= THREE:  # so many leave a question too little
            row = px(ANSWER_LOW)
        elif theme.MEASURE.shape == "rail" and grid.cards and images:  # wide words may ask for a second row
            row = max(row, px(CARDS_LOW) // rows)
        self._below(grid, under, rows * row + (rows - 1) * px(theme.GAP))
        grid.again()

    def _squeezed(self, under: float, rows: int) -> bool:
        """Whether so many rows of answers would leave a large question of a wide page too little."""
        least = rows * px(theme.ANSWER + theme.GAP) - px(theme.GAP)
        large = theme.MEASURE.shape == "wide" and self.look.scale == LARGEST
        return large and under - px(AIR) - least < self.question.wishes_px(self.width)

    def _steps(self, pad: Steps, under: float) -> None:
        """A row of stops, or as many rows as their width asks for, with what the ends mean below."""
        self.steps.tiles = tuple(Tile(str(at), stop, None, at == pad.at) for at, stop in enumerate(pad.stops))
        gap, count = px(theme.GAP), len(pad.stops)
        across = max(1, min(count, int((self.width + gap) // (px(theme.BAR) + gap))))
        rows = -(-count // across)
        self.steps.one_row, self.steps.columns = False, -(-count // rows)
        tall = px(STEP_TALL if rows == 1 else STEP_LOW) * rows + gap * (rows - 1)
        ends = px(18 if theme.MEASURE.shape != "rail" else 12) if pad.low or pad.high else 0
        ask = self._question_px(under, tall + ends)
        self.put(self.question, 0, under - ask, self.width, ask)
        foot = under - ask - px(AIR) - tall
        self.put(self.steps, 0, foot, self.width, tall)
        self.low.said, self.high.said = pad.low, pad.high
        half = (self.width - px(4)) / 2
        self.put(self.low, 0, foot - ends, half, ends)
        self.put(self.high, self.width - half, foot - ends, half, ends)
        self.low.valign = self.high.valign = "middle"
        self.steps.again()

    def _ladder(self, pad: Steps, under: float) -> None:
        tiles = [Tile(str(at), stop, None, at == pad.at) for at, stop in enumerate(pad.stops)]
        self.steps.tiles, self.steps.one_row, self.steps.columns = tuple(reversed(tiles)), False, 1
        if theme.MEASURE.shape in ("tall", "slim"):
            self._below(self.steps, under, len(tiles) * px(STEP_LOW + theme.GAP) - px(theme.GAP))
            return
        wide = min(px(LADDER_WIDE), self.width / 2)
        self.put(self.steps, self.width - wide, 0, wide, self.height if theme.MEASURE.shape == "rail" else under)
        self.put(self.question, 0, 0, self.width - wide - px(8), under)

    def _wheels(self, pad: Wheels, under: float) -> None:
        wheels = self.wheels
        wheels.wheels, wheels.chosen, wheels.mirrors = pad.wheels, pad.chosen, pad.mirrors
        wide = px(WHEEL_WIDE) * max(1.5, len(pad.wheels)) - px(theme.GAP)
        self.shown.tile = Tile("shown", pad.whole, None, pad.chosen)
        self._with_box(wheels, self.shown, under, wide=wide)
        self.shown.again()

    def _keypad(self, pad: Keypad, under: float) -> None:
        self.number.rows, self.number.flat = pad.rows, theme.MEASURE.shape == "rail"
        self.number.tag = pad.tag
        self.box.tag, self.box.typed, self.box.direction = "en", pad.typed, "ltr"
        self.box.number, self.box.left = True, None
        # What was wrong stays until something is typed; on a small screen it has the place of the empty box till then.
        self.box.absent = self.trouble is not None and not pad.typed and theme.MEASURE.small
        self._with_box(self.number, self.box, under, wide=px(KEYPAD_WIDE), box_wide=px(NUMBER_WIDE))

    def _textpad(self, pad: TextPad, under: float) -> None:
        self.text.rows, self.text.tag = self._keys(pad), pad.tag
        keys, air = self.text.least_px(), px(AIR_LOW if theme.MEASURE.shape == "rail" else AIR)
        zone = under - keys - air
        self.question.role, self.question.low = "bar", True
        foot = keys + air
        self.put(self.text, 0, 0, self.width, keys)
        self.box.tag, self.box.typed, self.box.direction = pad.tag, pad.typed, pad.direction
        self.box.number, self.box.left = False, pad.left
        if theme.MEASURE.shape in ("tall", "slim"):
            ask = min(zone / 2, self.question.wishes_px(self.width) + px(AIR))
            box = min(zone - ask, px(BOX_TALLEST))
            self.put(self.question, 0, foot + box, self.width, zone - box)
            self.put(self.box, 0, foot, self.width, box)
            return
        wide = self._box_px(TEXT_SHARES_LOW if theme.MEASURE.shape == "rail" else TEXT_SHARES, px(3), zone)
        self.put(self.question, 0, foot, self.width - wide - px(3), zone)
        self.put(self.box, self.width - wide, foot, wide, zone)


def _tallest(*, likert: bool, pictured: bool, images: bool, cards: bool) -> float:
    """The most height of a tile in mm, so that few answers do not grow into posters."""
    if likert or pictured:
        return ONE_ROW_TALL if images else ONE_ROW_PLAIN
    return CARD_TALL if cards else ROW_TALL
