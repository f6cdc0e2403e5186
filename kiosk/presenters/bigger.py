"""How the page stands and sounds: size of words, colours, hand, loudness. All of it is for this turn only.

Rule 1: every touch acts at once and shows what it did; answers and what is typed stay as they are.
Rule 2: what cannot be heard here has no loudness.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import Bigger
from kiosk.presenters.shown import Bars, Look, Said, Scale, Theme, Tile, digits
from kiosk.presenters.touching import Barred
from kiosk.sitting import Sitting

LOUDEST: Final = 5
SCALES: Final[tuple[Scale, ...]] = (100, 125, 150)
THEMES: Final[tuple[Theme, ...]] = ("light", "contrast")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be chosen, and its tiles in order; `picture` names its icon."""

    name: Said
    picture: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class BiggerView:
    """Keys of the tiles: size-100 to size-150, light, contrast, right, left, volume-1 to volume-5."""

    look: Look
    bars: Bars
    title: Said
    settings: tuple[Setting, ...]


class BiggerPresenter(Barred):
    """What a touch on the panel means."""

    kind = Bigger

    def view(self) -> BiggerView:
        """Return what may be chosen, and what is chosen."""
        self.place(Bigger)
        settings = [self._sizes(), self._colours(), self._hands()]
        if self.listen_words() is not None:
            settings.append(self._loudness())
        return BiggerView(self.look(), self.bars(), self.say("bigger", "Make it right for you"), tuple(settings))

    def bars(self) -> Bars:
        """Return the bars without Bigger, which is here; Back leads to where it was."""
        return replace(self.usual_bars(), bigger=None)

    def _sizes(self) -> Setting:
        words = (self.say("bigger", "Usual"), self.say("bigger", "Bigger"), self.say("bigger", "Biggest"))
        tiles = tuple(
            Tile(f"size-{scale}", said, chosen=scale == self._turn.sitting.scale)
            for scale, said in zip(SCALES, words, strict=True)
        )
        return Setting(self.say("bigger", "Words"), "bigger", tiles)

    def _colours(self) -> Setting:
        words = (self.say("bigger", "Light"), self.say("bigger", "Dark"))
        tiles = tuple(
            Tile(theme, said, "light" if theme == "light" else "dark", chosen=theme == self._turn.sitting.theme)
            for theme, said in zip(THEMES, words, strict=True)
        )
        return Setting(self.say("bigger", "Colours"), "colours", tiles)

    def _hands(self) -> Setting:
        left = self._turn.sitting.left_handed
        tiles = (
            Tile("left", self.say("bigger", "Left"), "hand-left", chosen=left),
            Tile("right", self.say("bigger", "Right"), "hand-right", chosen=not left),
        )
        # A page that begins at the right shows the first tile there; hands do not change sides.
        in_order = tiles[::-1] if self._turn.sitting.direction == "rtl" else tiles
        return Setting(self.say("bigger", "Your hand"), "hand-right", in_order)

    def _loudness(self) -> Setting:
        chosen = self._turn.sitting.volume or self._turn.doors.ears().volume
        tiles = tuple(
            Tile(f"volume-{step}", digits(str(step), self._turn.tag()), chosen=step == chosen)
            for step in range(1, LOUDEST + 1)
        )
        return Setting(self.say("bigger", "Loudness"), "listen", tiles)

    def touch_tile(self, key: str) -> None:
        """Take what the tile says; a loudness is heard at once."""
        sitting = self._turn.sitting
        if self.here(Bigger) is None:
            return
        tiles = {tile.key: tile for setting in self.view().settings for tile in setting.tiles}
        if key not in tiles:
            return
        self._turn.move(_with(sitting, key))
        if key.startswith("volume-"):
            self._turn.hearing.speak(tiles[key].words)


def _with(sitting: Sitting, key: str) -> Sitting:
    kind, _, number = key.partition("-")
    if kind == "size":
        return replace(sitting, scale=next(scale for scale in SCALES if str(scale) == number))
    if kind == "volume":
        return replace(sitting, volume=int(number))
    if key in THEMES:
        return replace(sitting, theme=next(theme for theme in THEMES if theme == key))
    return replace(sitting, left_handed=key == "left")
