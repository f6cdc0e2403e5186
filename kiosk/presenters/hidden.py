"""Hidden: a still page that shows nothing of this turn, for when somebody else comes near.

Rule 1: it looks like the page at rest, is never read aloud, and says nothing of what was done before.
Rule 2: it waits half a minute; then all is wiped without a word.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.places import Help, Hidden
from kiosk.presenters.shown import Look, Said
from kiosk.presenters.touching import Presenter
from kiosk.presenters.welcome import greeting
from kiosk.sitting import aside
from kiosk.walking import back_again


@dataclass(frozen=True, slots=True)
class HiddenView:
    """The line of the page at rest, and three buttons."""

    look: Look
    title: Said
    go_on: Said
    help: Said
    stop: Said


class HiddenPresenter(Presenter):
    """What a touch on the still page means."""

    def view(self) -> HiddenView:
        """Return what stands on it, always the same."""
        self.place(Hidden)
        return HiddenView(
            look=self.look(),
            title=greeting(self._turn),
            go_on=self.say("question", "Go on"),
            help=self.say("help", "Who can help"),
            stop=self.say("bars", "Stop"),
        )

    def touch_go_on(self) -> None:
        """Return to where it was, with everything kept."""
        if self.here(Hidden) is not None:
            self._turn.return_by(lambda: self._turn.move(back_again(self._turn.sitting)))

    def touch_help(self) -> None:
        """See who can help; Back returns here."""
        if self.here(Hidden) is not None:
            self._turn.move(aside(self._turn.sitting, Help()))

    def touch_stop(self) -> None:
        """Wipe at once."""
        if self.here(Hidden) is not None:
            self._turn.wipe()
