"""One person's turn from touch to touch: holds the sitting, hands it to the presenters, is told of idle seconds.

Rule 1: the sitting is the only thing that is held; every View follows from it and is given away at once.
Rule 2: every way out ends in `wipe`, which keeps nothing; what comes back later from a door holds no answers.
Rule 3: no Kivy, no clock: touches, idle seconds and errors are told from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kiosk.patience import Asking, Calm, Over, patience, stage
from kiosk.places import (
    OutOfService,
    Place,
    ReadToMe,
)
from kiosk.presenters.doors import Doors
from kiosk.presenters.every_page import EveryPage, View
from kiosk.presenters.handing_in import hand_in
from kiosk.presenters.hearing import Deaf, Hearing
from kiosk.presenters.room import Room
from kiosk.presenters.shown import Said, aloud
from kiosk.presenters.touching import Presenter
from kiosk.sitting import Shelf, Sitting, wiped
from kiosk.writing import asked_to_hand_in
from models.errors import VaultError, WingVoiceError

STAFF_READ: Final = ("en", "cy")


class Turn:
    """Serves one person after the other; the screens show what it says and tell it what was touched."""

    def __init__(self, doors: Doors, show: Callable[[View], None], trouble: WingVoiceError | None = None) -> None:
        """With `trouble` the kiosk is out of service from the start."""
        self.doors = doors
        self._show = show
        self._sitting = wiped()
        self._errand = 0
        self._told_s = self._waited_s = 0.0
        self._pages = EveryPage(self)
        self.hearing: Hearing = Deaf()  # the program gives it a voice, where it has one
        self.room = Room()  # the program says how much its screen holds
        self._returning = False
        self._trouble = trouble

    @property
    def presenters(self) -> Mapping[str, Presenter]:
        """Return each screen's presenter by the screen's name."""
        return self._pages.presenters

    @property
    def sitting(self) -> Sitting:
        """Return the sitting as it stands."""
        return self._sitting

    @property
    def place(self) -> Place:
        """Return where the turn stands."""
        return self._sitting.place

    def start(self) -> None:
        """Show Welcome, with nobody there yet."""
        self.wipe()

    @property
    def reads_aloud(self) -> bool:
        """Return whether what is being shown is read without being asked: only on the way forward, if at all."""
        asked = self._sitting.read_aloud or isinstance(self._sitting.place, ReadToMe)
        return asked and not self._returning

    def move(self, sitting: Sitting) -> None:
        """Take the sitting as the present one, and show it."""
        answered = self._sitting.asking and not sitting.asking
        self._sitting = sitting
        if answered:
            self.return_by(lambda: self._show(self.view()))
        else:
            self._show(self.view())

    def return_by(self, step: Callable[[], None]) -> None:
        """Take a step back: what is shown then was there before, and is not read aloud again."""
        self._returning = True
        try:
            step()
        finally:
            self._returning = False

    def arrive(self, sitting: Sitting) -> None:
        """Take the sitting as the present one after something was waited for: patience begins now."""
        self._waited_s = self._told_s
        self.move(sitting)

    def wipe(self) -> None:
        """End the turn: nothing of it is left, and Welcome stands as at the start; "out of service" while it lasts."""
        self._errand += 1
        trouble = self._trouble
        self.move(wiped() if trouble is None else replace(wiped(), place=OutOfService(trouble.number)))

    def fail(self, error: WingVoiceError) -> None:
        """Take the kiosk out of service with the error's number; what the person said is gone from the screen."""
        self._trouble = error
        self.wipe()

    def recovered(self) -> None:
        """Be told that the store can be used: back in service, if the error is of a kind that may pass."""
        if isinstance(self._trouble, VaultError) and self._trouble.passes:
            self._trouble = None
            if isinstance(self._sitting.place, OutOfService):
                self.wipe()

    def again(self) -> None:
        """Show the same place anew, as when the shelf changed while Welcome rests."""
        self._show(self.view())

    def idle(self, seconds: float, shown_s: float | None = None) -> None:
        """Be told the seconds since the last touch; asks, and then wipes, when the place's patience ends.

        `shown_s`: the seconds since this page came; as long as nobody touched, where it is not said.
        """
        self._pages.stood(seconds if shown_s is None else shown_s)
        if seconds < self._told_s:  # somebody touched since
            self._waited_s = 0.0
        self._told_s = seconds
        limits = patience(self._sitting)
        if limits is None:
            return
        match stage(seconds - self._waited_s, limits):
            case Calm():
                return
            case Asking() if not self._sitting.asking:
                self.move(replace(self._sitting, asking=True))
            case Asking():
                return
            case Over() if asked_to_hand_in(self._sitting):
                hand_in(self)
            case Over():
                self.wipe()

    def touched(self) -> None:
        """Be told of any touch; only Yes or Stop on the warning answer it, and the app counts idle seconds anew."""
        if not self._sitting.asking:
            self._told_s = self._waited_s = 0.0

    def errand(self) -> int:
        """Return a fresh number for something that comes back later."""
        self._errand += 1
        return self._errand

    def current(self, errand: int) -> bool:
        """Return whether nothing else was begun, and nobody left, since the errand went."""
        return self._errand == errand

    def tag(self) -> str:
        """Return the language of the moment; at rest, the place's first that staff read, else English."""
        if self._sitting.language is not None:
            return self._sitting.language
        shelf = self.shelf()
        languages = () if shelf is None or shelf.place is None else shelf.place.languages
        return next((tag for tag in languages if tag in STAFF_READ), "en")

    def shelf(self) -> Shelf | None:
        """Return the turn's shelf, or the installed one at rest: a delivery never changes a turn under way."""
        return self._sitting.shelf or self.doors.shelf()

    def say(self, context: str, msgid: str, **facts: object) -> Said:
        """Return the kiosk's own sentence in the language of the moment."""
        return self.doors.say(context, msgid, self.tag(), **facts)

    def spoken(self, text: str, tag: str) -> Said:
        """Return words from the bundle, in the declared direction of their own language."""
        known = next((language for language in self.doors.languages() if language.tag == tag), None)
        return aloud(text, tag, "ltr" if known is None else known.direction)

    def view(self) -> View:
        """Return all that is shown now."""
        return self._pages.view(self._sitting)
