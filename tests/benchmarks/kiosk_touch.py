"""How long a person waits at the screen: touch to next question, and handing in with its durable commit.

Source: kiosk.md section 13; the bars are of issue 4: p95 under 50 ms, with the hand-in under 100 ms.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from kiosk.presenters.between import BetweenView
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.review import ReviewView
from models.questionnaire import Questionnaire
from tests.benchmarks.figures import Spread, show
from tests.benchmarks.kiosk_bench import Bench, Wait, a_bench, prison_life, tiles

TAPS, WARMING = 300, 30
TOUCH_S: Final = 0.05
HAND_IN_S: Final = 0.1
MOST: Final = 3.0
"""How much longer than switching two labels: a whole page with bars, answers and a vault behind it."""
LANGUAGES: Final = ("en", "ar")


class Turns:
    """Somebody who answers one survey after the other, by chance; each wait is kept by what it was for."""

    def __init__(self, bench: Bench, tag: str) -> None:
        self.bench, self.tag = bench, tag
        self.waits: dict[str, list[Wait]] = {"chosen": [], "next": [], "quick": [], "last": [], "hand in": []}
        self.incomplete = 0

    def begin(self) -> None:
        """Come to the first question."""
        self.bench.tap(key=self.tag)
        if self.bench.driver.has(id="no"):
            self.bench.tap(id="no")
        self.bench.driver.begin()
        self.bench.wait_for(lambda: isinstance(self.bench.app.view, QuestionView))

    def touch(self) -> None:
        """Do the next thing of a turn, and keep how long it took."""
        bench, view = self.bench, self.bench.app.view
        match view:
            case QuestionView(answer=answer, badge=None) if getattr(answer, "tiles", ()):
                self._answer(view)
            case QuestionView():
                bench.tap(id="skip" if bench.driver.has(id="skip") else "onward")
            case ReviewView():
                self._hand_in()
            case BetweenView():
                bench.tap(id="go_on")
            case FarewellView():
                bench.tap(id="finish")
                self.begin()
            case _:
                self.begin()

    def _answer(self, view: QuestionView) -> None:
        before = view.prompt
        wait = self.bench.tap(key=self.bench.random.choice(tiles(self.bench)))
        after = self.bench.app.view
        if isinstance(after, QuestionView) and after.prompt == before:
            self.waits["chosen"].append(wait)
            self.waits["next"].append(self.bench.tap(id="onward"))
        elif isinstance(after, QuestionView):
            self.waits["quick"].append(wait)
        else:
            self.waits["last"].append(wait)

    def _hand_in(self) -> None:
        widget = self.bench.driver.find(id="onward")
        wait = self.bench.timed(
            *widget.to_window(*widget.center), lambda: isinstance(self.bench.app.view, BetweenView | FarewellView)
        )
        self.waits["hand in"].append(wait)

    def warm(self, taps: int) -> None:
        """Take some turns that do not count; every page must stand whole in its first frame."""
        for _ in range(taps):
            self.touch()
            self.incomplete += not self.bench.whole()
        for held in self.waits.values():
            held.clear()


def peer(bench: Bench, taps: int) -> list[Wait]:
    """Touch a bare Kivy ScreenManager whose two screens hold a label each, in the same window."""
    from kivy.base import EventLoop
    from kivy.uix.label import Label
    from kivy.uix.screenmanager import NoTransition, Screen, ScreenManager

    window, manager = EventLoop.window, ScreenManager(transition=NoTransition())
    for name in ("one", "two"):
        screen = Screen(name=name)
        screen.add_widget(Label(text=f"Screen {name}", font_size=50))
        manager.add_widget(screen)
    flip = lambda *_: setattr(manager, "current", "two" if manager.current == "one" else "one")  # noqa: E731
    manager.bind(on_touch_up=flip)
    window.remove_widget(bench.app.root)
    window.add_widget(manager)
    waits = []
    try:
        for _ in range(taps):
            before = manager.current
            waits.append(bench.timed(640, 400, lambda: manager.current != before))  # noqa: B023 - done before it changes
    finally:
        window.remove_widget(manager)
        window.add_widget(bench.app.root)
        bench.driver.frames(3)
    return waits


def spread(what: str, waits: list[Wait], limit_s: float | None = None, bare: Spread | None = None) -> Spread:
    """Return these waits as a figure."""
    return Spread(what, tuple(one.s for one in waits), tuple(one.busy_s for one in waits), limit_s, bare, MOST)


def spreads(taps: int, warming: int, form: Questionnaire | None = None) -> Iterator[Spread]:
    """Measure; `taps` counted touches in each language after `warming` that are not."""
    with a_bench(form or prison_life(), *LANGUAGES) as bench:
        bare = spread("a bare ScreenManager with two labels", peer(bench, warming + taps)[warming:])
        yield bare
        for tag in LANGUAGES:
            turns = Turns(bench, tag)
            turns.warm(warming)
            while sum(map(len, turns.waits.values())) < taps:
                turns.touch()
            if turns.incomplete:
                yield Spread(f"{tag}: {turns.incomplete} of {warming} pages were not whole in their first frame", ())
            for what, words, limit_s in (
                ("quick", "touch on an answer to the next question drawn, accepted", TOUCH_S),
                ("last", "touch on the last answer to all of them drawn", None),
                ("chosen", "touch on an answer to its tick drawn, accepted", TOUCH_S),
                ("next", "touch on Next to the next question drawn", TOUCH_S),
                ("hand in", "touch on Hand it in to the next page, on the disk", HAND_IN_S),
            ):
                if turns.waits[what]:
                    peered = None if what == "hand in" else bare  # the peer puts nothing on a disk
                    yield spread(f"{tag}: {words}", turns.waits[what], limit_s, peered)
            bench.app.turn.wipe()
            bench.driver.frames(3)


def main() -> None:
    """Measure and print."""
    taps = int(sys.argv[1]) if len(sys.argv) > 1 else TAPS
    show(f"A finger at the kiosk, {taps} touches a language, 1280 x 800", spreads(taps, min(WARMING, taps)))


if __name__ == "__main__":
    main()
