"""Who can help: people and places of this wing, from every screen."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said, Tile


@dataclass(frozen=True, slots=True)
class HelpView:
    """Up to four helpers a page; `small` says how to reach them."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[Tile, ...]
    more: Said | None


class HelpPresenter:
    """What a touch on the list of helpers means."""

    def touch_tile(self, key: str) -> None: ...
    def touch_more(self) -> None: ...
