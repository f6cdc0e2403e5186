"""The screens of the program: each is built once and used for every turn.

Rule 1: a screen is built when it is first asked for; the others follow one a frame while nobody waits, so that the
        first page is there soon and no later touch pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kivy.uix.screenmanager import ScreenManager

from kiosk.presenters.touching import Presenter
from kiosk.screens.shown import ShownScreen


class Screens(dict[str, ShownScreen]):
    """Those that stand, by name; asking for another one builds it."""

    def __init__(
        self, kinds: Mapping[str, type[ShownScreen]], manager: ScreenManager, monotonic: Callable[[], float]
    ) -> None:
        """Take the class of each name, what shows one of them, and a clock in seconds."""
        super().__init__()
        self._kinds, self._manager, self._monotonic = kinds, manager, monotonic
        self._presenters: Mapping[str, Presenter] = {}

    def __missing__(self, name: str) -> ShownScreen:
        screen = self._kinds[name](name=name, monotonic=self._monotonic, presenter=self._presenters.get(name))
        self[name] = screen
        self._manager.add_widget(screen)
        return screen

    def serve(self, presenters: Mapping[str, Presenter]) -> None:
        """Let these presenters know what is touched from now on."""
        self._presenters = presenters
        for name, screen in self.items():
            screen.presenter = presenters[name]

    def build_next(self) -> bool:
        """Build one that is missing; return whether there is another."""
        missing = [name for name in self._kinds if name not in self]
        if missing:
            self.__missing__(missing[0])
        return len(missing) > 1
