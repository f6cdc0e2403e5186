"""What every screen is made of: things that have a place, words, pictures, and things to touch.

Rule 1: a part draws what it is given and says what was touched; it decides nothing about the turn.
Rule 2: sizes are millimetres (`tall`, `wide`; 0 shares what is left); mirroring follows `look.direction`.
Rule 3: a part that is `absent` takes no place, is not drawn and cannot be touched.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from kivy.clock import Clock
from kivy.core.image import Image as CoreImage
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk import typeset
from kiosk.presenters.shown import Look, Said
from kiosk.screens import shaped, theme
from kiosk.screens.rounded import Rounded, body
from kiosk.screens.theme import px, rgba

LTR: Final = Look("ltr")
LEAST_ON_ONE_LINE: Final = 0.8
PLATE_RIM: Final = 0.05
STEPS: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46)


def draw(widget: Widget, *, drawn: bool) -> None:
    """Put a widget's canvas into its parent's, at its own height, or take it out: what is absent costs no drawing."""
    parent = widget.parent
    if parent is None or (parent.canvas.indexof(widget.canvas) != -1) == drawn:
        return
    if not drawn:
        parent.canvas.remove(widget.canvas)
        return
    above = parent.children[: parent.children.index(widget)]  # what was added later stands in front
    places = [parent.canvas.indexof(other.canvas) for other in above]
    place = min((place for place in places if place != -1), default=-1)
    parent.canvas.add(widget.canvas) if place == -1 else parent.canvas.insert(place, widget.canvas)


class Part(Widget):
    """Something that has a place. `arrange` runs once before the next frame after any change."""

    look = ObjectProperty(LTR)
    tall = NumericProperty(0)
    wide = NumericProperty(0)
    absent = BooleanProperty(defaultvalue=False)
    personal: ClassVar[tuple[str, ...]] = ()  # properties that may hold what a person sees or says

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        self._soon = Clock.create_trigger(lambda _dt: self.arrange(), -1)
        super().__init__(**kwargs)
        self.bind(pos=self.again, size=self.again, look=self.again)

    def again(self, *_: object) -> None:
        """Ask to be arranged before the next frame."""
        self._soon()

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
        return theme.COLOURS[self.look.theme]

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

    def arrange(self) -> None:
        """Place the children that are not absent."""
        shown = [child for child in reversed(self.children) if not child.absent]
        gap, pad = px(self.gap), px(self.pad)
        free = self.height - 2 * pad - gap * (len(shown) - 1) - sum(px(child.tall) for child in shown)
        share = free / max(1, sum(1 for child in shown if not child.tall))
        top = self.height - pad
        for child in shown:
            height = px(child.tall) if child.tall else share
            top -= height
            self.put(child, pad, top, self.width - 2 * pad, height)
            top -= gap


class Row(Part):
    """Children in reading direction, `gap` mm between; those with no `wide` share what is left."""

    gap = NumericProperty(theme.GAP)

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        """What comes and goes makes the others move."""
        super().add_widget(widget, *args, **kwargs)
        widget.bind(absent=self.again, wide=self.again)

    def arrange(self) -> None:
        """Place the children that are not absent."""
        shown = [child for child in reversed(self.children) if not child.absent]
        gap = px(self.gap)
        free = self.width - gap * (len(shown) - 1) - sum(px(child.wide) for child in shown)
        share = free / max(1, sum(1 for child in shown if not child.wide))
        x = 0.0
        for child in shown:
            width = px(child.wide) if child.wide else share
            self.put(child, x, 0, width, self.height)
            x += width + gap


def draw_words(label: Label) -> None:
    """Draw a label's words into a fresh picture now, before the frame begins.

    Kivy would do it within the frame and into the picture that the last frame still uses: software graphics then wait
    for both, ten times as long.
    """
    label._trigger_texture.cancel()  # noqa: SLF001 - Kivy has no road to this
    label._label.texture = None  # noqa: SLF001 - as above
    label.texture_update()
    if label.texture is not None:
        label.texture.bind()


def drop_lines(label: Label) -> None:
    """Empty Kivy's provider behind a label: it keeps the last words and their picture."""
    core = label._label  # noqa: SLF001 - Kivy keeps them there and has no road to them
    core.text, core.texture, core._cached_lines = "", None, []  # noqa: SLF001 - as above
    core.options["text"] = ""


