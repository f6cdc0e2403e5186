"""Every screen in every language, theme and size, held against what a designer asks of it."""

from __future__ import annotations

import pytest

from kiosk.app import SCREENS
from tests.gallery.hall import Hall
from tests.gallery.looks import SIZES, Look, every_look
from tests.gallery.stands import WAYS, found

pytestmark = pytest.mark.screens

# High contrast has the same places and words as light: it is measured at the usual size, where its colours show.
LOOKS = [look for look in every_look() if look.theme == "light" or look.scale == 100]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.folder)
def test_nothing_is_clipped_crossed_too_small_or_pale(hall: Hall, look: Look) -> None:
    hall.driver.size(*SIZES[look.size])
    troubles = []
    for name in WAYS:
        hall.show(name, look.tag, look.theme, look.scale)
        troubles += [f"{name}: {finding}" for finding in hall.findings(hall.picture())]
    assert troubles == []


def test_every_screen_has_a_way_that_leads_to_it() -> None:
    from kiosk.presenters.turn import Turn

    reached = set()
    for name in WAYS:
        sitting, doors = found(name, "en")
        turn = Turn(doors, lambda _view: None)
        turn.move(sitting)
        reached.add(type(turn.view()))
    assert reached == set(SCREENS)
