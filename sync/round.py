"""One round: the only driver of exchange, outbox, couriers and delivery.

Rule 1: a closed road or a refused bundle becomes words in the outcome; only the vault's own errors escape.
Rule 2: a round may stop anywhere: everything it did is whole, and the next round goes on from there.
Rule 3: a round never numbers early and never hurries: it carries what is ready.
Rule 4: nothing here says "failed" of a missing receipt, only "not confirmed yet"; parcels are counted, never answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias, assert_never

from models import seal, shelf
from models.errors import CourierError, DeliveryError
from models.keyring import Keys
from models.shelf import Bundle
from models.vault import Vault
from sync import outbox
from sync.account import (
    ASKED,
    FROM_CENTRAL,
    NOT_CONFIRMED,
    NOTHING_READY,
    TAKE_IT_OUT,
    DeliveryNote,
    RoundOutcome,
    asks,
    parcels,
)
from sync.batch import VERSION, Grant, Hello, Provider, Receipt, Request, Why, last_number, write_hello, write_request
from sync.courier import Courier, StickFullError
from sync.delivery import take_delivery as fetch_delivery
from sync.exchange import (
    AskEpoch,
    KioskEnd,
    KioskState,
    OpenEpoch,
    OutboxDoor,
    Settle,
    Step,
    Tell,
    TellStaff,
    Wait,
)
from sync.refusals import ExpiredContentError, NothingCarriedError, RevokedKioskError
from sync.told import Told, told, told_of, write_told

Progress: TypeAlias = Callable[[float, Told], None]
"""Told the share done, 0 to 1, and what is being done."""

_PROVIDERS: Final = {"tpm2": Provider.TPM2, "pin": Provider.PIN, "keyfile": Provider.KEYFILE}


class VaultOutbox:
    """The outbox over a vault, as the exchange wants it."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def state(self) -> KioskState:
        """Return the state as the rows say it now."""
        return outbox.kiosk_state(self._vault)

    def next_batch(self, after: int) -> bytes | None:
        """Return the first batch above both `after` and the mark."""
        return outbox.next_batch(self._vault, max(after, self.state().mark))

    def settle(self, receipt: Receipt) -> int:
        """Store a receipt and erase up to its safe."""
        return outbox.settle(self._vault, receipt)

    def asking_instance(self) -> bytes:
        """Return the instance that a request carries."""
        return outbox.asking_instance(self._vault)

    def open_epoch(self, grant: Grant) -> object:
        """Begin the epoch of a grant."""
        return outbox.open_epoch(self._vault, grant)


def request(vault: Vault, keys: Keys, program: str, why: Why = Why.ENROL) -> bytes:
    """Return the request this kiosk makes: the same bytes until its state changes. Its body gives the 24 digits."""
    provider = _PROVIDERS.get((vault.setting("provider") or b"").decode(), Provider.KEYFILE)
    door = VaultOutbox(vault)
    return _request(door.state(), door.asking_instance(), keys, program, why, provider)


def _request(state: KioskState, instance: bytes, keys: Keys, program: str, why: Why, provider: Provider) -> bytes:
    asked = Request(
        kiosk=keys.kiosk,
        public=seal.public_half(keys.signing_key),
        epoch=state.epoch,
        last=state.last_seq,
        head=state.head,
        instance=instance,
        why=why,
        program=program,
        provider=provider,
    )
    return write_request(asked, keys.signing_key)


def hello(state: KioskState, signing_key: bytes) -> bytes:
    """Return the message of a round that carries nothing."""
    return write_hello(
        Hello(
            kiosk=state.kiosk,
            epoch=state.epoch,
            last=state.last_seq,
            head=state.head,
            serial=state.last_serial,
            versions=(VERSION,),
            instance=state.instance,
            nonce=seal.random_bytes(16),
        ),
        signing_key,
    )


@dataclass(slots=True)
class Tally:
    """What a conversation came to; `said` are whole sentences in order."""

    sent: int = 0
    confirmed: bool = True
    received: int = 0
    granted: bool = False
    trouble: Told | None = None


