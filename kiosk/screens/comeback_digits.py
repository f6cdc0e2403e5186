"""The digits of a come-back code, asked for."""

from __future__ import annotations

from kivy.properties import ObjectProperty, StringProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, code_pages, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ComebackDigitsScreen(ShownScreen):
    """Copies a ComebackDigitsView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    pictures = ObjectProperty(())
    typed = StringProperty("")
    rows = ObjectProperty(())
    trouble = ObjectProperty(())
