"""The advice on the first page of a booth."""

from __future__ import annotations

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import asking, bars, parts, told  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class BoothWelcomeScreen(ShownScreen):
    """Copies a BoothWelcomeView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    blocks = ObjectProperty(())
    picture = ObjectProperty(None, allownone=True)
    page = NumericProperty(0)
    pages = NumericProperty(1)
    more = ObjectProperty(None, allownone=True)
    foot = ObjectProperty(None, allownone=True)
    large = ObjectProperty(None, allownone=True)
