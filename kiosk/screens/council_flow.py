"""The picture of a count."""

from __future__ import annotations

from kivy.properties import ObjectProperty

from kiosk.presenters.shown import Bars
from kiosk.screens import bars, flow_chart, legends  # noqa: F401 - the kv names their classes
from kiosk.screens.shown import ShownScreen, lay_out

lay_out(__file__)


class CouncilFlowScreen(ShownScreen):
    """Copies a CouncilFlowView; what is only spoken is not drawn."""

    bars = ObjectProperty(Bars())
    title = ObjectProperty(None, allownone=True)
    stage = ObjectProperty(None, allownone=True)
    columns = ObjectProperty(())
    lanes = ObjectProperty(())
    blocks = ObjectProperty(())
    ribbons = ObjectProperty(())
    legend = ObjectProperty(())
    aloud = ObjectProperty(())
