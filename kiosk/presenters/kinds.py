"""The table of kinds: which pad a question is answered on, as it stands."""

from __future__ import annotations

from typing import assert_never

from kiosk.places import AtQuestion
from kiosk.presenters import choices, moments, ranges, series, typed
from kiosk.presenters.answered import answer_words
from kiosk.presenters.pads import AnswerPad, Fixed, NoteOnly
from kiosk.presenters.touching import Turning
from kiosk.sitting import sheet_of
from models.questionnaire import (
    Acknowledge,
    Moment,
    Note,
    Number,
    Range,
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    Text,
)


def pad_of(turn: Turning, place: AtQuestion) -> AnswerPad:  # noqa: PLR0911 - a table of kinds
    """Return what this question is answered on."""
    question = sheet_of(turn.sitting).question(place.path)
    match question:
        case Note() | Acknowledge():
            return NoteOnly()
        case Repeat():
            return series.series_pad(turn, place)
        case SelectOne() | SelectMultiple():
            return choices.tiles(turn, place, question)
        case Rank():
            return choices.ranking(turn, place)
        case Range():
            return ranges.range_pad(turn, place, question)
        case Number():
            return typed.keypad(turn, place, question)
        case Moment():
            return moments.wheels(turn, place, question)
        case Text():
            return typed.keypad(turn, place, question) if typed.digits_only(question) else typed.text_pad(turn, place)
        case never:
            assert_never(never)


def fixed_pad(turn: Turning, place: AtQuestion) -> Fixed:
    """Return the answer of a question that nobody may change."""
    words = answer_words(turn, place.path)
    return Fixed(turn.say("review", "No answer") if words is None else words)
