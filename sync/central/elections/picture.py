"""Draws the flow of transfers as an SVG that is readable in black and white, and aloud.

Rule 1: places come from models.counting.flow; here is the ink: greys, hatching and letters, no colour.
Rule 2: whoever cannot see it hears the same: title, then the words of every stage.
Rule 3: the same count gives the same bytes.
Source: issue 5, point 4.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Final

from models.counting.flow import A_PAGE, NOBODY, Bar, Flow, Lane, Ribbon, Size, flow_of
from models.counting.page import CountPage, Row
from models.counting.stv import StvCount
from models.counting.votes import Candidate
from models.counting.words import plain_votes

_LETTERS: Final = 14  # pixels
_LINE: Final = 17
_SMALL: Final = 12
_LABEL_CHARACTERS: Final = 27
_HEADING_CHARACTERS: Final = 17
_PARTY_CHARACTERS: Final = 34
_HAIRLINE: Final = 0.8
_NEAR: Final = 10.0
_MARGIN: Final = 16.0
_TOP_LINES: Final = 4
_SWATCH: Final = 30
_LETTER_WIDTH: Final = 7
_LEAST_WIDTH: Final = 420  # between the first column and the last
_STYLE: Final = (
    "text{font-family:'DejaVu Sans',Arial,sans-serif;fill:#000}"
    f".name{{font-size:{_LETTERS}px}}.small{{font-size:{_SMALL}px}}.title{{font-size:20px;font-weight:bold}}"
    ".kept{fill:#e9e9e9}.surplus{fill:url(#lines);stroke:#000;stroke-width:.7}"
    ".exclusion{fill:#8f8f8f;stroke:#000;stroke-width:.7}"
    ".elected{fill:#000}.continuing{fill:#fff;stroke:#000;stroke-width:1.6}.excluded{fill:none}"
    ".not-transferable{fill:url(#dots);stroke:#000;stroke-width:1}"
    ".quota{stroke:#000;stroke-width:1.4;stroke-dasharray:5 4;fill:none}"
)
_PATTERNS: Final = (
    '<defs><pattern id="lines" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#fff"/><rect width="2.4" height="7" fill="#000"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/>'
    '<circle cx="3" cy="3" r="1.2" fill="#000"/></pattern></defs>'
)
_LEGEND: Final = (
    ("elected", "elected"),
    ("continuing", "still in the race"),
    ("kept", "votes that stay"),
    ("surplus", "surplus going on"),
    ("exclusion", "votes of somebody who is out, going on"),
    ("not-transferable", "not transferable"),
    ("quota", "quota: enough for a seat"),
)


def picture_svg(count: StvCount, candidates: tuple[Candidate, ...], page: CountPage) -> bytes:
    """Return the drawing of a count with its text alternative; `page` gives the words."""
    flow = flow_of(count, candidates, _size(len(count.stages)))
    people = {one.number: one for one in candidates} | {NOBODY: Candidate(NOBODY, "Not transferable")}
    width, height = round(flow.width), round(flow.height)
    told = "\n".join(f"Stage {stage.stage}: {' '.join(map(str, stage.sentences))}" for stage in page.stages)
    title = f"{page.title}: how the votes moved".lstrip(": ")
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc>',
        f"<style>{_STYLE}</style>{_PATTERNS}",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        _text(_MARGIN, 30, "title", title),
        _text(_MARGIN, 50, "small", " · ".join(map(str, page.facts))),
        *_inked(flow),
        *_headings(flow, page),
        *_labels(flow, people, {row.number: row for row in page.rows}),
        *_legend(flow),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _inked(flow: Flow) -> Iterator[str]:
    """Draw what stays first, then what moves, the broadest first, then the bars and the quota."""
    moving = [ribbon for ribbon in flow.ribbons if ribbon.kind != "kept"]
    for ribbon in [one for one in flow.ribbons if one.kind == "kept"]:
        yield _ribbon(ribbon)
    for ribbon in sorted(moving, key=lambda one: -one.height):
        yield _ribbon(ribbon)
    for bar in flow.bars:
        yield from _bar(bar)
    for lane in flow.lanes:
        if lane.quota is not None:
            x0, x1 = flow.columns[0] - 2 * _NEAR, flow.columns[-1] + 2 * _NEAR
            yield f'<path class="quota" d="M{x0:.1f} {lane.quota:.1f}H{x1:.1f}"/>'


def _ribbon(ribbon: Ribbon) -> str:
    height = max(ribbon.height, _HAIRLINE)
    middle = (ribbon.x0 + ribbon.x1) / 2
    path = (
        f"M{ribbon.x0:.1f} {ribbon.y0:.1f}"
        f"C{middle:.1f} {ribbon.y0:.1f} {middle:.1f} {ribbon.y1:.1f} {ribbon.x1:.1f} {ribbon.y1:.1f}"
        f"v{height:.1f}"
        f"C{middle:.1f} {ribbon.y1 + height:.1f} {middle:.1f} {ribbon.y0 + height:.1f}"
        f" {ribbon.x0:.1f} {ribbon.y0 + height:.1f}Z"
    )
    return f'<path class="{ribbon.kind}" d="{path}"/>'


def _bar(bar: Bar) -> Iterator[str]:
    if bar.height:
        yield (
            f'<rect class="{bar.standing}" x="{bar.x:.1f}" y="{bar.y:.1f}" width="{bar.width:.1f}"'
            f' height="{max(bar.height, _HAIRLINE):.1f}"/>'
        )


def _headings(flow: Flow, page: CountPage) -> Iterator[str]:
    top = flow.lanes[0].top - _NEAR
    for x, heading in zip(flow.columns, page.columns, strict=True):
        for at, line in enumerate(reversed(_cut(str(heading), _HEADING_CHARACTERS, _TOP_LINES))):
            yield _text(x, top - at * (_SMALL + 2), "small", line, "middle")


def _labels(flow: Flow, people: Mapping[int, Candidate], rows: Mapping[int | None, Row]) -> Iterator[str]:
    """Write at the left who it is and with how many first choices, at the right what came of it."""
    left, right = flow.columns[0] - 2 * _NEAR, flow.columns[-1] + 2 * _NEAR
    for lane in flow.lanes:
        one, row = people[lane.candidate], rows[lane.candidate]
        name = [("name", line) for line in _cut(one.name, _LABEL_CHARACTERS, 2)]
        party = _cut(one.party, _PARTY_CHARACTERS, 1)
        first = [plain_votes(lane.first)] if lane.candidate != NOBODY else []
        yield from _block(left, lane, [*name, ("small", " · ".join([*party, *first]))], "end")
        result = "" if row.result is None else str(row.result)
        last = plain_votes(lane.last) if lane.last else ""
        yield from _block(right, lane, [("name", result), ("small", last)], "start")


def _cut(words: str, characters: int, most: int) -> list[str]:
    """Return the words on at most so many lines; what does not fit is replaced by three dots."""
    lines = textwrap.wrap(words, characters)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][: characters - 1]}…"]


def _block(x: float, lane: Lane, lines: list[tuple[str, str]], anchor: str) -> Iterator[str]:
    for at, (kind, line) in enumerate(reversed([one for one in lines if one[1]])):
        yield _text(x, lane.floor - 3 - at * _LINE, kind, line, anchor)


def _size(stages: int) -> Size:
    """Return the size of the drawing: few stages stand further apart, so that the ribbons between them lie flatter."""
    return replace(A_PAGE, stage=max(A_PAGE.stage, _LEAST_WIDTH / max(1, stages - 1)))


def _legend(flow: Flow) -> Iterator[str]:
    """Say what each ink means, on as many lines as it takes."""
    x, y = _MARGIN, flow.height - 2 * _NEAR - _LINE
    for kind, words in _LEGEND:
        wide = _SWATCH + _LETTER_WIDTH * len(words)
        if x + wide > flow.width - _NEAR:
            x, y = _MARGIN, y + _LINE + 5
        if kind == "quota":
            yield f'<path class="quota" d="M{x:.1f} {y - 5:.1f}h22"/>'
        else:
            yield f'<rect class="{kind}" x="{x:.1f}" y="{y - 11:.1f}" width="22" height="13"/>'
        yield _text(x + _SWATCH - 2, y, "small", words)
        x += wide + 2 * _NEAR


def _text(x: float, y: float, kind: str, words: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
