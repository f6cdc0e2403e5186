"""What a round came to, in sentences for staff.

Rule 1: nothing here says "failed" of a missing receipt, only "not confirmed yet".
Rule 2: parcels are counted, never answers; one parcel has a sentence of its own, so that each language counts rightly.
Rule 3: a sentence is written where it is told, so that the kiosk's catalogues can be held against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sync.batch import Why
from sync.exchange import Event
from sync.told import Told, in_english, told

NOTHING_READY: Final = told("Nothing is ready to leave yet. Answers wait until there are enough to travel together.")
NOT_CONFIRMED: Final = told("What was sent is not confirmed yet. Nothing is lost; the kiosk goes on trying.")
ASKED: Final = told(
    "Central was asked to take this kiosk in; that is not confirmed yet."
    " Read the kiosk's 24 digits to somebody at central."
)
TAKE_IT_OUT: Final = told("You can take the stick out.")
FROM_CENTRAL: Final[Mapping[Event, Told]] = {
    Event.HELD: told("Central takes no parcels from this kiosk just now. Answers are safe here. Please call support."),
    Event.VERSION: told("Central must be updated first. Nothing is lost, and answers wait here."),
    Event.REFUSED_AGAIN: told("Central could not use a parcel. Answers are safe here. Please call support."),
}


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """A bundle that was taken: its number, and whether it was new here."""

    number: int
    new: bool


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a round came to. `sent` and `received` count parcels; `told` are its sentences, in order.

    `hindrance` is the one of them that says what went wrong, or None. `accept_at` is an aware time at which content
    that was refused as out of date was still good: staff may make the round once more as of then.
    """

    sent: int
    received: int
    delivery: DeliveryNote | None
    hindrance: Told | None
    told: tuple[Told, ...]
    accept_at: datetime | None = None

    @property
    def trouble(self) -> str | None:
        """Return what went wrong, in English."""
        return None if self.hindrance is None else str(self.hindrance)

    @property
    def words(self) -> str:
        """Return all of it, in English."""
        return in_english(self.told)


def asks(why: Why, lost: int) -> Told:
    """Return why this kiosk must ask to be known anew; `lost` counts what central had confirmed and has no more."""
    if why is Why.CENTRAL_LOST:
        return told("Central has lost answers it had confirmed: {lost}. Please call support.", lost=lost)
    if why is Why.FORK:
        return told("Central and this kiosk do not agree on what was sent before.")
    return told("Central holds more than this kiosk knows. It was put back from a copy.")


def parcels(sent: int, road: Literal["network", "stick"], *, confirmed: bool) -> Told:
    """Return what became of one or more parcels; on the network, what hinders a confirmation is told after it."""
    if confirmed and sent == 1:
        return told("Sent 1 parcel, and central has confirmed.")
    if confirmed:
        return told("Parcels sent: {count}. Central has confirmed them all.", count=sent)
    if road == "stick" and sent == 1:
        return told("1 parcel on the stick: bring it to central. Not confirmed yet; nothing is lost.")
    if road == "stick":
        return told(
            "Parcels on the stick: {count}. Bring them to central. Not confirmed yet; nothing is lost.", count=sent
        )
    return told("Parcels sent: {count}.", count=sent)


def content(note: DeliveryNote) -> Told:
    """Return which bundle there is now."""
    if note.new:
        return told("New content was installed: bundle {number}.", number=note.number)
    return told("The content here is the newest that came: bundle {number}.", number=note.number)
