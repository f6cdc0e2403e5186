"""Boxes with smooth round corners.

Rule 1: corners are smoothed by us: the window has no multisampling, and Kivy's own smooth shapes cost ten times more.
Rule 2: the body of a tile, key or button is one picture of its size, drawn pixel for pixel; equal ones share it.
Rule 3: `Rounded` is a box of one colour for what changes its length; set place and size before the radius.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from kivy.graphics import BorderImage
from kivy.graphics.texture import Texture

from kiosk.screens.theme import rgba


def _cover(x: int, y: int, inset: int, radius: float) -> float:
    """How much of a pixel near the first corner lies in a box `inset` px inside, with corners of `radius`: 0 to 1."""
    middle = inset + radius
    across, along = max(middle - x - 0.5, 0.0), max(middle - y - 0.5, 0.0)
    if across and along:
        return min(1.0, max(0.0, radius - math.hypot(across, along) + 0.5))
    return float(x >= inset and y >= inset)


def _picture(size: tuple[int, int], pixels: bytes) -> Texture:
    texture = Texture.create(size=size, colorfmt="rgba")
    texture.min_filter = texture.mag_filter = "nearest"
    texture.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
    return texture


@lru_cache(160)
def body(width: int, height: int, fill: str, line: str, line_px: int, radius: int) -> Texture:
    """A box of #rrggbb `fill` inside a `line`, `radius` px round."""
    inner, outer = ([round(part * 255) for part in rgba(colour)[:3]] for colour in (fill, line))

    def pixel(x: int, y: int) -> bytes:
        mix, alpha = _cover(x, y, line_px, max(radius - line_px, 0)), _cover(x, y, 0, radius)
        return bytes([*(round(o + (i - o) * mix) for i, o in zip(inner, outer, strict=True)), round(255 * alpha)])

    side = max(radius, line_px)
    rows = []
    for y in range(side + 1):
        left = [pixel(x, y) for x in range(side)]
        rows.append(b"".join(left) + pixel(side, y) * (width - 2 * side) + b"".join(reversed(left)))
    return _picture((width, height), b"".join([*rows[:-1], rows[-1] * (height - 2 * side), *reversed(rows[:-1])]))


@lru_cache(64)
def _disc(radius: int) -> Texture:
    """A white disc with two px between its halves."""
    half = [
        [bytes((255, 255, 255, round(255 * _cover(x, y, 0, radius)))) for x in range(radius + 1)]
        for y in range(radius + 1)
    ]
    rows = [b"".join([*row, *reversed(row)]) for row in half]
    return _picture((2 * radius + 2, 2 * radius + 2), b"".join([*rows, *reversed(rows)]))


class Rounded(BorderImage):
    """A box of one colour. `radius` takes a list with one number of px, as Kivy's own rounded shapes do."""

    def __init__(self) -> None:
        super().__init__(texture=_disc(1), border=(1, 1, 1, 1))

    @property
    def radius(self) -> Sequence[float]:
        """The radius of all corners in px."""
        return [self.border[0]]

    @radius.setter
    def radius(self, values: Sequence[float]) -> None:
        radius = max(1, min(round(values[0]), int(self.size[0] // 2), int(self.size[1] // 2)))
        self.texture, self.border = _disc(radius), (radius,) * 4
