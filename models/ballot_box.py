"""The ballot box of a kiosk: sealed ballots in the vault, without time and without order.

Rule 1: a slip's ballots, one for each contest of its electorate, are stored in one transaction, or none is.
Rule 2: a ballot is kept by its leaf hash alone; the file is tidied after each slip: no page and no log tells an order.
Rule 3: whether a slip was used here is found by looking through the ballots: there is no second list.
Rule 4: nothing here is counted, shown or logged before the box is closed, and a closed box never opens again.
Rule 5: no code and no private key of a slip is stored; whoever holds a `SlipInHand` drops it after `cast`.
Rule 6: one box is open on a kiosk at a time, of whatever election and kind; paper ballots have a box of their own.
Rule 7: a box is emptied once its election is over and every record of it left by receipt; until then it stays whole.
Source: elections.md 5.4, 5.5 and 5.10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.election import ballot, boxes
from models.election.ballot import Ballot, Mark, write_ballot
from models.election.boxes import Kind, Manifest, Tape
from models.election.keys import Election
from models.election.signatures import write_signatures
from models.election.slip import Code
from models.errors import (
    PollNotOpenError,
    PollOpenError,
    PollOverError,
    SlipUsedHereError,
    StrangeKioskError,
    WrongCodeError,
)
from models.tables import BallotRow, OutboxRow, PollRow, PoolRow, StateRow
from models.vault import Vault


@dataclass(frozen=True, slots=True)
class SlipInHand:
    """A slip whose code was typed: its electorate, and a private key for each contest of it."""

    electorate: str
    keys: Mapping[int, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenBox:
    """A box that is open here, by its number, and what it takes."""

    number: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class ClosedBox:
    """A box that is closed: what it holds in box order, its manifest and the kiosk's signature over that."""

    manifest: Manifest
    written: bytes
    signature: bytes
    envelopes: tuple[bytes, ...]

    @property
    def tape(self) -> Tape:
        """What observers copy down: total, and two groups of symbols of the manifest's hash."""
        name = seal.symbols(seal.digest(self.written))
        return Tape(self.manifest.kiosk.hex(), self.manifest.box, self.manifest.total, name)

    @property
    def records(self) -> tuple[bytes, ...]:
        """The box as records for the outbox: every envelope in box order, the manifest with its signature last."""
        return (*self.envelopes, boxes.write_manifest_record(self.written, self.signature))

    def files(self) -> dict[str, bytes]:
        """Return the box as files, name -> bytes: the export that any stick or record may carry."""
        signed = write_signatures({self.manifest.kiosk: self.signature})
        name = self.manifest.name
        return {
            f"{name}.box": boxes.write_box(self.envelopes),
            f"{name}.json": self.written,
            f"{name}.sig.json": signed,
        }


def open_poll(vault: Vault, election: Election, signing_key: bytes, kind: Kind = "kiosk") -> int:
    """Open an empty box for an election and return its number, 1 for the first.

    Raises StrangeKioskError where the definition does not name this kiosk with this key, PollOpenError where any box is
    open here, PollOverError where boxes of this election were emptied: nobody could tell any more which slips they had.
    """
    with vault.writing() as session:
        kiosk = election.definition.kiosk(session.get_one(StateRow, 1).kiosk)
        if kiosk is None or kiosk.public_key != seal.public_half(signing_key):
            raise StrangeKioskError
        if session.scalar(sa.select(PollRow.box).where(PollRow.manifest.is_(None)).limit(1)) is not None:
            raise PollOpenError
        held = _boxes(session, election)
        if any(box.over for box in held):
            raise PollOverError
        number = len(held) + 1
        session.add(
            PollRow(definition=election.d, box=number, kind=kind, manifest=None, signature=None, handed_in=0, over=0)
        )
    vault.tidy()
    return number


def open_box(vault: Vault, election: Election) -> OpenBox | None:
    """Return the box that is open here, or None: after a plug was pulled the poll goes on."""
    with vault.reading() as session:
        row = _open_box(session, election)
        return None if row is None else OpenBox(row.box, _kind(row))


