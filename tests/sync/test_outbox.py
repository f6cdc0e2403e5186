"""The outbox: what is handed in is numbered, offered with the same bytes, and erased on a signed receipt alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from models import seal
from models.errors import VaultFullError
from models.seal import Digest, SealedRecord
from models.tables import PoolRow
from models.vault import Vault, open_vault
from sync import batch, outbox
from sync.batch import Batch, Grant, Outcome, Receipt, ReceiptBody
from tests.models.vaults import A_DAY, A_KEY, A_KIOSK, a_sealed_record, a_vault, every_row, unchanged
from tests.simulators_custody import PullThePlug, full_disk

SIGNING: Final = bytes(31) + b"\x01"
CENTRAL: Final = bytes(31) + b"\x02"
NOON_S: Final = (A_DAY - date(1970, 1, 1)).days * 86_400 + 43_200
OTHER_FORM: Final = seal.digest(b"another questionnaire")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = a_vault(tmp_path)
    yield vault
    vault.close()


@pytest.fixture
def granted(vault: Vault) -> Vault:
    outbox.open_epoch(vault, a_grant(vault))
    return vault


def a_grant(vault: Vault, epoch: int = 1) -> Grant:
    """Return what central grants to whoever asks from this vault, as read from its bytes."""
    grant = Grant(A_KIOSK, seal.public_half(SIGNING), "ABC", "b-wing", epoch, outbox.asking_instance(vault), 1)
    return batch.read_grant(batch.write_grant(grant, CENTRAL), [seal.public_half(CENTRAL)])


def a_receipt(vault: Vault, mark: int, safe: int | None = None, **facts: Any) -> Receipt:  # noqa: ANN401 - any field
    """Return central's signed word that it holds everything up to `mark`."""
    state = outbox.kiosk_state(vault)
    body = ReceiptBody(
        kiosk=A_KIOSK,
        epoch=state.epoch,
        mark=mark,
        safe=mark if safe is None else safe,
        head=state.heads.get(mark, Digest(bytes(32))),
        generation=1,
        serial=state.last_serial + 1,
        time=NOON_S,
        outcome=Outcome.TAKEN,
        quarantined=(),
        versions=(1,),
        wait=0,
        key=seal.key_id(seal.public_half(CENTRAL)),
        answered=Digest(bytes(32)),
        newest=3,
    )
    written = batch.write_receipt(replace(body, **facts), CENTRAL)
    return batch.read_receipt(written, [seal.public_half(CENTRAL)])


def hand_in(vault: Vault, count: int, day: date = A_DAY) -> list[SealedRecord]:
    records = [a_sealed_record(form=OTHER_FORM if at % 3 else seal.digest(b"a questionnaire")) for at in range(count)]
    with vault.writing() as session:  # as hand_in, but tidied once
        session.add_all(PoolRow(id=one.id, form=one.form, sealed=one.sealed, day=day) for one in records)
    vault.tidy()
    return records


def number(vault: Vault, days: int = 1) -> int:
    """Number on a later day, after a day of running."""
    outbox.cover_write(vault, 240)
    return outbox.number(vault, SIGNING, A_KIOSK, A_DAY + timedelta(days), "0.1.0", seal.shuffled)


def held(vault: Vault) -> list[bytes]:
    """Return the ids of all records in pool and outbox."""
    rows = every_row(vault)
    return sorted([row[0] for row in rows["pool"]] + [row[2] for row in rows["outbox"]])


def ids(records: list[SealedRecord]) -> list[bytes]:
    return sorted(one.id for one in records)


def offered(vault: Vault, after: int | None = None) -> Batch:
    message = outbox.next_batch(vault, after)
    assert message is not None
    read = batch.read_batch(message, lambda _: [seal.public_half(SIGNING)])
    assert isinstance(read, Batch)
    return read


# --- handing in -----------------------------------------------------------------------------------------------------


def test_a_record_handed_in_is_kept_by_day_alone(vault: Vault) -> None:
    record = a_sealed_record()
    outbox.hand_in(vault, record, A_DAY)
    assert every_row(vault)["pool"] == [(record.id, record.form, record.sealed, A_DAY)]


