"""Which letters a font has, so that a word that would come out as boxes is told before anybody sees it.

Rule 1: only the table of characters is read, in the two formats that fonts of ours have; another one is RuntimeError.
Rule 2: letters are looked for as they are drawn: joined and ordered, without the marks that only steer.
Source: the OpenType specification, table cmap, formats 4 and 12.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from kiosk import typeset
from kiosk.presenters.shown import Said

UNSEEN: Final = frozenset("\n\u00ad\u200c\u200d\ufeff")


def missing(said: Iterable[Said], fonts: Path) -> str:
    """Return the letters of these words that their fonts lack, each once, in code point order."""
    found: set[str] = set()
    for words in said:
        drawn = typeset.visual(words.text.replace("\n", " "), rtl=words.direction == "rtl")
        there = letters(fonts / typeset.font_for(words.tag, bold=False))
        found |= {letter for letter in drawn if letter not in UNSEEN and ord(letter) not in there}
    return "".join(sorted(found))


@cache
def letters(font: Path) -> frozenset[int]:
    """Return the code points that a font draws."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for at in range(12, 12 + 16 * tables, 16):
        name, _, start, _ = struct.unpack_from(">4sIII", data, at)
        if name == b"cmap":
            return frozenset(_characters(data, start))
    raise RuntimeError(f"{font.name} has no table of characters")


def _characters(data: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">H", data, start + 2)
    offsets = {struct.unpack_from(">HHI", data, start + 4 + 8 * place)[2] for place in range(count)}
    found: set[int] = set()
    for offset in offsets:
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 12:  # noqa: PLR2004 - the format's own number
            found |= _groups(data, start + offset)
        elif form == 4:  # noqa: PLR2004 - as above
            found |= _segments(data, start + offset)
    if not found:
        raise RuntimeError("a font whose characters cannot be read")
    return found


def _groups(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for place in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * place)
        found |= set(range(first, last + 1))
    return found


def _segments(data: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * twice)
    shifts_at = at + 16 + 3 * twice
    shifts = struct.unpack_from(f">{count}H", data, shifts_at)
    found: set[int] = set()
    for place, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, shifts, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", data, shifts_at + 2 * place + shift + 2 * (code - first))
            if (glyph + delta if not shift or glyph else 0) & 0xFFFF:
                found.add(code)
    return found
