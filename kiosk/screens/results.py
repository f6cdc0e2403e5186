"""Results for residents."""

from __future__ import annotations

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, chart, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ResultsScreen(ShownScreen):
    """Copies a ResultsView."""

    bars = ObjectProperty(Bars())
    page = NumericProperty(0)
    pages = NumericProperty(1)
    sentence = ObjectProperty(None, allownone=True)
    question = ObjectProperty(None, allownone=True)
    rows = ObjectProperty(())
    base = ObjectProperty(None, allownone=True)
    how = ObjectProperty(None, allownone=True)
    how_below = ObjectProperty(None, allownone=True)
