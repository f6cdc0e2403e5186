"""Kivy's hand for `typeset`: labels whose lines are joined, ordered and shaped rightly, one line at a time.

Rule 1: `install` runs before any Label exists; afterwards every Label of the process is shaped.
Rule 2: of words that a resident typed nothing is kept: neither their shape nor their size.
Rule 3: neither markup nor TextInput: both would pass around the shaping.
Rule 4: Kivy tells a font its script only when it draws: so something unseen is drawn before anything is measured.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import kivy.uix.label
from kivy.core.text import Label as CoreLabel
from kivy.core.text._text_sdl2 import _SurfaceContainer

from kiosk import typeset
from kiosk.screens import theme

KEPT_SIZES: Final = 4096
UNSEEN: Final = _SurfaceContainer(1, 1)


class ShapedCore(CoreLabel):
    """A text provider that draws each wrapped line in its visual order; words wrap in reading order."""

    kept = True  # False for words that a resident typed: no cache holds them
    whole_asides = False  # True where asides in brackets are not broken over lines
    _text: str

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        self._text = typeset.kept_together(typeset.asides_together(text) if self.whole_asides else text)

    text = property(_get_text, _set_text, doc="The words; where they may be broken is decided as they come in.")

    def _visual(self, text: str) -> str:
        self.options["font_script_name"] = typeset.script_tag(text)
        shape = typeset.visual if self.kept else typeset.visual_unkept
        return shape(text, rtl=self.options.get("base_direction") == "rtl")

    def get_extents(self, text: str) -> tuple[int, int]:
        """Width and height in px of one line."""
        shaped = self._visual(text)
        UNSEEN.render(self, " ", 0, 0)
        width, height = super().get_extents(shaped)
        return int(width), int(height)

    def _render_text(self, text: str, x: int, y: int) -> None:
        super()._render_text(self._visual(text), x, y)

    def _get_font_id(self) -> str:
        return f"{super()._get_font_id()}|{self.options.get('font_script_name', 'Latn')}"


def install() -> None:
    """Make every Label a shaped one."""
    kivy.uix.label.CoreLabel = ShapedCore


def _measured(
    text: str, tag: str, size_px: float, width_px: int, line: float, *, bold: bool, rtl: bool, kept: bool = True
) -> tuple[int, int]:
    text = typeset.kept_together(text)
    label = ShapedCore(
        text=text,
        font_name=theme.font_path(typeset.font_for(tag, bold=bold)),
        font_size=size_px,
        text_size=(width_px, None),
        line_height=line,
        base_direction="rtl" if rtl else "ltr",
    )
    label.kept = kept
    widest = max((label.get_extents(word)[0] for word in _words(text)), default=0)
    return widest, int(label.render()[1])


_kept = lru_cache(KEPT_SIZES)(_measured)


def natural_size(
    text: str, tag: str, size_px: float, width_px: float, *, bold: bool, rtl: bool, line: float, typed: bool = False
) -> tuple[int, int]:
    """Width of the widest word and height of all lines in px, if `text` is wrapped to `width_px`."""
    if typed:
        return _measured(text, tag, size_px, max(1, int(width_px)), line, bold=bold, rtl=rtl, kept=False)
    return _kept(text, tag, size_px, max(1, int(width_px)), line, bold=bold, rtl=rtl)


def line_width(text: str, tag: str, size_px: float, *, bold: bool, rtl: bool, typed: bool = False) -> int:
    """Width in px of a text on one line."""
    measure = _width if typed else _kept_width
    return measure(text, tag, size_px, bold=bold, rtl=rtl, kept=not typed)


def _width(text: str, tag: str, size_px: float, *, bold: bool, rtl: bool, kept: bool) -> int:
    label = ShapedCore(
        text=text,
        font_name=theme.font_path(typeset.font_for(tag, bold=bold)),
        font_size=size_px,
        base_direction="rtl" if rtl else "ltr",
    )
    label.kept = kept
    return label.get_extents(text)[0]


_kept_width = lru_cache(KEPT_SIZES)(_width)


def narrowest(text: str, tag: str, size_px: float, width_px: float, *, bold: bool, rtl: bool) -> float:
    """The least width in px at which `text` takes no more lines than at `width_px`: lines come out about equal."""
    words = _words(typeset.kept_together(text))
    widths = [line_width(word, tag, size_px, bold=bold, rtl=rtl) for word in words]
    space = line_width(" ", tag, size_px, bold=bold, rtl=rtl)
    lines = _lines(widths, space, width_px)
    least, most = width_px * 0.5, width_px
    while most - least > size_px / 4:
        middle = (least + most) / 2
        least, most = (least, middle) if _lines(widths, space, middle) <= lines else (middle, most)
    return most


def _words(text: str) -> list[str]:
    """Words between which a line may be broken."""
    return [word for word in text.replace("\n", " ").split(" ") if word]


def _lines(widths: list[int], space: int, width_px: float) -> int:
    lines, used = 1, 0.0
    for width in widths:
        if used and used + space + width + 2 > width_px:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0)
    return lines


def forget() -> None:
    """Drop every size that was measured for a person; part of every wipe."""
    _kept.cache_clear()
    _kept_width.cache_clear()
