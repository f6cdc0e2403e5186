"""Who can help: people and places of this wing, from every screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import Help, Page
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred, Turning, at_office, pages_of, turned
from kiosk.sitting import aside, goes
from models.consultation import Helper, text_of
from models.questionnaire import LanguageTag


@dataclass(frozen=True, slots=True)
class HelpView:
    """Up to four helpers a page; `small` says how to reach them."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[Tile, ...]
    more: Said | None
    about: Said | None


def helpers(turn: Turning) -> tuple[Helper, ...]:
    """Return the people and places that the bundle names for this place."""
    shelf = turn.shelf()
    return () if shelf is None or shelf.place is None else shelf.place.helpers


class HelpPresenter(Barred):
    """What a touch on the list of helpers means."""

    kind = Help

    def view(self) -> HelpView:
        """Return one page of helpers; there is always at least one way to be helped."""
        place, every, a_page = self.place(Help), helpers(self._turn), self._turn.room.helpers
        tiles = tuple(self._tile(number, helper) for number, helper in enumerate(every))
        if not tiles:
            now = (
                self.say("help", "Ask them now, or call 999.")
                if at_office(self._turn)
                else self.say("help", "Ask them now, or press your bell.")
            )
            tiles = (Tile("", self.say("help", "Any member of staff"), "help-desk", small=now),)
        return HelpView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("help", "Who can help"),
            lines=tiles[place.page * a_page : (place.page + 1) * a_page],
            more=self.say("help", "More") if len(tiles) > a_page else None,
            about=None if self._turn.sitting.language is None else self.say("about", "About this screen"),
        )

    def bars(self) -> Bars:
        """Return the bars without Help, which is here; before a language is chosen, Back alone."""
        if self._turn.sitting.language is None:
            return Bars(back=self.say("bars", "Back"))
        return replace(self.usual_bars(), help=None)

    def _tile(self, number: int, helper: Helper) -> Tile:
        tag = LanguageTag(self._turn.tag())
        name, how = self._turn.spoken(*text_of(helper.name, tag)), self._turn.spoken(*text_of(helper.how, tag))
        return Tile(str(number), name, helper.picture, small=how)

    def touch_tile(self, key: str) -> None:
        """Read about this helper."""
        if self.here(Help) is not None and key.isdecimal() and int(key) < len(helpers(self._turn)):
            self._turn.move(aside(self._turn.sitting, Page("helper", key)))

    def touch_about(self) -> None:
        """Read about this screen; before a language is chosen there is none to read it in."""
        if self.here(Help) is not None and self._turn.sitting.language is not None:
            self._turn.move(aside(self._turn.sitting, Page("about")))

    def touch_more(self) -> None:
        """Show the next page."""
        place = self.here(Help)
        if place is not None:
            page = turned(place.page, pages_of(len(helpers(self._turn)), self._turn.room.helpers))
            self._turn.move(goes(self._turn.sitting, Help(page)))
