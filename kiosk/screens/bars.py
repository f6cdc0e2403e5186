"""The bars above and below, and the progress between them.

Rule 1: controls never move: each has its own place, and one that cannot act is absent and leaves its place empty.
        Only where the words of one have no room do its neighbours lend it some.
Rule 2: only the bars turn round for a left hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kivy.graphics import Color
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.presenters.shown import Bars, Progress
from kiosk.screens import theme
from kiosk.screens.controls import EDGE, Control
from kiosk.screens.parts import Part, shared_out
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

RAIL_MM: Final = 22.9
RAIL: Final = ("listen", "bigger", "back", "hide", "stop")  # downwards at the side of a low page
HEAD: Final = ("listen", "bigger", "hide", "stop")  # along the head of a narrow one; Back stands at its foot
BAR_THICK: Final = 2.4
LEAST_LINE: Final = 12.0  # mm of a progress bar that still says something
ACROSS_GAP: Final = 1.5  # mm between controls of a page as narrow as a hand: words need the rest
MOST_END_MM: Final = 34.0  # of the way on at the side of a small screen, where its longest word asks for it
BOTTOM_SHARES: Final = (0.85, 0.85, 1.35, 0.95)
FOOT_SHARES: Final = (0.85, 1.85, 1.3)  # of Back, Skip and the way on at the foot of a narrow page


class BarPart(Part):
    """A bar of controls in fixed places. It mirrors for a left hand, whatever the page does.

    On a small screen it lies over the whole page, and its controls stand in the rail that both bars share.
    """

    personal = ("bars",)
    bars = ObjectProperty(Bars())
    widths = ObjectProperty(())  # px of the places in the rail, as the page has shared them out
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

    @staticmethod
    def fair(
        controls: Sequence[Control], shares: Sequence[float], needs: Sequence[float], width: float
    ) -> tuple[float, ...]:
        """Divide a width; the way on stands on one line where that leaves the others what they need."""
        wishes = [
            max(need, one.narrowest_px(0)) if one.kind == "onward" else need
            for one, need in zip(controls, needs, strict=True)
        ]
        return shared_out(shares, wishes if sum(wishes) <= width else needs, width)

    def side_by_side(self, shares: Sequence[float]) -> None:
        """Give the controls of a wide or tall page their places by shares; words that need more are lent it."""
        wide, gap = theme.MEASURE.shape == "wide", px(theme.GAP)
        needs = [one.beside_px() if wide else one.narrowest_px(self.height) for one in self.row]
        start = 0.0
        places = self.fair(self.row, shares, needs, self.width - gap * (len(self.row) - 1))
        for control, place in zip(self.row, places, strict=True):
            if control.said is not None:
                self.put(control, start, 0, place, self.height)
            start += place + gap

    def in_rail(self, controls: Iterable[Control]) -> None:
        """Give controls their places in the rail that both bars share: downwards at the side, or along the head."""
        tall = px(theme.BAR)
        step = (self.height + px(theme.GAP)) / len(RAIL)
        for control in controls:
            if theme.MEASURE.shape == "slim":
                place = HEAD.index(control.name)
                start = sum(self.widths[:place]) + place * px(ACROSS_GAP)
                self.put(control, start, self.height - tall, self.widths[place], tall)
            else:
                foot = self.height - (RAIL.index(control.name) + 1) * step + px(theme.GAP)
                self.put(control, 0, foot, self.widths[0], step - px(theme.GAP))


def rail_px(bars: Sequence[BarPart], wide: float) -> tuple[float, ...]:
    """Return the widths of the places in the rail of a small page: one at its side, or those along its head."""
    needs = {control.name: control.narrowest_px(px(theme.BAR)) for bar in bars for control in bar.say()}
    if theme.MEASURE.shape == "rail":
        return (max([px(RAIL_MM), *(need for name, need in needs.items() if name in RAIL)]),)
    least = [max(px(theme.BAR), needs.get(name, 0.0)) for name in HEAD]
    return shared_out([1] * len(HEAD), least, wide - px(ACROSS_GAP) * (len(HEAD) - 1))


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
        """Five places alike; in the rail the panel of Bigger has Language, and the hidden page has Help."""
        shown = self.say()
        if theme.MEASURE.small:
            self.language.said = self.help.said = None
            self.in_rail(control for control in shown if control.said is not None)
            return
        self.side_by_side([1] * len(self.row))


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
    """Back, Hide, Skip and the onward button, always in these places; in the rail Hide, and Back at the side.

    `reserved`: a page on which the way on comes and goes, so that its room is kept. What kv puts inside has the place
    of Skip on a small screen, on a page that never has that; on a large one it is absent.
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

    @property
    def past(self) -> Any:  # noqa: ANN401 - Kivy carries no types
        """What stands in the place of Skip on a small screen."""
        return next((child for child in self.children if child not in self.row), self.skip)

    def foot_px(self, wide: float) -> int:
        """Height that a page as narrow as a hand lends to its foot: as much as the words there need; 0 without any."""
        if not self.leads and self.bars.back is None:
            return 0
        self.say()
        foot = zip((self.past, self.onward), self._foot_px(wide)[1:], strict=True)
        return int(max([px(theme.BAR), *(round(control.high_px(width)) for control, width in foot)]))

    def _foot_px(self, wide: float) -> tuple[float, ...]:
        """Widths of Back, Skip and the way on at the foot of a narrow page."""
        foot = (self.back, self.past, self.onward)
        needs = [max(px(theme.BAR), control.narrowest_px(wide)) for control in foot]
        return self.fair(foot, FOOT_SHARES, needs, wide - px(ACROSS_GAP) * (len(foot) - 1))

    def end_px(self) -> int:
        """Width of Skip and the way on at the side of a small screen: the rail's, or what their longest word needs."""
        widest, words = 0, self._ruler
        for said in (self.bars.skip, self.bars.onward):
            if said is not None:
                words.said, words.look = said, self.look
                widest = max(widest, words.needs(words.sizes_px()[-1], px(MOST_END_MM))[0])
        words.forget()
        lent = 0 if self.past is self.skip else round(self.past.narrowest_px(px(theme.BAR)))
        return max(px(RAIL_MM), min(px(MOST_END_MM), max(lent, widest + 2 + 2 * px(EDGE))))

    def arrange(self) -> None:
        """Four places; Skip is somewhat wider, for it says the most."""
        shown = self.say()
        self.onward.icon = self.onward_icon
        small = theme.MEASURE.small
        if self.past is not self.skip:
            self.past.absent = not small
        if small:
            self._small([*shown, self.past] if self.past is not self.skip else shown)
            return
        self.side_by_side(BOTTOM_SHARES)

    def _small(self, shown: list[Any]) -> None:
        """Hide in the rail, and Back at the side; Skip and the way on at the other side, or with Back at the foot."""
        if theme.MEASURE.shape == "slim":
            self.skip.stacked = self.onward.stacked = False
            self.in_rail(control for control in shown if control is self.hide)
            start, tall = 0.0, self.foot_px(self.width)
            for control, wide in zip((self.back, self.past, self.onward), self._foot_px(self.width), strict=True):
                if control in shown:
                    self.put(control, start, 0, wide, tall)
                start += wide + px(ACROSS_GAP)
            return
        self.in_rail(control for control in shown if control in self.short)
        gap = px(theme.GAP)
        step, wide = (self.height + gap) / len(RAIL), self.end_px()
        high = max(2 * step - gap, 0 if self.past is self.skip else self.past.high_px(wide))
        low = self.height - high - gap
        places = ((self.width - wide, low + gap, wide, high), (self.width - wide, 0, wide, low))
        for control, where in zip((self.past, self.onward), places, strict=True):
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
