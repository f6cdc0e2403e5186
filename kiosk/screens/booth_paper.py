"""What two people read over a paper ballot; the rule of BoothWelcomeScreen lays it out as well."""

from __future__ import annotations

from kiosk.screens.booth_welcome import BoothWelcomeScreen
from kiosk.screens.shown import lay_out

lay_out(__file__)


class BoothPaperScreen(BoothWelcomeScreen):
    """Copies a BoothPaperView."""
