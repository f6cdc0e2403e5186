"""One part of the staff page."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import bars, parts, reading, staff, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ServicePartScreen(ShownScreen):
    """Copies a ServicePartView."""

    title = ObjectProperty(None, allownone=True)
    facts = ObjectProperty(())
    tiles = ObjectProperty(())
    progress = ObjectProperty(None, allownone=True)
    progress_words = ObjectProperty(None, allownone=True)
    outcome = ObjectProperty(None, allownone=True)
    back = ObjectProperty(None, allownone=True)
