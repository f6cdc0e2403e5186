"""What is drawn in the window, as pixels: whole, or small with its name below it; and which words do not fit.

Rule 1: pixels are what the graphics really hold; nothing is drawn a second time in another way.
Rule 2: nothing here makes the window: it is asked for where it stands, after it was configured.
Rule 3: a small picture is halved twice, each time from four pixels to one, so that letters stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kivy.base import EventLoop
from kivy.graphics import Color, Fbo, Rectangle
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget

from kiosk import typeset
from kiosk.presenters.shown import Said
from kiosk.screens import theme
from kiosk.screens.shaped import ShapedCore
from kiosk.screens.words import Words

HALVINGS: Final = 2
NAME_PX: Final = 30
NAME_SIZE_PX: Final = 17
GROUND: Final = (0.93, 0.93, 0.93, 1)


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture: three bytes a pixel, red, green, blue, row by row from the top."""

    width: int
    height: int
    rgb: bytes

    def rows(self) -> list[bytes]:
        """Return the rows from the top."""
        step = 3 * self.width
        return [self.rgb[at : at + step] for at in range(0, len(self.rgb), step)]


def whole() -> Pixels:
    """Return what the window shows now."""
    width, height = EventLoop.window.size
    return Pixels(width, height, _from_top(bytes(glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)), width))


def _from_top(raw: bytes, width: int) -> bytes:
    step = 3 * width
    return b"".join(raw[at - step : at] for at in range(len(raw), 0, -step))


class Reducer:
    """Makes small pictures of the window, one after another, on the same canvases."""

    def __init__(self) -> None:
        self._seen: Any = None
        self._boxes: list[tuple[Any, Any]] = []

    def small(self, picture: Pixels, name: str) -> Pixels:
        """Return a picture reduced to a quarter of its width, its name below it."""
        if self._seen is None or self._seen.size != [picture.width, picture.height]:
            self._prepare(picture.width, picture.height)
        self._seen.blit_buffer(picture.rgb, colorfmt="rgb", bufferfmt="ubyte")
        for fbo, _ in self._boxes:
            fbo.ask_update()
            fbo.draw()
        last, below = self._boxes[-1]
        below.texture = _written(name, last.size[0])
        below.size = below.texture.size
        last.ask_update()
        last.draw()
        rgba = last.pixels
        rgb = bytearray(len(rgba) // 4 * 3)
        for channel in range(3):
            rgb[channel::3] = rgba[channel::4]
        width, height = last.size
        return Pixels(width, height, _from_top(bytes(rgb), width))

    def _prepare(self, width: int, height: int) -> None:
        self._seen = Texture.create(size=(width, height), colorfmt="rgb")
        self._seen.flip_vertical()
        self._boxes = []
        shown = self._seen
        for at in range(HALVINGS):
            width, height = width // 2, height // 2
            low = NAME_PX if at == HALVINGS - 1 else 0
            fbo = Fbo(size=(width, height + low), clear_color=GROUND)
            with fbo:
                Color(1, 1, 1, 1)
                Rectangle(pos=(0, low), size=(width, height), texture=shown)
                below = Rectangle(pos=(4, 4), size=(0, 0))
            self._boxes.append((fbo, below))
            shown = fbo.texture


def _written(name: str, width: int) -> Any:  # noqa: ANN401 - Kivy's own
    """A line of words in dark letters, cut at the width."""
    core = ShapedCore(
        text=name,
        font_name=theme.font_path(typeset.font_for("en", bold=False)),
        font_size=NAME_SIZE_PX,
        text_size=(width - 8, NAME_PX - 6),
        shorten=True,
        color=(0, 0, 0, 1),
    )
    core.refresh()
    return core.texture


def not_fitting(screen: Widget) -> tuple[Said, ...]:
    """Return the words on a screen that are larger than their place, even at their smallest."""
    found = []
    for words in _drawn(screen):
        widest, high = words.needs(words.font_size, words.width)
        if widest > words.width or high > words.height + 1:
            found.append(words.said)
    return tuple(found)


def drawn_words(screen: Widget) -> tuple[Said, ...]:
    """Return all words that a screen shows."""
    return tuple(words.said for words in _drawn(screen))


def _drawn(widget: Widget) -> list[Words]:
    if widget.opacity == 0 or getattr(widget, "absent", False):
        return []
    mine = [widget] if isinstance(widget, Words) and widget.said is not None else []
    return [*mine, *(words for child in widget.children for words in _drawn(child))]
