"""What can be touched on a question, as events: the kv of the question screen hands each to its presenter.

Rule 1: an event says what was touched and decides nothing.
"""

from __future__ import annotations

from kiosk.screens.parts import Part


class Touches(Part):
    """A part that tells of every touch on a question and its answer."""

    __events__ = (
        *(
            "on_tile",
            "on_ear",
            "on_more",
            "on_step",
            "on_key",
            "on_shown",
            "on_take_back",
            "on_tell_more",
            "on_enlarge",
        ),
        *("on_line", "on_add", "on_take_away", "on_gone", "on_keep"),
    )

    def on_tile(self, key: str) -> None:
        """The choice of this key was touched."""

    def on_ear(self, key: str) -> None:
        """The ear beside the choice of this key was touched."""

    def on_more(self) -> None:
        """More was touched."""

    def on_step(self, index: int) -> None:
        """This step was touched."""

    def on_key(self, key: str) -> None:
        """This key was touched."""

    def on_shown(self) -> None:
        """What the wheels show was touched."""

    def on_take_back(self) -> None:
        """The last place shall be taken back."""

    def on_tell_more(self) -> None:
        """More shall be told."""

    def on_enlarge(self) -> None:
        """The picture was touched."""

    def on_line(self, key: str) -> None:
        """This instance was touched."""

    def on_add(self) -> None:
        """One more instance."""

    def on_take_away(self, key: str) -> None:
        """This instance shall go."""

    def on_gone(self) -> None:
        """Yes, it goes."""

    def on_keep(self) -> None:
        """No, it stays."""
