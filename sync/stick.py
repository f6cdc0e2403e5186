"""A stick's one folder: its names, and reading and writing it without trusting anything on it.

    wingvoice/up/<kiosk 32 hex>/<epoch 4>-<from 10>-<to 10>-<sha256 first 16 hex>.wvb   batches; also request.wvq
    wingvoice/down/<kiosk 32 hex>/<serial 10>-<sha256 first 16 hex>.wvr                 receipts; also <epoch 4>.wvg
    wingvoice/delivery/metadata/...  wingvoice/delivery/targets/...
    wingvoice/part/                                                                     leftovers

Rule 1: a name that is not one of these patterns is not seen; nothing is followed, and only plain files are read.
Rule 2: a file is written beside its place, synced, moved there whole and read again; a torn one never has its name.
Rule 3: FAT renames are not atomic, so names carry the digest and the reader checks it.
Rule 4: 1 MiB stays free; only CourierError escapes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from models import seal
from sync.courier import NotCarriedError, StickFullError, StickGoneError, StickSpoiltError, TooLargeError

HOME: Final = "wingvoice"
KEEP_FREE_BYTES: Final = 1 << 20
FOLDERS_MOST: Final = 256
FILES_MOST: Final = 4096
READ_MOST_BYTES: Final = 2 << 30

KIOSK: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
BATCH: Final = re.compile(r"[0-9]{4,10}-[0-9]{10,20}-[0-9]{10,20}-([0-9a-f]{16})\.wvb", re.ASCII)
REQUEST: Final = re.compile(r"request\.wvq", re.ASCII)
RECEIPT: Final = re.compile(r"[0-9]{10,20}-([0-9a-f]{16})\.wvr", re.ASCII)
GRANT: Final = re.compile(r"[0-9]{4,10}\.wvg", re.ASCII)
PART: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FOLDER: Final = re.compile(r"[0-9a-z][0-9a-z_-]{0,79}", re.ASCII)
_FILE: Final = re.compile(r"[0-9a-z][0-9a-z._-]{0,159}", re.ASCII)
_DELIVERY_DEPTHS: Final = range(2, 7)
_AS_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_AS_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe must not make us wait
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.EROFS, errno.ESTALE})


def delivery_parts(path: str) -> tuple[str, ...] | None:
    """Return the parts of a delivery's path, or None where it is not a name that a delivery may have."""
    parts = tuple(path.split("/"))
    if parts[0] not in ("metadata", "targets") or len(parts) not in _DELIVERY_DEPTHS:
        return None
    fits = all(_FOLDER.fullmatch(part) for part in parts[:-1]) and _FILE.fullmatch(parts[-1])
    return parts if fits else None


