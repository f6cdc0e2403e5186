"""Welcome: the languages, each in its own name; the way into a turn."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Look, Said, Tile


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """Up to six languages a page; the key of a tile is the language's tag, `small` marks an unchecked one."""

    look: Look
    title: Said
    tiles: tuple[Tile, ...]
    more: Said | None


class WelcomePresenter:
    """What a touch on Welcome means."""

    def touch_tile(self, key: str) -> None: ...
    def touch_more(self) -> None: ...
    def touch_logo_held(self) -> None: ...
