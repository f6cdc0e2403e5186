"""What is read rather than answered: paragraphs, the lines of a review, and the facts of the staff page.

Rule 1: all paragraphs of a page have one size, the largest at which all of them fit.
Rule 2: what needs attention has a sign and its word, never colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kivy.graphics import Color
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.presenters.page import Block
from kiosk.presenters.review import ReviewLine
from kiosk.presenters.service_facts import Fact
from kiosk.presenters.shown import Said
from kiosk.screens import theme
from kiosk.screens.parts import Face, Part, Picture, Touchable
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import ENDLESS, STEPS, Words

MOST_BLOCKS: Final = 8
MOST_LINES: Final = 4
MOST_FACTS: Final = 8
MOST_FACT_MM: Final = 14.0
LABEL_SHARES: Final[Mapping[theme.Shape, float]] = {"wide": 0.24, "tall": 0.36, "rail": 0.3, "slim": 0}
HEAD_MM: Final = 8.6
BETWEEN_MM, BETWEEN_LOW_MM = 4.0, 1.5
MOST_MM: Final = 60.0
RULE_MM: Final = 1.1


class Paragraph(Part):
    """A head, where there is one, and its words; a head comes with a rule at the starting side."""

    personal = ("block",)

    block = ObjectProperty(None, allownone=True)
    centred = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        with self.canvas.before:
            self._paint = Color()
            self._rule = Rounded()
        self.head, self.body = Words(role="bar", ink="chosen"), Words(role="body", valign="top")
        self.add_widget(self.head)
        self.add_widget(self.body)
        self.bind(block=self.again, centred=self.again)

    def on_block(self, _part: object, block: Block | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = block is None
        self.head.said, self.body.said = (None, None) if block is None else (block.head, block.body)

    def _indent(self) -> int:
        return px(RULE_MM + 3) if self.head.said is not None else 0

    def _head(self) -> int:
        return px(HEAD_MM) if self.head.said is not None else 0

    def needs_px(self, step: float, width: float) -> float:
        """Height at a step of the body's size; too much where a word is wider than the line."""
        widest, high = self.body.needs(self._size(step), width - self._indent())
        return high + self._head() + 2 if widest + 2 <= width - self._indent() else 1e9

    def _size(self, step: float) -> float:
        sizes = self.body.sizes_px()
        return sizes[min(STEPS.index(step), len(sizes) - 1)]

    def arrange(self) -> None:
        """Rule, head, words."""
        if self.block is None or self.width < 1:
            return
        indent, head = self._indent(), self._head()
        self._paint.rgba = rgba(self.colours.chosen) if head else (0, 0, 0, 0)
        thick = px(RULE_MM)
        left = self.right - thick if self.rtl else self.x
        self._rule.pos, self._rule.size, self._rule.radius = (left, self.y), (thick, self.height), [thick / 2]
        self.head.centred = self.body.centred = self.centred
        if head:
            self.put(self.head, indent, self.height - head, self.width - indent, head)
        self.put(self.body, indent, 0, self.width - indent, self.height - head)


class Paragraphs(Part):
    """Up to eight paragraphs below one another, all in one size. `blocks` holds Blocks or single sentences."""

    personal = ("blocks",)
    gives = True

    blocks = ObjectProperty(())
    centred = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [Paragraph() for _ in range(MOST_BLOCKS)]
        for part in self.pool:
            self.add_widget(part)
        self.bind(blocks=self.again, centred=self.again)
        self.bind(blocks=self.placed_anew)

    def wants_px(self, width: float) -> float:
        """As high as its words are in full; on a large screen its `tall`, and for larger type as much more as it is."""
        self._bind()
        full = sum(part.needs_px(STEPS[0], width) + self._gap_px() for part in self._shown())
        if not theme.MEASURE.small:
            grown = min(full, px(self.tall * self.look.scale / 100))
            return max(super().wants_px(width), grown, self.least_px(width))
        return min(float(px(MOST_MM)), full)

    @staticmethod
    def _gap_px() -> int:
        return px(BETWEEN_LOW_MM if theme.MEASURE.shape == "rail" else BETWEEN_MM)

    def least_px(self, width: float) -> float:
        """Height in px that they need at their smallest."""
        self._bind()
        shown = self._shown()
        return sum(part.needs_px(STEPS[-1], width) for part in shown) + self._gap_px() * max(0, len(shown) - 1)

    def _bind(self) -> None:
        """Give every paragraph its words."""
        blocks = [block if isinstance(block, Block) else Block(None, block) for block in self.blocks]
        for place, part in enumerate(self.pool):
            part.block = blocks[place] if place < len(blocks) else None

    def _shown(self) -> list[Paragraph]:
        return self.pool[: len(self.blocks)]

    def arrange(self) -> None:
        """Bind the pool, find the size, place from the head."""
        self._bind()
        shown = self._shown()
        if not shown or self.width < 1:
            return
        gap = self._gap_px()
        for step in STEPS:
            heights = [part.needs_px(step, self.width) for part in shown]
            if sum(heights) + gap * (len(shown) - 1) <= self.height:
                break
        top = self.height
        for part, height in zip(shown, heights, strict=True):
            part.centred = self.centred
            high = min(height, self.height)
            self.put(part, 0, top - high, self.width, high)
            top -= high + gap
            part.again()


