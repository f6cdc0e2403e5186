"""The pictures of a come-back code, asked for."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, code_pages, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class ComebackPicturesScreen(ShownScreen):
    """Copies a ComebackPicturesView."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    chosen = ObjectProperty(())
    delete = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    kinds = ObjectProperty(())
