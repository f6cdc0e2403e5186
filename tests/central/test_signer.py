"""The signer: says what is stored, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import seal
from sync.batch import Outcome, read_receipt
from sync.central.intake import take_in
from sync.central.ledger import BackupRow, RecordRow, StreamRow
from sync.central.signer import Answer, BrokenChainError, Signer, StreamKey
from tests.central.test_intake import NOW, Central
from tests.sync.parcels import A_KIOSK, RECEIPT_KEY, RECEIPT_PUBLIC, batches

KEY = StreamKey("HMX", A_KIOSK, 1)
ANSWER = Answer(Outcome.ALREADY, seal.digest(b"a message"), serial=9, time=1_800_000_000, newest=4)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    central = Central(tmp_path)
    for batch in batches(3, 2):
        take_in(central.ledger, batch, central.signer, NOW)
    yield central
    central.ledger.close()


def test_a_receipt_says_what_is_stored_and_what_was_asked(central: Central) -> None:
    body = read_receipt(Signer(RECEIPT_KEY, central.ledger).receipt(KEY, ANSWER), [RECEIPT_PUBLIC]).body
    assert (body.mark, body.safe, body.generation) == (5, 5, 1)
    assert (body.outcome, body.answered, body.serial, body.time, body.newest) == (
        ANSWER.outcome,
        ANSWER.answered,
        9,
        1_800_000_000,
        4,
    )


def test_with_backups_required_nothing_is_safe_before_one(central: Central) -> None:
    strict = Signer(RECEIPT_KEY, central.ledger, erase_at="safe")
    body = read_receipt(strict.receipt(KEY, ANSWER), [RECEIPT_PUBLIC]).body
    assert (body.mark, body.safe) == (5, 0)


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_row_that_vanished_is_never_signed_for(central: Central, seq: int) -> None:
    with central.ledger.writing() as session:
        session.execute(sa.delete(RecordRow).where(RecordRow.seq == seq))
    with pytest.raises(BrokenChainError, match=A_KIOSK.hex()):
        Signer(RECEIPT_KEY, central.ledger).receipt(KEY, ANSWER)


def test_a_head_or_mark_that_the_rows_do_not_give_is_never_signed(central: Central) -> None:
    with central.ledger.writing() as session:
        session.execute(sa.update(StreamRow).values(mark=6))
    with pytest.raises(BrokenChainError):
        central.signer.receipt(KEY, ANSWER)
    with central.ledger.writing() as session:
        session.execute(sa.update(StreamRow).values(mark=5, head=bytes(32)))
    with pytest.raises(BrokenChainError):
        Signer(RECEIPT_KEY, central.ledger).receipt(KEY, ANSWER)


def test_only_what_is_new_is_walked_again(central: Central) -> None:
    central.signer.receipt(KEY, ANSWER)
    with central.ledger.writing() as session:  # below the last head that was signed: seen and signed before
        session.execute(sa.delete(RecordRow).where(RecordRow.seq == 1))
    assert read_receipt(central.signer.receipt(KEY, ANSWER), [RECEIPT_PUBLIC]).body.mark == 5


def test_an_epoch_nobody_granted_stands_at_its_start(central: Central) -> None:
    body = read_receipt(central.signer.receipt(StreamKey("HMX", A_KIOSK, 7), ANSWER), [RECEIPT_PUBLIC]).body
    assert (body.mark, body.head) == (0, seal.chain_start(A_KIOSK, 7))


def test_a_restore_shows_in_the_generation(central: Central) -> None:
    with central.ledger.writing() as session:
        session.add(BackupRow(no=1, at=0, generation=3, marks=bytes(32), verified=True))
    assert read_receipt(central.signer.receipt(KEY, ANSWER), [RECEIPT_PUBLIC]).body.generation == 3
