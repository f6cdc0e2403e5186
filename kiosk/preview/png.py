"""Writes pictures as PNG, row by row, so that a sheet of any height needs the memory of a few rows.

Rule 1: eight bits a colour, no transparency, no words about who made it or when.
Source: the PNG specification, third edition.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
LEVEL: Final = 3  # somewhat larger files than the usual 6, at a third of the time
PIECE: Final = 1 << 16  # bytes of packed pixels that are written at once


class PngFile:
    """A picture being written; every row must come, from the top, `width` times three bytes each."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self._path, self._width, self._left = path, width, height
        self._height = height
        self._packed = bytearray()
        self._packer = zlib.compressobj(LEVEL)
        self._file: BinaryIO

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        self._file.write(SIGNATURE)
        self._chunk(b"IHDR", struct.pack(">IIBBBBB", self._width, self._height, 8, 2, 0, 0, 0))
        return self

    def row(self, rgb: bytes) -> None:
        """Add one row. Raises RuntimeError for a row of another width, or one too many."""
        if len(rgb) != 3 * self._width or not self._left:
            raise RuntimeError("a row that does not belong to this picture")
        self._left -= 1
        self._packed += self._packer.compress(b"\x00" + rgb)
        if len(self._packed) >= PIECE:
            self._flush()

    def _flush(self) -> None:
        self._chunk(b"IDAT", bytes(self._packed))
        self._packed.clear()

    def _chunk(self, kind: bytes, data: bytes) -> None:
        self._file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._packed += self._packer.flush()
            self._flush()
            self._chunk(b"IEND", b"")
        self._file.close()
        if kind is None and self._left:
            raise RuntimeError("a picture without all its rows")
