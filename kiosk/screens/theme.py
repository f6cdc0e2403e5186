"""The tokens of the design: millimetres, type, colours, and the places of fonts and pictures.

Rule 1: every size is in millimetres; `px` turns it into pixels of this screen. Kivy's own density is not used.
Rule 2: colours are named by use and come in two themes; what is conveyed by colour is also conveyed by form.
Rule 3: nothing here decides what is shown.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

ASSETS: Final = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2])) / "assets"
REFERENCE_MM: Final = (217.6, 136.0)  # 1280 x 800 at 0.170 mm a pixel: the page all sizes are drawn for

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
COLOURS: Final[Mapping[str, Colours]] = {"light": LIGHT, "contrast": CONTRAST}

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


class Measure:
    """Millimetres a pixel on this screen. One for the process, since there is one window."""

    def __init__(self, mm_per_px: float) -> None:
        self.mm_per_px = mm_per_px

    def fit(self, width_px: float, height_px: float) -> None:
        """Draw the reference page as large as the window allows; on 1280 x 800 this gives 0.170."""
        self.mm_per_px = max(REFERENCE_MM[0] / max(width_px, 1), REFERENCE_MM[1] / max(height_px, 1))


MEASURE: Final = Measure(0.170)


def px(mm: float) -> int:
    """Pixels of a length in millimetres."""
    return round(mm / MEASURE.mm_per_px)


def font_path(file_name: str) -> str:
    """Where a font file lies."""
    return str(ASSETS / "fonts" / file_name)


@cache
def pictures() -> Mapping[str, Mapping[str, object]]:
    """The table assets/icons/icons.toml: what is known of each picture."""
    rows = tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))
    return {name: {"file": row.get("same_as", name)} | rows[row.get("same_as", name)] for name, row in rows.items()}


def picture_path(name: str, size_px: float, *, rtl: bool) -> str | None:
    """The file of a picture at least as large as it is drawn, turned round if it mirrors; None if there is none."""
    row = pictures().get(name)
    if row is None:
        return None
    ending = "-rtl" if rtl and row["mirrors"] else ""
    return str(ASSETS / "icons" / ("96" if size_px <= 96 else "192") / f"{row['file']}{ending}.png")  # noqa: PLR2004 - the folders' own names


def is_icon(name: str) -> bool:
    """True if a picture is the kiosk's own."""
    return name in pictures()


def needs_plate(name: str) -> bool:
    """True if a picture's black lines need a white plate on a dark fill; of a file of the bundle nobody knows."""
    return bool(pictures().get(name, {}).get("plate", True))


def tinted(name: str) -> bool:
    """True if a picture is of one colour and takes the ink of where it stands."""
    row = pictures().get(name)
    return row is not None and row["set"] != "OpenMoji" and not name.startswith("logo")
