"""An election that is over; the rule of HomeScreen lays it out as well."""

from __future__ import annotations

from kiosk.screens.home import HomeScreen
from kiosk.screens.shown import lay_out

lay_out(__file__)


class CouncilScreen(HomeScreen):
    """Copies a CouncilView."""
