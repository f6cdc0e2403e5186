"""A page of the board; the rule of PageScreen lays it out as well."""

from __future__ import annotations

from kiosk.screens.page import PageScreen
from kiosk.screens.shown import lay_out

lay_out(__file__)


class CouncilPageScreen(PageScreen):
    """Copies a CouncilPageView."""
