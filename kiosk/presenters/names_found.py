"""A name or a number may stand in what somebody wrote: take it out, or leave it; the kiosk itself takes nothing out.

Rule 1: it does not say which word it is: somebody else may be looking.
Rule 2: leaving it hands in; so does going away, for Hand in was touched before this was asked. Stop wipes.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.places import AtQuestion, CodeGiven, NamesFound, Review
from kiosk.presenters.handing_in import hand_in
from kiosk.presenters.replying import wants_code
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred
from kiosk.sitting import goes, sheet_of
from kiosk.writing import text_boxes


@dataclass(frozen=True, slots=True)
class NamesFoundView:
    """A question and its two answers."""

    look: Look
    bars: Bars
    title: Said
    body: tuple[Said, ...]
    take_out: Said
    leave_it: Said


class NamesFoundPresenter(Barred):
    """What a touch on this question means."""

    kind = NamesFound

    def view(self) -> NamesFoundView:
        """Return the question."""
        return NamesFoundView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("names_found", "Is there a name or a number in it?"),
            body=(
                self.say("names_found", "It may say who somebody is."),
                self.say("names_found", "Your words count just as much without it."),
            ),
            take_out=self.say("names_found", "Take it out"),
            leave_it=self.say("names_found", "Leave it"),
        )

    def touch_take_out(self) -> None:
        """Go back to the words; what is taken out is the person's own choice."""
        sitting = self._turn.sitting
        if self.here(NamesFound) is not None:
            written = [path for path in text_boxes(sitting) if sheet_of(sitting).value(path)]
            there = AtQuestion(written[0], to_review=True) if written else Review()  # closed in another language
            self._turn.move(goes(sitting, there))

    def touch_leave_it(self) -> None:
        """Hand in as it is."""
        if self.here(NamesFound) is not None:
            hand_in(self._turn)

    def back(self) -> None:
        """Go back to the review, or to the code for the reply, where Hand in was touched."""
        sitting = self._turn.sitting
        self._turn.move(goes(sitting, CodeGiven("reply") if wants_code(sitting) else Review()))
