"""The noticeboard: news and answers, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.booth_places import Council
from kiosk.places import Board, Home, Page, Results
from kiosk.presenters.council import election_over
from kiosk.presenters.replying import ask_reply_code, may_hold_code
from kiosk.presenters.shown import Bars, Look, Phrase, Said, Tile
from kiosk.presenters.touching import Barred, Turning, pages_of, turned
from kiosk.sitting import aside, goes
from models.consultation import text_of
from models.noticeboard import Notice, newest_first
from models.questionnaire import LanguageTag

KINDS: Final = {
    "what-changed": (Phrase("board", "What changed"), "change"),
    "notice": (Phrase("board", "News"), "notice"),
    "reply": (Phrase("board", "Answer"), "reply"),
    "results": (Phrase("board", "Results"), "results"),
    "story": (Phrase("board", "Story"), "story"),
}


COUNCIL: Final = "council"
"""The key of the tile of an election that is over; no notice has it."""


@dataclass(frozen=True, slots=True)
class BoardView:
    """Up to four notices a page; the key of a tile is the notice's id, `small` its kind.

    `code` is for somebody with a reply code, where anybody may have one.
    """

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None
    code: Said | None


def notices(turn: Turning) -> tuple[Notice, ...]:
    """Return what there is to read, newest first."""
    shelf = turn.shelf()
    return () if shelf is None else newest_first(shelf.notices)


class BoardPresenter(Barred):
    """What a touch on the noticeboard means."""

    kind = Board

    def _a_page(self) -> int:
        return self._turn.room.notices_at(self._turn.sitting.scale)

    def view(self) -> BoardView:
        """Return one page of notices."""
        place, every, a_page = self.place(Board), self._tiles(), self._a_page()
        return BoardView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("board", "News and answers"),
            tiles=every[place.page * a_page : (place.page + 1) * a_page],
            more=self.say("board", "More") if len(every) > a_page else None,
            code=self.say("board", "I have a reply code") if may_hold_code(self._turn) else None,
        )

    def _tiles(self) -> tuple[Tile, ...]:
        """Return all there is to read: first what came of an election, then the notices."""
        over = election_over(self._turn)
        council = Tile(COUNCIL, self.say("council", "Election results"), "results")
        return (*(() if over is None else (council,)), *(self._tile(notice) for notice in notices(self._turn)))

    def _tile(self, notice: Notice) -> Tile:
        words, picture = KINDS[notice.kind]
        title = self._turn.spoken(*text_of(notice.title, LanguageTag(self._turn.tag())))
        return Tile(notice.id, title, picture, small=self.phrase(words))

    def touch_tile(self, key: str) -> None:
        """Read this notice; results begin with their first finding."""
        if key == COUNCIL and self.here(Board) is not None and election_over(self._turn) is not None:
            self._turn.move(goes(self._turn.sitting, Council()))
            return
        notice = next((notice for notice in notices(self._turn) if notice.id == key), None)
        if self.here(Board) is not None and notice is not None:
            there = Results(key) if notice.findings else Page("notice", key)
            self._turn.move(aside(self._turn.sitting, there))

    def touch_code(self) -> None:
        """Read the answer to what was suggested on an earlier visit."""
        if self.here(Board) is not None and may_hold_code(self._turn):
            ask_reply_code(self._turn)

    def touch_more(self) -> None:
        """Show the next page."""
        place = self.here(Board)
        if place is not None:
            page = turned(place.page, pages_of(len(self._tiles()), self._a_page()))
            self._turn.move(goes(self._turn.sitting, Board(page)))

    def back(self) -> None:
        """Go Home."""
        self._turn.move(goes(self._turn.sitting, Home()))
