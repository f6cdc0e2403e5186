"""What is asked once more at a vote."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BoothAskScreen(ShownScreen):
    """Copies a BoothAskView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    lines = ObjectProperty(())
    foot = ObjectProperty(None, allownone=True)
