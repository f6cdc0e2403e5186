"""The bars above and below, and the progress between them.

Rule 1: controls never move: each has its own place, and one that cannot act is absent and leaves its place empty.
Rule 2: only the bars turn round for a left hand.
Rule 3: a word always stands beside its icon; arrows turn round where people read from right to left.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.presenters.shown import Bars, Progress
from kiosk.screens import theme
from kiosk.screens.parts import Part, Picture, Touchable
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

ICON: Final = 8.0
ICONS_ABOVE: Final = (6.6, 5.6, 4.6, 4.0)  # of an icon above its word: the largest that leaves the word its room
LARGE_ICON: Final = 11.0  # of an icon that stands without its word
RAIL_MM: Final = 22.9
RAIL_PLACES: Final = 5
EDGE: Final = 0.3  # mm left free around what a control says below its icon
BAR_THICK: Final = 2.4
LEAST_LINE: Final = 12.0  # mm of a progress bar that still says something
ACROSS_GAP: Final = 1.5  # mm between the five at the head of a page as narrow as a hand: words need the rest
SKIP_SHARE: Final = 0.57
MOST_END_MM: Final = 28.0  # of the way on at the side of a small screen, where its longest word asks for it
BOTTOM_SHARES: Final = (0.85, 0.85, 1.35, 0.95)
FILLS: Final = {"plain": ("panel", "ink"), "onward": ("onward", "on_onward"), "stop": ("panel", "stop")}


class Control(Touchable):
    """An icon and a word. `kind` is plain, onward (filled, icon at the end) or stop."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)
    icon = StringProperty("")
    kind = StringProperty("plain")
    centred = BooleanProperty(defaultvalue=False)
    stacked = BooleanProperty(defaultvalue=False)
    role = StringProperty("bar")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.picture, self.words = Picture(), Words(strong=True, one_line_first=True)
        self.add_widget(self.picture)
        self.add_widget(self.words)
        self.absent = self.said is None
        for name in ("said", "icon", "kind", "stacked"):
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
        self.picture.absent = False
        self.picture.plated = self.look.theme == "contrast"  # as on tiles: black lines need a white ground
        (self._icon_above if self.stacked or not self._fits_beside() else self._icon_beside)()

    def _fits_beside(self) -> bool:
        """Whether the longest word has room beside the icon, at its smallest; below the icon it has more."""
        room = self.width - 2 * px(2.4) - (px(ICON + 2) if self.icon else 0)
        widest, high = self.words.needs(self.words.sizes_px()[-1], max(room, 1))
        return bool(widest + 2 <= room and high <= self.height - px(1))

    def compact_px(self) -> float:
        """Icon, and words on two lines in their full size."""
        return self._two_lines_px(0)

    def narrow_px(self) -> float:
        """Icon, and words on two lines at their smallest."""
        return self._two_lines_px(-1)

    def _two_lines_px(self, step: int) -> float:
        if self.said is None:
            return 0.0
        self.words.said, self.words.role, self.words.at_most = self.said, self.role, 0
        sizes, icon = self.words.sizes_px(), px(ICON + 2) if self.icon else 0
        size = sizes[step]
        room = self.words.one_line_px() * size / sizes[0]
        half = next(
            (share * room for share in (0.4, 0.5, 0.6, 0.7) if self._on_two_lines(size, share * room)), float(room)
        )
        return icon + half + 2 * px(2.4) + 2

    def least_px(self, width: float, height: float) -> tuple[float, float]:
        """Width and height at which its words stand alone, at their smallest; no less than these."""
        if self.said is None:
            return width, height
        self.words.said, self.words.role, self.words.at_most = self.said, self.role, 0
        size, edges = self.words.sizes_px()[-1], 2 * px(EDGE) + 2
        wide = max(width, self.words.needs(size, width - edges)[0] + edges)
        return wide, max(height, self.words.needs(size, wide - edges)[1] + edges)

    def whole_px(self) -> float:
        """Icon, and words on one line in their full size."""
        if self.said is None:
            return 0.0
        self.words.said, self.words.role, self.words.at_most = self.said, self.role, 0
        return (px(ICON + 2) if self.icon else 0) + float(self.words.one_line_px()) + 2 * px(2.4) + 2

    def _on_two_lines(self, size: float, room: float) -> bool:
        widest, high = self.words.needs(size, room)
        return bool(widest + 2 <= room and high <= 2.6 * size)

    def _icon_beside(self) -> None:
        self.words.centred, self.words.one_line_first = False, True
        pad, icon = px(2.4), px(ICON) if self.icon else 0
        room = self.width - 2 * pad - (icon + px(2) if icon else 0)
        widest, _ = self.words.needs(self.words.sizes_px()[0], 100000)
        used = min(room, max(widest, self.words.one_line_px()) + px(1))
        middle = self.centred or self.kind == "onward"
        start = (self.width - used - icon - (px(2) if icon else 0)) / 2 if middle else pad
        icon_x, words_x = (
            (start + used + px(2), start) if self.kind == "onward" else (start, start + icon + (px(2) if icon else 0))
        )
        self.put(self.words, words_x, px(0.5), used if middle else room, self.height - px(1))
        self.put(self.picture, icon_x, (self.height - icon) / 2, icon, icon)

    def _icon_above(self) -> None:
        """The word below its icon; where no size of type gets both in, the word alone, and at last the icon alone."""
        self.words.centred, self.words.one_line_first = True, False
        edge = px(EDGE)
        room = self.width - 2 * edge
        rooms = {px(mm): self.height - px(mm) - 2 * edge for mm in ICONS_ABOVE}
        icon, high = next((one for one in rooms.items() if self.words.fits(room, one[1])), (0, 0.0))
        _, needed = self.words.needs(self.words.best_size(room, high), room)
        if not icon and self.words.fits(room, self.height - 2 * edge):
            self.put(self.words, edge, edge, room, self.height - 2 * edge)
            self.picture.absent = True
            return
        if not icon:
            self.words.said = None
            large = min(px(LARGE_ICON), self.height - 4 * edge)
            self.put(self.picture, (self.width - large) / 2, (self.height - large) / 2, large, large)
            return
        foot = (self.height - icon - needed) / 2
        self.put(self.words, edge, foot, room, needed + 1)
        self.put(self.picture, (self.width - icon) / 2, foot + needed, icon, icon)


