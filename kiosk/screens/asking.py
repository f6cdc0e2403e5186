"""The middle of a question: progress, the question itself, and the pad for its answer.

Rule 1: one pad is shown, by the type of the answer; a new kind of answer is one more case here.
Rule 2: the question's row is 20 mm high and takes more only where its answer leaves room.
Rule 3: a number pad, wheels and a ladder stand beside the question, a keyboard below it over the whole width.
"""

from __future__ import annotations

from typing import Any, Final, assert_never

from kivy.properties import BooleanProperty, ObjectProperty

from kiosk.presenters.question import (
    Acknowledge,
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
from kiosk.presenters.shown import Key, Tile
from kiosk.screens import theme
from kiosk.screens.bars import ProgressLine
from kiosk.screens.eared import EaredGrid
from kiosk.screens.fixed import FixedBox
from kiosk.screens.pads import KEY_GAP, LEAST_KEY, LOWEST_KEY, MOST_KEYS, TEN, KeyRows, TypedBox
from kiosk.screens.parts import Part, Picture
from kiosk.screens.prompt import Prompt
from kiosk.screens.series import SeriesPad
from kiosk.screens.stepper import StepperPad
from kiosk.screens.theme import px
from kiosk.screens.tiles import AnswerTile, TileGrid
from kiosk.screens.touches import Touches
from kiosk.screens.wheels import WheelRow
from kiosk.screens.words import Words

AIR: Final = 2.0
ONE_HAND: Final = 12
KEYPAD_WIDE: Final = 78.0
NUMBER_WIDE: Final = 70.0
WHEEL_WIDE: Final = 38.0
LADDER_WIDE: Final = 62.0
STEPPER_TALL: Final = 54.0
ONE_ROW_TALL: Final = 58.0
ONE_ROW_PLAIN: Final = 36.0
CARD_TALL, ROW_TALL = 44.0, 24.0
BOX_PLACE: Final = 0.34  # how far up the box stands that says what a pad beside it holds
VIEWED: Final = ("progress", "badge", "prompt", "hint", "trouble", "picture", "answer", "tell", "enlarges")


class Asking(Touches):
    """Everything between the two bars of a question."""

    personal = ("progress", "badge", "prompt", "hint", "trouble", "picture", "answer")

    progress = ObjectProperty(None, allownone=True)
    badge = ObjectProperty(None, allownone=True)
    prompt = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    trouble = ObjectProperty(None, allownone=True)
    picture = ObjectProperty(None, allownone=True)
    answer = ObjectProperty(NoteOnly())
    tell = ObjectProperty(None, allownone=True)
    enlarges = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.line, self.question = ProgressLine(), Prompt()
        self.grid, self.steps = EaredGrid(), TileGrid(cards=True, tallest=26)
        self.low, self.high = Words(role="body"), Words(role="body", far=True)
        self.number, self.text, self.box = KeyRows(digits=True, gap=theme.GAP), KeyRows(), TypedBox()
        self.number.prepare(ONE_HAND)
        self.text.prepare(MOST_KEYS)
        self.accept = AnswerTile(name="acknowledge", box=True)
        self.wheels, self.shown = WheelRow(), AnswerTile(name="shown", box=True)
        self.stepper, self.series, self.fixed, self.large = StepperPad(), SeriesPad(), FixedBox(locked=True), Picture()
        for part in (
            *(self.line, self.question, self.grid, self.steps, self.low, self.high, self.number, self.text, self.box),
            *(self.accept, self.wheels, self.shown, self.stepper, self.series, self.fixed, self.large),
        ):
            self.add_widget(part)
        self.pads: tuple[tuple[Part, tuple[type, ...]], ...] = (
            (self.grid, (Tiles, Ranking)),
            (self.steps, (Steps,)),
            (self.number, (Keypad,)),
            (self.text, (TextPad,)),
            (self.box, (Keypad, TextPad)),
            (self.accept, (Acknowledge,)),
            (self.wheels, (Wheels,)),
            (self.shown, (Wheels,)),
            (self.stepper, (Stepper,)),
            (self.series, (Series, TakeAway)),
            (self.fixed, (Fixed,)),
            (self.large, (Large,)),
        )
        self._forward()
        for name in VIEWED:
            self.fbind(name, self.again)

    def _forward(self) -> None:
        """Say on what was touched."""
        for part, events in (
            (self.grid, ("on_tile", "on_ear")),
            *((part, ("on_key",)) for part in (self.number, self.text, self.wheels)),
            (self.stepper, ("on_key", "on_step")),
            (self.series, ("on_line", "on_take_away")),
        ):
            part.bind(**{event: lambda _, what, event=event: self.dispatch(event, what) for event in events})
        for part, events in (
            (self.grid, ("on_more",)),
            (self.series, ("on_more", "on_add", "on_gone", "on_keep")),
            (self.question, ("on_take_back", "on_tell_more", "on_enlarge")),
        ):
            part.bind(**{event: lambda _, event=event: self.dispatch(event) for event in events})
        self.steps.bind(on_tile=lambda _, key: self.dispatch("on_step", int(key)))
        self.accept.bind(on_touched=lambda _: self.dispatch("on_acknowledge"))
        self.shown.bind(on_touched=lambda _: self.dispatch("on_shown"))

    def arrange(self) -> None:
        """Copy the words, then lay out for the kind of answer."""
        if self.prompt is None or self.width < 1:
            return
        self.line.progress, self.line.badge = self.progress, self.badge
        ask = self.question
        ask.said, ask.hint, ask.trouble, ask.picture = self.prompt, self.hint, self.trouble, self.picture
        ask.role, ask.tell, ask.enlarges = "question", self.tell, self.enlarges
        ask.undo = self.answer.undo if isinstance(self.answer, Ranking) else None
        self._clear_away(self.answer)
        line = px(theme.PROGRESS)
        if not self.line.absent:
            self.put(self.line, 0, self.height - line, self.width, line)
        self._lay_out(self.answer, self.height - line - px(AIR))

    def _lay_out(self, answer: AnswerPad, under: float) -> None:  # noqa: C901 - a table of kinds
        """Place the question and its pad in the height `under` the progress line."""
        match answer:
            case Tiles() | Ranking():
                self._tiles(answer, under)
            case Steps():
                self._ladder(answer, under) if answer.vertical else self._steps(answer, under)
            case Stepper():
                self.stepper.stepper = answer
                self._below(self.stepper, under, px(STEPPER_TALL))
            case Wheels():
                self._wheels(answer, under)
            case Keypad():
                self._keypad(answer, under)
            case TextPad():
                self._textpad(answer)
            case Acknowledge():
                self.accept.tile = Tile("acknowledge", answer.words, None, answer.chosen)
                self._below(self.accept, under, px(24), px(24))
                self.accept.again()
            case Fixed():
                self.fixed.said = answer.words
                self._under(self.fixed, under, px(24))
            case Series() | TakeAway():
                self.series.series = answer
                self._below(self.series, under, px(66))
            case Large():
                self.large.name = answer.picture
                self._below(self.large, under, under - px(theme.QUESTION + AIR))
            case NoteOnly():
                self.put(self.question, 0, 0, self.width, under)
            case _ as never:
                assert_never(never)

    def _clear_away(self, answer: AnswerPad) -> None:
        """Make absent what this kind of answer does not use; what a person said is dropped at once."""
        self.line.absent = isinstance(answer, TextPad) and self._crowded(answer)
        for part, answers in self.pads:
            part.absent = not isinstance(answer, answers)
            if part.absent:
                part.forget()
        if not isinstance(answer, Steps):
            self.low.said = self.high.said = None

    def _keys(self, pad: TextPad) -> tuple[tuple[Key, ...], ...]:
        """The keys for glass as wide as this."""
        return pad.rows if self.width >= TEN * px(LEAST_KEY + KEY_GAP) else pad.narrow

    def _crowded(self, pad: TextPad) -> bool:
        """Whether the keyboard leaves no room for the progress line."""
        keys = len(self._keys(pad)) * px(LOWEST_KEY + KEY_GAP)
        return bool(self.height - keys - px(AIR) - px(theme.PROGRESS + 1) < px(theme.QUESTION))

    def _question_px(self, under: float, least_px: float) -> float:
        """Height of the question's row: 20 mm, or more if it wishes so and the answer can spare it."""
        least = px(theme.QUESTION)
        return max(least, min(self.question.wishes_px(self.width), under - px(AIR) - least_px))

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

    def _beside(self, part: Part, wide: float, under: float) -> tuple[float, float]:
        """Place a part at the ending side, the question before it above its box; return that box's foot and width."""
        left, box = self.width - wide - px(8), px(theme.ANSWER)
        foot = under * BOX_PLACE - box / 2
        self.put(part, self.width - wide, 0, wide, under)
        self.put(self.question, 0, foot + box + px(4), left, under - foot - box - px(4))
        return foot, left

    def _tiles(self, pad: Tiles | Ranking, under: float) -> None:
        likert = isinstance(pad, Tiles) and pad.likert
        pictured = isinstance(pad, Tiles) and pad.pictured
        columns = pad.columns if isinstance(pad, Tiles) else 0
        count = len(pad.tiles) + (pad.more is not None)
        across = count if likert else columns or (1 if count <= 3 and not pictured else 2)  # noqa: PLR2004 - design: one column up to three
        rows = -(-count // max(1, across))
        row = px(30) if likert or pictured else px(theme.ANSWER)
        grid = self.grid
        grid.tiles, grid.more_words, grid.many = pad.tiles, pad.more, isinstance(pad, Tiles) and pad.many
        grid.one_row, grid.pictured, grid.columns = likert, pictured, 0 if likert else columns
        images = any(tile.picture for tile in pad.tiles)
        grid.cards = likert or pictured or (columns > 0 and images)
        grid.tallest = _tallest(likert=likert, pictured=pictured, images=images, cards=grid.cards)
        self._below(grid, under, rows * row + (rows - 1) * px(theme.GAP))
        grid.again()

    def _steps(self, pad: Steps, under: float) -> None:
        ask = self._question_px(under, px(36))
        self.put(self.question, 0, under - ask, self.width, ask)
        self.steps.tiles = tuple(Tile(str(at), stop, None, at == pad.at) for at, stop in enumerate(pad.stops))
        self.steps.one_row, self.steps.columns = True, 0
        tall, ends = px(26), px(18) if pad.low or pad.high else 0
        foot = under - ask - px(AIR) - tall
        self.put(self.steps, 0, foot, self.width, tall)
        self.low.said, self.high.said = pad.low, pad.high
        half = (self.width - px(8)) / 2
        self.put(self.low, 0, foot - ends, half, ends)
        self.put(self.high, self.width - half, foot - ends, half, ends)
        self.low.valign = self.high.valign = "middle"

    def _ladder(self, pad: Steps, under: float) -> None:
        tiles = [Tile(str(at), stop, None, at == pad.at) for at, stop in enumerate(pad.stops)]
        self.steps.tiles, self.steps.one_row, self.steps.columns = tuple(reversed(tiles)), False, 1
        wide = px(LADDER_WIDE)
        self.put(self.steps, self.width - wide, 0, wide, under)
        self.put(self.question, 0, 0, self.width - wide - px(8), under)

    def _wheels(self, pad: Wheels, under: float) -> None:
        wheels = self.wheels
        wheels.wheels, wheels.chosen, wheels.mirrors = pad.wheels, pad.chosen, pad.mirrors
        wide = px(WHEEL_WIDE) * max(1.5, len(pad.wheels)) - px(theme.GAP)
        foot, left = self._beside(wheels, wide, under)
        self.shown.tile = Tile("shown", pad.whole, None, pad.chosen)
        self.put(self.shown, 0, foot, left, px(theme.ANSWER))
        self.shown.again()

    def _keypad(self, pad: Keypad, under: float) -> None:
        self.number.rows = pad.rows
        foot, _ = self._beside(self.number, px(KEYPAD_WIDE), under)
        self.box.tag, self.box.typed, self.box.direction = "en", pad.typed, "ltr"
        self.box.number, self.box.left = True, None
        self.put(self.box, 0, foot, px(NUMBER_WIDE), px(theme.ANSWER))

    def _textpad(self, pad: TextPad) -> None:
        self.text.rows, self.text.tag = self._keys(pad), pad.tag
        keys = self.text.least_px()
        zone = self.height - keys - px(AIR)
        zone -= 0 if self.line.absent else px(theme.PROGRESS) + px(1)
        self.question.role, self.question.tell = "bar", None
        if self.line.absent:
            self.question.hint = None  # a keyboard of five rows leaves room for the question alone
        ask = self.width * 0.44
        foot = keys + px(AIR)
        self.put(self.text, 0, 0, self.width, keys)
        self.put(self.question, 0, foot, ask - px(3), zone)
        self.box.tag, self.box.typed, self.box.direction = pad.tag, pad.typed, pad.direction
        self.box.number, self.box.left = False, pad.left
        self.put(self.box, ask, foot, self.width - ask, zone)


def _tallest(*, likert: bool, pictured: bool, images: bool, cards: bool) -> float:
    """The most height of a tile in mm, so that few answers do not grow into posters."""
    if likert or pictured:
        return ONE_ROW_TALL if images else ONE_ROW_PLAIN
    return CARD_TALL if cards else ROW_TALL
