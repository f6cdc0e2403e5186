"""Every screen in every language, theme and size, held against what a designer asks of it."""

from __future__ import annotations

import pytest

from kiosk.presenters.room import LARGEST
from kiosk.screen_table import SCREENS
from tests.gallery.hall import Hall
from tests.gallery.looks import Look, every_look
from tests.gallery.stands import WAYS, found
from tests.kiosk.pseudo import LONG

pytestmark = pytest.mark.screens

# Measured at every run: each language at the largest size on the reference screen, the dark theme where its colours
# show, and on every other screen the scripts that need the most room. `make screens` measures all.
LOOKS = [
    *(look for look in every_look(sizes=["A"]) if look.theme == "light" and look.scale == LARGEST),
    *(Look("A", tag, "light", 100) for tag in ("en", "ar", LONG)),
    Look("A", "en", "contrast", 100),
    Look("A", "ar", "contrast", LARGEST),
    Look("A-portrait", "en", "light", 100),
    Look("A-portrait", LONG, "light", LARGEST),
    Look("B", "en", "light", 100),
    Look("B", "ar", "light", LARGEST),
    Look("B-portrait", "ar", "light", LARGEST),
    *(Look("C", tag, "light", 100) for tag in ("en", "ar")),
    *(Look("C", tag, "light", LARGEST) for tag in ("en", "ar", "ur", "vi", LONG)),
    Look("C-portrait", "en", "light", 100),
    *(Look("C-portrait", tag, "light", LARGEST) for tag in ("ar", "vi", LONG)),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.folder)
def test_nothing_is_clipped_crossed_too_small_or_pale(hall: Hall, look: Look) -> None:
    troubles = []
    for name in WAYS:
        hall.stand(name, look)
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