def even_out(controls: list[Control]) -> None:
    """Give neighbours the same size of type: the one at which the longest of them fits."""
    for control in controls:
        control.words.at_most = 0
        control.arrange()
    worded = [control.words for control in controls if control.words.said is not None]
    even = min((words.best_size(words.width, words.height) for words in worded), default=0)
    for control in controls:
        control.words.at_most = even
        control.arrange()


class BarPart(Part):
    """A bar of controls in fixed places. It mirrors for a left hand, whatever the page does.

    On a small screen it lies over the whole page, and its controls stand in the rail that both bars share.
    """

    personal = ("bars",)
    bars = ObjectProperty(Bars())
    row: tuple[Control, ...] = ()
    short: tuple[Control, ...] = ()  # those of one word, which share one size of type with the other bar

    def have(self, *controls: Control) -> None:
        """Take in the controls; a touch on one is the bar's event of its name."""
        self.row = controls
        for control in controls:
            self.add_widget(control)
            control.bind(on_touched=lambda touched: self.dispatch(f"on_{touched.name}"))
        self.bind(bars=self.again)

    def put(self, child: Widget, x: float, y: float, width: float, height: float) -> None:
        """Give a control its place, counted from the side where the bar begins."""
        mirrored = self.look.left_handed
        super().put(child, self.width - x - width if mirrored else x, y, width, height)

    def say(self) -> list[Control]:
        """Copy the words; return the controls that can act."""
        for control in self.row:
            control.said = getattr(self.bars, control.name)
            control.stacked = theme.MEASURE.shape != "wide"
        return [control for control in self.row if control.said is not None]

    def in_rail(self, control: Control, place: int) -> None:
        """Give a control its place in the rail, from 0 to 4: downwards at the side, or along the head."""
        across = theme.MEASURE.shape == "slim"
        gap = px(ACROSS_GAP if across else theme.GAP)
        step = ((self.width if across else self.height) + gap) / RAIL_PLACES
        if across:
            self.put(control, place * step, self.height - px(theme.BAR), step - gap, px(theme.BAR))
        else:
            self.put(control, 0, self.height - (place + 1) * step + gap, px(RAIL_MM), step - gap)