class Page(Stack):
    """A whole page with its margins. Its ground is the window's own clear colour, which costs no drawing."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(pad=theme.MARGIN, **kwargs)


class Words(Label):
    """Words in their own language's font and direction, as large as their role allows and their box holds."""

    look = ObjectProperty(LTR)
    said = ObjectProperty(None, allownone=True)
    role = StringProperty("body")
    ink = StringProperty("ink")
    centred = BooleanProperty(defaultvalue=False)
    strong = BooleanProperty(defaultvalue=False)
    one_line_first = BooleanProperty(defaultvalue=False)  # rather somewhat smaller than on two lines
    at_most = NumericProperty(0)  # px; lets neighbours agree on one size
    far = BooleanProperty(defaultvalue=False)  # stands at the side where the language ends
    smallest = NumericProperty(theme.TYPE["small"].em_mm)
    tall = NumericProperty(0)
    wide = NumericProperty(0)
    absent = BooleanProperty(defaultvalue=True)
    texture: Any  # Kivy's own, which carries no type

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        self._again = Clock.create_trigger(lambda _dt: self.arrange(), -1)
        self._drawn: tuple[object, ...] | None = None  # what the picture shows
        kwargs.setdefault("valign", "middle")
        super().__init__(**kwargs)
        for name in ("size", "said", "role", "ink", "look", "centred", "strong", "far", "at_most"):
            self.fbind(name, lambda *_: self._again())
        self._again()

    def on_said(self, _words: object, said: Said | None) -> None:
        """No words, no place."""
        self.absent = said is None
        self._again()

    def on_absent(self, _words: object, absent: bool) -> None:  # noqa: FBT001 - Kivy's own
        """Not drawn."""
        self.opacity = 0 if absent else 1
        draw(self, drawn=not absent)

    def forget(self) -> None:
        """Drop the words, the lines they were broken into, and the picture drawn of them."""
        self.said, self.text, self.texture, self._drawn = None, "", None, None
        drop_lines(self)

    @property
    def core(self) -> type:
        """The text provider that measures these words."""
        return shaped.ShapedCore

    def sizes_px(self) -> list[float]:
        """Sizes to try, largest first; none is under the smallest."""
        kind = theme.TYPE[self.role]
        grow = typeset.grows(self.said.tag) * self.look.scale / 100
        floor = self.smallest * typeset.grows(self.said.tag)
        sizes = [max(kind.em_mm * grow * step, floor) for step in STEPS]
        pixels = [px(size) for size in dict.fromkeys(sizes)]
        return [float(size) for size in pixels if not self.at_most or size <= self.at_most] or [float(pixels[-1])]

    def needs(self, size_px: float, width_px: float) -> tuple[int, int]:
        """Widest word and height in px that the words need at a size."""
        kind = theme.TYPE[self.role]
        rtl = self.said.direction == "rtl"
        return shaped.natural_size(
            self.said.text,
            self.said.tag,
            size_px,
            width_px,
            bold=kind.bold or self.strong,
            rtl=rtl,
            line=kind.line,
            core=self.core,
        )

    def one_line_px(self) -> int:
        """Width in px of the words at their largest size if they stand on one line."""
        kind, said = theme.TYPE[self.role], self.said
        return shaped.line_width(
            said.text, said.tag, self.sizes_px()[0], bold=kind.bold or self.strong, rtl=said.direction == "rtl"
        )

    def best_size(self, width_px: float, height_px: float) -> float:
        """The largest size whose words fit the box; the smallest one if none does."""
        sizes = self.sizes_px()
        if self.one_line_first:
            largest = self.one_line_px()
            fitting = [size for size in sizes if largest * size / sizes[0] + 2 <= width_px]
            if fitting and fitting[0] >= sizes[0] * LEAST_ON_ONE_LINE:
                return fitting[0]
        for size in sizes:
            widest, high = self.needs(size, width_px)
            if widest + 2 <= width_px and high <= height_px:  # Kivy breaks a word that just fits
                return size
        return sizes[-1]

    def _spare_px(self) -> int:
        """What may be left free at the end of lines so that they are about equally long; a short text stays whole."""
        if self.centred:
            return 0
        high = self.needs(self.font_size, self.width)[1]
        if high < 2 * self.font_size or self.core is not shaped.ShapedCore:
            return 0
        kind, rtl = theme.TYPE[self.role], self.said.direction == "rtl"
        narrow = shaped.narrowest(
            self.said.text, self.said.tag, self.font_size, self.width, bold=kind.bold or self.strong, rtl=rtl
        )
        widest, needed = self.needs(self.font_size, narrow)
        return int(self.width - narrow) if needed <= high and widest + 2 <= narrow else 0

    def arrange(self) -> None:
        """Set font, size and place of the words."""
        if self.said is None or self.width < 1:
            self.text = ""
            return
        kind = theme.TYPE[self.role]
        rtl = self.said.direction == "rtl"
        self.font_name = theme.font_path(typeset.font_for(self.said.tag, bold=kind.bold or self.strong))
        self.font_size = self.best_size(self.width, self.height)
        self.line_height = kind.line
        self.base_direction = "rtl" if rtl else "ltr"
        self.halign = "center" if self.centred else ("right" if rtl != self.far else "left")
        spare = self._spare_px()
        self.padding = (spare, 0, 0, 0) if self.halign == "right" else (0, 0, spare, 0)
        self.text_size = self.size
        self.color = rgba(getattr(theme.COLOURS[self.look.theme], self.ink))
        self.text = self.said.text
        shape = (self.font_name, self.font_size, *self.text_size, self.halign, self.line_height, *self.padding)
        wanted = (self.text, self.base_direction, *shape, *self.color)
        if wanted == self._drawn and self.texture is not None:
            self._trigger_texture.cancel()  # what stands drawn already is left alone
            return
        self._drawn = wanted
        draw_words(self)


class Picture(Part):
    """A picture by its name in assets/icons, tinted where it is of one colour, on a white plate where it must be."""

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
        side = min(self.size)
        path = theme.picture_path(self.name or "", side, rtl=self.rtl and not self.still) if side >= 1 else None
        tint = theme.tinted(self.name or "")
        plated = path is not None and self.plated and not tint and theme.needs_plate(self.name)
        self._plate_paint.rgba = rgba(self.colours.plate) if plated else (0, 0, 0, 0)
        left, foot = round(self.center_x - side / 2), round(self.center_y - side / 2)
        rim = round(side * PLATE_RIM)
        self._plate.pos, self._plate.size = (left - rim, foot - rim), (side + 2 * rim, side + 2 * rim)
        self._plate.radius = [px(theme.RADIUS)]
        self._box.pos, self._box.size = (left, foot), (round(side), round(side)) if path else (0, 0)
        self._paint.rgba = rgba(getattr(self.colours, self.ink)) if tint else (1, 1, 1, 1)
        self._box.texture = CoreImage.load(path).texture if path else None


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
