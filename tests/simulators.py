"""The road and its far end in memory, speaking the real formats and judging with the real rules.

Faults are words, one letter a trip: R arrives and is answered, L is lost, A arrives but its answer is lost, D arrives
twice, O arrives after an older message came once more, C is cut in mid-body, G is answered by garbage, B finds central
busy. After the word every trip arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from models import seal
from models.errors import BatchError, CourierError
from models.seal import Digest, KioskId
from sync.batch import (
    VERSION,
    Batch,
    Outcome,
    Receipt,
    ReceiptBody,
    read_batch,
    read_hello,
    tag_of,
    write_receipt,
)
from sync.courier import NotCarriedError
from sync.exchange import KioskState, Stream, judge
from tests.sync.parcels import (
    A_KIOSK,
    AN_INSTANCE,
    KIOSK_PUBLIC,
    NOON_S,
    RECEIPT_KEY,
    RECEIPT_PUBLIC,
)

GARBAGE: Final = b"<html>Welcome to the guest network. Please log in.</html>"
Answer = Callable[[bytes], bytes | None]


@dataclass
class CentralSimulator:
    """Central for one epoch of one kiosk: a dictionary for a ledger, the real judge, the real receipts."""

    ledger: dict[int, bytes] = field(default_factory=dict)
    boundaries: dict[int, Digest] = field(default_factory=dict)
    mark: int = 0
    head: Digest = field(default_factory=lambda: seal.chain_start(A_KIOSK, 1))
    serial: int = 0
    forked: bool = False
    outcomes: list[Outcome] = field(default_factory=list)

    def answer(self, message: bytes) -> bytes | None:
        """Return the receipt, or None where central gives no signed answer."""
        try:
            if tag_of(message) == "wvh":
                read_hello(message, lambda _: [KIOSK_PUBLIC])
                outcome = Outcome.ALREADY
            else:
                batch = read_batch(message, lambda _: [KIOSK_PUBLIC])
                assert isinstance(batch, Batch)
                outcome = self._judged(batch)
        except BatchError:
            return None
        return self.receipt(outcome, message)

    def receipt(self, outcome: Outcome, message: bytes) -> bytes:
        self.outcomes.append(outcome)
        self.serial += 1
        body = ReceiptBody(
            kiosk=A_KIOSK,
            epoch=1,
            mark=self.mark,
            safe=self.mark,
            head=self.head,
            generation=1,
            serial=self.serial,
            time=NOON_S,
            outcome=outcome,
            quarantined=(),
            versions=(VERSION,),
            wait=0,
            key=seal.key_id(RECEIPT_PUBLIC),
            answered=seal.digest(message),
            newest=0,
        )
        return write_receipt(body, RECEIPT_KEY)

    def _judged(self, batch: Batch) -> Outcome:
        granted = batch.header.instance == AN_INSTANCE
        stream = Stream(self.mark, self.head, granted, self.forked, self.boundaries.get)
        verdict = judge(batch, stream)
        for seq, entry in verdict.fresh:
            assert seq not in self.ledger, "a number was stored twice"
            self.ledger[seq] = entry.sealed
        if verdict.outcome is Outcome.TAKEN:
            self.mark, self.head = batch.header.last, batch.header.head
            self.boundaries[self.mark] = self.head
        self.forked |= verdict.outcome is Outcome.FORK
        return verdict.outcome


class FaultyCourier:
    """A network road with a fault a letter; `after_each` is called after every trip, whatever came of it."""

    road: Final = "network"

    def __init__(self, central: Answer, word: str, after_each: Callable[[], None] = lambda: None) -> None:
        self._central, self._word, self._after_each = central, list(word), after_each
        self._older: list[bytes] = []
        self.trips = 0

    def carry(self, message: bytes) -> bytes | None:
        letter = self._word.pop(0) if self._word else "R"
        self.trips += 1
        try:
            return self._trip(letter, message)
        finally:
            self._older.append(message)
            self._after_each()

    def _trip(self, letter: str, message: bytes) -> bytes | None:
        if letter == "L":
            raise CourierError
        if letter == "G":
            return GARBAGE
        if letter == "B":
            raise CourierError  # central says 503, and the courier gave up
        if letter == "C":
            self._central(message[: len(message) // 2])
            raise CourierError
        if letter == "O":
            for older in self._older[-2:]:
                self._central(older)
        reply = self._central(message)
        if letter == "D":
            reply = self._central(message)
        if letter == "A":
            raise CourierError
        return reply

    def waiting(self) -> tuple[bytes, ...]:
        return ()

    def fetch(self, path: str, limit: int) -> bytes:
        raise NotCarriedError

    def done(self) -> None:
        return


class FakeOutbox:
    """An outbox in memory that erases as the real one does: by a receipt, up to its safe, in whole batches."""

    def __init__(self, batches: Mapping[int, tuple[bytes, Batch]]) -> None:
        self._batches = dict(batches)  # by last number
        self.records = {
            seq: entry.sealed
            for _, batch in batches.values()
            for seq, entry in enumerate(batch.entries, batch.header.first)
        }
        start = seal.chain_start(A_KIOSK, 1)
        self._heads = {0: start} | {last: batch.header.head for last, (_, batch) in batches.items()}
        self._last = max(self._heads)
        self.mark, self.serial = 0, 0

    def state(self) -> KioskState:
        return KioskState(
            kiosk=KioskId(A_KIOSK),
            epoch=1,
            last_seq=self._last,
            head=self._heads[self._last],
            last_serial=self.serial,
            mark=self.mark,
            safe=self.mark,
            instance=AN_INSTANCE,
            generation=1,
            heads=self._heads,
        )

    def next_batch(self, after: int) -> bytes | None:
        due = [last for last, (_, batch) in self._batches.items() if batch.header.first > max(after, self.mark)]
        return self._batches[min(due)][0] if due else None

    def settle(self, receipt: Receipt) -> int:
        body = receipt.body
        if body.serial <= self.serial:
            return 0
        self.serial = body.serial
        if body.outcome not in (Outcome.TAKEN, Outcome.ALREADY, Outcome.GAP):
            return 0
        self.mark = max(self.mark, body.mark)
        gone = [seq for seq in self.records if seq <= body.safe]
        for seq in gone:
            del self.records[seq]
        return len(gone)

    def asking_instance(self) -> bytes:
        return AN_INSTANCE

    def open_epoch(self, grant: object) -> None:
        raise RuntimeError("no grant was expected")
