"""The vault: what opens it, what it refuses, and that a refusal leaves it as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import vault as vaults
from models.errors import VaultCorruptError, VaultFullError, VaultMissingError
from models.tables import MarkRow, OutboxRow, PoolRow, SettingRow, StateRow
from models.vault import Vault, VaultBusyError, VaultExistsError, VaultNewerError, create_vault, open_vault
from tests.models.vaults import A_DAY, A_FORM, A_KEY, A_KIOSK, a_sealed_record, a_vault, every_row, unchanged
from tests.simulators_custody import PullThePlug, full_disk


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = a_vault(tmp_path)
    yield vault
    vault.close()


def a_closed_vault(folder: Path) -> Path:
    vault = a_vault(folder)
    path = vault.path
    put(vault)
    vault.close()
    return path


def put(vault: Vault, seq: int | None = None) -> bytes:
    """Put a record into the pool, or into the outbox under a number; return its id."""
    sealed = a_sealed_record()
    with vault.writing() as session:
        if seq is None:
            session.add(PoolRow(id=sealed.id, form=A_FORM, sealed=sealed.sealed, day=A_DAY))
        else:
            session.add(OutboxRow(epoch=1, seq=seq, id=sealed.id, form=A_FORM, sealed=sealed.sealed))
    return sealed.id


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith((".lock", "-shm"))}


# --- opening --------------------------------------------------------------------------------------------------------


def test_what_was_written_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = a_closed_vault(tmp_path)
    vault = open_vault(path, A_KEY)
    assert len(every_row(vault)["pool"]) == 1
    vault.close()


def test_a_missing_vault_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(VaultMissingError):
        open_vault(tmp_path / "vault.db", A_KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_under_another_key_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    path = a_closed_vault(tmp_path)
    before = files(tmp_path)
    with pytest.raises(VaultCorruptError):
        open_vault(path, bytes(32))
    assert files(tmp_path)[path.name] == before[path.name]
    open_vault(path, A_KEY).close()


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "noise", "plain"])
def test_a_damaged_vault_is_refused_and_never_overwritten(tmp_path: Path, damage: str) -> None:
    path = a_closed_vault(tmp_path)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 4
    path.write_bytes({
        "flip": bytes(flipped),
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "noise": bytes(range(256)) * 64,
        "plain": b"SQLite format 3\0" + bytes(4096),
    }[damage])  # fmt: skip
    damaged = path.read_bytes()
    for _ in range(2):
        with pytest.raises(VaultCorruptError):
            open_vault(path, A_KEY)
        assert path.read_bytes() == damaged


def test_a_damaged_vault_with_a_log_beside_it_is_not_even_touched_by_its_own_log(vault: Vault, tmp_path: Path) -> None:
    with PullThePlug(vault, tmp_path / "pulled") as plug:
        put(vault)
    disk = plug.disks[-1]
    damaged = bytearray(disk.read_bytes())
    damaged[5000] ^= 1
    disk.write_bytes(damaged)
    log = disk.with_name("vault.db-wal")
    held = log.read_bytes()
    assert held
    with pytest.raises(VaultCorruptError):
        open_vault(disk, A_KEY)
    assert (disk.read_bytes(), log.read_bytes()) == (bytes(damaged), held)


def test_a_vault_with_other_tables_than_declared_is_refused(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    with vault.writing() as session:
        session.execute(sa.text("DROP TRIGGER marks_stay"))
    vault.close()
    with pytest.raises(VaultCorruptError):
        open_vault(vault.path, A_KEY)


def test_a_vault_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    with vault.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    vault.tidy()
    vault.close()
    before = vault.path.read_bytes()
    with pytest.raises(VaultNewerError, match="newer program"):
        open_vault(vault.path, A_KEY)
    assert vault.path.read_bytes() == before


def test_a_second_opening_is_refused_until_the_first_closes(vault: Vault) -> None:
    with unchanged(vault), pytest.raises(VaultBusyError):
        open_vault(vault.path, A_KEY)


def test_a_vault_is_never_made_where_one_stands(vault: Vault) -> None:
    with unchanged(vault), pytest.raises(VaultExistsError):
        create_vault(vault.path, A_KEY, A_KIOSK)


def test_a_vault_half_made_before_a_power_cut_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "vault.db.making").write_bytes(b"half")
    vault = create_vault(tmp_path / "vault.db", A_KEY, A_KIOSK)
    assert vault.tidy()
    vault.close()
    assert [file.name for file in tmp_path.iterdir() if "making" in file.name] == []


def test_an_older_vault_is_migrated_and_its_copy_kept_until_the_next_good_start(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    record = put(vault)
    vaults._migrate(vault.engine, "0002", "down")
    vault.close()
    copy = tmp_path / "vault.db.before-migration"
    vault = open_vault(vault.path, A_KEY)
    assert [row[0] for row in every_row(vault)["pool"]] == [record]
    assert copy.exists()
    vault.close()
    open_vault(vault.path, A_KEY).close()
    assert not copy.exists()


def test_the_file_is_noise_without_the_key(vault: Vault, tmp_path: Path) -> None:
    vault.put_settings({"wing": b"a word that staff typed"})
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"SQLite format" not in content
        assert b"CREATE TABLE" not in content
        assert b"a word that staff typed" not in content


def test_the_key_is_in_no_text_about_the_vault(vault: Vault) -> None:
    assert A_KEY.hex() not in f"{vault.engine!r} {vault.engine.url} {vault!r}"


# --- transactions ---------------------------------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(vault: Vault) -> None:
    def half() -> None:
        with vault.writing() as session:
            session.add(SettingRow(name="wing", content=b"b"))
            session.flush()
            raise ZeroDivisionError

    with unchanged(vault), pytest.raises(ZeroDivisionError):
        half()


def test_threads_take_turns(vault: Vault) -> None:
    def write(name: int) -> None:
        for _ in range(5):
            put(vault)
            vault.put_settings({"tries": b"%d" % name})
            vault.tidy()
            every_row(vault)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(every_row(vault)["pool"]) == 20


def test_tidying_empties_the_log_and_never_happens_inside_a_transaction(vault: Vault) -> None:
    put(vault)
    log = vault.path.with_name("vault.db-wal")
    assert log.stat().st_size > 0
    assert vault.tidy()
    assert log.stat().st_size == 0
    with pytest.raises(RuntimeError), vault.reading():
        vault.tidy()


def test_a_full_disk_is_said_in_words_and_nothing_is_lost(vault: Vault) -> None:
    put(vault)
    with full_disk(vault):
        with unchanged(vault), pytest.raises(VaultFullError):
            vault.put_settings({"root": bytes(1 << 20)})
        assert len(every_row(vault)["pool"]) == 1
    vault.put_settings({"root": bytes(1 << 20)})
    assert vault.setting("root") == bytes(1 << 20)


def test_settings_and_the_last_round_are_kept(vault: Vault) -> None:
    assert (vault.setting("wing"), vault.last_round()) == (None, None)
    vault.put_settings({"wing": b"b", "tries": b"1"})
    vault.put_settings({"tries": b"2"})
    vault.note_round(A_DAY, "Sent 20 answers.")
    vault.note_round(A_DAY, "Nothing to send.")
    assert (vault.setting("wing"), vault.setting("tries")) == (b"b", b"2")
    assert vault.last_round() == (A_DAY, "Nothing to send.")


# --- what the database refuses --------------------------------------------------------------------------------------


def marked(vault: Vault, safe: int) -> None:
    with vault.writing() as session:
        session.add(MarkRow(epoch=1, mark=safe, safe=safe, head=bytes(32), receipt=b"a receipt"))


REFUSALS = {
    "a pool row erased": "DELETE FROM pool",
    "a pool row replaced": "INSERT OR REPLACE INTO pool SELECT id, form, zeroblob(314), day FROM pool",
    "a pool row changed": "UPDATE pool SET day = 1",
    "an outbox row above safe erased": "DELETE FROM outbox WHERE seq = 2",
    "an outbox row without a mark erased": "DELETE FROM outbox",
    "an outbox row replaced by number": "INSERT OR REPLACE INTO outbox VALUES (1, 2, x'01', x'02', x'03')",
    "an outbox row replaced by id": "INSERT OR REPLACE INTO outbox SELECT 1, 9, id, form, sealed FROM outbox",
    "an outbox row changed": "UPDATE outbox SET seq = seq + 10",
    "safe lowered": "UPDATE marks SET safe = 0",
    "a mark below safe": "UPDATE marks SET mark = 0",
    "a mark erased": "DELETE FROM marks",
    "a mark replaced": "INSERT OR REPLACE INTO marks VALUES (1, 9, 9, x'00', x'00')",
    "time turned back": "UPDATE state SET time_floor = time_floor - 1",
    "the epoch turned back": "UPDATE state SET epoch = epoch - 1",
    "the state erased": "DELETE FROM state",
    "the state replaced": "INSERT OR REPLACE INTO state SELECT * FROM state",
    "a record too short to be sealed": "INSERT INTO pool VALUES (zeroblob(16), zeroblob(32), zeroblob(313), 1)",
    "an id that is not 16 bytes": "INSERT INTO pool VALUES (zeroblob(15), zeroblob(32), zeroblob(314), 1)",
    "a text where bytes belong": "INSERT INTO settings VALUES ('wing', 'text')",
}


@pytest.mark.parametrize("statement", REFUSALS.values(), ids=REFUSALS.keys())
def test_the_database_refuses(vault: Vault, statement: str) -> None:
    put(vault)
    put(vault, seq=1)
    put(vault, seq=2)
    marked(vault, 1)
    with unchanged(vault), pytest.raises(sa.exc.IntegrityError), vault.writing() as session:
        session.execute(sa.text(statement))


def test_the_database_lets_a_record_go_once_it_is_safe_or_in_the_other_table(vault: Vault) -> None:
    put(vault, seq=1)
    held = put(vault, seq=2)
    marked(vault, 1)
    with vault.writing() as session:
        session.execute(sa.text("DELETE FROM outbox WHERE seq = 1"))
        session.execute(sa.text("INSERT INTO pool SELECT id, form, sealed, 1 FROM outbox WHERE seq = 2"))
        session.execute(sa.text("DELETE FROM outbox WHERE seq = 2"))
    rows = every_row(vault)
    assert [row[0] for row in rows["pool"]] == [held]
    assert rows["outbox"] == []


def test_the_one_state_row_cannot_be_joined_by_another(vault: Vault) -> None:
    with vault.reading() as session:
        columns = ", ".join(column.name for column in StateRow.__table__.columns if column.name != "one")
        assert session.scalar(sa.select(sa.func.count()).select_from(StateRow)) == 1
    with pytest.raises(sa.exc.IntegrityError), vault.writing() as session:
        session.execute(sa.text(f"INSERT INTO state (one, {columns}) SELECT 2, {columns} FROM state"))  # noqa: S608
