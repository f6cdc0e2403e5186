"""An enrolled kiosk with its keys and its vault open: what it hands in, which roads it has, and one round by each.

Rule 1: no screen and no thread; whoever holds it says when. One process holds it at a time.
Rule 2: what comes to be handed in is sealed here, to a key that this kiosk does not have.
Rule 3: nothing that a resident does is logged, counted or timed here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from kiosk.home import Home, default_keyfile
from models import comeback, seal
from models.comeback import ComeBack, ReplyCode, Secret
from models.errors import VaultError
from models.keyring import Keyfile, Keys, Pin, Provider, Tpm2, open_keys, provider_word
from models.record import Record
from models.shelf import Shelf, open_shelf
from models.vault import Vault, open_vault
from sync import outbox
from sync.account import RoundOutcome
from sync.batch import request_body
from sync.courier import Courier
from sync.courier_stick import StickCourier
from sync.numbering import STEP_S
from sync.round import Progress, make_round, request

PROGRAM: Final = "0.1.0"
BUILT: Final = datetime(2026, 11, 22, tzinfo=UTC)
"""No signed time before this program was built is believed."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where days and seconds come from; the demo and the tests move it on."""

    today: Callable[[], date]
    monotonic: Callable[[], float]


WALL_CLOCK: Final = Clock(today=lambda: datetime.now(UTC).astimezone().date(), monotonic=time.monotonic)


def version() -> tuple[int, int, int]:
    """Return the program's version in its three numbers."""
    major, minor, patch = (int(number) for number in PROGRAM.split("."))
    return major, minor, patch


def provider_for(home: Home, digits: str | None = None) -> Provider:
    """Return what unlocks this home's keys; `digits` where a PIN does."""
    match provider_word(home.keys):
        case "keyfile":
            return Keyfile(home.keyfile or default_keyfile(home.folder))
        case "pin":
            return Pin(digits or "")
        case "tpm2":
            return Tpm2()


class Kiosk:
    """An enrolled kiosk with its vault open; `close` it. One process at a time."""

    def __init__(self, home: Home, provider: Provider, clock: Clock = WALL_CLOCK) -> None:
        """Open keys and vault; raises the VaultError that says what is wrong, and changes nothing then."""
        self.home, self.clock = home, clock
        self.keys: Keys = open_keys(home.keys, provider)
        self.vault: Vault = open_vault(home.vault, self.keys.vault_key)
        self.protection = provider.word
        self._covered_at, self._covering = clock.monotonic(), Lock()

    def close(self) -> None:
        """Close the vault."""
        self.vault.close()

    def roads(self) -> tuple[str, ...]:
        """Return the roads that are there now; a stick counts once its folder is there."""
        stick = self.home.stick is not None and self.home.stick.is_dir()
        return (*(("network",) if self.home.central else ()), *(("stick",) if stick else ()))

    def courier(self, road: str, stick: Path | None = None) -> Courier:
        """Return a courier for a road; a VaultError names what is not set."""
        if road == "network" and self.home.central:
            from sync.courier_network import (
                NetworkCourier,
            )  # what speaks HTTP is slow to load, and not every wing has it

            return NetworkCourier(self.home.central, self.keys.kiosk)
        folder = stick or self.home.stick
        if road == "stick" and folder is not None:
            return StickCourier(folder, self.keys.kiosk)
        raise VaultError

    def cover(self) -> None:
        """Make the cover write that is due, counting the five-minute steps gone by since the last."""
        with self._covering:
            steps = int((self.clock.monotonic() - self._covered_at) // STEP_S)
            self._covered_at += steps * STEP_S
            outbox.cover_write(self.vault, steps)

    def hand_in(self, record: Record, campaign_public: bytes) -> None:
        """Seal a record and keep it; it is on the disk when this returns."""
        outbox.hand_in(self.vault, seal.seal_record(record, campaign_public), self.clock.today())

    @staticmethod
    def come_back(secret: Secret, form: bytes) -> ComeBack:
        """Return what a secret gives for a questionnaire, after a quarter of a second; nothing of it is kept."""
        link, seed = seal.link_and_seed(secret.spelled, form)
        return ComeBack(secret, link.hex(), seed)

    def new_reply_code(self) -> ReplyCode:
        """Return a fresh code for a reply at this establishment, after a quarter of a second; nothing of it is kept."""
        establishment, secret = self.shelf().establishment, comeback.drawn_for_a_reply(seal.random_bytes(16))
        _, public = seal.reply_pair(secret.spelled, establishment)
        return ReplyCode(comeback.written_for_a_reply(secret, establishment), public.hex())

    def digits(self) -> str:
        """Return the 24 digits of the request that this kiosk makes until it is granted a place."""
        return seal.fingerprint(request_body(request(self.vault, self.keys, PROGRAM)))

    def dock(
        self, road: str, stick: Path | None = None, progress: Progress = lambda _share, _told: None
    ) -> RoundOutcome:
        """Make one round by a road."""
        return self.round(self.courier(road, stick), progress)

    def round(self, courier: Courier, progress: Progress, as_of: datetime | None = None) -> RoundOutcome:
        """Make one round by a courier; `as_of` takes content that was still good then, where staff accept it."""
        self.cover()
        floor = max(BUILT, datetime.fromtimestamp(outbox.time_floor(self.vault), UTC))
        return make_round(self.vault, self.keys, courier, self.clock.today(), PROGRAM, as_of or floor, progress)

    def shelf(self) -> Shelf:
        """Return what is open today."""
        return open_shelf(self.vault, self.clock.today())
