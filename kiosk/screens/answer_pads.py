"""The parts of a question: the question itself, and a pad for each kind of answer, of which one is shown.

Rule 1: one pad is shown, by the type of the answer; a new kind of answer is one more row here.
Rule 2: what is touched is said on, and decides nothing here.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, ObjectProperty

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
from kiosk.screens import theme
from kiosk.screens.bars import ProgressLine
from kiosk.screens.eared import EaredGrid
from kiosk.screens.fixed import FixedBox
from kiosk.screens.pads import MOST_KEYS, ONE_HAND, KeyRows, TypedBox
from kiosk.screens.parts import Part, Picture
from kiosk.screens.prompt import Prompt
from kiosk.screens.series import SeriesPad
from kiosk.screens.stepper import StepperPad
from kiosk.screens.tile import AnswerTile
from kiosk.screens.tiles import TileGrid
from kiosk.screens.touches import Touches
from kiosk.screens.wheels import WheelRow
from kiosk.screens.words import Words

VIEWED: Final = ("progress", "badge", "prompt", "hint", "trouble", "picture", "answer", "tell", "enlarges")


class AnswerPads(Touches):
    """Everything between the two bars of a question, before it has its place."""

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
        self.grid, self.steps = EaredGrid(), TileGrid(cards=True, tallest=26, least=theme.BAR)
        self.low, self.high = Words(role="body"), Words(role="body", far=True)
        self.number, self.text, self.box = KeyRows(digits=True, gap=theme.GAP), KeyRows(), TypedBox()
        self.number.prepare(ONE_HAND)
        self.text.prepare(MOST_KEYS)
        self.wheels, self.shown = WheelRow(), AnswerTile(name="shown", box=True)
        self.stepper, self.series, self.fixed, self.large = StepperPad(), SeriesPad(), FixedBox(locked=True), Picture()
        for part in (
            *(self.line, self.question, self.grid, self.steps, self.low, self.high, self.number, self.text, self.box),
            *(self.wheels, self.shown, self.stepper, self.series, self.fixed, self.large),
        ):
            self.add_widget(part)
        self.pads: tuple[tuple[Part, tuple[type, ...]], ...] = (
            (self.grid, (Tiles, Ranking)),
            (self.steps, (Steps,)),
            (self.number, (Keypad,)),
            (self.text, (TextPad,)),
            (self.box, (Keypad, TextPad)),
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
        self.shown.bind(on_touched=lambda _: self.dispatch("on_shown"))

    def clear_away(self, answer: AnswerPad) -> None:
        """Make absent what this kind of answer does not use; what a person said is dropped at once."""
        for part, answers in self.pads:
            went = not part.absent
            part.absent = not isinstance(answer, answers)
            if part.absent and went:  # what was absent before has nothing to drop
                part.forget()
        if not isinstance(answer, Steps):
            self.low.said = self.high.said = None
