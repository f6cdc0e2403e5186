"""Let the shelf hold the files of elections. Every row of the shelf is copied; none is changed."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _lay("'election', ")


def downgrade() -> None:
    op.execute("DELETE FROM shelf_files WHERE kind = 'election'")
    _lay("")


def _lay(one_kind: str) -> None:
    op.execute("ALTER TABLE shelf_files RENAME TO shelf_files_before")
    op.execute(f"""CREATE TABLE shelf_files ( kind TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
        CONSTRAINT pk_shelf_files PRIMARY KEY (kind, name),
        CONSTRAINT ck_shelf_files_kind CHECK (kind IN ('campaign', 'consultation', {one_kind}'media', 'notice',
        'place', 'questionnaire', 'receipt-key', 'reply', 'revoked')) ) WITHOUT ROWID, STRICT""")
    op.execute("INSERT INTO shelf_files SELECT kind, name, content FROM shelf_files_before")
    op.execute("DROP TABLE shelf_files_before")
