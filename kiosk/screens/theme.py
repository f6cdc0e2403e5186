"""The tokens of the design: millimetres, type, colours, and the places of fonts and pictures.

Rule 1: every size is in millimetres; `px` turns it into pixels of this screen. Kivy's own density is not used.
Rule 2: colours are named by use and come in two themes; what is conveyed by colour is also conveyed by form.
Rule 3: nothing here decides what is shown.
"""

from __future__ import annotations

import math
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

from kiosk.presenters.room import Room
from kiosk.presenters.shown import Look

ASSETS: Final = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2])) / "assets"
GAP: Final = 2.7
MARGIN: Final = 2.7
BAR: Final = 15.0
PROGRESS: Final = 6.1
QUESTION: Final = 20.4
ANSWER: Final = 20.0
RADIUS: Final = 2.0
LINE: Final = 0.34
LINE_CHOSEN: Final = 0.68

Role = Literal["title", "question", "body", "bar", "small"]


@dataclass(frozen=True, slots=True)
class Type:
    """One role of type: em in millimetres, weight, and line height as a multiple of the font's own."""

    em_mm: float
    bold: bool
    line: float


TYPE: Final[Mapping[Role, Type]] = {
    "title": Type(10.2, bold=True, line=0.95),
    "question": Type(8.5, bold=True, line=0.95),
    "body": Type(7.0, bold=False, line=1.0),
    "bar": Type(5.4, bold=True, line=0.95),
    "small": Type(4.8, bold=False, line=1.0),
}


ON_SMALL: Final = 0.92  # of title and question on a small screen


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme; each is #rrggbb. `on_*` is the ink on that fill."""

    ground: str
    panel: str
    ink: str
    ink2: str
    chosen: str
    on_chosen: str
    onward: str
    on_onward: str
    stop: str
    on_stop: str
    press: str
    on_press: str
    focus: str
    line: str
    rail: str
    plate: str
    amber: str
    on_amber: str


LIGHT: Final = Colours(
    ground="#ffffff",
    panel="#f3f3f3",
    ink="#0b0c0c",
    ink2="#484949",
    chosen="#144e81",
    on_chosen="#ffffff",
    onward="#0a5a3c",
    on_onward="#ffffff",
    stop="#9c1f1f",
    on_stop="#ffffff",
    press="#ffdd00",
    on_press="#0b0c0c",
    focus="#ffdd00",
    line="#0b0c0c",
    rail="#cecece",
    plate="#ffffff",
    amber="#ffdd00",
    on_amber="#0b0c0c",
)
CONTRAST: Final = Colours(
    ground="#000000",
    panel="#1c1c1c",
    ink="#ffffff",
    ink2="#bfbfbf",
    chosen="#ffdd00",
    on_chosen="#000000",
    onward="#ffdd00",
    on_onward="#000000",
    stop="#ff9a9a",
    on_stop="#000000",
    press="#8fc7ff",
    on_press="#000000",
    focus="#8fc7ff",
    line="#ffffff",
    rail="#484949",
    plate="#ffffff",
    amber="#ffdd00",
    on_amber="#000000",
)
OFFICE_LIGHT: Final = replace(LIGHT, ground="#eef5f9", panel="#ffffff", onward="#4b2a85")
OFFICE_CONTRAST: Final = replace(CONTRAST, ground="#06121f", panel="#16232f", onward="#9fe3c1")
COLOURS: Final[Mapping[str, Colours]] = {
    "light": LIGHT,
    "contrast": CONTRAST,
    "office-light": OFFICE_LIGHT,
    "office-contrast": OFFICE_CONTRAST,
}
"""By theme; a waiting room has a ground and a way on of its own, so that nobody takes it for a wing."""


def colours_of(look: Look) -> Colours:
    """Return the colours in which a page is drawn."""
    return COLOURS[f"office-{look.theme}" if look.office else look.theme]


# Pairs that are really drawn: words and icons 7:1, borders and states 3:1 (tests compute every one).
WORD_PAIRS: Final = (
    ("ink", "ground"),
    ("ink", "panel"),
    ("ink2", "ground"),
    ("ink2", "panel"),
    ("on_chosen", "chosen"),
    ("on_onward", "onward"),
    ("on_stop", "stop"),
    ("stop", "ground"),
    ("stop", "panel"),
    ("on_press", "press"),
    ("on_amber", "amber"),
)
STATE_PAIRS: Final = (
    ("line", "ground"),
    ("line", "panel"),
    ("chosen", "panel"),
    ("chosen", "ground"),
    ("chosen", "rail"),
)