def carry_all(end: KioskEnd, door: OutboxDoor, courier: Courier, tally: Tally, progress: Progress) -> None:
    """Offer batches until none is left, or a hello, or a request, as the exchange says. CourierError."""
    after, answered, greeted = 0, set[bytes](), False
    state = door.state()
    due = sum(seq > state.mark for seq in state.heads)
    while True:
        batch = door.next_batch(after) if end.step is Step.RESTING else None
        if batch is None and end.step is Step.RESTING:
            if tally.sent or tally.granted or greeted:
                return
            greeted = True
        message = end.begin(batch).message
        if message in answered:  # central took it, and yet it is outstanding: never in a circle
            end.lost()
            tally.trouble, tally.confirmed = NOT_CONFIRMED, False
            return
        answered.add(message)
        reply = _carried(courier, message, end, tally.sent, due)
        if batch is not None:
            tally.sent += 1
            at = min(tally.sent, due)
            progress(0.4 + 0.5 * at / max(1, due), told("Parcels carried: {at} of {of}", at=at, of=due))
        if reply is None:  # this road answers later
            end.lost()
            tally.confirmed = False
            if batch is None:
                return
            after = last_number(batch)
        elif not obey(end.receive(reply), end, door, tally):
            return


def _carried(courier: Courier, message: bytes, end: KioskEnd, sent: int, due: int) -> bytes | None:
    """Carry one message; a closed road is told to the exchange, and a full stick says how much of all fitted."""
    try:
        return courier.carry(message)
    except StickFullError as full:
        end.lost()
        raise StickFullError(fitted=sent, of=due) from full
    except CourierError:
        end.lost()
        raise


def obey(tell: Tell, end: KioskEnd, door: OutboxDoor, tally: Tally) -> bool:
    """Do what the exchange tells; return whether the conversation goes on."""
    goes_on = True
    match tell:
        case Settle(receipt):
            door.settle(receipt)
            tally.received += 1
        case OpenEpoch(grant):
            door.open_epoch(grant)
            tally.received, tally.granted = tally.received + 1, True
            tally.trouble, tally.confirmed = None, True
        case AskEpoch(why, lost, receipt):
            door.settle(receipt)
            tally.trouble, tally.confirmed = asks(why, lost), False
        case TellStaff(event, receipt):
            door.settle(receipt)
            tally.trouble, tally.confirmed, goes_on = FROM_CENTRAL[event], False, False
        case Wait(_, event, maybe):
            if maybe is not None:
                door.settle(maybe)
            tally.confirmed, goes_on = False, False
            tally.trouble = tally.trouble or FROM_CENTRAL.get(event, NOT_CONFIRMED)
        case _:
            assert_never(tell)
    end.refresh(door.state())
    return goes_on


def make_round(
    vault: Vault,
    keys: Keys,
    courier: Courier,
    today: date,
    program: str,
    reference: datetime,
    progress: Progress = lambda _share, _told: None,
    *,
    take_delivery: bool = True,
) -> RoundOutcome:
    """Make one round by one road and return what it came to; CourierError and DeliveryError become its words.

    In order: receipts and grants that lie ready, the bundle (keys come with it), numbering where the rule allows it,
    batches, else a hello or a request, and the bundle once more where a grant just named this kiosk's place. Last,
    boxes of an election whose final board came by now are emptied.
    `reference` is the aware time below which nothing expires. The day and the words are noted in the vault.
    """
    outcome = _Round(vault, keys, courier, today, program, reference, progress, take_delivery=take_delivery).make()
    vault.note_round(today, write_told(outcome.told))
    return outcome


