"""The first ledger: kiosks, streams, records, quarantine, the trail. Touches no row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None

NEVER = "CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT,'{why}'); END"
TRIGGERS = (
    ("audit", "audit_is_never_changed", "UPDATE", "the trail only grows"),
    ("audit", "audit_is_never_erased", "DELETE", "the trail only grows"),
    ("records", "records_are_fixed", "UPDATE", "a sealed record is never changed"),
)
TABLES = (
    "audit", "backups", "boundaries", "establishments", "grants", "kiosk_keys", "kiosks", "opened", "quarantine",
    "records", "requests", "seen", "streams",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("no", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("prev", sa.LargeBinary(32), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_audit"),
    )
    op.create_table(
        "backups",
        sa.Column("no", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("marks", sa.LargeBinary(32), nullable=False),
        sa.Column("verified", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_backups"),
    )
    op.create_table(
        "boundaries",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "epoch", "last", name="pk_boundaries"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "establishments",
        sa.Column("code", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_establishments"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grants",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("public", sa.LargeBinary(32), nullable=False),
        sa.Column("instance", sa.LargeBinary(16), nullable=False),
        sa.Column("message", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "epoch", name="pk_grants"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kiosk_keys",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("no", sa.BigInteger, nullable=False),
        sa.Column("public", sa.LargeBinary(32), nullable=False),
        sa.Column("from_epoch", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "no", name="pk_kiosk_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kiosks",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("wing", sa.String(64), nullable=False),
        sa.Column("revoked_on", sa.Integer, nullable=True),
        sa.Column("forked", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", name="pk_kiosks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_kiosks_kiosk", "kiosks", ["kiosk"], unique=True)
    op.create_table(
        "opened",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("upto", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "epoch", "campaign", name="pk_opened"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quarantine",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("no", sa.BigInteger, nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Integer, nullable=False),
        sa.Column("form", sa.LargeBinary(32), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.Column("batch_day", sa.Integer, nullable=False),
        sa.Column("settled_by", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("establishment", "no", name="pk_quarantine"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quarantine_seq", "quarantine", ["establishment", "kiosk", "epoch", "seq"])
    op.create_index("ix_quarantine_digest", "quarantine", ["establishment", "digest"])
    op.create_table(
        "records",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Integer, nullable=False),
        sa.Column("form", sa.LargeBinary(32), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("batch_day", sa.Integer, nullable=False),
        sa.Column("small", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "epoch", "seq", name="pk_records"),
        sa.CheckConstraint("seq > 0", name="ck_records_numbered_from_one"),
        sqlite_with_rowid=False,
        postgresql_partition_by="LIST (establishment)",
    )
    op.create_index("ix_records_form", "records", ["establishment", "form", "batch_day"])
    op.create_table(
        "requests",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("message", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "digest", name="pk_requests"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seen",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "id", name="pk_seen"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "streams",
        sa.Column("establishment", sa.String(16), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("mark", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary(32), nullable=False),
        sa.Column("safe", sa.BigInteger, nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("instance", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("establishment", "kiosk", "epoch", name="pk_streams"),
        sa.CheckConstraint("safe <= mark", name="ck_streams_safe_within_mark"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for table, name, act, why in TRIGGERS:
            op.execute(NEVER.format(name=name, act=act, table=table, why=why))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
