"""Lay the tables that keep sealed records: pool, outbox, batches, marks, state. Touches no row."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("""CREATE TABLE pool ( id BLOB NOT NULL, form BLOB NOT NULL, sealed BLOB NOT NULL, day INTEGER NOT NULL,
        CONSTRAINT pk_pool PRIMARY KEY (id),
        CONSTRAINT ck_pool_random_id CHECK (length(id) = 16),
        CONSTRAINT ck_pool_form CHECK (length(form) = 32),
        CONSTRAINT ck_pool_sealed CHECK (length(sealed) BETWEEN 314 AND 7994) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE outbox ( epoch INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
        form BLOB NOT NULL, sealed BLOB NOT NULL,
        CONSTRAINT pk_outbox PRIMARY KEY (epoch, seq),
        CONSTRAINT ck_outbox_seq CHECK (seq > 0),
        CONSTRAINT uq_outbox_id UNIQUE (id) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE batches ( epoch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        head BLOB NOT NULL, header BLOB NOT NULL, signature BLOB NOT NULL,
        CONSTRAINT pk_batches PRIMARY KEY (epoch, first),
        CONSTRAINT ck_batches_boundaries CHECK (first <= last) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE marks ( epoch INTEGER NOT NULL, mark INTEGER NOT NULL, safe INTEGER NOT NULL,
        head BLOB NOT NULL, receipt BLOB NOT NULL,
        CONSTRAINT pk_marks PRIMARY KEY (epoch),
        CONSTRAINT ck_marks_safe CHECK (safe <= mark) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE state ( one INTEGER NOT NULL, kiosk BLOB NOT NULL, epoch INTEGER NOT NULL,
        instance BLOB NOT NULL, asked BLOB, time_floor INTEGER NOT NULL, generation INTEGER NOT NULL,
        serial INTEGER NOT NULL, newest INTEGER NOT NULL, numbered_day INTEGER NOT NULL, vouched_day INTEGER NOT NULL,
        ran INTEGER NOT NULL,
        CONSTRAINT pk_state PRIMARY KEY (one),
        CONSTRAINT ck_state_one CHECK (one = 1) ) STRICT""")


def downgrade() -> None:
    for table in ("state", "marks", "batches", "outbox", "pool"):
        op.execute(f"DROP TABLE {table}")
