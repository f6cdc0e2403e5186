"""An election that is over: is my vote there, and what came of each vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.booth_places import Council, CouncilPage, Stub
from kiosk.places import Board
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred, Turning, pages_of, turned
from kiosk.sitting import goes
from models.consultation import text_of
from models.elections import OnTheShelf
from models.questionnaire import LanguageTag

CLOSED: Final = 1
COUNTED: Final = 2
"""Stages of a board: what was in the boxes; what came of it."""


@dataclass(frozen=True, slots=True)
class CouncilView:
    """A tile to look up a stub number, with the key "stub", and one for each vote, with its number as key."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]


def election_over(turn: Turning) -> OnTheShelf | None:
    """Return the last election of the shelf that has a board, or None."""
    shelf = turn.shelf()
    every = () if shelf is None else shelf.elections
    return next((one for one in reversed(every) if (one.stage or 0) >= CLOSED), None)


class CouncilPresenter(Barred):
    """What a touch on an election that is over means."""

    kind = Council

    def view(self) -> CouncilView:
        """Return what there is to look at."""
        every, place = self._tiles(), self.place(Council)
        a_page = self._turn.room.tiles_at(self._turn.sitting.scale)
        more = len(every) > a_page
        shown = a_page - 1 if more else a_page
        tiles = every[place.page * shown : (place.page + 1) * shown]
        return CouncilView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("council", "Election results"),
            tiles=(*tiles, Tile("more", self.say("board", "More"), "more")) if more else tiles,
        )

    def _tiles(self) -> tuple[Tile, ...]:
        over = election_over(self._turn)
        if over is None:
            return ()
        tag = LanguageTag(self._turn.tag())
        return (
            Tile("stub", self.say("council", "Is my vote there?"), "tell"),
            *(
                Tile(str(contest.number), self._turn.spoken(*text_of(contest.title, tag)), "results")
                for contest in over.election.definition.contests
            ),
        )

    def touch_tile(self, key: str) -> None:
        """Look up a stub number, read a result, or turn the page."""
        place = self.here(Council)
        if place is None or key not in {tile.key for tile in self.view().tiles}:
            return
        if key == "more":
            shown = self._turn.room.tiles_at(self._turn.sitting.scale) - 1
            page = turned(place.page, pages_of(len(self._tiles()), shown))
            self._turn.move(goes(self._turn.sitting, Council(page)))
        else:
            there = Stub() if key == "stub" else CouncilPage(contest=int(key))
            self._turn.move(goes(self._turn.sitting, there))

    def back(self) -> None:
        """Go back to the noticeboard."""
        self._turn.move(goes(self._turn.sitting, Board()))
