"""The middle of a question: progress, the question itself, and the pad for its answer.

Rule 1: one pad is shown, by the type of the answer; a new kind of answer is one more case here.
Rule 2: the question's row is 20 mm high and takes more only where its answer leaves room.
Rule 3: a number pad stands beside the question, a keyboard below it over the whole width.
"""

from __future__ import annotations

from typing import Any, Final, assert_never

from kivy.properties import ObjectProperty

from kiosk.presenters.question import Acknowledge, AnswerPad, Keypad, NoteOnly, Steps, TextPad, Tiles
from kiosk.presenters.shown import Tile
from kiosk.screens import theme
from kiosk.screens.bars import ProgressLine
from kiosk.screens.pads import KEY_GAP, LOWEST_KEY, MOST_KEYS, KeyRows, TypedBox
from kiosk.screens.parts import Part, Picture
from kiosk.screens.theme import px
from kiosk.screens.tiles import AnswerTile, TileGrid
from kiosk.screens.words import Words

AIR: Final = 2.0
SIDE_LINE: Final = 8.2
ONE_HAND: Final = 12
KEYPAD_WIDE: Final = 78.0
NUMBER_WIDE: Final = 70.0
ONE_ROW_TALL: Final = 58.0
ONE_ROW_PLAIN: Final = 36.0
LARGE_IMAGE: Final = 34.0


class Prompt(Part):
    """Picture, question, and below it the hint or, in red with a sign, what should be looked at again."""

    personal = ("said", "hint", "trouble", "picture")

    said = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    trouble = ObjectProperty(None, allownone=True)
    picture = ObjectProperty(None, allownone=True)
    role = ObjectProperty("question")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.image, self.sign = Picture(), Picture(name="trouble", ink="stop")
        self.words, self.side = Words(role="question"), Words(role="body")
        for part in (self.image, self.words, self.side, self.sign):
            self.add_widget(part)
        for name in ("said", "hint", "trouble", "picture", "role"):
            self.fbind(name, self.again)

    def _image_px(self) -> int:
        known = theme.picture_path(self.picture or "", 1, rtl=False) is not None
        if not known:
            return 0
        return px(LARGE_IMAGE) if self.height > 2 * px(LARGE_IMAGE) else px(theme.QUESTION)

    def _side_px(self) -> int:
        return px(SIDE_LINE * (1.12 if self.rtl else 1)) if self.trouble or self.hint else 0

    def _low_px(self, room: float) -> int:
        """Height of the line below: one line, or as much as its words need at their smallest."""
        line = self._side_px()
        if not line:
            return 0
        self.side.said = self.trouble or self.hint
        room -= px(9) if self.trouble else 0
        least = self.height - self.words.needs(self.words.sizes_px()[-1], room)[1] - 4  # the question comes first
        _, high = self.side.needs(self.side.best_size(room, max(line, min(least, self.height * 0.5))), room)
        return int(min(max(line, high + 2), max(line, least)))

    def wishes_px(self, width: float) -> float:
        """The height at which the question stands in its full size."""
        image = self._image_px()
        self.words.said, self.words.role = self.said, self.role
        _, high = self.words.needs(self.words.sizes_px()[0], width - (image + px(4) if image else 0))
        return max(high + self._side_px(), image)

    def arrange(self) -> None:
        """Place picture, question and the line below it."""
        if self.said is None or self.width < 1:
            return
        image = self._image_px()
        self.image.absent, self.sign.absent = not image, self.trouble is None
        self.image.name, self.image.plated = self.picture or "", self.look.theme == "contrast"
        start = 0
        if image:
            self.put(self.image, 0, (self.height - image) / 2, image, image)
            start = image + px(4)
        room = self.width - start
        self.words.said, self.words.role = self.said, self.role
        self.side.said = self.trouble or self.hint
        self.side.ink, self.side.strong = ("stop", True) if self.trouble else ("ink2", False)
        low = self._low_px(room)
        high = min(self.height - low, self.words.needs(self.words.best_size(room, self.height - low), room)[1] + 2)
        foot = (self.height - high - low) / 2
        self.put(self.words, start, foot + low, room, high)
        if not low:
            return
        sign = 0
        if self.trouble:
            sign = px(7)
            self.put(self.sign, start, foot + (low - sign) / 2, sign, sign)
            sign += px(2)
        self.put(self.side, start + sign, foot, room - sign, low)


