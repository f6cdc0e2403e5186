"""The PIN of staff, on shuffled digits."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Key, Look, Said


@dataclass(frozen=True, slots=True)
class PinView:
    """Dots for what was typed, ten shuffled digit keys, and a sentence when it was wrong."""

    look: Look
    title: Said
    dots: int
    keys: tuple[Key, ...]
    delete: Key
    enter: Said
    back: Said
    trouble: Said | None


class PinPresenter:
    """What a touch on the PIN pad means."""

    def touch_key(self, key: str) -> None: ...
    def touch_onward(self) -> None: ...
    def touch_back(self) -> None: ...
