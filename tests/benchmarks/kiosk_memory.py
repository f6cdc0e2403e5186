"""Whether a kiosk that is used for weeks grows: its memory after 500 pages, and after 6,000.

Source: kiosk.md section 13; the bar is of issue 4: within 5 %.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.presenters.between import BetweenView
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.read_to_me import ReadToMeView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.welcome import WelcomeView
from tests.benchmarks.figures import Share, show
from tests.benchmarks.kiosk_bench import Bench, a_bench, prison_life, tiles

FIRST, LAST = 500, 6_000
GROWS: Final = 0.05
TAGS: Final = ("en", "ar")


def resident_bytes() -> int:
    """Return the memory that this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def turn_a_page(bench: Bench, turns: list[str]) -> None:
    """Do what comes next in a turn, as the screen would hand it on; every page is drawn."""
    app = bench.app
    presenter = app.turn.presenters[bench.driver.screen]
    match app.view:
        case WelcomeView():
            turns.append(TAGS[len(turns) % len(TAGS)])
            presenter.touch_tile(turns[-1])  # type: ignore[attr-defined]
        case ReadToMeView():
            presenter.touch_no()  # type: ignore[attr-defined]
        case QuestionView(badge=None, answer=answer) if getattr(answer, "tiles", ()) and not any(
            tile.chosen for tile in answer.tiles
        ):
            presenter.touch_tile(bench.random.choice(tiles(bench)))  # type: ignore[attr-defined]
        case QuestionView(bars=bars):
            presenter.touch_onward() if bars.onward is not None else presenter.touch_skip()  # type: ignore[attr-defined]
        case ReviewView():
            presenter.touch_onward()  # type: ignore[attr-defined]
            bench.wait_for(lambda: isinstance(app.view, BetweenView | FarewellView))
        case BetweenView():
            presenter.touch_go_on()  # type: ignore[attr-defined]
        case FarewellView():
            presenter.touch_finish()  # type: ignore[attr-defined]
        case OpeningView():
            bench.wait_for(lambda: not isinstance(app.view, OpeningView))
        case _:
            bench.driver.go_through() if bench.driver.screen != "home" else bench.driver.begin()
    bench.clock.move(1)
    bench.driver.frames(1)


def growth(first: int, last: int) -> Iterator[Share]:
    """Turn pages; yield by which share the memory grew between the first and the last."""
    with a_bench(prison_life(), *TAGS) as bench:
        turns: list[str] = []
        for _ in range(first):
            turn_a_page(bench, turns)
        before = resident_bytes()
        for _ in range(last - first):
            turn_a_page(bench, turns)
        after = resident_bytes()
    what = f"memory after {last} pages ({after / 1e6:.0f} MB) against after {first} ({before / 1e6:.0f} MB)"
    yield Share(what, after / before - 1, GROWS)


def main() -> None:
    """Measure and print."""
    first, last = (int(sys.argv[1]), 2 * int(sys.argv[1])) if len(sys.argv) > 1 else (FIRST, LAST)
    show("A kiosk for weeks", growth(first, last))


if __name__ == "__main__":
    main()
