"""Are you still there? Stands over any screen before a turn is wiped."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Look, Said


@dataclass(frozen=True, slots=True)
class WarningView:
    """One question and two buttons; no countdown."""

    look: Look
    title: Said
    body: Said
    yes: Said
    stop: Said


class WarningPresenter:
    """What a touch on the warning means."""

    def touch_yes(self) -> None: ...
    def touch_stop(self) -> None: ...
