"""The ledger's schema, and what it refuses."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.errors import CentralError
from sync.central import ledger as room
from sync.central.ledger import AuditRow, Base, RecordRow, open_ledger


def schema(path: Path) -> list[str]:
    with sqlite3.connect(path) as plain:
        rows = plain.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'").fetchall()
    plain.close()
    return sorted(f"{kind} {name} {' '.join((sql or '').split())}" for kind, name, sql in rows)


def test_the_migrated_ledger_equals_the_declared_one(tmp_path: Path) -> None:
    open_ledger(tmp_path / "migrated.sqlite").close()
    declared = sa.create_engine(f"sqlite:///{tmp_path / 'declared.sqlite'}")
    Base.metadata.create_all(declared)
    declared.dispose()
    assert schema(tmp_path / "migrated.sqlite") == schema(tmp_path / "declared.sqlite")
    assert any("records_are_fixed" in line for line in schema(tmp_path / "migrated.sqlite"))


def test_every_step_goes_down_again_and_leaves_nothing(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    before = schema(ledger.path)
    room.migrate(ledger.engine, "base")
    assert schema(ledger.path) == []
    room.migrate(ledger.engine, "head")
    ledger.close()
    assert schema(ledger.path) == before


def test_opening_a_ledger_twice_keeps_what_it_holds(tmp_path: Path) -> None:
    first = open_ledger(tmp_path / "ledger.sqlite")
    with first.writing() as session:
        session.add(room.EstablishmentRow(code="HMX"))
    first.close()
    second = open_ledger(tmp_path / "ledger.sqlite")
    with second.reading() as session:
        assert session.scalars(sa.select(room.EstablishmentRow.code)).all() == ["HMX"]
    second.close()


def test_a_file_that_is_no_ledger_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"these are the minutes of a meeting, and no database at all")
    with pytest.raises(CentralError, match="left as it is"):
        open_ledger(path)
    assert path.read_bytes().startswith(b"these are the minutes")


@pytest.mark.parametrize("statement", ["UPDATE audit SET act = 'other'", "DELETE FROM audit"])
def test_the_trail_refuses_change_and_erasure(tmp_path: Path, statement: str) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    with ledger.writing() as session:
        session.add(AuditRow(no=1, at=0, actor="a", act="enrol", subject="", detail="", prev=b"", digest=b""))
    with pytest.raises(sa.exc.IntegrityError, match="only grows"), ledger.writing() as session:
        session.execute(sa.text(statement))
    with ledger.reading() as session:
        assert session.scalars(sa.select(AuditRow.act)).all() == ["enrol"]
    ledger.close()


def test_a_stored_record_is_never_changed(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.sqlite")
    whole = {"establishment": "HMX", "kiosk": b"k" * 16, "epoch": 1, "seq": 1, "kind": 1, "form": b"f" * 32}
    with ledger.writing() as session:
        session.add(RecordRow(**whole, id=b"i" * 16, sealed=b"s" * 314, batch_day=1, small=False))
    with pytest.raises(sa.exc.IntegrityError, match="never changed"), ledger.writing() as session:
        session.execute(sa.update(RecordRow).values(sealed=b"t" * 314))
    ledger.close()
