"""What is open: one tile a consultation, with its minutes; nothing shows what anybody did before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.presenters.home import open_for
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred, pages_of, turned
from kiosk.sitting import Consultations, Home, Opened, goes, take_up
from models.questionnaire import LanguageTag, worded

A_PAGE: Final = 5


@dataclass(frozen=True, slots=True)
class ConsultationsView:
    """Up to five tiles a page; the key of a tile is the consultation's id, `small` its minutes."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None


class ConsultationsPresenter(Barred):
    """What a touch on the list means."""

    kind = Consultations

    def view(self) -> ConsultationsView:
        """Return one page of what is open."""
        place = self.place(Consultations)
        every = open_for(self._turn, place.purpose)
        return ConsultationsView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("consultations", "What is open today"),
            tiles=tuple(self._tile(opened) for opened in every[place.page * A_PAGE : (place.page + 1) * A_PAGE]),
            more=self.say("consultations", "More") if len(every) > A_PAGE else None,
        )

    def _tile(self, opened: Opened) -> Tile:
        form = opened.questionnaire
        words, language = worded(form, form.title, LanguageTag(self._turn.tag()))
        title = "".join(part for part in words if isinstance(part, str))
        seconds = sum(module.seconds for module in form.modules if not module.practice)
        minutes = max(1, -(-seconds // 60))
        if minutes == 1:
            small = self.say("consultations", "About one minute")
        else:
            small = self.say("consultations", "Minutes, about: {minutes}", minutes=minutes)
        return Tile(opened.consultation.id, Said(title, language.tag, language.direction), small=small)

    def touch_tile(self, key: str) -> None:
        """Begin this consultation."""
        place = self.here(Consultations)
        if place is None:
            return
        sitting, doors = self._turn.sitting, self._turn.doors
        for opened in open_for(self._turn, place.purpose):
            if opened.consultation.id == key:
                self._turn.move(take_up(sitting, opened, doors.today(), doors.seed()))
                return

    def touch_more(self) -> None:
        """Show the next page."""
        place = self.here(Consultations)
        if place is not None:
            pages = pages_of(len(open_for(self._turn, place.purpose)), A_PAGE)
            self._turn.move(goes(self._turn.sitting, Consultations(place.purpose, turned(place.page, pages))))

    def back(self) -> None:
        """Go Home."""
        self._turn.move(goes(self._turn.sitting, Home()))
