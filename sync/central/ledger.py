"""Central's ledger: its tables, and the two ways to touch them.

Rule 1: every key begins with establishment, then kiosk, so the same schema spreads over machines.
Rule 2: no arrival time finer than the day is kept with a record; `audit.at` is of staff acts only.
Rule 3: table classes hold columns and no thinking; the migrated database equals these tables.
Rule 4: what was sealed on a wing is stored as it came and never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from models.errors import CentralError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "busy_timeout=10000")
NOWHERE: Final = ""  # the establishment of a message whose kiosk is not known

BAD_MESSAGE: Final = 100
UNREADABLE: Final = 199

place_code = Annotated[str, mapped_column(sa.String(16), primary_key=True)]
kiosk_id = Annotated[bytes, mapped_column(sa.LargeBinary(16), primary_key=True)]
epoch_number = Annotated[int, mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)]
number = Annotated[int, mapped_column(sa.BigInteger)]
key_number = Annotated[int, mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)]
digest_32 = Annotated[bytes, mapped_column(sa.LargeBinary(32))]
id_16 = Annotated[bytes, mapped_column(sa.LargeBinary(16))]
whole_bytes = Annotated[bytes, mapped_column(sa.LargeBinary)]
small_number = Annotated[int, mapped_column(sa.Integer)]
day_only = Annotated[int, mapped_column(sa.Integer)]  # whole days since 1970-01-01
yes_no = Annotated[bool, mapped_column(sa.Boolean)]
short_text = Annotated[str, mapped_column(sa.String(64))]
long_text = Annotated[str, mapped_column(sa.Text)]


class Base(DeclarativeBase):
    """All tables of the ledger."""

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
        }
    )


class EstablishmentRow(Base):
    """A prison or probation place."""

    __tablename__ = "establishments"
    __table_args__ = ({"sqlite_with_rowid": False},)
    code: Mapped[place_code]


class KioskRow(Base):
    """An enrolled kiosk; its id is never used again for another."""

    __tablename__ = "kiosks"
    __table_args__ = (sa.Index("ix_kiosks_kiosk", "kiosk", unique=True), {"sqlite_with_rowid": False})
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    wing: Mapped[short_text]
    revoked_on: Mapped[int | None] = mapped_column(sa.Integer)
    forked: Mapped[yes_no]


class KioskKeyRow(Base):
    """A public signing key of a kiosk, from an epoch on."""

    __tablename__ = "kiosk_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    no: Mapped[key_number]
    public: Mapped[digest_32]
    from_epoch: Mapped[number]


class StreamRow(Base):
    """How far central holds one epoch of one kiosk. `mark` without a gap, `safe` also where erasing is allowed."""

    __tablename__ = "streams"
    __table_args__ = (
        sa.CheckConstraint("safe <= mark", name="ck_streams_safe_within_mark"),
        {"sqlite_with_rowid": False},
    )
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    epoch: Mapped[epoch_number]
    mark: Mapped[number]
    head: Mapped[digest_32]
    safe: Mapped[number]
    serial: Mapped[number]
    instance: Mapped[id_16]


class RecordRow(Base):
    """A sealed record that counts. No unique index on `id`: `seen` keeps that promise for the few that need it."""

    __tablename__ = "records"
    __table_args__ = (
        sa.CheckConstraint("seq > 0", name="ck_records_numbered_from_one"),
        sa.Index("ix_records_form", "establishment", "form", "batch_day"),
        {"sqlite_with_rowid": False, "postgresql_partition_by": "LIST (establishment)"},
    )
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    epoch: Mapped[epoch_number]
    seq: Mapped[key_number]
    kind: Mapped[small_number]
    form: Mapped[digest_32]
    id: Mapped[id_16]
    sealed: Mapped[whole_bytes]
    batch_day: Mapped[day_only]
    small: Mapped[yes_no]


class BoundaryRow(Base):
    """Where a batch that was taken ended, and the head of the chain there."""

    __tablename__ = "boundaries"
    __table_args__ = ({"sqlite_with_rowid": False},)
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    epoch: Mapped[epoch_number]
    last: Mapped[key_number]
    first: Mapped[number]
    head: Mapped[digest_32]


class SeenRow(Base):
    """An id that central holds; kept only for kiosks past epoch 1."""

    __tablename__ = "seen"
    __table_args__ = ({"sqlite_with_rowid": False},)
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    id: Mapped[kiosk_id]


class QuarantineRow(Base):
    """A bad record (`seq` above 0, with its `form`, in `bytes` as sealed) or a bad message (`seq` 0).

    `reason` is a sync.batch.Reason for records, and BAD_MESSAGE plus a sync.batch.Outcome, or UNREADABLE, for messages.
    """

    __tablename__ = "quarantine"
    __table_args__ = (
        sa.Index("ix_quarantine_seq", "establishment", "kiosk", "epoch", "seq"),
        sa.Index("ix_quarantine_digest", "establishment", "digest"),
        {"sqlite_with_rowid": False},
    )
    establishment: Mapped[place_code]
    no: Mapped[key_number]
    kiosk: Mapped[id_16]
    epoch: Mapped[number]
    seq: Mapped[number]
    reason: Mapped[small_number]
    form: Mapped[digest_32]
    digest: Mapped[digest_32]
    bytes: Mapped[whole_bytes]
    batch_day: Mapped[day_only]
    settled_by: Mapped[str | None] = mapped_column(sa.String(64))


class OpenedRow(Base):
    """Up to which number a campaign's records have been opened."""

    __tablename__ = "opened"
    __table_args__ = ({"sqlite_with_rowid": False},)
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    epoch: Mapped[epoch_number]
    campaign: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    upto: Mapped[number]


