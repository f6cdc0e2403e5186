"""The PIN of staff, on shuffled digits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import Pin, Service
from kiosk.presenters.pads import as_on_a_telephone
from kiosk.presenters.shown import Key, Look, Said
from kiosk.presenters.touching import Presenter
from kiosk.sitting import goes

LEAST_DIGITS: Final = 10
MOST_DIGITS: Final = 20
A_MINUTE_S: Final = 60


@dataclass(frozen=True, slots=True)
class PinView:
    """Dots for what was typed, ten shuffled digit keys, and a sentence when it was wrong."""

    look: Look
    title: Said
    dots: int
    rows: tuple[tuple[Key, ...], ...]
    enter: Said
    back: Said
    trouble: Said | None


class PinPresenter(Presenter):
    """What a touch on the PIN pad means."""

    def view(self) -> PinView:
        """Return the pad; the digits themselves are never shown."""
        place = self.place(Pin)
        return PinView(
            look=self.look(),
            title=self.say("pin", "Staff: type your PIN"),
            dots=len(place.typed),
            rows=as_on_a_telephone(place.order, self.say("pin", "Delete").text),
            enter=self.say("pin", "Enter"),
            back=self.say("pin", "Back"),
            trouble=self._trouble(place),
        )

    def _trouble(self, place: Pin) -> Said | None:
        if place.short:
            return self.say("pin", "The PIN has at least {least} digits.", least=LEAST_DIGITS)
        if place.wait_s is None:
            return None
        if place.wait_s <= 0:
            return self.say("pin", "That PIN is not right. Try again.")
        if place.wait_s < A_MINUTE_S:
            return self.say("pin", "That PIN is not right. Seconds to wait: {seconds}.", seconds=place.wait_s)
        minutes = -(-place.wait_s // A_MINUTE_S)
        return self.say("pin", "That PIN is not right. Minutes to wait: {minutes}.", minutes=minutes)

    def touch_key(self, key: str) -> None:
        """Type a digit, or take the last one away."""
        place = self.here(Pin)
        if place is None:
            return
        if key == "delete":
            self._turn.move(goes(self._turn.sitting, Pin(place.order, place.typed[:-1])))
        elif key in tuple(place.order) and len(place.typed) < MOST_DIGITS:
            self._turn.move(goes(self._turn.sitting, Pin(place.order, place.typed + key)))

    def touch_onward(self) -> None:
        """Try the PIN; a wrong one shuffles the digits anew. Too short a one is not tried at all."""
        place = self.here(Pin)
        if place is None:
            return
        sitting, doors = self._turn.sitting, self._turn.doors
        if len(place.typed) < LEAST_DIGITS:
            self._turn.move(goes(sitting, replace(place, typed="", short=True, wait_s=None)))
            return
        verdict = doors.pin(place.typed)
        if verdict.accepted:
            self._turn.move(goes(sitting, Service()))
        else:
            self._turn.move(goes(sitting, Pin(doors.shuffled_digits(), wait_s=verdict.wait_s)))

    def touch_back(self) -> None:
        """Leave the door: nobody was there."""
        if self.here(Pin) is not None:
            self._turn.wipe()
