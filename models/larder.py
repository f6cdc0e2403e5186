"""Keeps the large pieces of the installed bundle in one file beside the vault, so that tidying the vault stays quick.

Rule 1: the vault knows where each piece lies and what its hash is; a piece that is not what it was is not there.
Rule 2: a file is whole and on the disk before the vault names it, and is never changed afterwards.
Rule 3: only what central signed and carried in the open lies here: pictures, sound, questionnaires; nothing of anybody.

    file:   <vault>.<name, 32 hex digits>.larder   the pieces, one after the other; the name follows from them
    place:  | WVLARDER | name 16 | offset 8 | bytes 8 | hash 32 |
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Final, NewType, TypeVar

from models import seal
from models.errors import VaultFullError

Place = NewType("Place", bytes)
Piece = TypeVar("Piece", bound=Hashable)

_MARK: Final = b"WVLARDER"
_PLACE: Final = struct.Struct(">8s16sQQ32s")
PLACE_BYTES: Final = _PLACE.size
_NAME: Final = 16


def is_place(content: bytes) -> bool:
    """Return whether these bytes say where a piece lies."""
    return len(content) == _PLACE.size and content.startswith(_MARK)


class Larder:
    """The files beside one vault."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault

    def put(self, pieces: Mapping[Piece, bytes]) -> dict[Piece, Place]:
        """Write these pieces into a file of their own and return their places; VaultFullError leaves no file."""
        if not pieces:
            return {}
        hashes = {piece: seal.digest(data) for piece, data in pieces.items()}
        name, at = seal.digest(b"".join(hashes.values()))[:_NAME], 0
        places: dict[Piece, Place] = {}
        path = self._path(name)
        making = path.with_suffix(".making")
        try:
            making.unlink(missing_ok=True)
            with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for piece, data in pieces.items():
                    file.write(data)
                    places[piece] = Place(_PLACE.pack(_MARK, name, at, len(data), hashes[piece]))
                    at += len(data)
                file.flush()
                os.fsync(file.fileno())
            making.replace(path)
            _settle(path.parent)
        except OSError as trouble:
            making.unlink(missing_ok=True)
            if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
                raise VaultFullError from trouble
            raise
        return places

    def get(self, place: bytes) -> bytes | None:
        """Return the piece that lies there; None where it is gone, or not what it was."""
        _, name, at, size, digest = _PLACE.unpack(place)
        try:
            with self._path(name).open("rb") as file:
                file.seek(at)
                data = file.read(size)
        except OSError:
            return None
        return data if seal.digest(data) == digest else None

    def holds(self, place: bytes) -> bool:
        """Return whether the file is there and long enough; what is in it is looked at when it is read."""
        _, name, at, size, _ = _PLACE.unpack(place)
        path = self._path(name)
        return path.is_file() and path.stat().st_size >= at + size

    def keep_only(self, *places: bytes) -> None:
        """Delete the files in which none of these places lies."""
        kept = {self._path(_PLACE.unpack(place)[1]) for place in places}
        beside = self._vault.parent.glob(f"{self._vault.name}.{'[0-9a-f]' * 2 * _NAME}.*")
        for path in beside:
            if path not in kept:
                path.unlink(missing_ok=True)

    def _path(self, name: bytes) -> Path:
        return self._vault.with_name(f"{self._vault.name}.{name.hex()}.larder")


def _settle(folder: Path) -> None:
    """Put the folder's own list on the disk."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
