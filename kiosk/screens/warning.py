"""Are you still there?"""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import bars, calm, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class WarningScreen(ShownScreen):
    """Copies a WarningView."""

    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(None, allownone=True)
    yes = ObjectProperty(None, allownone=True)
    stop = ObjectProperty(None, allownone=True)
