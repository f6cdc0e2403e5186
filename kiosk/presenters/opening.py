"""A moment's wait: says so, and lets people leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import Opening
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred

WORKING: Final = "clock"
"""The sign of work that goes on, wherever people have to wait."""


@dataclass(frozen=True, slots=True)
class OpeningView:
    """One sentence; it stands for less than a second."""

    look: Look
    bars: Bars
    title: Said
    sign: str = WORKING


class OpeningPresenter(Barred):
    """What a touch during the wait means."""

    kind = Opening

    def view(self) -> OpeningView:
        """Return the sentence."""
        self.place(Opening)
        return OpeningView(self.look(), self.bars(), self.say("opening", "One moment, please."))

    def bars(self) -> Bars:
        """Return Stop alone: whatever else was touched would be gone in a moment."""
        return Bars(stop=self.say("bars", "Stop"))
