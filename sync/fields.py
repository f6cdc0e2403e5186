"""What may stand in a field of a message: one small check for each, and tables of them.

Rule 1: a check takes one decoded value and returns it typed, or raises BatchError.
Rule 2: a table names every field of a body; a field missing or unknown is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, TypeAlias, TypeVar

from models.errors import BatchError


def refuse(detail: str) -> BatchError:
    """Return the one error of this family."""
    return BatchError(detail=detail)


def sized(length: int) -> Callable[[object], bytes]:
    """Exactly `length` bytes."""

    def check(value: object) -> bytes:
        if not isinstance(value, bytes) or len(value) != length:
            raise refuse(f"not {length} bytes")
        return value

    return check


def below(end: int, least: int = 0) -> Callable[[object], int]:
    """A whole number, `least` or more and under `end`."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value < end:
            raise refuse("a number out of bounds")
        return value

    return check


def said(most: int) -> Callable[[object], str]:
    """Text of 1 to `most` bytes in UTF-8."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= most:
            raise refuse("a text out of bounds")
        return value

    return check


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise refuse("not true or false")
    return value


_Word = TypeVar("_Word", bound=IntEnum)


def word(words: type[_Word]) -> Callable[[object], _Word]:
    """One of the numbered words."""
    known = {int(word): word for word in words}

    def check(value: object) -> _Word:
        if isinstance(value, bool) or not isinstance(value, int) or value not in known:
            raise refuse("a word we do not know")
        return known[value]

    return check


def listed(part: Callable[[object], Any], least: int, most: int) -> Callable[[object], tuple[Any, ...]]:
    """A list of `least` to `most` parts."""

    def check(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise refuse("a list out of bounds")
        return tuple(part(item) for item in value)

    return check


Fields: TypeAlias = Mapping[int, tuple[str, Callable[[object], Any]]]


def plain(value: object) -> object:
    """Return what `write_cbor` takes: lists for tuples, numbers for words."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, IntEnum) else value


def taken(body: Mapping[int, object], table: Fields) -> dict[str, Any]:
    """Return the fields by name, each checked, or raise BatchError."""
    if body.keys() != table.keys():
        raise refuse("a field is missing or unknown")
    return {name: check(body[key]) for key, (name, check) in table.items()}