def test_a_record_handed_in_twice_counts_once_in_the_pool_or_under_a_number(granted: Vault) -> None:
    records = hand_in(granted, 13)
    outbox.hand_in(granted, records[0], A_DAY)
    assert held(granted) == ids(records)
    assert number(granted, 8) == 13
    with unchanged(granted):
        outbox.hand_in(granted, records[0], A_DAY)


def test_a_record_on_a_full_disk_is_refused_in_words(vault: Vault) -> None:
    hand_in(vault, 1)
    with full_disk(vault), unchanged(vault), pytest.raises(VaultFullError):
        outbox.hand_in(vault, a_sealed_record(bytes(7000)), A_DAY)


def test_a_vault_that_holds_too_much_politely_refuses(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "RECORDS_MOST", 3)
    hand_in(vault, 3)
    with unchanged(vault), pytest.raises(VaultFullError):
        outbox.hand_in(vault, a_sealed_record(), A_DAY)


def test_every_write_leaves_an_empty_log(granted: Vault) -> None:
    log = granted.path.with_name("vault.db-wal")
    acts: tuple[Callable[[], object], ...] = (
        lambda: outbox.hand_in(granted, a_sealed_record(), A_DAY),
        lambda: outbox.cover_write(granted, 1),
        lambda: hand_in(granted, 13),
        lambda: number(granted),
        lambda: outbox.settle(granted, a_receipt(granted, outbox.kiosk_state(granted).last_seq)),
    )
    for act in acts:
        act()
        assert log.stat().st_size == 0


# --- numbering ------------------------------------------------------------------------------------------------------


def test_numbering_cuts_one_signed_batch_that_chains_every_record(granted: Vault) -> None:
    records = hand_in(granted, 13)
    assert number(granted) == 10
    one = offered(granted)
    head = seal.chain_start(A_KIOSK, 1)
    assert (one.header.before, one.header.first, one.header.last, one.header.small) == (head, 1, 10, False)
    for seq, entry in enumerate(one.entries, 1):
        head = seal.chain_link(head, seq, entry.form, entry.sealed)
    assert (one.header.head, one.header.body) == (head, one.body_digest)
    assert (one.header.day, one.header.vouched) == ((A_DAY - date(1970, 1, 1)).days + 1, False)
    assert {entry.sealed for entry in one.entries} < {record.sealed for record in records}
    assert held(granted) == ids(records)


def test_numbering_twice_continues_the_chain(granted: Vault) -> None:
    hand_in(granted, 13)
    number(granted)
    hand_in(granted, 13)
    assert number(granted, 2) == 13
    first, second = offered(granted), offered(granted, after=10)
    assert (second.header.before, second.header.first) == (first.header.head, 11)
    assert outbox.kiosk_state(granted).last_seq == 23


def test_nothing_is_numbered_before_a_grant(vault: Vault) -> None:
    hand_in(vault, 20)
    outbox.cover_write(vault, 240)
    with unchanged(vault):
        assert outbox.number(vault, SIGNING, A_KIOSK, A_DAY, "0.1.0") == 0


def test_nothing_is_numbered_twice_in_a_day_whoever_asks(granted: Vault) -> None:
    hand_in(granted, 13)
    assert number(granted) == 10
    hand_in(granted, 40)
    outbox.cover_write(granted, 239)
    with unchanged(granted):
        assert outbox.number(granted, SIGNING, A_KIOSK, A_DAY + timedelta(1), "0.1.0") == 0
        assert outbox.number(granted, SIGNING, A_KIOSK, A_DAY + timedelta(2), "0.1.0") == 0


def test_a_receipt_of_a_later_day_stands_for_a_day_of_running(granted: Vault) -> None:
    hand_in(granted, 13)
    number(granted)
    outbox.settle(granted, a_receipt(granted, 10, time=NOON_S + 2 * 86_400))
    hand_in(granted, 13)
    assert outbox.number(granted, SIGNING, A_KIOSK, A_DAY + timedelta(2), "0.1.0") > 0
    assert offered(granted).header.vouched


