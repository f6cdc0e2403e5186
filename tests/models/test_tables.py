"""The migrated vault is the declared one, up, down and up again."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import vault as vaults
from models.tables import REVISION, Base, declared, folded
from models.vault import Vault
from tests.models.vaults import a_vault, every_row

REVISIONS = list(reversed(vaults._revisions()))


def test_the_newest_revision_is_the_declared_one() -> None:
    assert REVISIONS[-1] == REVISION


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return a_vault(tmp_path)


def master(engine: sa.Engine) -> dict[str, str]:
    with Session(engine) as session:
        return vaults._master(session)


def test_the_migrated_vault_reads_word_for_word_as_the_declared_one(vault: Vault) -> None:
    plain = sa.create_engine("sqlite://")
    Base.metadata.create_all(plain)
    assert master(vault.engine) == master(plain) == declared()
    plain.dispose()
    vault.close()


def test_a_lost_check_or_trigger_would_be_noticed(vault: Vault) -> None:
    with vault.writing() as session:
        session.execute(sa.text("DROP TRIGGER no_receipt_no_erasure"))
    assert master(vault.engine) != declared()
    assert folded("A  b\n c") != folded("A c b")
    vault.close()


@pytest.mark.parametrize("at", range(len(REVISIONS)), ids=REVISIONS)
def test_every_revision_goes_up_and_down_and_up(vault: Vault, at: int) -> None:
    vaults._migrate(vault.engine, "base", "down")
    assert master(vault.engine) == {}
    if at:
        vaults._migrate(vault.engine, REVISIONS[at - 1])
    below = master(vault.engine)
    vaults._migrate(vault.engine, REVISIONS[at])
    above = master(vault.engine)
    vaults._migrate(vault.engine, REVISIONS[at - 1] if at else "base", "down")
    assert master(vault.engine) == below != above
    vaults._migrate(vault.engine, REVISIONS[at])
    assert master(vault.engine) == above
    vaults._migrate(vault.engine)
    assert master(vault.engine) == declared()
    vault.close()


def test_a_migration_that_fails_leaves_nothing(vault: Vault) -> None:
    vaults._migrate(vault.engine, "0001", "down")
    with vault.writing() as session:
        session.execute(sa.text("CREATE TABLE settings (one)"))  # in the way of the third
    before = master(vault.engine)
    with pytest.raises(sa.exc.OperationalError):
        vaults._migrate(vault.engine)
    assert master(vault.engine) == before
    vault.close()


def test_the_lower_revisions_keep_every_sealed_row(vault: Vault) -> None:
    before = every_row(vault)["state"]
    vaults._migrate(vault.engine, "0001", "down")
    vaults._migrate(vault.engine)
    assert every_row(vault)["state"] == before
    assert len(before) == 1
    vault.close()


def test_a_shelf_from_before_replies_keeps_all_it_holds(vault: Vault) -> None:
    vaults._migrate(vault.engine, "0003", "down")
    with vault.writing() as session:
        session.execute(sa.text("INSERT INTO shelf_files VALUES ('media', 'a.png', x'01'), ('notice', 'n', x'02')"))
    before = every_row(vault)
    vaults._migrate(vault.engine)
    assert every_row(vault) == before
    with vault.writing() as session:
        session.execute(sa.text("INSERT INTO shelf_files VALUES ('reply', 'r', x'03')"))
    vaults._migrate(vault.engine, "0003", "down")
    assert every_row(vault) == before
    vault.close()
