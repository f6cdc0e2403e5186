"""Kiosks asking to be known, and the grants that let them number records.

Rule 1: a signature on a request proves only who holds the key; two staff reading 24 digits prove which machine it is.
Rule 2: a grant holds for one kiosk id, one key, one instance and one epoch, and is issued once.
Rule 3: the same request always gets the same grant, however often it comes and by whichever road.
Rule 4: every grant is a line in the trail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.errors import CentralError
from models.seal import KioskId
from sync.batch import Grant, Provider, Request, Why, read_request, request_body
from sync.central import audit
from sync.central.ledger import (
    NOWHERE,
    EstablishmentRow,
    GrantRow,
    KioskKeyRow,
    KioskRow,
    Ledger,
    RecordRow,
    RequestRow,
    SeenRow,
    StreamRow,
)
from sync.central.signer import Signer, generation

PENDING_LIMIT: Final = 1_000  # from kiosks nobody knows: more is somebody playing
_CODE: Final = re.compile(r"[A-Z]{3}[A-Z0-9]?")
_DAY_S: Final = 86_400


class DigitsDifferError(CentralError):
    """The two screens do not show the same machine."""

    number: ClassVar[int] = 822
    sentence: ClassVar[str] = (
        "These are not the digits of this request. Nothing was granted. Read them again from the kiosk's screen."
    )


class CannotEnrolError(CentralError):
    """The request may be whole, but this is not how to answer it."""

    number: ClassVar[int] = 823
    sentence: ClassVar[str] = "{detail} Nothing was granted."


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that waits for somebody to compare its digits; `day` is whole days since 1970-01-01."""

    kiosk: KioskId
    digits: str
    why: Why
    provider: Provider
    program: str
    establishment: str  # empty until the kiosk is enrolled
    day: int
    message: bytes


def keys_of(session: Session, kiosk: KioskId) -> tuple[bytes, ...]:
    """Return the public signing keys of a kiosk, newest first; none if it is not enrolled."""
    found = sa.select(KioskRow.establishment).where(KioskRow.kiosk == kiosk).scalar_subquery()
    rows = sa.select(KioskKeyRow.public).where(KioskKeyRow.establishment == found, KioskKeyRow.kiosk == kiosk)
    return tuple(session.scalars(rows.order_by(KioskKeyRow.no.desc())))


def kiosk_row(session: Session, kiosk: KioskId) -> KioskRow | None:
    """Return the row of an enrolled kiosk, wherever it stands."""
    return session.scalars(sa.select(KioskRow).where(KioskRow.kiosk == kiosk)).one_or_none()


def keep_request(ledger: Ledger, message: bytes, now: datetime) -> bytes | None:
    """Keep a kiosk's request and return the grant it was given, or None while nobody has decided. BatchError."""
    request = read_request(message)
    with ledger.reading() as session:
        answer = _granted(session, request)
    if answer is not None:
        return answer
    digest = seal.digest(message)
    with ledger.writing() as session:
        known = kiosk_row(session, request.kiosk)
        place = known.establishment if known is not None else NOWHERE
        waiting = sa.select(sa.func.count()).select_from(RequestRow).where(RequestRow.establishment == NOWHERE)
        if session.get(RequestRow, (place, request.kiosk, digest)) is not None:
            return None
        if known is None and (session.scalar(waiting) or 0) >= PENDING_LIMIT:
            return None
        day = int(now.timestamp()) // _DAY_S
        row = RequestRow(establishment=place, kiosk=request.kiosk, digest=digest, message=message, day=day)
        row.settled = False
        session.add(row)
    return None


def pending(ledger: Ledger) -> tuple[Pending, ...]:
    """Return the requests nobody has answered yet, oldest day first."""
    with ledger.reading() as session:
        rows = session.scalars(sa.select(RequestRow).where(RequestRow.settled.is_(False)).order_by(RequestRow.day))
        return tuple(_pending(row) for row in rows)


