"""What stands to be read before one chooses; the rule of BoothWelcomeScreen lays it out as well."""

from __future__ import annotations

from kiosk.screens.booth_welcome import BoothWelcomeScreen
from kiosk.screens.shown import lay_out

lay_out(__file__)


class BoothWordsScreen(BoothWelcomeScreen):
    """Copies a BoothWordsView."""
