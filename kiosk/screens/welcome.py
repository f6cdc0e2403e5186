"""The screen that rests: languages, each in its own name."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.screens import banner, eared, parts, words  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class WelcomeScreen(ShownScreen):
    """Copies a WelcomeView."""

    title = ObjectProperty(None, allownone=True)
    tiles = ObjectProperty(())
    more = ObjectProperty(None, allownone=True)
    silent = ObjectProperty(None, allownone=True)
