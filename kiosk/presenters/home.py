"""Home: what there is to do here; at most six tiles, absent if nothing is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import Board, Consultations, Home
from kiosk.presenters import before
from kiosk.presenters.comeback import all_long, ask_which
from kiosk.presenters.council import election_over
from kiosk.presenters.purposes import OWN_TILE, TAKE_PART, open_for
from kiosk.presenters.replying import may_hold_code
from kiosk.presenters.shown import Bars, Look, Phrase, Said, Tile
from kiosk.presenters.touching import Barred, Here
from kiosk.sitting import goes
from models.questionnaire import Purpose

TILES: Final = {
    TAKE_PART: Phrase("home", "Take part"),
    "suggest": Phrase("home", "Suggest something"),
    "board": Phrase("home", "News and answers"),
    "thank": Phrase("home", "Thank someone"),
    "sign-up": Phrase("home", "Sign up"),
    "come-back": Phrase("home", "I have a code"),
}
"""In the order of the page; the key is also the picture's name."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """At most six tiles, with the keys of TILES."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]


class HomePresenter(Barred):
    """What a touch on Home means."""

    kind = Home

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super().here(kind)
        return place if self._turn.sitting.poll is None else None

    def view(self) -> HomeView:
        """Return the tiles of what is open today."""
        tiles = self._tiles()
        title = self.say("home", "What would you like to do?") if tiles else self.say("home", "Nothing is open today.")
        return HomeView(look=self.look(), bars=self.bars(), title=title, tiles=tiles)

    def bars(self) -> Bars:
        """Return the bars; Back leads nowhere from here, Language does."""
        return replace(self.usual_bars(), back=None)

    def _tiles(self) -> tuple[Tile, ...]:
        shelf = self._turn.shelf()
        there = {
            TAKE_PART: bool(open_for(self._turn, Purpose.SURVEY)),
            **{tile: bool(open_for(self._turn, purpose)) for purpose, tile in OWN_TILE.items()},
            "board": shelf is not None
            and (bool(shelf.notices) or election_over(self._turn) is not None or may_hold_code(self._turn)),
            "come-back": bool(all_long(self._turn)),
        }
        return tuple(Tile(key, self.phrase(words), key) for key, words in TILES.items() if there[key])

    def touch_tile(self, key: str) -> None:
        """Go where the tile says; straight in where only one thing is open."""
        if self.here(Home) is None:
            return
        purposes = {tile: purpose for purpose, tile in OWN_TILE.items()} | {TAKE_PART: Purpose.SURVEY}
        if key in purposes:
            self._take_part(purposes[key])
        elif key == "board":
            self._turn.move(goes(self._turn.sitting, Board()))
        elif key == "come-back":
            ask_which(self._turn)

    def _take_part(self, purpose: Purpose) -> None:
        every = open_for(self._turn, purpose)
        if len(every) > 1:
            self._turn.move(goes(self._turn.sitting, Consultations(purpose)))
        elif every:
            before.ask(self._turn, every[0])
