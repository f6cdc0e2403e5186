"""What all presenters share: the turn they serve, and the bars above and below.

Rule 1: a presenter holds nothing but its turn; all that is shown follows from the sitting, so a wipe leaves nothing.
Rule 2: a touch that comes too late, for a screen that is gone or a control that is absent, does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from kiosk.places import Bigger, Help, Hidden, Place, Welcome
from kiosk.presenters.doors import Doors
from kiosk.presenters.hearing import Hearing
from kiosk.presenters.room import Room
from kiosk.presenters.shown import Bars, Heard, Look, Phrase, Said, aloud
from kiosk.sitting import Shelf, Sitting, aside
from kiosk.walking import back_again
from models.clips import clip_keys
from models.errors import WingVoiceError
from models.questionnaire import Worded

Here = TypeVar("Here")


class Turning(Protocol):
    """What a presenter may ask of the turn it serves."""

    @property
    def sitting(self) -> Sitting:
        """Return the sitting as it stands."""

    @property
    def doors(self) -> Doors:
        """Return the way out."""

    @property
    def room(self) -> Room:
        """Return how much stands on one page."""

    @property
    def hearing(self) -> Hearing:
        """Return the kiosk's voice."""

    def move(self, sitting: Sitting) -> None:
        """Take the sitting as the present one, and show it."""

    def return_by(self, step: Callable[[], None]) -> None:
        """Take a step back: what is shown then was there before, and is not read aloud again."""

    def arrive(self, sitting: Sitting) -> None:
        """Take the sitting as the present one after something was waited for: patience begins now."""

    def wipe(self) -> None:
        """End the turn; nothing of it is left."""

    def fail(self, error: WingVoiceError) -> None:
        """Take the kiosk out of service."""

    def tag(self) -> str:
        """Return the language of the moment; at rest, the place's first that staff read."""

    def shelf(self) -> Shelf | None:
        """Return the turn's shelf, or the installed one at rest."""

    def say(self, context: str, msgid: str, **facts: object) -> Said:
        """Return the kiosk's own sentence in the language of the moment."""

    def spoken(self, text: str, tag: str) -> Said:
        """Return words from the bundle, in the direction of their own language."""

    def errand(self) -> int:
        """Return a fresh number for something that comes back later."""

    def current(self, errand: int) -> bool:
        """Return whether nothing else was begun, and nobody left, since the errand went."""


class Presenter:
    """Serves one screen of a turn."""

    def __init__(self, turn: Turning) -> None:
        self._turn = turn

    def look(self) -> Look:
        """Return how the page stands."""
        sitting = self._turn.sitting
        return Look(sitting.direction, sitting.theme, sitting.scale, sitting.left_handed, at_office(self._turn))

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this screen is the one that is shown, else None."""
        sitting = self._turn.sitting
        return sitting.place if isinstance(sitting.place, kind) and not sitting.asking else None

    def place(self, kind: type[Here]) -> Here:
        """Return the place of this screen; RuntimeError if another one stands."""
        place: Place = self._turn.sitting.place
        if not isinstance(place, kind):
            msg = f"{type(self).__name__} was asked to show {type(place).__name__}"
            raise RuntimeError(msg)  # noqa: TRY004 - a mistake of our own, whatever its kind
        return place

    def say(self, context: str, msgid: str, **facts: object) -> Said:
        """Return the kiosk's own sentence in the language of the moment."""
        return self._turn.say(context, msgid, **facts)

    def phrase(self, phrase: Phrase, **facts: object) -> Said:
        """Return a sentence chosen from a table."""
        return phrased(self._turn, phrase, **facts)


class Barred(Presenter):
    """A screen with bars; its controls keep these names on every screen."""

    kind: type[object]

    def bars(self) -> Bars:
        """Return the controls that are there now; a screen changes this where its own differ."""
        return self.usual_bars()

    def usual_bars(self, *, skip: Said | None = None, onward: Said | None = None) -> Bars:
        """Return what every screen has, what else this one has, and Listen where it can be heard."""
        return Bars(
            listen=self.listen_words(),
            bigger=self.say("bars", "Bigger"),
            language=self.say("bars", "Language"),
            help=self.say("bars", "Help"),
            stop=self.say("bars", "Stop"),
            back=self.say("bars", "Back"),
            hide=self.say("bars", "Hide"),
            skip=skip,
            onward=onward,
        )

    def listen_words(self) -> Said | None:
        """Return the words of Listen, or None where this language cannot be heard here."""
        words = self.say("bars", "Listen")
        return words if self._turn.hearing.can_say(words) else None

    def _can(self, control: str) -> bool:
        return self.here(self.kind) is not None and getattr(self.bars(), control) is not None

    def touch_listen(self) -> None:
        """Hear the page, or stop hearing it."""
        if self._can("listen"):
            self._turn.hearing.listen()

    def touch_bigger(self) -> None:
        """Choose how large the words are, and how the page stands; everything is kept."""
        if self._can("bigger"):
            self._turn.move(aside(self._turn.sitting, Bigger()))

    def touch_hide(self) -> None:
        """Show a still page at once, since somebody is near; Go on returns with everything kept."""
        if self._can("hide"):
            self._turn.move(aside(self._turn.sitting, Hidden()))

    def touch_language(self) -> None:
        """Choose another language; everything is kept."""
        if self._can("language"):
            self._turn.move(aside(self._turn.sitting, Welcome()))

    def touch_help(self) -> None:
        """See who can help; Back returns with everything kept."""
        if self._can("help"):
            self._turn.move(aside(self._turn.sitting, Help()))

    def touch_stop(self) -> None:
        """Wipe at once; never a question, since somebody may be coming."""
        if self._can("stop"):
            self._turn.wipe()

    def touch_back(self) -> None:
        """Go back one screen."""
        if self._can("back"):
            self._turn.return_by(self.back)

    def touch_skip(self) -> None:
        """Leave this out and go on."""
        if self._can("skip"):
            self.skip()

    def touch_onward(self) -> None:
        """Go on."""
        if self._can("onward"):
            self.onward()

    def back(self) -> None:
        """Go back; a screen changes this where it leads elsewhere."""
        self._turn.move(back_again(self._turn.sitting))

    def skip(self) -> None:
        """Do nothing where there is nothing to skip."""

    def onward(self) -> None:
        """Do nothing where nothing follows."""


def at_office(turn: Turning) -> bool:
    """Return whether this is a waiting room of probation: there no sentence speaks of wing, cell or officers."""
    shelf = turn.shelf()
    return shelf is not None and shelf.place is not None and shelf.place.kind == "office"


def phrased(turn: Turning, phrase: Phrase, **facts: object) -> Said:
    """Return a sentence chosen from a table, in the language of the moment."""
    return turn.say(phrase.context, phrase.msgid, **facts)


def said(words: Worded) -> Said:
    """Return a questionnaire's words as they are shown; silent as soon as they hold what somebody typed."""
    if not words.pieces:
        return aloud(words.text, words.tag, words.direction)
    silent = any(piece.source == "typed" for piece in words.pieces)
    clips = tuple(
        Heard(clip, private=piece.source == "answer")
        for piece in (() if silent else words.pieces)
        for clip in clip_keys(words.tag, piece.text)
    )
    return Said(words.text, words.tag, words.direction, clips, typed=silent)


def turned(page: int, pages: int) -> int:
    """Return the page after this one; after the last, the first."""
    return (page + 1) % pages


def pages_of(count: int, a_page: int) -> int:
    """Return how many pages so many things fill; at least one."""
    return max(1, -(-count // a_page))
