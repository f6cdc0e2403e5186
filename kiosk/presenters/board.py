"""The noticeboard: news and answers, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said, Tile


@dataclass(frozen=True, slots=True)
class BoardView:
    """Up to four notices a page; the key of a tile is the notice's id, `small` its kind."""

    look: Look
    bars: Bars
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None


class BoardPresenter:
    """What a touch on the noticeboard means."""

    def touch_tile(self, key: str) -> None: ...
    def touch_more(self) -> None: ...