class _Round:
    """The steps of one round over one vault."""

    def __init__(
        self,
        vault: Vault,
        keys: Keys,
        courier: Courier,
        today: date,
        program: str,
        reference: datetime,
        progress: Progress,
        *,
        take_delivery: bool,
    ) -> None:
        self._vault, self._keys, self._courier, self._program = vault, keys, courier, program
        self._today, self._reference, self._progress = today, reference, progress
        self._wants_delivery = take_delivery
        self._door, self._tally = VaultOutbox(vault), Tally()
        self._delivery: DeliveryNote | None = None
        self._said: list[Told] = []
        self._trouble: Told | None = None
        self._accept_at: datetime | None = None

    def make(self) -> RoundOutcome:
        """Go through the steps; a closed road ends them."""
        try:
            self._steps()
        except CourierError as road:
            self._trouble = told_of(road)
            self._tally.confirmed = False
        else:
            self._said += [TAKE_IT_OUT] if self._courier.road == "stick" else []
        outbox.empty_boxes(self._vault, lambda: shelf.open_shelf(self._vault, self._today).elections)
        self._progress(1.0, told("Done"))
        tally, trouble = self._tally, self._trouble or self._tally.trouble
        every = tuple(dict.fromkeys((*self._carried(), *self._said, *((trouble,) if trouble else ()))))
        return RoundOutcome(tally.sent, tally.received, self._delivery, trouble, every, self._accept_at)

    def _steps(self) -> None:
        self._progress(0.05, told("Looking for receipts"))
        keys, end = self._receipt_keys(), self._new_end()
        self._take_waiting(end)
        self._deliver()
        if self._receipt_keys() != keys:  # what lay ready could not be read before its keys came
            end = self._new_end()
            self._take_waiting(end)
            if self._tally.granted:
                self._deliver()
        granted = self._tally.granted
        self._progress(0.3, told("Making parcels ready"))
        mine = (self._keys.signing_key, self._keys.kiosk, self._today, self._program)
        outbox.hand_in_boxes(self._vault, *mine)
        outbox.number(self._vault, *mine)
        end.refresh(self._door.state())
        self._progress(0.4, told("Carrying parcels"))
        carry_all(end, self._door, self._courier, self._tally, self._progress)
        if self._tally.granted and not granted:
            self._say_place()
            self._deliver()
        self._courier.done()

    def _receipt_keys(self) -> tuple[bytes, ...]:
        return tuple(key.public for key in shelf.receipt_keys(self._vault))

    def _new_end(self) -> KioskEnd:
        keys = self._keys
        provider = _PROVIDERS.get((self._vault.setting("provider") or b"").decode(), Provider.KEYFILE)

        def write(state: KioskState, why: Why) -> bytes:
            return _request(state, self._door.asking_instance(), keys, self._program, why, provider)

        return KioskEnd(
            self._door.state(),
            seal.public_half(keys.signing_key),
            self._receipt_keys(),
            instance=self._door.asking_instance,
            hello=lambda state: hello(state, keys.signing_key),
            request=write,
        )

    def _take_waiting(self, end: KioskEnd) -> None:
        lying = Tally()
        for parcel in self._courier.waiting():
            tell = end.receive(parcel)
            obey(tell, end, self._door, lying)
            if isinstance(tell, AskEpoch | TellStaff):
                self._tally.trouble = lying.trouble
        self._tally.received += lying.received
        self._tally.granted |= lying.granted
        if lying.received:
            self._said.append(told("What central sent back was taken in."))
        if lying.granted:
            self._say_place()

    def _say_place(self) -> None:
        place = " ".join((self._vault.setting(name) or b"").decode() for name in ("establishment", "wing"))
        self._said.append(told("Central has taken this kiosk in, at {place}.", place=place))

    def _deliver(self) -> None:
        if not self._wants_delivery:
            return
        self._progress(0.2, told("Looking for new content"))
        establishment, wing = (
            (self._vault.setting(name) or b"").decode() or None for name in ("establishment", "wing")
        )
        try:
            bundle = fetch_delivery(
                self._courier, self._vault, self._reference, establishment, wing, kiosk=self._keys.kiosk
            )
            new = shelf.install(self._vault, bundle)
        except RevokedKioskError as revoked:
            self._trouble = told_of(revoked)
            self._keep_the_list(revoked.bundle)
        except NothingCarriedError as nothing:
            self._said.append(told_of(nothing))
        except ExpiredContentError as expired:
            self._trouble, self._accept_at = told_of(expired), expired.accept_at
        except (DeliveryError, CourierError) as refused:  # answers may pass where content does not
            self._trouble = told_of(refused)
        else:
            self._delivery = DeliveryNote(bundle.number, new)
            if establishment is not None and new:
                self._said.append(told("New content was installed: bundle {number}.", number=bundle.number))
            elif establishment is not None:
                self._said.append(
                    told("The content here is the newest that came: bundle {number}.", number=bundle.number)
                )

    def _keep_the_list(self, bundle: Bundle) -> None:
        """Install what says that this kiosk is out of service; where a ballot box is open, once it is closed."""
        try:
            shelf.install(self._vault, bundle)
        except shelf.OpenBoxError as refused:
            self._said.append(told_of(refused))

    def _carried(self) -> tuple[Told, ...]:
        """Say what was sent, in parcels."""
        tally = self._tally
        if not self._door.state().epoch:
            return (ASKED,)
        if not tally.sent:
            return () if tally.granted or tally.trouble or self._trouble else (NOTHING_READY,)
        return (parcels(tally.sent, self._courier.road, confirmed=tally.confirmed),)
