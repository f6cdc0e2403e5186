"""The kiosk's own practice; it looks as a question does."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.pads import NoteOnly
from kiosk.presenters.shown import Bars
from kiosk.screens import asking, bars, parts  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class PracticeScreen(ShownScreen):
    """Copies a PracticeView."""

    bars = ObjectProperty(Bars())
    progress = ObjectProperty(None, allownone=True)
    badge = ObjectProperty(None, allownone=True)
    prompt = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    picture = ObjectProperty(None, allownone=True)
    answer = ObjectProperty(NoteOnly())
    trouble = ObjectProperty(None, allownone=True)
