"""What the wiring gives to a turn: every door leads out of this room, and every one is safe to call while drawing.

Rule 1: the types of other rooms that stand on the database are described here by what is read of them.
Rule 2: nothing slow happens behind a door; what takes time comes back later through `then`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

from kiosk.presenters.booth_doors import BoothDoors
from kiosk.presenters.keyboard import Keyboard
from kiosk.presenters.shown import Direction, Said
from kiosk.sitting import Opened, Shelf
from models.clips import ClipKey
from models.comeback import Code, ComeBack, ReplyCode, Secret
from models.errors import WingVoiceError
from models.record import Record
from models.reply import Reply
from models.risk import RiskList
from sync.told import Told


@dataclass(frozen=True, slots=True)
class PinVerdict:
    """Whether the PIN was right, and after a wrong one how many seconds to wait before the next try."""

    accepted: bool
    wait_s: int


class Noted(NamedTuple):
    """A sentence for staff, and the day it was told; no finer time is kept."""

    day: date
    told: Told


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What the staff page may know: bands, numbers and sentences, never a person.

    `band` is one of "under 10", "10 to 49", "50 or more"; `bundle` is 0 before the first delivery; `last_round` is
    empty before the first round; `faults` are of the last weeks, one of each number, oldest first; `program` is its
    version.
    """

    band: str
    bundle: int
    last_round: tuple[Noted, ...]
    protection: Literal["keyfile", "pin", "tpm2"]
    test_keys: bool
    faults: tuple[Noted, ...] = ()
    program: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Docked:
    """What a round came to; `outdated`: content was refused as out of date, and staff may accept it once."""

    told: tuple[Told, ...]
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class KioskLanguage:
    """A language in which the kiosk itself can speak; `checked` is True once a native speaker has read its words."""

    tag: str
    name: str
    direction: Direction
    checked: bool


@dataclass(frozen=True, slots=True)
class Ears:
    """How this kiosk is heard: volume from 1 to 5, and whether headphones are plugged in; unknown counts as not."""

    volume: int = 4
    alone: bool = False


Alert = Literal["wing", "duty-governor"]
"""The queue that is told where and when, and nothing else: no words, no reason, no record."""


class Doors(Protocol):
    """The way out of the presenters; kiosk.wiring has the real one, tests/kiosk/doors.py one in memory."""

    def shelf(self) -> Shelf | None:
        """Return what is open today, or None before the first delivery."""

    @property
    def booth(self) -> BoothDoors:
        """Return the way to the ballot box."""

    def today(self) -> date:
        """Return the day at this place."""

    def seed(self) -> int:
        """Return a fresh chance number for one turn."""

    def new_comeback(self, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:
        """Draw a secret and derive from it for one questionnaire; `then` gets it, at once or off the slow work."""

    def same_comeback(self, secret: Secret, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:
        """Derive again from a secret that somebody brought; `then` as above."""

    def new_reply_code(self, then: Callable[[ReplyCode | WingVoiceError], None]) -> None:
        """Draw a code for a reply at this establishment; `then` as above."""

    def reply_to(self, code: Code, then: Callable[[Reply | WingVoiceError | None], None]) -> None:
        """Open the reply that a code leads to; `then` gets it, or None where the code is wrong or has no reply yet."""

    def shuffled_digits(self) -> str:
        """Return the ten digits in a fresh order."""

    def hand_in(self, record: Record, opened: Opened, then: Callable[[WingVoiceError | None], None]) -> None:
        """Seal and store off the screen's thread; `then` comes back on it, with the error if there was one."""

    def risk_lists(self) -> Sequence[RiskList]:
        """Return the words of risk that this kiosk has, whatever the language of the moment."""

    def alert(self, queue: Alert) -> None:
        """Tell a queue that somebody at this place may be in danger now; comes back at once, and never fails."""

    def pin(self, digits: str) -> PinVerdict:
        """Return whether these digits open the staff page."""

    def roads(self) -> tuple[str, ...]:
        """Return the roads to central that this kiosk has: "network", "stick", both or none."""

    def dock(
        self,
        road: str,
        progress: Callable[[float, Told], None],
        then: Callable[[Docked], None],
        *,
        outdated: bool = False,
    ) -> None:
        """Make one round off the screen's thread; `progress` gets 0.0 to 1.0 and a sentence, `then` the outcome.

        `outdated`: take the content that was just refused as out of date.
        """

    def service_facts(self) -> ServiceFacts:
        """Return what the staff page shows."""

    def note_fault(self, error: Exception) -> None:
        """Keep an error's number by day, for staff; safe whatever else is broken."""

    def keep_screen(self, mm_per_px: float, then: Callable[[WingVoiceError | None], None]) -> None:
        """Keep how large a pixel of this screen is; `then` comes back with the error if there was one."""

    def media(self, name: str) -> bytes | None:
        """Return a picture or sound of the bundle by its content name, `<hash>.<ending>`; None if it is not there."""

    def clip_ms(self, clip: ClipKey) -> int | None:
        """Return how long a clip of speech plays, in milliseconds; None where nobody gave it."""

    def forget(self) -> None:
        """Drop what was spoken for one person alone."""

    def clip(self, clip: ClipKey) -> bytes | None:
        """Return a clip of speech; None where it is not there, or not any more."""

    def ears(self) -> Ears:
        """Return how this kiosk is heard just now."""

    def languages(self) -> tuple[KioskLanguage, ...]:
        """Return the kiosk's own languages, in the order of assets/locale."""

    def say(self, context: str, msgid: str, tag: str, **facts: object) -> Said:
        """Return the kiosk's own sentence in a language, or in English where it has none."""

    def keyboard(self, tag: str) -> Keyboard:
        """Return the keyboard for a language, or the English one."""
