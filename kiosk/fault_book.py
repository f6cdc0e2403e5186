"""What went wrong on this kiosk, for staff: one line a number, by day only, in the vault.

Rule 1: a fault is its number, its sentence and the day it last came; never a time, never what somebody did.
Rule 2: it can always be noted: while the vault takes nothing it is kept in memory.
Rule 3: after a month it is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from threading import Lock
from typing import Final

from kiosk.presenters.doors import Noted
from models.errors import VaultError, WingVoiceError
from models.vault import Vault
from sync.told import Told, told_of

KEPT_FOR: Final = timedelta(days=31)


class FaultBook:
    """The faults of the last month; safe from any thread."""

    def __init__(self, vault: Vault, today: Callable[[], date]) -> None:
        self._vault, self._today = vault, today
        self._unwritten: dict[int, Noted] = {}
        self._turn = Lock()

    def note(self, fault: Told) -> None:
        """Keep it under today."""
        with self._turn:
            self._unwritten[fault.number] = Noted(self._today(), fault)
            try:
                kept = _spelled(self._standing())
                self._vault.put_settings({"faults": kept})
            except VaultError:
                return
            self._unwritten.clear()

    def read(self) -> tuple[Noted, ...]:
        """Return what is kept, oldest first; on one day by number."""
        with self._turn:
            return self._standing()

    def _standing(self) -> tuple[Noted, ...]:
        standing = {noted.told.number: noted for noted in _read(self._vault.setting("faults") or b"[]")}
        standing |= self._unwritten
        since = self._today() - KEPT_FOR
        recent = (noted for noted in standing.values() if noted.day >= since)
        return tuple(sorted(recent, key=lambda noted: (noted.day, noted.told.number)))


def fault_told(error: BaseException) -> Told:
    """Return what staff are told of an error; a mistake of our own is only known to be one."""
    return told_of(error if isinstance(error, WingVoiceError) else WingVoiceError())


def _spelled(noted: tuple[Noted, ...]) -> bytes:
    rows = [[one.day.isoformat(), one.told.sentence, dict(one.told.facts), one.told.number] for one in noted]
    return json.dumps(rows).encode()


def _read(kept: bytes) -> list[Noted]:
    return [
        Noted(date.fromisoformat(day), Told(sentence, tuple(facts.items()), number))
        for day, sentence, facts, number in json.loads(kept)
    ]
