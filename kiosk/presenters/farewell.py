"""Farewell: thanks, who reads it, when the answer comes, who can help; nothing of the answers is left.

Rule 1: what is said follows from the consultation alone; two people who answered differently see the same.
Rule 2: help is offered to everyone, so that its being there tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.places import Farewell, Home
from kiosk.presenters.day import month_of
from kiosk.presenters.purposes import opened_as, reader_of
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred
from kiosk.sitting import Opened, goes
from models.questionnaire import Purpose


@dataclass(frozen=True, slots=True)
class FarewellView:
    """Sentences one below the other, and three buttons: who can help, Home, Finish."""

    look: Look
    bars: Bars
    title: Said
    body: tuple[Said, ...]
    who: Said
    home: Said
    finish: Said


class FarewellPresenter(Barred):
    """What a touch on the farewell means."""

    kind = Farewell

    def view(self) -> FarewellView:
        """Return what everybody is told who handed in to this consultation."""
        opened = opened_as(self._turn, self.place(Farewell).consultation)
        by = opened.consultation.answer_by
        day = self.phrase(month_of(by), day=by.day, year=by.year)
        return FarewellView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("farewell", "Thank you"),
            body=(
                *self._kept(opened),
                self.say("farewell", "Look here for the answer by {day}.", day=day),
                self.say("farewell", "Worried about something? Touch Who can help."),
            ),
            who=self.say("help", "Who can help"),
            home=self.say("farewell", "Home"),
            finish=self.say("farewell", "Finish"),
        )

    def _kept(self, opened: Opened) -> tuple[Said, Said]:
        """Return what becomes of it, and who reads it."""
        reader = reader_of(self._turn, opened)
        match opened.questionnaire.purpose:
            case Purpose.SIGN_UP:
                locked = self.say("farewell", "It is locked, and goes to nobody else.")
                return locked, self.say("farewell", "It is read by: {reader}.", reader=reader)
            case Purpose.SHOUT_OUT:
                locked = self.say("farewell", "Your thanks are on their way. Nobody learns who sent them.")
                return locked, self.say("farewell", "They are read by: {reader}.", reader=reader)
            case _:
                locked = self.say("farewell", "Your answers are locked. Nobody here can read them.")
                return locked, self.say("farewell", "They are read by: {reader}.", reader=reader)

    def bars(self) -> Bars:
        """Return Listen, Bigger and Help; there is nothing left to stop or to hide, and nothing to go back to."""
        return Bars(listen=self.listen_words(), bigger=self.say("bars", "Bigger"), help=self.say("bars", "Help"))

    def touch_who(self) -> None:
        """See who can help."""
        self.touch_help()

    def touch_home(self) -> None:
        """See what else there is; the answers are gone already."""
        if self.here(Farewell) is not None:
            self._turn.move(goes(self._turn.sitting, Home()))

    def touch_finish(self) -> None:
        """Leave."""
        if self.here(Farewell) is not None:
            self._turn.wipe()
