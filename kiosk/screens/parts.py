"""What every screen is made of: things that have a place, words, pictures, and things to touch.

Rule 1: a part draws what it is given and says what was touched; it decides nothing about the turn.
Rule 2: sizes are millimetres (`tall`, `wide`; 0 shares what is left); mirroring follows `look.direction`. On a small
        screen, and with large type, a part may want less or more than its `tall`.
Rule 3: a part that is `absent` takes no place, is not drawn and cannot be touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.presenters.shown import Look
from kiosk.screens import theme
from kiosk.screens.pictured import ALBUM
from kiosk.screens.rounded import Rounded, body
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import LTR, Words, draw

MOST_BESIDE_WORDS: Final = 0.75
MOST_OF_ONE: Final = 0.5  # of a row, what one control takes beside words
WORDS_TALLEST, WORDS_LOW = 24.0, 18.0  # mm of words beside controls


class Part(Widget):
    """Something that has a place. `arrange` runs once before the next frame after any change."""

    look = ObjectProperty(LTR)
    tall = NumericProperty(0)
    wide = NumericProperty(0)
    absent = BooleanProperty(defaultvalue=False)
    gives: ClassVar[bool] = False  # whether it takes less than it wants where a page is too low for all
    personal: ClassVar[tuple[str, ...]] = ()  # properties that may hold what a person sees or says

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        self._soon = Clock.create_trigger(lambda _dt: self.arrange(), -1)
        super().__init__(**kwargs)
        self.bind(pos=self.again, size=self.again, look=self.again)

    def again(self, *_: object) -> None:
        """Ask to be arranged before the next frame."""
        self._soon()

    def placed_anew(self, *_: object) -> None:
        """Ask to be given another place: what it holds may want more height, or less."""
        if isinstance(self.parent, Part):
            self.parent.again()
            self.parent.placed_anew()

    def arrange(self) -> None:
        """Place the children and draw; parts with anything inside override this."""

    def forget(self) -> None:
        """Drop what a person saw or said, here and inside."""
        for name in self.personal:
            setattr(self, name, self.property(name).defaultvalue)
        for child in self.children:
            if isinstance(child, Part | Words):
                child.forget()

    @property
    def rtl(self) -> bool:
        """True if the page is mirrored."""
        return bool(self.look.direction == "rtl")

    @property
    def colours(self) -> theme.Colours:
        """The colours of the look."""
        return theme.colours_of(self.look)

    def on_look(self, _part: object, look: Look) -> None:
        """A look holds for everything inside."""
        for child in self.children:
            if isinstance(child, Part | Words):
                child.look = look

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        """What is put inside takes over the look."""
        super().add_widget(widget, *args, **kwargs)
        if isinstance(widget, Part | Words):
            widget.look = self.look
            draw(widget, drawn=not widget.absent)
        self.again()

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """What is absent lets a touch through; Kivy's own disabled widgets would swallow it."""
        return False if self.absent else bool(super().on_touch_down(touch))

    def on_absent(self, _part: object, absent: bool) -> None:  # noqa: FBT001 - Kivy's own
        """Not drawn, not touched, no size."""
        self.opacity, self.disabled = (0, True) if absent else (1, False)
        draw(self, drawn=not absent)
        if absent:
            self.size = (0, 0)

    def wants_px(self, width: float) -> float:  # noqa: ARG002 - a part whose words wrap asks for its width
        """Height in px that it wants at this width, where it has a `tall`."""
        return float(px(min(self.tall, theme.ANSWER) if theme.MEASURE.shape == "rail" else self.tall))

    def put(self, child: Widget, x: float, y: float, width: float, height: float) -> None:
        """Give a child its place, in px from this part's starting side and foot; mirrored where the page is."""
        left = self.x + (self.width - x - width if self.rtl else x)
        child.pos, child.size = (round(left), round(self.y + y)), (round(width), round(height))


class Stack(Part):
    """Children from head to foot, `gap` mm between; those with no `tall` share what is left."""

    gap = NumericProperty(theme.GAP)
    pad = NumericProperty(0)

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        """What comes and goes makes the others move."""
        super().add_widget(widget, *args, **kwargs)
        widget.bind(absent=self.again, tall=self.again)
        if isinstance(widget, Words):
            widget.bind(said=self.again)

    def arrange(self) -> None:
        """Place the children that are not absent."""
        pad = px(self.pad)
        shown = [child for child in reversed(self.children) if not child.absent]
        self.pile(shown, pad, pad, self.width - 2 * pad, self.height - 2 * pad)

    def between_px(self) -> int:
        """What is left free between two children."""
        return px(self.gap)

    def pile(self, shown: list[Widget], x: float, y: float, width: float, height: float) -> None:
        """Place these children from head to foot in a room that begins at x and y px."""
        gap, top = self.between_px(), y + height
        wanted = [child.wants_px(width) if child.tall else 0.0 for child in shown]
        free = height - gap * (len(shown) - 1) - sum(wanted)
        if free < 0:
            giving = [want if child.gives else 0.0 for child, want in zip(shown, wanted, strict=True)]
            wanted = [want + free * give / max(1.0, sum(giving)) for want, give in zip(wanted, giving, strict=True)]
            free = 0.0
        share = free / max(1, sum(1 for child in shown if not child.tall))
        for child, want in zip(shown, wanted, strict=True):
            high = want if child.tall else share
            self.put(child, x, top - high, width, high)
            top -= high + gap


