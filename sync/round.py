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
from models.vault import Vault
from sync import outbox
from sync.batch import VERSION, Grant, Hello, Provider, Receipt, Request, Why, last_number, write_hello, write_request
from sync.courier import Courier, StickFullError
from sync.delivery import take_delivery as fetch_delivery
from sync.exchange import (
    AskEpoch,
    Event,
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
from sync.refusals import NothingCarriedError, RevokedKioskError

Progress: TypeAlias = Callable[[float, str], None]
"""Told the share done, 0 to 1, and what is being done."""

NOTHING_READY: Final = "Nothing is ready to leave yet. Answers wait until there are enough to travel together."
NOT_CONFIRMED: Final = "What was sent is not confirmed yet. Nothing is lost; the kiosk goes on trying."
ASKED: Final = (
    "Central was asked to take this kiosk in; that is not confirmed yet."
    " Read the kiosk's 24 digits to somebody at central."
)
_STAFF: Final = {
    Event.HELD: "Central takes no parcels from this kiosk just now. Answers are safe here. Please call support.",
    Event.VERSION: "Central must be updated first. Nothing is lost, and answers wait here.",
    Event.REFUSED_AGAIN: "Central could not use a parcel. Answers are safe here. Please call support.",
}
_ASKS: Final = {
    Why.RESTORED: "Central holds more than this kiosk remembers: it was put back from a copy.",
    Why.FORK: "Central and this kiosk disagree about what was sent before.",
    Why.CENTRAL_LOST: "Central has lost {lost} answers it had confirmed. Please call support.",
}
_PROVIDERS: Final = {"tpm2": Provider.TPM2, "pin": Provider.PIN, "keyfile": Provider.KEYFILE}


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """A bundle that was taken: its number, and whether it was new here."""

    number: int
    new: bool


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a round came to. `sent` and `received` count parcels; `trouble` is a sentence for staff, or None."""

    sent: int
    received: int
    delivery: DeliveryNote | None
    trouble: str | None
    words: str


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
    trouble: str | None = None


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
            progress(0.4 + 0.5 * min(1.0, tally.sent / max(1, due)), "Carrying parcels")
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
            tally.trouble, tally.confirmed = _ASKS[why].format(lost=lost), False
        case TellStaff(event, receipt):
            door.settle(receipt)
            tally.trouble, tally.confirmed, goes_on = _STAFF[event], False, False
        case Wait(_, event, maybe):
            if maybe is not None:
                door.settle(maybe)
            tally.confirmed, goes_on = False, False
            tally.trouble = tally.trouble or _STAFF.get(event, NOT_CONFIRMED)
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
    progress: Progress = lambda _share, _words: None,
    *,
    take_delivery: bool = True,
) -> RoundOutcome:
    """Make one round by one road and return what it came to; CourierError and DeliveryError become its words.

    In order: receipts and grants that lie ready, the bundle (keys come with it), numbering where the rule allows it,
    batches, else a hello or a request, and the bundle once more where a grant just named this kiosk's place.
    `reference` is the aware time below which nothing expires. The day and the words are noted in the vault.
    """
    outcome = _Round(vault, keys, courier, today, program, reference, progress, take_delivery=take_delivery).make()
    vault.note_round(today, outcome.words)
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
        self._said: list[str] = []
        self._trouble: str | None = None

    def make(self) -> RoundOutcome:
        """Go through the steps; a closed road ends them."""
        try:
            self._steps()
        except CourierError as road:
            self._trouble = str(road)
            self._tally.confirmed = False
        self._progress(1.0, "Done")
        tally, trouble = self._tally, self._trouble or self._tally.trouble
        words = " ".join(dict.fromkeys((*self._carried(), *self._said, *((trouble,) if trouble else ()))))
        return RoundOutcome(tally.sent, tally.received, self._delivery, trouble, words)

    def _steps(self) -> None:
        self._progress(0.05, "Looking for receipts")
        keys, end = self._receipt_keys(), self._new_end()
        self._take_waiting(end)
        self._deliver()
        if self._receipt_keys() != keys:  # what lay ready could not be read before its keys came
            end = self._new_end()
            self._take_waiting(end)
            if self._tally.granted:
                self._deliver()
        granted = self._tally.granted
        self._progress(0.3, "Making parcels ready")
        outbox.number(self._vault, self._keys.signing_key, self._keys.kiosk, self._today, self._program)
        end.refresh(self._door.state())
        self._progress(0.4, "Carrying parcels")
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
            self._said.append("What central sent back was taken in.")
        if lying.granted:
            self._say_place()

    def _say_place(self) -> None:
        place = " ".join((self._vault.setting(name) or b"").decode() for name in ("establishment", "wing"))
        self._said.append(f"Central has taken this kiosk in, at {place}.")

    def _deliver(self) -> None:
        if not self._wants_delivery:
            return
        self._progress(0.2, "Looking for new content")
        establishment, wing = (
            (self._vault.setting(name) or b"").decode() or None for name in ("establishment", "wing")
        )
        try:
            bundle = fetch_delivery(
                self._courier, self._vault, self._reference, establishment, wing, kiosk=self._keys.kiosk
            )
            new = shelf.install(self._vault, bundle)
        except RevokedKioskError as revoked:
            shelf.install(self._vault, revoked.bundle)
            self._trouble = str(revoked)
        except NothingCarriedError as nothing:
            self._said.append(str(nothing))
        except DeliveryError as refused:
            self._trouble = str(refused)
        except CourierError as road:  # answers may pass where content does not
            self._trouble = str(road)
        else:
            self._delivery = DeliveryNote(bundle.number, new)
            if establishment is not None and new:
                self._said.append(f"New content was installed: bundle {bundle.number}.")
            elif establishment is not None:
                self._said.append(f"The content here is the newest that came: bundle {bundle.number}.")

    def _carried(self) -> tuple[str, ...]:
        """Say what was sent, in parcels."""
        tally = self._tally
        if not self._door.state().epoch:
            return (ASKED,)
        if not tally.sent:
            return () if tally.granted or tally.trouble or self._trouble else (NOTHING_READY,)
        parcels = "1 parcel" if tally.sent == 1 else f"{tally.sent} parcels"
        if tally.confirmed:
            return (f"Sent {parcels}, and central has confirmed.",)
        if self._courier.road == "stick":
            return (f"{parcels} on the stick: bring it to central. Not confirmed yet; nothing is lost.",)
        return (f"Sent {parcels}.",)  # the trouble that follows says that they are not confirmed yet
