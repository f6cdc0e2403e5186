"""What staff prove the screen with: a line for a ruler, dots where it was touched, and every colour.

Rule 1: what is drawn here is true to the pixel; what it means is for whoever looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from kivy.graphics import Color, Ellipse, Rectangle
from kivy.properties import NumericProperty, ObjectProperty

from kiosk.presenters.colour_test import Swatch
from kiosk.screens import theme
from kiosk.screens.controls import Control, even_out
from kiosk.screens.parts import Face, Part
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

END_MM: Final = 12.0
THICK_MM: Final = 1.2
NUDGES: Final = (("much_shorter", "minus"), ("shorter", "minus"), ("longer", "plus"), ("much_longer", "plus"))
CORNERS: Final = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
CORNER_MM: Final = 15.0
DOT_MM: Final = 6.0
MOST_DOTS: Final = 24
MOST_SWATCHES: Final = 12


class RulerLine(Part):
    """A line with an upright at each end; `drawn_px` is its length from outer edge to outer edge."""

    line_mm = NumericProperty(0)
    line_px = ObjectProperty(None, allownone=True)
    drawn_px = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas:
            self._paint = Color()
            self._pieces = [Rectangle() for _ in range(3)]
        self.bind(line_mm=self.again, line_px=self.again)

    def arrange(self) -> None:
        """Draw it in the middle; before it was changed as long as the screen believes `line_mm` to be."""
        self.drawn_px = px(self.line_mm) if self.line_px is None else int(self.line_px)
        self._paint.rgba = rgba(self.colours.ink)
        thick, tall = max(2, px(THICK_MM)), px(END_MM)
        left, middle = round(self.center_x - self.drawn_px / 2), round(self.center_y)
        line, start, end = self._pieces
        line.pos, line.size = (left, middle - thick // 2), (self.drawn_px, thick)
        start.pos, start.size = (left, middle - tall // 2), (thick, tall)
        end.pos, end.size = (left + self.drawn_px - thick, middle - tall // 2), (thick, tall)


class RulerPad(Part):
    """The line, and four controls below it that say how it shall change; `drawn_px` and how go with each touch."""

    personal = ("line_px",)

    line_mm = NumericProperty(0)
    line_px = ObjectProperty(None, allownone=True)
    much_shorter = ObjectProperty(None, allownone=True)
    shorter = ObjectProperty(None, allownone=True)
    longer = ObjectProperty(None, allownone=True)
    much_longer = ObjectProperty(None, allownone=True)
    __events__ = ("on_nudge",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.line = RulerLine()
        self.controls = [Control(name=name, icon=icon) for name, icon in NUDGES]
        for part in (self.line, *self.controls):
            self.add_widget(part)
        for control in self.controls:
            control.bind(on_touched=lambda touched: self.dispatch("on_nudge", (self.line.drawn_px, touched.name)))
        for name in ("line_mm", "line_px", *(name for name, _ in NUDGES)):
            self.fbind(name, self.again)

    def on_nudge(self, nudge: tuple[float, str]) -> None:
        """The line shall change."""

    def arrange(self) -> None:
        """The line above, the controls side by side below; two by two on a page as narrow as a hand."""
        if self.shorter is None or self.width < 1:
            return
        gap, bar = px(theme.GAP), px(theme.BAR)
        across = len(self.controls) // (2 if theme.MEASURE.shape == "slim" else 1)
        tall = len(self.controls) // across * (bar + gap) - gap
        self.line.line_mm, self.line.line_px = self.line_mm, self.line_px
        self.put(self.line, 0, tall + gap, self.width, self.height - tall - gap)
        wide = (self.width - gap * (across - 1)) / across
        for place, control in enumerate(self.controls):
            row, column = divmod(place, across)
            control.said = getattr(self, control.name)
            self.put(control, column * (wide + gap), tall - bar - row * (bar + gap), wide, bar)
        even_out(self.controls)


class Pane(Part):
    """A page that shows a dot for each touch, a square in each corner until it was touched, and the way back."""

    title = ObjectProperty(None, allownone=True)
    body = ObjectProperty(None, allownone=True)
    dots = ObjectProperty(())
    reached = ObjectProperty(())
    back = ObjectProperty(None, allownone=True)
    __events__ = ("on_glass", "on_left")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.head, self.told = Words(role="question", centred=True), Words(role="body", centred=True)
        self.leave = Control(name="back", icon="back")
        self.leave.bind(on_touched=lambda _: self.dispatch("on_left"))
        with self.canvas.before:
            self._corners = [(Color(), Rounded()) for _ in CORNERS]
        for part in (self.head, self.told, self.leave):
            self.add_widget(part)
        with self.canvas.after:
            self._paint = Color()
            self._dots = [Ellipse(size=(0, 0)) for _ in range(MOST_DOTS)]
        for name in ("title", "body", "dots", "reached", "back"):
            self.fbind(name, self.again)

    def on_glass(self, spot: tuple[float, float]) -> None:
        """It was touched here, as shares of the page."""

    def on_left(self) -> None:
        """The way back was touched."""

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """What is not the way back is glass."""
        if super().on_touch_down(touch):
            return True
        self.dispatch("on_glass", (touch.x / max(1, self.width), touch.y / max(1, self.height)))
        return True

    def arrange(self) -> None:
        """Words and the way back in the middle, where no corner is."""
        side, dot = px(CORNER_MM), px(DOT_MM)
        for (paint, box), corner in zip(self._corners, CORNERS, strict=True):
            paint.rgba = rgba(self.colours.onward if corner in self.reached else self.colours.rail)
            box.pos = (corner[0] * (self.width - side), corner[1] * (self.height - side))
            box.size, box.radius = (side, side), [px(theme.RADIUS)]
        self.head.said, self.told.said, self.leave.said = self.title, self.body, self.back
        wide, left, middle = self.width * 0.7, self.width * 0.15, self.height / 2
        self.put(self.head, left, middle + px(12), wide, px(22))
        self.put(self.told, left, middle - px(6), wide, px(16))
        self.put(self.leave, (self.width - px(51)) / 2, middle - px(26), px(51), px(15))
        self._paint.rgba = rgba(self.colours.stop)
        for place, shown in enumerate(self._dots):
            there = place < len(self.dots)
            x, y = self.dots[place] if there else (0, 0)
            shown.pos = (round(x * self.width - dot / 2), round(y * self.height - dot / 2))
            shown.size = (dot, dot) if there else (0, 0)


class SwatchBox(Part):
    """One colour with its word on it, in the ink that stands on it."""

    swatch = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words = Face(self), Words(role="question", centred=True)
        self.add_widget(self.words)
        self.bind(swatch=self.again)

    def arrange(self) -> None:
        """Fill, line and word, in the colours of the swatch's own theme."""
        swatch: Swatch | None = self.swatch
        if swatch is None or self.width < 1:
            return
        colours = theme.COLOURS[swatch.theme]
        self.face.paint(self, getattr(colours, swatch.fill), colours.line)
        self.words.said, self.words.ink = swatch.words, swatch.ink
        self.words.look = replace(self.look, theme=swatch.theme)
        self.put(self.words, px(2), 0, self.width - px(4), self.height)


class Swatches(Part):
    """Up to twelve colours, half of them above."""

    swatches = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [SwatchBox() for _ in range(MOST_SWATCHES)]
        for box in self.pool:
            self.add_widget(box)
        self.bind(swatches=self.again)

    def arrange(self) -> None:
        """Bind the pool and lay it out in four rows of three."""
        gap, across = px(2.4), 3
        rows = -(-MOST_SWATCHES // across)
        width, height = (self.width - gap * (across - 1)) / across, (self.height - gap * (rows - 1)) / rows
        for place, box in enumerate(self.pool):
            box.swatch = self.swatches[place] if place < len(self.swatches) else None
            row, column = divmod(place, across)
            self.put(box, column * (width + gap), self.height - (row + 1) * height - row * gap, width, height)
            box.again()