def take_slip(election: Election, code: Code) -> SlipInHand:
    """Return the keys that a code gives, or raise WrongCodeError: a slip of nobody, or of another election.

    Takes 0.05 s for the seed, then little.
    """
    seed = seal.slip_seed(code, election.definition.id)
    private = {
        contest.number: seal.slip_key(seed, election.definition.id, contest.number)
        for contest in election.definition.contests
    }
    public = {number: seal.public_half(key) for number, key in private.items()}
    if (electorate := election.electorate_of(public)) is None:
        raise WrongCodeError
    contests = election.definition.contests_of(electorate)
    return SlipInHand(electorate, {contest.number: private[contest.number] for contest in contests})


def used_here(vault: Vault, election: Election, slip: SlipInHand) -> bool:
    """Tell whether any box of this kiosk holds a ballot of this slip."""
    with vault.reading() as session:
        return _used(session, election, slip)


def cast(vault: Vault, election: Election, slip: SlipInHand, ballots: Mapping[int, Ballot]) -> dict[int, str]:
    """Seal one ballot for each contest of the slip, store all or none, and return the seal codes by contest.

    They are on the disk when this returns. Raises PollNotOpenError, SlipUsedHereError, VaultFullError with nothing
    stored; RuntimeError where the ballots are not one for each contest, or one breaks its contest's rules.
    """
    if ballots.keys() != slip.keys.keys():
        raise RuntimeError("a slip leaves one ballot in every contest of its electorate")
    with vault.writing() as session:
        if (row := _open_box(session, election)) is None:
            raise PollNotOpenError
        if _used(session, election, slip):
            raise SlipUsedHereError
        kind, box = _kind(row), row.box
        sealed = {number: _sealed(election, number, ballots[number], key, kind) for number, key in slip.keys.items()}
        session.add_all(BallotRow(leaf=ballot.leaf(one, seal.digest), box=box, envelope=one) for one in sealed.values())
    vault.tidy()
    return {number: seal.seal_code(one) for number, one in sealed.items()}


def close_poll(vault: Vault, election: Election, signing_key: bytes) -> ClosedBox:
    """Close the open box for good, sign its manifest, and return it; PollNotOpenError where none is open."""
    with vault.writing() as session:
        if (row := _open_box(session, election)) is None:
            raise PollNotOpenError
        number = row.box
        state = session.get_one(StateRow, 1)
        manifest = boxes.make_manifest(
            _envelopes(session, election.d, number),
            (contest.number for contest in election.definition.contests),
            definition=election.d,
            kiosk=state.kiosk,
            epoch=state.epoch,
            box=number,
            kind=_kind(row),
            sha256=seal.digest,
        )
        row.manifest = boxes.write_manifest(manifest)
        row.signature = seal.sign(seal.SIGNS_BOX, row.manifest, signing_key)
    vault.tidy()
    return closed_box(vault, election, number)


def closed_box(vault: Vault, election: Election, number: int) -> ClosedBox:
    """Return a closed box by its number; PollOpenError while it is open, PollNotOpenError where there is none."""
    with vault.reading() as session:
        row = session.get(PollRow, (election.d, number))
        if row is None:
            raise PollNotOpenError
        if row.manifest is None or row.signature is None:
            raise PollOpenError
        return _closed(session, row)


def not_handed_in(vault: Vault) -> tuple[ClosedBox, ...]:
    """Return every closed box whose ballots are not in the outbox yet, of whatever election."""
    with vault.reading() as session:
        waiting = sa.select(PollRow).where(PollRow.manifest.is_not(None), PollRow.handed_in == 0)
        return tuple(
            _closed(session, row) for row in session.scalars(waiting.order_by(PollRow.definition, PollRow.box))
        )


