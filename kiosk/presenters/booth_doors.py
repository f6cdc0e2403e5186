"""What the wiring gives to a booth: the poll, slips, and the ballot box; no number is shown before it is closed.

Rule 1: nothing slow happens behind a door; what takes time comes back later through `then`.
Rule 2: a code goes in, a slip comes out; neither is kept behind the door, and no word of it is logged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.booth_places import SlipTrouble
from kiosk.voting import Poll, Slip
from models.election.ballot import Ballot
from models.election.boxes import Kind, Manifest
from models.elections import OnTheShelf
from models.errors import WingVoiceError


@dataclass(frozen=True, slots=True)
class SlipVerdict:
    """The slip of a code, or why there is none."""

    slip: Slip | None = field(default=None, repr=False)
    trouble: SlipTrouble | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """How an election stands on this kiosk, for staff and observers.

    `kiosk` is its id, 16 bytes; `named`: the definition names it with its key. `open_box` is the number of the open
    box and `open_kind` what it takes, `next_box` the number of the one that would be opened; `closed` are manifests,
    each with the symbols of its closing tape.
    """

    shelved: OnTheShelf
    kiosk: bytes
    named: bool
    next_box: int = 1
    open_box: int | None = None
    open_kind: Kind = "kiosk"
    closed: tuple[tuple[Manifest, str], ...] = ()


class BoothDoors(Protocol):
    """The way from a booth to the vault; kiosk.polling has the real one, tests/kiosk/booths.py one in memory."""

    def poll(self) -> Poll | None:
        """Return the poll that is open on this kiosk, or None; quick, for every page at rest asks."""

    def take_slip(self, typed: str, then: Callable[[SlipVerdict | WingVoiceError], None]) -> None:
        """Find the slip of a long number; `then` gets it, or why there is none."""

    def order_seed(self) -> bytes:
        """Return 16 fresh random bytes for the order of names in one sitting."""

    def cast(
        self, slip: Slip, ballots: Mapping[int, Ballot], then: Callable[[Mapping[int, str] | WingVoiceError], None]
    ) -> None:
        """Seal and store one ballot for each contest of the slip, all or none; `then` gets the seal codes."""

    def stations(self) -> tuple[Station, ...]:
        """Return how every election of the shelf stands here."""

    def open_poll(self, label: str, then: Callable[[WingVoiceError | None], None], kind: Kind = "kiosk") -> None:
        """Open an empty box, for voters or for paper; `then` comes back with the error if there was one."""

    def close_poll(self, label: str, then: Callable[[WingVoiceError | None], None]) -> None:
        """Close the open box for good; `then` as above."""


class NoBooth:
    """A kiosk on which nobody can vote."""

    def poll(self) -> Poll | None:
        """Return None."""
        return None

    def take_slip(self, typed: str, then: Callable[[SlipVerdict | WingVoiceError], None]) -> None:  # noqa: ARG002 - interface
        """Find none."""
        then(SlipVerdict(trouble="wrong"))

    def order_seed(self) -> bytes:
        """Return nothing of chance: nobody votes here."""
        return bytes(16)

    def cast(
        self,
        slip: Slip,  # noqa: ARG002 - interface
        ballots: Mapping[int, Ballot],  # noqa: ARG002 - interface
        then: Callable[[Mapping[int, str] | WingVoiceError], None],
    ) -> None:
        """Refuse."""
        then(WingVoiceError())

    def stations(self) -> tuple[Station, ...]:
        """Return none."""
        return ()

    def open_poll(
        self,
        label: str,  # noqa: ARG002 - interface
        then: Callable[[WingVoiceError | None], None],
        kind: Kind = "kiosk",  # noqa: ARG002 - interface
    ) -> None:
        """Refuse."""
        then(WingVoiceError())

    def close_poll(self, label: str, then: Callable[[WingVoiceError | None], None]) -> None:  # noqa: ARG002 - interface
        """Refuse."""
        then(WingVoiceError())
