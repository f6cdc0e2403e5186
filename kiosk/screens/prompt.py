"""The question itself: its picture, its words, the line below them, and what can be asked for beside them.

Rule 1: the words come first; the picture and the line below take what they leave.
Rule 2: Undo and "Tell me more" stand at the ending side, always in this order; below the words where the question
        stands beside its pad.
Rule 3: a picture that can be shown large has a glass in its corner and may be touched.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.screens import theme
from kiosk.screens.controls import Control
from kiosk.screens.parts import Part, Picture, Touchable
from kiosk.screens.pictured import ALBUM
from kiosk.screens.theme import px
from kiosk.screens.words import Words

SIDE_LINE: Final = 8.2
LARGE_IMAGE, LARGE_LOW, LOW_IMAGE = 34.0, 24.0, 16.0
UNDO_MM, TELL_MM = 40.0, 52.0
BESIDE: Final = 150.0  # mm; a narrower question has its controls below
LOW_MM, LOW_TALLEST = 18.0, 19.5  # the least width of a control beside the words on a small screen, and its height
GLASS: Final = 7.0
SIGN: Final = 9.0  # mm of the sign before what should be looked at again, and of the gap after it


class Glass(Touchable):
    """The picture of a question that can be shown large."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.glass = Picture(name="enlarge")
        self.add_widget(self.glass)

    def arrange(self) -> None:
        """A frame round the picture, and the glass in its lower ending corner."""
        if self.width < 1:
            return
        self.face.paint(self, self.colours.press if self.pressed else self.colours.ground, self.colours.line)
        side = px(GLASS)
        self.put(self.glass, self.width - side, 0, side, side)


