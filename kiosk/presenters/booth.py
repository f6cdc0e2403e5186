"""The pages of a booth, by the place and how it stands there."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.booth_places import BoothCheck, BoothPlace, BoothSealed, BoothSlip, BoothVote
from kiosk.presenters.booth_ask import BoothAskPresenter, BoothAskView
from kiosk.presenters.booth_check import BoothCheckPresenter, BoothCheckView
from kiosk.presenters.booth_sealed import BoothSealedPresenter, BoothSealedView
from kiosk.presenters.booth_slip import BoothSlipPresenter, BoothSlipView
from kiosk.presenters.booth_vote import BoothVotePresenter, BoothVoteView
from kiosk.presenters.booth_welcome import BoothWelcomePresenter, BoothWelcomeView
from kiosk.presenters.booth_words import BoothWordsPresenter, BoothWordsView
from kiosk.presenters.touching import Presenter, Turning

BoothView = (
    BoothWelcomeView | BoothSlipView | BoothVoteView | BoothAskView | BoothWordsView | BoothCheckView | BoothSealedView
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
        self._sealed = BoothSealedPresenter(turn)

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
        }

    def view(self, place: BoothPlace) -> BoothView:
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
