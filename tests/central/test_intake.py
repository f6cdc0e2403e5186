"""Intake: judged once, stored once, answered always; and the door and the desk before it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa

from models import seal
from models.seal import KioskId
from sync.batch import Entry, Outcome, Reason, Receipt, Why, read_grant, read_receipt, request_body
from sync.central import enrol, intake
from sync.central.intake import take_in
from sync.central.ledger import (
    BAD_MESSAGE,
    Base,
    KioskRow,
    Ledger,
    QuarantineRow,
    RecordRow,
    StreamRow,
    open_ledger,
)
from sync.central.signer import Answer, Signer, StreamKey
from sync.exchange import walk
from tests.sync.parcels import (
    A_FORM,
    A_KIOSK,
    OTHER_KEY,
    RECEIPT_KEY,
    RECEIPT_PUBLIC,
    a_batch,
    a_hello,
    a_request,
    a_sealed,
    batches,
    entries,
)

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Central:
    """A ledger that knows one kiosk, and its signer."""

    def __init__(self, folder: Path) -> None:
        self.ledger: Ledger = open_ledger(folder / "ledger.sqlite")
        self.signer = Signer(RECEIPT_KEY, self.ledger)
        self.enrol()

    def enrol(self, **facts: Any) -> bytes:  # noqa: ANN401
        request = a_request(**facts)
        digits = seal.fingerprint(request_body(request))
        return enrol.grant(self.ledger, self.signer, request, digits, "HMX", "b-wing", NOW)

    def answer(self, message: bytes) -> Receipt:
        reply = take_in(self.ledger, message, self.signer, NOW)
        assert reply.status == intake.OK
        assert reply.body is not None
        receipt = read_receipt(reply.body, [RECEIPT_PUBLIC])
        assert (receipt.body.outcome, receipt.body.answered) == (reply.outcome, seal.digest(message))
        return receipt

    def outcome(self, message: bytes) -> Outcome:
        return self.answer(message).body.outcome

    def rows(self, *but: str) -> dict[str, list[tuple[object, ...]]]:
        with self.ledger.reading() as session:
            tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
            return {table.name: sorted(map(tuple, session.execute(sa.select(table))), key=repr) for table in tables}

    def records(self) -> list[bytes]:
        with self.ledger.reading() as session:
            return list(session.scalars(sa.select(RecordRow.sealed).order_by(RecordRow.epoch, RecordRow.seq)))

    def quarantine(self) -> list[tuple[int, int]]:
        with self.ledger.reading() as session:
            return [(seq, why) for seq, why in session.execute(sa.select(QuarantineRow.seq, QuarantineRow.reason))]


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    central = Central(tmp_path)
    yield central
    central.ledger.close()


@contextmanager
def unchanged(central: Central, *but: str) -> Iterator[None]:
    """Every row of every table, except of the tables named, is as it was."""
    before = central.rows(*but)
    yield
    assert central.rows(*but) == before


def test_batches_are_stored_as_they_came_and_confirmed(central: Central) -> None:
    first, second = batches(3, 2)
    assert [central.outcome(one) for one in (first, second)] == [Outcome.TAKEN, Outcome.TAKEN]
    body = central.answer(a_hello()).body
    assert (body.mark, body.safe, body.outcome) == (5, 5, Outcome.ALREADY)
    held = [a_sealed(f"-1-{at}-{one}") for at, size in enumerate((3, 2)) for one in range(1, size + 1)]
    assert central.records() == held


def test_the_same_batch_again_changes_nothing_but_the_serial(central: Central) -> None:
    (batch,) = batches(3)
    first = central.answer(batch)
    with unchanged(central, "streams"):
        again = central.answer(batch)
    assert (again.body.outcome, again.body.mark, again.body.head) == (Outcome.ALREADY, 3, first.body.head)
    assert again.body.serial == first.body.serial + 1


def test_the_same_batch_from_five_threads_counts_once(central: Central) -> None:
    for batch in batches(10, 10, 10):
        together, outcomes = threading.Barrier(5), list[Outcome]()

        def send(message: bytes, together: threading.Barrier, outcomes: list[Outcome]) -> None:
            together.wait()
            outcomes.append(central.outcome(message))

        threads = [threading.Thread(target=send, args=(batch, together, outcomes)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == [Outcome.TAKEN] + [Outcome.ALREADY] * 4
    assert len(central.records()) == 30


def test_a_flipped_byte_of_a_batch_stores_no_record(central: Central) -> None:
    (batch,) = batches(1)
    with unchanged(central, "quarantine", "streams"):
        for at in range(0, len(batch), 5):  # tests.sync.test_batch flips every one
            reply = take_in(central.ledger, batch[:at] + bytes([batch[at] ^ 4]) + batch[at + 1 :], central.signer, NOW)
            assert reply.outcome in (None, Outcome.REFUSED)
    assert central.outcome(batch) is Outcome.TAKEN


def test_what_cannot_be_read_gets_no_signed_answer_and_is_kept_once(central: Central) -> None:
    with unchanged(central, "quarantine"):
        for message in (b"", b"hello", batches(1)[0][:-1], b"hello"):
            reply = take_in(central.ledger, message, central.signer, NOW)
            assert (reply.status, reply.body) == (intake.UNREADABLE_MESSAGE, None)
    assert len(central.quarantine()) == 3


@pytest.mark.parametrize("facts", [{"kiosk": KioskId(b"z" * 16)}, {"signing": OTHER_KEY}])
def test_a_stranger_gets_no_signed_answer(central: Central, facts: dict[str, Any]) -> None:
    with unchanged(central, "quarantine"):
        reply = take_in(central.ledger, a_batch(entries(1), **facts), central.signer, NOW)
    assert (reply.status, reply.body) == (intake.UNSIGNED, None)


def test_a_gap_is_told_and_stores_nothing(central: Central) -> None:
    first, second = batches(3, 2)
    with unchanged(central, "streams"):
        body = central.answer(second).body
    assert (body.outcome, body.mark) == (Outcome.GAP, 0)
    assert [central.outcome(one) for one in (first, second)] == [Outcome.TAKEN, Outcome.TAKEN]


def test_a_fork_is_quarantined_and_nothing_more_is_counted(central: Central) -> None:
    first, second = batches(3, 2)
    central.outcome(first)
    with unchanged(central, "streams", "quarantine", "kiosks"):
        assert central.outcome(a_batch(entries(3, "other"))) is Outcome.FORK
        assert central.outcome(second) is Outcome.FORK
        assert central.outcome(a_hello()) is Outcome.FORK
    assert central.quarantine() == [(0, BAD_MESSAGE + Outcome.FORK)] * 2


def test_a_new_epoch_after_a_fork_counts_every_record_once(central: Central) -> None:
    first, _ = batches(3, 2)
    central.outcome(first)
    central.outcome(a_batch(entries(2, "other")))
    newly = b"n" * 16
    grant = read_grant(central.enrol(why=Why.FORK, epoch=1, instance=newly), [RECEIPT_PUBLIC])
    assert (grant.epoch, grant.instance) == (2, newly)
    again = (*entries(2, "-1-0-"), *entries(2, "other"))
    body = central.answer(a_batch(again, epoch=2, instance=newly)).body
    assert (body.outcome, body.mark) == (Outcome.TAKEN, 4)
    assert body.quarantined == ((1, Reason.UNDER_ANOTHER_NUMBER), (2, Reason.UNDER_ANOTHER_NUMBER))
    assert len(central.records()) == len(set(central.records())) == 5
    assert central.outcome(first) is Outcome.HELD


@pytest.mark.parametrize("facts", [{"instance": b"z" * 16}, {"epoch": 2}])
def test_an_epoch_or_instance_without_a_grant_is_held(central: Central, facts: dict[str, Any]) -> None:
    with unchanged(central, "streams", "quarantine"):
        assert central.outcome(a_batch(entries(1), **facts)) is Outcome.HELD


def test_a_revoked_kiosk_is_held(central: Central) -> None:
    with central.ledger.writing() as session:
        session.execute(sa.update(KioskRow).values(revoked_on=20_000))
    with unchanged(central, "streams", "quarantine"):
        assert central.outcome(batches(1)[0]) is Outcome.HELD
        assert central.outcome(a_hello()) is Outcome.HELD


def test_a_bad_record_is_kept_with_its_reason_and_does_not_stop_the_queue(central: Central) -> None:
    odd = Entry(A_FORM, b"\x02\x01" + a_sealed("newer envelope")[2:])
    short = Entry(A_FORM, a_sealed("cut")[:-1])
    good = entries(1)[0]
    body = central.answer(a_batch([odd, good, short])).body
    assert (body.outcome, body.mark) == (Outcome.TAKEN, 3)
    assert body.quarantined == ((1, Reason.ENVELOPE_UNKNOWN), (3, Reason.SIZE))
    assert central.records() == [good.sealed]
    head = walk(seal.chain_start(A_KIOSK, 1), 1, [odd, good, short])[-1]
    assert body.head == head
    following = a_batch(entries(1, "next"), first=4, before=head)
    assert central.outcome(following) is Outcome.TAKEN


def test_a_request_is_answered_with_its_grant_once_it_is_granted(central: Central) -> None:
    stranger = a_request(signing=OTHER_KEY, kiosk=KioskId(b"n" * 16))
    for _ in range(2):
        assert take_in(central.ledger, stranger, central.signer, NOW).status == intake.NOT_DECIDED
    assert len(enrol.pending(central.ledger)) == 1
    granted = central.enrol(signing=OTHER_KEY, kiosk=KioskId(b"n" * 16))
    reply = take_in(central.ledger, stranger, central.signer, NOW)
    assert (reply.status, reply.body) == (intake.OK, granted)
    assert enrol.pending(central.ledger) == ()


def test_a_ledger_whose_rows_were_bent_is_not_signed_for(central: Central) -> None:
    first, second = batches(3, 2)
    central.outcome(first)
    with central.ledger.writing() as session:
        session.execute(sa.delete(RecordRow).where(RecordRow.seq == 2))
    bent = Signer(RECEIPT_KEY, central.ledger)
    reply = take_in(central.ledger, second, bent, NOW)
    assert (reply.status, reply.body) == (intake.BUSY, None)


def test_serials_rise_over_epochs(central: Central) -> None:
    before = central.answer(a_hello()).body.serial
    newly = b"n" * 16
    central.enrol(why=Why.RESTORED, epoch=1, instance=newly)
    after = central.answer(a_hello(epoch=2, instance=newly, head=seal.chain_start(A_KIOSK, 2))).body
    assert (after.serial, after.epoch) == (before + 1, 2)


def test_a_ledger_in_use_elsewhere_asks_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.central import ledger as room

    impatient = (*(one for one in room.PRAGMAS if not one.startswith("busy_timeout")), "busy_timeout=0")
    monkeypatch.setattr(room, "PRAGMAS", impatient)
    central, elsewhere = Central(tmp_path), open_ledger(tmp_path / "ledger.sqlite")
    with elsewhere.writing() as session:
        session.execute(sa.select(StreamRow))
        assert take_in(central.ledger, batches(1)[0], central.signer, NOW).status == intake.BUSY
    assert central.outcome(batches(1)[0]) is Outcome.TAKEN
    elsewhere.close()
    central.ledger.close()


class Unplugged(BaseException):
    """Nothing catches a pulled plug."""


def test_central_dying_before_the_commit_has_stored_nothing_and_takes_it_the_next_time(central: Central) -> None:
    def plug(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("reads"):
            return
        raise Unplugged

    (batch,) = batches(3)
    before = central.rows()
    sa.event.listen(central.ledger.engine, "commit", plug)
    with pytest.raises(Unplugged):
        take_in(central.ledger, batch, central.signer, NOW)
    sa.event.remove(central.ledger.engine, "commit", plug)
    assert central.rows() == before
    assert central.outcome(batch) is Outcome.TAKEN


def test_central_dying_after_the_commit_says_already_the_next_time(central: Central) -> None:
    class NoSigner(Signer):
        def receipt(self, stream: StreamKey, answer: Answer) -> bytes:
            raise Unplugged

    (batch,) = batches(3)
    with pytest.raises(Unplugged):
        take_in(central.ledger, batch, NoSigner(RECEIPT_KEY, central.ledger), NOW)
    with unchanged(central, "streams"):
        body = central.answer(batch).body
    assert (body.outcome, body.mark) == (Outcome.ALREADY, 3)
