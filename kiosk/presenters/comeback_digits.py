"""A code, asked for: its six digits, and where the whole of it leads: to a module, or to a reply.

Rule 1: a code that led nowhere stands as it was typed; a seventh digit has no place. On a small screen only Delete is
        left then: what was wrong takes the place of the digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import CodeDigits, CodePictures
from kiosk.presenters.comeback import picture_tiles, take_up_again, waited
from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.pads import DIGITS, as_on_a_telephone
from kiosk.presenters.replying import look_for_reply
from kiosk.presenters.shown import Bars, Key, Look, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.sitting import Opened, Sitting, goes
from models.comeback import TYPED, Code, ComeBack, read


@dataclass(frozen=True, slots=True)
class ComebackDigitsView:
    """The four pictures, what was typed after them in two groups, and a number pad. Keys: digits and "delete"."""

    look: Look
    bars: Bars
    title: Said
    pictures: tuple[Tile, ...]
    typed: str
    rows: tuple[tuple[Key, ...], ...]
    trouble: tuple[Said, ...]


class ComebackDigitsPresenter(Barred):
    """What a touch on the number pad means; `touch_onward` looks where the code leads."""

    kind = CodeDigits

    def view(self) -> ComebackDigitsView:
        """Return the code as far as it is there."""
        place = self.place(CodeDigits)
        return ComebackDigitsView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("comeback", "Now type your six numbers"),
            pictures=picture_tiles(self.phrase, place.pictures),
            typed=f"{place.digits[:3]} {place.digits[3:]}".strip(),
            rows=as_on_a_telephone(
                "" if place.trouble and self._turn.room.small else DIGITS, self.say("keyboard", "Delete").text
            ),
            trouble=self._trouble(place),
        )

    def _trouble(self, place: CodeDigits) -> tuple[Said, ...]:
        """Return what to do next; a wrong code may be an old one, and the check digit cannot tell the two apart.

        For a reply the words are the same whether the code is wrong, unknown, or not yet answered: somebody who looks
        on, or tries a code that they found, learns nothing.
        """
        if place.trouble == "no reply":
            return (
                self.say("reply", "There is no answer here for this code yet."),
                self.say("reply", "Please look at your code again, or come back another day."),
            )
        if place.trouble == "wrong":
            return (
                self.say("comeback", "That code is not right here. Please look at it again."),
                self.say("comeback", "Maybe the questions have changed since. Then please begin again."),
            )
        if place.trouble == "changed":
            return (self.say("comeback", "The questions have changed since then. Please begin again."),)
        return ()

    def bars(self) -> Bars:
        """Return the bars; onward is there once all digits are, and not again before something was changed."""
        place = self._turn.sitting.place
        ready = isinstance(place, CodeDigits) and len(place.digits) == TYPED and place.trouble is None
        return self.usual_bars(onward=self.say("comeback", "Go on") if ready else None)

    def touch_key(self, key: str) -> None:
        """Type a digit, or take the last one away."""
        place = self.here(CodeDigits)
        if place is None:
            return
        if key == "delete":
            self._put(replace(place, digits=place.digits[:-1], trouble=None))
        elif len(key) == 1 and key in "0123456789" and len(place.digits) < TYPED:
            self._put(replace(place, digits=place.digits + key, trouble=None))

    def _put(self, place: CodeDigits) -> None:
        self._turn.move(goes(self._turn.sitting, place))

    def back(self) -> None:
        """Go back to the pictures, without the last one; the digits are dropped."""
        place = self.place(CodeDigits)
        page = place.pictures[-1] // A_PAGE
        back = CodePictures(place.consultation, place.pictures[:-1], page)
        self._turn.move(goes(self._turn.sitting, back))

    def onward(self) -> None:
        """Look where the code leads: to a module, to a reply, or to kind words."""
        place = self.place(CodeDigits)
        if place.consultation is None:
            look_for_reply(self._turn, place)
            return
        opened = self._opened(place.consultation)
        found = None if opened is None else read(Code(place.pictures, place.digits), opened.form)
        if opened is None or found is None:
            self._put(replace(place, trouble="wrong"))
            return
        secret, at = found
        doors, day = self._turn.doors, self._turn.doors.today()

        def going_on(sitting: Sitting, comeback: ComeBack) -> Sitting:
            there = take_up_again(sitting, opened, day, comeback, at)
            return goes(sitting, replace(place, trouble="changed")) if there is None else there

        waited(self._turn, lambda then: doors.same_comeback(secret, opened.form, then), going_on)

    def _opened(self, consultation: str | None) -> Opened | None:
        shelf = self._turn.shelf()
        every = () if shelf is None else shelf.consultations
        return next((opened for opened in every if opened.consultation.id == consultation), None)
