"""What will be sealed."""

from __future__ import annotations

from kivy.properties import ObjectProperty, StringProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import ballots, bars, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BoothCheckScreen(ShownScreen):
    """Copies a BoothCheckView."""

    bars = ObjectProperty(Bars())
    counted = ObjectProperty(None, allownone=True)
    title = ObjectProperty(None, allownone=True)
    lines = ObjectProperty(())
    change = ObjectProperty(None, allownone=True)
    foot = ObjectProperty(None, allownone=True)
    onward_icon = StringProperty("onward")
    sign = StringProperty("", allownone=True)
