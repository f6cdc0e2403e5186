"""A code, given once: four pictures with their names, six digits in two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import Between, CodeGiven, Review
from kiosk.presenters.comeback import code_of, picture_tiles
from kiosk.presenters.comeback_names import KINDS
from kiosk.presenters.handing_in import ask_to_hand_in
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.sitting import farewell, goes
from models.comeback import Code

GROUP: Final = 3


@dataclass(frozen=True, slots=True)
class ComebackGivenView:
    """Pictures run in reading direction; digits, in groups, from left to right in every language."""

    look: Look
    bars: Bars
    title: Said
    pictures: tuple[Tile, ...]
    digits: tuple[str, ...]
    body: tuple[Said, ...]


class ComebackGivenPresenter(Barred):
    """What a touch beside the code means."""

    kind = CodeGiven

    def view(self) -> ComebackGivenView:
        """Return the code; RuntimeError where there is none, since nobody is led here then."""
        code = self._code()
        if code is None:
            raise RuntimeError("there is no code to give")
        return ComebackGivenView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("comeback", "This is your code"),
            pictures=picture_tiles(self.phrase, code.pictures),
            digits=tuple(code.digits[at : at + GROUP] for at in range(0, len(code.digits), GROUP)),
            body=self._body(),
        )

    def _body(self) -> tuple[Said, ...]:
        """Return what to do with it; on a small screen what it is for was said before."""
        copy = self.say("comeback", "Copy all of it down. Words will do for the pictures.")
        use = (
            self.say("reply", "With it you read the answer, here or on another kiosk.")
            if self._for_a_reply()
            else self.say("comeback", "With it you go on later, here or on another kiosk.")
        )
        keep = self.say("comeback", "It is kept nowhere, and nobody can find it again. Show it to nobody.")
        return (copy, use, keep) if self._turn.room.kinds >= len(KINDS) else (copy, keep)

    def _for_a_reply(self) -> bool:
        return self.place(CodeGiven).to == "reply"

    def _code(self) -> Code | None:
        sitting = self._turn.sitting
        if self._for_a_reply():
            return None if sitting.reply is None else sitting.reply.code
        return code_of(sitting)

    def bars(self) -> Bars:
        """Return the bars; Back is for somebody who would rather go on at once, or look at the answers again."""
        place = self.here(CodeGiven)
        handing_in = place is not None and place.to == "reply"
        done = self.say("review", "Hand in") if handing_in else self.say("comeback", "I have it")
        return self.usual_bars(onward=done)

    def back(self) -> None:
        """Go back to the choice between going on and leaving, or to the answers, which are not handed in yet."""
        self._turn.move(goes(self._turn.sitting, Review() if self._for_a_reply() else Between()))

    def onward(self) -> None:
        """Go to the farewell, and for a reply hand in before; with it the code is gone."""
        if self._for_a_reply():
            ask_to_hand_in(self._turn)
        else:
            self._turn.move(farewell(self._turn.sitting))
