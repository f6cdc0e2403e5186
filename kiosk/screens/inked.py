"""Parts with a picture of their own: bands, bars and swatches, in inks that are told apart without colour.

Rule 1: a picture is drawn anew only where something about it changed.
Rule 2: a mirrored page turns a picture round by its corners, and draws nothing again.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.screens import theme
from kiosk.screens.parts import Part
from kiosk.screens.ribbons import Fill, Sheet
from kiosk.screens.theme import px

SIGNS: Final = {"elected": "tick", "out": "stop"}
STRIPE_MM: Final = 0.9
LINE_MM, DASH_MM = 0.5, 1.6
SEATED: Final = 0.28
"""Of the colour of the elected, in the bands that they keep."""
LEFT_TO_RIGHT: Final = (1, 0, 1, 1, 0, 1, 0, 0)
RIGHT_TO_LEFT: Final = (1, 1, 1, 0, 0, 0, 0, 1)
"""Corners of a picture that is kept column by column, from the foot of the left side on."""


def texture_of(sheet: Sheet) -> Texture:
    """Return a picture as the graphics hold it: its columns are the rows of the texture."""
    texture = Texture.create(size=(sheet.height, sheet.width), colorfmt="rgba")
    texture.min_filter = texture.mag_filter = "nearest"
    texture.blit_buffer(sheet.pixels(), colorfmt="rgba", bufferfmt="ubyte")
    return texture


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two: `share` of the first."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a * share + b * (1 - share)) for a, b in pairs).hex()


def fills(colours: theme.Colours) -> dict[str, Fill]:
    """Return how each ink is filled."""
    return {
        "kept": Fill(colours.rail),
        "seated": Fill(mixed(colours.chosen, colours.ground, SEATED)),
        "surplus": Fill(colours.chosen, colours.ground, max(2, px(STRIPE_MM))),
        "exclusion": Fill(colours.ink2),
    }


class Inked(Part):
    """A part with a picture of its own, drawn anew only where something about it changed."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self._drawn: tuple[object, ...] = ()
        with self.canvas.before:
            self._paint = Color(1, 1, 1, 1)
            self._box = Rectangle(size=(0, 0))

    def blank(self) -> None:
        """Draw nothing."""
        self._box.size, self._drawn = (0, 0), ()

    def stand(self, x: float, y: float, width: int, height: int) -> None:
        """Give the picture its place, from the starting side and the foot."""
        left = self.x + (self.width - x - width if self.rtl else x)
        self._box.pos, self._box.size = (round(left), round(self.y + y)), (width, height)
        self._box.tex_coords = RIGHT_TO_LEFT if self.rtl else LEFT_TO_RIGHT

    def is_new(self, *held: object) -> bool:
        """Return whether the picture must be drawn anew for this."""
        wanted = (*held, self.colours, theme.MEASURE.mm_per_px)
        if wanted == self._drawn:
            return False
        self._drawn = wanted
        return True
