"""The vote is in: seal codes to copy on to the stub, in headphones only; nothing of the choice is left to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.booth_places import BoothSealed
from kiosk.presenters.booth_vote import in_words
from kiosk.presenters.booth_welcome import election_foot
from kiosk.presenters.page import Block
from kiosk.presenters.room import LARGEST
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred, pages_of, turned
from kiosk.sitting import goes

A_PAGE: Final = 2
ROOMY: Final = 300  # letters of a page that holds so many codes


@dataclass(frozen=True, slots=True)
class BoothSealedView:
    """A code a vote, each below the vote's title; and what to do with slip and stub."""

    look: Look
    bars: Bars
    title: Said
    codes: tuple[Block, ...]
    body: tuple[Said, ...]
    more: Said | None
    foot: Said | None


class BoothSealedPresenter(Barred):
    """What a touch at the end means."""

    kind = BoothSealed

    def view(self) -> BoothSealedView:
        """Return the codes."""
        place, a_page = self.place(BoothSealed), self._a_page()
        pages = pages_of(len(place.codes), a_page)
        shown = place.codes[place.page * a_page : (place.page + 1) * a_page]
        more = self.say("page", "More ({page} of {pages})", page=place.page + 1, pages=pages)
        return BoothSealedView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("booth", "Thank you. Your vote is in."),
            codes=tuple(Block(self._title(number), Said(code, "en", "ltr", typed=True)) for number, code in shown),
            body=(
                self.say("booth", "You may copy this on to the small part of your slip. It does not tell your vote."),
                self.say("booth", "Now tear up the part with the long number."),
            ),
            more=more if pages > 1 else None,
            foot=election_foot(self._turn)
            if self._turn.sitting.scale != LARGEST
            else None,  # large words need its room
        )

    def _a_page(self) -> int:
        """Return how many codes stand on a page, in type that can be copied from afar."""
        scale = self._turn.sitting.scale
        most = min(A_PAGE, A_PAGE * self._turn.room.letters // ROOMY)
        return max(1, most * 100 * 100 // (scale * scale))

    def _title(self, number: int) -> Said | None:
        poll = self._turn.sitting.poll
        if poll is None:
            return None
        return in_words(self._turn, dict(poll.shelved.election.definition.contest(number).title))

    def bars(self) -> Bars:
        """Return the bars; there is nothing to go back to."""
        return replace(self.usual_bars(onward=self.say("farewell", "Finish")), back=None)

    def touch_more(self) -> None:
        """Show the next codes; after the last, the first."""
        place = self.here(BoothSealed)
        if place is not None:
            page = turned(place.page, pages_of(len(place.codes), self._a_page()))
            self._turn.move(goes(self._turn.sitting, replace(place, page=page)))

    def onward(self) -> None:
        """Leave: the codes are gone."""
        self._turn.wipe()
