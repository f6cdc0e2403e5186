"""Out of service: a plain sentence, what still works, and a number for staff."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Look, Said


@dataclass(frozen=True, slots=True)
class OutOfServiceView:
    """Nothing to touch but the logo, held."""

    look: Look
    title: Said
    body: tuple[Said, ...]
    number: str


class OutOfServicePresenter:
    """What a held logo means when the kiosk cannot be used."""

    def touch_logo_held(self) -> None: ...
