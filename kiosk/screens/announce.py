"""What must be known before a text box opens."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, prompt, reading  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class AnnounceScreen(ShownScreen):
    """Copies an AnnounceView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    blocks = ObjectProperty(())
    more = ObjectProperty(None, allownone=True)
