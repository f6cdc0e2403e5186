"""Refuse to change a sealed record, or to erase one that central has not signed for. Touches no row."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("""CREATE TRIGGER pool_is_fixed BEFORE UPDATE ON pool
        BEGIN SELECT RAISE(ABORT, 'a sealed record is never changed'); END""")
    op.execute("""CREATE TRIGGER outbox_is_fixed BEFORE UPDATE ON outbox
        BEGIN SELECT RAISE(ABORT, 'a sealed record is never changed'); END""")
    op.execute("""CREATE TRIGGER no_number_no_erasure BEFORE DELETE ON pool
        WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'no number, no erasure'); END""")
    op.execute("""CREATE TRIGGER no_receipt_no_erasure BEFORE DELETE ON outbox
        WHEN OLD.seq > coalesce((SELECT safe FROM marks WHERE epoch = OLD.epoch), 0)
        AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'no receipt, no erasure'); END""")
    op.execute("""CREATE TRIGGER safe_never_falls BEFORE UPDATE ON marks
        WHEN NEW.safe < OLD.safe OR NEW.epoch <> OLD.epoch
        BEGIN SELECT RAISE(ABORT, 'safe never falls'); END""")
    op.execute("""CREATE TRIGGER marks_stay BEFORE DELETE ON marks
        BEGIN SELECT RAISE(ABORT, 'marks stay'); END""")
    op.execute("""CREATE TRIGGER state_never_falls BEFORE UPDATE ON state
        WHEN NEW.time_floor < OLD.time_floor OR NEW.epoch < OLD.epoch OR NEW.kiosk <> OLD.kiosk
        BEGIN SELECT RAISE(ABORT, 'time and epoch never fall'); END""")
    op.execute("""CREATE TRIGGER state_stays BEFORE DELETE ON state
        BEGIN SELECT RAISE(ABORT, 'state stays'); END""")


def downgrade() -> None:
    for trigger in (
        "state_stays",
        "state_never_falls",
        "marks_stay",
        "safe_never_falls",
        "no_receipt_no_erasure",
        "no_number_no_erasure",
        "outbox_is_fixed",
        "pool_is_fixed",
    ):
        op.execute(f"DROP TRIGGER {trigger}")
