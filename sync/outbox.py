"""Hands sealed records in, numbers them, offers them in batches, and erases what central has signed for.

Rule 1: only a SealedRecord comes in, or a closed ballot box whole; their bytes are never changed or sealed again.
Rule 2: only a verified receipt erases, up to its *safe*, in whole batches; what is in doubt stays.
Rule 3: each act is one transaction, and the file is tidied after it.
Rule 4: an act done twice is an act done once: after any interruption, do it again.
Rule 5: what may leave, and when, is decided in sync.numbering; boundaries and bytes of a batch never move again.
Rule 6: a ballot box is emptied once its records left by receipt and the final board of its election is on the shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import ballot_box, seal, shelf
from models.ballot_box import ClosedBox
from models.elections import OnTheShelf
from models.errors import VaultCorruptError, VaultFullError
from models.seal import Digest, KioskId, RecordId, SealedRecord
from models.tables import BatchRow, MarkRow, OutboxRow, PollRow, PoolRow, SettingRow, StateRow, day_number, day_of
from models.vault import Vault, put_settings
from sync import batch, numbering
from sync.batch import Entry, Grant, Header, Kind, Outcome, Receipt
from sync.exchange import KioskState
from sync.numbering import Numbered, Rule, Shuffle, Waiting

Band = Literal["under 10", "10 to 49", "50 or more"]
RECORDS_MOST: Final = 16_000
"""Records a vault keeps before it politely refuses more."""
_DAY_S: Final = 86_400
_BELIEVABLE_S: Final = 2 * 366 * _DAY_S
_SETTLING: Final = frozenset({Outcome.TAKEN, Outcome.ALREADY, Outcome.GAP})


def hand_in(vault: Vault, sealed: SealedRecord, day: date) -> None:
    """Keep a sealed record, by day only; it is on the disk when this returns. VaultFullError: nothing was kept.

    The same sealed record handed in again, while it is here, changes nothing.
    """
    with vault.writing() as session:
        known = sa.exists().where(OutboxRow.id == sealed.id)
        if session.get(PoolRow, sealed.id) is None and not session.scalar(sa.select(known)):
            if _count(session) >= RECORDS_MOST:
                raise VaultFullError
            session.add(PoolRow(id=sealed.id, form=sealed.form, sealed=sealed.sealed, day=day))
    vault.tidy()


def cover_write(vault: Vault, steps: int) -> None:
    """Rewrite the file as every five minutes, used or not; `steps` of five minutes ran since the last time."""
    with vault.writing() as session:
        _state(session).ran += steps
    vault.tidy()


def number(
    vault: Vault,
    signing_key: bytes,
    kiosk: KioskId,
    today: date,
    program: str,
    shuffle: Shuffle = seal.shuffled,
    *,
    rule: Rule | None = None,
    retires: bool = False,
) -> int:
    """Give numbers to what may leave the pool now, cut and sign the batches; return how many records got one.

    Never early, whoever asks: sync.numbering decides. Raises RuntimeError if the keys are another kiosk's.
    """
    closed, own = _consultations(vault, today)
    with vault.writing() as session:
        state = _state(session)
        if state.kiosk != kiosk:
            message = "these keys belong to another kiosk than this vault"
            raise RuntimeError(message)
        vouched = day_of(state.time_floor // _DAY_S)
        last = Numbered(state.numbered_day, state.vouched_day, state.ran)
        if not state.epoch or not numbering.may_number(today, vouched, last):
            return 0
        chosen = numbering.choose(_pool(session), today, rule or Rule(own=own), closed, shuffle, retires=retires)
        if chosen is None:
            return 0
        stamp = _Stamp(day_number(today), vouched == today, program, signing_key)
        for ids, small in zip(chosen.batches, chosen.small, strict=True):
            _cut(session, ids, stamp, small=small)
        state.numbered_day, state.vouched_day, state.ran = today, vouched, 0
    vault.tidy()
    return len(chosen.ids)


def hand_in_boxes(vault: Vault, signing_key: bytes, kiosk: KioskId, today: date, program: str) -> int:
    """Number and sign every closed ballot box that is not handed in yet, each whole; return how many boxes.

    Ballots go in box order, which is the shuffle, and the manifest last; nothing of a ballot enters before its box is
    closed. A box goes in once in an epoch, however often this is called: it waits while there is no grant, or no room
    for all of it. In a new epoch it goes in whole again, for the pool would mix the ballots of two boxes. Raises
    RuntimeError if the keys are another kiosk's.
    """
    done = 0
    for box in ballot_box.not_handed_in(vault):
        done += _hand_in_box(vault, box, signing_key, kiosk, today, program)
    if done:
        vault.tidy()
    return done


def _hand_in_box(vault: Vault, box: ClosedBox, signing_key: bytes, kiosk: KioskId, today: date, program: str) -> bool:
    form = Digest(box.manifest.definition)
    records = [Entry(form, one) for one in box.records]
    with vault.writing() as session:
        state, poll = _state(session), session.get_one(PollRow, (box.manifest.definition, box.manifest.box))
        if state.kiosk != kiosk:
            raise RuntimeError("these keys belong to another kiosk than this vault")
        ids = [seal.record_id(one) for one in box.records]
        waiting = [one for one in ids if session.get(PoolRow, one) is not None]
        if not state.epoch or _count(session) + len(records) - len(waiting) > RECORDS_MOST:
            return False
        stamp = _Stamp(day_number(today), day_of(state.time_floor // _DAY_S) == today, program, signing_key)
        small = len(records) < Rule().least
        for piece in numbering.pieces(records, lambda one: len(one.sealed)):
            _number(session, piece, stamp, small=small)
        session.execute(sa.delete(PoolRow).where(PoolRow.id.in_(waiting)))
        poll.handed_in = 1
    return True


def empty_boxes(vault: Vault, elections: Callable[[], Iterable[OnTheShelf]]) -> int:
    """Empty every box whose election's final board is on the shelf and which left here whole; return how many boxes.

    A box with a record that no receipt took out stays as it is, and so does one whose board has not come.
    """
    if not ballot_box.holds_closed_boxes(vault):
        return 0
    over = [one.election for one in elections() if one.over]
    return sum(ballot_box.empty_boxes(vault, election) for election in over)


def kiosk_state(vault: Vault) -> KioskState:
    """Return what the rows say of this kiosk's conversation with central."""
    with vault.reading() as session:
        return _conversation(session)


