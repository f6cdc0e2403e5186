"""Numbers on a grid: up to eleven stand as steps, more on a line of marks with minus and plus; upright on a wheel.

Rule 1: no number is shown as a beginning: minus and plus are absent until a mark was touched.
Rule 2: the line has the first and the last number, and the rest at about equal distances; every mark is on the grid.
Rule 3: a step is accepted at once; what minus and plus pass by is a draft until one goes on.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from kiosk.places import AtQuestion
from kiosk.presenters.pads import Mark, Stepper, Steps, Wheel, Wheels
from kiosk.presenters.shown import Key, digits
from kiosk.presenters.touching import Turning
from kiosk.sitting import sheet_of
from models.questionnaire import Range

MOST_STEPS: Final = 11
MOST_UPRIGHT: Final = 5  # a ladder holds no more at a height that fingers find
MARKS: Final = 11
FAR: Final = 10
MINUS, PLUS = "\u2212", "+"
MOVES: Final = {"--": -FAR, "-": -1, "+": 1, "++": FAR}


def grid_of(question: Range) -> tuple[str, ...]:
    """Return every stop as a decimal text; the questionnaire allows at most 101."""
    start, end, step = (Decimal(text) for text in (question.grid.start, question.grid.end, question.grid.step))
    count = int((end - start) / step) + 1
    return tuple(_plain(start + step * number) for number in range(count))


def _plain(number: Decimal) -> str:
    return "0" if number == 0 else format(number.normalize(), "f")


def in_steps(question: Range) -> bool:
    """Return whether each stop has a place of its own to touch; otherwise it is counted up and down."""
    most = MOST_UPRIGHT if "vertical" in question.appearance else MOST_STEPS
    return len(grid_of(question)) <= most and "no-ticks" not in question.appearance


def shown_value(turn: Turning, place: AtQuestion) -> str:
    """Return the number as it stands: counted to but not accepted yet, else the answer given before."""
    return sheet_of(turn.sitting).value(place.path) if place.draft is None else place.draft.text


def range_pad(turn: Turning, place: AtQuestion, question: Range) -> Steps | Stepper | Wheels:
    """Return what the range is answered on."""
    stops, value = grid_of(question), shown_value(turn, place)
    at = stops.index(value) if value in stops else None
    upright = "vertical" in question.appearance
    if in_steps(question):
        steps = tuple(digits(stop, turn.tag()) for stop in stops)
        return Steps(steps, at, low=None, high=None, vertical=upright)
    if upright:
        return _upright(turn, question, stops, at)
    return Stepper(
        value=None if at is None else digits(stops[at], turn.tag()),
        marks=_marks(turn, stops, at, ticks="no-ticks" not in question.appearance),
        minus=Key("-", MINUS) if at is not None and at > 0 else None,
        plus=Key("+", PLUS) if at is not None and at < len(stops) - 1 else None,
    )


def _marks(turn: Turning, stops: tuple[str, ...], at: int | None, *, ticks: bool) -> tuple[Mark, ...]:
    """Return about ten marks, each the number it says; without ticks a bar in one row, which only its ends number."""
    last = len(stops) - 1
    count = min(MARKS if ticks else turn.room.marks, len(stops))
    places = list(dict.fromkeys(round(number * last / max(1, count - 1)) for number in range(count)))
    return tuple(
        Mark(
            index=place,
            words=digits(stops[place], turn.tag()) if ticks or place in (0, last) else None,
            lit=at is not None and (place == at if ticks else place <= at),
        )
        for place in places
    )


def _upright(turn: Turning, question: Range, stops: tuple[str, ...], at: int | None) -> Wheels:
    shown = digits(stops[middle(stops) if at is None else at], turn.tag())
    far = _plain(FAR * Decimal(question.grid.step)) if len(stops) > 2 * FAR else None
    above = (*((Key("++", f"{PLUS}{far}"),) if far else ()), Key("+", PLUS))
    below = (Key("-", MINUS), *((Key("--", f"{MINUS}{far}"),) if far else ()))
    return Wheels(
        (Wheel(None, shown, above, below),),
        whole=replace(shown, direction=turn.sitting.direction),
        chosen=at is not None,
        mirrors=False,
    )


def middle(stops: tuple[str, ...]) -> int:
    """Return where a wheel stands before anything is chosen."""
    return len(stops) // 2


def moved(question: Range, value: str, key: str) -> str:
    """Return the number after this key; it stops at the ends of the grid. Unchanged by any other key."""
    stops = grid_of(question)
    if key not in MOVES:
        return value
    if value not in stops:  # a wheel begins where it stands
        value = stops[middle(stops)]
    return stops[max(0, min(len(stops) - 1, stops.index(value) + MOVES[key]))]
