"""What a designer would send back, measured from the widgets that are drawn: every finding is a sentence.

1. Sizes are millimetres of the screen that was declared; colours are those that were really painted.
2. A part is judged by what it is: a key of the keyboard may be less tall than an answer.
3. Nothing is allowed by name: what is not right is mended in the screen, not excused here.
4. All that a View says stands on its page in words, as often as the View says it. Said otherwise: what is only for ears
   beside a picture (`aloud`), a title in whose place stands what went wrong, how far one is where its line is drawn,
   and on a small screen Language and Help, which stand inside Bigger and Hide.
Source: kiosk.md section 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from kivy.base import EventLoop
from kivy.uix.widget import Widget
from PIL.Image import Image

from kiosk import typeset
from kiosk.presenters.shown import Bars, Said
from kiosk.preview.letters import missing
from kiosk.screens import theme
from kiosk.screens.bars import ProgressLine
from kiosk.screens.pads import KeyCap
from kiosk.screens.parts import Picture, Touchable
from kiosk.screens.tile import AnswerTile
from kiosk.screens.words import Words

TARGET_MM: Final = 15.0
ANSWER_MM: Final = 15.0
KEY_MM: Final = 14.0
NEARLY: Final = 0.99  # whole pixels
WORDS_LEAST: Final = 7.0
SIGNS_LEAST: Final = 3.0
FONTS: Final = Path(theme.ASSETS) / "fonts"

Box = tuple[float, float, float, float]


def box(widget: Widget) -> Box:
    """Return left, foot, right and head of a widget in window pixels."""
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def seen(screen: Widget) -> list[Widget]:
    """Return every widget of a screen that is drawn."""
    if screen.opacity == 0 or getattr(screen, "absent", False):
        return []
    return [screen, *(found for child in screen.children for found in seen(child))]


def findings(screen: Widget, drawn: Image) -> Iterator[str]:
    """Yield what is not right about a screen as it is drawn now; `drawn` is the window's picture."""
    widgets = seen(screen)
    targets = [widget for widget in widgets if isinstance(widget, Touchable) and not widget.disabled]
    words = [widget for widget in widgets if isinstance(widget, Words) and widget.said is not None]
    if not words:
        yield "nothing is said on it"
    yield from _targets(targets)
    yield from _overlaps(targets)
    for one in words:
        yield from _words(one, drawn)
    yield from _crossed(words, targets)
    yield from _unsaid(screen, words, [widget for widget in widgets if isinstance(widget, ProgressLine)])
    for picture in widgets:
        if isinstance(picture, Picture) and picture.name:
            yield from _picture(picture, drawn)
    lacking = missing((one.said for one in words), FONTS)
    if lacking:
        yield f"no font has {lacking!r}"


def named(widget: Widget) -> str:
    """Return how a finding names a widget."""
    if isinstance(widget, Words):
        return repr(widget.said.text[:40])
    return getattr(widget, "key", "") or getattr(widget, "name", "") or type(widget).__name__


def _targets(targets: list[Touchable]) -> Iterator[str]:
    for target in targets:
        least = KEY_MM if isinstance(target, KeyCap) else ANSWER_MM if isinstance(target, AnswerTile) else TARGET_MM
        side = min(target.size) * theme.MEASURE.mm_per_px
        if side < least * NEARLY:
            yield f"target {named(target)} is {side:.1f} mm, under {least:.0f}"
        left, foot, right, head = box(target)
        if left < -1 or foot < -1 or right > EventLoop.window.width + 1 or head > EventLoop.window.height + 1:
            yield f"target {named(target)} is outside the window"


def _overlaps(targets: list[Touchable]) -> Iterator[str]:
    for at, one in enumerate(targets):
        for other in targets[at + 1 :]:
            if _cross(box(one), box(other)):
                yield f"targets {named(one)} and {named(other)} overlap"


def _cross(one: Box, other: Box, slack: float = 1.0) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and down > slack


def told(part: Any, names: Iterable[str] = ()) -> Iterator[tuple[str, Said]]:  # noqa: ANN401 - any part of a View
    """Yield all that a part of a View says for eyes, each with the name of its field."""
    if isinstance(part, Said):
        yield "", part
    elif isinstance(part, tuple):
        for one in part:
            yield from told(one)
    elif names or is_dataclass(part):
        for name in names or (field.name for field in fields(part)):
            if not _elsewhere(part, name):
                yield from ((f"{name}.{within}".rstrip("."), said) for within, said in told(getattr(part, name)))


