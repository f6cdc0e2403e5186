"""The votes of a stage."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, tally  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class CouncilTallyScreen(ShownScreen):
    """Copies a CouncilTallyView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    words = ObjectProperty(None, allownone=True)
    alone = ObjectProperty(None, allownone=True)
    rows = ObjectProperty(())
    quota = ObjectProperty(None, allownone=True)