class Asking(Part):
    """Everything between the two bars of a question."""

    personal = ("progress", "prompt", "hint", "trouble", "picture", "answer")

    progress = ObjectProperty(None, allownone=True)
    prompt = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    trouble = ObjectProperty(None, allownone=True)
    picture = ObjectProperty(None, allownone=True)
    answer = ObjectProperty(NoteOnly())
    __events__ = ("on_tile", "on_more", "on_step", "on_key", "on_acknowledge")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.line, self.question = ProgressLine(), Prompt()
        self.grid, self.steps = TileGrid(), TileGrid(cards=True, one_row=True, tallest=26)
        self.low, self.high = Words(role="body"), Words(role="body", far=True)
        self.number, self.text, self.box = KeyRows(digits=True, gap=theme.GAP), KeyRows(), TypedBox()
        self.number.prepare(ONE_HAND)
        self.text.prepare(MOST_KEYS)
        self.accept = AnswerTile(name="acknowledge", box=True)
        for part in (
            *(self.line, self.question, self.grid, self.steps, self.low, self.high),
            *(self.number, self.text, self.box, self.accept),
        ):
            self.add_widget(part)
        self.grid.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
        self.grid.bind(on_more=lambda _: self.dispatch("on_more"))
        self.steps.bind(on_tile=lambda _, key: self.dispatch("on_step", int(key)))
        self.number.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        self.text.bind(on_key=lambda _, key: self.dispatch("on_key", key))
        self.accept.bind(on_touched=lambda _: self.dispatch("on_acknowledge"))
        for name in ("progress", "prompt", "hint", "trouble", "picture", "answer"):
            self.fbind(name, self.again)

    def on_tile(self, key: str) -> None:
        """The choice of this key was touched."""

    def on_more(self) -> None:
        """More was touched."""

    def on_step(self, index: int) -> None:
        """This step was touched."""

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def on_acknowledge(self) -> None:
        """The one button was touched."""

    def arrange(self) -> None:
        """Copy the words, then lay out for the kind of answer."""
        if self.prompt is None or self.width < 1:
            return
        self.line.progress = self.progress
        ask = self.question
        ask.said, ask.hint, ask.trouble, ask.picture, ask.role = (
            self.prompt,
            self.hint,
            self.trouble,
            self.picture,
            "question",
        )
        self._clear_away(self.answer)
        line = px(theme.PROGRESS)
        if not self.line.absent:
            self.put(self.line, 0, self.height - line, self.width, line)
        under = self.height - line - px(AIR)
        match self.answer:
            case Tiles() as pad:
                self._tiles(pad, under)
            case Steps() as pad:
                self._steps(pad, under)
            case Keypad() as pad:
                self._keypad(pad, under)
            case TextPad() as pad:
                self._textpad(pad)
            case Acknowledge() as pad:
                self.accept.tile = Tile("acknowledge", pad.words, None, pad.chosen)
                tall = px(24)
                self.put(self.question, 0, tall + px(AIR), self.width, under - tall - px(AIR))
                self.put(self.accept, 0, 0, self.width, tall)
                self.accept.again()
            case NoteOnly():
                self.put(self.question, 0, 0, self.width, under)
            case _ as never:
                assert_never(never)

    def _clear_away(self, answer: AnswerPad) -> None:
        """Make absent what this kind of answer does not use; typed words are dropped at once."""
        self.line.absent = isinstance(answer, TextPad) and self._crowded(answer)
        self.grid.absent = not isinstance(answer, Tiles)
        self.steps.absent = not isinstance(answer, Steps)
        self.number.absent = not isinstance(answer, Keypad)
        self.text.absent = not isinstance(answer, TextPad)
        self.box.absent = not isinstance(answer, Keypad | TextPad)
        if self.box.absent:
            self.box.clear()
        if not isinstance(answer, Steps):
            self.low.said = self.high.said = None
        if not isinstance(answer, Acknowledge):
            self.accept.tile = None

    def _crowded(self, pad: TextPad) -> bool:
        """Whether the keyboard leaves no room for the progress line."""
        keys = len(pad.rows) * px(LOWEST_KEY + KEY_GAP)
        return bool(self.height - keys - px(AIR) - px(theme.PROGRESS + 1) < px(theme.QUESTION))

    def _question_px(self, under: float, least_px: float) -> float:
        """Height of the question's row: 20 mm, or more if it wishes so and the answer can spare it."""
        least = px(theme.QUESTION)
        return max(least, min(self.question.wishes_px(self.width), under - px(AIR) - least_px))

    def _tiles(self, pad: Tiles, under: float) -> None:
        count = len(pad.tiles) + (pad.more is not None)
        rows = 1 if pad.likert else (count if count <= 3 else -(-count // 2))  # noqa: PLR2004 - one column up to three
        row = px(30) if pad.likert else px(theme.ANSWER)
        ask = self._question_px(under, rows * row + (rows - 1) * px(theme.GAP))
        self.put(self.question, 0, under - ask, self.width, ask)
        grid = self.grid
        grid.tiles, grid.more_words, grid.many = pad.tiles, pad.more, pad.many
        grid.cards = grid.one_row = pad.likert
        pictured = any(tile.picture for tile in pad.tiles)
        grid.tallest = (ONE_ROW_TALL if pictured else ONE_ROW_PLAIN) if pad.likert else 24.0
        self.put(grid, 0, 0, self.width, under - ask - px(AIR))
        grid.again()

    def _steps(self, pad: Steps, under: float) -> None:
        ask = self._question_px(under, px(36))
        self.put(self.question, 0, under - ask, self.width, ask)
        self.steps.tiles = tuple(Tile(str(at), stop, None, at == pad.at) for at, stop in enumerate(pad.stops))
        tall, ends = px(26), px(18) if pad.low or pad.high else 0
        foot = under - ask - px(AIR) - tall
        self.put(self.steps, 0, foot, self.width, tall)
        self.low.said, self.high.said = pad.low, pad.high
        half = (self.width - px(8)) / 2
        self.put(self.low, 0, foot - ends, half, ends)
        self.put(self.high, self.width - half, foot - ends, half, ends)
        self.low.valign = self.high.valign = "middle"

    def _keypad(self, pad: Keypad, under: float) -> None:
        wide = px(KEYPAD_WIDE)
        left = self.width - wide - px(8)
        self.number.rows = pad.rows
        self.put(self.number, self.width - wide, 0, wide, under)
        box = px(theme.ANSWER)
        self.question.role = "question"
        self.box.typed, self.box.direction, self.box.number, self.box.left = pad.typed, "ltr", True, None
        self.put(self.box, 0, under * 0.34 - box / 2, px(NUMBER_WIDE), box)
        self.put(self.question, 0, under * 0.34 + box / 2 + px(4), left, under * 0.66 - box / 2 - px(4))

    def _textpad(self, pad: TextPad) -> None:
        self.text.rows = pad.rows
        keys = self.text.least_px()
        zone = self.height - keys - px(AIR)
        zone -= 0 if self.line.absent else px(theme.PROGRESS) + px(1)
        self.question.role = "bar"
        if self.line.absent:
            self.question.hint = None  # a keyboard of five rows leaves room for the question alone
        ask = self.width * 0.44
        foot = keys + px(AIR)
        self.put(self.text, 0, 0, self.width, keys)
        self.put(self.question, 0, foot, ask - px(3), zone)
        self.box.typed, self.box.direction, self.box.number, self.box.left = pad.typed, pad.direction, False, pad.left
        self.put(self.box, ask, foot, self.width - ask, zone)
