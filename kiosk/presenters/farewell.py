"""Farewell: thanks, who reads it, when the answer comes; nothing of the answers is left."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said


@dataclass(frozen=True, slots=True)
class FarewellView:
    """Sentences one below the other, and two buttons."""

    look: Look
    bars: Bars
    title: Said
    body: tuple[Said, ...]
    home: Said
    finish: Said


class FarewellPresenter:
    """What a touch on the farewell means."""

    def touch_home(self) -> None: ...
    def touch_finish(self) -> None: ...