def test_keys_of_another_kiosk_are_our_own_mistake(granted: Vault) -> None:
    with unchanged(granted), pytest.raises(RuntimeError):
        outbox.number(granted, SIGNING, seal.KioskId(bytes(16)), A_DAY, "0.1.0")


def test_many_records_are_cut_into_several_batches(granted: Vault) -> None:
    hand_in(granted, 520)
    assert number(granted, 8) == 520
    assert [offered(granted, after).header.last for after in (0, 260)] == [260, 520]


def test_a_batch_is_offered_with_the_same_bytes_every_time(granted: Vault) -> None:
    hand_in(granted, 13)
    number(granted)
    before = outbox.next_batch(granted)
    granted.close()
    again = open_vault(granted.path, A_KEY)
    assert outbox.next_batch(again) == before
    assert outbox.next_batch(again, after=10) is None
    again.close()


# --- settling -------------------------------------------------------------------------------------------------------


@pytest.fixture
def numbered(granted: Vault) -> Vault:
    """Return a vault with two batches, 1 to 10 and 11 to 23, all records old enough to leave."""
    hand_in(granted, 13)
    number(granted)
    hand_in(granted, 10, A_DAY - timedelta(10))
    assert number(granted, 12) == 13
    return granted


def test_a_receipt_erases_what_is_safe_and_moves_the_mark(numbered: Vault) -> None:
    assert outbox.settle(numbered, a_receipt(numbered, 23, 10)) == 10
    state = outbox.kiosk_state(numbered)
    assert (state.mark, state.safe, state.last_seq, state.last_serial) == (23, 10, 23, 1)
    assert [row[1] for row in every_row(numbered)["outbox"]] == list(range(11, 24))
    assert outbox.next_batch(numbered) is None
    assert outbox.settle(numbered, a_receipt(numbered, 23)) == 13
    assert held(numbered) == []
    assert outbox.time_floor(numbered) == NOON_S
    assert outbox.newest_content(numbered) == 3


def test_numbers_go_on_after_everything_was_erased(numbered: Vault) -> None:
    head = outbox.kiosk_state(numbered).head
    outbox.settle(numbered, a_receipt(numbered, 23))
    assert outbox.kiosk_state(numbered).head == head
    hand_in(numbered, 13)
    number(numbered, 30)
    assert (offered(numbered).header.first, offered(numbered).header.before) == (24, head)


def test_a_safe_inside_a_batch_erases_whole_batches_only(numbered: Vault) -> None:
    assert outbox.settle(numbered, a_receipt(numbered, 23, 15)) == 10
    assert len(held(numbered)) == 13


def test_the_same_receipt_again_or_an_older_one_changes_nothing(numbered: Vault) -> None:
    older, newer = a_receipt(numbered, 10, 0, serial=5), a_receipt(numbered, 23, 10, serial=6)
    outbox.settle(numbered, newer)
    with unchanged(numbered):
        assert outbox.settle(numbered, newer) == 0
        assert outbox.settle(numbered, older) == 0
        assert outbox.settle(numbered, a_receipt(numbered, 0, generation=0, serial=99)) == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": Outcome.FORK},
        {"outcome": Outcome.HELD},
        {"outcome": Outcome.REFUSED},
        {"outcome": Outcome.VERSION},
        {"head": Digest(bytes(32))},
        {"epoch": 2},
        {"mark": 24, "safe": 24},
        {"mark": 9, "safe": 9},
    ],
    ids=str,
)
def test_a_receipt_that_does_not_fit_erases_nothing(numbered: Vault, facts: dict[str, Any]) -> None:
    before = held(numbered)
    assert outbox.settle(numbered, a_receipt(numbered, **({"mark": 10} | facts))) == 0
    state = outbox.kiosk_state(numbered)
    assert (held(numbered), state.mark, state.safe) == (before, 0, 0)
    assert outbox.time_floor(numbered) == NOON_S


