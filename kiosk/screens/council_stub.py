"""The short number of a stub; the rule of BoothSlipScreen lays it out as well."""

from __future__ import annotations

from kiosk.screens.booth_slip import BoothSlipScreen
from kiosk.screens.shown import lay_out

lay_out(__file__)


class CouncilStubScreen(BoothSlipScreen):
    """Copies a CouncilStubView."""
