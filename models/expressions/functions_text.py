"""Functions of text: joining, cutting, searching, choices in a text, and words in the active language.

Rule 1: places count characters, never bytes; a place outside the text gives what is inside, or blank.
Rule 2: space means blank, tab, newline and return, except between chosen values, where all white space counts.
Source: questionnaires.md section 7.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from models.expressions.calls import Function, Thunk, eager, literal, number_of, produced, text_of, texts_of
from models.expressions.patterns import matcher
from models.expressions.syntax import Expr
from models.expressions.values import SPACE, Run, Value


def _own(run: Run, value: Value | None) -> str:
    """Return the value as text, or that of the current node where none is given."""
    return text_of(run, (run.node,) if value is None else value)


def _string(run: Run, value: Value | None = None) -> str:
    return produced(run, _own(run, value))


def _string_length(run: Run, value: Value | None = None) -> float:
    return float(len(_own(run, value)))


def _normalize_space(run: Run, value: Value | None = None) -> str:
    words = _own(run, value).translate(_ALL_BLANKS).split(" ")
    return produced(run, " ".join(word for word in words if word))


def _concat(run: Run, *values: Value) -> str:
    return produced(run, "".join(texts_of(run, values)))


def _join(run: Run, separator: Value, *values: Value) -> str:
    pieces, between = texts_of(run, values), text_of(run, separator)
    # Counted before it is made: many small pieces and a long separator could fill the memory.
    run.spend(len(between) * len(pieces) // 64)
    return produced(run, between.join(pieces))


def _translate(run: Run, value: Value, these: Value, those: Value) -> str:
    text, old, new = text_of(run, value), text_of(run, these), text_of(run, those)
    mapping: dict[int, str | None] = {}
    for place, character in enumerate(old):
        mapping.setdefault(ord(character), new[place] if place < len(new) else None)
    return produced(run, text.translate(mapping))


def _contains(run: Run, text: Value, part: Value) -> bool:
    return text_of(run, part) in text_of(run, text)


def _starts_with(run: Run, text: Value, part: Value) -> bool:
    return text_of(run, text).startswith(text_of(run, part))


def _ends_with(run: Run, text: Value, part: Value) -> bool:
    return text_of(run, text).endswith(text_of(run, part))


def _substring_before(run: Run, text: Value, part: Value) -> str:
    before, found, _ = _parted(run, text, part)
    return produced(run, before) if found else ""


def _substring_after(run: Run, text: Value, part: Value) -> str:
    _, found, after = _parted(run, text, part)
    return produced(run, after) if found else ""


def _parted(run: Run, text: Value, part: Value) -> tuple[str, bool, str]:
    whole, needle = text_of(run, text), text_of(run, part)
    place = whole.find(needle)
    return whole[: max(place, 0)], place >= 0, whole[place + len(needle) :]


def _substring(run: Run, value: Value, start: Value, length: Value | None = None) -> str:
    """Return what XPath 1.0 does: places from 1, halves rounded up, infinities counted, NaN giving nothing."""
    text, first = text_of(run, value), _half_up(number_of(run, start))
    end = math.inf if length is None else first + _half_up(number_of(run, length))
    if math.isnan(first) or math.isnan(end):
        return ""
    return produced(run, text[_place(first - 1, len(text)) : _place(end - 1, len(text))])


def _half_up(number: float) -> float:
    return float(math.floor(number + 0.5)) if math.isfinite(number) else number


def _place(number: float, size: int) -> int:
    """Return the place in a text of this size that is nearest."""
    return int(min(max(number, 0), size))


def _substr(run: Run, value: Value, start: Value, end: Value = math.inf) -> str:
    """Return the characters from place `start`, 0-based, up to and without `end`; negatives count from the end."""
    text = text_of(run, value)
    first, last = number_of(run, start), number_of(run, end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return produced(run, text[_counted(first, len(text)) : _counted(last, len(text))])


def _counted(number: float, size: int) -> int:
    return _place(number if number >= 0 else size + number, size)


def _regex(arguments: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    found, subject = matcher(_pattern(arguments)), thunks[0]
    return lambda run: found(text_of(run, subject(run)))


def _pattern(arguments: tuple[Expr, ...]) -> str:
    return literal(arguments, 1, "bad-pattern", "The pattern must stand in quotes.")


def _check_pattern(arguments: tuple[Expr, ...]) -> None:
    matcher(_pattern(arguments))


def _selected(run: Run, values: Value, value: Value) -> bool:
    wanted = text_of(run, value).strip()
    chosen = text_of(run, values).split()
    return wanted in chosen or (not wanted and not chosen)


def _selected_at(run: Run, values: Value, place: Value) -> str:
    chosen, number = text_of(run, values).split(), number_of(run, place)
    return produced(run, chosen[int(number)]) if 0 <= number < len(chosen) else ""


def _count_selected(run: Run, values: Value) -> float:
    return float(len(text_of(run, values).split()))


def _itext(run: Run, key: Value) -> str:
    return produced(run, run.scope.words(text_of(run, key)))


def _choice_name(arguments: tuple[Expr, ...], thunks: tuple[Thunk, ...]) -> Thunk:
    path, value = _question(arguments), thunks[0]
    return lambda run: produced(run, run.scope.choice_words(text_of(run, value(run)), path))


def _question(arguments: tuple[Expr, ...]) -> str:
    return literal(arguments, 1, "syntax", "The question must stand in quotes.")


def _check_question(arguments: tuple[Expr, ...]) -> None:
    _question(arguments)


_ALL_BLANKS: Final = dict.fromkeys(map(ord, SPACE), " ")
TEXT: Final[Mapping[str, Function]] = {
    "string": Function(0, 1, eager(_string)),
    "string-length": Function(0, 1, eager(_string_length)),
    "normalize-space": Function(0, 1, eager(_normalize_space)),
    "concat": Function(0, None, eager(_concat)),
    "join": Function(1, None, eager(_join)),
    "translate": Function(3, 3, eager(_translate)),
    "contains": Function(2, 2, eager(_contains)),
    "starts-with": Function(2, 2, eager(_starts_with)),
    "ends-with": Function(2, 2, eager(_ends_with)),
    "substring": Function(2, 3, eager(_substring)),
    "substr": Function(2, 3, eager(_substr)),
    "substring-before": Function(2, 2, eager(_substring_before)),
    "substring-after": Function(2, 2, eager(_substring_after)),
    "regex": Function(2, 2, _regex, _check_pattern),
    "selected": Function(2, 2, eager(_selected)),
    "selected-at": Function(2, 2, eager(_selected_at)),
    "count-selected": Function(1, 1, eager(_count_selected)),
    "jr:itext": Function(1, 1, eager(_itext)),
    "jr:choice-name": Function(2, 2, _choice_name, _check_question),
}
