"""Words: a label in its own language's font and direction, as large as its role allows and its box holds.

Rule 1: what is `absent` is taken out of its parent's canvas: it costs no drawing and cannot be found.
Rule 2: words are drawn before the frame begins, and only when something about them changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk import typeset
from kiosk.presenters.shown import Look, Said
from kiosk.screens import shaped, theme
from kiosk.screens.theme import px, rgba

LTR: Final = Look("ltr")
STEPS: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46)
LEAST_ON_ONE_LINE: Final = 0.8
MOST_LINES, LINE_PX = 3, 1.33
SPARED: Final = {"rail": 2, "slim": 3}
ENDLESS: Final = 100000
KEPT_SIZES: Final = 512


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


def draw_words(label: Label) -> None:
    """Draw a label's words into a fresh picture now, before the frame begins.

    Kivy would do it within the frame and into the picture that the last frame still uses: software graphics then wait
    for both, ten times as long.
    """
    label._trigger_texture.cancel()  # noqa: SLF001 - Kivy has no road to this
    label._label.texture = None  # noqa: SLF001 - as above
    label.texture_update()
    if label.texture is not None:
        # It stands pixel on pixel: blending neighbours would change nothing, and cost software graphics a fifth.
        label.texture.min_filter = label.texture.mag_filter = "nearest"
        label.texture.bind()


def drop_lines(label: Label) -> None:
    """Empty Kivy's provider behind a label: it keeps the last words and their picture."""
    core = label._label  # noqa: SLF001 - Kivy keeps them there and has no road to them
    core.text, core.texture, core._cached_lines = "", None, []  # noqa: SLF001 - as above
    core.options["text"] = ""


