"""Farewell: thanks, who reads it, when the answer comes; nothing of the answers is left."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.places import Farewell, Home
from kiosk.presenters.day import month_of
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred
from kiosk.sitting import goes


@dataclass(frozen=True, slots=True)
class FarewellView:
    """Sentences one below the other, and two buttons."""

    look: Look
    bars: Bars
    title: Said
    body: tuple[Said, ...]
    home: Said
    finish: Said


class FarewellPresenter(Barred):
    """What a touch on the farewell means."""

    kind = Farewell

    def view(self) -> FarewellView:
        """Return what everybody is told; help is offered to everyone, so that its being there tells nothing."""
        place = self.place(Farewell)
        day = self.phrase(month_of(place.answer_by), day=place.answer_by.day, year=place.answer_by.year)
        return FarewellView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("farewell", "Thank you"),
            body=(
                self.say("farewell", "Your answers are locked. Nobody here can read them."),
                self.say("farewell", "They are read by: {reader}.", reader=place.reader),
                self.say("farewell", "Look here for the answer by {day}.", day=day),
                self.say("farewell", "Worried about something? Touch Help to see who can help."),
            ),
            home=self.say("farewell", "Home"),
            finish=self.say("farewell", "Finish"),
        )

    def bars(self) -> Bars:
        """Return Listen, Bigger and Help; there is nothing left to stop or to hide, and nothing to go back to."""
        return Bars(listen=self.listen_words(), bigger=self.say("bars", "Bigger"), help=self.say("bars", "Help"))

    def touch_home(self) -> None:
        """See what else there is; the answers are gone already."""
        if self.here(Farewell) is not None:
            self._turn.move(goes(self._turn.sitting, Home()))

    def touch_finish(self) -> None:
        """Leave."""
        if self.here(Farewell) is not None:
            self._turn.wipe()