def hand_in_again(session: Session, records: AbstractSet[bytes]) -> None:
    """Let every box wait again of which a record is among these; not one that was emptied, which has none to give."""
    given = sa.select(PollRow).where(PollRow.handed_in == 1, PollRow.over == 0)
    for row in list(session.scalars(given)):
        if not records.isdisjoint(_closed(session, row).records):
            row.handed_in = 0
    session.flush()


def closed_boxes(vault: Vault, election: Election) -> tuple[ClosedBox, ...]:
    """Return every closed box of an election on this kiosk, by number."""
    with vault.reading() as session:
        numbers = [row.box for row in _boxes(session, election) if row.manifest is not None]
    return tuple(closed_box(vault, election, number) for number in numbers)


def holds_closed_boxes(vault: Vault) -> bool:
    """Tell whether any closed box still has its ballots here, of whatever election."""
    with vault.reading() as session:
        held = sa.select(PollRow.box).where(PollRow.manifest.is_not(None), PollRow.over == 0).limit(1)
        return session.scalar(held) is not None


def empty_boxes(vault: Vault, election: Election) -> int:
    """Let go of closed boxes whose final board is on the shelf; that it is, the caller has verified.

    Returns how many were emptied. A box of which any record still waits for a receipt is left as it is.
    """
    with vault.writing() as session:
        done = [row for row in _boxes(session, election) if row.handed_in and not row.over and _left(session, row)]
        for row in done:
            row.over = 1
            session.flush()
            leaves = [ballot.leaf(one, seal.digest) for one in _envelopes(session, election.d, row.box)]
            for leaf in leaves:
                session.execute(sa.delete(BallotRow).where(BallotRow.leaf == leaf))
    if done:
        vault.tidy()
    return len(done)


def _left(session: Session, row: PollRow) -> bool:
    """Tell whether every record of a closed box is gone from pool and outbox: only a receipt takes one out."""
    waiting = {*session.scalars(sa.select(PoolRow.id)), *session.scalars(sa.select(OutboxRow.id))}
    return not any(seal.record_id(one) in waiting for one in _closed(session, row).records)


def _sealed(election: Election, number: int, made: Ballot, key: bytes, kind: Kind) -> bytes:
    """Seal one ballot; on paper a wish may be unclear whatever the definition lets a screen offer."""
    definition = election.definition
    spoilt_in_vain = made.mark is Mark.SPOILT and not definition.allow_spoil and kind == "kiosk"
    if spoilt_in_vain or not definition.contest(number).admits(made):
        raise RuntimeError("a screen let through a ballot that its contest does not admit")
    return seal.seal_ballot(write_ballot(made), number, election.d, key, definition.election_key)


def _boxes(session: Session, election: Election) -> list[PollRow]:
    rows = sa.select(PollRow).where(PollRow.definition == election.d).order_by(PollRow.box)
    return list(session.scalars(rows))


def _open_box(session: Session, election: Election) -> PollRow | None:
    return next((box for box in _boxes(session, election) if box.manifest is None), None)


def _kind(row: PollRow) -> Kind:
    return "paper" if row.kind == "paper" else "kiosk"


def _closed(session: Session, row: PollRow) -> ClosedBox:
    if row.manifest is None or row.signature is None:
        raise RuntimeError("a box that is open has no manifest")
    held = boxes.in_box_order(_envelopes(session, row.definition, row.box), seal.digest)
    return ClosedBox(boxes.read_manifest(row.manifest), row.manifest, row.signature, held)


def _envelopes(session: Session, definition: bytes, box: int | None = None) -> Iterator[bytes]:
    for number, envelope in session.execute(sa.select(BallotRow.box, BallotRow.envelope)):
        if box in (None, number) and ballot.definition_of(envelope) == definition:
            yield envelope


def _used(session: Session, election: Election, slip: SlipInHand) -> bool:
    mine = {(number, seal.public_half(key)) for number, key in slip.keys.items()}
    held = {(ballot.contest_of(one), ballot.slip_key_of(one)) for one in _envelopes(session, election.d)}
    return not mine.isdisjoint(held)
