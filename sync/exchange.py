"""How a kiosk and central come to agree on which records central holds.

Rule 1: every state and every transition, of both ends, is in this file; in a list of rows the first that fits wins.
Rule 2: bytes in, values out: no file, socket, clock, sleep, thread or database.
Rule 3: a lost trip is an ordinary event: the same batch is offered again, unchanged.
Rule 4: only a receipt that central signed lets a record be erased.
Rule 5: an event that the table lacks is our own mistake: RuntimeError, and the state is unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from models import seal
from models.errors import BatchError
from models.seal import Digest, KioskId
from sync.batch import Batch, Entry, Grant, NewerBatch, Outcome, Receipt, Why, read_grant, read_receipt, tag_of

WAIT_LEAST_S: Final = 1
WAIT_MOST_S: Final = 3600
REFUSALS_BEFORE_STAFF: Final = 3


# --- the kiosk's end ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KioskState:
    """What the vault says of this kiosk's conversation; derived from its rows, never a second flag.

    `epoch` is 0 before the first grant. `heads` holds the head of the chain at the end of every batch above `safe`,
    and at `mark` and `safe`: what central's head is compared with.
    """

    kiosk: KioskId
    epoch: int
    last_seq: int  # highest number ever given in this epoch
    head: Digest  # at last_seq
    last_serial: int
    mark: int
    safe: int
    instance: bytes
    generation: int
    heads: Mapping[int, Digest] = field(default_factory=dict)

    def head_at(self, seq: int) -> Digest | None:
        """Return our own head at a batch's end, or None where no batch of ours ends."""
        if seq == 0:
            return seal.chain_start(self.kiosk, self.epoch)
        return self.head if seq == self.last_seq else self.heads.get(seq)


class OutboxDoor(Protocol):
    """What a round needs of an outbox; the real one stands over the vault, a test's stands in memory."""

    def state(self) -> KioskState:
        """Return the state as the rows say it now."""
        ...

    def next_batch(self, after: int) -> bytes | None:
        """Return the first signed batch that begins above both `after` and the mark, the same bytes every time."""
        ...

    def settle(self, receipt: Receipt) -> int:
        """Take in a receipt the exchange accepted: store it, erase up to its safe; return how many were erased."""
        ...

    def asking_instance(self) -> bytes:
        """Return the instance that a request carries, and that its grant must name."""
        ...

    def open_epoch(self, grant: Grant) -> object:
        """Take in a grant: a new epoch, everything above safe back into the pool."""
        ...


class Step(StrEnum):
    """Where the kiosk's end stands."""

    RESTING = "resting"
    OFFERED = "offered"
    STOPPED = "stopped"


class Event(StrEnum):
    """What happened to the kiosk's end."""

    BEGUN = "begun"
    LOST = "lost"  # or unreadable, wrong signature, other kiosk, other message
    BUSY = "busy"
    STALE = "stale"  # older generation, older serial, another epoch
    AHEAD = "ahead"  # central holds numbers never given here
    FORKED = "forked"
    CENTRAL_LOST = "central lost"
    HELD = "held"
    VERSION = "version"
    REFUSED = "refused"
    REFUSED_AGAIN = "refused again"  # the third time
    SETTLED = "settled"
    GRANTED = "granted"


_ANSWERS: Final[Mapping[Event, Step]] = {
    Event.LOST: Step.RESTING,
    Event.BUSY: Step.RESTING,
    Event.STALE: Step.RESTING,
    Event.AHEAD: Step.STOPPED,
    Event.FORKED: Step.STOPPED,
    Event.CENTRAL_LOST: Step.STOPPED,
    Event.HELD: Step.STOPPED,
    Event.VERSION: Step.RESTING,
    Event.REFUSED: Step.RESTING,
    Event.REFUSED_AGAIN: Step.STOPPED,
    Event.SETTLED: Step.RESTING,
}
KIOSK: Final[Mapping[Step, Mapping[Event, Step]]] = {
    # a receipt may come by stick, weeks later, and a grant before we knew that we must ask: the same rows, and harmless
    Step.RESTING: {Event.BEGUN: Step.OFFERED, Event.GRANTED: Step.RESTING, **_ANSWERS},
    Step.OFFERED: _ANSWERS,
    # old receipts may lie on the stick beside the grant
    Step.STOPPED: {Event.BEGUN: Step.STOPPED, Event.LOST: Step.STOPPED, Event.GRANTED: Step.RESTING},
}


@dataclass(frozen=True, slots=True)
class Send:
    """Carry this message."""

    message: bytes