class Prompt(Part):
    """Picture, question, and below it the hint or, in red with a sign, what should be looked at again."""

    personal = ("said", "hint", "trouble", "picture", "undo")

    said = ObjectProperty(None, allownone=True)
    hint = ObjectProperty(None, allownone=True)
    trouble = ObjectProperty(None, allownone=True)
    picture = ObjectProperty(None, allownone=True)
    tell = ObjectProperty(None, allownone=True)
    undo = ObjectProperty(None, allownone=True)
    enlarges = BooleanProperty(defaultvalue=False)
    role = StringProperty("question")
    low = BooleanProperty(defaultvalue=False)  # over keys: controls stand beside the words, however narrow these are
    __events__ = ("on_tell_more", "on_take_back", "on_enlarge")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.frame, self.image = Glass(name="enlarge"), Picture()
        self.sign = Picture(name="trouble", ink="stop")
        self.words, self.side = Words(role="question", flush=True), Words(role="body", flush=True)
        self.undo_control = Control(name="undo", icon="undo", wide=UNDO_MM)
        self.tell_control = Control(name="tell", icon="tell", wide=TELL_MM)
        for part in (self.frame, self.image, self.words, self.side, self.sign, self.undo_control, self.tell_control):
            self.add_widget(part)
        self.frame.bind(on_touched=lambda _: self.dispatch("on_enlarge"))
        self.undo_control.bind(on_touched=lambda _: self.dispatch("on_take_back"))
        self.tell_control.bind(on_touched=lambda _: self.dispatch("on_tell_more"))
        for name in ("said", "hint", "trouble", "picture", "tell", "undo", "enlarges", "role", "low"):
            self.fbind(name, self.again)

    def on_tell_more(self) -> None:
        """More was asked for."""

    def on_take_back(self) -> None:
        """The last shall be taken back."""

    def on_enlarge(self) -> None:
        """The picture was touched."""

    def _controls(self) -> list[Control]:
        self.undo_control.said, self.tell_control.said = self.undo, self.tell
        return [control for control in (self.undo_control, self.tell_control) if control.said is not None]

    def _image_px(self) -> int:
        if not ALBUM.has(self.picture):
            return 0
        least = LOW_IMAGE if theme.MEASURE.small else theme.QUESTION
        return (
            px(LARGE_LOW if theme.MEASURE.shape == "rail" else LARGE_IMAGE)
            if self.height > 2 * px(LARGE_IMAGE)
            else px(least)
        )

    def _room(self, width: float) -> float:
        """Width left for the words."""
        image, controls = self._image_px(), self._controls() if self._beside(width) else []
        beside = sum(self._size_px(control)[0] + px(theme.GAP) for control in controls)
        return width - (image + px(4) if image else 0) - beside

    @property
    def _tight(self) -> bool:
        """True if controls take no more than their words need."""
        return bool(self.low) or theme.MEASURE.small

    def _beside(self, width: float) -> bool:
        """Whether controls stand beside the words, as on a wide page and where there is little room."""
        return width >= px(BESIDE) or self._tight

    def _size_px(self, control: Control) -> tuple[float, float]:
        """Width and height of a control."""
        if self._tight:
            wide = max(px(LOW_MM), control.narrowest_px(px(LOW_TALLEST)))
            return wide, max(px(theme.BAR), control.high_px(wide))
        return px(control.wide), px(theme.BAR)

    def _side_px(self) -> int:
        return px(SIDE_LINE * (1.12 if self.rtl else 1)) if self.trouble or self.hint else 0

    def _whole_side_px(self, room: float) -> int:
        """Height of the line below on as many lines as it takes: in full size, on a small screen at its smallest."""
        self.side.said, self.side.strong = self.trouble or self.hint, bool(self.trouble)
        if self.side.said is None:
            return 0
        room -= px(SIGN) if self.trouble else 0
        size = self.side.sizes_px()[-1 if theme.MEASURE.small else 0]
        return max(self._side_px(), self.side.needs(size, room)[1] + 2)

    def _low_px(self, room: float, height: float) -> int:
        """Height of the line below: as much as its words need of what the question leaves at its best size.

        Where that is too little the question steps down; a hint goes where there is no room even then.
        """
        line = self._side_px()
        if not line:
            return 0
        self.side.said = self.trouble or self.hint
        best, smallest = self.words.best_size(room, height - line), self.words.sizes_px()[-1]
        left = [height - self.words.needs(size, room)[1] - 4 for size in (best, smallest)]
        room -= px(SIGN) if self.trouble else 0
        for least in left:
            most = least + 2  # two of the four px that were kept for the question's own edge
            size = self.side.best_size(room, min(most, max(line, min(least, height * 0.5))))
            _, high = self.side.needs(size, room)
            if least >= px(theme.TYPE["small"].em_mm) and high <= most:
                return int(min(max(line, high + 2), most))
        return int(min(max(line, high + 2), max(line, left[-1]) + 2)) if self.trouble else 0

    def least_px(self, width: float) -> float:
        """The height at which the question still stands, in its smallest size and without the line below."""
        self.words.said, self.words.role = self.said, self.role
        return float(self.words.needs(self.words.sizes_px()[-1], self._room(width))[1] + 4) + self._controls_px(width)

    def whole_px(self, width: float, most_px: float = 0) -> float:
        """The height at which the question stands, no larger than `most_px`, and the line below it in its smallest."""
        self.words.said, self.words.role, self.side.said = self.said, self.role, self.trouble or self.hint
        room = self._room(width)
        sizes = self.words.sizes_px()
        high = self.words.needs(next((size for size in sizes if size <= most_px), sizes[-1]), room)[1] + 4
        return high + self.side.least_px(room - (px(9) if self.trouble else 0)) + self._controls_px(width)

    def wishes_px(self, width: float) -> float:
        """The height at which the question stands in its full size."""
        self.words.said, self.words.role = self.said, self.role
        _, high = self.words.needs(self.words.sizes_px()[0], self._room(width))
        below = self._whole_side_px(self._room(width))
        return max(high + below, self._image_px()) + self._controls_px(width)

    def _controls_px(self, width: float) -> int:
        """Height in px that what can be asked for takes below the words."""
        return px(theme.BAR) + px(theme.GAP) if self._controls() and not self._beside(width) else 0

    def arrange(self) -> None:
        """Place picture, question, the line below it, and the controls."""
        if self.said is None or self.width < 1:
            return
        floor = self._place_controls()
        height = self.height - floor
        start = self._place_image(floor, height)
        room = round(self._room(self.width))
        self.words.said, self.words.role = self.said, self.role
        self.side.said = self.trouble or self.hint
        self.side.ink, self.side.strong = ("stop", True) if self.trouble else ("ink2", False)
        low = self._low_px(room, height)
        high = min(height - low, self.words.needs(self.words.best_size(room, height - low), room)[1] + 2)
        foot = floor + (height - high - low) / 2
        self.sign.absent = self.trouble is None
        self.put(self.words, start, foot + low, room, high)
        if not low:
            self.side.said = None
            return
        sign = 0
        if self.trouble:
            sign = px(7)
            self.put(self.sign, start, foot + (low - sign) / 2, sign, sign)
            sign += px(2)
        self.put(self.side, start + sign, foot, room - sign, low)

    def _place_controls(self) -> int:
        """Place what can be asked for; return the height in px that it takes below the words."""
        controls = self._controls()
        gap, below = px(theme.GAP), self._controls_px(self.width)
        beside = self._beside(self.width)
        sizes = [self._size_px(control) for control in controls]
        x = self.width - sum(wide + gap for wide, _ in sizes) + gap if beside else 0.0
        for control, (wide, tall) in zip(controls, sizes, strict=True):
            control.stacked = self._tight
            self.put(control, x, (self.height - tall) / 2 if beside else 0, wide, tall)
            x += wide + gap
        return below

    def _place_image(self, floor: float, height: float) -> float:
        """Place the picture at the starting side; return where the words begin."""
        image = self._image_px()
        self.image.absent, self.frame.absent = not image, not (image and self.enlarges)
        self.image.name, self.image.plated = self.picture or "", self.look.theme == "contrast"
        if not image:
            return 0
        foot = floor + (height - image) / 2
        inset = px(1) if self.enlarges else 0
        self.put(self.image, inset, foot + inset, image - 2 * inset, image - 2 * inset)
        if self.enlarges:
            self.put(self.frame, 0, foot, image, image)
        return image + px(4)
