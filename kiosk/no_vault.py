"""The doors of a kiosk whose vault does not open.

Rule 1: words, and nothing behind any door; whoever comes is told to call staff.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kiosk.enrolled import WALL_CLOCK, version
from kiosk.presenters.booth_doors import BoothDoors, NoBooth
from kiosk.presenters.doors import Alert, Docked, Ears, PinVerdict, ServiceFacts
from kiosk.shipped import Speaking
from kiosk.sitting import Opened
from kiosk.sitting import Shelf as OnShelf
from models.clips import ClipKey
from models.comeback import Code, ComeBack, ReplyCode, Secret
from models.errors import VaultError, WingVoiceError
from models.record import Record
from models.reply import Reply
from sync.told import Told, told_of


class NoVaultDoors(Speaking):
    """The doors of a kiosk whose vault does not open: words, and nothing behind any door."""

    def __init__(self) -> None:
        super().__init__()
        self.booth: BoothDoors = NoBooth()

    def shelf(self) -> OnShelf | None:
        """Return None: nothing can be read."""
        return None

    def today(self) -> date:
        """Return the day."""
        return WALL_CLOCK.today()

    def seed(self) -> int:
        """Return nothing of chance: no turn begins here."""
        return 0

    def new_comeback(self, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:  # noqa: ARG002 - interface
        """Refuse: no turn begins here."""
        then(VaultError())

    def same_comeback(self, secret: Secret, form: bytes, then: Callable[[ComeBack | WingVoiceError], None]) -> None:  # noqa: ARG002 - interface
        """Refuse: no turn begins here."""
        then(VaultError())

    def new_reply_code(self, then: Callable[[ReplyCode | WingVoiceError], None]) -> None:
        """Refuse: no turn begins here."""
        then(VaultError())

    def reply_to(self, code: Code, then: Callable[[Reply | WingVoiceError | None], None]) -> None:  # noqa: ARG002 - interface
        """Refuse: replies are in the vault."""
        then(VaultError())

    def shuffled_digits(self) -> str:
        """Return the digits as they are: no PIN can be tried here."""
        return "0123456789"

    def alert(self, queue: Alert) -> None:
        """Tell nobody: nothing is handed in here."""

    def hand_in(self, record: Record, opened: Opened, then: Callable[[WingVoiceError | None], None]) -> None:  # noqa: ARG002 - interface
        """Refuse: there is no vault."""
        then(VaultError())

    def media(self, name: str) -> bytes | None:  # noqa: ARG002 - interface
        """Return None: the files are in the vault."""
        return None

    def forget(self) -> None:
        """Nothing was spoken for anybody."""

    def clip_ms(self, clip: ClipKey) -> int | None:  # noqa: ARG002 - interface
        """Return None: a kiosk that cannot be used is silent."""
        return None

    def clip(self, clip: ClipKey) -> bytes | None:  # noqa: ARG002 - interface
        """Return None."""
        return None

    def ears(self) -> Ears:
        """Return what is so without settings."""
        return Ears()

    def pin(self, digits: str) -> PinVerdict:  # noqa: ARG002 - interface
        """Refuse: the PIN is in the vault."""
        return PinVerdict(accepted=False, wait_s=0)

    def roads(self) -> tuple[str, ...]:
        """Return none."""
        return ()

    def dock(
        self,
        road: str,  # noqa: ARG002 - interface
        progress: Callable[[float, Told], None],  # noqa: ARG002 - interface
        then: Callable[[Docked], None],
        *,
        outdated: bool = False,  # noqa: ARG002 - interface
    ) -> None:
        """Refuse in words."""
        then(Docked((told_of(VaultError()),)))

    def service_facts(self) -> ServiceFacts:
        """Return what can be said without a vault."""
        return ServiceFacts("under 10", 0, (), "keyfile", test_keys=True, program=version())

    def note_fault(self, error: Exception) -> None:
        """Forget it: there is nowhere to keep it."""

    def keep_screen(self, mm_per_px: float, then: Callable[[WingVoiceError | None], None]) -> None:  # noqa: ARG002 - interface
        """Refuse."""
        then(VaultError())
