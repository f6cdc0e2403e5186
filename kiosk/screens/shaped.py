"""Kivy's hand for `typeset`: labels whose lines are joined, ordered and shaped rightly, one line at a time.

Rule 1: `install` runs before any Label exists; afterwards every Label of the process is shaped.
Rule 2: words that a resident typed use `TypedCore`, which keeps nothing.
Rule 3: neither markup nor TextInput: both would pass around the shaping.
"""

from __future__ import annotations

import kivy.uix.label
from kivy.core.text import Label as CoreLabel

from kiosk import typeset
from kiosk.screens import theme


class ShapedCore(CoreLabel):
    """A text provider that draws each wrapped line in its visual order; words wrap in reading order."""

    @staticmethod
    def shape(text: str, *, rtl: bool) -> str:
        """Our own words: shaped lines may be kept."""
        return typeset.visual(text, rtl=rtl)

    def _visual(self, text: str) -> str:
        self.options["font_script_name"] = typeset.script_tag(text)
        return self.shape(text, rtl=self.options.get("base_direction") == "rtl")

    def get_extents(self, text: str) -> tuple[int, int]:
        """Width and height in px of one line."""
        width, height = super().get_extents(self._visual(text))
        return int(width), int(height)

    def _render_text(self, text: str, x: int, y: int) -> None:
        super()._render_text(self._visual(text), x, y)

    def _get_font_id(self) -> str:
        return f"{super()._get_font_id()}|{self.options.get('font_script_name', 'Latn')}"


class TypedCore(ShapedCore):
    """The same for typed words: no cache ever holds them."""

    @staticmethod
    def shape(text: str, *, rtl: bool) -> str:
        """What a resident typed: nothing is kept."""
        return typeset.visual_unkept(text, rtl=rtl)


def install() -> None:
    """Make every Label a shaped one."""
    kivy.uix.label.CoreLabel = ShapedCore


def natural_size(
    text: str, tag: str, size_px: float, width_px: float, *, bold: bool, rtl: bool, line: float, core: type = ShapedCore
) -> tuple[int, int]:
    """Width of the widest word and height of all lines in px, if `text` is wrapped to `width_px`."""
    label = core(
        text=text,
        font_name=theme.font_path(typeset.font_for(tag, bold=bold)),
        font_size=size_px,
        text_size=(max(1, int(width_px)), None),
        line_height=line,
        base_direction="rtl" if rtl else "ltr",
    )
    widest = max((label.get_extents(word)[0] for word in text.split()), default=0)
    return widest, int(label.render()[1])


def line_width(text: str, tag: str, size_px: float, *, bold: bool, rtl: bool) -> int:
    """Width in px of `text` on one line."""
    label = ShapedCore(
        text=text,
        font_name=theme.font_path(typeset.font_for(tag, bold=bold)),
        font_size=size_px,
        base_direction="rtl" if rtl else "ltr",
    )
    return label.get_extents(text)[0]
