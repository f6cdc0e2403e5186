"""Whether the glass feels every touch where it is: a dot for each, and four corners to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import ServicePart, TouchTest
from kiosk.presenters.shown import Look, Said
from kiosk.presenters.touching import Presenter
from kiosk.sitting import goes

MOST_DOTS: Final = 24
NEAR: Final = 0.1
CORNERS: Final = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class TouchTestView:
    """Dots and corners as shares of the page, from its lower left corner; `reached` holds the corners touched."""

    look: Look
    title: Said
    body: Said
    dots: tuple[tuple[float, float], ...]
    reached: tuple[tuple[float, float], ...]
    back: Said


class TouchTestPresenter(Presenter):
    """What a touch on the test means."""

    def view(self) -> TouchTestView:
        """Return the dots; the oldest go first."""
        place = self.place(TouchTest)
        rest = len(CORNERS) - len(place.reached)
        return TouchTestView(
            look=self.look(),
            title=self.say("touch_test", "Touch anywhere"),
            body=self.say("touch_test", "A dot shows where. Corners to touch: {rest}.", rest=rest)
            if rest
            else self.say("touch_test", "All four corners can be touched."),
            dots=place.dots,
            reached=tuple(corner for corner in CORNERS if corner in place.reached),
            back=self.say("touch_test", "Back"),
        )

    def touch_glass(self, spot: tuple[float, float]) -> None:
        """Show a dot here, in shares of the page, 0.0 to 1.0. Corners stay reached when dots go."""
        place = self.here(TouchTest)
        if place is not None:
            reached = place.reached | {corner for corner in CORNERS if _near(corner, spot)}
            self._turn.move(goes(self._turn.sitting, TouchTest((*place.dots, spot)[-MOST_DOTS:], reached)))

    def touch_back(self) -> None:
        """Leave the test."""
        if self.here(TouchTest) is not None:
            self._turn.move(goes(self._turn.sitting, ServicePart("test")))


def _near(corner: tuple[float, float], dot: tuple[float, float]) -> bool:
    return abs(corner[0] - dot[0]) <= NEAR and abs(corner[1] - dot[1]) <= NEAR
