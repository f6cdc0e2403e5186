"""A still page that shows nothing of this turn."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import banner, bars, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class HiddenScreen(ShownScreen):
    """Copies a HiddenView."""

    title = ObjectProperty(None, allownone=True)
    go_on = ObjectProperty(None, allownone=True)
    help = ObjectProperty(None, allownone=True)
    stop = ObjectProperty(None, allownone=True)
