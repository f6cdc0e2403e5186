"""Times things side by side and prints what came out as ratios.

Rule 1: a figure and its peer take turns in one process, so that a busy machine slows both; the best of each counts.
Rule 2: benchmarks print and compare, and never fail: the seconds are for the reference kiosk, the ratio for everybody.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

SLACK = 1.1  # a tenth, for noise


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside its peer. Units: seconds. `most` is the largest ratio (ours / peer) that is meant."""

    what: str
    peer: str
    ours_s: float
    peer_s: float
    limit_s: float
    most: float

    @property
    def ratio(self) -> float:
        """Ours in terms of the peer's."""
        return self.ours_s / self.peer_s

    def line(self) -> str:
        """Return the figure as it is printed."""
        held = "" if self.ratio <= self.most * SLACK else "  MISSED (ratio)"
        late = "" if self.ours_s <= self.limit_s else "  over the limit of the reference kiosk"
        return (
            f"{self.what:<58} {_shown(self.ours_s):>9}  of at most {_shown(self.limit_s):>9}\n"
            f"    beside {self.peer:<47} {_shown(self.peer_s):>9}  ratio {self.ratio:5.2f} (at most {self.most:g})"
            f"{held}{late}"
        )


def beside(
    what: str, ours: Callable[[], object], peer: str, theirs: Callable[[], object], *, limit_s: float, most: float,
    rounds: int,
) -> Figure:  # fmt: skip
    """Run both in turns, `rounds` times after one round to warm up; the best of each counts."""
    ours()
    theirs()
    gc.collect()
    pairs = [(_timed(ours), _timed(theirs)) for _ in range(rounds)]
    best, other = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return Figure(what, peer, best, other, limit_s, most)


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print the figures under a title, each as soon as it is there."""
    print(f"\n{title}")
    for figure in figures:
        print(figure.line(), flush=True)


def _timed(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
