"""Where the votes of a count flow, as shares of a picture: one window of stages, with as many lanes as are readable.

Rule 1: places come from models.counting.flow; here they become shares of a width and a height, and get no ink.
Rule 2: whoever went out first shares one lane with the others who did, where there are more people than lanes.
Rule 3: a lane is never lower than its share of the room, so that its name fits beside it.
Rule 4: the last stage of a window is the first of the next, so that no transfer is lost between two pictures.
Source: issue 5, point 4; elections.md section 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from models.counting.flow import NOBODY, Flow, Lane, Size, Standing, flow_of
from models.counting.stv import Stage, StvCount, Units
from models.counting.votes import Candidate

OTHERS: Final = -1
"""The lane of those who went out first, together."""
GAP: Final = 0.14
"""Of the least lane, what stays free below it."""
LEAST, LEAST_OF_FEW, FEW = 0.76, 0.9, 7
"""Of its equal share of the room, what the lowest lane has: the rest is for whoever has many votes."""
BAR: Final = 0.16
"""Of the way from one stage to the next, the width of a bar."""
HALVINGS: Final = 40
Mark = Literal["elected", "out"]


@dataclass(frozen=True, slots=True)
class FlowLane:
    """One row: `candidate`, 0 for papers that go no further, or OTHERS, `count` of them; what stands where.

    `quota`: the height of enough votes for a seat, None where nobody has so many. `last`: units at the last stage of
    the window.
    """

    candidate: int
    count: int
    top: float
    floor: float
    quota: float | None
    last: int
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class FlowBar:
    """What somebody has at the end of a stage; x and y are its corner towards the start and the head."""

    x: float
    y: float
    width: float
    height: float
    standing: Standing
    chosen: bool  # of somebody who is elected in the end


@dataclass(frozen=True, slots=True)
class FlowRibbon:
    """Votes on their way: kept, of a surplus, or of somebody who is out."""

    x0: float
    y0: float
    x1: float
    y1: float
    height: float
    kind: Literal["kept", "surplus", "exclusion"]
    chosen: bool  # kept by somebody who is elected in the end


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """A window of stages; all places are shares, x from the start and y from the head. `columns`: the bars' middles."""

    first: int
    last: int
    columns: tuple[float, ...]
    lanes: tuple[FlowLane, ...]
    bars: tuple[FlowBar, ...]
    ribbons: tuple[FlowRibbon, ...]


def windows(stages: int, most: int) -> tuple[tuple[int, int], ...]:
    """Return the first and last stage of each window of at most `most` stages, each about as long as the others."""
    steps = max(1, stages - 1)
    count = -(-steps // max(1, most - 1))
    cuts = [1 + steps * at // count for at in range(count + 1)]
    return tuple((first, min(last, stages)) for first, last in pairwise(cuts))


def picture_of(count: StvCount, candidates: Sequence[Candidate], window: tuple[int, int], lanes: int) -> FlowPicture:
    """Return the picture of a window with at most so many lanes."""
    merged = _fewer(count, candidates, window, lanes)
    shown, people = (count, candidates) if merged is None else _merged(count, candidates, merged)
    flow = _fitted(shown, people, window, lanes)
    others = 0 if merged is None else min(merged)
    width, height = flow.width, flow.height
    named = {lane.candidate: _lane(lane, shown, window, height) for lane in flow.lanes}
    if merged is not None and others in named:
        named[others] = replace(named[others], candidate=OTHERS, count=len(merged), mark=None, quota=None)
    seated = {one for one, _ in shown.elected}
    return FlowPicture(
        *window,
        columns=tuple(x / width for x in flow.columns),
        lanes=tuple(named.values()),
        bars=tuple(
            FlowBar(
                one.x / width,
                one.y / height,
                one.width / width,
                one.height / height,
                one.standing,
                one.candidate in seated,
            )
            for one in flow.bars
            if one.height
        ),
        ribbons=tuple(
            FlowRibbon(
                one.x0 / width,
                one.y0 / height,
                one.x1 / width,
                one.y1 / height,
                one.height / height,
                one.kind,
                one.kind == "kept" and one.source in seated,
            )
            for one in flow.ribbons
        ),
    )


def _lane(lane: Lane, count: StvCount, window: tuple[int, int], height: float) -> FlowLane:
    elected = lane.elected_at is not None and lane.elected_at <= window[1]
    out = lane.excluded_at is not None and lane.excluded_at <= window[1]
    # whoever is left when the seats are filled is out as well, without a stage of its own
    left = window[1] == len(count.stages) and lane.elected_at is None and lane.candidate != NOBODY
    return FlowLane(
        candidate=lane.candidate,
        count=1,
        top=lane.top / height,
        floor=lane.floor / height,
        quota=None if lane.quota is None or lane.quota < lane.top else lane.quota / height,
        last=lane.last,
        mark="elected" if elected else "out" if out or left else None,
    )


def _fitted(count: StvCount, candidates: Sequence[Candidate], window: tuple[int, int], lanes: int) -> Flow:
    """Return the flow in a room of height 1, its lanes no lower than a share each: the largest scale that fits."""
    share = (LEAST if lanes > FEW else LEAST_OF_FEW) / lanes
    size = Size(0, 0, 0, 0, stage=1, bar=BAR, lane=share * (1 - GAP), gap=share * GAP, votes=0)
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        fits = flow_of(count, candidates, replace(size, votes=middle), window).height <= 1
        low, high = (middle, high) if fits else (low, middle)
    flow = flow_of(count, candidates, replace(size, votes=low), window)
    return replace(flow, height=max(flow.height, 1e-9))


def _fewer(
    count: StvCount, candidates: Sequence[Candidate], window: tuple[int, int], lanes: int
) -> frozenset[int] | None:
    """Return who shares one lane, the first to go out, or None where everybody has room."""
    order = [lane.candidate for lane in flow_of(count, candidates, window=window).lanes if lane.candidate != NOBODY]
    room = lanes - 1  # one is for what goes no further
    return None if len(order) <= room else frozenset(order[room - 1 :])


def _merged(
    count: StvCount, candidates: Sequence[Candidate], merged: frozenset[int]
) -> tuple[StvCount, list[Candidate]]:
    """Return the count as if these were one person, who has the number of the smallest of them."""
    chosen = min(merged)

    def together(units: Sequence[Units]) -> tuple[Units, ...]:
        added = Units(sum(units[one - 1] for one in merged))
        return tuple(
            added if at == chosen else Units(0) if at in merged else each for at, each in enumerate(units, start=1)
        )

    def stage_of(stage: Stage) -> Stage:
        source = chosen if stage.source in merged else stage.source
        return replace(stage, source=source, transfers=together(stage.transfers), totals=together(stage.totals))

    people = [replace(one, withdrawn=one.withdrawn or one.number in merged - {chosen}) for one in candidates]
    elected = tuple((one, stage) for one, stage in count.elected if one not in merged)
    return replace(count, stages=tuple(map(stage_of, count.stages)), elected=elected), people
