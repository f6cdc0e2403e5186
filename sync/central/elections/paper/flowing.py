"""The flow of transfers on paper: bars and ribbons in black and greys, with who it is and what came of it beside them.

Rule 1: places come from models.counting.flow; here is only the ink.
Rule 2: the drawing fits one sheet, on its side or upright; where even that is too small, there is none.
Source: elections.md section 10; issue 5, point 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from models.counting.flow import NOBODY, Bar, Flow, Ribbon, Size, flow_of
from models.counting.page import CountPage, Row
from models.counting.stv import StvCount
from models.counting.votes import Candidate
from models.counting.words import whole_name
from sync.central.elections.paper.ink import A4, A4_ACROSS, LARGE, LEAST, POINT, Sheets
from sync.central.elections.paper.wording import say, sentence

_HEAD: Final = 16.0
_LEGEND: Final = 12.0
_MARGIN: Final = 14.0
_SIZE: Final = Size(left=64, right=44, top=_HEAD + 8, bottom=_LEGEND, stage=40, bar=4, lane=5.2, gap=1.6, votes=150)
_TIGHT: Final = {"lane": 4.2, "gap": 0.3}
_STAGE_MOST: Final = 90.0
_STAGE_LEAST: Final = 6.0
_VOTES_LEAST: Final = 8.0
_STEPS: Final = 24
_INK: Final = {"elected": 0, "continuing": 255, "excluded": 255, "not-transferable": 215}
_EDGE: Final = 0.3
_RIBBON: Final = {"kept": 240, "surplus": 100, "exclusion": 175}
_MEANING: Final = (
    (0, "elected"),
    (255, "still in the race"),
    (240, "votes that stay"),
    (100, "a surplus that goes on"),
    (175, "votes of somebody who is out, going on"),
    (215, "not transferable"),
)


def fits(count: StvCount, candidates: Sequence[Candidate]) -> tuple[Flow, tuple[float, float]] | None:
    """Return the drawing and the size of the sheet that it fits on, or None."""
    for paper in (A4_ACROSS, A4):
        across, down = paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN
        steps = max(1, len(count.stages) - 1)
        stage = min(_STAGE_MOST, (across - _SIZE.left - _SIZE.right - _SIZE.bar) / steps)
        if stage < _STAGE_LEAST:
            continue
        for size in (replace(_SIZE, stage=stage), replace(_SIZE, stage=stage, lane=_TIGHT["lane"], gap=_TIGHT["gap"])):
            votes = size.votes
            while votes > _VOTES_LEAST:
                flow = flow_of(count, candidates, replace(size, votes=votes))
                if flow.height <= down:
                    return flow, paper
                votes *= 0.9
    return None


def flow_sheet(sheets: Sheets, count: StvCount, candidates: Sequence[Candidate], page: CountPage) -> None:
    """Draw the flow on a sheet of its own, if it fits one."""
    placed = fits(count, candidates)
    if placed is None:
        return
    flow, paper = placed
    tag, margin = sheets.tag, sheets.margin
    sheets.upend(paper)
    sheets.margin = _MARGIN
    sheets.sheet()
    sheets.say(f"{page.title}: {say(tag, 'how the votes moved')}".lstrip(": "), LARGE, bold=True)
    for ribbon in sorted(flow.ribbons, key=lambda one: (one.kind != "kept", -one.height)):
        _ribbon(sheets, ribbon)
    for bar in flow.bars:
        _bar(sheets, bar)
    for at, x in enumerate(flow.columns, 1):
        narrow = at > 1 and x - flow.columns[at - 2] < 14  # noqa: PLR2004 - millimetres that the words take
        words = str(at) if narrow else say(tag, "Stage {stage}", stage=at)
        sheets.text(_MARGIN + x - 15, _MARGIN + _HEAD + 1, 30, words, LEAST, bold=True, align="middle")
    _labels(sheets, flow, {one.number: one for one in candidates}, {row.number: row for row in page.rows})
    _legend(sheets, flow)
    sheets.margin = margin


def _ribbon(sheets: Sheets, one: Ribbon) -> None:
    height = max(one.height, 0.15)
    steps = [at / _STEPS for at in range(_STEPS + 1)]
    middle = (one.x0 + one.x1) / 2
    upper = [
        (
            _MARGIN + _bend(t, one.x0, middle, middle, one.x1),
            _MARGIN + _bend(t, one.y0, one.y0, one.y1, one.y1),
        )
        for t in steps
    ]
    sheets.shape([*upper, *((x, y + height) for x, y in reversed(upper))], _RIBBON[one.kind])


def _bend(t: float, a: float, b: float, c: float, d: float) -> float:
    s = 1 - t
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d


def _bar(sheets: Sheets, one: Bar) -> None:
    if one.height:
        sheets.box(_MARGIN + one.x, _MARGIN + one.y, one.width, max(one.height, 0.2), _EDGE, _INK[one.standing])


def _labels(sheets: Sheets, flow: Flow, people: Mapping[int, Candidate], rows: Mapping[int | None, Row]) -> None:
    tag, tall = sheets.tag, LEAST * POINT * 1.3
    left = flow.columns[0] - _SIZE.bar / 2
    right = flow.columns[-1] + _SIZE.bar / 2
    for lane in flow.lanes:
        y = _MARGIN + lane.floor - tall + 0.6
        name = say(tag, "Not transferable") if lane.candidate == NOBODY else whole_name(people[lane.candidate])
        lines = sheets.lines(name, left - 3, LEAST)
        shown = lines[0] if len(lines) == 1 or lane.floor - lane.top < 2 * tall else "\n".join(lines[:2])
        shown = shown if len(lines) <= shown.count("\n") + 1 else f"{shown}…"
        rise = tall * shown.count("\n")
        sheets.text(_MARGIN, y - rise, left - 2, shown, LEAST, align="end")
        result = rows[lane.candidate].result if lane.candidate in rows else None
        if result is not None:
            bold = lane.elected_at is not None
            sheets.text(_MARGIN + right + 2, y, _SIZE.right - 2, sentence(tag, result), LEAST, bold=bold)


def _legend(sheets: Sheets, flow: Flow) -> None:
    x, y = sheets.x, _MARGIN + flow.height - _LEGEND + 4
    for grey, words in _MEANING:
        shown = say(sheets.tag, words)
        wide = sheets.wide(shown, LEAST) + 12
        if x + wide > sheets.x + sheets.width:
            x, y = sheets.x, y + 5
        sheets.box(x, y, 5, 3.2, 0.1, grey)
        sheets.text(x + 6.5, y - 0.5, wide, shown, LEAST)
        x += wide