@dataclass(frozen=True, slots=True)
class Settle:
    """Give this receipt to the outbox, then begin again.

    The outbox also sees the receipts beside the other words: they move its time floor and serial, and nothing else.
    """

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back later, not before so many seconds; `event` says what happened."""

    seconds: int
    event: Event
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class AskEpoch:
    """Ask central for a new epoch; `lost` counts the records that central lost, if that is why."""

    why: Why
    lost: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class TellStaff:
    """Somebody must act; nothing is lost."""

    event: Event
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class OpenEpoch:
    """Give this grant to the outbox, then begin again."""

    grant: Grant


Tell: TypeAlias = Settle | Wait | AskEpoch | TellStaff | OpenEpoch
_Row: TypeAlias = tuple[Event, Callable[[KioskState, Receipt], bool]]

RECEIPT_ROWS: Final[tuple[_Row, ...]] = (
    (Event.BUSY, lambda _, r: r.body.outcome is Outcome.BUSY),
    (Event.STALE, lambda s, r: r.body.epoch != s.epoch or r.body.generation < s.generation),
    (Event.STALE, lambda s, r: r.body.generation == s.generation and r.body.serial <= s.last_serial),
    (Event.AHEAD, lambda s, r: r.body.mark > s.last_seq),
    (Event.CENTRAL_LOST, lambda s, r: r.body.generation > s.generation and r.body.mark < s.safe),
    (Event.FORKED, lambda s, r: r.body.outcome is Outcome.FORK or r.body.head != s.head_at(r.body.mark)),
    (Event.HELD, lambda _, r: r.body.outcome is Outcome.HELD),
    (Event.VERSION, lambda _, r: r.body.outcome is Outcome.VERSION),
    (Event.REFUSED, lambda _, r: r.body.outcome is Outcome.REFUSED),
    (Event.SETTLED, lambda _, r: r.body.outcome in (Outcome.TAKEN, Outcome.ALREADY, Outcome.GAP)),
)
_ASKS: Final = {Event.AHEAD: Why.RESTORED, Event.FORKED: Why.FORK, Event.CENTRAL_LOST: Why.CENTRAL_LOST}


class KioskEnd:
    """The kiosk's half of the conversation; `state` is read afresh after every settling.

    `hello` and `request` write those two messages from a state: they need the signing key, which stays outside.
    `instance` tells which instance a grant must name; it is asked only when a grant has come.
    """

    def __init__(
        self,
        state: KioskState,
        public: bytes,
        receipt_keys: Iterable[bytes],
        *,
        instance: Callable[[], bytes],
        hello: Callable[[KioskState], bytes],
        request: Callable[[KioskState, Why], bytes],
    ) -> None:
        self._state, self._public, self._keys = state, public, tuple(receipt_keys)
        self._instance, self._hello, self._request = instance, hello, request
        self.step = Step.RESTING if state.epoch else Step.STOPPED
        self._why = Why.ENROL
        self._offered: Digest | None = None
        self._refusals: dict[Digest, int] = {}

    def refresh(self, state: KioskState) -> None:
        """Take the state as the rows say it after the outbox settled or opened an epoch."""
        self._state = state

    def begin(self, batch: bytes | None) -> Send:
        """Offer the outstanding batch, else a hello; when stopped, ask for a grant."""
        if self.step is Step.STOPPED:
            self._go(Event.BEGUN)
            return Send(self._request(self._state, self._why))
        self._go(Event.BEGUN)
        message = batch if batch is not None else self._hello(self._state)
        self._offered = seal.digest(message)
        return Send(message)

    def lost(self) -> Tell:
        """Nothing came back; the same bytes will be offered again."""
        return self._answer(Event.LOST, None)

    def receive(self, unverified: bytes) -> Tell:
        """Take in what came back; bytes that are no answer of central's to us count as a lost trip."""
        try:
            if tag_of(unverified) == "wvg":
                return self._granted(read_grant(unverified, self._keys))
            receipt = read_receipt(unverified, self._keys)
        except BatchError:
            return self._answer(Event.LOST, None)
        if self.step is Step.STOPPED or receipt.body.kiosk != self._state.kiosk:
            return self._answer(Event.LOST, None)
        if self.step is Step.OFFERED and receipt.body.answered != self._offered:
            return self._answer(Event.LOST, None)
        event = next(event for event, fits in RECEIPT_ROWS if fits(self._state, receipt))
        return self._answer(self._counted(event, receipt.body.answered), receipt)

    def _counted(self, event: Event, answered: Digest) -> Event:
        if event is not Event.REFUSED:
            return event
        self._refusals[answered] = self._refusals.get(answered, 0) + 1
        return Event.REFUSED_AGAIN if self._refusals[answered] >= REFUSALS_BEFORE_STAFF else event

    def _granted(self, grant: Grant) -> Tell:
        ours = (grant.kiosk, grant.public) == (self._state.kiosk, self._public) and grant.epoch > self._state.epoch
        if self.step is Step.OFFERED or not ours or grant.instance != self._instance():
            return self._answer(Event.LOST, None)
        self._go(Event.GRANTED)
        return OpenEpoch(grant)

    def _answer(self, event: Event, receipt: Receipt | None) -> Tell:
        self._go(event)
        self._offered = None
        if receipt is None:
            return Wait(WAIT_LEAST_S, event)
        if event is Event.SETTLED:
            return Settle(receipt)
        if event in _ASKS:
            self._why = _ASKS[event]
            lost = self._state.safe - receipt.body.mark if event is Event.CENTRAL_LOST else 0
            return AskEpoch(self._why, lost, receipt)
        if event in (Event.HELD, Event.VERSION, Event.REFUSED_AGAIN):
            self._why = Why.RESTORED
            return TellStaff(event, receipt)
        told = receipt.body.wait if event is Event.BUSY else WAIT_LEAST_S
        return Wait(max(WAIT_LEAST_S, min(told, WAIT_MOST_S)), event, receipt)

    def _go(self, event: Event) -> None:
        try:
            self.step = KIOSK[self.step][event]
        except KeyError:
            raise RuntimeError(f"{event} cannot happen while {self.step}") from None


