"""Bands, bars and stripes with smooth edges, as the pixels of one picture.

Rule 1: edges are smoothed by us, as round corners are: the window has no multisampling.
Rule 2: a picture is kept column by column, from its start and from the head down: a band is then a run of bytes.
Rule 3: nothing here knows Kivy or a theme: colours and places in, bytes out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

DEPTH: Final = 4  # bytes a pixel: red, green, blue, and always opaque
Edge = Callable[[float], float]
"""The y of an edge, from the head, at an x."""


def colour_of(hexed: str) -> bytes:
    """Return #rrggbb as the bytes of a pixel."""
    return bytes.fromhex(hexed[1:]) + b"\xff"


@dataclass(frozen=True, slots=True)
class Fill:
    """One colour, or slanting stripes of two, each `stripe` px broad."""

    one: str
    other: str = ""
    stripe: int = 0

    def run(self, x: int, first: int, last: int) -> bytes:
        """Return the pixels of a column from the first to before the last."""
        if not self.stripe:
            return colour_of(self.one) * max(0, last - first)
        period = 2 * self.stripe
        turn = colour_of(self.one) * self.stripe + colour_of(self.other) * self.stripe
        start = (x + first) % period
        whole = turn * ((last - first) // period + 2)
        return whole[start * DEPTH : (start + max(0, last - first)) * DEPTH]


class Sheet:
    """A picture of so many pixels on one ground."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self.width, self.height = width, height
        self._columns = [bytearray(colour_of(ground) * height) for _ in range(width)]

    def pixels(self) -> bytes:
        """Return all columns one after another, from the start, each from the head down."""
        return b"".join(self._columns)

    def pixel(self, x: int, y: int) -> str:
        """Return the colour of a pixel."""
        return "#" + self._columns[x][y * DEPTH : y * DEPTH + 3].hex()

    def band(self, start: float, end: float, head: Edge, foot: Edge, fill: Fill) -> None:
        """Fill what lies between two edges from one x to another."""
        for x in range(max(0, round(start)), min(self.width, round(end))):
            self._fill(x, head(x + 0.5), foot(x + 0.5), fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """Fill a box; at least a pixel of it is seen."""
        self.band(x, max(x + width, x + 1), lambda _: y, lambda _: y + max(height, 1), fill)

    def dashes(self, start: float, end: float, y: float, thick: int, dash: int, colour: str) -> None:
        """Draw a broken line."""
        fill = Fill(colour)
        for x in range(max(0, round(start)), min(self.width, round(end))):
            if (x - round(start)) // dash % 2 == 0:
                self._fill(x, round(y), round(y) + thick, fill)

    def _fill(self, x: int, head: float, foot: float, fill: Fill) -> None:
        head, foot = max(0.0, head), min(float(self.height), foot)
        if foot <= head:
            return
        first, last = math.ceil(head), math.floor(foot)
        column = self._columns[x]
        if last > first:
            column[first * DEPTH : last * DEPTH] = fill.run(x, first, last)
        if first > last:  # all of it within one pixel
            self._blend(column, x, last, foot - head, fill)
            return
        if first > head:
            self._blend(column, x, first - 1, first - head, fill)
        if foot > last and last < self.height:
            self._blend(column, x, last, foot - last, fill)

    @staticmethod
    def _blend(column: bytearray, x: int, y: int, cover: float, fill: Fill) -> None:
        at, ink = y * DEPTH, fill.run(x, y, y + 1)
        for part in range(DEPTH - 1):
            had = column[at + part]
            column[at + part] = round(had + (ink[part] - had) * cover)


def bent(x0: float, y0: float, x1: float, y1: float) -> Edge:
    """Return a smooth way from one point to another, level at both ends."""

    def at(x: float) -> float:
        way = min(1.0, max(0.0, (x - x0) / max(1.0, x1 - x0)))
        return y0 + (y1 - y0) * way * way * (3 - 2 * way)

    return at
