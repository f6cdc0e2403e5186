"""What is open: one tile a consultation, with its minutes; nothing shows what anybody did before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.places import Consultations, Home
from kiosk.presenters import before
from kiosk.presenters.comeback import all_long, ask_code, ask_which
from kiosk.presenters.purposes import minutes_of, open_for, picture_of, title_of
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred, pages_of, turned
from kiosk.sitting import Opened, goes


@dataclass(frozen=True, slots=True)
class ConsultationsView:
    """Up to five tiles a page; the key of a tile is the consultation's id, `small` its minutes.

    `come_back` is for somebody with a code, where there is anything to come back to.
    """

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None
    come_back: Said | None


class ConsultationsPresenter(Barred):
    """What a touch on the list means."""

    kind = Consultations

    def view(self) -> ConsultationsView:
        """Return one page of what is open."""
        place = self.place(Consultations)
        every, a_page = self._every(place), self._turn.room.things_at(self._turn.sitting.scale)
        first = place.page * a_page
        return ConsultationsView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("consultations", "Which one did you begin?")
            if place.coming_back
            else self.say("consultations", "What is open today"),
            tiles=tuple(self._tile(opened) for opened in every[first : first + a_page]),
            more=self.say("consultations", "More") if len(every) > a_page else None,
            come_back=self.say("consultations", "I have a code")
            if all_long(self._turn) and not place.coming_back
            else None,
        )

    def _every(self, place: Consultations) -> Sequence[Opened]:
        return all_long(self._turn) if place.coming_back else open_for(self._turn, place.purpose)

    def _tile(self, opened: Opened) -> Tile:
        purpose = opened.questionnaire.purpose
        title, minutes = title_of(self._turn, opened), minutes_of(self._turn, opened)
        return Tile(opened.consultation.id, title, picture_of(purpose), small=minutes)

    def touch_tile(self, key: str) -> None:
        """Say what must be known before this consultation, or ask for its code."""
        place = self.here(Consultations)
        if place is None:
            return
        opened = next((one for one in self._every(place) if one.consultation.id == key), None)
        if opened is not None:
            (ask_code if place.coming_back else before.ask)(self._turn, opened)

    def touch_come_back(self) -> None:
        """Go on with what was begun on an earlier visit."""
        place = self.here(Consultations)
        if place is not None and not place.coming_back:
            ask_which(self._turn)

    def touch_more(self) -> None:
        """Show the next page."""
        place = self.here(Consultations)
        if place is not None:
            pages = pages_of(len(self._every(place)), self._turn.room.things_at(self._turn.sitting.scale))
            self._turn.move(goes(self._turn.sitting, replace(place, page=turned(place.page, pages))))

    def back(self) -> None:
        """Go Home."""
        self._turn.move(goes(self._turn.sitting, Home()))
