"""Builders for whoever tests over a vault: a vault, a sealed record, a bundle, and the proof that nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import sqlalchemy as sa

from models import seal
from models.questionnaire import Purpose
from models.record import Record
from models.seal import Digest, KioskId, SealedRecord
from models.shelf import Bundle, CampaignKey, ReceiptKey
from models.tables import Base
from models.vault import Vault, create_vault, open_vault

A_DAY: Final = date(2026, 11, 22)
A_KEY: Final = bytes(range(32))
A_KIOSK: Final = KioskId(bytes(range(16)))
A_FORM: Final = seal.digest(b"a questionnaire")
CAMPAIGN_PRIVATE, CAMPAIGN_PUBLIC = seal.new_sealing_pair()


def a_vault(folder: Path, name: str = "vault.db") -> Vault:
    """Return a new, open vault in the folder; made once and copied, since migrating takes longer than most tests."""
    path = folder / name
    path.write_bytes(_new_vault())
    return open_vault(path, A_KEY)


@cache
def _new_vault() -> bytes:
    with TemporaryDirectory() as folder:
        vault = create_vault(Path(folder) / "vault.db", A_KEY, A_KIOSK)
        vault.close()
        return vault.path.read_bytes()


def a_record(body: bytes = b'{"answers":{}}', form: Digest = A_FORM) -> Record:
    """Return a survey's record with this body."""
    return Record(Purpose.SURVEY, form, body)


def a_sealed_record(body: bytes = b'{"answers":{}}', form: Digest = A_FORM) -> SealedRecord:
    """Return a record sealed for the campaign of these builders."""
    return seal.seal_record(a_record(body, form), CAMPAIGN_PUBLIC)


def a_bundle(number: int = 1, establishment: str = "", wing: str = "", **pieces: object) -> Bundle:
    """Return a bundle of keys alone; say more with the names of its fields."""
    signing = bytes(32)
    public = seal.public_half(signing)
    fields: dict[str, object] = {
        "metadata": {"timestamp.json": b"timestamp %d" % number},
        "campaigns": (CampaignKey("wing-life", seal.key_id(CAMPAIGN_PUBLIC), CAMPAIGN_PUBLIC),),
        "receipt_keys": (ReceiptKey(seal.key_id(public), public),),
        "revoked": frozenset(),
        "consultations": (),
        "questionnaires": {},
        "notices": (),
        "place": None,
        "media": {},
    }
    return Bundle(number=number, establishment=establishment, wing=wing, **(fields | pieces))  # type: ignore[arg-type]


def every_row(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, by table; a table that an older vault does not have has no rows."""
    with vault.reading() as session:
        held = set(session.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        return {
            name: sorted((tuple(row) for row in session.execute(sa.select(table))), key=repr) if name in held else []
            for name, table in Base.metadata.tables.items()
        }


@contextmanager
def unchanged(vault: Vault) -> Iterator[None]:
    """Prove that nothing in the vault changes meanwhile."""
    before = every_row(vault)
    yield
    assert every_row(vault) == before
