"""What may be set for this turn: a row a setting, its name at the starting side, its tiles after it.

Rule 1: rows and tiles keep their places; what is chosen has fill, a thick line and a tick.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.presenters.bigger import Setting
from kiosk.screens import theme
from kiosk.screens.parts import Part, Picture
from kiosk.screens.theme import px
from kiosk.screens.tiles import TileGrid
from kiosk.screens.words import Words

MOST_SETTINGS: Final = 4
NAME_SHARE: Final = 0.28
ICON: Final = 9.0
TALLEST: Final = 20.0


class SettingRow(Part):
    """One setting. `on_tile` gives the key of the tile that was touched."""

    setting = ObjectProperty(None, allownone=True)
    __events__ = ("on_tile",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.picture, self.words = Picture(), Words(role="body", strong=True)
        self.grid = TileGrid(one_row=True)
        for part in (self.picture, self.words, self.grid):
            self.add_widget(part)
        self.grid.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
        self.bind(setting=self.again)

    def on_tile(self, key: str) -> None:
        """This tile was touched."""

    def on_setting(self, _part: object, setting: Setting | None) -> None:
        """An empty place is absent."""
        self.absent = setting is None
        self.words.said = None if setting is None else setting.name

    def arrange(self) -> None:
        """Icon and name, then the tiles."""
        if self.setting is None or self.width < 1:
            return
        icon, gap = px(ICON), px(theme.GAP)
        names = round(self.width * NAME_SHARE)
        self.picture.name = self.setting.picture
        self.put(self.picture, 0, (self.height - icon) / 2, icon, icon)
        self.put(self.words, icon + gap, 0, names - icon - 2 * gap, self.height)
        self.grid.tiles = self.setting.tiles
        self.put(self.grid, names, 0, self.width - names, self.height)
        self.grid.again()


class SettingList(Part):
    """Up to four settings."""

    settings = ObjectProperty(())
    __events__ = ("on_tile",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [SettingRow() for _ in range(MOST_SETTINGS)]
        for row in self.pool:
            row.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
            self.add_widget(row)
        self.bind(settings=self.again)

    def on_tile(self, key: str) -> None:
        """This tile was touched."""

    def arrange(self) -> None:
        """Bind the rows and place them from the head; four always fit, fewer are no taller."""
        gap = px(theme.GAP)
        height = min((self.height - gap * (MOST_SETTINGS - 1)) / MOST_SETTINGS, px(TALLEST))
        for place, row in enumerate(self.pool):
            row.setting = self.settings[place] if place < len(self.settings) else None
            if row.setting is not None:
                self.put(row, 0, self.height - (place + 1) * height - place * gap, self.width, height)
                row.again()