def next_batch(vault: Vault, after: int | None = None) -> bytes | None:
    """Return the first batch that begins above `after` (default: the mark), the same bytes every time, or None."""
    with vault.reading() as session:
        state = _conversation(session)
        above = state.mark if after is None else after
        row = session.scalar(
            sa.select(BatchRow)
            .where(BatchRow.epoch == state.epoch, BatchRow.first > max(above, state.safe))
            .order_by(BatchRow.first)
        )
        if row is None:
            return None
        numbered = _numbered(state.epoch).where(OutboxRow.seq.between(row.first, row.last))
        entries = [Entry(Digest(one.form), one.sealed) for one in session.scalars(numbered.order_by(OutboxRow.seq))]
        header = batch.read_header(row.header)
        body = batch.write_entries(entries, header.forms)
        if seal.digest(body) != header.body:
            raise VaultCorruptError
        return batch.join_batch(row.header, body, row.signature)


def settle(vault: Vault, receipt: Receipt) -> int:
    """Take in a receipt whose signature held; return how many records were erased.

    Every receipt newer than the last raises the time floor. Only one that says taken, already or gap, for this epoch
    and with our own head at its mark, moves the mark; records go up to its *safe*, in whole batches. An older receipt,
    or the same one again, changes nothing. Raises RuntimeError for another kiosk's: the exchange lets none through.
    """
    body = receipt.body
    with vault.writing() as session:
        row, state = _state(session), _conversation(session)
        if body.kiosk != state.kiosk:
            message = "a receipt of another kiosk"
            raise RuntimeError(message)
        if (body.generation, body.serial) <= (state.generation, state.last_serial) or body.outcome is Outcome.BUSY:
            return 0
        settles = (
            body.outcome in _SETTLING
            and body.epoch == state.epoch
            and state.safe <= body.mark <= state.last_seq
            and state.heads.get(body.mark) == body.head
        )
        row.generation, row.serial = max(row.generation, body.generation), body.serial
        row.newest = max(row.newest, body.newest)
        if not row.time_floor or body.time <= row.time_floor + _BELIEVABLE_S:
            row.time_floor = max(row.time_floor, body.time)
        if not settles:
            return 0
        _mark(session, state, receipt)
        erased = _erase(session, state.epoch, max(state.safe, body.safe))
    vault.tidy()
    return erased


