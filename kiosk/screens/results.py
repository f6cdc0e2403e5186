"""Results for residents."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, chart, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ResultsScreen(ShownScreen):
    """Copies a ResultsView."""

    bars = ObjectProperty(Bars())
    progress = ObjectProperty(None, allownone=True)
    sentence = ObjectProperty(None, allownone=True)
    question = ObjectProperty(None, allownone=True)
    rows = ObjectProperty(())
    base = ObjectProperty(None, allownone=True)
    missing = ObjectProperty(None, allownone=True)
    how = ObjectProperty(None, allownone=True)
