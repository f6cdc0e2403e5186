"""A dot for every touch."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import bars, parts, proving  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class TouchTestScreen(ShownScreen):
    """Copies a TouchTestView."""

    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(None, allownone=True)
    dots = ObjectProperty(())
    reached = ObjectProperty(())
    back = ObjectProperty(None, allownone=True)
