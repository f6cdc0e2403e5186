"""Shall it be read aloud? Asked once after the language, on a page that is spoken itself; kept for the turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import Home, ReadToMe
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred


@dataclass(frozen=True, slots=True)
class ReadToMeView:
    """One question, who would hear it, and two buttons."""

    look: Look
    bars: Bars
    title: Said
    body: Said
    yes: Said
    no: Said


class ReadToMePresenter(Barred):
    """What a touch on the question means."""

    kind = ReadToMe

    def view(self) -> ReadToMeView:
        """Return the question; whoever may be heard by others is told so first."""
        self.place(ReadToMe)
        return ReadToMeView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("read_to_me", "Do you want this read to you?"),
            body=self.say("read_to_me", "Only you can hear it, in the headphones.")
            if self._turn.hearing.alone()
            else self.say("read_to_me", "People near you can hear it too. Your answers are never read out."),
            yes=self.say("read_to_me", "Yes, read to me"),
            no=self.say("read_to_me", "No, thank you"),
        )

    def bars(self) -> Bars:
        """Return the bars; Back leads nowhere from here, Language does."""
        return replace(self.usual_bars(), back=None)

    def touch_yes(self) -> None:
        """Read every page from now on."""
        self._chosen(read_aloud=True)

    def touch_no(self) -> None:
        """Stay silent; Listen reads one page."""
        self._chosen(read_aloud=False)

    def _chosen(self, *, read_aloud: bool) -> None:
        if self.here(ReadToMe) is not None:
            self._turn.move(replace(self._turn.sitting, place=Home(), read_aloud=read_aloud))
