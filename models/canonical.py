"""The one way this program writes JSON, and the only way it reads it.

Rule 1: UTF-8, no spaces, keys by code point, strings in NFC, no nulls, no duplicate keys, no floating-point numbers.
Rule 2: bytes are accepted only if they are the bytes this file would write, so one value has one hash.
Rule 3: size and nesting are bounded before anything is built; whatever is wrong leaves as one error family.
Rule 4: `Fields` reads an object key by key; a key that nobody asked for is refused.
Source: questionnaires.md section 5.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import accumulate
from typing import ClassVar, Final, NewType, NoReturn, TypeVar

from models.errors import DeliveryError

LanguageTag = NewType("LanguageTag", str)
TAG_PATTERN: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ENGLISH: Final = LanguageTag("en")
CONTENT_LIMIT_BYTES: Final = 512 * 1024
CONTENT_DEPTH: Final = 16
_WHOLE_DIGITS: Final = 18  # so that every number fits 64 bits, here and in any reader of another language
# An unterminated string runs to the end instead of failing, so that the scan stays linear in the length.
_STRINGS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_STEPS: Final = bytes.maketrans(b"[{]}", b"\x01\x01\x02\x02")
_NOT_BRACKETS: Final = bytes(code for code in range(256) if code not in b"[{]}")

Value = TypeVar("Value")


class UnreadableContentError(DeliveryError):
    """Bytes that are not the content they claim to be, or not as this program would write them."""

    number: ClassVar[int] = 202
    sentence: ClassVar[str] = "A part of this content cannot be read ({detail}). Nothing was changed."

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail=detail)


def canonical_json(value: object) -> bytes:
    """Return the one spelling of `value`: dicts with text keys, lists, tuples, text in NFC, whole numbers, booleans.

    Raises RuntimeError for anything else: such a value is a mistake of our own.
    """
    _check(value)
    return _spelled(value)


def read_canonical_json(unverified: bytes, limit_bytes: int, limit_depth: int = CONTENT_DEPTH) -> object:
    """Return the value that these bytes are the one spelling of, or raise UnreadableContentError.

    `limit_bytes` counts the whole text; `limit_depth` counts brackets that are open at once.
    """
    if len(unverified) > limit_bytes:
        raise UnreadableContentError(f"more than {limit_bytes} bytes")
    skeleton = _STRINGS.sub(b"", unverified)
    if b"null" in skeleton:
        raise UnreadableContentError("a null")
    brackets = skeleton.translate(_STEPS, _NOT_BRACKETS)
    if max(accumulate(1 if step == 1 else -1 for step in brackets), default=0) > limit_depth:
        raise UnreadableContentError("nested too deep")
    try:
        text = unverified.decode("utf-8")
        value: object = json.loads(text, parse_float=_refused, parse_constant=_refused, parse_int=_whole)
        spelled = _spelled(value)
    except (ValueError, RecursionError) as wrong:  # broken UTF-8, JSON or surrogates are all ValueErrors
        raise UnreadableContentError("not canonical JSON") from wrong
    # Text in NFC has only strings in NFC: they are its parts, and what an escape stands for never combines.
    if spelled != unverified or not (unicodedata.is_normalized("NFC", text) or _composed(value)):
        raise UnreadableContentError("not canonical JSON")
    return value


class Fields:
    """An unverified JSON object, read key by key; `close` refuses what was not read."""

    __slots__ = ("_left", "what")

    def __init__(self, value: object, what: str) -> None:
        if not isinstance(value, dict):
            raise UnreadableContentError(f"{what} is not an object")
        self._left: dict[str, object] = dict(value)
        self.what = what

    def has(self, key: str) -> bool:
        """Return whether the key is there and not yet read."""
        return key in self._left

    def take(self, key: str) -> object:
        """Return and strike off the value of a key that must be there."""
        if key not in self._left:
            raise UnreadableContentError(f"{self.what} has no {key}")
        return self._left.pop(key)

    def maybe(self, key: str, read: Callable[[str], Value]) -> Value | None:
        """Return `read(key)` where the key is there, else None."""
        return read(key) if key in self._left else None

    def text(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        """Return a text, which fits `pattern` as a whole where one is given."""
        return a_text(self.take(key), f"{self.what}.{key}", pattern)

    def whole(self, key: str, least: int = 0, most: int = 2**53) -> int:
        """Return a whole number from `least` to `most`."""
        return a_whole(self.take(key), f"{self.what}.{key}", least, most)

    def flag(self, key: str) -> bool:
        """Return a boolean that must be there."""
        value = self.take(key)
        if not isinstance(value, bool):
            raise UnreadableContentError(f"{self.what}.{key} is neither true nor false")
        return value

    def mark(self, key: str) -> bool:
        """Return True where the key is there and true; written only where true, so false is refused."""
        if key in self._left and self._left[key] is not True:
            raise UnreadableContentError(f"{self.what}.{key} is not true")
        return self._left.pop(key, False) is True

    def day(self, key: str) -> date:
        """Return a day written YYYY-MM-DD."""
        return a_day(self.take(key), f"{self.what}.{key}")

    def items(self, key: str, most: int = 10_000) -> list[object]:
        """Return a list of at most `most` values."""
        return a_list(self.take(key), f"{self.what}.{key}", most)

    def entries(self, key: str, most: int = 100_000) -> dict[str, object]:
        """Return an object as a dict of at most `most` entries."""
        value = self.take(key)
        if not isinstance(value, dict) or len(value) > most:
            raise UnreadableContentError(f"{self.what}.{key} is not an object of at most {most} entries")
        return value

    def texts(self, key: str) -> dict[str, str]:
        """Return an object whose values are all text."""
        return {k: a_text(v, f"{self.what}.{key}") for k, v in self.entries(key).items()}

    def close(self) -> None:
        """Refuse whatever was not read: nothing is ignored in silence."""
        if self._left:
            raise UnreadableContentError(f"{self.what} has an unknown key: {min(self._left)[:40]}")


def a_text(value: object, what: str, pattern: re.Pattern[str] | None = None) -> str:
    """Return `value` if it is text that fits `pattern` as a whole."""
    if not isinstance(value, str) or (pattern is not None and not pattern.fullmatch(value)):
        raise UnreadableContentError(f"{what} is not as it must be")
    return value


def a_whole(value: object, what: str, least: int, most: int) -> int:
    """Return `value` if it is a whole number from `least` to `most`; a boolean is none."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UnreadableContentError(f"{what} is not a whole number from {least} to {most}")
    return value


