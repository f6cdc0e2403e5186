"""Every colour of both themes."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import bars, parts, proving  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ColourTestScreen(ShownScreen):
    """Copies a ColourTestView."""

    title = ObjectProperty(None, allownone=True)
    swatches = ObjectProperty(())
    back = ObjectProperty(None, allownone=True)
