"""Thanks, and who reads it."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, calm, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class FarewellScreen(ShownScreen):
    """Copies a FarewellView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(())
    who = ObjectProperty(None, allownone=True)
    home = ObjectProperty(None, allownone=True)
    finish = ObjectProperty(None, allownone=True)
