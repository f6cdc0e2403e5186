"""A moment's wait."""

from __future__ import annotations

from kivy.properties import ObjectProperty, StringProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, calm, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class OpeningScreen(ShownScreen):
    """Copies an OpeningView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    sign = StringProperty("")
