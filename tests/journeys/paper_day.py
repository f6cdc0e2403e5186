"""Two people who type papers in at a kiosk without its glass: what its presenters show is all that they go by.

Rule 1: each paper is entered twice from its number on, and on the way nothing but what stands on the page is touched.
Rule 2: what takes time comes back through the kiosk's own doors, and is waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from queue import SimpleQueue
from typing import Any, Final

from kiosk.presenters.booth_ask import BoothAskView
from kiosk.presenters.booth_check import BoothCheckView
from kiosk.presenters.booth_paper import BoothPaperView
from kiosk.presenters.booth_slip import BoothSlipView
from kiosk.presenters.booth_vote import BoothVoteView
from kiosk.presenters.booth_welcome import BoothWelcomeView
from kiosk.presenters.every_page import View
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.shown import Bars
from kiosk.presenters.turn import Turn
from kiosk.presenters.welcome import WelcomeView
from kiosk.wiring import KioskDoors
from models.election.ballot import Ballot
from tests.journeys.evidence import stands

MOST_STEPS: Final = 80
SEALED: Final = "This paper is in."


class PaperDay:
    """A kiosk in paper entry; `errands` is where its doors lay what came back."""

    def __init__(self, doors: KioskDoors, errands: SimpleQueue[Callable[[], None]], patience_s: float) -> None:
        self._errands, self._patience_s = errands, patience_s
        self._view: View
        self._turn = Turn(doors, self._show)
        self._turn.start()

    def _show(self, view: View) -> None:
        self._view = view

    def _touch(self, verb: str, *what: object) -> None:
        named = type(self._view).__module__.rpartition(".")[2]  # the table of screens would bring a window with it
        presenter: Any = self._turn.presenters[named]
        getattr(presenter, f"touch_{verb}")(*what)

    def paper(self, code: str, votes: Mapping[int, Ballot]) -> None:
        """Enter one paper twice, and seal it."""
        choices = [votes[number].choices for number in sorted(votes)]
        entries = 0
        for _ in range(MOST_STEPS):
            match self._view:
                case OpeningView() | BoothCheckView(bars=Bars(onward=None)):
                    self._errands.get(timeout=self._patience_s)()
                case BoothPaperView(title=title) if title.text == SEALED:
                    self._touch("onward")
                    stands(entries == 2, "each paper was entered twice before it was sealed", entries)
                    return
                case BoothSlipView() as view:
                    stands(not view.trouble, "the slip of a paper is taken", view.trouble)
                    entries += 1
                    for digit in code:
                        self._touch("key", digit)
                    self._touch("onward")
                case BoothVoteView() as view:
                    self._mark(view, choices[view.progress.at - 1])
                case BoothAskView():
                    self._touch("tile", "yes")
                case WelcomeView():
                    self._touch("tile", "en")
                case BoothWelcomeView() | BoothPaperView() | BoothCheckView():
                    self._touch("onward")
                case other:
                    message = f"nobody types papers in at {type(other).__name__}"
                    raise AssertionError(message)
        message = "a paper came to no end"
        raise AssertionError(message)

    def _mark(self, view: BoothVoteView, choices: tuple[int, ...]) -> None:
        if not choices:
            self._touch("blank")
            return
        for choice in choices:
            self._touch("tile", str(choice))
        self._touch("onward")
