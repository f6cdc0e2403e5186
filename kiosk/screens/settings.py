"""What may be set for this turn: a row a setting, its name at the starting side, its tiles after it.

Rule 1: rows and tiles keep their places; what is chosen has fill, a thick line and a tick.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.bigger import Setting
from kiosk.presenters.shown import Bars
from kiosk.screens import theme
from kiosk.screens.controls import Control
from kiosk.screens.parts import Part, Picture
from kiosk.screens.theme import px
from kiosk.screens.tiles import TileGrid
from kiosk.screens.words import Words

MOST_SETTINGS: Final = 4
NAME_SHARE: Final = 0.32  # of the width
NAME_SHARES_LOW: Final = (0.29, 0.26, 0.23, 0.2)  # on a low screen: the largest that leaves the tiles their room
ICON, SMALL_ICON = 8.0, 7.0
TALLEST: Final = 20.0
NARROW: Final = 100.0  # mm; a narrower page has the name above its tiles
ROW_LOW, NAME_LOW, NAME_GAP = 15.0, 8.2, 0.1
HEAD_MM, MOST_HEAD = 12.0, 24.0
LANGUAGE_MM: Final = 48.0
LOW_GAP, NARROW_GAP = 1.5, 0.4


class SettingRow(Part):
    """One setting. `on_tile` gives the key of the tile that was touched."""

    personal = ("setting",)

    setting = ObjectProperty(None, allownone=True)
    share = NumericProperty(NAME_SHARE)
    tiles_px = NumericProperty(0)  # of the words of its tiles, so that all rows have one size
    __events__ = ("on_tile",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.picture, self.words = Picture(), Words(role="body", strong=True)
        self.grid = TileGrid(one_row=True)
        for part in (self.picture, self.words, self.grid):
            self.add_widget(part)
        self.grid.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
        self.bind(setting=self.again, tiles_px=self.again)

    def on_tile(self, key: str) -> None:
        """This tile was touched."""

    def on_setting(self, _part: object, setting: Setting | None) -> None:
        """An empty place is absent."""
        self.absent = setting is None
        self.words.said = None if setting is None else setting.name

    def arrange(self) -> None:
        """Icon and name, then the tiles; below them where the page is narrow."""
        if self.setting is None or self.width < 1:
            return
        self.picture.name, self.grid.tiles, self.grid.at_most = self.setting.picture, self.setting.tiles, self.tiles_px
        self.picture.absent = False
        if self.width < px(NARROW):
            icon, name = px(SMALL_ICON), px(NAME_LOW)
            tall = max(px(ROW_LOW), self.height - name - px(NAME_GAP))
            foot = tall + px(NAME_GAP)
            name = self.height - foot
            self.put(self.picture, 0, foot + (name - icon) / 2, icon, icon)
            self.put(self.words, icon + px(2), foot, self.width - icon - px(2), name)
            self.put(self.grid, 0, 0, self.width, tall)
        else:
            icon = px(ICON)
            names = round(self.width * self.share)
            start = icon + px(1.6)
            if not self._name_fits(names - start - px(1)):
                start = 0  # the words come first
                self._name_fits(names - px(1))
            self.picture.absent = not start
            if start:
                self.put(self.picture, 0, (self.height - icon) / 2, icon, icon)
            self.put(self.words, start, 0, names - start - px(1), self.height)
            self.put(self.grid, names, 0, self.width - names, self.height)
        self.grid.again()

    def _name_fits(self, room: float) -> bool:
        """Whether the name has room beside its tiles: bold, or else not bold and narrower."""
        for strong in (True, False):
            self.words.strong = strong
            if self.words.fits(room, self.height):
                return True
        return False


class SettingList(Part):
    """The title, up to four settings, and on a small screen Language, which has no place in its bars."""

    personal = ("title", "bars", "settings")

    title = ObjectProperty(None, allownone=True)
    bars = ObjectProperty(Bars())
    settings = ObjectProperty(())
    __events__ = ("on_tile", "on_language")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.language = Words(role="question"), Control(name="language", icon="language")
        self.add_widget(self.head)
        self.add_widget(self.language)
        self.language.bind(on_touched=lambda _: self.dispatch("on_language"))
        self.pool = [SettingRow() for _ in range(MOST_SETTINGS)]
        for row in self.pool:
            row.bind(on_tile=lambda _, key: self.dispatch("on_tile", key))
            self.add_widget(row)
        for name in ("title", "bars", "settings"):
            self.fbind(name, self.again)

    def on_tile(self, key: str) -> None:
        """This tile was touched."""

    def on_language(self) -> None:
        """Language was touched."""

    def arrange(self) -> None:
        """Bind the rows and place them from the head; four always fit, fewer are no taller."""
        if self.title is None or self.width < 1:
            return
        gap, small = px(theme.GAP), theme.MEASURE.small
        self.head.said, self.language.said = self.title, self.bars.language if small else None
        beside = min(px(LANGUAGE_MM), self.language.compact_px()) if self.language.said is not None else 0
        room = self.width - (beside + gap if beside else 0)
        tall = max(
            px(theme.BAR if beside else HEAD_MM),
            min(self.head.wants_px(room), max(px(theme.BAR), self.head.least_px(room)) if small else px(MOST_HEAD)),
        )
        self.put(self.head, 0, self.height - tall, room, tall)
        if beside:
            self.put(self.language, self.width - beside, self.height - tall, beside, tall)
        narrow = self.width < px(NARROW)  # names between the tiles keep them apart
        under = self.height - tall - px(NARROW_GAP if narrow else LOW_GAP)
        between = px(NARROW_GAP if narrow else LOW_GAP if small else theme.GAP)
        tallest = TALLEST + (NAME_LOW if narrow else 0)
        height = min((under - between * (MOST_SETTINGS - 1)) / MOST_SETTINGS, px(tallest * self.look.scale / 100))
        for place, row in enumerate(self.pool):
            row.setting = self.settings[place] if place < len(self.settings) else None
            if row.setting is not None:
                self.put(row, 0, under - (place + 1) * height - place * between, self.width, height)
        self._even([row for row in self.pool if row.setting is not None])

    @staticmethod
    def _even(rows: list[SettingRow]) -> None:
        """Give all names one size of type, and all tiles one."""
        shares = NAME_SHARES_LOW if theme.MEASURE.shape == "rail" else (NAME_SHARE,)
        for share in shares:
            for row in rows:
                row.share, row.words.at_most, row.tiles_px = share, 0, 0
                row.arrange()
                row.grid.arrange()
            if all(row.grid.fits() for row in rows):
                break
        names = min((row.words.best_size(*row.words.size) for row in rows), default=0)
        tiles = min((row.grid.even_px() for row in rows), default=0)
        for row in rows:
            row.words.at_most, row.tiles_px = names, tiles
            row.arrange()
