"""Out of service."""

from __future__ import annotations

from kivy.properties import ObjectProperty, StringProperty

from kiosk.screens import banner, parts, reading, staff  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class OutOfServiceScreen(ShownScreen):
    """Copies an OutOfServiceView."""

    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(())
    number = StringProperty("")
