"""The bars above and below, the progress between them, and the logo that staff hold.

Rule 1: controls never move: each has its own place, and one that cannot act is absent and leaves its place empty.
Rule 2: a word always stands beside its icon; arrows turn round where people read from right to left.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.presenters.shown import Bars, Progress, Said
from kiosk.screens import theme
from kiosk.screens.parts import Part, Picture, Touchable
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

ICON: Final = 8.0
NAME: Final = "Wing Voice"
FILLS: Final = {"plain": ("panel", "ink"), "onward": ("onward", "on_onward"), "stop": ("panel", "stop")}


class Control(Touchable):
    """An icon and a word. `kind` is plain, onward (filled, icon at the end) or stop."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)
    icon = StringProperty("")
    kind = StringProperty("plain")
    centred = BooleanProperty(defaultvalue=False)
    role = StringProperty("bar")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.picture, self.words = Picture(), Words(strong=True, one_line_first=True)
        self.add_widget(self.picture)
        self.add_widget(self.words)
        self.absent = self.said is None
        for name in ("said", "icon", "kind"):
            self.fbind(name, self.again)

    def on_said(self, _part: object, said: object) -> None:
        """Without words it is absent."""
        self.absent = said is None

    def arrange(self) -> None:
        """Paint, then place icon and word."""
        if self.said is None or self.width < 1:
            return
        fill, ink = ("press", "on_press") if self.pressed else FILLS[self.kind]
        line = self.colours.stop if self.kind == "stop" and not self.pressed else self.colours.line
        self.face.paint(self, getattr(self.colours, fill), line)
        self.words.said, self.words.role, self.picture.name = self.said, self.role, self.icon
        self.words.ink = self.picture.ink = ink
        pad, icon = px(2.4), px(ICON) if self.icon else 0
        room = self.width - 2 * pad - (icon + px(2) if icon else 0)
        widest, _ = self.words.needs(self.words.sizes_px()[0], 100000)
        used = min(room, self._one_line(widest) + px(1))
        start = (
            (self.width - used - icon - (px(2) if icon else 0)) / 2 if self.centred or self.kind == "onward" else pad
        )
        icon_x, words_x = (
            (start + used + px(2), start) if self.kind == "onward" else (start, start + icon + (px(2) if icon else 0))
        )
        self.put(
            self.words, words_x, px(0.5), used if self.centred or self.kind == "onward" else room, self.height - px(1)
        )
        self.put(self.picture, icon_x, (self.height - icon) / 2, icon, icon)

    def _one_line(self, widest: float) -> float:
        """Width in px of the words at their largest size, on one line."""
        return max(widest, self.words.one_line_px())


def even_out(controls: list[Control]) -> None:
    """Give neighbours (at least one) the same size of type: the one at which the longest of them fits."""
    for control in controls:
        control.words.at_most = 0
        control.arrange()
    sizes = [control.words.best_size(control.words.width, control.words.height) for control in controls]
    for control in controls:
        control.words.at_most = min(sizes)
        control.arrange()


class TopBar(Part):
    """Listen, the logo or what this page is, then Language, Help and Stop, always in these places."""

    personal = ("bars", "badge")

    bars = ObjectProperty(Bars())
    badge = ObjectProperty(None, allownone=True)
    __events__ = ("on_listen", "on_language", "on_help", "on_stop")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.logo, self.badge_part = Picture(name="logo"), Badge()
        self.brand = Words(role="bar")
        self.listen = Control(name="listen", icon="listen")
        self.language = Control(name="language", icon="language")
        self.help = Control(name="help", icon="help")
        self.stop = Control(name="stop", icon="stop", kind="stop")
        for part in (self.logo, self.brand, self.badge_part, self.listen, self.language, self.help, self.stop):
            self.add_widget(part)
        for control in (self.listen, self.language, self.help, self.stop):
            control.bind(on_touched=lambda touched: self.dispatch(f"on_{touched.name}"))
        self.bind(bars=self.again, badge=self.again)

    def on_listen(self) -> None:
        """Listen was touched."""

    def on_language(self) -> None:
        """Language was touched."""

    def on_help(self) -> None:
        """Help was touched."""

    def on_stop(self) -> None:
        """Stop was touched."""

    def arrange(self) -> None:
        """Five places: Listen, one for logo or badge, three for the controls; without Listen the logo has two."""
        gap = px(theme.GAP)
        place = (self.width - 4 * gap) / 5
        heard = self.bars.listen is not None
        start, wide = (place + gap, place) if heard else (0, 2 * place + gap)
        self.logo.name = "logo-contrast" if self.look.theme == "contrast" else "logo"
        self.logo.absent = heard and self.badge is not None
        if not self.logo.absent:
            self.put(self.logo, start, 0, self.height, self.height)
            start, wide = start + self.height + gap, wide - self.height - gap
        self.brand.said = None if heard or self.badge is not None else Said(NAME, "en", "ltr")
        self.brand.far = self.rtl
        self.put(self.brand, start, 0, wide, self.height)
        self.badge_part.said = self.badge
        self.put(self.badge_part, start, self.height * 0.2, wide, self.height * 0.6)
        row = (self.listen, None, self.language, self.help, self.stop)
        words = (self.bars.listen, None, self.bars.language, self.bars.help, self.bars.stop)
        for at, (control, said) in enumerate(zip(row, words, strict=True)):
            if control is not None:
                control.said = said
                if said is not None:
                    self.put(control, at * (place + gap), 0, place, self.height)
        shown = [control for control in row if control is not None and control.said is not None]
        if shown:
            even_out(shown)


