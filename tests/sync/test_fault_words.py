"""Faults as words: whatever the road does, nothing is lost and nothing doubled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from models import seal
from models.errors import CourierError
from models.tables import OutboxRow, PoolRow
from models.vault import create_vault, open_vault
from sync import outbox
from sync.batch import Batch, Outcome, read_batch, read_grant, request_body
from sync.central import enrol
from sync.central.intake import take_in
from sync.central.ledger import RecordRow, open_ledger
from sync.central.signer import Signer
from sync.exchange import KioskEnd, OutboxDoor
from sync.numbering import Rule
from sync.round import Tally, VaultOutbox, carry_all, hello
from tests.simulators import CentralSimulator, FakeOutbox, FaultyCourier
from tests.sync.parcels import (
    A_KIOSK,
    KIOSK_KEY,
    KIOSK_PUBLIC,
    RECEIPT_KEY,
    RECEIPT_PUBLIC,
    a_request,
    a_sealed,
    batches,
)

ROUNDS_MOST: Final = 12
TODAY: Final = date(2026, 11, 22)
A_DAY_OF_STEPS: Final = 24 * 12
NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


def five() -> dict[int, tuple[bytes, Batch]]:
    """Five records in three batches, by last number."""
    found = {}
    for message in batches(2, 2, 1):
        batch = read_batch(message, lambda _: [KIOSK_PUBLIC])
        assert isinstance(batch, Batch)
        found[batch.header.last] = message, batch
    return found


FIVE: Final = five()
RECORDS: Final = dict(FakeOutbox(FIVE).records)


def an_end(door: OutboxDoor) -> KioskEnd:
    def no_request(*_: object) -> bytes:
        raise AssertionError("nothing here is a reason to ask for a grant")

    return KioskEnd(
        door.state(),
        KIOSK_PUBLIC,
        [RECEIPT_PUBLIC],
        instance=door.asking_instance,
        hello=lambda state: hello(state, KIOSK_KEY),
        request=no_request,
    )


def carry_until_settled(door: OutboxDoor, courier: FaultyCourier, left: Callable[[], int]) -> None:
    for _ in range(ROUNDS_MOST):
        if not left():
            return
        try:
            carry_all(an_end(door), door, courier, Tally(), lambda _share, _words: None)
        except CourierError:
            continue
    raise AssertionError("the rounds never came to an end")


def deliver(word: str) -> tuple[FakeOutbox, CentralSimulator]:
    box, central = FakeOutbox(FIVE), CentralSimulator()

    def nothing_lost() -> None:
        assert box.records.keys() | central.ledger.keys() == RECORDS.keys()
        assert all(seq <= central.mark for seq in RECORDS.keys() - box.records.keys())

    courier = FaultyCourier(central.answer, word, nothing_lost)
    carry_until_settled(box, courier, lambda: len(box.records))
    nothing_lost()
    return box, central


@pytest.mark.parametrize("start", ["".join(word) for word in product("RLAD", repeat=2)])
def test_every_record_reaches_central_once_and_none_is_erased_early(start: str) -> None:
    for rest in product("RLAD", repeat=3):
        box, central = deliver(start + "".join(rest))
        assert (box.records, central.ledger) == ({}, RECORDS), start + "".join(rest)
        assert central.outcomes.count(Outcome.TAKEN) == len(FIVE)


@pytest.mark.parametrize("start", "RLADOCGB")
def test_late_cut_garbled_and_refused_trips_lose_nothing_either(start: str) -> None:
    for rest in product("RLADOCGB", repeat=2):
        box, central = deliver(start + "".join(rest))
        assert (box.records, central.ledger) == ({}, RECORDS), start + "".join(rest)


@pytest.fixture(scope="module")
def docked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real kiosk with a grant and 30 numbered records in three batches, beside a real ledger that knows it."""
    home = tmp_path_factory.mktemp("docked")
    ledger = open_ledger(home / "ledger.sqlite")
    signer = Signer(RECEIPT_KEY, ledger)
    vault = create_vault(home / "vault.db", bytes(32), A_KIOSK)
    request = a_request(instance=outbox.asking_instance(vault))
    digits = seal.fingerprint(request_body(request))
    message = enrol.grant(ledger, signer, request, digits, "HMX", "b-wing", NOW)
    assert outbox.open_epoch(vault, read_grant(message, [RECEIPT_PUBLIC]))
    for day in (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)):
        with vault.writing() as session:  # as hand_in, but tidied once
            for at in range(10):
                record = seal.SealedRecord(seal.digest(b"a questionnaire"), a_sealed(f"{day} {at}"))
                session.add(PoolRow(id=record.id, form=record.form, sealed=record.sealed, day=day))
        outbox.cover_write(vault, A_DAY_OF_STEPS)
        rule = Rule(least=10, residue=0)
        assert outbox.number(vault, KIOSK_KEY, A_KIOSK, day, "0.1.0", rule=rule) == 10
    vault.close()
    ledger.close()
    return home


SAMPLE: Final = ["".join(word) for word in product("RLAD", repeat=5)][7::51]
WORDS: Final = ("RRRRR", "LLLLL", "AAAAA", "DDDDD", *SAMPLE)


@pytest.mark.parametrize("word", WORDS)
def test_the_real_vault_and_the_real_ledger_agree_after_every_word(word: str, docked: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(docked, tmp_path / "home"))
    ledger = open_ledger(home / "ledger.sqlite")
    signer = Signer(RECEIPT_KEY, ledger)
    vault = open_vault(home / "vault.db", bytes(32))
    door = VaultOutbox(vault)

    def here() -> set[bytes]:
        with vault.reading() as session:
            pool = set(session.scalars(sa.select(PoolRow.id)))
            return pool | set(session.scalars(sa.select(OutboxRow.id)))

    def there() -> list[bytes]:
        with ledger.reading() as session:
            return list(session.scalars(sa.select(RecordRow.id)))

    everything = here()
    assert len(everything) == 30

    def nothing_lost() -> None:
        assert here() | set(there()) == everything

    courier = FaultyCourier(lambda message: take_in(ledger, message, signer, NOW).body, word, nothing_lost)
    carry_until_settled(door, courier, lambda: door.state().last_seq - door.state().safe)
    nothing_lost()
    assert sorted(there()) == sorted(everything)
    assert here() == set()
    vault.close()
    ledger.close()
