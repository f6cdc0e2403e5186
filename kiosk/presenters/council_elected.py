"""Who is elected in a vote, as cards: name and symbol, until when, and how to reach them; a card leads to their words.

Rule 1: everybody has the same card, in the order of election; more cards than a page holds stand on further pages.
Source: elections.md section 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.booth_places import CouncilPage
from kiosk.presenters.booth_vote import name_of, photo_of, picture_of
from kiosk.presenters.council_page import called
from kiosk.presenters.council_stop import AtStop
from kiosk.presenters.council_told import ElectedStop, Told
from kiosk.presenters.council_words import below_cards
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.sitting import goes


@dataclass(frozen=True, slots=True)
class CouncilElectedView:
    """The title of a vote, one card a seat with its place as key, and what holds for all of them."""

    look: Look
    bars: Bars
    title: Said
    hint: Said
    tiles: tuple[Tile, ...]
    lines: tuple[Said, ...]


class CouncilElectedPresenter(AtStop):
    """What a touch on a card means."""

    shows = ElectedStop

    def view(self) -> CouncilElectedView:
        """Return the cards of this page."""
        place = self.place(CouncilPage)
        what = self.told(place)
        return CouncilElectedView(
            look=self.look(),
            bars=self.bars(),
            title=self.title(what),
            hint=self.say("council", "Elected. Touch a name to read more."),
            tiles=self._tiles(place, what),
            lines=below_cards(self._turn, what),
        )

    def _tiles(self, place: CouncilPage, what: Told) -> tuple[Tile, ...]:
        stop = self.stop(place)
        if not isinstance(stop, ElectedStop):
            return ()
        tiles = []
        for at, seat in enumerate(what.seats[stop.first : stop.last], stop.first):
            one = seat.candidate
            party = None if seat.person is None else name_of(self._turn, what.contest, one)
            picture = photo_of(self._turn, one) or picture_of(what.contest, one)
            tiles.append(Tile(str(at), called(self._turn, what, seat), picture, small=party))
        return tuple(tiles)

    def touch_tile(self, key: str) -> None:
        """Read what somebody said, until when, and how to reach this one."""
        place = self.here(CouncilPage)
        if place is not None and key in {tile.key for tile in self.view().tiles}:
            self._turn.move(goes(self._turn.sitting, replace(place, person=int(key), leaf=0)))