class ReviewRow(Touchable):
    """One question and its answer; touching it goes back there. A problem has a sign and a thick red line."""

    personal = ("line", "key")

    line = ObjectProperty(None, allownone=True)
    key = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.ask, self.answer = Words(role="small", valign="bottom"), Words(role="body", strong=True, valign="top")
        self.pencil, self.sign = Picture(name="pencil"), Picture(name="trouble", ink="stop")
        for part in (self.ask, self.answer, self.pencil, self.sign):
            self.add_widget(part)
        self.bind(line=self.again)

    def on_line(self, _part: object, line: ReviewLine | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = line is None
        if line is not None:
            self.key, self.ask.said, self.answer.said = line.path, line.prompt, line.answer

    def arrange(self) -> None:
        """Question above, answer below, the pencil at the ending side."""
        if self.line is None or self.width < 1:
            return
        fill, ink = ("press", "on_press") if self.pressed else ("panel", "ink")
        problem = self.line.problem
        line = self.colours.stop if problem else self.colours.line
        self.face.paint(self, getattr(self.colours, fill), line, theme.LINE_CHOSEN if problem else theme.LINE)
        self.ask.ink, self.pencil.ink = (ink if self.pressed else "ink2"), ink
        self.answer.ink = "stop" if problem and not self.pressed else ink
        pad, icon = px(2.6), px(7)
        self.sign.absent = not problem
        start = float(pad)
        if problem:
            self.put(self.sign, pad, (self.height - icon) / 2, icon, icon)
            start += icon + pad
        room = self.width - start - 2 * pad - icon
        middle = self._middle_px(room)
        self.put(self.ask, start, middle, room, self.height - middle - px(0.6))
        self.put(self.answer, start, px(0.6), room, middle - px(0.6))
        self.put(self.pencil, self.width - pad - icon, (self.height - icon) / 2, icon, icon)

    def _middle_px(self, room: float) -> int:
        """Where the question begins above its answer: in the middle, or where the longer of both needs it."""
        edge, usual = px(0.6), round(self.height * 0.52)
        ask = self.ask.needs(self.ask.sizes_px()[-1], room)[1] + edge + 1
        answer = self.answer.needs(self.answer.sizes_px()[-1], room)[1] + edge + 1
        return int(max(min(usual, self.height - ask), min(answer, self.height * 0.6)))


class ReviewList(Part):
    """Up to four lines of a review."""

    personal = ("lines",)

    lines = ObjectProperty(())
    __events__ = ("on_line",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [ReviewRow() for _ in range(MOST_LINES)]
        for row in self.pool:
            row.bind(on_touched=lambda touched: self.dispatch("on_line", touched.key))
            self.add_widget(row)
        self.bind(lines=self.again)

    def on_line(self, path: str) -> None:
        """The line of this question was touched."""

    def arrange(self) -> None:
        """Bind the pool and place from the head; as many as a page has always fit, fewer are no taller."""
        gap, most = (
            px(1.5 if theme.MEASURE.small else 2.2),
            theme.MEASURE.room.lines_at(self.look.scale),
        )
        height = (self.height - gap * (most - 1)) / most
        for place, row in enumerate(self.pool):
            row.line = self.lines[place] if place < len(self.lines) else None
            if row.line is not None:
                self.put(row, 0, self.height - (place + 1) * height - place * gap, self.width, height)
                row.again()


class FactRow(Part):
    """What it is about, and how it stands; amber has a triangle on a filled chip."""

    personal = ("fact",)

    fact = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.face = Face(self)
        self.label, self.value = Words(role="body", ink="ink2"), Words(role="body", strong=True)
        self.sign = Picture(name="warning", ink="on_amber")
        for part in (self.label, self.value, self.sign):
            self.add_widget(part)
        self.bind(fact=self.again)

    def on_fact(self, _part: object, fact: Fact | None) -> None:
        """Copy the words; an empty place is absent."""
        self.absent = fact is None
        if fact is not None:
            self.label.said, self.value.said = fact.label, fact.value

    def _split_px(self, width: float) -> int:
        """Where the value begins; on a page as narrow as a hand it stands below its label."""
        return round(width * LABEL_SHARES[theme.MEASURE.shape])

    def _start_px(self, width: float) -> int:
        """Where the value's words begin, behind the triangle if there is one."""
        amber = self.fact is not None and self.fact.amber
        return self._split_px(width) + px(2) + (px(5.5) + px(2) if amber else 0)

    def needs_px(self, size_px: float, width: float) -> float:
        """Height with the words at a size; too much where a word is wider than its line."""
        split, pad = self._split_px(width), px(2)
        rooms = ((self.label, (split or width) - 2 * pad), (self.value, width - self._start_px(width) - pad))
        needed = [words.needs(size_px, room) for words, room in rooms]
        if any(widest + 2 > room for (widest, _), (_, room) in zip(needed, rooms, strict=True)):
            return float(ENDLESS)
        label, value = (high for _, high in needed)
        return float((max(label, value) if split else label + value) + 2)

    def arrange(self) -> None:
        """Label at the starting side, value after it."""
        if self.fact is None or self.width < 1:
            return
        amber, colours, pad = self.fact.amber, self.colours, px(2)
        self.face.paint(self, colours.amber if amber else colours.panel, colours.line if amber else colours.panel)
        self.label.ink = "on_amber" if amber else "ink2"
        self.value.ink = "on_amber" if amber else "ink"
        self.sign.absent = not amber
        split, start, sign = self._split_px(self.width), self._start_px(self.width), px(5.5)
        high = self.height
        if split:
            self.put(self.label, pad, 0, split - pad, self.height)
        else:
            low = self.label.needs(self.label.at_most, self.width - 2 * pad)[1] + 1
            high = self.height - low
            self.put(self.label, pad, high, self.width - 2 * pad, low)
        if amber:
            self.put(self.sign, start - sign - pad, (high - sign) / 2, sign, sign)
        self.put(self.value, start, 0, self.width - start - pad, high)


class FactList(Part):
    """Up to eight facts."""

    personal = ("facts",)

    facts = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [FactRow() for _ in range(MOST_FACTS)]
        for row in self.pool:
            self.add_widget(row)
        self.bind(facts=self.again)

    def arrange(self) -> None:
        """Bind the pool; all words have one size, the largest that fits, and what is left is shared."""
        for place, row in enumerate(self.pool):
            row.label.at_most = row.value.at_most = 0
            row.fact = self.facts[place] if place < len(self.facts) else None
        shown = self.pool[: len(self.facts)]
        if not shown or self.width < 1:
            return
        gap = px(0.8)
        room = self.height - gap * (len(shown) - 1)
        for size in shown[0].value.sizes_px():
            needs = [row.needs_px(size, self.width) for row in shown]
            if sum(needs) <= room:
                break
        spare = max(0.0, room - sum(needs)) / len(shown)
        head = self.height
        for row, need in zip(shown, needs, strict=True):
            high = min(room, max(need, min(need + spare, px(MOST_FACT_MM))))
            row.label.at_most = row.value.at_most = size
            head -= high
            self.put(row, 0, head, self.width, high)
            row.again()
            head -= gap


class Outcome(Part):
    """How it ended, in a box with a thick line; absent until there is something to say."""

    personal = ("said",)

    said = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.face, self.words = Face(self), Words(role="body")
        self.add_widget(self.words)
        self.absent = True
        self.bind(said=self.again)

    def on_said(self, _part: object, said: Said | None) -> None:
        """Nothing to say, no place."""
        self.absent = said is None
        self.words.said = said

    def arrange(self) -> None:
        """Words on the ground inside the line."""
        if self.said is None or self.width < 1:
            return
        self.face.paint(self, self.colours.ground, self.colours.chosen, theme.LINE_CHOSEN)
        self.put(self.words, px(2.6), px(1), self.width - 2 * px(2.6), self.height - 2 * px(1))
