"""Between two parts: the first is handed in; go on, or come back later with a code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import Between, CodeGiven
from kiosk.presenters.comeback import code_of
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred
from kiosk.sitting import farewell, goes
from kiosk.walking import enter, next_part


@dataclass(frozen=True, slots=True)
class BetweenView:
    """One thank you and two buttons."""

    look: Look
    bars: Bars
    title: Said
    body: Said
    go_on: Said
    leave: Said


class BetweenPresenter(Barred):
    """What a touch between two parts means."""

    kind = Between

    def view(self) -> BetweenView:
        """Return the thanks for the part that was handed in, and what may follow."""
        self.place(Between)
        part, later = self._turn.sitting.parts, code_of(self._turn.sitting) is not None
        return BetweenView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("between", "Part {part} is handed in. Thank you.", part=part),
            body=self.say("between", "Another part follows. You can do it now, or come back for it.")
            if later
            else self.say("between", "Another part follows. You may also stop here."),
            go_on=self.say("between", "Go on"),
            leave=self.say("between", "Come back later") if later else self.say("between", "Leave"),
        )

    def bars(self) -> Bars:
        """Return the bars without Back: what is handed in cannot be taken back, because nobody can find it."""
        return replace(self.usual_bars(), back=None)

    def touch_go_on(self) -> None:
        """Begin the next part."""
        if self.here(Between) is not None:
            sitting = self._turn.sitting
            module = next_part(sitting)
            self._turn.move(farewell(sitting) if module is None else enter(sitting, module))

    def touch_leave(self) -> None:
        """Show the code for the next part; without one, go to the farewell."""
        if self.here(Between) is not None:
            sitting = self._turn.sitting
            self._turn.move(farewell(sitting) if code_of(sitting) is None else goes(sitting, CodeGiven()))