class TopBar(BarPart):
    """Listen, Bigger, Language, Help and Stop, always in these places; in the rail Listen, Bigger and Stop."""

    __events__ = ("on_listen", "on_bigger", "on_language", "on_help", "on_stop")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.listen = Control(name="listen", icon="listen")
        self.bigger = Control(name="bigger", icon="bigger")
        self.language = Control(name="language", icon="language")
        self.help = Control(name="help", icon="help")
        self.stop = Control(name="stop", icon="stop", kind="stop")
        self.have(self.listen, self.bigger, self.language, self.help, self.stop)
        self.short = self.row

    def on_listen(self) -> None:
        """Listen was touched."""

    def on_bigger(self) -> None:
        """Bigger was touched."""

    def on_language(self) -> None:
        """Language was touched."""

    def on_help(self) -> None:
        """Help was touched."""

    def on_stop(self) -> None:
        """Stop was touched."""

    def arrange(self) -> None:
        """Five places of one width; in the rail the panel of Bigger has Language, and the hidden page has Help."""
        shown = self.say()
        if theme.MEASURE.shape in ("rail", "slim"):
            self.language.said = self.help.said = None
            for control, place in ((self.listen, 0), (self.bigger, 1), (self.stop, 4)):
                if control.said is not None:
                    self.in_rail(control, place)
            return
        gap = px(theme.GAP)
        step = (self.width + gap) / len(self.row)
        for control in shown:
            self.put(control, self.row.index(control) * step, 0, step - gap, self.height)


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

    def wide_px(self) -> float:
        """Width of the chip: its word, and air at both ends."""
        self.words.said = self.said
        return 0 if self.said is None else min(self.width, self.words.one_line_px() + 2 * px(3))

    def arrange(self) -> None:
        """Draw the chip behind the word."""
        self.words.said = self.said
        self._paint.rgba = (0, 0, 0, 0) if self.said is None else rgba(self.colours.amber)
        if self.said is None or self.width < 1:
            return
        width = self.wide_px()
        high = max(self.height, self.words.needs(self.words.sizes_px()[0], width)[1])
        self.put(self.words, 0, (self.height - high) / 2, width, high)
        left = self.right - width if self.rtl else self.x
        self._chip.pos, self._chip.size = (round(left), self.y), (width, self.height)
        self._chip.radius = [self.height / 2]


class BottomBar(BarPart):
    """Back, Hide, Skip and the onward button, always in these places; Back and Hide in the rail, where there is one.

    `reserved`: a page on which the way on comes and goes, so that its room is kept.
    """

    onward_icon = StringProperty("onward")
    reserved = BooleanProperty(defaultvalue=False)
    __events__ = ("on_back", "on_hide", "on_skip", "on_onward")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.back = Control(name="back", icon="back")
        self.hide = Control(name="hide", icon="hide")
        self.skip = Control(name="skip", icon="skip")
        self.onward = Control(name="onward", icon="onward", kind="onward")
        self.have(self.back, self.hide, self.skip, self.onward)
        self.short = (self.back, self.hide)
        self._ruler = Words(role="bar", strong=True)  # only measures
        self.bind(onward_icon=self.again)

    def on_back(self) -> None:
        """Back was touched."""

    def on_hide(self) -> None:
        """Hide was touched."""

    def on_skip(self) -> None:
        """Skip was touched."""

    def on_onward(self) -> None:
        """The onward button was touched."""

    @property
    def leads(self) -> bool:
        """True if there is a way on or past, or one that comes and goes."""
        return self.reserved or self.bars.skip is not None or self.bars.onward is not None

    def end_px(self) -> int:
        """Width of Skip and the way on at the side of a small screen: the rail's, or what their longest word needs."""
        widest, words = 0, self._ruler
        for said in (self.bars.skip, self.bars.onward):
            if said is not None:
                words.said, words.look = said, self.look
                widest = max(widest, words.needs(words.sizes_px()[-1], px(MOST_END_MM))[0])
        words.forget()
        return max(px(RAIL_MM), min(px(MOST_END_MM), widest + 2 + 2 * px(EDGE)))

    def arrange(self) -> None:
        """Four places; Skip is somewhat wider, for it says the most."""
        shown = self.say()
        self.onward.icon = self.onward_icon
        if theme.MEASURE.shape in ("rail", "slim"):
            self._small(shown)
            return
        gap = px(theme.GAP)
        place = (self.width - gap * (len(self.row) - 1)) / sum(BOTTOM_SHARES)
        start = 0.0
        for control, share in zip(self.row, BOTTOM_SHARES, strict=True):
            if control in shown:
                self.put(control, start, 0, share * place, self.height)
            start += share * place + gap

    def _small(self, shown: list[Control]) -> None:
        """Back and Hide in the rail; Skip and the way on at the other side, or at the foot."""
        for place, control in enumerate((self.back, self.hide), start=2):
            if control in shown:
                self.in_rail(control, place)
        gap = px(theme.GAP)
        if theme.MEASURE.shape == "slim":
            self.skip.stacked = self.onward.stacked = False
            skip = (self.width - gap) * SKIP_SHARE
            places = ((0, 0, skip, px(theme.BAR)), (skip + gap, 0, self.width - skip - gap, px(theme.BAR)))
        else:
            step, wide = (self.height + gap) / RAIL_PLACES, self.end_px()
            low = 3 * step - gap
            places = ((self.width - wide, low + gap, wide, 2 * step - gap), (self.width - wide, 0, wide, low))
        for control, where in zip((self.skip, self.onward), places, strict=True):
            if control in shown:
                self.put(control, *where)


