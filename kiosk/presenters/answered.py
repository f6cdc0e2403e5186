"""A question and its answer in words, as the question screen and the review both show them."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.presenters import moments
from kiosk.presenters.shown import Said, digits, listed
from kiosk.presenters.touching import Turning, said
from kiosk.sitting import sheet_of
from models.answers import AnswerSheet
from models.questionnaire import (
    Acknowledge,
    Choice,
    Moment,
    Note,
    Number,
    Path,
    Range,
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    Text,
)


def prompt(turn: Turning, path: Path) -> Said:
    """Return the question's words; a question without words of its own is named by its picture alone."""
    sheet = sheet_of(turn.sitting)
    question = sheet.question(path)
    if question.words is not None:
        return said(sheet.words(question.words, path))
    if isinstance(question, Repeat):
        return turn.say("question", "Is there one more?")
    return Said("", sheet.language, "ltr")


def choice_words(sheet: AnswerSheet, choice: Choice, path: Path) -> Said:
    """Return the words of a choice at this question."""
    if choice.words is None:
        raise RuntimeError("a choice without words was offered")
    return said(sheet.words(choice.words, path))


def chosen(sheet: AnswerSheet, path: Path) -> tuple[str, ...]:
    """Return the values that are chosen at a select, or placed at a rank in their order."""
    return tuple(sheet.value(path).split())


def skip_choice(sheet: AnswerSheet, path: Path) -> Choice | None:
    """Return the choice that stands for not answering, if the author gave one; it is never a tile."""
    if not isinstance(sheet.question(path), SelectOne | SelectMultiple | Rank):
        return None
    return next((choice for choice in sheet.offered(path) if choice.kind == "skip"), None)


def answer_words(turn: Turning, path: Path) -> Said | None:  # noqa: PLR0911 - a table of kinds
    """Return the answer as it is shown, or None where the question was left out."""
    sheet = sheet_of(turn.sitting)
    question = sheet.question(path)
    if isinstance(question, Note | Repeat):
        return None
    text = sheet.value(path)
    if not text:
        return None
    match question:
        case SelectOne() | SelectMultiple() | Rank():
            return _choices(sheet, path, ranked=isinstance(question, Rank))
        case Acknowledge():
            return turn.say("question", "I understand")
        case Text():
            # What somebody typed is never spoken, and kept nowhere.
            return replace(turn.spoken(text, turn.tag()), clips=(), whole=None, typed=True)
        case Number():  # digits keep their order, and stand where the page begins
            return Said(text, "en", turn.sitting.direction)
        case Range():
            return digits(text, turn.tag(), turn.sitting.direction)
        case Moment():
            return moments.answer_of(turn, question, text)
        case never:
            assert_never(never)


def _choices(sheet: AnswerSheet, path: Path, *, ranked: bool) -> Said | None:
    """The words of what is chosen, in the order of the screen; of a rank in its own order, numbered."""
    values = chosen(sheet, path)
    by_value = {choice.value: choice_words(sheet, choice, path) for choice in sheet.offered(path)}
    ordered = values if ranked else [value for value in by_value if value in values]
    words = [by_value[value] for value in ordered if value in by_value]
    if not words:
        return None
    texts = [f"{at}. {word.text}" if ranked else word.text for at, word in enumerate(words, start=1)]
    clips = tuple(clip for word in words for clip in word.clips)
    typed = any(word.typed for word in words)
    return Said(listed(texts, words[0].tag), words[0].tag, words[0].direction, clips, typed=typed)
