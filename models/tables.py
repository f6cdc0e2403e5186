"""The tables of a kiosk's vault: typed columns, CHECKs, triggers.

Rule 1: columns and no thinking; a question asked of the vault is a function in the room that owns the answer.
Rule 2: what must never happen to a row is a named CHECK or a trigger, here and, word for word, in a migration.
Rule 3: no time finer than a day stands beside a record, and no table keeps the order of handing in.
Rule 4: a record leaves pool or outbox only when it is in the other, or at or below *safe*.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable

REVISION: Final = "0007"
"""The newest migration: a vault that says so has these tables already."""
_EPOCH_DAY: Final = date(1970, 1, 1)


class WholeDays(sa.types.TypeDecorator[date]):
    """A day in Python, whole days since 1970-01-01 in the table."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 - interface
        """Count the days."""
        return None if value is None else day_number(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> date | None:  # noqa: ARG002 - interface
        """Find the day."""
        return None if value is None else day_of(value)


def day_number(day: date) -> int:
    """Return whole days since 1970-01-01."""
    return (day - _EPOCH_DAY).days


def day_of(number: int) -> date:
    """Return the day that `day_number` counted."""
    return _EPOCH_DAY + timedelta(days=number)


random_id = Annotated[bytes, mapped_column(sa.LargeBinary, primary_key=True)]
some_bytes = Annotated[bytes, mapped_column(sa.LargeBinary)]
maybe_bytes = Annotated[bytes | None, mapped_column(sa.LargeBinary)]
whole_number = Annotated[int, mapped_column(sa.Integer)]
key_number = Annotated[int, mapped_column(sa.Integer, primary_key=True, autoincrement=False)]
key_text = Annotated[str, mapped_column(sa.Text, primary_key=True)]
some_text = Annotated[str, mapped_column(sa.Text)]
day_only = Annotated[date, mapped_column(WholeDays)]  # the hour at which someone spoke is never stored

_ORDERLESS: Final = {"sqlite_with_rowid": False, "sqlite_strict": True}
_STRICT: Final = {"sqlite_strict": True}


class Base(DeclarativeBase):
    """Every table of the vault; constraints have names, so that a migration can find them."""

    metadata = sa.MetaData(
        naming_convention={
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PoolRow(Base):
    """A sealed record waiting to be shuffled into a batch; the table keeps no order.

    A ballot comes here only when its numbers were given back: a new epoch began before central held it.
    """

    __tablename__ = "pool"
    __table_args__ = (
        sa.CheckConstraint("length(id) = 16", name="random_id"),
        sa.CheckConstraint("length(form) = 32", name="form"),
        sa.CheckConstraint("length(sealed) = 246 OR length(sealed) BETWEEN 314 AND 7994", name="sealed"),
        _ORDERLESS,
    )
    id: Mapped[random_id]
    form: Mapped[some_bytes]
    sealed: Mapped[some_bytes]
    day: Mapped[day_only]


class OutboxRow(Base):
    """A sealed record with its number, kept until central holds it safe."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.CheckConstraint("seq > 0", name="seq"),
        sa.UniqueConstraint("id"),
        _ORDERLESS,
    )
    epoch: Mapped[key_number]
    seq: Mapped[key_number]
    id: Mapped[some_bytes]
    form: Mapped[some_bytes]
    sealed: Mapped[some_bytes]


class BatchRow(Base):
    """Where a batch was cut: boundaries, signed header, head at `last`; the body is made from the outbox."""

    __tablename__ = "batches"
    __table_args__ = (sa.CheckConstraint("first <= last", name="boundaries"), _ORDERLESS)
    epoch: Mapped[key_number]
    first: Mapped[key_number]
    last: Mapped[whole_number]
    head: Mapped[some_bytes]
    header: Mapped[some_bytes]
    signature: Mapped[some_bytes]


class MarkRow(Base):
    """How far central holds an epoch, with the receipt that says so."""

    __tablename__ = "marks"
    __table_args__ = (sa.CheckConstraint("safe <= mark", name="safe"), _ORDERLESS)
    epoch: Mapped[key_number]
    mark: Mapped[whole_number]
    safe: Mapped[whole_number]
    head: Mapped[some_bytes]
    receipt: Mapped[some_bytes]


class StateRow(Base):
    """The one row about the kiosk as a whole.

    `ran`: five-minute steps run since the last numbering. `numbered_day`: the clock's day of that numbering;
    `vouched_day`: the newest day any receipt had vouched for by then. `time_floor`: seconds since 1970, the newest
    time that central signed. `serial` and `generation`: of the newest receipt. `newest`: timestamp.json version that
    the newest receipt knew of. `asked`: the instance that a request for a new epoch carries, drawn when it is made.
    """

    __tablename__ = "state"
    __table_args__ = (sa.CheckConstraint("one = 1", name="one"), _STRICT)
    one: Mapped[key_number]
    kiosk: Mapped[some_bytes]
    epoch: Mapped[whole_number]
    instance: Mapped[some_bytes]
    asked: Mapped[maybe_bytes]
    time_floor: Mapped[whole_number]
    generation: Mapped[whole_number]
    serial: Mapped[whole_number]
    newest: Mapped[whole_number]
    numbered_day: Mapped[day_only]
    vouched_day: Mapped[day_only]
    ran: Mapped[whole_number]


class ShelfRow(Base):
    """Which bundle is installed, and for whom."""

    __tablename__ = "shelf"
    __table_args__ = (sa.CheckConstraint("one = 1", name="one"), _STRICT)
    one: Mapped[key_number]
    number: Mapped[whole_number]
    establishment: Mapped[some_text]
    wing: Mapped[some_text]


class ShelfFileRow(Base):
    """One piece of the installed bundle, by kind and name."""

    __tablename__ = "shelf_files"
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('campaign', 'consultation', 'election', 'media', 'notice', "
            "'place', 'questionnaire', 'receipt-key', 'reply', 'revoked')",
            name="kind",
        ),
        _ORDERLESS,
    )
    kind: Mapped[key_text]
    name: Mapped[key_text]
    content: Mapped[some_bytes]


class TufRow(Base):
    """A metadata file of the delivery last accepted: the vault is the client cache."""

    __tablename__ = "tuf_metadata"
    __table_args__ = _ORDERLESS
    name: Mapped[key_text]
    content: Mapped[some_bytes]


class SettingRow(Base):
    """Something that staff or central set here; the names are in models/vault.py."""

    __tablename__ = "settings"
    __table_args__ = _ORDERLESS
    name: Mapped[key_text]
    content: Mapped[some_bytes]


class RoundRow(Base):
    """When a round was last made, by day only, and what it came to in words."""

    __tablename__ = "rounds"
    __table_args__ = (sa.CheckConstraint("one = 1", name="one"), _STRICT)
    one: Mapped[key_number]
    day: Mapped[day_only]
    words: Mapped[some_text]


class PollRow(Base):
    """One ballot box of one election on this kiosk; open while it has no manifest, and never open again after.

    `definition`: D. `handed_in`: 1 once its ballots are in the outbox. `over`: 1 once the final board is on the shelf,
    when the box may go.
    """

    __tablename__ = "polls"
    __table_args__ = (
        sa.CheckConstraint("length(definition) = 32", name="definition"),
        sa.CheckConstraint("box BETWEEN 1 AND 99", name="box"),
        sa.CheckConstraint("kind IN ('kiosk', 'paper')", name="kind"),
        sa.CheckConstraint("(manifest IS NULL) = (signature IS NULL)", name="closed"),
        sa.CheckConstraint("handed_in = 0 OR manifest IS NOT NULL", name="handed_in"),
        _ORDERLESS,
    )
    definition: Mapped[random_id]
    box: Mapped[key_number]
    kind: Mapped[some_text]
    manifest: Mapped[maybe_bytes]
    signature: Mapped[maybe_bytes]
    handed_in: Mapped[whole_number]
    over: Mapped[whole_number]


class BallotRow(Base):
    """A sealed ballot in its box, by leaf hash; the table keeps neither order nor time."""

    __tablename__ = "ballots"
    __table_args__ = (
        sa.CheckConstraint("length(leaf) = 32", name="leaf"),
        sa.CheckConstraint("length(envelope) = 246", name="envelope"),
        _ORDERLESS,
    )
    leaf: Mapped[random_id]
    box: Mapped[whole_number]
    envelope: Mapped[some_bytes]


TRIGGERS: Final[dict[str, str]] = {
    "pool_is_fixed": """CREATE TRIGGER pool_is_fixed BEFORE UPDATE ON pool
        BEGIN SELECT RAISE(ABORT, 'a sealed record is never changed'); END""",
    "outbox_is_fixed": """CREATE TRIGGER outbox_is_fixed BEFORE UPDATE ON outbox
        BEGIN SELECT RAISE(ABORT, 'a sealed record is never changed'); END""",
    "no_number_no_erasure": """CREATE TRIGGER no_number_no_erasure BEFORE DELETE ON pool
        WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'no number, no erasure'); END""",
    "no_receipt_no_erasure": """CREATE TRIGGER no_receipt_no_erasure BEFORE DELETE ON outbox
        WHEN OLD.seq > coalesce((SELECT safe FROM marks WHERE epoch = OLD.epoch), 0)
        AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'no receipt, no erasure'); END""",
    "safe_never_falls": """CREATE TRIGGER safe_never_falls BEFORE UPDATE ON marks
        WHEN NEW.safe < OLD.safe OR NEW.epoch <> OLD.epoch
        BEGIN SELECT RAISE(ABORT, 'safe never falls'); END""",
    "marks_stay": """CREATE TRIGGER marks_stay BEFORE DELETE ON marks
        BEGIN SELECT RAISE(ABORT, 'marks stay'); END""",
    "state_never_falls": """CREATE TRIGGER state_never_falls BEFORE UPDATE ON state
        WHEN NEW.time_floor < OLD.time_floor OR NEW.epoch < OLD.epoch OR NEW.kiosk <> OLD.kiosk
        BEGIN SELECT RAISE(ABORT, 'time and epoch never fall'); END""",
    "ballot_is_fixed": """CREATE TRIGGER ballot_is_fixed BEFORE UPDATE ON ballots
        BEGIN SELECT RAISE(ABORT, 'a sealed ballot is never changed'); END""",
    "no_open_box_no_ballot": """CREATE TRIGGER no_open_box_no_ballot BEFORE INSERT ON ballots
        WHEN NOT EXISTS (SELECT 1 FROM polls WHERE polls.definition = substr(NEW.envelope, 7, 32)
        AND polls.box = NEW.box AND polls.manifest IS NULL)
        BEGIN SELECT RAISE(ABORT, 'no open box, no ballot'); END""",
    "no_board_no_emptying": """CREATE TRIGGER no_board_no_emptying BEFORE DELETE ON ballots
        WHEN NOT EXISTS (SELECT 1 FROM polls WHERE polls.definition = substr(OLD.envelope, 7, 32)
        AND polls.box = OLD.box AND polls.over = 1)
        BEGIN SELECT RAISE(ABORT, 'no board, no emptying of a box'); END""",
    "closed_stays_closed": """CREATE TRIGGER closed_stays_closed BEFORE UPDATE ON polls
        WHEN OLD.manifest IS NOT NULL AND (NEW.manifest IS NOT OLD.manifest OR NEW.signature IS NOT OLD.signature)
        OR NEW.definition <> OLD.definition OR NEW.box <> OLD.box OR NEW.kind <> OLD.kind
        OR (NEW.over = 1 AND NEW.manifest IS NULL)
        BEGIN SELECT RAISE(ABORT, 'a closed box stays closed'); END""",
    "polls_stay": """CREATE TRIGGER polls_stay BEFORE DELETE ON polls
        BEGIN SELECT RAISE(ABORT, 'polls stay'); END""",
    "state_stays": """CREATE TRIGGER state_stays BEFORE DELETE ON state
        BEGIN SELECT RAISE(ABORT, 'state stays'); END""",
}


def _attach_triggers(_target: sa.MetaData, connection: sa.Connection, **_: object) -> None:
    for text in TRIGGERS.values():
        connection.exec_driver_sql(text)


sa.event.listen(Base.metadata, "after_create", _attach_triggers)


def declared() -> dict[str, str]:
    """Return name -> text, white space folded, of all that stands in sqlite_master when the tables are as declared."""
    dialect = sqlite.dialect()
    tables = {name: str(CreateTable(t).compile(dialect=dialect)) for name, t in Base.metadata.tables.items()}
    return {name: folded(text) for name, text in (tables | TRIGGERS).items()}


def folded(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())
