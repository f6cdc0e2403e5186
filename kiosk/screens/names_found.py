"""A name or a number may stand in what somebody wrote."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, calm, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class NamesFoundScreen(ShownScreen):
    """Copies a NamesFoundView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(())
    take_out = ObjectProperty(None, allownone=True)
    leave_it = ObjectProperty(None, allownone=True)
