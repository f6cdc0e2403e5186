"""The door to the staff page: each try is counted before it is looked at, and a wrong one makes everybody wait.

Rule 1: the count lies in the vault, so that a pulled plug gives no new tries; after a start one waits as before it.
Rule 2: a vault that takes nothing any more must not shut staff out: then it is counted in memory.
Rule 3: that the page was opened is told; never by whom.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.enrolment import is_pin
from kiosk.pin_lock import wait_s
from kiosk.presenters.doors import PinVerdict
from models.errors import VaultError
from models.vault import Vault


class StaffDoor:
    """One vault's door; `opened` is called each time it opens."""

    def __init__(self, vault: Vault, monotonic: Callable[[], float], opened: Callable[[], None]) -> None:
        self._vault, self._monotonic, self._opened = vault, monotonic, opened
        self._tries = int(vault.setting("tries") or b"0")
        self._may_try_at = monotonic() + wait_s(self._tries)

    def knock(self, digits: str) -> PinVerdict:
        """Return whether these digits open it, or how long to wait before the next try."""
        now = self._monotonic()
        if now < self._may_try_at:
            return PinVerdict(accepted=False, wait_s=int(self._may_try_at - now) + 1)
        self._count(self._tries + 1)
        if is_pin(self._vault, digits):
            self._count(0)
            self._opened()
            return PinVerdict(accepted=True, wait_s=0)
        self._may_try_at = now + wait_s(self._tries)
        return PinVerdict(accepted=False, wait_s=wait_s(self._tries))

    def _count(self, tries: int) -> None:
        self._tries = tries
        try:
            self._vault.put_settings({"tries": str(tries).encode()})
        except VaultError:
            return
