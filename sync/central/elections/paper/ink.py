"""Sets words, lines, pictures and codes on sheets: black on white, in the fonts of the kiosk, left or right first.

Rule 1: the same input gives the same bytes: no clock, no name of a machine, no counter goes into a file.
Rule 2: places are millimetres from the side where the language begins, and from the top; a sheet is turned round here.
Rule 3: no letter is smaller than 9 points; what does not fit goes on to the next sheet and is never cut.
Rule 4: a line is broken in the order in which it is read, and only then put into the order in which it is drawn.
Rule 5: nothing is written to a disk here; the bytes are returned.
Source: elections.md section 10.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Final, Literal
from unicodedata import bidirectional, normalize

from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from sync.central.elections.paper import pictures

A4: Final = (210.0, 297.0)
A4_ACROSS: Final = (297.0, 210.0)
A6: Final = (105.0, 148.0)
POINT: Final = 25.4 / 72
"""Millimetres."""
LEAST: Final = 9.0
"""Points: no letter is smaller."""
SMALL: Final = 10.0
BODY: Final = 12.0
READ: Final = 14.0
LARGE: Final = 18.0
TITLE: Final = 24.0
LEADING: Final = 1.3
_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATIN: Final = "AtkinsonHyperlegibleNext"
_FAMILIES: Final = {
    "ar": "KioskArabic",
    "fa": "KioskArabic",
    "ur": "KioskNaskh",
    "ckb": "KioskNaskh",
    "ps": "KioskNaskh",
}
_OTHERS: Final = {"pa": "KioskGurmukhi", "vi": "KioskSans", "bg": "KioskSans", "ru": "KioskSans", "uk": "KioskSans"}
_FONTS: Final = (_LATIN, "KioskSans", "KioskArabic", "KioskNaskh", "KioskGurmukhi")
_RTL: Final = frozenset(("ar", "fa", "ur", "ckb", "ps", "he"))
_VOWELS: Final = dict.fromkeys(range(0x064B, 0x0653))
"""Marks of Arabic that a reader does without; our fonts do not say where on a letter they sit."""
_SIGN: Final = "sign-"
Align = Literal["start", "middle", "end"]


def is_rtl(tag: str) -> bool:
    """Tell whether a language is read from right to left."""
    return tag.split("-", maxsplit=1)[0] in _RTL


def _family(tag: str) -> str:
    base = tag.split("-", maxsplit=1)[0]
    return (_FAMILIES | _OTHERS).get(base, _LATIN)


class Sheets:
    """A pile of sheets in the making; `x` and `width` are the column that words run in, `y` is where they go on."""

    def __init__(self, title: str, tag: str = "en", size: tuple[float, float] = A4, margin: float = 18) -> None:
        logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of tables that it leaves out
        self._pdf = FPDF(unit="mm", format=size)
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_creation_date(_DAY)
        self._pdf.set_title(title)
        self._pdf.set_producer("Wing Voice")
        for family in _FONTS:
            for style, name in (("", "Regular"), ("B", "Bold")):
                self._pdf.add_font(family, style, pictures.ASSETS / "fonts" / f"{family}-{name}.ttf")
        self._widths: dict[tuple[str, str, str], float] = {}
        self._across, self._down = size
        self.margin, self.foot = margin, ""
        self.x, self.y, self.width = margin, margin, size[0] - 2 * margin
        self.tag = ""
        self._pdf.set_lang(tag)
        self.speak(tag)

    def speak(self, tag: str) -> None:
        """Go on in this language: its font, its direction."""
        self.tag, self.rtl = tag, is_rtl(tag)
        self._turned = self.rtl
        family = _family(tag)
        self._pdf.set_font(family, "", BODY)
        self._pdf.set_fallback_fonts([one.lower() for one in _FONTS if one != family], exact_match=False)
        direction = TextDirection.RTL if self.rtl else TextDirection.LTR
        self._pdf.set_text_shaping(use_shaping_engine=True, direction=direction)

    @contextmanager
    def turned(self, tag: str) -> Iterator[None]:
        """Set some lines in another language, at the places of this one."""
        before, turned = self.tag, self._turned
        self.speak(tag)
        self._turned = turned
        yield
        self.speak(before)

    def upend(self, size: tuple[float, float]) -> None:
        """Let the sheets that follow have another size."""
        self._across, self._down = size

    def sheet(self, foot: str = "") -> None:
        """Begin a new sheet; `foot` stands at its end in small letters, and at the end of those it runs on to."""
        self._pdf.add_page(format=(self._across, self._down))
        self.x, self.y, self.width = self.margin, self.margin, self._across - 2 * self.margin
        self.foot = foot
        if foot:
            self.text(self.margin, self._down - self.margin + 3, self.width, foot, LEAST)

    @property
    def mirrored(self) -> bool:
        """Whether places are measured from the right."""
        return self._turned

    @property
    def bottom(self) -> float:
        """Where words must end on this sheet."""
        return self._down - self.margin - (4 if self.foot else 0)

    def room(self, height: float) -> None:
        """Go on to the next sheet, in the same column, unless so much is free below."""
        if self.y + height > self.bottom:
            column = self.x, self.width
            self.sheet(self.foot)
            self.x, self.width = column

    @contextmanager
    def part(self, x: float, y: float, width: float) -> Iterator[None]:
        """Let words run in a part of the sheet, then come back."""
        before = self.x, self.y, self.width
        self.x, self.y, self.width = x, y, width
        yield
        self.x, self.y, self.width = before

    def lines(self, words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Return the words broken into lines that fit the width; a word too long for a line is cut into pieces."""
        self._set(size, bold)
        found = []
        for paragraph in normalize("NFC", words).translate(_VOWELS).split("\n"):
            line, taken, space = "", 0.0, self._word(" ")
            for word in paragraph.split(" "):
                wide = self._word(word)
                if line and taken + space + wide > width:
                    found.append(line)
                    line, taken = "", 0.0
                if line:
                    line, taken = f"{line} {word}", taken + space + wide
                    continue
                *pieces, line = self._pieces(word, width)
                found += pieces
                taken = self._wide(line)
            found.append(line)
        return found

    def _pieces(self, word: str, width: float) -> list[str]:
        """Cut a word into pieces that fit the width; most words are one piece."""
        pieces = [""]
        for letter in word if self._word(word) > width else ():
            if pieces[-1] and self._word(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces if pieces[-1] else [word]

    def wide(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return how many millimetres the words take on one line."""
        self._set(size, bold)
        return self._wide(words)

    def text(
        self, x: float, y: float, width: float, words: str, size: float, *, bold: bool = False, align: Align = "start"
    ) -> float:
        """Set words at a place, on as many lines as it takes; return the height they took."""
        step = size * POINT * LEADING
        for at, line in enumerate(self.lines(words, width, size, bold=bold)):
            self._line(x, y + at * step, width, line, size, bold, align)
        return step * (at + 1)

    def say(
        self, words: str, size: float = BODY, *, bold: bool = False, after: float = 2, align: Align = "start"
    ) -> None:
        """Set a paragraph where words go on, on further sheets where this one ends."""
        step = size * POINT * LEADING
        for line in self.lines(words, self.width, size, bold=bold):
            self.room(step)
            self._line(self.x, self.y, self.width, line, size, bold, align)
            self.y += step
        self.y += after

    def heading(self, words: str, size: float = LARGE, after: float = 3) -> None:
        """Set a heading that is not left alone at the end of a sheet."""
        self.room(size * POINT * LEADING + 16)
        self.say(words, size, bold=True, after=after)

    def point(self, mark: str, words: str, size: float = BODY, indent: float = 8, after: float = 1.5) -> None:
        """Set a paragraph behind a mark or a number."""
        step = size * POINT * LEADING
        self.room(step)
        self._line(self.x, self.y, indent, mark, size, bold=True, align="start")
        self.x, self.width = self.x + indent, self.width - indent
        self.say(words, size, after=after)
        self.x, self.width = self.x - indent, self.width + indent

    def rule(self, x: float, y: float, length: float, thick: float = 0.3, dash: float = 0) -> None:
        """Draw a level line."""
        self._pdf.set_line_width(thick)
        self._pdf.set_dash_pattern(dash, dash)
        self._pdf.line(self._at(x, length), y, self._at(x, length) + length, y)
        self._pdf.set_dash_pattern()

    def upright(self, x: float, y: float, length: float, thick: float = 0.3, dash: float = 0) -> None:
        """Draw an upright line."""
        self._pdf.set_line_width(thick)
        self._pdf.set_dash_pattern(dash, dash)
        self._pdf.line(self._at(x, 0), y, self._at(x, 0), y + length)
        self._pdf.set_dash_pattern()

    def box(self, x: float, y: float, width: float, height: float, thick: float = 0.4, grey: int | None = None) -> None:
        """Draw a box, filled with a grey (0 black, 255 white) where one is given; `thick` 0: without an edge."""
        self._pdf.set_line_width(thick)
        if grey is not None:
            self._pdf.set_fill_color(grey)
        style = {(True, False): "D", (True, True): "DF", (False, True): "F"}[bool(thick), grey is not None]
        self._pdf.rect(self._at(x, width), y, width, height, style=style)

    def lines_between(self, corners: Sequence[tuple[float, float]], thick: float) -> None:
        """Draw straight lines from corner to corner."""
        self._pdf.set_line_width(thick)
        for (x0, y0), (x1, y1) in pairwise(corners):
            self._pdf.line(self._at(x0, 0), y0, self._at(x1, 0), y1)

    def shape(self, corners: Sequence[tuple[float, float]], grey: int, thick: float = 0) -> None:
        """Draw a filled shape with straight edges."""
        self._pdf.set_fill_color(grey)
        self._pdf.set_line_width(thick)
        placed = [(self._at(x, 0), y) for x, y in corners]
        self._pdf.polygon(placed, style="DF" if thick else "F")

    def picture(self, name: str, x: float, y: float, side: float) -> None:
        """Draw a picture of assets/icons in grey on white; for a sign without a picture its number in a box."""
        drawn = pictures.picture(name)
        if drawn is None:
            self.box(x, y, side, side)
            number = name.removeprefix(_SIGN)
            size = max(LEAST, min(side / POINT / 2, LARGE))
            self.text(x, y + (side - size * POINT * LEADING) / 2, side, number, size, bold=True, align="middle")
            return
        self._pdf.image(BytesIO(drawn), self._at(x, side), y, side, side)

    def photo(self, content: bytes, x: float, y: float, side: float) -> None:
        """Draw a photo, cut to a square, in grey."""
        self._pdf.image(BytesIO(pictures.squared(content)), self._at(x, side), y, side, side)

    def code(self, digits: str, x: float, y: float, side: float) -> None:
        """Draw digits as a numeric QR code, with its quiet zone inside the side, out of squares and not as an image."""
        modules, squares = pictures.squares_of(digits)
        step = side / modules
        self._pdf.set_fill_color(0)
        for across, down, run in squares:
            self._pdf.rect(self._at(x, side) + across * step, y + down * step, run * step, step * 1.01, style="F")

    def signatures(self, who: Sequence[str], size: float = SMALL) -> None:
        """Draw a line to sign on for each of them, two side by side."""
        half, tall = (self.width - 8) / 2, 15.0
        for at in range(0, len(who), 2):
            pair = who[at : at + 2]
            deep = max(len(self.lines(name, half, size)) for name in pair) * size * POINT * LEADING
            self.room(tall + deep)
            for side, name in enumerate(pair):
                x = self.x + side * (half + 8)
                self.rule(x, self.y + tall, half)
                self.text(x, self.y + tall + 1, half, name, size)
            self.y += tall + deep + 3

    def blank(self, label: str, size: float = BODY, tall: float = 9, share: float = 0.5) -> None:
        """Set a label with a line to write on beside it; `share` of the width is the label's."""
        label_width = self.width * share
        need = max(tall, len(self.lines(label, label_width - 3, size)) * size * POINT * LEADING + 3)
        self.room(need)
        self.text(self.x, self.y + tall - size * POINT * LEADING - 1.2, label_width - 3, label, size)
        self.rule(self.x + label_width, self.y + tall - 1.5, self.width - label_width)
        self.y += need

    def done(self) -> bytes:
        """Return the finished file."""
        made = bytes(self._pdf.output())
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
        return made

    def _at(self, x: float, width: float) -> float:
        return self._across - x - width if self._turned else x

    def _set(self, size: float, bold: bool) -> None:  # noqa: FBT001 - private
        if size < LEAST:
            raise RuntimeError("no letter on paper is smaller than 9 points")
        self._pdf.set_font(_family(self.tag), "B" if bold else "", size)

    def _wide(self, words: str) -> float:
        """Return the width of a line: that of its words and of the spaces between them."""
        parts = words.split(" ")
        return sum(map(self._word, parts)) + self._word(" ") * (len(parts) - 1)

    def _word(self, word: str) -> float:
        key = (word, self._pdf.font_family, self._pdf.font_style)
        if key not in self._widths:
            self._widths[key] = float(self._pdf.get_string_width(word)) / self._pdf.font_size_pt
        return self._widths[key] * self._pdf.font_size_pt

    def _line(self, x: float, y: float, width: float, words: str, size: float, bold: bool, align: Align) -> None:  # noqa: FBT001 - private
        if not words:
            return
        words = normalize("NFC", words).translate(_VOWELS)
        self._set(size, bold)
        taken = self._wide(words)
        backwards = self.rtl != self._turned
        shift = {"start": 0.0, "middle": (width - taken) / 2, "end": width - taken}[align]
        shift = width - taken - shift if backwards else shift
        if self.rtl and not any(bidirectional(letter) in {"R", "AL"} for letter in words):
            self._pdf.set_text_shaping(use_shaping_engine=True, direction=TextDirection.LTR)  # a name, a hash, a sum
        self._pdf.set_xy(self._at(x + shift, taken), y)
        self._pdf.cell(w=taken + 0.01, h=size * POINT * LEADING, text=words, align="L")
        if self.rtl:
            self._pdf.set_text_shaping(use_shaping_engine=True, direction=TextDirection.RTL)
