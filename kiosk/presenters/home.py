"""Home: what there is to do here; at most six tiles, absent if nothing is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import Board, Consultations, Home
from kiosk.presenters.comeback import all_long, ask_which, begin
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred, Turning
from kiosk.sitting import Opened, goes
from models.questionnaire import Purpose

TALKING: Final = (Purpose.SUGGESTION, Purpose.SHOUT_OUT)  # each has a tile of its own


@dataclass(frozen=True, slots=True)
class HomeView:
    """Keys of the tiles: take-part, suggest, board, thank, come-back."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]


def open_for(turn: Turning, purpose: Purpose) -> Sequence[Opened]:
    """Return what is open of a purpose; every purpose without a tile of its own counts as taking part."""
    shelf = turn.shelf()
    every = () if shelf is None else shelf.consultations
    if purpose in TALKING:
        return [opened for opened in every if opened.questionnaire.purpose == purpose]
    return [opened for opened in every if opened.questionnaire.purpose not in TALKING]


class HomePresenter(Barred):
    """What a touch on Home means."""

    kind = Home

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
        tiles = []
        if open_for(self._turn, Purpose.SURVEY):
            tiles.append(Tile("take-part", self.say("home", "Take part"), "take-part"))
        if open_for(self._turn, Purpose.SUGGESTION):
            tiles.append(Tile("suggest", self.say("home", "Suggest something"), "suggest"))
        if shelf is not None and shelf.notices:
            tiles.append(Tile("board", self.say("home", "News and answers"), "board"))
        if open_for(self._turn, Purpose.SHOUT_OUT):
            tiles.append(Tile("thank", self.say("home", "Thank someone"), "thank"))
        if all_long(self._turn):
            tiles.append(Tile("come-back", self.say("home", "I have a code"), "come-back"))
        return tuple(tiles)

    def touch_tile(self, key: str) -> None:
        """Go where the tile says; straight in where only one thing is open."""
        if self.here(Home) is None:
            return
        match key:
            case "take-part":
                self._take_part(Purpose.SURVEY)
            case "suggest":
                self._take_part(Purpose.SUGGESTION)
            case "thank":
                self._take_part(Purpose.SHOUT_OUT)
            case "board":
                self._turn.move(goes(self._turn.sitting, Board()))
            case "come-back":
                ask_which(self._turn)
            case _:
                return

    def _take_part(self, purpose: Purpose) -> None:
        every = open_for(self._turn, purpose)
        if len(every) > 1:
            self._turn.move(goes(self._turn.sitting, Consultations(purpose)))
        elif every:
            begin(self._turn, every[0])