class ProgressLine(Part):
    """How far one is, in words and as a bar that grows in reading direction."""

    personal = ("progress", "share", "badge")

    progress = ObjectProperty(None, allownone=True)
    badge = ObjectProperty(None, allownone=True)
    share = NumericProperty(-1.0)
    bare = BooleanProperty(defaultvalue=False)  # the bar alone, where its words have no room
    low = BooleanProperty(defaultvalue=False)  # its words do not grow, as on the lowest screens

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas.before:
            self._rail_paint = Color()
            self._rail = Rounded()
            self._done_paint = Color()
            self._done = Rounded()
        self.words, self.chip = Words(role="small", ink="ink2"), Badge()
        self.add_widget(self.words)
        self.add_widget(self.chip)
        self.bind(progress=self.again, share=self.again, badge=self.again, bare=self.again, low=self.again)

    def tall_px(self) -> int:
        """Height in px: a line of its words, which grow where a page has room for that; bare, the bar's own."""
        if self.bare:
            return px(BAR_THICK)
        return px(theme.PROGRESS if self._low else theme.PROGRESS * self.look.scale / 100)

    @property
    def _low(self) -> bool:
        return self.low or theme.MEASURE.shape == "rail"

    def wants_px(self, width: float) -> float:  # noqa: ARG002 - one line at any width
        """As high as a line of its words."""
        return float(self.tall_px())

    def _fitted(self, words: Words, room: float) -> float:
        """Let words take one line of this room, smaller if need be; return their width, or 0 if none fits."""
        words.at_most = px(theme.TYPE["small"].em_mm * 1.15) if self._low else 0
        sizes, line = words.sizes_px(), words.one_line_px() + 2
        size = next((size for size in sizes if line * size / sizes[0] <= room), 0)
        words.at_most = size
        return words.one_line_px() + 2 if size else 0

    def arrange(self) -> None:
        """The badge and the words at the starting side, the bar takes the rest."""
        progress: Progress | None = self.progress
        self.chip.said = self.badge
        self.words.said = None if progress is None or self.bare else progress.words
        start = 0.0
        if self.badge is not None:
            self.chip.words.said = self.badge
            self._fitted(self.chip.words, self.width - 2 * px(3) - px(theme.GAP + LEAST_LINE))
            self.put(self.chip, 0, 0, self.width, self.height)
            start = self.chip.wide_px() + px(theme.GAP)
        if progress is None and self.share < 0:
            self._rail_paint.rgba = self._done_paint.rgba = (0, 0, 0, 0)
            return
        if self.words.said is not None:
            words = self._fitted(self.words, self.width - start)
            if words:
                high = max(self.height, self.words.needs(self.words.sizes_px()[0], words)[1])
                self.put(self.words, start, (self.height - high) / 2, words, high)
                start += words + px(4)
            else:
                self.words.said = None
        share = progress.at / max(1, progress.of) if progress is not None else self.share
        thick = px(BAR_THICK)
        if self.width - start < px(LEAST_LINE):
            self._rail_paint.rgba = self._done_paint.rgba = (0, 0, 0, 0)
            return
        self._rail_paint.rgba, self._done_paint.rgba = rgba(self.colours.rail), rgba(self.colours.chosen)
        self._bar(self._rail, start, self.width - start, thick)
        self._bar(self._done, start, max(thick, (self.width - start) * min(1.0, share)), thick)

    def _bar(self, shape: Rounded, start: float, width: float, thick: float) -> None:
        left = self.x + (self.width - start - width if self.rtl else start)
        shape.pos, shape.size = (round(left), round(self.center_y - thick / 2)), (round(width), thick)
        shape.radius = [thick / 2]
