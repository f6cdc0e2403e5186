"""Days: how a number of days since 1970-01-01T00:00Z is read from text and written as text.

Rule 1: local means a fixed distance from UTC in minutes (0 on kiosks), never a time zone with summer time.
Rule 2: what is no real day or time is NaN; nothing here fails.
Rule 3: text without a zone is local; a day without a time begins at the local midnight.
Source: questionnaires.md sections 6 and 7.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

MINUTES_A_DAY: Final = 1_440
_MS_A_DAY: Final = 86_400_000
_EPOCH: Final = date(1970, 1, 1)
_ZONE: Final = r"(?P<zone>Z|[-+][0-9]{2}:[0-9]{2})?"
_TIME: Final = rf"(?P<hour>[0-9]{{2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}(?:\.[0-9]{{1,9}})?))?{_ZONE}"
_MOMENT: Final = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?:T{_TIME})?")
_LOOSE_DAY: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_TIME_OF_DAY: Final = re.compile(_TIME)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and the milliseconds since its midnight, both local."""

    day: date
    ms: int


def day_number(day: date) -> int:
    """Return whole days since 1970-01-01."""
    return (day - _EPOCH).days


def midnight(day: date, offset_minutes: int) -> float:
    """Return the days since the epoch at which this day begins locally."""
    return (day_number(day) * MINUTES_A_DAY - offset_minutes) / MINUTES_A_DAY


def instant_number(instant: datetime) -> float:
    """Return days since the epoch, with their fraction. Raises ValueError for an instant without a zone."""
    distance = instant.utcoffset()
    if distance is None:
        raise ValueError("an instant needs its zone")
    since = instant.replace(tzinfo=None) - distance - datetime.combine(_EPOCH, datetime.min.time())
    return since / timedelta(days=1)


def days_from_text(text: str, offset_minutes: int) -> float:
    """Return the days of `2026-01-05` or `2026-01-05T10:20:30.5+01:00`; NaN if the text is neither."""
    found = _MOMENT.fullmatch(text)
    return math.nan if found is None else _days(found, offset_minutes)


def days_from_loose_text(text: str, offset_minutes: int) -> float:
    """Return the same, and read `2026-1-5` too: what `date()` takes from people's hands."""
    found = _LOOSE_DAY.fullmatch(text)
    return days_from_text(text, offset_minutes) if found is None else _day(found, offset_minutes)


def share_of_day(text: str, offset_minutes: int) -> float:
    """Return the share of the local day that has gone by at this time or moment, from 0 up to 1; NaN if it is none."""
    found = _TIME_OF_DAY.fullmatch(text)
    ms = days_from_text(text, offset_minutes) * _MS_A_DAY if found is None else _time(found, offset_minutes)
    return math.nan if math.isnan(ms) else (round(ms) + offset_minutes * 60_000) % _MS_A_DAY / _MS_A_DAY


def local_moment(days: float, offset_minutes: int) -> Moment | None:
    """Return the local day and time, to the millisecond; None where no calendar reaches or the number is none."""
    try:
        whole, ms = divmod(round(days * _MS_A_DAY) + offset_minutes * 60_000, _MS_A_DAY)
        return Moment(_EPOCH + timedelta(days=whole), ms)
    except (ValueError, OverflowError):
        return None


def text_from_days(days: float, offset_minutes: int) -> str:
    """Return `YYYY-MM-DD` on a local midnight, else with time and zone; `Invalid Date` where there is no such day."""
    moment = local_moment(days, offset_minutes)
    if moment is None:
        return "Invalid Date"
    if not moment.ms:
        return moment.day.isoformat()
    seconds, ms = divmod(moment.ms, 1_000)
    hour, minute = divmod(abs(offset_minutes), 60)
    zone = f"{'-' if offset_minutes < 0 else '+'}{hour:02}:{minute:02}"
    return f"{moment.day.isoformat()}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}{zone}"


def _days(found: re.Match[str], offset_minutes: int) -> float:
    if found["hour"] is None:
        return _day(found, offset_minutes)
    # Whole milliseconds first: a day's number must come out the same whichever way it was written.
    return (_day(found, 0) * _MS_A_DAY + _time(found, offset_minutes)) / _MS_A_DAY


def _day(found: re.Match[str], offset_minutes: int) -> float:
    try:
        return midnight(date(int(found["year"]), int(found["month"]), int(found["day"])), offset_minutes)
    except ValueError:
        return math.nan


def _time(found: re.Match[str], offset_minutes: int) -> float:
    """Return milliseconds since the UTC midnight of the day the text names; may be negative, or beyond a day."""
    hour, minute, second = int(found["hour"]), int(found["minute"]), float(found["second"] or 0)
    zone = _zone_minutes(found["zone"], offset_minutes)
    if hour > 23 or minute > 59 or second >= 60 or math.isnan(zone):  # noqa: PLR2004 - a clock's own numbers
        return math.nan
    return (hour * 60 + minute - zone) * 60_000 + math.floor(second * 1_000 + 1e-6)


def _zone_minutes(zone: str | None, offset_minutes: int) -> float:
    if zone is None:
        return offset_minutes
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - a clock's own numbers
        return math.nan
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
