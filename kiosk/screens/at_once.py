"""One page for another, within one frame.

Rule 1: no frame shows two pages: Kivy's own way without a transition draws the new page over the old one once, and
        that frame would hold what the person before had chosen.
Rule 2: pages fill the window, so nothing cuts them out: Kivy's stencil paints the whole window twice more in every
        frame, and without a graphics card that is half the wait after a touch.
"""

from __future__ import annotations

from kivy.lang import Builder
from kivy.uix.screenmanager import NoTransition, ScreenManager


class AtOnce(NoTransition):
    """Takes the old page away before the new one is drawn."""

    def start(self, manager: ScreenManager) -> None:
        """Begin and end in the same breath."""
        super().start(manager)
        self.stop()


class Pages(ScreenManager):
    """Holds every page and shows one."""

    def __init__(self) -> None:
        super().__init__(transition=AtOnce())
        Builder.unbind_widget(self.uid)
        self.canvas.before.clear()
        self.canvas.after.clear()
