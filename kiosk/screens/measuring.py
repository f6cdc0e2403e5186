"""A line to hold a ruler to."""

from __future__ import annotations

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.screens import bars, parts, proving, reading  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class MeasuringScreen(ShownScreen):
    """Copies a MeasuringView."""

    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(None, allownone=True)
    line_mm = NumericProperty(0)
    line_px = ObjectProperty(None, allownone=True)
    much_shorter = ObjectProperty(None, allownone=True)
    shorter = ObjectProperty(None, allownone=True)
    longer = ObjectProperty(None, allownone=True)
    much_longer = ObjectProperty(None, allownone=True)
    keep = ObjectProperty(None, allownone=True)
    told = ObjectProperty(None, allownone=True)
    back = ObjectProperty(None, allownone=True)
