"""Signs receipts and grants: holds the receipt key, and believes the stored rows only.

Rule 1: mark, safe and head are read from the ledger here, never taken from whoever asks.
Rule 2: before it signs, the chain is walked again over the rows really stored, from the last head it signed.
Rule 3: where the rows do not give the head the ledger claims, nothing is signed.

`erase_at="mark"` lets kiosks erase what central holds once ("one copy only"): there is no backup room yet, and with
SQLite in one process intake and signer are kept apart by code alone.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.errors import CentralError
from models.seal import Digest, KioskId
from sync.batch import VERSION, Grant, Outcome, Reason, ReceiptBody, write_grant, write_receipt
from sync.central.ledger import BAD_MESSAGE, BackupRow, Ledger, QuarantineRow, RecordRow, StreamRow

QUARANTINE_TOLD: Final = 500


class BrokenChainError(CentralError):
    """The rows of a stream do not give its head: nothing is signed for it until somebody has looked."""

    number: ClassVar[int] = 821
    sentence: ClassVar[str] = "The ledger's rows of kiosk {kiosk} do not give its head. Nothing was signed for it."


@dataclass(frozen=True, slots=True)
class StreamKey:
    """One epoch of one kiosk."""

    establishment: str
    kiosk: KioskId
    epoch: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receipt says beside mark, safe and head. `time` and `wait` in seconds."""

    outcome: Outcome
    answered: Digest
    serial: int
    time: int
    newest: int = 0
    wait: int = 0


class Signer:
    """The holder of the receipt key; threads may share it."""

    def __init__(self, receipt_key: bytes, ledger: Ledger, erase_at: Literal["mark", "safe"] = "mark") -> None:
        self._key, self._ledger, self.erase_at = receipt_key, ledger, erase_at
        self.public = seal.public_half(receipt_key)
        self._signed: dict[StreamKey, tuple[int, Digest]] = {}
        self._turn = threading.Lock()

    def receipt(self, stream: StreamKey, answer: Answer) -> bytes:
        """Return a signed receipt over what is stored now; BrokenChainError if the rows do not bear it out."""
        with self._turn, self._ledger.reading() as session:
            mark, safe, head = self._walked(session, stream)
            body = ReceiptBody(
                kiosk=stream.kiosk,
                epoch=stream.epoch,
                mark=mark,
                safe=safe,
                head=head,
                generation=generation(session),
                serial=answer.serial,
                time=answer.time,
                outcome=answer.outcome,
                quarantined=_quarantined(session, stream),
                versions=(VERSION,),
                wait=answer.wait,
                key=seal.key_id(self.public),
                answered=answer.answered,
                newest=answer.newest,
            )
        return write_receipt(body, self._key)

    def grant(self, grant: Grant) -> bytes:
        """Return a signed grant; who may have one is decided in sync.central.enrol."""
        return write_grant(grant, self._key)

    def standing(self, session: Session, stream: StreamKey) -> tuple[int, int, int]:
        """Return generation, mark and safe as a receipt would say them now."""
        row = session.get(StreamRow, (stream.establishment, stream.kiosk, stream.epoch))
        mark, safe = (row.mark, row.safe) if row is not None else (0, 0)
        return generation(session), mark, mark if self.erase_at == "mark" else safe

    def _walked(self, session: Session, stream: StreamKey) -> tuple[int, int, Digest]:
        """Return mark, safe and head, after walking the chain from the last head signed here."""
        seq, head = self._signed.get(stream, (0, seal.chain_start(stream.kiosk, stream.epoch)))
        row = session.get(StreamRow, (stream.establishment, stream.kiosk, stream.epoch))
        if row is None:
            return 0, 0, head
        for due, (number, form, sealed) in enumerate(_stored(session, stream, seq, row.mark), seq + 1):
            if number != due:
                raise BrokenChainError(kiosk=stream.kiosk.hex())
            head, seq = seal.chain_link(head, due, form, sealed), due
        if (seq, head) != (row.mark, row.head):
            raise BrokenChainError(kiosk=stream.kiosk.hex())
        self._signed[stream] = seq, head
        return seq, seq if self.erase_at == "mark" else row.safe, head


def generation(session: Session) -> int:
    """Return how often central was restored, counted from 1."""
    return session.scalar(sa.select(sa.func.max(BackupRow.generation))) or 1


def _stored(session: Session, stream: StreamKey, above: int, upto: int) -> list[tuple[int, bytes, bytes]]:
    """Return number, form and sealed bytes of everything stored of a stream, records and quarantine, in order."""
    parts = []
    for table, sealed in ((RecordRow, RecordRow.sealed), (QuarantineRow, QuarantineRow.bytes)):
        here = sa.and_(
            table.establishment == stream.establishment,
            table.kiosk == stream.kiosk,
            table.epoch == stream.epoch,
            table.seq > above,
            table.seq <= upto,
        )
        parts.append(sa.select(table.seq.label("seq"), table.form, sealed).where(here))
    return [(seq, form, data) for seq, form, data in session.execute(sa.union_all(*parts).order_by("seq"))]


def _quarantined(session: Session, stream: StreamKey) -> tuple[tuple[int, Reason], ...]:
    """Return the newest records held in quarantine, at most as many as a receipt may tell."""
    rows = session.execute(
        sa.select(QuarantineRow.seq, QuarantineRow.reason)
        .where(QuarantineRow.establishment == stream.establishment, QuarantineRow.kiosk == stream.kiosk)
        .where(QuarantineRow.epoch == stream.epoch, QuarantineRow.seq > 0, QuarantineRow.reason < BAD_MESSAGE)
        .where(QuarantineRow.settled_by.is_(None))
        .order_by(QuarantineRow.seq.desc())
        .limit(QUARANTINE_TOLD)
    )
    return tuple(sorted((seq, Reason(reason)) for seq, reason in rows))
