"""Ballots take the ordinary road once their box is closed: outbox, batches, receipts, ledger, and box again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from models import ballot_box, seal
from models.ballot_box import ClosedBox
from models.election import ballot
from models.election.ballot import Ballot, Mark
from models.election.boxes import Kind
from models.election.definition import PollingKiosk
from models.seal import KioskId
from models.vault import Vault
from sync import batch, numbering, outbox
from sync.batch import Why
from sync.central import enrol
from sync.central.elections import registrar
from sync.central.elections.received import received
from sync.central.intake import take_in
from sync.central.ledger import Ledger, open_ledger
from sync.central.signer import Signer
from sync.exchange import KioskState
from tests.models.elections import an_election, slips
from tests.models.vaults import A_DAY, A_KIOSK, a_vault, every_row, unchanged
from tests.sync.parcels import RECEIPT_KEY, a_request
from tests.sync.test_outbox import SIGNING, a_grant, a_receipt

ELECTION: Final = an_election(kiosks=(PollingKiosk(bytes(A_KIOSK), "A", seal.public_half(SIGNING)),))
VOTES: Final = {1: Ballot(Mark.CHOICES, (2, 1)), 2: Ballot(Mark.BLANK)}
NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path)
    outbox.open_epoch(made, a_grant(made))
    yield made
    made.close()


def a_closed_box(vault: Vault, *voters: int, kind: Kind = "kiosk") -> ClosedBox:
    ballot_box.open_poll(vault, ELECTION, SIGNING, kind)
    for number in voters:
        slip = ballot_box.take_slip(ELECTION, slips(31)[number].code)
        ballot_box.cast(vault, ELECTION, slip, VOTES)
    return ballot_box.close_poll(vault, ELECTION, SIGNING)


def handed_in(vault: Vault) -> int:
    return outbox.hand_in_boxes(vault, SIGNING, A_KIOSK, A_DAY, "0.1.0")


def test_a_box_enters_the_outbox_whole_in_its_order_with_the_manifest_last(vault: Vault) -> None:
    box = a_closed_box(vault, *range(6))
    assert every_row(vault)["outbox"] == []
    assert handed_in(vault) == 1
    numbered = [row[4] for row in sorted(every_row(vault)["outbox"], key=lambda row: row[1])]
    assert numbered == list(box.records)
    assert all(row[3] == ELECTION.d for row in every_row(vault)["outbox"])
    with unchanged(vault):
        assert handed_in(vault) == 0


def test_an_open_box_hands_in_nothing(vault: Vault) -> None:
    ballot_box.open_poll(vault, ELECTION, SIGNING)
    ballot_box.cast(vault, ELECTION, ballot_box.take_slip(ELECTION, slips(31)[0].code), VOTES)
    with unchanged(vault):
        assert handed_in(vault) == 0


def test_nothing_is_handed_in_before_the_first_grant_or_of_another_kiosk(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    a_closed_box(vault, 0)
    with unchanged(vault):
        assert handed_in(vault) == 0
        with pytest.raises(RuntimeError):
            outbox.hand_in_boxes(vault, SIGNING, KioskId(bytes([9]) * 16), A_DAY, "0.1.0")
    vault.close()


def test_a_full_vault_hands_in_nothing_of_a_box(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    a_closed_box(vault, *range(3))
    monkeypatch.setattr(outbox, "RECORDS_MOST", 6)
    with unchanged(vault):
        assert handed_in(vault) == 0
    monkeypatch.setattr(outbox, "RECORDS_MOST", 7)
    assert handed_in(vault) == 1


def test_a_new_epoch_takes_ballots_back_and_numbers_them_again(vault: Vault) -> None:
    box = a_closed_box(vault, *range(6))
    handed_in(vault)
    outbox.open_epoch(vault, a_grant(vault, epoch=2))
    assert every_row(vault)["outbox"] == []
    assert {row[2] for row in every_row(vault)["pool"]} == set(box.records)


def test_a_receipt_erases_them_from_the_outbox_and_never_from_the_box(vault: Vault) -> None:
    box = a_closed_box(vault, *range(6))
    handed_in(vault)
    assert outbox.settle(vault, a_receipt(vault, 13)) == 13
    assert ballot_box.closed_box(vault, ELECTION, 1) == box


def test_cast_in_whatever_order_outbox_and_batches_are_the_same_but_for_random_bytes(tmp_path: Path) -> None:
    seen = []
    for at, order in enumerate(permutations(range(3))):
        vault = a_vault(tmp_path, f"{at}.db")
        outbox.open_epoch(vault, a_grant(vault))
        a_closed_box(vault, *order)
        handed_in(vault)
        rows = every_row(vault)
        known: Any = [
            (row[0], row[3], len(row[4]), row[4][: ballot.HEAD_BYTES] if ballot.is_envelope(row[4]) else b"")
            for row in rows["outbox"]
        ]
        seen.append((sorted(known), [row[:3] for row in rows["batches"]], sorted(row[1] for row in rows["outbox"])))
        vault.close()
    assert all(one == seen[0] for one in seen)


class Central:
    """A ledger that granted the kiosk of these tests."""

    def __init__(self, folder: Path) -> None:
        self.ledger: Ledger = open_ledger(folder / "ledger.sqlite")
        self.signer = Signer(RECEIPT_KEY, self.ledger)


def granted(vault: Vault, central: Central) -> None:
    """Let central grant the kiosk its first epoch, or the next one."""
    state = outbox.kiosk_state(vault)
    head = seal.chain_start(A_KIOSK, 0) if not state.epoch else state.head
    asked = {"kiosk": A_KIOSK, "head": head, "instance": outbox.asking_instance(vault), "epoch": state.epoch}
    asked |= {"last": state.last_seq, "why": Why.DAMAGED}
    request = a_request(SIGNING, **asked)
    digits = seal.fingerprint(batch.request_body(request))
    grant = enrol.grant(central.ledger, central.signer, request, digits, "HMX", "b-wing", NOW)
    assert outbox.open_epoch(vault, batch.read_grant(grant, [seal.public_half(RECEIPT_KEY)]))


def carried(vault: Vault, central: Central, most: int = 99) -> None:
    """Carry that many batches to central; their receipts are lost."""
    after = 0
    for _ in range(most):
        if (message := outbox.next_batch(vault, after)) is None:
            return
        assert take_in(central.ledger, message, central.signer, NOW).status == 200
        state: KioskState = outbox.kiosk_state(vault)
        after = min(last for last in state.heads if last > after)


def assert_received(central: Central, closed: list[ClosedBox]) -> None:
    found = received(central.ledger, ELECTION.d)
    expected = []
    for box in closed:
        files, name = box.files(), box.manifest.name
        expected.append((files[f"{name}.json"], files[f"{name}.sig.json"], files[f"{name}.box"]))
    assert [(one.manifest, one.signatures, one.content) for one in found] == expected


@pytest.mark.parametrize("second", get_args(Kind))
def test_central_puts_the_boxes_of_a_kiosk_together_again(tmp_path: Path, second: Kind) -> None:
    vault = a_vault(tmp_path)
    central = Central(tmp_path)
    granted(vault, central)
    closed = [a_closed_box(vault, *range(5)), a_closed_box(vault, *range(5, 9), kind=second)]
    assert handed_in(vault) == 2
    carried(vault, central)
    assert_received(central, closed)
    found = received(central.ledger, ELECTION.d)
    assert [one.read().kind for one in found] == ["kiosk", second]
    assert registrar.faults(ELECTION, found) == {}
    assert received(central.ledger, bytes(32)) == ()
    central.ledger.close()
    vault.close()


@pytest.mark.parametrize("before", range(7))
def test_two_boxes_of_one_kiosk_come_apart_however_often_they_are_numbered(
    tmp_path: Path, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`before`: how many batches central took of the first numbering, of which no receipt came back."""
    monkeypatch.setattr(numbering, "RECORD_LIMIT", 4)
    vault, central = a_vault(tmp_path), Central(tmp_path)
    granted(vault, central)
    closed = [a_closed_box(vault, *range(5)), a_closed_box(vault, *range(5, 9), kind="paper")]
    assert handed_in(vault) == 2
    carried(vault, central, before)
    granted(vault, central)
    assert outbox.number(vault, SIGNING, A_KIOSK, A_DAY, "0.1.0") == 0
    assert handed_in(vault) == 2
    assert every_row(vault)["pool"] == []
    with unchanged(vault):
        assert handed_in(vault) == 0
    carried(vault, central)
    assert_received(central, closed)
    central.ledger.close()
    vault.close()
