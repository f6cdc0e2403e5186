"""The road to central: what every courier promises.

Rule 1: a courier returns whole bytes; nothing fails after it returned.
Rule 2: only CourierError escapes, and its sentence is for staff.
Rule 3: a courier carries bytes; it never decides whether they are good.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Protocol

from models.errors import CourierError


class NotCarriedError(CourierError):
    """The road is open, but this file of the delivery is not on it."""

    number: ClassVar[int] = 301
    sentence: ClassVar[str] = "There is nothing for this kiosk on this road."


class TooLargeError(CourierError):
    """A reply or file longer than its limit; nothing of it is used."""

    number: ClassVar[int] = 302
    sentence: ClassVar[str] = "What came back is too large to be from central. Nothing was changed."


class NotOurPlaceError(CourierError):
    """An address or folder that the road refuses to use."""

    number: ClassVar[int] = 303
    sentence: ClassVar[str] = "This road is not one to send answers on: {detail}"


class StickGoneError(CourierError):
    """Pulled out, or never there; nothing was settled."""

    number: ClassVar[int] = 311
    sentence: ClassVar[str] = "The stick is not there any more. Nothing is lost. Put a stick in and try again."


class StickFullError(CourierError):
    """Whole parcels only; `fitted` of `of` lie on it."""

    number: ClassVar[int] = 312
    sentence: ClassVar[str] = "The stick is full. {fitted} of {of} parcels fitted. Bring it to central and come back."


class StickSpoiltError(CourierError):
    """Two names that are one, or too many: the folder is refused."""

    number: ClassVar[int] = 313
    sentence: ClassVar[str] = "This stick has files that do not belong here. Nothing was changed. Use a clean stick."


class Courier(Protocol):
    """One road; see courier_network and courier_stick."""

    @property
    def road(self) -> Literal["network", "stick"]:
        """Which road this is."""
        ...

    def carry(self, message: bytes) -> bytes | None:
        """Return central's unverified reply, or None where the road answers later. CourierError."""
        ...

    def waiting(self) -> tuple[bytes, ...]:
        """Return unverified receipts and grants that lie ready for this kiosk, in order of name. CourierError."""
        ...

    def fetch(self, path: str, limit: int) -> bytes:
        """Return a file of the delivery, at most `limit` bytes; NotCarriedError where absent, else CourierError.

        `path` is relative to `wingvoice/delivery/`, such as "metadata/timestamp.json".
        """
        ...

    def done(self) -> None:
        """Finish on this road: on a stick, clear what is settled and make it safe to take out. CourierError."""
        ...