def test_a_receipt_for_another_kiosk_is_our_own_mistake(numbered: Vault) -> None:
    with unchanged(numbered), pytest.raises(RuntimeError):
        outbox.settle(numbered, a_receipt(numbered, 10, kiosk=seal.KioskId(bytes(16))))


def test_a_busy_central_changes_nothing(numbered: Vault) -> None:
    with unchanged(numbered):
        assert outbox.settle(numbered, a_receipt(numbered, 10, outcome=Outcome.BUSY)) == 0


def test_a_time_nobody_can_believe_does_not_raise_the_floor(numbered: Vault) -> None:
    outbox.settle(numbered, a_receipt(numbered, 10, 0))
    outbox.settle(numbered, a_receipt(numbered, 10, 0, time=NOON_S + 3 * 366 * 86_400))
    assert outbox.time_floor(numbered) == NOON_S
    outbox.settle(numbered, a_receipt(numbered, 10, 0, time=NOON_S - 86_400))
    assert outbox.time_floor(numbered) == NOON_S


def test_a_central_restored_from_its_backup_gets_the_rest_again(numbered: Vault) -> None:
    second = outbox.next_batch(numbered, after=10)
    outbox.settle(numbered, a_receipt(numbered, 23, 10))
    outbox.settle(numbered, a_receipt(numbered, 10, 10, generation=2, serial=1))
    assert outbox.kiosk_state(numbered).mark == 10
    assert outbox.next_batch(numbered) == second


def test_the_heads_that_central_may_ask_about_are_known(numbered: Vault) -> None:
    outbox.settle(numbered, a_receipt(numbered, 10))
    assert set(outbox.kiosk_state(numbered).heads) == {0, 10, 23}


# --- epochs ---------------------------------------------------------------------------------------------------------


def test_a_grant_opens_the_first_epoch_and_names_the_place(vault: Vault) -> None:
    instance = outbox.asking_instance(vault)
    grant = a_grant(vault)
    assert outbox.open_epoch(vault, grant)
    state = outbox.kiosk_state(vault)
    assert (state.epoch, state.instance, state.generation) == (1, instance, 1)
    assert (vault.setting("establishment"), vault.setting("wing")) == (b"ABC", b"b-wing")
    assert vault.setting("grant") == grant.message


def test_a_new_epoch_takes_everything_above_safe_back_to_the_pool(numbered: Vault) -> None:
    outbox.settle(numbered, a_receipt(numbered, 23, 10))
    before, old = held(numbered), outbox.kiosk_state(numbered).instance
    asked = outbox.asking_instance(numbered)
    assert outbox.asking_instance(numbered) == asked != old
    assert outbox.open_epoch(numbered, a_grant(numbered, 2))
    rows = every_row(numbered)
    assert (held(numbered), rows["outbox"], rows["batches"]) == (before, [], [])
    assert {row[3] for row in rows["pool"]} == {A_DAY + timedelta(12)}
    assert outbox.kiosk_state(numbered).instance == asked
    assert number(numbered, 40) == 13
    assert offered(numbered).header.before == seal.chain_start(A_KIOSK, 2)


def test_a_grant_that_came_late_or_for_a_copy_changes_nothing(numbered: Vault) -> None:
    outbox.asking_instance(numbered)
    with unchanged(numbered):
        assert not outbox.open_epoch(numbered, a_grant(numbered, 1))
        assert not outbox.open_epoch(numbered, replace(a_grant(numbered, 2), instance=bytes(16)))
        with pytest.raises(RuntimeError):
            outbox.open_epoch(numbered, replace(a_grant(numbered, 2), kiosk=seal.KioskId(bytes(16))))


# --- what staff may know --------------------------------------------------------------------------------------------


def test_staff_see_a_band_that_stands_all_day(vault: Vault) -> None:
    assert outbox.band(vault, A_DAY) == "under 10"
    hand_in(vault, 12)
    assert outbox.band(vault, A_DAY) == "under 10"
    assert outbox.band(vault, A_DAY + timedelta(1)) == "10 to 49"
    hand_in(vault, 40)
    assert outbox.band(vault, A_DAY + timedelta(2)) == "50 or more"


