"""What comes to central's door: judged, stored once, answered with a receipt. Holds no private key.

Rule 1: form and signature are checked before the transaction; what fails there gets no signed answer.
Rule 2: one transaction judges, stores, moves mark and head; the receipt is signed after it, over what is stored.
Rule 3: the same message any number of times, by any road and from any number of threads, counts once.
Rule 4: a bad record is kept with its reason and counts as delivered; a bad batch is kept as bytes and does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.election import ballot, boxes
from models.errors import BatchError, CentralError
from models.seal import Digest, KioskId
from sync.batch import (
    Batch,
    Entry,
    Header,
    NewerBatch,
    Outcome,
    Reason,
    UnsignedError,
    read_batch,
    read_hello,
    tag_of,
)
from sync.central.enrol import keep_request, keys_of, kiosk_row, newest_stream
from sync.central.ledger import (
    BAD_MESSAGE,
    NOWHERE,
    UNREADABLE,
    BoundaryRow,
    KioskRow,
    Ledger,
    QuarantineRow,
    RecordRow,
    SeenRow,
)
from sync.central.signer import Answer, Signer, StreamKey
from sync.exchange import Stream, Verdict, judge

OK, NOT_DECIDED, UNREADABLE_MESSAGE, UNSIGNED, BUSY = 200, 202, 400, 403, 503
KEPT_BYTES: Final = 2 << 20
KEPT_MESSAGES: Final = 1_000  # bad messages kept for a place: whoever sends more is playing
_NO_FORM: Final = Digest(bytes(32))
_NO_KIOSK: Final = KioskId(bytes(16))
_DAY_S: Final = 86_400


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back. `status` as in HTTP, whatever the road; `body` is signed, or None; `outcome` if judged."""

    status: int
    body: bytes | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    stream: StreamKey
    outcome: Outcome
    serial: int


def take_in(ledger: Ledger, message: bytes, signer: Signer, now: datetime, newest: int = 0) -> Reply:
    """Judge one message, store what it brings, return the answer. Idempotent.

    `newest` is the version of the newest timestamp.json of the deliveries, told in receipts. Raises nothing of ours:
    unreadable is 400, unsigned 403, no decision yet 202, and a ledger that cannot just now 503.
    """
    tag = tag_of(message)
    try:
        if tag == "wvq":
            grant = keep_request(ledger, message, now)
            return Reply(NOT_DECIDED) if grant is None else Reply(OK, grant)
        judged = _hello(ledger, message) if tag == "wvh" else _batch(ledger, message, now)
        answer = Answer(judged.outcome, seal.digest(message), judged.serial, int(now.timestamp()), newest)
        return Reply(OK, signer.receipt(judged.stream, answer), judged.outcome)
    except BatchError as bad:
        _keep_unreadable(ledger, message, now)
        return Reply(UNSIGNED if isinstance(bad, UnsignedError) else UNREADABLE_MESSAGE)
    except (CentralError, sa.exc.OperationalError, sa.exc.TimeoutError):
        return Reply(BUSY)


def _known_keys(ledger: Ledger, kiosk: KioskId) -> tuple[bytes, ...]:
    with ledger.reading() as session:
        return keys_of(session, kiosk)


def _hello(ledger: Ledger, message: bytes) -> _Judged:
    hello = read_hello(message, lambda kiosk: _known_keys(ledger, kiosk))
    with ledger.writing() as session:
        kiosk, stream = _standing(session, hello.kiosk, hello.epoch, hello.instance)
        outcome = Outcome.HELD if not stream.granted else Outcome.FORK if stream.forked else Outcome.ALREADY
        return _answered(session, kiosk, hello.epoch, outcome)


def _batch(ledger: Ledger, message: bytes, now: datetime) -> _Judged:
    batch = read_batch(message, lambda kiosk: _known_keys(ledger, kiosk))
    with ledger.writing() as session:
        if isinstance(batch, NewerBatch):
            kiosk = _enrolled(session, batch.kiosk)
            epoch, outcome = newest_stream(session, kiosk).epoch, Outcome.VERSION
        else:
            kiosk, stream = _standing(session, batch.header.kiosk, batch.header.epoch, batch.header.instance)
            verdict = judge(batch, stream)
            epoch, outcome = batch.header.epoch, verdict.outcome
            if outcome is Outcome.TAKEN:
                _store(session, kiosk, batch, verdict)
            elif outcome is Outcome.FORK:
                kiosk.forked = True
        if outcome not in (Outcome.TAKEN, Outcome.ALREADY, Outcome.GAP):
            _keep_message(session, (kiosk.establishment, kiosk.kiosk), message, BAD_MESSAGE + outcome, now)
        return _answered(session, kiosk, epoch, outcome)


def _enrolled(session: Session, kiosk: bytes) -> KioskRow:
    row = kiosk_row(session, KioskId(kiosk))
    if row is None:  # its key was known a moment ago, and no row is ever deleted
        raise RuntimeError("a kiosk vanished between its signature and its judgement")
    return row


def _standing(session: Session, kiosk: KioskId, epoch: int, instance: bytes) -> tuple[KioskRow, Stream]:
    """Return the kiosk's row and what the exchange needs to know of this epoch of it."""
    row = _enrolled(session, kiosk)
    newest = newest_stream(session, row)
    # of an older epoch nothing more is taken: its kiosk numbered those records afresh
    granted = (newest.epoch, newest.instance, row.revoked_on) == (epoch, instance, None)

    def boundary(last: int) -> Digest | None:
        held = session.get(BoundaryRow, (row.establishment, kiosk, epoch, last))
        return None if held is None else Digest(held.head)

    return row, Stream(newest.mark, Digest(newest.head), granted, row.forked, boundary)


