"""Looks at what is really drawn: letters that a font lacks, words joined and turned round, a page mirrored.

Rule 1: pixels decide; what the program believes of its fonts and its directions is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from kivy.uix.widget import Widget

from kiosk import typeset
from kiosk.screens import theme
from kiosk.screens.parts import Touchable
from kiosk.screens.shaped import ShapedCore

SIZE_PX: Final = 40
UNKNOWN: Final = "\U0010fffd"  # no font has it
LOGICAL: Final = "\u0627\u0644\u0639\u0631\u0628\u064a\u0629"
"""The name of Arabic, as it is written."""
DRAWN: Final = "\ufe94\ufef4\ufe91\ufeae\ufecc\ufedf\ufe8d"
"""The same as it is drawn from left to right, each letter in the form that joins its neighbours."""


class _AsItIs(ShapedCore):
    """The same provider without its shaping: letters stand as they come."""

    def _visual(self, text: str) -> str:
        self.options["font_script_name"] = typeset.script_tag(text)
        return text


def colours_across(width: int, height: int) -> int:
    """Return how many different pixels stand on one line through the middle of the window."""
    row = glReadPixels(0, height // 2, width, 1, GL_RGB, GL_UNSIGNED_BYTE)
    return len({bytes(row[at : at + 3]) for at in range(0, len(row), 3)})


def lacking(tag: str, texts: Iterable[str]) -> str:
    """Return the letters of these texts for which the language's fonts draw only their box for the unknown."""
    lines = {typeset.visual(line, rtl=False) for text in texts for line in text.splitlines()}
    letters = sorted({letter for line in lines for letter in line if letter.isprintable() and not letter.isspace()})
    fonts = dict.fromkeys(theme.font_path(typeset.font_for(tag, bold=bold)) for bold in (False, True))
    return "".join(letter for letter in letters if any(_is_unknown(font, letter) for font in fonts))


def _is_unknown(font: str, letter: str) -> bool:
    return _pixels(_AsItIs, letter, font) == _pixels(_AsItIs, UNKNOWN, font)


def _pixels(kind: type, text: str, font: str) -> tuple[object, bytes]:
    label = kind(text=text, font_name=font, font_size=SIZE_PX, base_direction="rtl")
    label.refresh()
    return label.texture.size, bytes(label.texture.pixels)


def joined_and_turned() -> str | None:
    """Draw a word from right to left beside what it should look like; None, or what is wrong in words."""
    font = theme.font_path(typeset.font_for("ar", bold=False))
    ours = _pixels(ShapedCore, LOGICAL, font)
    if ours == _pixels(_AsItIs, LOGICAL, font):
        return "Arabic letters are drawn apart, from left to right"
    return None if ours == _pixels(_AsItIs, DRAWN, font) else "an Arabic word is not drawn as it is written"


def mirrored(page: Widget, width: int) -> str | None:
    """Look whether Stop stands at the left of this page, and is drawn there; None, or what is wrong in words."""
    stop = next((part for part in _inside(page) if isinstance(part, Touchable) and part.name == "stop"), None)
    if stop is None:
        return "a page has no Stop"
    left, foot = stop.to_window(*stop.pos)
    if left + stop.width > width / 2:
        return "a page from right to left is not mirrored"
    box = glReadPixels(round(left), round(foot), round(stop.width), round(stop.height), GL_RGB, GL_UNSIGNED_BYTE)
    red = bytes(round(part * 255) for part in theme.rgba(theme.COLOURS[stop.look.theme].stop)[:3])
    there = red in {bytes(box[at : at + 3]) for at in range(0, len(box), 3)}
    return None if there else "Stop is not drawn where it stands"


def _inside(widget: Any) -> Iterator[Any]:  # noqa: ANN401 - Kivy's own
    yield widget
    for child in widget.children:
        yield from _inside(child)
