"""Pictures as paper takes them: greys on white, squares of photos, codes for scanners.

Rule 1: what is white on nothing becomes black; every colour becomes a light grey, so that a photocopy keeps the lines.
Rule 2: a code is given as squares, not as an image: it stays sharp on every printer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
from PIL import Image, ImageOps

ASSETS: Final = Path(__file__).parents[4] / "assets"
PHOTO: Final = 400
"""Pixels a side."""
_QUIET: Final = 4
_SOLID: Final = 200
_ALL_WHITE: Final = 250
_DARK: Final = 64
_LIGHT: Final = 175


@lru_cache(128)
def picture(name: str) -> bytes | None:
    """Return a picture of assets/icons as PNG in greys on white, or None where there is none of that name."""
    row = _table().get(name)
    if row is None:
        return None
    path = ASSETS / "icons" / "192" / f"{row.get('same_as', name)}.png"
    drawn = Image.open(path).convert("RGBA")
    alpha, grey = drawn.getchannel("A"), drawn.convert("L")
    solid = alpha.point(lambda level: 255 * (level > _SOLID))
    darkest = next((level for level, many in enumerate(grey.histogram(mask=solid)) if many), 0)
    ink = Image.new("L", drawn.size, 0) if darkest > _ALL_WHITE else grey.point(_lifted)
    kept = BytesIO()
    Image.merge("LA", (ink, alpha)).save(kept, "PNG")
    return kept.getvalue()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """What is known of each picture, by its name."""
    return tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))


def _lifted(level: float) -> int:
    """Keep what is dark, and make every fill light."""
    return int(level) if level < _DARK else min(255, _LIGHT + int(level) * 80 // 255)


def squared(photo: bytes) -> bytes:
    """Return a photo as PNG, in greys, upright and cut to a square."""
    whole = ImageOps.exif_transpose(Image.open(BytesIO(photo))).convert("L")
    kept = BytesIO()
    ImageOps.fit(whole, (PHOTO, PHOTO)).save(kept, "PNG")
    return kept.getvalue()


def squares_of(digits: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Return how many modules a side of the numeric QR code has with its quiet zone, and its black runs.

    A run is its first module across, its row, and its length, all counted in modules from the corner.
    """
    rows = [
        [bool(module) for module in row] for row in segno.make(digits, mode="numeric", error="q", micro=False).matrix
    ]
    runs = []
    for down, row in enumerate(rows):
        at = 0
        while at < len(row):
            length = next((n for n in range(at, len(row)) if not row[n]), len(row)) - at
            if length:
                runs.append((at + _QUIET, down + _QUIET, length))
            at += length + 1
    return len(rows) + 2 * _QUIET, runs
