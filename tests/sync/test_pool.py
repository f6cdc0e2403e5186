"""The pool keeps no order: not in its pages, not in its log, not in the numbers that records get."""

from __future__ import annotations

import shutil
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from models import seal
from models.seal import SealedRecord
from models.tables import PoolRow
from models.vault import Vault, open_vault
from sync import outbox
from tests.models.vaults import A_DAY, A_KEY, A_KIOSK, a_sealed_record, a_vault, every_row
from tests.sync.test_outbox import SIGNING, a_grant

POOLS: Final = 30
EACH: Final = 13
_PAGE, _RESERVE, _IV = 4096, 80, 16


def opened_pages(path: Path) -> bytes:
    """Return the vault's pages as whoever holds the key can read them, SQLCipher's format 4 undone."""
    content = path.read_bytes()
    pages = []
    for at in range(0, len(content), _PAGE):
        page, skip = content[at : at + _PAGE], 16 if at == 0 else 0
        iv = page[_PAGE - _RESERVE : _PAGE - _RESERVE + _IV]
        decryptor = Cipher(algorithms.AES(A_KEY), modes.CBC(iv)).decryptor()
        pages.append(bytes(skip) + decryptor.update(page[skip : _PAGE - _RESERVE]) + bytes(_RESERVE))
    return b"".join(pages)


def tau(values: list[int]) -> float:
    """Return Kendall's tau between the values and the order in which they stand."""
    pairs = [1 if one < other else -1 for one, other in combinations(values, 2)]
    return sum(pairs) / len(pairs)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def offsets(vault: Vault, records: list[SealedRecord]) -> list[int]:
    pages = opened_pages(vault.path)
    found = [pages.find(one.sealed[-64:]) for one in records]
    assert min(found) > 0
    return found


def handed_in(vault: Vault, count: int = EACH) -> list[SealedRecord]:
    records = [a_sealed_record() for _ in range(count)]
    *earlier, last = records
    for record in earlier:  # tidied only once: what these left in pages and log, the last one's tidying must undo
        with vault.writing() as session:
            session.add(PoolRow(id=record.id, form=record.form, sealed=record.sealed, day=A_DAY))
    outbox.hand_in(vault, last, A_DAY)
    return records


def test_order_cannot_be_recovered(tmp_path: Path) -> None:
    granted = a_vault(tmp_path)
    outbox.open_epoch(granted, a_grant(granted))
    granted.close()
    pages, numbers = [], []
    for at in range(POOLS):
        vault = open_vault(Path(shutil.copy(granted.path, tmp_path / f"{at}.db")), A_KEY)
        records = handed_in(vault)
        assert vault.path.with_name(f"{at}.db-wal").stat().st_size == 0
        pages.append(tau(offsets(vault, records)))
        outbox.cover_write(vault, 240)
        outbox.number(vault, SIGNING, A_KIOSK, A_DAY + timedelta(1), "0.1.0", seal.shuffled)
        seq = {row[2]: row[1] for row in every_row(vault)["outbox"]}
        numbers.append(tau([seq[one.id] for one in records if one.id in seq]))
        vault.close()
    # one pool's tau has a deviation of 0.21 (pages, 13 records) and 0.25 (numbers, 10): these are five deviations
    assert abs(mean(pages)) < 0.19
    assert abs(mean(numbers)) < 0.23


def test_this_way_of_looking_does_see_an_order_where_tidying_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def log_only(vault: Vault) -> bool:
        connection = vault.engine.raw_connection()
        vault._raw(connection.driver_connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return True

    vault = a_vault(tmp_path)
    monkeypatch.setattr(Vault, "tidy", log_only)
    found = offsets(vault, handed_in(vault, 10))
    vault.close()
    assert abs(tau(found)) > 0.9
