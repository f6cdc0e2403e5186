"""Times things side by side and prints what came out as ratios.

Rule 1: a figure and its peer take turns in one process, so that a busy machine slows both; the best of each counts.
Rule 2: benchmarks print and compare, and never fail: the seconds are for the reference kiosk, the ratio for everybody.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

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


@dataclass(frozen=True, slots=True)
class Spread:
    """Many waits for one thing, in seconds; `most` is the largest ratio of p95 to the peer's that is meant.

    `busy_s`: what the processors worked meanwhile, on all threads; it stays what it is on a machine that is shared.
    """

    what: str
    waits_s: tuple[float, ...]
    busy_s: tuple[float, ...] = ()
    limit_s: float | None = None
    peer: Spread | None = None
    most: float = 0.0

    def at(self, share: float) -> float:
        """Return the wait that this share of all does not exceed."""
        return _at(self.waits_s, share)

    def line(self) -> str:
        """Return the waits as they are printed."""
        if not self.waits_s:
            return self.what
        p50, p95, worst = (_shown(self.at(share)) for share in (0.5, 0.95, 1.0))
        line = f"{self.what:<66} p50 {p50:>8}  p95 {p95:>8}  worst {worst:>8}  of {len(self.waits_s)}"
        if self.busy_s:
            line += f"\n    of processor time p50 {_shown(_at(self.busy_s, 0.5))}, p95 {_shown(_at(self.busy_s, 0.95))}"
        if self.limit_s is not None:
            late = "  MISSED" if self.at(0.95) > self.limit_s else ""
            line += f"\n    p95 of at most {_shown(self.limit_s)}{late}"
        if self.peer is not None:
            ratio = self.at(0.95) / self.peer.at(0.95)
            line += f", {ratio:.2f} times the p95 of {self.peer.what} (at most {self.most:g})"
            line += "" if ratio <= self.most * SLACK else "  MISSED (ratio)"
        return line


@dataclass(frozen=True, slots=True)
class Share:
    """A share of something, 0.05 for five per cent, and what it may be at most."""

    what: str
    share: float
    limit: float

    def line(self) -> str:
        """Return the share as it is printed."""
        missed = "" if self.share <= self.limit else "  MISSED"
        return f"{self.what:<66} {self.share * 100:8.1f} %  of at most {self.limit * 100:g} %{missed}"


class Shown(Protocol):
    """Anything that can be printed as a figure."""

    def line(self) -> str:
        """Return the figure as it is printed."""


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


def show(title: str, figures: Iterable[Shown]) -> None:
    """Print the figures under a title, each as soon as it is there."""
    print(f"\n{title}")
    for figure in figures:
        print(figure.line(), flush=True)


def _at(every: tuple[float, ...], share: float) -> float:
    ordered = sorted(every)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _timed(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
