"""Let the shelf hold sealed replies. Every row of the shelf is copied; none is changed."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _lay("'questionnaire', 'receipt-key', 'reply', 'revoked'")


def downgrade() -> None:
    op.execute("DELETE FROM shelf_files WHERE kind = 'reply'")
    _lay("'questionnaire', 'receipt-key', 'revoked'")


def _lay(last_kinds: str) -> None:
    op.execute("ALTER TABLE shelf_files RENAME TO shelf_files_before")
    op.execute(f"""CREATE TABLE shelf_files ( kind TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
        CONSTRAINT pk_shelf_files PRIMARY KEY (kind, name),
        CONSTRAINT ck_shelf_files_kind CHECK (kind IN ('campaign', 'consultation', 'media', 'notice', 'place',
        {last_kinds})) ) WITHOUT ROWID, STRICT""")
    op.execute("INSERT INTO shelf_files SELECT kind, name, content FROM shelf_files_before")
    op.execute("DROP TABLE shelf_files_before")
