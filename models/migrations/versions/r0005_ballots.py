"""Let the vault hold ballot boxes. Touches no row."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

TRIGGERS = {
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
}


def upgrade() -> None:
    op.execute("""CREATE TABLE polls ( definition BLOB NOT NULL, box INTEGER NOT NULL, kind TEXT NOT NULL,
        manifest BLOB, signature BLOB, handed_in INTEGER NOT NULL, over INTEGER NOT NULL,
        CONSTRAINT pk_polls PRIMARY KEY (definition, box),
        CONSTRAINT ck_polls_definition CHECK (length(definition) = 32),
        CONSTRAINT ck_polls_box CHECK (box BETWEEN 1 AND 99),
        CONSTRAINT ck_polls_kind CHECK (kind IN ('kiosk', 'paper')),
        CONSTRAINT ck_polls_closed CHECK ((manifest IS NULL) = (signature IS NULL)),
        CONSTRAINT ck_polls_handed_in CHECK (handed_in = 0 OR manifest IS NOT NULL) ) WITHOUT ROWID, STRICT""")
    op.execute("""CREATE TABLE ballots ( leaf BLOB NOT NULL, box INTEGER NOT NULL, envelope BLOB NOT NULL,
        CONSTRAINT pk_ballots PRIMARY KEY (leaf),
        CONSTRAINT ck_ballots_leaf CHECK (length(leaf) = 32),
        CONSTRAINT ck_ballots_envelope CHECK (length(envelope) = 246) ) WITHOUT ROWID, STRICT""")
    for text in TRIGGERS.values():
        op.execute(text)


def downgrade() -> None:
    op.execute("DROP TABLE ballots")
    op.execute("DROP TABLE polls")
