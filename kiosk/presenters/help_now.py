"""Who can help now: shown unasked after somebody wrote of danger, and made like Who can help, so that it tells nobody.

Rule 1: what was written is handed in already; no way out of here, nor going away, changes that or anything else.
Rule 2: nothing of what was written is here, and nothing that is touched here is kept or told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.places import Help, HelpNow, Page
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.sitting import aside
from kiosk.walking import back_again


@dataclass(frozen=True, slots=True)
class HelpNowView:
    """Three large buttons under the title of Who can help: keys get-help, tell-staff, as-it-is."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[Tile, ...]


class HelpNowPresenter(Barred):
    """What a touch here means."""

    kind = HelpNow

    def view(self) -> HelpNowView:
        """Return the three ways on."""
        say = self.say
        kept = say("help_now", "It is kept, even if you leave now.")
        return HelpNowView(
            look=self.look(),
            bars=self.bars(),
            title=say("help", "Who can help"),
            lines=(
                Tile("get-help", say("help_now", "How to get help now"), "help-bell"),
                Tile("tell-staff", say("help_now", "Tell staff it is me"), "help-officer"),
                Tile("as-it-is", say("help_now", "Hand it in as it is"), "hand-in", small=kept),
            ),
        )

    def bars(self) -> Bars:
        """Return the bars of Who can help."""
        return replace(self.usual_bars(), help=None)

    def touch_tile(self, key: str) -> None:
        """Go where the button says; all three lead on to where handing in led."""
        sitting = self._turn.sitting
        if self.here(HelpNow) is None:
            return
        match key:
            case "get-help":
                self._turn.move(aside(sitting, Help()))
            case "tell-staff":
                self._turn.move(aside(sitting, Page("telling")))
            case "as-it-is":
                self._turn.move(back_again(sitting))
            case _:
                return
