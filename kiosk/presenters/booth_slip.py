"""The long number of a slip: 22 digits in groups, typed or read in by a scanner that types.

Rule 1: a wrong number is wrong, and no more is said: neither which digit, nor whether the slip exists.
Rule 2: what was typed is dropped as soon as it was tried.
Rule 3: the number of a paper's slip is typed twice, and must be the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kiosk.booth_places import BoothPaper, BoothSlip, BoothVote
from kiosk.paper_entry import anew, on_paper, slip_taken
from kiosk.places import Home, Opening
from kiosk.presenters.booth_doors import SlipVerdict
from kiosk.presenters.booth_vote import first_page
from kiosk.presenters.booth_welcome import election_foot
from kiosk.presenters.pads import DIGITS, as_on_a_telephone
from kiosk.presenters.shown import Bars, Key, Look, Phrase, Said
from kiosk.presenters.touching import Barred, Turning
from kiosk.sitting import Sitting, goes
from kiosk.voting import Voting
from models.election.slip import CODE_DIGITS
from models.errors import WingVoiceError

GROUP: Final = 4
GROUPS: Final = -(-CODE_DIGITS // GROUP)
TROUBLES: Final = {
    "wrong": (Phrase("booth", "That number is not right."), Phrase("booth", "Look at your slip, and type it again.")),
    "used": (
        Phrase("booth", "This slip has voted already."),
        Phrase("booth", "If that was not you, please tell the clerk."),
    ),
    "wait": (Phrase("booth", "Please wait three seconds."), Phrase("booth", "Then type the number again.")),
}
OF_PAPER: Final = TROUBLES | {
    "wrong": (Phrase("booth", "That number is not right."), Phrase("paper", "Look at the slip, and type it again.")),
    "used": (
        Phrase("booth", "This slip has voted already."),
        Phrase("paper", "Put it aside with its paper. Call the returning officer."),
    ),
}
"""The same to two people who hold somebody else's slip."""


@dataclass(frozen=True, slots=True)
class BoothSlipView:
    """The digits so far, in groups of four, the last of two; and a number pad. Keys: digits and "delete"."""

    look: Look
    bars: Bars
    title: Said
    groups: tuple[str, ...]
    rows: tuple[tuple[Key, ...], ...]
    trouble: tuple[Said, ...]
    foot: Said | None


class BoothSlipPresenter(Barred):
    """What a touch on the number pad means; `touch_onward` looks for the slip."""

    kind = BoothSlip

    def view(self) -> BoothSlipView:
        """Return the number as far as it is there."""
        place = self.place(BoothSlip)
        troubles = OF_PAPER if on_paper(self._turn.sitting) else TROUBLES
        return BoothSlipView(
            look=self.look(),
            bars=self.bars(),
            title=self._title(),
            groups=tuple(place.typed[at * GROUP : (at + 1) * GROUP] for at in range(GROUPS)),
            rows=as_on_a_telephone(DIGITS, self.say("keyboard", "Delete").text),
            trouble=tuple(self.phrase(words) for words in troubles.get(place.trouble or "", ())),
            foot=election_foot(self._turn),
        )

    def _title(self) -> Said:
        if not on_paper(self._turn.sitting):
            return self.say("booth", "Type the long number of your slip")
        if self._turn.sitting.first is None:
            return self.say("paper", "First time: number of the slip")
        return self.say("paper", "Second time: number of the slip")

    def bars(self) -> Bars:
        """Return the bars; onward is there once all digits are."""
        place = self._turn.sitting.place
        ready = isinstance(place, BoothSlip) and len(place.typed) == CODE_DIGITS
        return self.usual_bars(onward=self.say("comeback", "Go on") if ready else None)

    def touch_key(self, key: str) -> None:
        """Type a digit, or take the last one away; a scanner types as well."""
        place = self.here(BoothSlip)
        if place is None:
            return
        if key == "delete":
            self._turn.move(goes(self._turn.sitting, BoothSlip(place.typed[:-1])))
        elif len(key) == 1 and key in "0123456789" and len(place.typed) < CODE_DIGITS:
            self._turn.move(goes(self._turn.sitting, BoothSlip(place.typed + key)))

    def back(self) -> None:
        """Go back to the page before; the digits are dropped."""
        second = self._turn.sitting.first is not None
        self._turn.move(goes(self._turn.sitting, BoothPaper("swap") if second else Home()))

    def onward(self) -> None:
        """Look for the slip off the screen's thread; until then a page says so."""
        turn, place = self._turn, self.place(BoothSlip)
        errand, typed = turn.errand(), place.typed
        turn.move(goes(turn.sitting, Opening()))
        turn.doors.booth.take_slip(typed, self._answer(turn, errand))

    @staticmethod
    def _answer(turn: Turning, errand: int) -> Callable[[SlipVerdict | WingVoiceError], None]:
        def then(verdict: SlipVerdict | WingVoiceError) -> None:
            if isinstance(verdict, WingVoiceError):
                turn.fail(verdict)
            elif turn.current(errand):
                turn.arrive(_after(turn, verdict))

        return then


def _after(turn: Turning, verdict: SlipVerdict) -> Sitting:
    """Return the sitting where a verdict leads: to the first vote, or back to an empty number.

    A used slip in the second entry of a paper is another one than in the first: that one had not voted.
    """
    poll = turn.sitting.poll
    if verdict.trouble == "used" and turn.sitting.first is not None:
        return anew(turn.sitting, BoothPaper("differ"))
    if verdict.slip is None or poll is None:
        return goes(turn.sitting, BoothSlip(trouble=verdict.trouble or "wrong"))
    voting = Voting(poll, verdict.slip, turn.doors.booth.order_seed())
    if on_paper(turn.sitting):
        return slip_taken(turn.sitting, verdict.slip, voting)
    return replace(turn.sitting, voting=voting, place=first_page(voting, BoothVote(0)))
