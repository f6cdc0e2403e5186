"""The long number of a slip, asked for."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, slips  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BoothSlipScreen(ShownScreen):
    """Copies a BoothSlipView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    groups = ObjectProperty(())
    rows = ObjectProperty(())
    trouble = ObjectProperty(())
    foot = ObjectProperty(None, allownone=True)
