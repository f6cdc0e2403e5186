"""The pages of a booth, by the place and how it stands there."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.booth_places import (
    BoothCheck,
    BoothPaper,
    BoothPlace,
    BoothSealed,
    BoothSlip,
    BoothVote,
    Council,
    CouncilPage,
    Stub,
)
from kiosk.presenters.booth_ask import BoothAskPresenter, BoothAskView
from kiosk.presenters.booth_check import BoothCheckPresenter, BoothCheckView
from kiosk.presenters.booth_paper import BoothPaperPresenter, BoothPaperView
from kiosk.presenters.booth_sealed import BoothSealedPresenter, BoothSealedView
from kiosk.presenters.booth_slip import BoothSlipPresenter, BoothSlipView
from kiosk.presenters.booth_vote import BoothVotePresenter, BoothVoteView
from kiosk.presenters.booth_welcome import BoothWelcomePresenter, BoothWelcomeView
from kiosk.presenters.booth_words import BoothWordsPresenter, BoothWordsView
from kiosk.presenters.council import CouncilPresenter, CouncilView
from kiosk.presenters.council_elected import CouncilElectedPresenter, CouncilElectedView
from kiosk.presenters.council_flow import CouncilFlowPresenter, CouncilFlowView
from kiosk.presenters.council_page import CouncilPagePresenter, CouncilPageView, shows_words
from kiosk.presenters.council_stop import stop_at
from kiosk.presenters.council_stub import CouncilStubPresenter, CouncilStubView
from kiosk.presenters.council_tally import CouncilTallyPresenter, CouncilTallyView
from kiosk.presenters.council_told import ElectedStop, FlowStop
from kiosk.presenters.touching import Presenter, Turning

BoothView = (
    BoothWelcomeView
    | BoothSlipView
    | BoothVoteView
    | BoothAskView
    | BoothWordsView
    | BoothCheckView
    | BoothSealedView
    | BoothPaperView
    | CouncilView
    | CouncilStubView
    | CouncilPageView
    | CouncilElectedView
    | CouncilFlowView
    | CouncilTallyView
)


class Booth:
    """The presenters of a booth."""

    def __init__(self, turn: Turning) -> None:
        self.welcome, self._slip, self._vote = (
            BoothWelcomePresenter(turn),
            BoothSlipPresenter(turn),
            BoothVotePresenter(turn),
        )
        self._ask, self._words, self._check = (
            BoothAskPresenter(turn),
            BoothWordsPresenter(turn),
            BoothCheckPresenter(turn),
        )
        self._sealed, self._paper = BoothSealedPresenter(turn), BoothPaperPresenter(turn)
        self._council, self._stub = CouncilPresenter(turn), CouncilStubPresenter(turn)
        self._page, self._elected = CouncilPagePresenter(turn), CouncilElectedPresenter(turn)
        self._flow, self._tally = CouncilFlowPresenter(turn), CouncilTallyPresenter(turn)
        self._turn = turn

    @property
    def presenters(self) -> Mapping[str, Presenter]:
        """Return each screen's presenter by the screen's name."""
        return {
            "booth_welcome": self.welcome,
            "booth_slip": self._slip,
            "booth_vote": self._vote,
            "booth_ask": self._ask,
            "booth_words": self._words,
            "booth_check": self._check,
            "booth_sealed": self._sealed,
            "booth_paper": self._paper,
            "council": self._council,
            "council_stub": self._stub,
            "council_page": self._page,
            "council_elected": self._elected,
            "council_flow": self._flow,
            "council_tally": self._tally,
        }

    def view(self, place: BoothPlace) -> BoothView:  # noqa: C901, PLR0911 - a table of pages, one line each
        """Return all that is shown at a place of the booth."""
        match place:
            case BoothSlip():
                return self._slip.view()
            case BoothVote(asking=str()):
                return self._ask.view()
            case BoothVote(reading=int()):
                return self._words.view()
            case BoothVote():
                return self._vote.view()
            case BoothCheck():
                return self._check.view()
            case BoothSealed():
                return self._sealed.view()
            case BoothPaper():
                return self._paper.view()
            case Council():
                return self._council.view()
            case Stub():
                return self._stub.view()
            case CouncilPage():
                return self._result(place)

    def _result(self, place: CouncilPage) -> BoothView:
        """Return what stands at a page of the board."""
        if shows_words(self._turn, place):
            return self._page.view()
        match stop_at(self._turn, place):
            case ElectedStop():
                return self._elected.view()
            case FlowStop():
                return self._flow.view()
            case _:
                return self._tally.view()