# --- the plug is pulled ---------------------------------------------------------------------------------------------


def pulled(disk: Path) -> Iterator[Vault]:
    vault = open_vault(disk, A_KEY)
    yield vault
    vault.close()


def test_a_plug_pulled_while_handing_in_keeps_it_whole_or_not_at_all(granted: Vault, tmp_path: Path) -> None:
    before = hand_in(granted, 3)
    record = a_sealed_record()
    with PullThePlug(granted, tmp_path / "disks") as plug:
        outbox.hand_in(granted, record, A_DAY)
    counts = set()
    for disk in plug.disks:
        for vault in pulled(disk):
            counts.add(len(held(vault)))
            outbox.hand_in(vault, record, A_DAY)
            assert held(vault) == ids([*before, record])
    assert counts == {3, 4}


def test_a_plug_pulled_while_numbering_loses_nothing_and_numbers_once(granted: Vault, tmp_path: Path) -> None:
    records = hand_in(granted, 13)
    outbox.cover_write(granted, 240)
    with PullThePlug(granted, tmp_path / "disks") as plug:
        number(granted)
    moments = set()
    for disk in plug.disks:
        for vault in pulled(disk):
            moments.add(outbox.kiosk_state(vault).last_seq)
            assert held(vault) == ids(records)
            outbox.number(vault, SIGNING, A_KIOSK, A_DAY + timedelta(1), "0.1.0")
            assert outbox.kiosk_state(vault).last_seq == 10
            assert held(vault) == ids(records)
            assert len(offered(vault).entries) == 10
    assert moments == {0, 10}


def test_a_plug_pulled_while_settling_erases_what_is_safe_or_nothing(numbered: Vault, tmp_path: Path) -> None:
    receipt = a_receipt(numbered, 23, 10)
    with PullThePlug(numbered, tmp_path / "disks") as plug:
        outbox.settle(numbered, receipt)
    moments = set()
    for disk in plug.disks:
        for vault in pulled(disk):
            moments.add((len(held(vault)), outbox.kiosk_state(vault).safe))
            outbox.settle(vault, receipt)
            assert (len(held(vault)), outbox.kiosk_state(vault).safe) == (13, 10)
    assert moments == {(23, 0), (13, 10)}


def test_a_plug_pulled_while_an_epoch_opens_leaves_the_old_or_the_new(numbered: Vault, tmp_path: Path) -> None:
    before, grant = held(numbered), a_grant(numbered, 2)
    with PullThePlug(numbered, tmp_path / "disks") as plug:
        outbox.open_epoch(numbered, grant)
    epochs = set()
    for disk in plug.disks:
        for vault in pulled(disk):
            epochs.add(outbox.kiosk_state(vault).epoch)
            outbox.open_epoch(vault, grant)
            assert (held(vault), outbox.kiosk_state(vault).epoch) == (before, 2)
    assert epochs == {1, 2}


@pytest.mark.parametrize("word", ["".join(word) for word in product("HNSG", repeat=3)])
def test_no_order_of_acts_loses_or_doubles_a_record(granted: Vault, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vault, "tidy", lambda _: True)  # costs most of the time and moves no row
    known: set[bytes] = set()
    erased: set[bytes] = set()
    for day, letter in enumerate("HN" + word, 1):
        before = held(granted)
        match letter:
            case "H":
                known |= set(ids(hand_in(granted, 13)))
            case "N":
                number(granted, day)
            case "S":
                outbox.settle(granted, a_receipt(granted, outbox.kiosk_state(granted).last_seq))
                erased |= set(before) - set(held(granted))
            case "G":
                outbox.open_epoch(granted, a_grant(granted, outbox.kiosk_state(granted).epoch + 1))
        now = held(granted)
        assert len(now) == len(set(now))
        assert set(now) | erased == known
        assert not set(now) & erased
