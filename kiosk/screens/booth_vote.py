"""One vote."""

from __future__ import annotations

from kivy.properties import ObjectProperty, StringProperty

from kiosk.presenters.pads import Tiles
from kiosk.presenters.shown import Bars
from kiosk.screens import bars, parts, votes  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)

NO_NAMES = Tiles((), many=False, likert=False, page=0, pages=1, more=None)


class BoothVoteScreen(ShownScreen):
    """Copies a BoothVoteView."""

    bars = ObjectProperty(Bars())
    progress = ObjectProperty(None, allownone=True)
    prompt = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    answer = ObjectProperty(NO_NAMES)
    trouble = ObjectProperty(None, allownone=True)
    tell = ObjectProperty(None, allownone=True)
    blank = ObjectProperty(None, allownone=True)
    spoil = ObjectProperty(None, allownone=True)
    foot = ObjectProperty(None, allownone=True)
    spoil_picture = StringProperty("take-away")
