"""Days and times by their parts: what each wheel shows, and what its keys make of it.

Rule 1: a wheel stands at today, or at noon, and nothing is chosen until it or the words below it were touched.
Rule 2: a part turns round within itself: after December comes January of the same year; a day that the month lacks
        becomes its last.
Rule 3: a day and time are asked one after the other: first the day, then the time.
Rule 4: what is not asked is the first there is: the first day of a month, the first month of a year.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final, Literal

from kiosk.places import AtQuestion
from kiosk.presenters.day import MONTH_NAMES, month_of
from kiosk.presenters.pads import Wheel, Wheels
from kiosk.presenters.shown import Key, Said, digits
from kiosk.presenters.touching import Turning, phrased
from kiosk.sitting import sheet_of
from models.questionnaire import Moment

Part = Literal["day", "month", "year", "hour", "minute"]
NOON: Final = time(12)
FIRST_YEAR, LAST_YEAR = 1900, 2100
FAR: Final[dict[Part, int]] = {"year": 10, "minute": 10}
"""Parts with many values turn by ten too."""
PLUS, MINUS = "+", "\u2212"


def parts_of(question: Moment, page: int) -> tuple[Part, ...]:
    """Return the wheels of a question; of a day and time, the day on page 0 and the time on page 1."""
    if question.kind == "time" or (question.kind == "dateTime" and page):
        return ("hour", "minute")
    if "year" in question.appearance:
        return ("year",)
    return ("month", "year") if "month-year" in question.appearance else ("day", "month", "year")


def two_pages(question: Moment) -> bool:
    """Return whether the time is asked after the day."""
    return question.kind == "dateTime"


def text_so_far(turn: Turning, place: AtQuestion) -> str:
    """Return what is chosen: turned to but not accepted yet, else the answer given before; blank where nothing is."""
    return sheet_of(turn.sitting).value(place.path) if place.draft is None else place.draft.text


def is_chosen(question: Moment, place: AtQuestion, text: str) -> bool:
    """Return whether what this page asks is chosen; of a day and time, a day alone is half of it."""
    return text != "" and (not two_pages(question) or place.page == 0 or "T" in text)


def wheels(turn: Turning, place: AtQuestion, question: Moment) -> Wheels:
    """Return the wheels of this page as they stand."""
    text = text_so_far(turn, place)
    stand = _stand(turn.doors.today(), text)
    parts = parts_of(question, place.page)
    return Wheels(
        wheels=tuple(_wheel(turn, part, stand) for part in parts),
        whole=words_of(turn, question, stand, parts=parts),
        chosen=is_chosen(question, place, text),
        mirrors="hour" not in parts,
    )


def _wheel(turn: Turning, part: Part, stand: datetime) -> Wheel:
    far = FAR.get(part)
    above, below = [Key(f"{part}+1", PLUS)], [Key(f"{part}-1", MINUS)]
    if far is not None:
        above.insert(0, Key(f"{part}+{far}", f"{PLUS}{far}"))
        below.append(Key(f"{part}-{far}", f"{MINUS}{far}"))
    return Wheel(_name(turn, part), _value(turn, part, stand), tuple(above), tuple(below))


def _name(turn: Turning, part: Part) -> Said:
    match part:
        case "day":
            return turn.say("question", "Day")
        case "month":
            return turn.say("question", "Month")
        case "year":
            return turn.say("question", "Year")
        case "hour":
            return turn.say("question", "Hour")
        case "minute":
            return turn.say("question", "Minute")


def _value(turn: Turning, part: Part, stand: datetime) -> Said:
    if part == "month":
        return _month(turn, stand)
    number = getattr(stand, part)
    return digits(f"{number:02}" if part in ("hour", "minute") else str(number), turn.tag())


def _month(turn: Turning, stand: datetime) -> Said:
    return phrased(turn, MONTH_NAMES[stand.month - 1])


def turned(turn: Turning, place: AtQuestion, question: Moment, key: str) -> str | None:
    """Return what is chosen after this key, "shown" for what the wheels show; None for a key that is not there."""
    text, parts = text_so_far(turn, place), parts_of(question, place.page)
    stand = _stand(turn.doors.today(), text)
    if key != "shown":
        turn_by = {f"{part}{by:+}": (part, by) for part in parts for by in _turns(part)}
        if key not in turn_by:
            return None
        stand = _moved(stand, *turn_by[key])
    return _text(question, stand, parts, timed=place.page > 0 or "T" in text)


def _turns(part: Part) -> tuple[int, ...]:
    far = FAR.get(part)
    return (1, -1) if far is None else (1, -1, far, -far)


def _moved(stand: datetime, part: Part, by: int) -> datetime:
    match part:
        case "day":
            return stand.replace(day=(stand.day - 1 + by) % _days(stand.year, stand.month) + 1)
        case "month":
            month = (stand.month - 1 + by) % 12 + 1
            return stand.replace(month=month, day=min(stand.day, _days(stand.year, month)))
        case "year":
            year = max(FIRST_YEAR, min(LAST_YEAR, stand.year + by))
            return stand.replace(year=year, day=min(stand.day, _days(year, stand.month)))
        case "hour":
            return stand.replace(hour=(stand.hour + by) % 24)
        case "minute":
            return stand.replace(minute=(stand.minute + by) % 60)


def _days(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _stand(today: date, text: str) -> datetime:
    """Return where the wheels stand for what is chosen so far."""
    day, _, hours = text.partition("T") if "-" in text else ("", "", text)
    shown = date.fromisoformat(day) if day else today
    return datetime.combine(shown, time.fromisoformat(hours[:8]) if hours else NOON)


def _text(question: Moment, stand: datetime, parts: tuple[Part, ...], *, timed: bool) -> str:
    clock = f"{stand:%H:%M}:00"
    if question.kind == "time":
        return clock
    day = stand.date()
    if "day" not in parts and "year" in parts:
        day = day.replace(day=1, month=day.month if "month" in parts else 1)
    return f"{day.isoformat()}T{clock}Z" if timed and two_pages(question) else day.isoformat()


def words_of(turn: Turning, question: Moment, stand: datetime, *, parts: tuple[Part, ...]) -> Said:
    """Return a day or time in words, as far as these parts tell it; with a time, all that the question asks."""
    clock = _joined(_digits(turn, f"{stand:%H}"), ":", _digits(turn, f"{stand:%M}"))
    if question.kind == "time":
        return clock
    asked = parts_of(question, 0)
    if "day" in asked:
        day = phrased(turn, month_of(stand.date()), day=stand.day, year=stand.year)
    elif "month" in asked:
        month = _month(turn, stand)
        day = _joined(month, " ", _digits(turn, str(stand.year)))
    else:
        day = _digits(turn, str(stand.year))
    return _joined(day, ", ", clock) if "hour" in parts else day


def _joined(first: Said, between: str, second: Said) -> Said:
    text = f"{first.text}{between}{second.text}"
    return replace(first, text=text, clips=(*first.clips, *second.clips), whole=None)


def _digits(turn: Turning, text: str) -> Said:
    """Digits alone: they keep their order, but stand where the page begins."""
    return digits(text, turn.tag(), turn.sitting.direction)


def answer_of(turn: Turning, question: Moment, text: str) -> Said:
    """Return a stored day or time in words."""
    parts = parts_of(question, 1 if two_pages(question) else 0)
    return words_of(turn, question, _stand(turn.doors.today(), text), parts=parts)