@lru_cache(KEPT_SIZES)
def _sizes_px(
    role: theme.Role, smallest: float, tag: str, scale: int, _mm_per_px: float, _shape: theme.Shape
) -> tuple[float, ...]:
    """Sizes of a role to try, largest first; the measure of the window is named since the answer depends on it."""
    grow = typeset.grows(tag) * scale / 100
    floor = smallest * typeset.grows(tag)
    sizes = [*(max(theme.em_mm(role) * grow * step, floor) for step in STEPS), floor]
    return tuple(float(px(size)) for size in dict.fromkeys(sizes))


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
    flush = BooleanProperty(defaultvalue=False)  # each line begins where the page does, also a name in another script
    smallest = NumericProperty(theme.TYPE["small"].em_mm)
    tall = NumericProperty(0)
    wide = NumericProperty(0)
    absent = BooleanProperty(defaultvalue=True)
    gives: ClassVar[bool] = True  # as other parts do
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

    def sizes_px(self) -> Sequence[float]:
        """Sizes to try, largest first; none is under the smallest."""
        measure = theme.MEASURE
        pixels = _sizes_px(self.role, self.smallest, self.said.tag, self.look.scale, measure.mm_per_px, measure.shape)
        if not self.at_most:
            return pixels
        return [size for size in pixels if size <= self.at_most] or pixels[-1:]

    def needs(self, size_px: float, width_px: float, text: str = "") -> tuple[int, int]:
        """Widest word and height in px that the words need at a size, or that `text` would need in their place."""
        kind = theme.TYPE[self.role]
        rtl = self.said.direction == "rtl"
        return shaped.natural_size(
            text or self.said.text,
            self.said.tag,
            size_px,
            width_px,
            bold=kind.bold or self.strong,
            rtl=rtl,
            line=kind.line,
            typed=self.said.typed,
        )

    def wants_px(self, width_px: float) -> float:
        """Height in px that the words want: their full size on at most three lines, and `tall` where there is room."""
        if self.said is None:
            return 0.0
        size = self.sizes_px()[0]
        natural = self.needs(size, width_px)[1] + 2
        if theme.MEASURE.shape in SPARED:  # lines of the usual size are all that a small page can spare
            usual = float(px(theme.em_mm(self.role) * typeset.grows(self.said.tag)))
            spared = min(natural, SPARED[theme.MEASURE.shape] * self.needs(usual, ENDLESS)[1] + 2)
            return float(spared if theme.MEASURE.shape == "rail" else max(spared, px(self.tall)))
        return float(max(min(natural, size * MOST_LINES * LINE_PX), px(self.tall)))

    def least_px(self, width_px: float) -> float:
        """Height in px that the words need at their smallest."""
        return 0.0 if self.said is None else float(self.needs(self.sizes_px()[-1], width_px)[1] + 2)

    def fits(self, width_px: float, height_px: float) -> bool:
        """Whether the words have room at their smallest."""
        if self.said is None:
            return True
        return self._stands(self.sizes_px()[-1], width_px, height_px)

    def one_line_px(self) -> int:
        """Width in px of the words at their largest size if they stand on one line."""
        return self.line_px(self.sizes_px()[0])

    def line_px(self, size_px: float) -> int:
        """Width in px of the words on one line of this size."""
        kind, said = theme.TYPE[self.role], self.said
        return shaped.line_width(
            said.text,
            said.tag,
            size_px,
            bold=kind.bold or self.strong,
            rtl=said.direction == "rtl",
            typed=said.typed,
        )

    def best_size(self, width_px: float, height_px: float) -> float:
        """The largest size whose words fit the box; the smallest one if none does."""
        sizes = self.sizes_px()
        if self.one_line_first:
            largest = self.one_line_px()
            fitting = [size for size in sizes if largest * size / sizes[0] + 2 <= width_px]
            lines = (size for size in fitting if self._stands(size, width_px, height_px))
            size = next(lines, 0)  # letters do not shrink quite evenly
            if size >= sizes[0] * LEAST_ON_ONE_LINE:
                return size
        return next((size for size in sizes if self._stands(size, width_px, height_px)), sizes[-1])

    def _stands(self, size_px: float, width_px: float, height_px: float) -> bool:
        """Whether the words have room at a size; Kivy breaks a word that just fits."""
        widest, high = self.needs(size_px, width_px)
        return widest + 2 <= width_px and high <= height_px

    def _spare_px(self, text: str) -> int:
        """What may be left free at the end of lines so that they are about equally long; a short text stays whole."""
        if self.said.typed:
            return 0
        high = self.needs(self.font_size, self.width)[1]
        kind, rtl = theme.TYPE[self.role], self.said.direction == "rtl"
        if high < 2 * self.font_size:
            turned = self.said.direction != self.look.direction and not (self.centred or self.far or self.flush)
            return max(0, int(self.width) - self.line_px(self.font_size) - 2) if turned else 0
        narrow = shaped.narrowest(
            text, self.said.tag, self.font_size, self.width, bold=kind.bold or self.strong, rtl=rtl
        )
        widest, needed = self.needs(self.font_size, narrow, text)
        return int(self.width - narrow) if needed <= high and widest + 2 <= narrow else 0

    def _broken(self) -> str:
        """The words as they are broken into lines: an aside in brackets stays whole where that takes no more lines."""
        said = self.said
        text = str(said.text) if said.typed else typeset.asides_together(said.text)
        if text != said.text:
            widest, high = self.needs(self.font_size, self.width, text)
            if widest + 2 > self.width or high > self.needs(self.font_size, self.width)[1]:
                return str(said.text)
        return text

    def _padding(self, spare: int) -> tuple[int, int, int, int]:
        """What is left free lies at the side where the page ends, also for words of another direction than its own."""
        if self.centred:
            return (spare // 2, 0, spare // 2, 0)
        from_right = self.halign == "right" if self.far or self.flush else self.look.direction == "rtl"
        return (spare, 0, 0, 0) if from_right else (0, 0, spare, 0)

    def arrange(self) -> None:
        """Set font, size and place of the words."""
        if self.said is None or self.width < 1:
            self.text = ""
            return
        kind = theme.TYPE[self.role]
        rtl = self.said.direction == "rtl"
        self.font_name = theme.font_path(typeset.font_for(self.said.tag, bold=kind.bold or self.strong))
        self.font_size = self.best_size(self.width, self.height)
        self.line_height, text = kind.line, self._broken()
        self.base_direction = "rtl" if rtl else "ltr"
        from_right = self.look.direction == "rtl" if self.flush else rtl
        self.halign = "center" if self.centred else ("right" if from_right != self.far else "left")
        self.padding = self._padding(self._spare_px(text))
        self.text_size = self.size
        self.color = self.disabled_color = rgba(getattr(theme.colours_of(self.look), self.ink))
        self._label.kept, self._label.whole_asides = not self.said.typed, text != self.said.text
        self.text = self.said.text
        placed = (*self.text_size, self.halign, self.valign, self.line_height, *self.padding)
        wanted = (
            text,
            self.base_direction,
            self.font_name,
            self.font_size,
            *placed,
            self.strikethrough,
            *self.color,
        )
        if wanted == self._drawn and self.texture is not None:
            self._trigger_texture.cancel()  # what stands drawn already is left alone
            return
        self._drawn = wanted
        draw_words(self)
