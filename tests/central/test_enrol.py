"""Enrolment: two people compare digits, and one machine gets one grant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import seal
from models.errors import BatchError
from models.seal import KioskId
from sync.batch import Provider, Why, read_grant, request_body
from sync.central import audit, enrol
from sync.central.enrol import CannotEnrolError, DigitsDifferError
from sync.central.ledger import AuditRow, Base, KioskRow, Ledger, StreamRow, open_ledger
from sync.central.signer import Signer
from tests.central.test_intake import NOW
from tests.sync.parcels import A_KIOSK, AN_INSTANCE, KIOSK_PUBLIC, OTHER_KEY, RECEIPT_KEY, RECEIPT_PUBLIC, a_request


def digits_of(request: bytes) -> str:
    return seal.fingerprint(request_body(request))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    yield ledger
    ledger.close()


@pytest.fixture
def signer(ledger: Ledger) -> Signer:
    return Signer(RECEIPT_KEY, ledger)


def rows(ledger: Ledger) -> dict[str, list[str]]:
    with ledger.reading() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(map(repr, session.execute(sa.select(table)))) for table in tables}


@contextmanager
def unchanged(ledger: Ledger) -> Iterator[None]:
    before = rows(ledger)
    yield
    assert rows(ledger) == before


def test_a_request_waits_until_its_digits_are_compared(ledger: Ledger, signer: Signer) -> None:
    request = a_request()
    assert enrol.keep_request(ledger, request, NOW) is None
    (waiting,) = enrol.pending(ledger)
    assert (waiting.kiosk, waiting.digits, waiting.why) == (A_KIOSK, digits_of(request), Why.ENROL)
    assert (waiting.provider, waiting.establishment, waiting.message) == (Provider.KEYFILE, "", request)
    granted = enrol.grant(ledger, signer, waiting.message, waiting.digits, "HMX", "b-wing", NOW)
    grant = read_grant(granted, [RECEIPT_PUBLIC])
    assert (grant.kiosk, grant.public, grant.epoch, grant.instance) == (A_KIOSK, KIOSK_PUBLIC, 1, AN_INSTANCE)
    assert (grant.establishment, grant.wing, grant.generation) == ("HMX", "b-wing", 1)
    assert enrol.pending(ledger) == ()


def test_digits_may_be_typed_in_groups(ledger: Ledger, signer: Signer) -> None:
    digits = digits_of(a_request())
    spaced = " ".join(digits[at : at + 4] for at in range(0, 24, 4))
    assert enrol.grant(ledger, signer, a_request(), spaced, "HMX", "b-wing", NOW)


def test_wrong_digits_grant_nothing(ledger: Ledger, signer: Signer) -> None:
    enrol.keep_request(ledger, a_request(), NOW)
    for digits in ("", "0" * 24, digits_of(a_request(signing=OTHER_KEY)), digits_of(a_request())[:-1]):
        with unchanged(ledger), pytest.raises(DigitsDifferError):
            enrol.grant(ledger, signer, a_request(), digits, "HMX", "b-wing", NOW)


@pytest.mark.parametrize(
    ("establishment", "wing"), [("hmx", "b"), ("HMXYZ", "b"), ("", "b"), ("HMX", ""), ("HMX", "b" * 65)]
)
def test_a_place_without_a_proper_name_is_refused(
    ledger: Ledger, signer: Signer, establishment: str, wing: str
) -> None:
    with unchanged(ledger), pytest.raises(CannotEnrolError):
        enrol.grant(ledger, signer, a_request(), digits_of(a_request()), establishment, wing, NOW)


def test_bytes_that_are_no_request_are_refused(ledger: Ledger, signer: Signer) -> None:
    with unchanged(ledger), pytest.raises(BatchError):
        enrol.grant(ledger, signer, a_request()[:-1], "0" * 24, "HMX", "b-wing", NOW)


def test_the_same_request_always_gets_the_same_grant(ledger: Ledger, signer: Signer) -> None:
    request = a_request()
    first = enrol.grant(ledger, signer, request, digits_of(request), "HMX", "b-wing", NOW)
    with unchanged(ledger):
        assert enrol.grant(ledger, signer, request, digits_of(request), "HMY", "c-wing", NOW) == first
        assert enrol.keep_request(ledger, request, NOW) == first
    assert enrol.newest_grant(ledger, A_KIOSK) == first


def test_a_copy_of_a_kiosk_is_not_given_the_others_grant(ledger: Ledger, signer: Signer) -> None:
    enrol.grant(ledger, signer, a_request(), digits_of(a_request()), "HMX", "b-wing", NOW)
    assert enrol.keep_request(ledger, a_request(instance=b"c" * 16), NOW) is None
    (waiting,) = enrol.pending(ledger)
    assert waiting.establishment == "HMX"


def test_a_known_kiosk_gets_the_next_epoch_where_it_stands(ledger: Ledger, signer: Signer) -> None:
    enrol.grant(ledger, signer, a_request(), digits_of(a_request()), "HMX", "b-wing", NOW)
    again = a_request(why=Why.RESTORED, epoch=1, instance=b"c" * 16)
    with unchanged(ledger), pytest.raises(CannotEnrolError, match="stands at HMX"):
        enrol.grant(ledger, signer, again, digits_of(again), "HMY", "b-wing", NOW)
    grant = read_grant(enrol.grant(ledger, signer, again, digits_of(again), "HMX", "other", NOW), [RECEIPT_PUBLIC])
    assert (grant.epoch, grant.wing, grant.instance) == (2, "b-wing", b"c" * 16)
    with ledger.reading() as session:
        assert session.scalars(sa.select(StreamRow.epoch)).all() == [1, 2]


def test_a_revoked_kiosk_needs_a_new_id(ledger: Ledger, signer: Signer) -> None:
    enrol.grant(ledger, signer, a_request(), digits_of(a_request()), "HMX", "b-wing", NOW)
    with ledger.writing() as session:
        session.execute(sa.update(KioskRow).values(revoked_on=20_000))
    again = a_request(why=Why.RESTORED, epoch=1, instance=b"c" * 16)
    with unchanged(ledger), pytest.raises(CannotEnrolError, match="out of service"):
        enrol.grant(ledger, signer, again, digits_of(again), "HMX", "b-wing", NOW)


def test_requests_from_strangers_are_kept_up_to_a_limit(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrol, "PENDING_LIMIT", 3)
    for at in range(5):
        enrol.keep_request(ledger, a_request(kiosk=KioskId(bytes([at]) * 16)), NOW)
    assert len(enrol.pending(ledger)) == 3


def test_every_grant_is_a_line_in_a_trail_that_shows_tampering(ledger: Ledger, signer: Signer) -> None:
    for at in range(3):
        request = a_request(kiosk=KioskId(bytes([at]) * 16))
        enrol.grant(ledger, signer, request, digits_of(request), "HMX", "b-wing", NOW, "M. Desk")
    with ledger.reading() as session:
        assert [(line.actor, line.act) for line in session.scalars(sa.select(AuditRow))] == [("M. Desk", "grant")] * 3
        assert audit.broken_at(session) is None
    with ledger.writing() as session:
        session.execute(sa.text("DROP TRIGGER audit_is_never_changed"))
        session.execute(sa.update(AuditRow).where(AuditRow.no == 2).values(detail="nothing happened"))
    with ledger.reading() as session:
        assert audit.broken_at(session) == 2
