"""The staff page."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import bars, parts, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ServiceScreen(ShownScreen):
    """Copies a ServiceView."""

    title = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    back = ObjectProperty(None, allownone=True)
