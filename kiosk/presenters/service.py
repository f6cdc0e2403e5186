"""The staff page: facts in words, and the dock."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Look, Said, Tile


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is about, and how it stands; amber asks for attention, with its word and a triangle."""

    label: Said
    value: Said
    amber: bool


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Facts, roads to central (keys dock-network, dock-stick), and how the round goes; progress is 0.0 to 1.0."""

    look: Look
    title: Said
    facts: tuple[Fact, ...]
    roads: tuple[Tile, ...]
    progress: float | None
    progress_words: Said | None
    outcome: Said | None
    back: Said | None


class ServicePresenter:
    """What a touch on the staff page means."""

    def touch_tile(self, key: str) -> None: ...
    def touch_back(self) -> None: ...
