"""The noticeboard."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BoardScreen(ShownScreen):
    """Copies a BoardView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    more = ObjectProperty(None, allownone=True)
    code = ObjectProperty(None, allownone=True)
