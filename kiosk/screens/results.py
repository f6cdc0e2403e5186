"""Results for residents."""

from __future__ import annotations

from typing import Final

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, chart, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)
HEAD_MM: Final = 15.0


class ResultsScreen(ShownScreen):
    """Copies a ResultsView. A sentence that stands alone takes all the room that there is."""

    head_mm = NumericProperty(0)

    bars = ObjectProperty(Bars())
    page = NumericProperty(0)
    pages = NumericProperty(1)
    sentence = ObjectProperty(None, allownone=True)
    question = ObjectProperty(None, allownone=True)
    rows = ObjectProperty(())
    base = ObjectProperty(None, allownone=True)
    how = ObjectProperty(None, allownone=True)
    how_below = ObjectProperty(None, allownone=True)

    def on_rows(self, _screen: object, rows: object) -> None:
        """Without answers below it, the head shares what is left."""
        self.head_mm = HEAD_MM if rows else 0