class Row(Part):
    """Children in reading direction, `gap` mm between; those with no `wide` share what is left.

    Where its words would be left too little, they stand above the others.
    """

    gap = NumericProperty(theme.GAP)

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        """What comes and goes makes the others move."""
        super().add_widget(widget, *args, **kwargs)
        widget.bind(absent=self.again, wide=self.again)
        if widget.property("said", quiet=True) is not None:
            widget.bind(said=self.again)
        if isinstance(widget, Words):
            widget.bind(said=self.placed_anew)

    @staticmethod
    def _wide_px(child: Widget, width: float) -> float:
        """Width of a child; on a small or narrow page one with little to say takes no more than that needs."""
        wide, shape = float(px(child.wide)), theme.MEASURE.shape
        if wide and isinstance(child, Words) and child.said is not None and theme.MEASURE.small:
            return min(wide, child.one_line_px() + 2, width / 2)
        if shape == "wide" or not wide or not isinstance(child, Touchable):
            return wide
        needed = child.whole_px() if shape == "tall" else child.compact_px()
        most = max(width * MOST_OF_ONE, child.narrow_px())
        return min(wide, max(needed, px(theme.BAR)), most, width * MOST_BESIDE_WORDS)

    def _shown(self, width: float) -> tuple[list[Widget], list[Widget]]:
        """Words that stand above, and what stands side by side."""
        shown = [child for child in reversed(self.children) if not child.absent]
        words = [child for child in shown if isinstance(child, Words)]
        others = [child for child in shown if child not in words]
        taken = sum(self._wide_px(child, width) for child in others)
        crowded = taken > width * MOST_BESIDE_WORDS or not all(
            one.fits(width - taken - px(self.gap) * len(others), px(WORDS_TALLEST)) for one in words
        )
        return (words, others) if words and others and crowded else ([], shown)

    def wants_px(self, width: float) -> float:
        """As high as its words and the others want."""
        above, beside = self._shown(width)
        usual = super().wants_px(width)
        if above:
            return float(sum(words.wants_px(width) + px(self.gap) for words in above)) + usual
        words = [child for child in beside if isinstance(child, Words)]
        room = width - sum(self._wide_px(child, width) + px(self.gap) for child in beside if child not in words)
        most = px(WORDS_LOW if theme.MEASURE.shape == "rail" else WORDS_TALLEST * self.look.scale / 100)
        needed = [max(min(most, child.wants_px(room)), child.least_px(room)) for child in words]
        return float(max([usual, *(min(px(WORDS_TALLEST * self.look.scale / 100), each) for each in needed)]))

    def arrange(self) -> None:
        """Place the children that are not absent."""
        above, beside = self._shown(self.width)
        gap, high = px(self.gap), self.height
        for words in above:
            want = words.wants_px(self.width)
            self.put(words, 0, high - want, self.width, want)
            high -= want + gap
        wide = [self._wide_px(child, self.width) for child in beside]
        most = self.width - gap * (len(beside) - 1)
        wide = [each * min(1.0, most / max(1, sum(wide))) for each in wide]
        sharing = [child for child, each in zip(beside, wide, strict=True) if not each]
        shares = iter(self._shares(sharing, most - sum(wide)))
        x = 0.0
        low = high  # a control does not grow with the words beside it
        if any(isinstance(child, Words) for child in beside):
            low = min(high, px(max(self.tall, theme.ANSWER)))
        for child, each in zip(beside, wide, strict=True):
            tall = low if isinstance(child, Touchable) else high
            width = each or next(shares)
            self.put(child, x, (high - tall) / 2, width, tall)
            x += width + gap

    def _shares(self, others: list[Widget], room: float) -> Sequence[float]:
        """Widths of those that share a room: alike, as far as the words of each have room."""
        needs = [one.narrowest_px(self.height) if isinstance(one, Touchable) else 0.0 for one in others]
        for one in others:
            if isinstance(one, Touchable):
                one.again()  # measuring has moved its words
        return shared_out([1.0] * len(others), needs, room)


