"""A line of 100 mm, or 50 on a narrow screen: staff hold a ruler to it, so that sizes on this screen are true.

Rule 1: the screen says how many pixels the line has now; from then on it is counted here.
Rule 2: nothing changes on this screen until it is kept; leaving without keeping changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import Measuring, ServicePart
from kiosk.presenters.shown import Look, Said
from kiosk.presenters.touching import Presenter
from kiosk.sitting import goes
from models.errors import WingVoiceError

LEAST_PX, MOST_PX = 2, 11  # a millimetre
NUDGES: Final = {"much_shorter": -20, "shorter": -1, "longer": 1, "much_longer": 20}


@dataclass(frozen=True, slots=True)
class MeasuringView:
    """The line, as long as it should be drawn in px (None: as the screen believes, `line_mm`), and how to change it."""

    look: Look
    title: Said
    body: Said
    line_mm: int
    line_px: int | None
    much_shorter: Said
    shorter: Said
    longer: Said
    much_longer: Said
    keep: Said | None
    told: Said | None
    back: Said


class MeasuringPresenter(Presenter):
    """What a touch beside the line means."""

    def view(self) -> MeasuringView:
        """Return the line; it can be kept once it was changed."""
        place, mm = self.place(Measuring), self._turn.room.ruler_mm
        changed = place.line_px is not None and place.kept is not True
        return MeasuringView(
            look=self.look(),
            title=self.say("measuring", "Measure the screen"),
            body=self.say("measuring", "Measure this line with a ruler. It must be {mm} mm.", mm=mm),
            line_mm=mm,
            line_px=place.line_px,
            much_shorter=self.say("measuring", "Much shorter"),
            shorter=self.say("measuring", "Shorter"),
            longer=self.say("measuring", "Longer"),
            much_longer=self.say("measuring", "Much longer"),
            keep=self.say("measuring", "It is {mm} mm now", mm=mm) if changed else None,
            told=self._told(place),
            back=self.say("measuring", "Back"),
        )

    def _told(self, place: Measuring) -> Said | None:
        if place.kept is None:
            return None
        if place.kept:
            return self.say("measuring", "Kept. It holds when the kiosk starts again.")
        return self.say("measuring", "It could not be kept. Nothing was changed.")

    def touch_nudge(self, nudge: tuple[float, str]) -> None:
        """Make the line longer or shorter: how long it is drawn now, in px, and how it shall change."""
        place, (drawn_px, how) = self.here(Measuring), nudge
        if place is not None and how in NUDGES:
            mm, wanted = self._turn.room.ruler_mm, (place.line_px or round(drawn_px)) + NUDGES[how]
            line_px = min(max(wanted, LEAST_PX * mm), MOST_PX * mm)
            self._turn.move(goes(self._turn.sitting, Measuring(line_px)))

    def touch_keep(self) -> None:
        """Keep what a pixel of this screen measures."""
        place = self.here(Measuring)
        if place is None or place.line_px is None or place.kept is True:
            return
        errand = self._turn.errand()

        def then(error: WingVoiceError | None) -> None:
            standing = self.here(Measuring)
            if self._turn.current(errand) and standing is not None:
                self._turn.move(goes(self._turn.sitting, replace(standing, kept=error is None)))

        self._turn.doors.keep_screen(self._turn.room.ruler_mm / place.line_px, then)

    def touch_back(self) -> None:
        """Leave the line as it is."""
        if self.here(Measuring) is not None:
            self._turn.move(goes(self._turn.sitting, ServicePart("settings")))