def asking_instance(vault: Vault) -> bytes:
    """Return the instance that a request must carry, 16 bytes: before the first grant the one we have, later a new one.

    It is drawn once for each request and kept until a grant answers it, so that of two copies only one is granted.
    """
    with vault.writing() as session:
        state = _state(session)
        if state.epoch and state.asked is None:
            state.asked = seal.random_bytes(16)
        return state.asked or state.instance


def open_epoch(vault: Vault, grant: Grant) -> bool:
    """Take in a verified grant: its epoch begins, and every record above *safe* goes back to the pool, same bytes.

    Returns False, and changes nothing, where the grant is for an epoch gone by or for another instance. Raises
    RuntimeError for another kiosk's grant: the exchange lets none through.
    """
    with vault.writing() as session:
        state = _state(session)
        if grant.kiosk != state.kiosk:
            message = "a grant for another kiosk"
            raise RuntimeError(message)
        if grant.epoch <= state.epoch or grant.instance != (state.asked or state.instance):
            return False
        _back_to_the_pool(session, state.epoch)
        state.epoch, state.instance, state.asked = grant.epoch, grant.instance, None
        state.generation = max(state.generation, grant.generation)
        put_settings(session, {"establishment": grant.establishment.encode(), "wing": grant.wing.encode()})
        put_settings(session, {"grant": grant.message})
    vault.tidy()
    return True


def band(vault: Vault, today: date) -> Band:
    """Return how many records wait here, as staff may know it: in bands, and the same words all day."""
    with vault.reading() as session:
        held = session.get(SettingRow, "band")
        day, _, words = (held.content if held else b"").decode().partition(" ")
        for known in ("under 10", "10 to 49", "50 or more"):
            if day == today.isoformat() and words == known:
                return known
        count = _count(session)
    fresh: Band = "under 10" if count < 10 else "10 to 49" if count < 50 else "50 or more"  # noqa: PLR2004 - the bands
    vault.put_settings({"band": f"{today.isoformat()} {fresh}".encode()})
    return fresh


def time_floor(vault: Vault) -> int:
    """Return the newest time that central signed, in seconds since 1970; 0 before the first receipt."""
    with vault.reading() as session:
        return _state(session).time_floor