class AuditRow(Base):
    """An act of staff or system; each row's digest covers the one before. Triggers refuse change and erasure."""

    __tablename__ = "audit"
    no: Mapped[key_number]
    at: Mapped[number]
    actor: Mapped[short_text]
    act: Mapped[short_text]
    subject: Mapped[long_text]
    detail: Mapped[long_text]
    prev: Mapped[digest_32]
    digest: Mapped[digest_32]


class BackupRow(Base):
    """A verified copy of the ledger; `generation` counts restores."""

    __tablename__ = "backups"
    no: Mapped[key_number]
    at: Mapped[number]
    generation: Mapped[number]
    marks: Mapped[digest_32]
    verified: Mapped[yes_no]


class RequestRow(Base):
    """A kiosk's request for a grant, as it came; `establishment` is empty until the kiosk is enrolled."""

    __tablename__ = "requests"
    __table_args__ = ({"sqlite_with_rowid": False},)
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    message: Mapped[whole_bytes]
    day: Mapped[day_only]
    settled: Mapped[yes_no]


class GrantRow(Base):
    """A grant that was issued; the answer to its request however often that comes again."""

    __tablename__ = "grants"
    __table_args__ = ({"sqlite_with_rowid": False},)
    establishment: Mapped[place_code]
    kiosk: Mapped[kiosk_id]
    epoch: Mapped[epoch_number]
    public: Mapped[digest_32]
    instance: Mapped[id_16]
    message: Mapped[whole_bytes]
    day: Mapped[day_only]


_NEVER = "CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT,'{why}'); END"
TRIGGERS: Final = (  # the 0001 migration has the same text
    ("audit", "audit_is_never_changed", "UPDATE", "the trail only grows"),
    ("audit", "audit_is_never_erased", "DELETE", "the trail only grows"),
    ("records", "records_are_fixed", "UPDATE", "a sealed record is never changed"),
)
for _table, _name, _act, _why in TRIGGERS:
    _ddl = sa.DDL(_NEVER.format(name=_name, act=_act, table=_table, why=_why))  # type: ignore[no-untyped-call]
    sa.event.listen(Base.metadata.tables[_table], "after_create", _ddl.execute_if(dialect="sqlite"))


class Ledger:
    """An open ledger. Threads may share it; each transaction has a session of its own."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self.engine, self.path = engine, path
        self._reads = engine.execution_options(reads=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, alone from its first moment; committed at the end, rolled back on any error."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One steady view of the ledger."""
        with Session(self._reads) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_ledger(path: Path) -> Ledger:
    """Open the SQLite ledger at `path`, made or migrated where needed; CentralError if it cannot be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"isolation_level": None})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    try:
        migrate(engine, "head")
    except sa.exc.DatabaseError as damaged:
        engine.dispose()
        raise CentralError(detail=f"The ledger {path.name} cannot be opened. It was left as it is.") from damaged
    return Ledger(engine, path)


def migrate(engine: sa.Engine, revision: str) -> None:
    """Take the schema up, or down, to `revision` in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if revision == "base" else command.upgrade)(config, revision)


def _prepare(connection: object, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()  # type: ignore[attr-defined]  # the driver's own connection


def _begin(connection: sa.Connection) -> None:
    # a reader must not wait for the writer; a writer must not find out late that it is the second one
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
