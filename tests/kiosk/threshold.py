"""Over the threshold: what stands before the first question is gone through as somebody does who knows it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.places import BeforeYouStart, Practice
from kiosk.presenters.before import RIGHT
from kiosk.presenters.purposes import opened_as
from kiosk.presenters.turn import Turn


def go_through(turn: Turn, touch: Callable[..., object]) -> None:
    """Answer the check rightly and pass practice by; elsewhere do nothing. `touch` takes a verb, and a key."""
    place = turn.place
    if isinstance(place, BeforeYouStart):
        if not place.checking:
            touch("onward")
        touch("tile", RIGHT.get(opened_as(turn, place.consultation).questionnaire.purpose, "no"))
    if isinstance(turn.place, Practice):
        touch("skip")
