"""A contact sheet: small pictures side by side, written row by row.

Rule 1: all pictures have the size of the first; the last row is filled with ground.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from kiosk.preview.png import PngFile

ACROSS: Final = 6
GAP_PX: Final = 6
GROUND: Final = b"\xc8"  # of each colour


class Small(Protocol):
    """A small picture: three bytes a pixel, from the top."""

    @property
    def width(self) -> int:
        """Pixels across."""

    @property
    def height(self) -> int:
        """Pixels from top to foot."""

    def rows(self) -> list[bytes]:
        """Return the rows from the top."""


class ContactSheet:
    """A sheet for so many pictures, being written; at most six pictures wait in memory."""

    def __init__(self, path: Path, count: int) -> None:
        self._path, self._count, self._came = path, count, 0
        self._waiting: list[list[bytes]] = []
        self._png: PngFile | None = None
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def add(self, picture: Small) -> None:
        """Add the next picture."""
        if self._png is None:
            self._width = picture.width
            across = min(ACROSS, self._count)
            down = -(-self._count // ACROSS)
            height = down * (picture.height + GAP_PX) + GAP_PX
            self._png = PngFile(self._path, across * (self._width + GAP_PX) + GAP_PX, height).__enter__()
            self._bare(self._png, GAP_PX)
        self._waiting.append(picture.rows())
        self._came += 1
        if len(self._waiting) == ACROSS or self._came == self._count:
            self._write(self._png)

    def _bare(self, png: PngFile, rows: int) -> None:
        across = min(ACROSS, self._count)
        for _ in range(rows):
            png.row(GROUND * 3 * (across * (self._width + GAP_PX) + GAP_PX))

    def _write(self, png: PngFile) -> None:
        gap, empty = GROUND * 3 * GAP_PX, GROUND * 3 * (self._width + GAP_PX)
        free = empty * (min(ACROSS, self._count) - len(self._waiting))
        for parts in zip(*self._waiting, strict=True):
            png.row(gap + gap.join(parts) + gap + free)
        self._bare(png, GAP_PX)
        self._waiting.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._png is not None:
            self._png.__exit__(kind, error, trace)
