"""The kiosk's voice as presenters know it: whether words can be heard, who hears them, and how to ask for them.

Rule 1: where there is no sound nothing offers it: controls for it are absent, and every page works without.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.presenters.shown import Said


class Hearing(Protocol):
    """What the program gives a turn to be heard with; a touch stops whatever is being read."""

    @property
    def present(self) -> bool:
        """Return whether there is anything to play sound on."""

    def can_say(self, *words: Said) -> bool:
        """Return whether all these words can be heard here, in the language they are in."""

    def alone(self) -> bool:
        """Return whether nobody but the person at the screen hears: headphones are plugged in."""

    def listen(self) -> None:
        """Read the page that stands; stop, where the touch found it being read."""

    def speak(self, words: Said) -> None:
        """Say these words alone."""


class Deaf:
    """A kiosk without sound."""

    present = False

    def can_say(self, *words: Said) -> bool:  # noqa: ARG002 - interface
        """Return that nothing can."""
        return False

    def alone(self) -> bool:
        """Return that nothing is known of headphones."""
        return False

    def listen(self) -> None:
        """Stay silent."""

    def speak(self, words: Said) -> None:
        """Stay silent."""
