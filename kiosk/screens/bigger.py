"""The Bigger panel: size of words, colours, hand, loudness."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, settings, words  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BiggerScreen(ShownScreen):
    """Copies a BiggerView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    settings = ObjectProperty(())