def _elsewhere(part: object, name: str) -> bool:
    """Whether a field is said otherwise than in words of its own on this page."""
    inside = isinstance(part, Bars) and name in ("language", "help") and theme.MEASURE.small
    return name == "aloud" or inside or (name == "title" and bool(getattr(part, "trouble", None)))


def _unsaid(screen: Widget, words: list[Words], lines: list[ProgressLine]) -> Iterator[str]:
    stand = Counter(one.said.text for one in words)
    for name, said in told(screen, screen._fields):
        stand[said.text] -= 1
        drawn = name == "progress.words" and any(line._done_paint.a for line in lines)
        if said.text and stand[said.text] < 0 and not drawn:
            yield f"{name} says {said.text[:40]!r}, which stands nowhere"


def _words(words: Words, drawn: Image) -> Iterator[str]:
    widest, high = words.needs(words.font_size, words.width)
    if widest > words.width or high > words.height + 1:
        need, room = f"{widest}x{high}", f"{words.width:.0f}x{words.height:.0f}"
        yield f"words {named(words)} need {need} px and have {room}"
    if words.text != words.said.text:
        yield f"words {named(words)} are drawn otherwise: {words.text[:40]!r}"
    if words.texture is None or not words.texture.width:
        yield f"words {named(words)} are not drawn"
    least = theme.px(words.smallest * typeset.grows(words.said.tag))
    if words.font_size < least - 1:
        yield f"words {named(words)} are {words.font_size:.0f} px, under {least}"
    left, foot, right, head = box(words)
    if left < -1 or foot < -1 or right > EventLoop.window.width + 1 or head > EventLoop.window.height + 1:
        yield f"words {named(words)} are outside the window"
    ink = "#" + "".join(f"{round(255 * part):02x}" for part in words.color[:3])
    ratio = contrast(ink, ground_of(words, drawn, ink))
    if ratio < WORDS_LEAST:
        yield f"words {named(words)} have a contrast of {ratio:.1f}"


def drawn_box(words: Words) -> Box:
    """Return the box of the letters themselves, in window pixels."""
    left, foot, right, head = box(words)
    left, right = left + words.padding[0], right - words.padding[2]
    wide, high = (min(one, other) for one, other in zip(_inked(words), (right - left, head - foot), strict=True))
    if words.halign == "center":
        left = (left + right - wide) / 2
    elif words.halign == "right":
        left = right - wide
    if words.valign == "top":
        foot = head - high
    elif words.valign == "middle":
        foot = (foot + head - high) / 2
    return left, foot, left + wide, foot + high


def _inked(words: Words) -> tuple[float, float]:
    core = words._label
    lines = core._cached_lines
    return max((line.w for line in lines), default=0), sum(line.h for line in lines)


def _crossed(words: list[Words], targets: list[Touchable]) -> Iterator[str]:
    boxes = [(one, drawn_box(one)) for one in words]
    for at, (one, mine) in enumerate(boxes):
        for other, its in boxes[at + 1 :]:
            if _cross(mine, its, slack=2.0):
                yield f"words {named(one)} lie over {named(other)}"
        for target in targets:
            if target not in _above(one) and _cross(mine, box(target), slack=2.0):
                yield f"words {named(one)} lie over target {named(target)}"


def _above(widget: Widget) -> Iterator[Widget]:
    while isinstance(widget, Widget) and widget.parent is not widget:
        yield widget
        widget = widget.parent


def _picture(picture: Picture, drawn: Image) -> Iterator[str]:
    if picture._box.texture is None:
        yield f"picture {picture.name} is not drawn"
    elif theme.tinted(picture.name) and not picture.plated:
        ink = getattr(picture.colours, picture.ink)
        ratio = contrast(ink, ground_of(picture, drawn, ink))
        if ratio < SIGNS_LEAST:
            yield f"picture {picture.name} has a contrast of {ratio:.1f}"


def ground_of(widget: Widget, drawn: Image, ink: str) -> str:
    """Return the colour that is really painted behind a widget: after its ink, the one that most of its pixels have."""
    left, foot, right, head = box(widget)
    top, low = drawn.height - head, drawn.height - foot
    if right - left < 1 or low - top < 1:
        return ink
    crop = drawn.crop((round(left), round(top), round(right), round(low)))
    colours = sorted(crop.getcolors(crop.width * crop.height) or [], reverse=True)
    hexed = (f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in colours)
    return next((colour for colour in hexed if colour != ink), ink)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two #rrggbb colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    lights = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: str) -> float:
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in theme.rgba(colour)[:3]
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