def grant(
    ledger: Ledger,
    signer: Signer,
    request: bytes,
    digits: str,
    establishment: str,
    wing: str,
    now: datetime,
    actor: str = "enrolment desk",
) -> bytes:
    """Grant what a request asks for, once its digits were compared; return the signed grant.

    An unknown kiosk gets epoch 1 at `establishment` and `wing`; a known one the next epoch where it stands. BatchError
    where the bytes are no request, DigitsDifferError, CannotEnrolError; none of them changes the ledger.
    """
    asked = read_request(request)
    if "".join(digits.split()) != seal.fingerprint(request_body(request)):
        raise DigitsDifferError
    if not _CODE.fullmatch(establishment) or not 1 <= len(wing.encode()) <= 64:  # noqa: PLR2004 - the format's limit
        raise CannotEnrolError(detail="A place needs a code such as HMX and the name of a wing.")
    with ledger.writing() as session:
        if (answer := _granted(session, asked)) is not None:
            return answer
        known = kiosk_row(session, asked.kiosk)
        if known is None:
            known, epoch, serial = _enrolled(session, asked, establishment, wing), 1, 0
        else:
            epoch, serial = _next_epoch(session, known, establishment)
        permission = Grant(
            kiosk=asked.kiosk,
            public=asked.public,
            establishment=establishment,
            wing=known.wing,
            epoch=epoch,
            instance=asked.instance,
            generation=generation(session),
        )
        message = signer.grant(permission)
        at, subject = int(now.timestamp()), f"{asked.kiosk.hex()} {establishment} {known.wing}"
        _keep_grant(session, permission, message, serial, at // _DAY_S)
        audit.note(session, at, actor, "grant", subject, detail=f"epoch {epoch}, asked as {asked.why.name.lower()}")
    return message


def newest_grant(ledger: Ledger, kiosk: KioskId) -> bytes | None:
    """Return the newest grant of a kiosk as it was signed, or None."""
    with ledger.reading() as session:
        rows = sa.select(GrantRow.message).where(GrantRow.kiosk == kiosk).order_by(GrantRow.epoch.desc()).limit(1)
        return session.scalars(rows).first()


def _pending(row: RequestRow) -> Pending:
    asked = read_request(row.message)
    return Pending(
        kiosk=asked.kiosk,
        digits=seal.fingerprint(request_body(row.message)),
        why=asked.why,
        provider=asked.provider,
        program=asked.program,
        establishment=row.establishment,
        day=row.day,
        message=row.message,
    )


def _granted(session: Session, asked: Request) -> bytes | None:
    """Return the grant that this very request was given: same kiosk, key and instance."""
    rows = sa.select(GrantRow.message).where(GrantRow.kiosk == asked.kiosk, GrantRow.public == asked.public)
    newest = rows.where(GrantRow.instance == asked.instance).order_by(GrantRow.epoch.desc()).limit(1)
    return session.scalars(newest).first()


def _enrolled(session: Session, asked: Request, establishment: str, wing: str) -> KioskRow:
    if session.get(EstablishmentRow, establishment) is None:
        session.add(EstablishmentRow(code=establishment))
    row = KioskRow(establishment=establishment, kiosk=asked.kiosk, wing=wing, revoked_on=None, forked=False)
    session.add(row)
    return row


def _next_epoch(session: Session, known: KioskRow, establishment: str) -> tuple[int, int]:
    """Return the next epoch of an enrolled kiosk and its last serial; central notes every id it holds from it."""
    if known.revoked_on is not None:
        raise CannotEnrolError(detail="This kiosk was taken out of service; it needs a new id.")
    if known.establishment != establishment:
        raise CannotEnrolError(detail=f"This kiosk stands at {known.establishment}.")
    newest = newest_stream(session, known)
    held = sa.and_(RecordRow.establishment == known.establishment, RecordRow.kiosk == known.kiosk)
    seen = sa.select(SeenRow.id).where(SeenRow.establishment == known.establishment, SeenRow.kiosk == known.kiosk)
    ids = sa.select(RecordRow.establishment, RecordRow.kiosk, RecordRow.id).where(held, RecordRow.id.not_in(seen))
    session.execute(sa.insert(SeenRow).from_select(["establishment", "kiosk", "id"], ids.distinct()))
    known.forked = False
    return newest.epoch + 1, newest.serial


def newest_stream(session: Session, known: KioskRow) -> StreamRow:
    """Return the newest epoch of an enrolled kiosk."""
    rows = sa.select(StreamRow).where(StreamRow.establishment == known.establishment, StreamRow.kiosk == known.kiosk)
    return session.scalars(rows.order_by(StreamRow.epoch.desc()).limit(1)).one()


def _keep_grant(session: Session, permission: Grant, message: bytes, serial: int, day: int) -> None:
    place = {"establishment": permission.establishment, "kiosk": permission.kiosk}
    start = seal.chain_start(permission.kiosk, permission.epoch)
    stream = StreamRow(**place, epoch=permission.epoch, instance=permission.instance, serial=serial)
    stream.mark, stream.safe, stream.head = 0, 0, start
    session.add(stream)
    keys = sa.select(KioskKeyRow).filter_by(**place).order_by(KioskKeyRow.no.desc())
    newest = session.scalars(keys.limit(1)).first()
    if newest is None or newest.public != permission.public:
        no = 1 if newest is None else newest.no + 1
        session.add(KioskKeyRow(**place, no=no, public=permission.public, from_epoch=permission.epoch))
    granted = GrantRow(**place, epoch=permission.epoch, public=permission.public, instance=permission.instance)
    granted.message, granted.day = message, day
    session.add(granted)
    asked = sa.update(RequestRow).where(RequestRow.kiosk == permission.kiosk)
    session.execute(asked.values(settled=True))
