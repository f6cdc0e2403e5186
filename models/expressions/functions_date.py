"""Functions of days: the day and instant of the evaluation, conversion, and writing a day as people read it.

Rule 1: the day, the instant and the distance from UTC come from the Scope's clock, never from the machine.
Rule 2: what is no date is `Invalid Date`, NaN, or, where words are wanted, blank; nothing here fails.
Source: questionnaires.md sections 6 and 7.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from models.expressions.calls import Function, eager, number_of, produced, text_of
from models.expressions.days import (
    Moment,
    days_from_loose_text,
    days_from_text,
    instant_number,
    local_moment,
    midnight,
    share_of_day,
)
from models.expressions.values import SPACE, CalendarNames, Day, Run, Value, text_to_number

_ReadDays = Callable[[str, int], float]


def _today(run: Run) -> Day:
    return Day(midnight(run.scope.clock.today, run.offset), run.offset)


def _now(run: Run) -> Day:
    instant = run.scope.clock.instant
    return _today(run) if instant is None else Day(instant_number(instant), run.offset)


def _to_day(read: _ReadDays) -> Callable[[Run, Value], Value]:
    def call(run: Run, value: Value) -> Value:
        if isinstance(value, Day):
            return value
        if isinstance(value, bool):
            return ""
        if isinstance(value, float):
            return Day(float(value), run.offset)
        text = text_of(run, value).strip(SPACE)
        if not text:
            return ""
        days = read(text, run.offset)
        return Day(text_to_number(text, run.offset) if math.isnan(days) else days, run.offset)

    return call


_date = _to_day(days_from_loose_text)
_date_time = _to_day(days_from_text)


def _decimal_date_time(run: Run, value: Value) -> float:
    return float(number_of(run, _date_time(run, value)))


def _decimal_time(run: Run, value: Value) -> float:
    return share_of_day(text_of(run, value).strip(SPACE), run.offset)


def _format_date(run: Run, value: Value, form: Value) -> str:
    day = _date(run, value)
    moment = local_moment(day.days, run.offset) if isinstance(day, Day) else None
    if moment is None:
        return ""
    pieces: list[str] = []
    text, at = text_of(run, form), 0
    while at < len(text):
        written = _PIECES.get(text[at + 1 : at + 2]) if text[at] == "%" else None
        pieces.append(text[at] if written is None else written(moment, run.scope.names))
        at += 1 if written is None else 2
    return produced(run, "".join(pieces))


_PIECES: Final[Mapping[str, Callable[[Moment, CalendarNames], str]]] = {
    "Y": lambda moment, _: f"{moment.day.year:04}",
    "y": lambda moment, _: f"{moment.day.year % 100:02}",
    "m": lambda moment, _: f"{moment.day.month:02}",
    "n": lambda moment, _: str(moment.day.month),
    "b": lambda moment, names: names.months[moment.day.month - 1],
    "d": lambda moment, _: f"{moment.day.day:02}",
    "e": lambda moment, _: str(moment.day.day),
    "a": lambda moment, names: names.days[moment.day.weekday()],
    "H": lambda moment, _: f"{moment.ms // 3_600_000:02}",
    "h": lambda moment, _: str(moment.ms // 3_600_000),
    "M": lambda moment, _: f"{moment.ms // 60_000 % 60:02}",
    "S": lambda moment, _: f"{moment.ms // 1_000 % 60:02}",
    "3": lambda moment, _: f"{moment.ms % 1_000:03}",
    "%": lambda _moment, _names: "%",
}
DATES: Final[Mapping[str, Function]] = {
    "today": Function(0, 0, eager(_today)),
    "now": Function(0, 0, eager(_now)),
    "date": Function(1, 1, eager(_date)),
    "date-time": Function(1, 1, eager(_date_time)),
    "decimal-date-time": Function(1, 1, eager(_decimal_date_time)),
    "decimal-time": Function(1, 1, eager(_decimal_time)),
    "format-date": Function(2, 2, eager(_format_date)),
    "format-date-time": Function(2, 2, eager(_format_date)),
}
