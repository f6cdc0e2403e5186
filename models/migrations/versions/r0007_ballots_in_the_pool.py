"""Let the pool take back a ballot, which has 246 bytes. Every row of the pool is copied."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

TRIGGERS = {
    "pool_is_fixed": """CREATE TRIGGER pool_is_fixed BEFORE UPDATE ON pool
        BEGIN SELECT RAISE(ABORT, 'a sealed record is never changed'); END""",
    "no_number_no_erasure": """CREATE TRIGGER no_number_no_erasure BEFORE DELETE ON pool
        WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'no number, no erasure'); END""",
    "no_receipt_no_erasure": """CREATE TRIGGER no_receipt_no_erasure BEFORE DELETE ON outbox
        WHEN OLD.seq > coalesce((SELECT safe FROM marks WHERE epoch = OLD.epoch), 0)
        AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'no receipt, no erasure'); END""",
}


def upgrade() -> None:
    _lay("length(sealed) = 246 OR length(sealed) BETWEEN 314 AND 7994")


def downgrade() -> None:
    _lay("length(sealed) BETWEEN 314 AND 7994")


def _lay(check: str) -> None:
    for trigger in TRIGGERS:
        op.execute(f"DROP TRIGGER {trigger}")
    op.execute("ALTER TABLE pool RENAME TO pool_before")
    op.execute(f"""CREATE TABLE pool ( id BLOB NOT NULL, form BLOB NOT NULL, sealed BLOB NOT NULL, day INTEGER NOT NULL,
        CONSTRAINT pk_pool PRIMARY KEY (id),
        CONSTRAINT ck_pool_random_id CHECK (length(id) = 16),
        CONSTRAINT ck_pool_form CHECK (length(form) = 32),
        CONSTRAINT ck_pool_sealed CHECK ({check}) ) WITHOUT ROWID, STRICT""")
    op.execute("INSERT INTO pool SELECT id, form, sealed, day FROM pool_before")
    op.execute("DROP TABLE pool_before")
    for text in TRIGGERS.values():
        op.execute(text)
