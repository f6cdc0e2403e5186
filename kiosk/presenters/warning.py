"""Are you still there? Stands over any screen before a turn is wiped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.presenters.shown import Look, Said
from kiosk.presenters.touching import Presenter


@dataclass(frozen=True, slots=True)
class WarningView:
    """One question and two buttons; no countdown."""

    look: Look
    title: Said
    body: Said
    yes: Said
    stop: Said


class WarningPresenter(Presenter):
    """What a touch on the warning means."""

    def view(self) -> WarningView:
        """Return the question; it says nothing of the screen below."""
        return WarningView(
            look=self.look(),
            title=self.say("warning", "Are you still there?"),
            body=self.say("warning", "If you are not, we clear this screen for you."),
            yes=self.say("warning", "Yes, I am here"),
            stop=self.say("warning", "Stop"),
        )

    def touch_yes(self) -> None:
        """Go back exactly where it was."""
        sitting = self._turn.sitting
        if sitting.asking:
            self._turn.move(replace(sitting, asking=False))

    def touch_stop(self) -> None:
        """Wipe at once."""
        if self._turn.sitting.asking:
            self._turn.wipe()