def shared_out(shares: Sequence[float], needs: Sequence[float], width: float) -> tuple[float, ...]:
    """Divide a width by shares; what one needs beyond its own, those that need less lend alike."""
    usual = [width * share / sum(shares) for share in shares]
    lack = sum(max(0.0, need - each) for need, each in zip(needs, usual, strict=True))
    spare = sum(max(0.0, each - need) for need, each in zip(needs, usual, strict=True))
    taken = min(lack, spare)
    return tuple(
        each + (need - each) * (taken / lack if need > each else taken / spare) if taken else each
        for need, each in zip(needs, usual, strict=True)
    )


class Picture(Part):
    """A picture by its name, tinted where it is of one colour, on a white plate where it must be.

    An icon stands square in the middle of its place; a file of the bundle fills it as far as its form allows.
    """

    name = StringProperty("", allownone=True)
    ink = StringProperty("ink")
    plated = BooleanProperty(defaultvalue=False)
    still = BooleanProperty(defaultvalue=False)  # does not turn round on a mirrored page

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas:
            self._plate_paint = Color()
            self._plate = Rounded()
            self._paint = Color()
            self._box = Rectangle()
        self.bind(name=self.again, ink=self.again, plated=self.again)

    def arrange(self) -> None:
        """Draw the picture square, in the middle of its place."""
        side, name = min(self.size), self.name or ""
        texture = ALBUM.texture(name, side, rtl=self.rtl and not self.still) if side >= 1 else None
        tint = theme.tinted(name)
        plated = texture is not None and self.plated and not tint and theme.needs_plate(name)
        self._plate_paint.rgba = rgba(self.colours.plate) if plated else (0, 0, 0, 0)
        wide, high = self._fitted(name, texture)
        left, foot = round(self.center_x - wide / 2), round(self.center_y - high / 2)
        self._plate.pos, self._plate.size = (left, foot), (wide, high)
        self._plate.radius = [px(theme.RADIUS)]
        self._box.pos, self._box.size = (left, foot), (wide, high)
        self._paint.rgba = rgba(getattr(self.colours, self.ink)) if tint else (1, 1, 1, 1)
        self._box.texture = texture

    def _fitted(self, name: str, texture: Any) -> tuple[int, int]:  # noqa: ANN401 - Kivy's own
        """Width and height in px at which it is drawn."""
        if texture is None:
            return 0, 0
        if theme.is_icon(name):
            return round(min(self.size)), round(min(self.size))
        share = min(self.width / texture.width, self.height / texture.height)
        return round(texture.width * share), round(texture.height * share)


class Sign(Picture):
    """A picture beside words, which takes no place where there is none."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = not self.name

    def on_name(self, _sign: object, name: str | None) -> None:
        """Without a name it is absent."""
        self.absent = not name


class Face:
    """The rounded body of a tile, key or button: a fill inside a line. `fill`, `line`, `line_px` say how it stands."""

    def __init__(self, part: Part) -> None:
        self.fill, self.line, self.line_px = "", "", 0
        with part.canvas.before:
            Color()
            self._box = Rectangle(size=(0, 0))

    def paint(self, part: Part, fill: str, line: str, line_mm: float = theme.LINE) -> None:
        """Draw over the whole part; colours are #rrggbb."""
        self.fill, self.line, self.line_px = fill, line, max(1, px(line_mm))
        width, height = round(part.width), round(part.height)
        radius = min(px(theme.RADIUS), width // 2 - 1, height // 2 - 1)
        if radius < 1:
            self._box.size = (0, 0)
            return
        self._box.pos, self._box.size = (round(part.x), round(part.y)), (width, height)
        self._box.texture = body(width, height, fill, line, self.line_px, radius)


class Touchable(Part):
    """Something that may be touched: down shows it, up inside it counts. `name` is how tests find it."""

    name = StringProperty("")
    pressed = BooleanProperty(defaultvalue=False)
    __events__ = ("on_touched",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face = Face(self)
        self.bind(pressed=self.again)

    def on_touched(self) -> None:
        """It was touched and let go inside."""

    def compact_px(self) -> float:
        """The width in px that its words need on two lines; without words as wide as it is told."""
        return float(px(self.wide))

    def narrow_px(self) -> float:
        """The width in px that its words need on two lines at their smallest; 0 where they need none."""
        return 0.0

    def narrowest_px(self, height: float) -> float:  # noqa: ARG002 - nothing without words
        """The least width at which its words stand in a height."""
        return 0.0

    def whole_px(self) -> float:
        """The width in px that its words need on one line; without words as wide as it is told."""
        return float(px(self.wide))

    def let_go(self) -> None:
        """The page under the finger went: this touch counts no more."""
        self.pressed = False

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """Show the touch in the same frame."""
        if self.absent or self.disabled or not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self.pressed = True
        return True

    def on_touch_up(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """Count the touch if the finger is still inside."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self.pressed = False
        if not self.absent and self.collide_point(*touch.pos):
            self.dispatch("on_touched")
        return True
