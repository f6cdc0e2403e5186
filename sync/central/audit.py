"""The trail of what staff and system did: it only grows, and each line covers the one before.

Rule 1: acts of staff and system only; nothing a resident did is ever a line here.
Rule 2: a line's digest is SHA-256 over the digest before it and the line's own fields, so nothing drops out unseen.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.seal import Digest
from sync.cbor import write_cbor
from sync.central.ledger import AuditRow

NOTHING_BEFORE = Digest(bytes(32))


def note(session: Session, at: int, actor: str, act: str, subject: str, *, detail: str = "") -> None:
    """Add a line inside the transaction of the act itself; `at` in seconds since 1970."""
    last = session.scalars(sa.select(AuditRow).order_by(AuditRow.no.desc()).limit(1)).first()
    no, prev = (last.no + 1, Digest(last.digest)) if last is not None else (1, NOTHING_BEFORE)
    digest = _digest(prev, no, at, actor, act, subject, detail)
    session.add(AuditRow(no=no, at=at, actor=actor, act=act, subject=subject, detail=detail, prev=prev, digest=digest))


def broken_at(session: Session) -> int | None:
    """Return the number of the first line that does not follow from the ones before, or None if the trail is whole."""
    prev = NOTHING_BEFORE
    for due, line in enumerate(session.scalars(sa.select(AuditRow).order_by(AuditRow.no)), 1):
        digest = _digest(prev, line.no, line.at, line.actor, line.act, line.subject, line.detail)
        if (line.no, line.prev, line.digest) != (due, prev, digest):
            return due
        prev = digest
    return None


def _digest(prev: Digest, *fields: object) -> Digest:
    return seal.digest(prev + write_cbor(list(fields)))