# --- central's end -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stream:
    """What the ledger says of one epoch of one kiosk, read in the transaction that will write the verdict."""

    mark: int
    head: Digest  # at mark
    granted: bool  # this epoch, to this instance, and the kiosk neither revoked nor retired
    forked: bool
    boundary: Callable[[int], Digest | None]  # head where a batch that was taken ended


@dataclass(frozen=True, slots=True)
class Verdict:
    """What central decided; `fresh` holds number and entry of what is to be stored, for TAKEN only."""

    outcome: Outcome
    fresh: tuple[tuple[int, Entry], ...] = ()


@dataclass(frozen=True, slots=True)
class _Walked:
    """A batch with the heads of its own chain: `heads[0]` before the first record, `heads[-1]` at the last."""

    batch: Batch
    heads: tuple[Digest, ...]

    @property
    def fits(self) -> bool:
        header = self.batch.header
        counted = header.last - header.first + 1 == len(self.batch.entries)
        return counted and self.batch.body_digest == header.body and self.heads[-1] == header.head

    def head_at(self, seq: int) -> Digest:
        """Return the head at a number from one before the batch to its last."""
        return self.heads[seq - self.batch.header.first + 1]


def walk(start: Digest, first: int, entries: Iterable[Entry]) -> tuple[Digest, ...]:
    """Return the heads of a chain, the start among them."""
    heads = [start]
    for seq, entry in enumerate(entries, first):
        heads.append(seal.chain_link(heads[-1], seq, entry.form, entry.sealed))
    return tuple(heads)


CENTRAL_ROWS: Final[tuple[tuple[Outcome, Callable[[_Walked, Stream], bool]], ...]] = (
    (Outcome.REFUSED, lambda w, _: not w.fits),
    (Outcome.HELD, lambda _, s: not s.granted),
    (Outcome.FORK, lambda _, s: s.forked),
    (Outcome.ALREADY, lambda w, s: w.batch.header.last <= s.mark and s.boundary(w.batch.header.last) == w.heads[-1]),
    (Outcome.FORK, lambda w, s: w.batch.header.last <= s.mark),
    (Outcome.GAP, lambda w, s: w.batch.header.first > s.mark + 1),
    (Outcome.TAKEN, lambda w, s: w.head_at(s.mark) == s.head),
    (Outcome.FORK, lambda _, __: True),
)


def judge(batch: Batch | NewerBatch, stream: Stream) -> Verdict:
    """Return central's verdict on a batch whose signature held."""
    if isinstance(batch, NewerBatch):
        return Verdict(Outcome.VERSION)
    walked = _Walked(batch, walk(batch.header.before, batch.header.first, batch.entries))
    outcome = next(outcome for outcome, fits in CENTRAL_ROWS if fits(walked, stream))
    if outcome is not Outcome.TAKEN:
        return Verdict(outcome)
    numbered = enumerate(batch.entries, batch.header.first)
    return Verdict(outcome, tuple((seq, entry) for seq, entry in numbered if seq > stream.mark))
