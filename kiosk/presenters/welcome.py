"""Welcome: the languages, each in its own name; the way into a turn, and back into it in another language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import Pin, Welcome
from kiosk.presenters.doors import KioskLanguage
from kiosk.presenters.shown import Look, Said, Tile, aloud
from kiosk.presenters.touching import Presenter, Turning, at_office, pages_of, turned
from kiosk.sitting import aside, goes
from kiosk.walking import in_language
from models.questionnaire import LanguageTag


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """Up to six languages a page; the key of a tile is the language's tag, `small` marks an unchecked one.

    A tile with an ear says the language's name. `silent` says that this kiosk has no sound.
    """

    look: Look
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None
    silent: Said | None = None


def greeting(turn: Turning) -> Said:
    """Return the one line of the page at rest."""
    poll = turn.doors.booth.poll()
    if poll is not None and poll.kind == "paper":
        return turn.say("paper", "Paper ballots are typed in here. Election {symbols}", symbols=poll.shelved.symbols)
    if poll is not None:
        return turn.say("booth", "Vote here. Election {symbols}", symbols=poll.shelved.symbols)
    if at_office(turn):
        return turn.say("welcome", "Your voice here")
    return turn.say("welcome", "Your voice on this wing")


class WelcomePresenter(Presenter):
    """What a touch on Welcome means."""

    def view(self) -> WelcomeView:
        """Return the languages of the page; the page itself never mirrors, each tile follows its language."""
        languages, page, a_page = self._languages(), self.place(Welcome).page, self._turn.room.languages
        return WelcomeView(
            look=replace(self.look(), direction="ltr"),
            title=greeting(self._turn),
            tiles=tuple(self._tile(language) for language in languages[page * a_page : (page + 1) * a_page]),
            more=self.say("welcome", "More languages") if len(languages) > a_page else None,
            silent=None if self._turn.hearing.present else self.say("welcome", "There is no sound here today."),
        )

    def _languages(self) -> tuple[KioskLanguage, ...]:
        """Return the place's languages in its own order, of those in which the kiosk can speak."""
        known = self._turn.doors.languages()
        shelf = self._turn.shelf()
        if shelf is None or shelf.place is None:
            return known
        by_tag = {language.tag: language for language in known}
        return tuple(by_tag[tag] for tag in shelf.place.languages if tag in by_tag) or known

    def _tile(self, language: KioskLanguage) -> Tile:
        mark = None
        if not language.checked:
            mark = self._turn.doors.say("welcome", "Not yet checked by a native speaker", language.tag)
        name = aloud(language.name, language.tag, language.direction)
        return Tile(key=language.tag, words=name, small=mark, ear=self._turn.hearing.can_say(name))

    def touch_tile(self, key: str) -> None:
        """Begin a turn in this language; in the middle of one, return to it in this language."""
        chosen = next((language for language in self._languages() if language.tag == key), None)
        if chosen is not None and self.here(Welcome) is not None:
            shelf = self._turn.shelf()
            asks = self._turn.doors.say("read_to_me", "Do you want this read to you?", chosen.tag)
            poll = self._turn.doors.booth.poll()
            papers = poll is not None and poll.kind == "paper"  # two people read them to each other
            heard = self._turn.hearing.can_say(asks) and not papers
            sitting = in_language(
                self._turn.sitting, LanguageTag(chosen.tag), chosen.direction, shelf, heard=heard, poll=poll
            )
            self._turn.move(sitting)

    def touch_ear(self, key: str) -> None:
        """Say the name of this language, without choosing it."""
        tile = next((tile for tile in self.view().tiles if tile.key == key), None)
        if tile is not None and tile.ear:
            self._turn.hearing.speak(tile.words)

    def touch_more(self) -> None:
        """Show the next page of languages."""
        place = self.here(Welcome)
        if place is not None:
            page = turned(place.page, pages_of(len(self._languages()), self._turn.room.languages))
            self._turn.move(goes(self._turn.sitting, Welcome(page)))

    def touch_logo_held(self) -> None:
        """Ask staff for their PIN; never in the middle of somebody's turn."""
        if self.here(Welcome) is not None and not self._turn.sitting.behind:
            self._turn.move(aside(self._turn.sitting, Pin(self._turn.doors.shuffled_digits())))
