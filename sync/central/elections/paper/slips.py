"""Slips: the secret half with the code, and the stub; folded and sealed they all look alike.

Rule 1: whatever a slip says, it says in the same languages for everybody: a slip must not tell who drew it.
Rule 2: the order is the caller's, who drew it at random; nothing is written here.
Rule 3: the code is printed 4-4-4-4-4-2 in 18 points or more, and as a numeric QR code beside it.
Source: elections.md 5.3, point 4, and section 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.election.definition import Definition
from models.election.slip import Code
from sync.central.elections.paper.ink import A4, A6, LEAST, POINT, SMALL, Sheets
from sync.central.elections.paper.wording import of, say
from sync.central.elections.registrar import PrintedSlip

CODE_POINTS: Final = 20.0
STUB_POINTS: Final = 14.0
FOLD: Final = 84.0
"""Millimetres from the top of a slip to where it is folded."""
_ROW: Final = 10.0
_INSET: Final = 7.0
_QR: Final = 28.0
_LANGUAGES_MOST: Final = 4
TYPE_THIS: Final = "Secret half. Type this number in the booth, then tear it up."
KEEP_THIS: Final = "Keep this half. It shows only that you voted."
AUDIT: Final = "Audit slip: for the observers"
FOLD_HERE: Final = "fold here"


def slips_pdf(
    definition: Definition, slips: Sequence[PrintedSlip], tags: Sequence[str] = ("en",), *, four: bool = False
) -> bytes:
    """Return all slips in the order given, one to a sheet of A6, or `four` to a sheet of A4 to be cut in four."""
    sheets = Sheets("Slips", tags[0], A4 if four else A6, margin=0)
    sheets.speak("en")  # places are the same on every slip; words are turned round line by line
    per_sheet = 4 if four else 1
    pieces = [piece for slip in slips for piece in _pieces(slip)]
    for at, (slip, contests, more) in enumerate(pieces):
        place = at % per_sheet
        if place == 0:
            sheets.sheet()
            if four:
                sheets.rule(0, A6[1] + 0.5, A4[0], 0.2, 1.5)
                sheets.upright(A6[0], 0, A4[1], 0.2, 1.5)
        _slip(sheets, (place % 2 * A6[0], place // 2 * (A6[1] + 0.5)), definition, slip, contests, tags, more=more)
    return sheets.done()


def _pieces(slip: PrintedSlip) -> list[tuple[PrintedSlip, Sequence[int], bool]]:
    """Return the slip, and further stubs where its contests are more than one stub holds."""
    numbers, most = sorted(slip.stubs), int((A6[1] - FOLD - 20) // _ROW)
    return [(slip, numbers[at : at + most], at > 0) for at in range(0, max(1, len(numbers)), most)]


def _slip(
    sheets: Sheets,
    corner: tuple[float, float],
    definition: Definition,
    slip: PrintedSlip,
    contests: Sequence[int],
    tags: Sequence[str],
    *,
    more: bool,
) -> None:
    x, y = corner[0] + _INSET, corner[1] + _INSET
    wide = A6[0] - 2 * _INSET
    if not more:
        sheets.text(x, y, wide, of(definition.title, "en"), SMALL, bold=True)
        down = y + 6
        if slip.audit:
            sheets.text(x, down, wide, AUDIT, SMALL, bold=True)
            down += 5
        down = _in_languages(sheets, x, down, wide, TYPE_THIS, tags)
        top = corner[1] + FOLD - _QR - 6
        for row, digits in enumerate(code_rows(slip.code)):
            sheets.text(x, top + 4 + row * CODE_POINTS * POINT * 1.6, wide - _QR, digits, CODE_POINTS, bold=True)
        sheets.code(slip.code, x + wide - _QR + 2, top - 1, _QR)
    sheets.rule(corner[0], corner[1] + FOLD, A6[0], 0.25, 2)
    down = corner[1] + FOLD + 3
    down = _in_languages(sheets, x, down, wide, KEEP_THIS, tags) + 2
    for number in contests:
        contest = definition.contest(number)
        sheets.text(x, down + 1, 6, str(number), STUB_POINTS, bold=True)
        title = sheets.lines(of(contest.title, "en"), wide - 46, LEAST)
        shown = title[:2] if len(title) <= 2 else [title[0], f"{title[1][:-1]}…"]  # noqa: PLR2004 - two lines
        sheets.text(x + 8, down + (2 if len(shown) == 1 else 0), wide - 46, "\n".join(shown), LEAST)
        sheets.text(x + wide - 38, down + 1, 38, slip.stubs[number], STUB_POINTS, bold=True, align="end")
        down += _ROW
        sheets.rule(x, down - 1, wide, 0.1)


def _in_languages(sheets: Sheets, x: float, y: float, wide: float, words: str, tags: Sequence[str]) -> float:
    """Set a sentence in every language of the slip, one under the other; return where it ends."""
    for tag in tags[:_LANGUAGES_MOST]:
        with sheets.turned(tag):
            y += sheets.text(x, y, wide, say(tag, words), LEAST)
    return y + 1


def code_rows(code: Code) -> tuple[str, str]:
    """Return the code as it is printed: 4-4-4 and 4-4-2."""
    groups = [code[at : at + 4] for at in range(0, len(code), 4)]
    return " ".join(groups[:3]), " ".join(groups[3:])
