"""The road by stick: parcels are put into a folder, and answers come back on it days later.

Rule 1: a kiosk touches its own folders only, though other kiosks' parcels lie beside them.
Rule 2: nothing is settled by writing: a parcel counts as delivered when a receipt for it has come back.
Rule 3: a parcel goes from the stick when it is no longer outstanding, a receipt when it was read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from models.errors import BatchError
from models.seal import KioskId
from sync.batch import REPLY_LIMIT_BYTES, parcel_name
from sync.courier import NotOurPlaceError
from sync.stick import BATCH, GRANT, RECEIPT, REQUEST, Stick, read_delivery


class StickCourier:
    """A stick mounted at `folder`, for one kiosk. `free_bytes` tells of a folder's descriptor what fits on it yet."""

    road: Final = "stick"

    def __init__(self, folder: Path, kiosk: KioskId, free_bytes: Callable[[int], int] | None = None) -> None:
        self._stick, self._kiosk = Stick(folder, free_bytes), kiosk.hex()
        self._offered: set[str] = set()
        self._read: set[str] = set()

    def carry(self, message: bytes) -> bytes | None:
        """Put a batch or request on the stick; a hello has nothing to do there. The answer comes later: None."""
        try:
            name = parcel_name(message)
        except BatchError as ours:
            raise RuntimeError("a parcel of our own that we cannot read") from ours
        if name is not None:
            self._stick.write(("up", self._kiosk), name, message)
            self._offered.add(name)
        return None

    def waiting(self) -> tuple[bytes, ...]:
        """Return receipts by serial, then grants, as they lie for this kiosk; torn ones are not there."""
        found: list[bytes] = []
        for pattern in (RECEIPT, GRANT):
            parcels = self._stick.read_parcels(("down", self._kiosk), pattern, REPLY_LIMIT_BYTES)
            self._read |= parcels.keys() if pattern is RECEIPT else set()
            found += parcels.values()
        return tuple(found)

    def fetch(self, path: str, limit: int) -> bytes:
        """Return a file of the delivery that lies on the stick."""
        return read_delivery(self._stick, path, limit)

    def done(self) -> None:
        """Take away what is settled and what was read; then everything is written down."""
        up, down = ("up", self._kiosk), ("down", self._kiosk)
        for pattern in (BATCH, REQUEST):
            for name in set(self._stick.names(up, pattern)) - self._offered:
                self._stick.erase(up, name)
        for name in set(self._stick.names(down, RECEIPT)) & self._read:
            self._stick.erase(down, name)
        self._stick.finish()


def check_folder(folder: Path) -> None:
    """Raise NotOurPlaceError unless a stick can be at `folder`."""
    if not folder.is_dir():
        raise NotOurPlaceError(detail="there is no stick.")
