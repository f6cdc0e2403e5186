"""Between two parts: the first is handed in; go on, or leave."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said


@dataclass(frozen=True, slots=True)
class BetweenView:
    """One thank you and two buttons."""

    look: Look
    bars: Bars
    title: Said
    body: Said
    go_on: Said
    leave: Said


class BetweenPresenter:
    """What a touch between two parts means."""

    def touch_go_on(self) -> None: ...
    def touch_leave(self) -> None: ...
