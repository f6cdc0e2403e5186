"""A stick at central: every batch on it judged in order, receipts, grants and the newest delivery written back.

Rule 1: a stick is read by pattern only; what does not fit is not seen, and a bad parcel is a line in the report.
Rule 2: a kiosk's own folder is where its answers go; its parcels are taken away by the kiosk, not here.
Rule 3: the same stick again changes nothing, in the ledger or on the stick.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.errors import BatchError
from models.seal import Digest, KioskId, digest
from sync.batch import (
    MESSAGE_LIMIT_BYTES,
    REPLY_LIMIT_BYTES,
    Outcome,
    Receipt,
    parcel_name,
    read_receipt,
)
from sync.central.door import newest_timestamp
from sync.central.enrol import kiosk_row, newest_grant
from sync.central.intake import NOT_DECIDED, OK, take_in
from sync.central.ledger import Ledger
from sync.central.signer import Signer, StreamKey
from sync.courier import TooLargeError
from sync.stick import BATCH, GRANT, RECEIPT, REQUEST, Stick, delivery_parts


@dataclass(frozen=True, slots=True)
class StickReport:
    """What a stick brought and took: parcels by outcome, and whole sentences for the operator."""

    kiosks: int
    taken: int
    already: int
    other: int
    requests: int
    receipts: int
    grants: int
    files: int  # of the delivery, written anew
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        """The report in one sentence."""
        return (
            f"{self.kiosks} kiosks: {self.taken} batches taken, {self.already} already here, {self.other} not taken;"
            f" {self.requests} requests; {self.receipts} receipts, {self.grants} grants and {self.files} files written."
        )


@dataclass(slots=True)
class _Tally:
    taken: int = 0
    already: int = 0
    other: int = 0
    requests: int = 0
    receipts: int = 0
    grants: int = 0
    files: int = 0


def take_in_stick(ledger: Ledger, signer: Signer, stick: Path, delivery_dir: Path, now: datetime) -> StickReport:
    """Take in the stick whose folder is `stick`; CourierError where it is full, gone or not to be trusted."""
    desk = _Desk(ledger, signer, Stick(stick), delivery_dir, now)
    kiosks = desk.stick.kiosks("up")
    for kiosk in kiosks:
        desk.take_in(KioskId(bytes.fromhex(kiosk)))
    desk.write_delivery()
    desk.stick.finish()
    done = desk.tally
    return StickReport(
        kiosks=len(kiosks),
        taken=done.taken,
        already=done.already,
        other=done.other,
        requests=done.requests,
        receipts=done.receipts,
        grants=done.grants,
        files=done.files,
        lines=tuple(desk.lines),
    )


class _Desk:
    def __init__(self, ledger: Ledger, signer: Signer, stick: Stick, delivery_dir: Path, now: datetime) -> None:
        self.stick, self.tally, self.lines = stick, _Tally(), list[str]()
        self._ledger, self._signer, self._delivery, self._now = ledger, signer, delivery_dir, now
        self._newest = newest_timestamp(delivery_dir)

    def take_in(self, kiosk: KioskId) -> None:
        """Judge one kiosk's parcels in order of number and write its answers."""
        up, down = ("up", kiosk.hex()), ("down", kiosk.hex())
        for message in self.stick.read_parcels(up, REQUEST, REPLY_LIMIT_BYTES).values():
            self._request(kiosk, message)
        receipts = self._receipts(kiosk)
        for name, message in self.stick.read_parcels(up, BATCH, MESSAGE_LIMIT_BYTES).items():
            if self._nothing_new(kiosk, digest(message), receipts):
                self.tally.already += 1
                continue
            reply = take_in(self._ledger, message, self._signer, self._now, self._newest)
            self._count(kiosk, name, reply.status, reply.outcome)
            if reply.body is not None:
                self.stick.write(down, parcel_name(reply.body) or "", reply.body)
                self.tally.receipts += 1
        grant = newest_grant(self._ledger, kiosk)
        if grant is not None and grant not in self.stick.read_parcels(down, GRANT, REPLY_LIMIT_BYTES).values():
            self.stick.write(down, parcel_name(grant) or "", grant)
            self.tally.grants += 1

    def _request(self, kiosk: KioskId, message: bytes) -> None:
        self.tally.requests += 1
        reply = take_in(self._ledger, message, self._signer, self._now, self._newest)
        if reply.status == NOT_DECIDED:
            self.lines.append(f"Kiosk {kiosk.hex()} asks for a grant: compare its 24 digits, then enrol it.")
        elif reply.status != OK:
            self.lines.append(f"A request in the folder of kiosk {kiosk.hex()} cannot be read.")

    def _count(self, kiosk: KioskId, name: str, status: int, outcome: Outcome | None) -> None:
        if outcome is Outcome.TAKEN:
            self.tally.taken += 1
        elif outcome is Outcome.ALREADY:
            self.tally.already += 1
        else:
            self.tally.other += 1
            why = outcome.name.lower() if outcome is not None else f"no signed answer, {status}"
            self.lines.append(f"Kiosk {kiosk.hex()}, {name}: {why}.")

    def _receipts(self, kiosk: KioskId) -> dict[Digest, Receipt]:
        """Return our own receipts that lie for a kiosk, by the message they answer."""
        found: dict[Digest, Receipt] = {}
        for message in self.stick.read_parcels(("down", kiosk.hex()), RECEIPT, REPLY_LIMIT_BYTES).values():
            try:
                receipt = read_receipt(message, (self._signer.public,))
            except BatchError:
                continue
            if receipt.body.kiosk == kiosk:
                found[receipt.body.answered] = receipt
        return found

    def _nothing_new(self, kiosk: KioskId, answered: Digest, receipts: dict[Digest, Receipt]) -> bool:
        """Tell whether this message is answered on the stick and the last answer there still says how things stand."""
        if answered not in receipts:
            return False
        last = max(receipts.values(), key=lambda receipt: receipt.body.serial).body
        with self._ledger.reading() as session:
            row = kiosk_row(session, kiosk)
            if row is None:
                return False
            now = self._signer.standing(session, StreamKey(row.establishment, kiosk, last.epoch))
        return (last.generation, last.mark, last.safe) == now and last.newest == self._newest

    def write_delivery(self) -> None:
        """Make the stick's delivery equal to ours: targets first, the timestamp last, then take away what is gone."""
        ours = {
            path.relative_to(self._delivery).as_posix(): path for path in self._delivery.rglob("*") if path.is_file()
        }
        wanted = {name: path for name, path in ours.items() if delivery_parts(name) is not None}
        for name in sorted(wanted, key=_order):
            parts = ("delivery", *name.split("/"))
            data = wanted[name].read_bytes()
            if not self._lies_there(parts, data):
                self.stick.write(parts[:-1], parts[-1], data)
                self.tally.files += 1
        for path in tuple(self.stick.walk(("delivery",))):
            if wanted and "/".join(path[1:]) not in wanted:
                self.stick.erase(path[:-1], path[-1])

    def _lies_there(self, parts: tuple[str, ...], data: bytes) -> bool:
        try:
            return self.stick.read(parts[:-1], parts[-1], len(data)) == data
        except TooLargeError:
            return False


def _order(name: str) -> tuple[int, str]:
    """Targets, then metadata, then the timestamp that makes the rest count."""
    return (2 if name == "metadata/timestamp.json" else 1 if name.startswith("metadata/") else 0, name)