class Stick:
    """The folder of one stick, found at `root` (where it is mounted); `free_bytes` tells what fits on it yet."""

    def __init__(self, root: Path, free_bytes: Callable[[int], int] | None = None) -> None:
        self._root, self._free = root, free_bytes or _free_bytes
        self._place: tuple[int, int] | None = None
        self._read = 0

    def names(self, folder: Sequence[str], pattern: re.Pattern[str]) -> tuple[str, ...]:
        """Return what fits the pattern in a folder, sorted; nothing where there is no such folder."""
        with self._within(folder) as place:
            if place is None:
                return ()
            names = os.listdir(place)  # noqa: PTH208 - a descriptor, not a path
            if len(names) > FILES_MOST or len({name.casefold() for name in names}) < len(names):
                raise StickSpoiltError
            return tuple(sorted(name for name in names if pattern.fullmatch(name)))

    def kiosks(self, side: str) -> tuple[str, ...]:
        """Return the kiosk folders under "up" or "down"."""
        names = self.names((side,), KIOSK)
        if len(names) > FOLDERS_MOST:
            raise StickSpoiltError
        return names

    def read(self, folder: Sequence[str], name: str, limit: int) -> bytes | None:
        """Return a plain file, or None where it is absent, a link, or nothing one reads; TooLargeError over `limit`."""
        with self._within(folder) as place:
            return None if place is None else self._file(place, name, limit)

    def read_parcels(self, folder: Sequence[str], pattern: re.Pattern[str], limit: int) -> dict[str, bytes]:
        """Return files by name whose digest is the one in their name; torn, linked or oversized ones are left out."""
        found = {}
        for name in self.names(folder, pattern):
            match = pattern.fullmatch(name)
            try:
                data = self.read(folder, name, limit)
            except TooLargeError:
                continue
            named = match.group(1) if match is not None and match.groups() else None
            if data is not None and named in (None, seal.digest(data).hex()[:16]):
                found[name] = data
        return found

    def write(self, folder: Sequence[str], name: str, data: bytes) -> None:
        """Put a file in its place whole, or raise StickFullError or StickGoneError; what is there is not written twice.

        StickFullError leaves its counts at zero: the round knows how many parcels there are.
        """
        with self._within(folder, make=True) as place, self._within(("part",), make=True) as part:
            if place is None or part is None:
                raise StickGoneError
            if self._file(place, name, len(data), lenient=True) == data:
                return
            if self._free(place) - len(data) < KEEP_FREE_BYTES:
                raise StickFullError(fitted=0, of=0)
            self._put(part, place, name, data)

    def erase(self, folder: Sequence[str], name: str) -> None:
        """Take a file of ours away, if it is there."""
        with self._within(folder) as place:
            if place is not None:
                os.unlink(name, dir_fd=place)

    def walk(self, folder: Sequence[str], depth: int = _DELIVERY_DEPTHS.stop) -> Iterator[tuple[str, ...]]:
        """Yield the paths of files with a delivery's names under a folder, sorted."""
        for name in self.names(folder, _FILE):
            path = (*folder, name)
            if depth and _FOLDER.fullmatch(name) and self._is_folder(path):
                yield from self.walk(path, depth - 1)
            else:
                yield path

    def finish(self) -> None:
        """Clear leftovers and write everything down, so that the stick may be taken out."""
        for name in self.names(("part",), PART):
            self.erase(("part",), name)
        with self._within(()) as place:
            if place is not None:
                os.fsync(place)
        os.sync()

    def _is_folder(self, path: Sequence[str]) -> bool:
        with self._within(path[:-1]) as place:
            return place is not None and stat.S_ISDIR(os.lstat(path[-1], dir_fd=place).st_mode)

    @contextmanager
    def _within(self, folder: Sequence[str], *, make: bool = False) -> Iterator[int | None]:
        """Give a folder's descriptor, opened part by part without following anything; None where it is absent."""
        opened: list[int] = []
        try:
            opened.append(os.open(self._root, _AS_FOLDER))
            self._still_the_same(opened[0])
            for part in (HOME, *folder):
                if make:
                    _make(part, opened[-1])
                below = _open_folder(part, opened[-1])
                if below is None:
                    break
                opened.append(below)
            yield opened[-1] if len(opened) == len(folder) + 2 else None
        except OSError as trouble:
            raise _told(trouble) from trouble
        finally:
            for descriptor in opened:
                os.close(descriptor)

    def _still_the_same(self, root: int) -> None:
        """An empty mount point after the stick was pulled must not take its place."""
        seen = os.fstat(root)
        if self._place not in (None, (seen.st_dev, seen.st_ino)):
            raise StickGoneError
        self._place = (seen.st_dev, seen.st_ino)

    def _file(self, place: int, name: str, limit: int, *, lenient: bool = False) -> bytes | None:
        try:
            descriptor = os.open(name, _AS_FILE, dir_fd=place)
        except OSError as trouble:
            if trouble.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO, errno.EISDIR):
                return None
            raise
        with os.fdopen(descriptor, "rb") as file:
            seen = os.fstat(descriptor)
            if not stat.S_ISREG(seen.st_mode) or seen.st_nlink != 1:
                return None
            self._read += min(seen.st_size, limit + 1)
            if seen.st_size > limit or self._read > READ_MOST_BYTES:
                if lenient:
                    return None
                raise TooLargeError
            return file.read(limit)

    def _put(self, part: int, place: int, name: str, data: bytes) -> None:
        making = seal.random_bytes(16).hex()
        descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=part)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(making, name, src_dir_fd=part, dst_dir_fd=place)
        except OSError:
            _forget(making, part)
            raise
        os.fsync(place)
        if self._file(place, name, len(data), lenient=True) != data:
            raise StickGoneError


def _free_bytes(place: int) -> int:
    seen = os.fstatvfs(place)
    return seen.f_bavail * seen.f_frsize


def _make(part: str, above: int) -> None:
    try:
        os.mkdir(part, 0o755, dir_fd=above)
    except FileExistsError:
        return


def _open_folder(part: str, above: int) -> int | None:
    try:
        return os.open(part, _AS_FOLDER, dir_fd=above)
    except OSError as trouble:
        if trouble.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return None
        raise


def _forget(name: str, place: int) -> None:
    try:
        os.unlink(name, dir_fd=place)
    except OSError:
        return  # the stick is gone, or clears its leftovers next time


def _told(trouble: OSError) -> StickFullError | StickGoneError | StickSpoiltError:
    """Say in our words what the system says of a stick."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return StickFullError(fitted=0, of=0)
    return StickGoneError() if trouble.errno in _GONE else StickSpoiltError()


def read_delivery(stick: Stick, path: str, limit: int) -> bytes:
    """Return a file of the delivery on a stick; NotCarriedError where absent, TooLargeError over `limit` bytes."""
    parts = delivery_parts(path)
    data = None if parts is None else stick.read(("delivery", *parts[:-1]), parts[-1], limit)
    if data is None:
        raise NotCarriedError
    return data
