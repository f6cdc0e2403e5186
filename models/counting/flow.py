"""Where the transfers of a count flow, as a drawing without ink: rectangles, ribbons and labels at their places.

Rule 1: geometry only, a function of the count and of a size; whoever draws adds ink and nothing else.
Rule 2: a lane for each candidate: those elected first, then the excluded, the last of them uppermost, and at the bottom
        the papers that are not transferable: so most ribbons flow upwards.
Rule 3: heights are votes, on one scale; every bar stands on the floor of its lane, what it keeps below, what it gives
        or gets above.
Rule 4: a label is never nearer to the next than its letters are high, however small its lane.
Rule 5: a long count may be drawn in windows of stages: whoever has nothing in any stage of a window has no lane there.
Source: issue 5, point 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models.counting.stv import ONE_VOTE, Stage, StvCount
from models.counting.votes import Candidate

NOBODY: Final = 0  # the lane of papers that are not transferable
Standing = Literal["continuing", "elected", "excluded", "not-transferable"]


@dataclass(frozen=True, slots=True)
class Size:
    """Lengths of the drawing, all in the same unit; y grows downwards.

    `stage`: from the left edge of one column to that of the next. `lane`: least height of a lane, so that its label
    fits. `votes`: the height that all valid votes would have in one bar.
    """

    left: float = 280
    right: float = 190
    top: float = 126
    bottom: float = 84
    stage: float = 150
    bar: float = 22
    lane: float = 48
    gap: float = 10
    votes: float = 520


A_PAGE: Final = Size()


@dataclass(frozen=True, slots=True)
class Lane:
    """One candidate's row; `floor` is the y that its bars stand on, `quota` the y of the quota's height above it."""

    candidate: int
    top: float
    floor: float
    quota: float | None
    first: int
    last: int
    elected_at: int | None
    excluded_at: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """What a candidate has at the end of a stage; `y` is its upper edge."""

    stage: int
    candidate: int
    x: float
    y: float
    width: float
    height: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Votes on their way from the column before to this stage's: kept by the source itself, or transferred.

    From (x0, y0) to (x1, y1), the upper edges; `height` at both ends.
    """

    stage: int
    source: int
    target: int
    kind: Literal["kept", "surplus", "exclusion"]
    x0: float
    y0: float
    x1: float
    y1: float
    height: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole drawing; `columns` are the x of the stages' middles."""

    width: float
    height: float
    columns: tuple[float, ...]
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]


def flow_of(
    count: StvCount, candidates: Sequence[Candidate], size: Size = A_PAGE, window: tuple[int, int] | None = None
) -> Flow:
    """Return the drawing of a count, or of the stages from the first to the last of a window.

    Whoever withdrew has no lane.
    """
    first, last = window or (1, len(count.stages))
    stages = count.stages[first - 1 : last]
    scale = size.votes / max(1, count.valid * ONE_VOTE)
    lanes = _lanes(count, stages, candidates, size, scale)
    floors = {lane.candidate: lane.floor for lane in lanes}
    columns = [size.left + size.stage * at for at in range(len(stages))]
    bars = [
        Bar(
            stage.number,
            lane.candidate,
            x,
            lane.floor - _had(stage, lane.candidate) * scale,
            size.bar,
            _had(stage, lane.candidate) * scale,
            _standing(stage, lane),
        )
        for stage, x in zip(stages, columns, strict=True)
        for lane in lanes
    ]
    order = [lane.candidate for lane in lanes]
    ribbons = [
        ribbon
        for before, stage, x in zip(stages, stages[1:], columns, strict=False)
        for ribbon in _ribbons(before, stage, order, floors, (x + size.bar, x + size.stage), scale)
    ]
    width = columns[-1] + size.bar + size.right
    height = lanes[-1].floor + size.bottom
    return Flow(width, height, tuple(x + size.bar / 2 for x in columns), lanes, tuple(bars), tuple(ribbons))


def _had(stage: Stage, candidate: int) -> int:
    return stage.non_transferable if candidate == NOBODY else stage.totals[candidate - 1]


def _lanes(
    count: StvCount, stages: Sequence[Stage], candidates: Sequence[Candidate], size: Size, scale: float
) -> tuple[Lane, ...]:
    elected = dict(count.elected)
    excluded = {stage.source: stage.number for stage in count.stages if stage.kind == "exclusion"}
    last_first = sorted(excluded, key=lambda candidate: -excluded[candidate])
    standing = {one.number for one in candidates if not one.withdrawn}
    rest = sorted(standing - elected.keys() - excluded.keys())
    lanes, y = [], size.top
    for candidate in [*elected, *rest, *last_first, NOBODY]:
        most = max(_had(stage, candidate) for stage in stages) * scale
        if not most and len(stages) < len(count.stages):
            continue
        floor = y + max(most, size.lane)
        lanes.append(
            Lane(
                candidate=candidate,
                top=y,
                floor=floor,
                quota=floor - count.quota * ONE_VOTE * scale if candidate in elected else None,
                first=_had(stages[0], candidate),
                last=_had(stages[-1], candidate),
                elected_at=elected.get(candidate),
                excluded_at=excluded.get(candidate),
            )
        )
        y = floor + size.gap
    return tuple(lanes)


def _standing(stage: Stage, lane: Lane) -> Standing:
    if lane.candidate == NOBODY:
        return "not-transferable"
    if lane.elected_at is not None and stage.number >= lane.elected_at:
        return "elected"
    return "excluded" if lane.excluded_at is not None and stage.number >= lane.excluded_at else "continuing"


def _ribbons(
    before: Stage, stage: Stage, order: Sequence[int], floors: dict[int, float], ends: tuple[float, float], scale: float
) -> list[Ribbon]:
    """Return what everybody keeps, then what the source gives: to the lanes above it from the top of its bar down."""
    x0, x1 = ends
    kind: Literal["surplus", "exclusion"] = "surplus" if stage.kind == "surplus" else "exclusion"
    found = []
    for candidate in order:
        kept = min(_had(before, candidate), _had(stage, candidate)) * scale
        if kept:
            y = floors[candidate] - kept
            found.append(Ribbon(stage.number, candidate, candidate, "kept", x0, y, x1, y, kept))
    if stage.source not in floors:  # out without a vote, and so without a lane in this window
        return found
    given = floors[stage.source] - _had(before, stage.source) * scale
    for candidate in order:
        height = (_had(stage, candidate) - _had(before, candidate)) * scale
        if height > 0:
            target = floors[candidate] - _had(stage, candidate) * scale
            found.append(Ribbon(stage.number, stage.source, candidate, kind, x0, given, x1, target, height))
            given += height
    return found
