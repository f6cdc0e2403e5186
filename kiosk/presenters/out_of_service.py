"""Out of service: a plain sentence, what still works, and a number for staff."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.places import OutOfService, Pin
from kiosk.presenters.shown import Look, Said
from kiosk.presenters.touching import Presenter
from kiosk.sitting import aside


@dataclass(frozen=True, slots=True)
class OutOfServiceView:
    """Nothing to touch but the logo, held."""

    look: Look
    title: Said
    body: tuple[Said, ...]
    number: str


class OutOfServicePresenter(Presenter):
    """What a held logo means when the kiosk cannot be used."""

    def view(self) -> OutOfServiceView:
        """Return the sentences; never why, beyond the number."""
        return OutOfServiceView(
            look=self.look(),
            title=self.say("out_of_service", "This screen cannot be used just now."),
            body=(
                self.say("out_of_service", "What was handed in before is safe."),
                self.say("out_of_service", "You can use paper, or ask a member of staff."),
                self.say("out_of_service", "Staff: please pass on this number."),
            ),
            number=str(self.place(OutOfService).number),
        )

    def touch_logo_held(self) -> None:
        """Ask staff for their PIN."""
        if self.here(OutOfService) is not None:
            self._turn.move(aside(self._turn.sitting, Pin(self._turn.doors.shuffled_digits())))
