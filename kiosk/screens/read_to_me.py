"""Shall it be read aloud?"""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, calm, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ReadToMeScreen(ShownScreen):
    """Copies a ReadToMeView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(None, allownone=True)
    yes = ObjectProperty(None, allownone=True)
    no = ObjectProperty(None, allownone=True)