def _answered(session: Session, kiosk: KioskRow, epoch: int, outcome: Outcome) -> _Judged:
    newest = newest_stream(session, kiosk)
    newest.serial += 1
    return _Judged(StreamKey(kiosk.establishment, KioskId(kiosk.kiosk), epoch), outcome, newest.serial)


def _store(session: Session, kiosk: KioskRow, batch: Batch, verdict: Verdict) -> None:
    """Insert what is fresh, good records and bad ones, and move mark and head."""
    header = batch.header
    ids = [seal.record_id(entry.sealed) for _, entry in verdict.fresh]
    twice = _seen(session, kiosk, ids) if header.epoch > 1 else set()
    good, bad = [], []
    for (seq, entry), record in zip(verdict.fresh, ids, strict=True):
        reason = Reason.UNDER_ANOTHER_NUMBER if record in twice else fault_of(entry)
        if reason is None:
            good.append(_record(kiosk, header, seq, entry, record))
        else:
            bad.append(_bad_record(kiosk, header, seq, entry, reason))
        if header.epoch > 1:
            twice.add(record)
    if good:
        session.execute(sa.insert(RecordRow), good)
        if header.epoch > 1:
            session.execute(
                sa.insert(SeenRow), [{key: row[key] for key in ("establishment", "kiosk", "id")} for row in good]
            )
    _quarantine(session, kiosk.establishment, bad)
    place = {"establishment": kiosk.establishment, "kiosk": kiosk.kiosk, "epoch": header.epoch}
    session.add(BoundaryRow(**place, first=header.first, last=header.last, head=header.head))
    stream = newest_stream(session, kiosk)
    stream.mark, stream.head = header.last, header.head


def fault_of(entry: Entry) -> Reason | None:
    """Return why a record goes into quarantine, as far as its outside tells: envelope, then length.

    A ballot and a box's manifest are records too; what they are worth is decided when boxes are merged.
    """
    voted = ballot.is_envelope(entry.sealed) or boxes.is_manifest_record(entry.sealed)
    if voted or seal.is_envelope(entry.sealed):
        return None
    return Reason.ENVELOPE_UNKNOWN if entry.sealed[:2] != b"\x01\x01" else Reason.SIZE


def _seen(session: Session, kiosk: KioskRow, ids: list[seal.RecordId]) -> set[bytes]:
    rows = sa.select(SeenRow.id).where(SeenRow.establishment == kiosk.establishment, SeenRow.kiosk == kiosk.kiosk)
    return set(session.scalars(rows.where(SeenRow.id.in_(ids))))


def _record(kiosk: KioskRow, header: Header, seq: int, entry: Entry, record: bytes) -> dict[str, object]:
    return {
        "establishment": kiosk.establishment,
        "kiosk": kiosk.kiosk,
        "epoch": header.epoch,
        "seq": seq,
        "kind": int(header.kind),
        "form": entry.form,
        "id": record,
        "sealed": entry.sealed,
        "batch_day": header.day,
        "small": header.small,
    }


def _bad_record(kiosk: KioskRow, header: Header, seq: int, entry: Entry, reason: Reason) -> dict[str, object]:
    return {
        "kiosk": kiosk.kiosk,
        "epoch": header.epoch,
        "seq": seq,
        "reason": int(reason),
        "form": entry.form,
        "digest": seal.digest(entry.sealed),
        "bytes": entry.sealed,
        "batch_day": header.day,
    }


def _quarantine(session: Session, establishment: str, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    highest = sa.select(sa.func.max(QuarantineRow.no)).where(QuarantineRow.establishment == establishment)
    first = (session.scalar(highest) or 0) + 1
    numbered = [{**row, "establishment": establishment, "no": no} for no, row in enumerate(rows, first)]
    session.execute(sa.insert(QuarantineRow), numbered)


def _keep_message(session: Session, place: tuple[str, bytes], message: bytes, reason: int, now: datetime) -> None:
    """Keep a bad message once, its first 2 MiB, as long as there are not too many."""
    (establishment, kiosk), digest = place, seal.digest(message)
    here = sa.select(sa.func.count()).select_from(QuarantineRow).where(QuarantineRow.establishment == establishment)
    if session.scalar(here.where(QuarantineRow.digest == digest)) or 0:
        return
    if (session.scalar(here.where(QuarantineRow.seq == 0)) or 0) >= KEPT_MESSAGES:
        return
    row = {"kiosk": kiosk, "epoch": 0, "seq": 0, "reason": reason, "form": _NO_FORM, "digest": digest}
    day = int(now.timestamp()) // _DAY_S
    _quarantine(session, establishment, [{**row, "bytes": message[:KEPT_BYTES], "batch_day": day}])


def _keep_unreadable(ledger: Ledger, message: bytes, now: datetime) -> None:
    try:
        with ledger.writing() as session:
            _keep_message(session, (NOWHERE, _NO_KIOSK), message, UNREADABLE, now)
    except (sa.exc.OperationalError, sa.exc.TimeoutError):
        return  # the answer is the same; whoever sent it sends it again
