"""The vote is in: seal codes to copy."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import ballots, bars, parts, reading  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BoothSealedScreen(ShownScreen):
    """Copies a BoothSealedView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    codes = ObjectProperty(())
    body = ObjectProperty(())
    more = ObjectProperty(None, allownone=True)
    foot = ObjectProperty(None, allownone=True)
