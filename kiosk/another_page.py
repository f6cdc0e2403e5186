"""Whether what is shown now is another page than before, what may not be left of the one before, and where keys are.

Rule 1: pure: Views in, an answer out.
Rule 2: the same page in another state is no other page: it is not read anew, and no touch on it comes too soon.
"""

from __future__ import annotations

from typing import Final

from kiosk.presenters.before import BeforeView
from kiosk.presenters.booth_ask import BoothAskView
from kiosk.presenters.booth_check import BoothCheckView
from kiosk.presenters.booth_paper import BoothPaperView
from kiosk.presenters.booth_sealed import BoothSealedView
from kiosk.presenters.booth_slip import BoothSlipView
from kiosk.presenters.booth_vote import BoothVoteView
from kiosk.presenters.booth_words import BoothWordsView
from kiosk.presenters.comeback_digits import ComebackDigitsView
from kiosk.presenters.council_stub import CouncilStubView
from kiosk.presenters.every_page import View
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.pin import PinView
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import Keypad, QuestionView, Stepper, TextPad, Wheels
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.results import ResultsView
from kiosk.presenters.welcome import WelcomeView

NOTHING_BEFORE: Final = (WelcomeView, FarewellView, BoothSealedView, BoothPaperView)
"""Pages on which nothing is left of those before."""
NOTHING_AFTER: Final = (ReplyView, BoothSlipView, BoothSealedView)
"""Pages of which nothing is left on those after."""


def another_page(before: View | None, view: View) -> bool:
    """Whether a person sees another page, and not the same one with another state."""
    return before is None or type(before) is not type(view) or _page(before) != _page(view)


def _page(view: View) -> tuple[object, ...]:  # noqa: PLR0911 - a table of pages
    """What makes it another page: other words, another stop, another pad, or the time after the day."""
    match view:
        case QuestionView(answer=answer):
            return view.prompt, view.progress.at, type(answer), isinstance(answer, Wheels) and answer.mirrors
        case BeforeView():
            return view.title, view.lines
        case PracticeView():
            return (view.progress,)
        case BoothVoteView():
            return view.prompt, view.progress
        case BoothCheckView() | BoothWordsView() | BoothAskView() | BoothPaperView():
            return (view.title,)
        case ResultsView():
            return (view.page,)
        case _:
            return ()


def leaves_nothing(before: View | None, view: View) -> bool:
    """Whether nothing of the pages before may be left once this one stands."""
    return isinstance(view, NOTHING_BEFORE) or (another_page(before, view) and isinstance(before, NOTHING_AFTER))


def typing(view: View | None) -> bool:
    """Whether keys are touched there, of which one may follow the other fast."""
    keys = isinstance(view, QuestionView) and isinstance(view.answer, Keypad | Stepper | TextPad | Wheels)
    return keys or isinstance(view, PinView | ComebackDigitsView | BoothSlipView | CouncilStubView)
