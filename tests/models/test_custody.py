"""What a resident says is nowhere to be read on a kiosk once the farewell is on the screen."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from math import log2
from pathlib import Path

import sqlalchemy as sa

from models import seal
from models.questionnaire import Purpose
from models.record import Record
from models.tables import Base
from models.vault import Vault
from sync import outbox
from tests.models.vaults import (
    A_DAY,
    A_FORM,
    A_KIOSK,
    CAMPAIGN_PRIVATE,
    CAMPAIGN_PUBLIC,
    a_sealed_record,
    a_vault,
)
from tests.sync.test_outbox import SIGNING, a_grant, a_receipt

MARKER = "Gofynnais i'r swyddog am lyfr glas"
BODY = f'{{"answers":{{"words/words":"{MARKER}"}}}}'.encode()


def every_cell(vault: Vault) -> list[object]:
    """Return every value of every table, as whoever holds the vault key reads them."""
    with vault.reading() as session:
        return [
            cell for table in Base.metadata.tables.values() for row in session.execute(sa.select(table)) for cell in row
        ]


def looks(folder: Path, vault: Vault) -> None:
    """Assert that neither the files nor the open tables hold the marker, in one piece or by its words."""
    said = [MARKER.encode(), b"Gofynnais", b"swyddog", b"words/words"]
    for file in folder.iterdir():
        content = file.read_bytes()
        assert not any(part in content for part in said), file.name
    for cell in every_cell(vault):
        shown = cell if isinstance(cell, bytes) else str(cell).encode()
        assert not any(part in shown for part in said)


def test_a_marker_sentence_is_nowhere_after_the_farewell(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    outbox.open_epoch(vault, a_grant(vault))
    record = seal.seal_record(Record(Purpose.SUGGESTION, A_FORM, BODY), CAMPAIGN_PUBLIC)
    assert seal.open_record(record.sealed, A_FORM, Purpose.SUGGESTION, CAMPAIGN_PRIVATE) == BODY
    outbox.hand_in(vault, record, A_DAY)
    looks(tmp_path, vault)
    for _ in range(12):
        outbox.hand_in(vault, a_sealed_record(), A_DAY)
    outbox.cover_write(vault, 240)
    assert outbox.number(vault, SIGNING, A_KIOSK, A_DAY + timedelta(8), "0.1.0") == 13
    message = outbox.next_batch(vault)
    assert message is not None
    assert MARKER.encode() not in message
    looks(tmp_path, vault)
    outbox.settle(vault, a_receipt(vault, 13))
    looks(tmp_path, vault)
    assert all(record.sealed != cell for cell in every_cell(vault))
    vault.close()


def test_the_files_of_a_stolen_disk_are_noise(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    vault.put_settings({"root": bytes(200_000)})  # as plain as anything can be, were it not encrypted
    vault.tidy()
    content = vault.path.read_bytes()
    vault.close()
    count = Counter(content)
    entropy = -sum(seen / len(content) * log2(seen / len(content)) for seen in count.values())
    assert len(content) > 200_000
    assert entropy > 7.99


def test_no_moment_finer_than_a_day_stands_beside_a_record() -> None:
    about_time = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(word in column.name for word in ("day", "time", "at_", "_at", "when", "date", "hour", "stamp"))
    }
    assert about_time == {"pool.day", "rounds.day", "state.numbered_day", "state.vouched_day", "state.time_floor"}
