"""How a suggestion is given: with no name, or with a code by which an answer comes back.

Rule 1: chosen before anything is typed, by one touch; Back from what follows asks again.
Rule 2: what each way means is said beside it; there is no hidden way back to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import AtQuestion
from kiosk.presenters.shown import Bars, Look, Phrase, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.walking import backward, last_question
from kiosk.writing import MODES, choosing_mode, in_mode
from models.record import Mode

WAYS: Final[dict[Mode, tuple[Phrase, Phrase, str]]] = {
    "anonymous": (
        Phrase("mode", "No, give it with no name"),
        Phrase("mode", "Answers for everybody stand in News and answers."),
        "board",
    ),
    "code": (
        Phrase("mode", "Yes, give me a reply code"),
        Phrase("mode", "Only your code opens the answer. Nobody learns who you are."),
        "reply",
    ),
}


@dataclass(frozen=True, slots=True)
class ModeView:
    """The ways to give a suggestion; `small` says what each means."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[Tile, ...]


class ModePresenter(Barred):
    """What a touch on this choice means."""

    kind = object  # it stands before a text box or before the review, wherever that is

    def view(self) -> ModeView:
        """Return the ways that are offered."""
        return ModeView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("mode", "Do you want an answer for you alone?"),
            lines=tuple(self._tile(mode) for mode in MODES),
        )

    def bars(self) -> Bars:
        """Return the usual bars; none while something else is shown."""
        return self.usual_bars() if choosing_mode(self._turn.sitting) else Bars()

    def _tile(self, mode: Mode) -> Tile:
        words, meaning, picture = WAYS[mode]
        return Tile(mode, self.phrase(words), picture, small=self.phrase(meaning))

    def touch_tile(self, key: str) -> None:
        """Choose this way, and go on to where one stood."""
        sitting = self._turn.sitting
        if key in MODES and choosing_mode(sitting) and not sitting.asking:
            self._turn.move(in_mode(sitting, key))

    def back(self) -> None:
        """Go back to the question before."""
        sitting = self._turn.sitting
        at_question = isinstance(sitting.place, AtQuestion)
        self._turn.move(backward(sitting) if at_question else last_question(sitting))
