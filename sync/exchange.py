"""How a kiosk and central come to agree on which records central holds.

Rule 1: every state and every transition, of both ends, is in this file.
Rule 2: bytes in, values out: no file, socket, clock, sleep, thread or database.
Rule 3: a lost trip is an ordinary event: the same batch is offered again, unchanged.
Rule 4: only a receipt that central signed lets a record be erased.
Rule 5: an event that the table lacks is our own mistake: RuntimeError, and the state is unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from models.seal import Digest, KioskId
from sync.batch import Grant, Receipt


@dataclass(frozen=True, slots=True)
class KioskState:
    """What the vault says of this kiosk's conversation; derived from its rows, never a second flag.

    `epoch` is 0 before the first grant. `heads` holds the head of the chain at the end of every batch above `safe`,
    and at `mark` and `safe` (0 stands for the start of the epoch): what central's head is compared with.
    """

    kiosk: KioskId
    epoch: int
    last_seq: int  # highest number ever given in this epoch
    head: Digest  # at last_seq
    last_serial: int
    mark: int
    safe: int
    instance: bytes
    generation: int
    heads: Mapping[int, Digest] = field(default_factory=dict)


class OutboxDoor(Protocol):
    """What a round needs of an outbox; the real one stands over the vault, a test's stands in memory."""

    def state(self) -> KioskState:
        """Return the state as the rows say it now."""
        ...

    def next_batch(self, after: int) -> bytes | None:
        """Return the signed batch that begins above `after`, with the same bytes every time, or None."""
        ...

    def settle(self, receipt: Receipt) -> int:
        """Take in a receipt the exchange accepted: store it, erase up to its safe; return how many were erased."""
        ...

    def open_epoch(self, grant: Grant) -> None:
        """Take in a grant: a new epoch, everything above safe back into the pool."""
        ...
