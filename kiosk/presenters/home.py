"""Home: what there is to do here; at most six tiles, absent if nothing is open."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said, Tile


@dataclass(frozen=True, slots=True)
class HomeView:
    """Keys of the tiles: take-part, suggest, board, thank."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]


class HomePresenter:
    """What a touch on Home means."""

    def touch_tile(self, key: str) -> None: ...
