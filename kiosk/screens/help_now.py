"""Who can help now: laid out as Who can help, so that nobody who looks on learns anything."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, tiles  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class HelpNowScreen(ShownScreen):
    """Copies a HelpNowView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    lines = ObjectProperty(())