def a_list(value: object, what: str, most: int) -> list[object]:
    """Return `value` if it is a list of at most `most` values."""
    if not isinstance(value, list) or len(value) > most:
        raise UnreadableContentError(f"{what} is not a list of at most {most}")
    return value


def a_day(value: object, what: str) -> date:
    """Return the day written YYYY-MM-DD; other spellings of ISO 8601 are refused."""
    try:
        day = date.fromisoformat(a_text(value, what))
    except ValueError:
        raise UnreadableContentError(f"{what} is not a day") from None
    if day.isoformat() != value:
        raise UnreadableContentError(f"{what} is not a day")
    return day


def texts_by_language(fields: Fields, key: str, *, empty_allowed: bool = False) -> dict[LanguageTag, str]:
    """Return texts for residents by language, English always among them, none blank."""
    texts = {LanguageTag(a_text(tag, key, TAG_PATTERN)): text for tag, text in fields.texts(key).items()}
    if not texts and empty_allowed:
        return texts
    if ENGLISH not in texts or not all(text.strip() for text in texts.values()):
        raise UnreadableContentError(f"{fields.what}.{key} has no English, or a blank text")
    return texts


def _spelled(value: object) -> bytes:
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, check_circular=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8")


def _check(value: object) -> None:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if not (one.isascii() or unicodedata.is_normalized("NFC", one)):
                raise RuntimeError("canonical JSON has only text in NFC")
        elif isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, dict):
            if not all(isinstance(key, str) for key in one):
                raise RuntimeError("canonical JSON has only text as keys")
            waiting.extend(one)
            waiting.extend(one.values())
        elif not isinstance(one, int) or abs(one) >= 10**_WHOLE_DIGITS:
            raise RuntimeError(f"canonical JSON has no {type(one).__name__} such as this")


def _composed(value: object) -> bool:
    try:
        _check(value)
    except RuntimeError:
        return False
    return True


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > _WHOLE_DIGITS:
        raise ValueError("number too long")
    return int(digits)


def _refused(_: str) -> NoReturn:
    raise ValueError("not a whole number")
