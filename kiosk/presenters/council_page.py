"""A page of words of the board: what it says of a stub number, a vote without a picture, or somebody who is elected.

Rule 1: figures are those of the published count; where none are published, none are shown.
Rule 2: whoever is elected has a page with the same words as in the booth, until when, and how to reach them.
Source: elections.md 5.7, 6 and 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from kiosk.booth_places import CouncilPage
from kiosk.presenters.booth_vote import in_words, name_of, photo_of, picture_of
from kiosk.presenters.council import election_over
from kiosk.presenters.council_stop import AtStop, stop_at
from kiosk.presenters.council_told import Seat, Told, WordsStop, told
from kiosk.presenters.council_words import pages_of_words, reach, term
from kiosk.presenters.page import Block, PageView, cut, more
from kiosk.presenters.shown import Bars, Phrase, Said
from kiosk.presenters.touching import Here, Turning, turned
from kiosk.sitting import goes

FOUND: Final[Mapping[str, tuple[Phrase, ...]]] = {
    "counted": (Phrase("council", "Yes. A vote with this number is counted."),),
    "used twice, one counted": (
        Phrase("council", "This number was used twice. One of the two is counted."),
        Phrase("council", "Was that not you? Please tell the person from outside."),
    ),
    "not here": (
        Phrase("council", "This number is not here."),
        Phrase("council", "Look at your slip again. Or tell the person from outside."),
    ),
}


@dataclass(frozen=True, slots=True)
class CouncilPageView(PageView):
    """A page of the board, as every page is read."""


class CouncilPagePresenter(AtStop):
    """What a touch on a page of words means."""

    shows = WordsStop

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super(AtStop, self).here(kind)
        return place if shows_words(self._turn, place) else None

    def view(self) -> CouncilPageView:
        """Return what is read now."""
        place = self.place(CouncilPage)
        if place.found is not None:
            return self._read(place, self.say("council", "Is my vote there?"), self._found(place.found))
        what = told(self._turn, place.contest)
        if what is None:
            nothing = [Block(None, self.say("council", "There is no result yet."))]
            return self._read(place, self.say("council", "Election results"), nothing)
        if place.person is not None:
            return self._person(place, what, what.seats[place.person])
        stop = self.stop(place)
        leaf = stop.leaf if isinstance(stop, WordsStop) else 0
        return self._leaf(self.title(what), pages_of_words(self._turn, what)[leaf])

    def _read(self, place: CouncilPage, title: Said, blocks: list[Block]) -> CouncilPageView:
        """Return words with a control of their own to read on."""
        pages = cut(self._turn, blocks)
        page = min(place.leaf, len(pages) - 1)
        return replace(
            self._leaf(title, pages[page]),
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
        )

    def _leaf(self, title: Said, blocks: tuple[Block, ...]) -> CouncilPageView:
        return CouncilPageView(
            look=self.look(),
            bars=self.bars(),
            title=title,
            blocks=blocks,
            picture="results",
            page=0,
            pages=1,
            more=None,
        )

    def _found(self, found: str) -> list[Block]:
        blocks = [Block(None, self.phrase(one)) for one in FOUND[found]]
        over = election_over(self._turn)
        outside = {} if over is None or found == "counted" else dict(over.election.definition.outside)
        if outside:
            blocks.append(Block(self.say("council", "The person from outside"), in_words(self._turn, outside)))
        return blocks

    def _person(self, place: CouncilPage, what: Told, seat: Seat) -> CouncilPageView:
        one, serves = seat.candidate, term(self._turn, what)
        blocks = [] if serves is None else [Block(None, serves)]
        blocks.append(Block(self.say("council", "How to reach them"), reach(self._turn, what, seat)))
        if seat.person is not None:
            blocks.insert(0, Block(None, name_of(self._turn, what.contest, one)))
        if one.statement:
            said = in_words(self._turn, dict(one.statement))
            blocks.append(Block(self.say("council", "What they said before the vote"), said))
        view = self._read(place, called(self._turn, what, seat), blocks)
        return replace(view, picture=picture_of(what.contest, one), large=photo_of(self._turn, one))

    def bars(self) -> Bars:
        """Return the bars; a page of somebody, or of a number, leads back alone."""
        place = self._turn.sitting.place
        if isinstance(place, CouncilPage) and (place.found is not None or place.person is not None):
            return self.usual_bars()
        return super().bars()

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place = self.here(CouncilPage)
        if place is not None and self.view().more is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, replace(place, leaf=turned(view.page, view.pages))))


def shows_words(turn: Turning, place: object) -> bool:
    """Return whether a page of words stands at a place: of a number, of somebody, or of a vote."""
    if not isinstance(place, CouncilPage):
        return False
    if place.found is not None or place.person is not None:
        return True
    return isinstance(stop_at(turn, place), WordsStop | None)


def called(turn: Turning, what: Told, seat: Seat) -> Said:
    """Return who has a seat: the person, or the party where nobody is named."""
    if seat.person is None:
        return name_of(turn, what.contest, seat.candidate)
    return turn.spoken(seat.candidate.people[seat.person], turn.tag())