def newest_content(vault: Vault) -> int:
    """Return the newest timestamp.json version that central's last receipt knew of; 0 before the first."""
    with vault.reading() as session:
        return _state(session).newest


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What every batch of one numbering says alike."""

    day: int
    vouched: bool
    program: str
    signing_key: bytes


def _state(session: Session) -> StateRow:
    return session.get_one(StateRow, 1)


def _count(session: Session) -> int:
    """Return how many records are not erased yet."""
    return sum(session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in (PoolRow, OutboxRow))


def _pool(session: Session) -> list[Waiting]:
    """Return what may be shuffled; not the ballots of boxes that go in whole again."""
    whole = sa.select(PollRow.definition).where(PollRow.manifest.is_not(None), PollRow.handed_in == 0)
    columns = (PoolRow.id, PoolRow.form, PoolRow.day, sa.func.length(PoolRow.sealed))
    rows = session.execute(sa.select(*columns).where(PoolRow.form.not_in(whole)))
    return [Waiting(RecordId(name), Digest(form), day, size) for name, form, day, size in rows]


def _consultations(vault: Vault, today: date) -> tuple[frozenset[Digest], dict[Digest, int]]:
    """Return the forms that no consultation asks any more, and how many of its own each form waits for."""
    asking: set[Digest] = set()
    asked: set[Digest] = set()
    own: dict[Digest, int] = {}
    for one in shelf.installed_consultations(vault):
        form = Digest(bytes.fromhex(one.questionnaire))
        (asked if one.closes < today else asking).add(form)
        own[form] = max(own.get(form, 0), one.min_own)
    return frozenset(asked - asking), own


def _conversation(session: Session) -> KioskState:
    row = _state(session)
    marks = session.get(MarkRow, row.epoch)
    mark, safe = (marks.mark, marks.safe) if marks else (0, 0)
    heads = {0: seal.chain_start(row.kiosk, row.epoch)}
    if marks is not None:
        heads[mark] = Digest(marks.head)
    boundaries = sa.select(BatchRow.last, BatchRow.head).where(BatchRow.epoch == row.epoch)
    heads |= {last: Digest(head) for last, head in session.execute(boundaries)}
    return KioskState(
        kiosk=KioskId(row.kiosk),
        epoch=row.epoch,
        last_seq=max(heads),
        head=heads[max(heads)],
        last_serial=row.serial,
        mark=mark,
        safe=safe,
        instance=row.instance,
        generation=row.generation,
        heads=heads,
    )


def _numbered(epoch: int) -> sa.Select[OutboxRow]:
    return sa.select(OutboxRow).where(OutboxRow.epoch == epoch)


def _cut(session: Session, ids: Sequence[RecordId], stamp: _Stamp, *, small: bool) -> None:
    """Number these records of the pool in this order, and take them out of it."""
    rows = {row.id: row for row in session.scalars(sa.select(PoolRow).where(PoolRow.id.in_(ids)))}
    _number(session, [Entry(Digest(rows[one].form), rows[one].sealed) for one in ids], stamp, small=small)
    session.execute(sa.delete(PoolRow).where(PoolRow.id.in_(ids)))


def _number(session: Session, records: Sequence[Entry], stamp: _Stamp, *, small: bool) -> None:
    """Number these records in this order, and sign their header."""
    state = _conversation(session)
    head, first = state.head, state.last_seq + 1
    for seq, record in enumerate(records, first):
        head = seal.chain_link(head, seq, record.form, record.sealed)
        name = seal.record_id(record.sealed)
        session.add(OutboxRow(epoch=state.epoch, seq=seq, id=name, form=record.form, sealed=record.sealed))
    forms = tuple(sorted({record.form for record in records}))
    body = batch.write_entries(records, forms)
    last = first + len(records) - 1
    header = batch.write_header(
        Header(
            kiosk=state.kiosk,
            epoch=state.epoch,
            first=first,
            last=last,
            before=state.head,
            head=head,
            kind=Kind.RECORDS,
            forms=forms,
            body=seal.digest(body),
            day=stamp.day,
            vouched=stamp.vouched,
            small=small,
            program=stamp.program,
            serial=state.last_serial,
            instance=state.instance,
        )
    )
    signature = batch.sign_header(header, stamp.signing_key)
    session.add(BatchRow(epoch=state.epoch, first=first, last=last, head=head, header=header, signature=signature))
    session.flush()


def _mark(session: Session, state: KioskState, receipt: Receipt) -> None:
    """Store how far central holds this epoch; the mark falls only when central itself was restored."""
    body = receipt.body
    row = session.get(MarkRow, state.epoch)
    if row is None:
        row = MarkRow(epoch=state.epoch, mark=0, safe=0, head=body.head, receipt=b"")
        session.add(row)
    if body.mark >= row.mark or body.generation > state.generation:
        row.mark, row.head, row.receipt = body.mark, body.head, receipt.message
    row.safe = min(max(row.safe, body.safe), row.mark)
    session.flush()


def _erase(session: Session, epoch: int, safe: int) -> int:
    """Erase whole batches at or below `safe`; the last boundary stays, since central's head is compared with it."""
    done = sa.select(sa.func.max(BatchRow.last)).where(BatchRow.epoch == epoch, BatchRow.last <= safe)
    upto = session.scalar(done) or 0
    settled = _numbered(epoch).where(OutboxRow.seq <= upto)
    count = session.scalar(sa.select(sa.func.count()).select_from(settled.subquery())) or 0
    session.execute(sa.delete(OutboxRow).where(OutboxRow.epoch == epoch, OutboxRow.seq <= upto))
    session.execute(sa.delete(BatchRow).where(BatchRow.epoch == epoch, BatchRow.last < upto))
    return count


def _back_to_the_pool(session: Session, epoch: int) -> None:
    """Move every record above *safe* back, by the day its batch was cut, and forget the boundaries of the epoch.

    A ballot box of which anything moves is to be handed in again, whole.
    """
    marks = session.get(MarkRow, epoch)
    moved: set[bytes] = set()
    for boundary in session.scalars(sa.select(BatchRow).where(BatchRow.epoch == epoch)):
        day = day_of(batch.read_header(boundary.header).day)
        numbered = _numbered(epoch).where(OutboxRow.seq.between(boundary.first, boundary.last))
        for row in session.scalars(numbered.where(OutboxRow.seq > (marks.safe if marks else 0))):
            session.add(PoolRow(id=row.id, form=row.form, sealed=row.sealed, day=day))
            moved.add(row.sealed)
    session.flush()
    ballot_box.hand_in_again(session, moved)
    session.execute(sa.delete(OutboxRow).where(OutboxRow.epoch == epoch))
    session.execute(sa.delete(BatchRow).where(BatchRow.epoch == epoch))
