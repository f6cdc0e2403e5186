"""Who can help is two touches away from every place where a resident may stand."""

from __future__ import annotations

import pytest

from kiosk.places import ColourTest, Measuring, Opening, OutOfService, Pin, Review, Service, ServicePart, TouchTest
from kiosk.presenters.help import HelpView
from kiosk.presenters.help_now import HelpNowView
from tests.gallery.stands import WAYS, Visitor

ROADS = ((), (("help",),), (("tile", "en"), ("help",)), (("yes",), ("help",)), (("back",),))
ELSEWHERE = (Pin, Service, ServicePart, Measuring, TouchTest, ColourTest, Opening, OutOfService)
"""Pages of staff; a moment's wait; and a kiosk that is out of service, which says whom to go to."""


def stand(name: str) -> Visitor:
    visitor = Visitor("en")
    WAYS[name](visitor)
    return visitor


def is_for_residents(visitor: Visitor) -> bool:
    place = visitor.turn.place
    return (
        not isinstance(place, ELSEWHERE) and place != Review(handing_in=True) and not getattr(place, "sealing", False)
    )


@pytest.mark.parametrize("name", sorted(WAYS))
def test_help_is_two_touches_away(name: str) -> None:
    if not is_for_residents(stand(name)):
        return
    for road in ROADS:
        visitor = stand(name)
        if all(hasattr(visitor.turn.presenters[visitor.screen], f"touch_{verb}") for verb, *_ in road[:1]):
            for verb, *what in road:
                visitor.touch(verb, *what)
        if isinstance(visitor.sees, HelpView | HelpNowView):
            return
    pytest.fail(f"nobody finds help from {name}")


def test_most_places_are_for_residents() -> None:
    assert sum(is_for_residents(stand(name)) for name in WAYS) > len(WAYS) / 2
