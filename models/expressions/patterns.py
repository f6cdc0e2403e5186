"""Patterns of `regex()`: checked before they run, bounded when they do.

Rule 1: classes, groups, alternation, anchors, counted quantifiers; no look-around, no back-reference, no quantifier
        inside a quantified group.
Rule 2: at most 200 characters of pattern and 1,000 of subject, and a stop after 50 ms as the last belt.
Source: questionnaires.md section 8.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import regex

from models.errors import ExpressionError

PATTERN_LIMIT: Final = 200
SUBJECT_LIMIT: Final = 1000
COUNT_LIMIT: Final = 1000
TIME_LIMIT_S: Final = 0.05
_ESCAPES: Final = frozenset("dDwWsSbBntr")
_COUNT: Final = re.compile(r"\{([0-9]{1,4})(?:,([0-9]{0,4}))?\}")


def matcher(pattern: str) -> Callable[[str], bool]:
    """Return a function that finds `pattern` anywhere in a text, or raise ExpressionError("bad-pattern").

    The function raises ExpressionError("too-costly") for a subject that is too long or takes too long.
    """
    _check(pattern)
    try:
        compiled = regex.compile(pattern, regex.VERSION0)
    except (regex.error, ValueError, OverflowError) as wrong:
        raise _bad("This pattern cannot be read.") from wrong

    def found(subject: str) -> bool:
        if len(subject) > SUBJECT_LIMIT:
            raise ExpressionError(0, "too-costly")
        try:
            return compiled.search(subject, timeout=TIME_LIMIT_S) is not None
        except (TimeoutError, MemoryError):
            raise ExpressionError(0, "too-costly") from None

    return found


def _check(pattern: str) -> None:
    if len(pattern) > PATTERN_LIMIT:
        raise _bad("This pattern is too long.")
    quantified_inside = [False]  # for each open group, whether it holds a quantifier
    at = 0
    closed: bool | None = None  # whether the group that ended just here holds a quantifier
    while at < len(pattern):
        length = _quantifier(pattern, at)
        if length:
            if closed:
                raise _bad("A repeated group holds a repeat.")
            quantified_inside[-1], closed = True, None
            at += length
            continue
        closed = None
        match pattern[at]:
            case "\\":
                at = _escape(pattern, at)
            case "[":
                at = _class(pattern, at)
            case "(":
                at = _opened(pattern, at)
                quantified_inside.append(False)
            case ")":
                if len(quantified_inside) == 1:
                    raise _bad("A bracket is closed that was not opened.")
                closed = quantified_inside.pop()
                quantified_inside[-1] |= closed
                at += 1
            case _:
                at += 1


def _quantifier(pattern: str, at: int) -> int:
    """Return the length of the quantifier here, lazy mark included, or 0."""
    if pattern[at] in "*+?":
        length = 1
    elif pattern[at] == "{" and (counted := _COUNT.match(pattern, at)):
        if any(int(number) > COUNT_LIMIT for number in counted.groups() if number):
            raise _bad("This pattern repeats too often.")
        length = counted.end() - at
    elif pattern[at] == "{":
        raise _bad('A "{" needs a number.')
    else:
        return 0
    if pattern[at + length : at + length + 1] == "?":
        length += 1
    if at == 0 or pattern[at + length : at + length + 1] in {"*", "+", "?", "{"}:
        raise _bad("A repeat has nothing to repeat.")
    return length


def _escape(pattern: str, at: int) -> int:
    following = pattern[at + 1 : at + 2]
    if not following or (following.isalnum() and following not in _ESCAPES):
        raise _bad(f'"\\{following}" cannot be used here.')
    return at + 2


def _class(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1 : at + 2] == "^" else 1
    first = at
    while at < len(pattern):
        if pattern[at] == "]" and at > first:
            return at + 1
        if pattern[at] == "[" or pattern[at : at + 2] in {"--", "||", "&&", "~~"}:
            raise _bad("A class inside a class.")
        at = _escape(pattern, at) if pattern[at] == "\\" else at + 1
    raise _bad('A "]" is missing.')


def _opened(pattern: str, at: int) -> int:
    if pattern[at + 1 : at + 2] != "?":
        return at + 1
    if pattern[at + 2 : at + 3] != ":":
        raise _bad("Only plain groups can be used here.")
    return at + 3


def _bad(detail: str) -> ExpressionError:
    return ExpressionError(0, "bad-pattern", detail)
