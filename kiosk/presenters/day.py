"""Days and months in words, in the order of each language."""

from __future__ import annotations

from datetime import date
from typing import Final

from kiosk.presenters.shown import Phrase

MONTHS: Final = (
    Phrase("day", "{day} January {year}"),
    Phrase("day", "{day} February {year}"),
    Phrase("day", "{day} March {year}"),
    Phrase("day", "{day} April {year}"),
    Phrase("day", "{day} May {year}"),
    Phrase("day", "{day} June {year}"),
    Phrase("day", "{day} July {year}"),
    Phrase("day", "{day} August {year}"),
    Phrase("day", "{day} September {year}"),
    Phrase("day", "{day} October {year}"),
    Phrase("day", "{day} November {year}"),
    Phrase("day", "{day} December {year}"),
)
MONTH_NAMES: Final = (
    Phrase("month", "January"),
    Phrase("month", "February"),
    Phrase("month", "March"),
    Phrase("month", "April"),
    Phrase("month", "May"),
    Phrase("month", "June"),
    Phrase("month", "July"),
    Phrase("month", "August"),
    Phrase("month", "September"),
    Phrase("month", "October"),
    Phrase("month", "November"),
    Phrase("month", "December"),
)
"""The months alone, as a calendar's heading names them."""


def month_of(day: date) -> Phrase:
    """Return the phrase that says a day of this month; it takes `day` and `year`."""
    return MONTHS[day.month - 1]
