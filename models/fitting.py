"""Which text a kind of question stores for what a person gave.

Rule 1: one spelling for one answer: numbers without empty zeros, choices in list order, words in NFC.
Rule 2: `accepted` refuses kindly; `fitted`, for defaults and calculations, leaves blank what does not fit.
Rule 3: a choice that stands alone (none of these, prefer not to say) clears the others, and the other way round.
Source: questionnaires.md sections 2 and 9.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Final, Literal, assert_never

from models.errors import AnswerError
from models.questionnaire import (
    Acknowledge,
    Choice,
    Holds,
    Moment,
    Number,
    Path,
    Question,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
)

TEXT_LIMIT: Final = 1_000  # characters
ACKNOWLEDGED: Final = "OK"
DIGIT_LIMIT: Final = 15
_INTEGERS: Final = range(-(2**31), 2**31)
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_LONG: Final = 40
_TRUTHS: Final = frozenset({"true", "false", "1", "0"})
_TIME: Final = r"(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?(?:Z|[-+][0-9]{2}:[0-9]{2})?)"
_DAY: Final = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_MOMENTS: Final = {
    "date": re.compile(rf"{_DAY}(?:T{_TIME})?"),
    "time": re.compile(_TIME),
    "dateTime": re.compile(rf"{_DAY}T{_TIME}"),
}
# Control characters and lone surrogates cannot be typed on our keyboards, and the second cannot even be written.
_UNTYPED: Final = frozenset({"Cc", "Cs"})


def accepted(  # noqa: C901, PLR0911 - one arm a kind
    question: Question, path: Path, offered: Sequence[Choice], value: str | tuple[str, ...] | None, held: str
) -> str:
    """Return the text to store, blank for no answer, or raise AnswerError.

    `offered` are the choices of a select in list order; `held` is the text so far, which tells the newest tick.
    """
    if value is None or value in {"", ()}:
        return ""
    match question:
        case SelectMultiple():
            values = value.split() if isinstance(value, str) else list(value)
            return _several(path, offered, values, held.split())
        case Rank():
            values = value.split() if isinstance(value, str) else list(value)
            return " ".join(dict.fromkeys(choice.value for choice in _offered(path, offered, values)))
        case SelectOne():
            (one,) = _offered(path, offered, [_single(value)])
            return one.value
        case Range():
            return _on_grid(question, path, _single(value))
        case Number(kind="integer"):
            return _integer(path, _single(value))
        case Number():
            return _decimal(path, _single(value))
        case Text():
            return _words(path, _single(value))
        case Moment():
            return _moment(question.kind, path, _single(value))
        case Acknowledge():
            return ACKNOWLEDGED
        case _:
            assert_never(question)


def fitted(question: Question, path: Path, choices: Sequence[Choice], text: str) -> str:
    """Return `text` as the question would store it; blank where it does not fit."""
    try:
        if isinstance(question, SelectMultiple | Rank):
            known = {choice.value for choice in choices}
            values = [value for value in text.split() if value in known]
            if isinstance(question, Rank):
                return " ".join(dict.fromkeys(values))
            return _several(path, choices, values, [])
        if isinstance(question, Moment):
            text = _as_moment(question.kind, text)
        return accepted(question, path, choices, text, "")
    except AnswerError:
        return ""


def held_as(holds: Holds, text: str) -> str:
    """Return `text` as a calculation of this kind holds it; blank where it does not fit."""
    nowhere = Path("")
    try:
        match holds:
            case "text":
                return text
            case "integer":
                return _integer(nowhere, text)
            case "decimal":
                return _decimal(nowhere, text)
            case "boolean":
                return text if text in _TRUTHS else ""
            case "date" | "time" | "dateTime":
                return _moment(holds, nowhere, _as_moment(holds, text))
            case _:
                assert_never(holds)
    except AnswerError:
        return ""


def still_offered(question: Question, offered: Sequence[Choice], text: str) -> str:
    """Return the part of a stored text whose choices are offered: in list order, a rank in its own."""
    if not text:
        return ""
    if isinstance(question, Rank):
        known = {choice.value for choice in offered}
        return " ".join(value for value in text.split() if value in known)
    held = {text} if isinstance(question, SelectOne) else set(text.split())
    return " ".join(choice.value for choice in offered if choice.value in held)


def without_controls(text: str) -> str:
    """Return `text` in NFC, with plain line breaks and without control characters; blank if only spaces are left."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(letter for letter in plain if letter == "\n" or unicodedata.category(letter) not in _UNTYPED)
    return unicodedata.normalize("NFC", kept) if kept.strip() else ""


def _single(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    if len(value) != 1:
        raise RuntimeError("only a select_multiple takes several values")
    return value[0]


def _offered(path: Path, offered: Sequence[Choice], values: Sequence[str]) -> list[Choice]:
    known = {choice.value: choice for choice in offered}
    if not all(value in known for value in values):
        raise AnswerError("not-offered", path)
    return [known[value] for value in values]


def _several(path: Path, offered: Sequence[Choice], values: Sequence[str], held: Sequence[str]) -> str:
    chosen = _offered(path, offered, values)
    newest = next((choice for choice in reversed(chosen) if choice.value not in held), None)
    if newest is not None and newest.alone:
        return newest.value
    others = {choice.value for choice in chosen if not choice.alone}
    if not others and chosen:
        return chosen[-1].value
    return " ".join(choice.value for choice in offered if choice.value in others)


def _number(path: Path, value: str) -> Decimal:
    value = value.strip()
    if len(value) > _LONG:
        raise AnswerError("too-long", path)
    if not _NUMBER.fullmatch(value):
        raise AnswerError("not-a-number", path)
    return Decimal(value)


def _plain(number: Decimal) -> str:
    return "0" if number == 0 else format(number.normalize(), "f")


def _integer(path: Path, value: str) -> str:
    whole = int(_number(path, value))
    if whole not in _INTEGERS:
        raise AnswerError("out-of-range", path)
    return str(whole)


def _decimal(path: Path, value: str) -> str:
    text = _plain(_number(path, value))
    if sum(letter.isdigit() for letter in text.lstrip("-0.")) > DIGIT_LIMIT:
        raise AnswerError("too-long", path)
    return text


def _moment(kind: Literal["date", "time", "dateTime"], path: Path, value: str) -> str:
    """Return a real day or time as it was written; of a day with a time, a date keeps the day."""
    match = _MOMENTS[kind].fullmatch(value.strip())
    if match is None:
        raise AnswerError("not-a-date", path)
    try:
        if kind != "time":
            date.fromisoformat(match["day"])
        if kind != "date":
            time.fromisoformat(match["time"])
    except ValueError as wrong:
        raise AnswerError("not-a-date", path) from wrong
    return match["day"] if kind == "date" else value.strip()


def _as_moment(kind: str, text: str) -> str:
    """Return what a calculation gave, with midnight where only a day was given for a moment."""
    whole_day = kind == "dateTime" and _MOMENTS["date"].fullmatch(text) and "T" not in text
    return f"{text}T00:00:00Z" if whole_day else text


def _on_grid(question: Range, path: Path, value: str) -> str:
    number = _number(path, value)
    start, end, step = Decimal(question.grid.start), Decimal(question.grid.end), Decimal(question.grid.step)
    if not start <= number <= end or (number - start) % step != 0:
        raise AnswerError("out-of-range", path)
    return _plain(number)


def _words(path: Path, value: str) -> str:
    text = without_controls(value)
    if len(text) > TEXT_LIMIT:
        raise AnswerError("too-long", path)
    return text
