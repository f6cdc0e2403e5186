"""Lay the tables for what central sends: shelf, delivery cache, settings, last round. Touches no row."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("""CREATE TABLE shelf ( one INTEGER NOT NULL, number INTEGER NOT NULL, establishment TEXT NOT NULL,
        wing TEXT NOT NULL,
        CONSTRAINT pk_shelf PRIMARY KEY (one),
        CONSTRAINT ck_shelf_one CHECK (one = 1) ) STRICT""")
    op.execute("""CREATE TABLE shelf_files ( kind TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
        CONSTRAINT pk_shelf_files PRIMARY KEY (kind, name),
        CONSTRAINT ck_shelf_files_kind CHECK (kind IN ('campaign', 'consultation', 'media', 'notice', 'place',
        'questionnaire', 'receipt-key', 'revoked')) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE tuf_metadata ( name TEXT NOT NULL, content BLOB NOT NULL,
        CONSTRAINT pk_tuf_metadata PRIMARY KEY (name) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE settings ( name TEXT NOT NULL, content BLOB NOT NULL,
        CONSTRAINT pk_settings PRIMARY KEY (name) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE rounds ( one INTEGER NOT NULL, day INTEGER NOT NULL, words TEXT NOT NULL,
        CONSTRAINT pk_rounds PRIMARY KEY (one),
        CONSTRAINT ck_rounds_one CHECK (one = 1) ) STRICT""")


def downgrade() -> None:
    for table in ("rounds", "settings", "tuf_metadata", "shelf_files", "shelf"):
        op.execute(f"DROP TABLE {table}")
