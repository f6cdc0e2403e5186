"""A question and its answer in words, as the question screen and the review both show them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, assert_never

from kiosk.presenters.shown import Said
from kiosk.presenters.touching import Turning, said
from kiosk.sitting import sheet_of
from models.answers import AnswerSheet
from models.questionnaire import (
    Acknowledge,
    Choice,
    Note,
    Number,
    Path,
    Range,
    SelectMultiple,
    SelectOne,
    Text,
)

MOST_STEPS: Final = 11  # a row holds no more; a longer range is typed


def prompt(sheet: AnswerSheet, path: Path) -> Said:
    """Return the question's words; a question without words of its own is named by its picture alone."""
    words = sheet.question(path).words
    return Said("", sheet.language, "ltr") if words is None else said(sheet.words(words))


def chosen(sheet: AnswerSheet, path: Path) -> tuple[str, ...]:
    """Return the values that are chosen at a select."""
    return tuple(sheet.value(path).split())


def skip_choice(sheet: AnswerSheet, path: Path) -> Choice | None:
    """Return the choice that stands for not answering, if the author gave one; it is never a tile."""
    if not isinstance(sheet.question(path), SelectOne | SelectMultiple):
        return None
    return next((choice for choice in sheet.offered(path) if choice.kind == "skip"), None)


def steps_of(question: Range) -> tuple[str, ...]:
    """Return the stops of a range as decimal texts, or nothing if they are too many for a row."""
    start, end, step = (Decimal(text) for text in (question.grid.start, question.grid.end, question.grid.step))
    count = int((end - start) / step) + 1 if step else 0
    if not 1 <= count <= MOST_STEPS:
        return ()
    return tuple(format((start + step * number).normalize(), "f") for number in range(count))


def answer_words(turn: Turning, path: Path) -> Said | None:  # noqa: PLR0911 - a table of kinds
    """Return the answer as it is shown, or None where the question was left out."""
    sheet = sheet_of(turn.sitting)
    text = sheet.value(path)
    question = sheet.question(path)
    if not text:
        return None
    match question:
        case SelectOne() | SelectMultiple():
            values = chosen(sheet, path)
            words = [said(sheet.words(choice.words)) for choice in sheet.offered(path) if choice.value in values]
            if not words:
                return None
            return Said(", ".join(word.text for word in words), words[0].tag, words[0].direction)
        case Acknowledge():
            return turn.say("question", "I understand")
        case Text():
            return turn.spoken(text, turn.tag())
        case Range() | Number():
            return Said(text, "en", "ltr")
        case Note():
            return None
        case never:
            assert_never(never)
