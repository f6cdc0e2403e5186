"""Every page of a turn: which presenter serves it, and which View stands where somebody stands.

Rule 1: the only table from a place to what is shown there; a booth has its own (presenters.booth).
Rule 2: it ends in assert_never: a place without a page is found before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from kiosk.booth_places import BoothCheck, BoothPaper, BoothSealed, BoothSlip, BoothVote, Council, CouncilPage, Stub
from kiosk.places import (
    AtQuestion,
    BeforeYouStart,
    Between,
    Bigger,
    Board,
    CodeDigits,
    CodeGiven,
    CodePictures,
    ColourTest,
    Consultations,
    Farewell,
    Help,
    HelpNow,
    Hidden,
    Home,
    Measuring,
    NamesFound,
    Opening,
    OutOfService,
    Page,
    Pin,
    Practice,
    ReadToMe,
    ReplyShown,
    Results,
    Review,
    Service,
    ServicePart,
    TouchTest,
    Welcome,
)
from kiosk.presenters.announce import AnnouncePresenter, AnnounceView
from kiosk.presenters.before import BeforePresenter, BeforeView
from kiosk.presenters.between import BetweenPresenter, BetweenView
from kiosk.presenters.bigger import BiggerPresenter, BiggerView
from kiosk.presenters.board import BoardPresenter, BoardView
from kiosk.presenters.booth import Booth, BoothView
from kiosk.presenters.colour_test import ColourTestPresenter, ColourTestView
from kiosk.presenters.comeback_digits import ComebackDigitsPresenter, ComebackDigitsView
from kiosk.presenters.comeback_given import ComebackGivenPresenter, ComebackGivenView
from kiosk.presenters.comeback_pictures import ComebackPicturesPresenter, ComebackPicturesView
from kiosk.presenters.consultations import ConsultationsPresenter, ConsultationsView
from kiosk.presenters.farewell import FarewellPresenter, FarewellView
from kiosk.presenters.help import HelpPresenter, HelpView
from kiosk.presenters.help_now import HelpNowPresenter, HelpNowView
from kiosk.presenters.hidden import HiddenPresenter, HiddenView
from kiosk.presenters.home import HomePresenter, HomeView
from kiosk.presenters.measuring import MeasuringPresenter, MeasuringView
from kiosk.presenters.mode import ModePresenter, ModeView
from kiosk.presenters.names_found import NamesFoundPresenter, NamesFoundView
from kiosk.presenters.opening import OpeningPresenter, OpeningView
from kiosk.presenters.out_of_service import OutOfServicePresenter, OutOfServiceView
from kiosk.presenters.page import PagePresenter, PageView
from kiosk.presenters.pin import PinPresenter, PinView
from kiosk.presenters.practice import PracticePresenter, PracticeView
from kiosk.presenters.question import QuestionPresenter, QuestionView
from kiosk.presenters.read_to_me import ReadToMePresenter, ReadToMeView
from kiosk.presenters.reply import ReplyPresenter, ReplyView
from kiosk.presenters.results import ResultsPresenter, ResultsView
from kiosk.presenters.review import ReviewPresenter, ReviewView
from kiosk.presenters.service import ServicePresenter, ServiceView
from kiosk.presenters.service_part import ServicePartPresenter, ServicePartView
from kiosk.presenters.touch_test import TouchTestPresenter, TouchTestView
from kiosk.presenters.touching import Presenter, Turning
from kiosk.presenters.warning import WarningPresenter, WarningView
from kiosk.presenters.welcome import WelcomePresenter, WelcomeView
from kiosk.sitting import Sitting
from kiosk.writing import announcing, choosing_mode

View = (
    WelcomeView | HomeView | ConsultationsView | QuestionView | ReviewView | BetweenView | FarewellView | BoardView
    | PageView | HelpView | WarningView | PinView | ServiceView | OutOfServiceView
    | ServicePartView | MeasuringView | TouchTestView | ColourTestView
    | OpeningView | ComebackGivenView | ComebackPicturesView | ComebackDigitsView | ReadToMeView
    | BiggerView | HiddenView
    | BeforeView | PracticeView | ReplyView | ResultsView
    | ModeView | AnnounceView | NamesFoundView | HelpNowView | BoothView
)  # fmt: skip


class EveryPage:
    """The presenters of a turn."""

    def __init__(self, turn: Turning) -> None:
        self._welcome, self._home = WelcomePresenter(turn), HomePresenter(turn)
        self._consultations, self._question = ConsultationsPresenter(turn), QuestionPresenter(turn)
        self._review, self._between, self._farewell = (
            ReviewPresenter(turn),
            BetweenPresenter(turn),
            FarewellPresenter(turn),
        )
        self._board, self._page, self._help = BoardPresenter(turn), PagePresenter(turn), HelpPresenter(turn)
        self._warning, self._pin, self._service = WarningPresenter(turn), PinPresenter(turn), ServicePresenter(turn)
        self._service_part, self._measuring = ServicePartPresenter(turn), MeasuringPresenter(turn)
        self._touch_test, self._colour_test = TouchTestPresenter(turn), ColourTestPresenter(turn)
        self._out_of_service, self._opening = OutOfServicePresenter(turn), OpeningPresenter(turn)
        self._given = ComebackGivenPresenter(turn)
        self._pictures, self._digits = ComebackPicturesPresenter(turn), ComebackDigitsPresenter(turn)
        self._read_to_me = ReadToMePresenter(turn)
        self._reply = ReplyPresenter(turn)
        self._bigger, self._hidden = BiggerPresenter(turn), HiddenPresenter(turn)
        self._before, self._practice = BeforePresenter(turn), PracticePresenter(turn)
        self._results = ResultsPresenter(turn)
        self._mode, self._announce = ModePresenter(turn), AnnouncePresenter(turn)
        self._names_found, self._help_now = NamesFoundPresenter(turn), HelpNowPresenter(turn)
        self._booth = Booth(turn)

    @property
    def presenters(self) -> Mapping[str, Presenter]:
        """Return each screen's presenter by the screen's name."""
        return {
            "welcome": self._welcome,
            "home": self._home,
            "consultations": self._consultations,
            "question": self._question,
            "review": self._review,
            "between": self._between,
            "farewell": self._farewell,
            "board": self._board,
            "page": self._page,
            "help": self._help,
            "warning": self._warning,
            "pin": self._pin,
            "service": self._service,
            "service_part": self._service_part,
            "measuring": self._measuring,
            "touch_test": self._touch_test,
            "colour_test": self._colour_test,
            "out_of_service": self._out_of_service,
            "opening": self._opening,
            "comeback_given": self._given,
            "comeback_pictures": self._pictures,
            "comeback_digits": self._digits,
            "read_to_me": self._read_to_me,
            "bigger": self._bigger,
            "hidden": self._hidden,
            "before": self._before,
            "practice": self._practice,
            "reply": self._reply,
            "results": self._results,
            "mode": self._mode,
            "announce": self._announce,
            "names_found": self._names_found,
            "help_now": self._help_now,
            **self._booth.presenters,
        }

    def stood(self, seconds: float) -> None:
        """Be told the seconds since this page came: what is announced opens its way on only after some."""
        self._announce.stood(seconds)

    def view(self, sitting: Sitting) -> View:  # noqa: C901, PLR0911, PLR0912 - a table of screens, one line each
        """Return all that is shown to a sitting."""
        if sitting.asking:
            return self._warning.view()
        match sitting.place:
            case Welcome():
                return self._welcome.view()
            case Home() if sitting.poll is not None:
                return self._booth.welcome.view()
            case Home():
                return self._home.view()
            case Consultations():
                return self._consultations.view()
            case AtQuestion() | Review() if choosing_mode(sitting):
                return self._mode.view()
            case AtQuestion() if announcing(sitting):
                return self._announce.view()
            case AtQuestion():
                return self._question.view()
            case Review():
                return self._review.view()
            case Between():
                return self._between.view()
            case Farewell():
                return self._farewell.view()
            case Board():
                return self._board.view()
            case Page():
                return self._page.view()
            case Help():
                return self._help.view()
            case Pin():
                return self._pin.view()
            case Service():
                return self._service.view()
            case ServicePart():
                return self._service_part.view()
            case Measuring():
                return self._measuring.view()
            case TouchTest():
                return self._touch_test.view()
            case ColourTest():
                return self._colour_test.view()
            case OutOfService():
                return self._out_of_service.view()
            case Opening():
                return self._opening.view()
            case CodeGiven():
                return self._given.view()
            case CodePictures():
                return self._pictures.view()
            case CodeDigits():
                return self._digits.view()
            case ReadToMe():
                return self._read_to_me.view()
            case Bigger():
                return self._bigger.view()
            case Hidden():
                return self._hidden.view()
            case BeforeYouStart():
                return self._before.view()
            case Practice():
                return self._practice.view()
            case ReplyShown():
                return self._reply.view()
            case Results():
                return self._results.view()
            case NamesFound():
                return self._names_found.view()
            case HelpNow():
                return self._help_now.view()
            case BoothSlip() | BoothVote() | BoothCheck() | BoothSealed() | BoothPaper() as there:
                return self._booth.view(there)
            case Council() | Stub() | CouncilPage() as there:
                return self._booth.view(there)
            case never:
                assert_never(never)
