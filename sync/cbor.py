"""The small part of CBOR that Wing Voice speaks, checked before anything is decoded.

Rule 1: only whole numbers from 0, bytes, text, lists, maps with rising whole-number keys, true and false.
Rule 2: one way to write each value: shortest form, definite length, no trailing byte (RFC 8949 section 4.2.1).
Rule 3: length, count and nesting are bounded before a value is made; only BatchError escapes.
"""

from __future__ import annotations

from typing import Final

import cbor2

from models.errors import BatchError

DEPTH_LIMIT: Final = 4
ITEM_LIMIT: Final = 20_000  # heads in one message: a batch body has at most 1,501

_UNSIGNED, _BYTES, _TEXT, _LIST, _MAP, _SIMPLE = 0, 2, 3, 4, 5, 7
_FALSE, _TRUE = 20, 21
_IN_THE_HEAD, _WIDEST = 24, 27  # below 24 the value is the head itself; 24..27 say 1, 2, 4 or 8 bytes follow


def write_cbor(value: object) -> bytes:
    """Return `value` in the one form that `read_cbor` takes."""
    return bytes(cbor2.dumps(value, canonical=True))


def read_cbor(unverified: bytes, limit_bytes: int, depth: int = DEPTH_LIMIT) -> object:
    """Return the one value in `unverified`, or raise BatchError.

    The result is made of int, bytes, str, list, dict (whole-number keys) and bool only.
    """
    if len(unverified) > limit_bytes:
        raise BatchError(detail="too long")
    scan = _Scan(unverified)
    end = scan.value(0, depth)
    if end != len(unverified):
        raise BatchError(detail="something follows the end")
    value: object = cbor2.loads(unverified)
    return value


class _Scan:
    """Walks the heads once; makes nothing."""

    def __init__(self, unverified: bytes) -> None:
        self._bytes, self._left = unverified, ITEM_LIMIT

    def head(self, at: int) -> tuple[int, int, int]:
        """Return kind, number and the place after the head at `at`."""
        self._left -= 1
        if self._left < 0:
            raise BatchError(detail="too many parts")
        if at >= len(self._bytes):
            raise BatchError(detail="cut short")
        first = self._bytes[at]
        kind, number = first >> 5, first & 31
        if number < _IN_THE_HEAD:
            return kind, number, at + 1
        if number > _WIDEST or kind == _SIMPLE:
            raise BatchError(detail="not our form")
        width = 1 << (number - _IN_THE_HEAD)
        end = at + 1 + width
        if end > len(self._bytes):
            raise BatchError(detail="cut short")
        value = int.from_bytes(self._bytes[at + 1 : end], "big")
        if value < (_IN_THE_HEAD if width == 1 else 1 << (4 * width)):
            raise BatchError(detail="not the shortest form")
        return kind, value, end

    def value(self, at: int, depth: int) -> int:
        """Return the place after the value at `at`, which may nest `depth` lists or maps."""
        kind, number, after = self.head(at)
        if kind == _UNSIGNED:
            return after
        if kind in (_BYTES, _TEXT):
            return self._string(kind, number, after)
        if kind == _SIMPLE and number in (_FALSE, _TRUE):
            return after
        if kind not in (_LIST, _MAP):
            raise BatchError(detail="not our form")
        if depth == 0:
            raise BatchError(detail="nested too deeply")
        if kind == _LIST:
            for _ in range(self._counted(number, after)):
                after = self.value(after, depth - 1)
            return after
        return self._map(self._counted(number, after), after, depth - 1)

    def _string(self, kind: int, length: int, after: int) -> int:
        end = after + length
        if end > len(self._bytes):
            raise BatchError(detail="cut short")
        if kind == _TEXT:
            try:
                self._bytes[after:end].decode("utf-8")
            except UnicodeDecodeError:
                raise BatchError(detail="text that is not text") from None
        return end

    def _counted(self, number: int, after: int) -> int:
        if number > len(self._bytes) - after:  # each part takes one byte at least
            raise BatchError(detail="cut short")
        return number

    def _map(self, number: int, after: int, depth: int) -> int:
        last = -1
        for _ in range(number):
            kind, key, after = self.head(after)
            if kind != _UNSIGNED or key <= last:
                raise BatchError(detail="keys that do not rise")
            last, after = key, self.value(after, depth)
        return after
