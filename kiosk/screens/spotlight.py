"""Lights up the words that are being read: a line of the focus colour around them, or around what holds them.

Rule 1: it is drawn over the page and is no part of it: nothing moves, and nothing is left once it is out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kivy.graphics import Color, InstructionGroup, Line
from kivy.uix.widget import Widget

from kiosk.presenters.shown import Said
from kiosk.screens import theme
from kiosk.screens.parts import Touchable
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

OUTER_MM, INNER_MM = 1.0, 0.34  # six and two px on the reference screen


class Spotlight:
    """One light for the window; `on` moves it, `off` puts it out."""

    def __init__(self) -> None:
        self._group = InstructionGroup()
        self._page: Widget | None = None
        self.lit: Widget | None = None

    def on(self, page: Widget, said: Said, nth: int) -> None:
        """Light up the `nth` place on this page where these words stand; no place, no light."""
        self.off()
        found = list(_standing(page, said))
        if not found:
            return
        self.lit = _touched_with(found[min(nth, len(found) - 1)])
        colours = theme.colours_of(self.lit.look)
        left, foot = self.lit.to_window(*self.lit.pos)
        width, height = self.lit.size
        for colour, wide, inset in ((colours.line, OUTER_MM + 2 * INNER_MM, 0), (colours.focus, OUTER_MM, 0)):
            self._group.add(Color(*rgba(colour)))
            box = (left + inset, foot + inset, width, height, px(theme.RADIUS))
            self._group.add(Line(rounded_rectangle=box, width=max(1, px(wide)) / 2))
        self._page = page
        page.canvas.after.add(self._group)

    def off(self) -> None:
        """Put the light out."""
        if self._page is not None:
            self._page.canvas.after.remove(self._group)
        self._group.clear()
        self._page = self.lit = None


def _standing(widget: Widget, said: Said) -> Iterator[Words]:
    """Give the labels that show these words now, in the order in which they were put there.

    A key's cap or a number stands there in any language: the letters decide.
    """
    if widget.opacity == 0 or getattr(widget, "absent", False):
        return
    if isinstance(widget, Words) and widget.said is not None and widget.said.text == said.text:
        yield widget
    for child in reversed(widget.children):
        yield from _standing(child, said)


def _touched_with(words: Words) -> Widget:
    """Return what would be touched with these words, or the words alone."""
    holder = words.parent
    return holder if isinstance(holder, Touchable) else words
