"""What must be known before question one."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, told  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BeforeScreen(ShownScreen):
    """Copies a BeforeView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    lines = ObjectProperty(())
    choices = ObjectProperty(())
    tell = ObjectProperty(None, allownone=True)
