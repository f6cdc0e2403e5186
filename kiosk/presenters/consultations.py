"""What is open: one tile a consultation, with its minutes; nothing shows what anybody did before."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said, Tile


@dataclass(frozen=True, slots=True)
class ConsultationsView:
    """Up to five tiles a page; the key of a tile is the consultation's id, `small` its minutes."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None


class ConsultationsPresenter:
    """What a touch on the list means."""

    def touch_tile(self, key: str) -> None: ...
    def touch_more(self) -> None: ...
