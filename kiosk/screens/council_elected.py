"""Who is elected."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, prompt, reading, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class CouncilElectedScreen(ShownScreen):
    """Copies a CouncilElectedView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    lines = ObjectProperty(())
