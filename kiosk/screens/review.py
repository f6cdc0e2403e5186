"""What will be handed in."""

from __future__ import annotations

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, reading  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ReviewScreen(ShownScreen):
    """Copies a ReviewView; the pages are counted in the words of `more`."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    lines = ObjectProperty(())
    page = NumericProperty(0)
    pages = NumericProperty(1)
    more = ObjectProperty(None, allownone=True)
    handing_in = BooleanProperty(defaultvalue=False)
    sign = StringProperty("", allownone=True)
