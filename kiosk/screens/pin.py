"""The PIN of staff."""

from __future__ import annotations

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.screens import bars, pads, parts, staff  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class PinScreen(ShownScreen):
    """Copies a PinView."""

    title = ObjectProperty(None, allownone=True)
    dots = NumericProperty(0)
    rows = ObjectProperty(())
    enter = ObjectProperty(None, allownone=True)
    back = ObjectProperty(None, allownone=True)
    trouble = ObjectProperty(None, allownone=True)