def rgba(colour: str) -> tuple[float, float, float, float]:
    """#rrggbb as Kivy wants it."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255, 1.0)


# Millimetres a pixel of the screens this is drawn for, by their longer and shorter side in pixels.
REFERENCES: Final[Mapping[tuple[int, int], float]] = {(1280, 800): 0.170, (1920, 1080): 0.180, (800, 480): 0.191}
SMALL_MM: Final = 110.0  # a screen whose shorter side is less has no room for bars above and below
BROAD_MM: Final = 175.0  # one whose shorter side is more holds at the largest type what others hold at the usual

Shape = Literal["wide", "tall", "rail", "slim"]
"""How a page is laid out: wide and tall with bars above and below, rail and slim for a small screen."""


class Measure:
    """The one window of the process: millimetres a pixel, and how a page lies on it."""

    def __init__(self) -> None:
        self.mm_per_px = 0.0
        self.shape: Shape = "wide"
        self.broad = False
        self.fit(1280, 800)

    def fit(self, width_px: float, height_px: float, measured: float | None = None) -> None:
        """Take the measure of a window; `measured` is what somebody found with a ruler, in millimetres a pixel."""
        longer, shorter = max(width_px, height_px, 1), max(1, min(width_px, height_px))
        self.mm_per_px = measured or _supposed(longer, shorter)
        upright = height_px > width_px
        self.shape = "tall" if upright else "wide"
        self.broad = shorter * self.mm_per_px >= BROAD_MM
        if shorter * self.mm_per_px < SMALL_MM:
            self.shape = "slim" if upright else "rail"

    @property
    def small(self) -> bool:
        """True on a screen of 7 inches, upright or not."""
        return self.shape in ("rail", "slim")

    @property
    def room(self) -> Room:
        """How much stands on one page of this window."""
        return (BROAD if self.broad else ROOMS)[self.shape]


def _supposed(longer: float, shorter: float) -> float:
    """Millimetres a pixel of a screen that nobody measured: as high as the reference screen whose height is nearest."""
    known = REFERENCES.get((round(longer), round(shorter)))
    if known is not None:
        return known
    nearest = min(REFERENCES, key=lambda size: abs(math.log(size[1] / shorter)))
    return REFERENCES[nearest] * nearest[1] / shorter


MEASURE: Final = Measure()

_SMALL: Final = replace(
    Room(),
    faults=3,
    cards=4,
    tiles=4,
    large_tiles=4,
    languages=4,
    things=2,
    notices=2,
    helpers=2,
    lines=3,
    facts=3,
    marks=5,
    answers=4,
    below=2,
    rows=2,
    kinds=2,
    letters=220,
    lanes=6,
    stages=3,
    small=True,
)
# What stands on a page of each shape; `BROAD` is for a screen much larger than the reference.
BROAD: Final[Mapping[Shape, Room]] = {
    "wide": Room(spare=1.5, letters=500),
    "tall": Room(spare=2.0, letters=600, below=6, marks=9, lanes=10, stages=4),
}
ROOMS: Final[Mapping[Shape, Room]] = {
    "wide": Room(large_tiles=4, columns=4),
    "tall": Room(spare=1.3, letters=450, below=6, instances=5, marks=7, lanes=10, stages=4),
    "rail": replace(
        _SMALL,
        answers=3,
        below=0,
        large_tiles=3,
        languages=5,
        lines=2,
        instances=2,
        letters=185,
        beside=0.75,
        text_asides=False,
        faults=2,
        lanes=5,
    ),
    "slim": replace(_SMALL, ruler_mm=50),
}


def em_mm(role: Role) -> float:
    """Em of a role in millimetres on this screen, at the usual size."""
    large = role in ("title", "question") and MEASURE.small
    return TYPE[role].em_mm * (ON_SMALL if large else 1)


def px(mm: float) -> int:
    """Pixels of a length in millimetres."""
    return round(mm / MEASURE.mm_per_px)


@cache
def font_path(file_name: str) -> str:
    """Where a font file lies."""
    return str(ASSETS / "fonts" / file_name)


@cache
def pictures() -> Mapping[str, Mapping[str, object]]:
    """The table assets/icons/icons.toml: what is known of each picture."""
    rows = tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))
    return {name: {"file": row.get("same_as", name)} | rows[row.get("same_as", name)] for name, row in rows.items()}


@cache
def _icon_file(folder: str, file: str, ending: str) -> str:
    return str(ASSETS / "icons" / folder / f"{file}{ending}.png")


def picture_path(name: str, size_px: float, *, rtl: bool) -> str | None:
    """The file of a picture at least as large as it is drawn, turned round if it mirrors; None if there is none."""
    row = pictures().get(name)
    if row is None:
        return None
    ending = "-rtl" if rtl and row["mirrors"] else ""
    folder = "96" if size_px <= 96 else "192"  # noqa: PLR2004 - the folders' own names
    return _icon_file(folder, str(row["file"]), ending)


def is_icon(name: str) -> bool:
    """True if a picture is the kiosk's own."""
    return name in pictures()


def needs_plate(name: str) -> bool:
    """True if a picture's black lines need a white plate on a dark fill; of a file of the bundle nobody knows."""
    return bool(pictures().get(name, {}).get("plate", True))


def tinted(name: str) -> bool:
    """True if a picture is of one colour and takes the ink of where it stands."""
    row = pictures().get(name)
    return row is not None and row["set"] != "OpenMoji" and not (row["plate"] or name.startswith("logo"))
