"""Home: what there is to do here."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class HomeScreen(ShownScreen):
    """Copies a HomeView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