class Badge(Part):
    """A word about the whole page, such as Practice; only as wide as its word."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas.before:
            self._paint = Color()
            self._chip = Rounded()
        self.words = Words(role="small", strong=True, centred=True, ink="on_amber")
        self.add_widget(self.words)
        self.bind(said=self.again)

    def arrange(self) -> None:
        """Draw the chip behind the word."""
        self.words.said = self.said
        self._paint.rgba = (0, 0, 0, 0) if self.said is None else rgba(self.colours.amber)
        if self.said is None:
            return
        width = min(self.width, self.words.one_line_px() + 2 * px(3))
        self.put(self.words, 0, 0, width, self.height)
        self._chip.pos, self._chip.size = self.words.pos, (width, self.height)
        self._chip.radius = [self.height / 2]


class BottomBar(Part):
    """Back, Skip and the onward button, at places that never move; Skip is twice as wide, for it says the most."""

    personal = ("bars",)
    bars = ObjectProperty(Bars())
    onward_icon = StringProperty("onward")
    __events__ = ("on_back", "on_skip", "on_onward")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.back = Control(name="back", icon="back")
        self.skip = Control(name="skip", icon="skip")
        self.onward = Control(name="onward", icon="onward", kind="onward")
        for control in (self.back, self.skip, self.onward):
            self.add_widget(control)
            control.bind(on_touched=lambda touched: self.dispatch(f"on_{touched.name}"))
        self.bind(bars=self.again, onward_icon=self.again)

    def on_back(self) -> None:
        """Back was touched."""

    def on_skip(self) -> None:
        """Skip was touched."""

    def on_onward(self) -> None:
        """The onward button was touched."""

    def arrange(self) -> None:
        """Place those that can act."""
        gap = px(theme.GAP)
        place = (self.width - 3 * gap) / 4
        self.onward.icon = self.onward_icon
        row = (
            (0, 1, self.back, self.bars.back),
            (1, 2, self.skip, self.bars.skip),
            (3, 1, self.onward, self.bars.onward),
        )
        for at, wide, control, said in row:
            control.said = said
            if said is not None:
                self.put(control, at * (place + gap), 0, wide * place + (wide - 1) * gap, self.height)


class ProgressLine(Part):
    """How far one is, in words and as a bar that grows in reading direction."""

    personal = ("progress", "share")

    progress = ObjectProperty(None, allownone=True)
    share = NumericProperty(-1.0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas.before:
            self._rail_paint = Color()
            self._rail = Rounded()
            self._done_paint = Color()
            self._done = Rounded()
        self.words = Words(role="small", ink="ink2")
        self.add_widget(self.words)
        self.bind(progress=self.again, share=self.again)

    def arrange(self) -> None:
        """Words at the starting side, the bar takes the rest."""
        progress: Progress | None = self.progress
        if progress is None and self.share < 0:
            self.words.said = None
            self._rail_paint.rgba = self._done_paint.rgba = (0, 0, 0, 0)
            return
        start = 0.0
        if progress is not None:
            self.words.said = progress.words
            words = min(self.words.one_line_px() + 2, self.width * 0.5)
            high = max(self.height, self.words.needs(self.words.sizes_px()[0], words)[1])
            self.put(self.words, 0, (self.height - high) / 2, words, high)
            start = words + px(4)
        share = progress.at / max(1, progress.of) if progress is not None else self.share
        thick = px(2.4)
        self._rail_paint.rgba, self._done_paint.rgba = rgba(self.colours.rail), rgba(self.colours.chosen)
        self._bar(self._rail, start, self.width - start, thick)
        self._bar(self._done, start, max(thick, (self.width - start) * min(1.0, share)), thick)

    def _bar(self, shape: Rounded, start: float, width: float, thick: float) -> None:
        left = self.x + (self.width - start - width if self.rtl else start)
        shape.pos, shape.size = (round(left), round(self.center_y - thick / 2)), (round(width), thick)
        shape.radius = [thick / 2]
