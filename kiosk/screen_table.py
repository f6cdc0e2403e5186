"""Which screen shows which View.

Rule 1: the only table from a View's type to its screen; presenters never name a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.presenters.announce import AnnounceView
from kiosk.presenters.before import BeforeView
from kiosk.presenters.between import BetweenView
from kiosk.presenters.bigger import BiggerView
from kiosk.presenters.board import BoardView
from kiosk.presenters.booth_ask import BoothAskView
from kiosk.presenters.booth_check import BoothCheckView
from kiosk.presenters.booth_paper import BoothPaperView
from kiosk.presenters.booth_sealed import BoothSealedView
from kiosk.presenters.booth_slip import BoothSlipView
from kiosk.presenters.booth_vote import BoothVoteView
from kiosk.presenters.booth_welcome import BoothWelcomeView
from kiosk.presenters.booth_words import BoothWordsView
from kiosk.presenters.colour_test import ColourTestView
from kiosk.presenters.comeback_digits import ComebackDigitsView
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.comeback_pictures import ComebackPicturesView
from kiosk.presenters.consultations import ConsultationsView
from kiosk.presenters.council import CouncilView
from kiosk.presenters.council_elected import CouncilElectedView
from kiosk.presenters.council_flow import CouncilFlowView
from kiosk.presenters.council_page import CouncilPageView
from kiosk.presenters.council_stub import CouncilStubView
from kiosk.presenters.council_tally import CouncilTallyView
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.help import HelpView
from kiosk.presenters.help_now import HelpNowView
from kiosk.presenters.hidden import HiddenView
from kiosk.presenters.home import HomeView
from kiosk.presenters.measuring import MeasuringView
from kiosk.presenters.mode import ModeView
from kiosk.presenters.names_found import NamesFoundView
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.page import PageView
from kiosk.presenters.pin import PinView
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.read_to_me import ReadToMeView
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.results import ResultsView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.service import ServiceView
from kiosk.presenters.service_part import ServicePartView
from kiosk.presenters.touch_test import TouchTestView
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from kiosk.screens.announce import AnnounceScreen
from kiosk.screens.before import BeforeScreen
from kiosk.screens.between import BetweenScreen
from kiosk.screens.bigger import BiggerScreen
from kiosk.screens.board import BoardScreen
from kiosk.screens.booth_ask import BoothAskScreen
from kiosk.screens.booth_check import BoothCheckScreen
from kiosk.screens.booth_paper import BoothPaperScreen
from kiosk.screens.booth_sealed import BoothSealedScreen
from kiosk.screens.booth_slip import BoothSlipScreen
from kiosk.screens.booth_vote import BoothVoteScreen
from kiosk.screens.booth_welcome import BoothWelcomeScreen
from kiosk.screens.booth_words import BoothWordsScreen
from kiosk.screens.colour_test import ColourTestScreen
from kiosk.screens.comeback_digits import ComebackDigitsScreen
from kiosk.screens.comeback_given import ComebackGivenScreen
from kiosk.screens.comeback_pictures import ComebackPicturesScreen
from kiosk.screens.consultations import ConsultationsScreen
from kiosk.screens.council import CouncilScreen
from kiosk.screens.council_elected import CouncilElectedScreen
from kiosk.screens.council_flow import CouncilFlowScreen
from kiosk.screens.council_page import CouncilPageScreen
from kiosk.screens.council_stub import CouncilStubScreen
from kiosk.screens.council_tally import CouncilTallyScreen
from kiosk.screens.farewell import FarewellScreen
from kiosk.screens.help import HelpScreen
from kiosk.screens.help_now import HelpNowScreen
from kiosk.screens.hidden import HiddenScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.measuring import MeasuringScreen
from kiosk.screens.mode import ModeScreen
from kiosk.screens.names_found import NamesFoundScreen
from kiosk.screens.opening import OpeningScreen
from kiosk.screens.out_of_service import OutOfServiceScreen
from kiosk.screens.page import PageScreen
from kiosk.screens.pin import PinScreen
from kiosk.screens.practice import PracticeScreen
from kiosk.screens.question import QuestionScreen
from kiosk.screens.read_to_me import ReadToMeScreen
from kiosk.screens.reply import ReplyScreen
from kiosk.screens.results import ResultsScreen
from kiosk.screens.review import ReviewScreen
from kiosk.screens.service import ServiceScreen
from kiosk.screens.service_part import ServicePartScreen
from kiosk.screens.shown import ShownScreen
from kiosk.screens.touch_test import TouchTestScreen
from kiosk.screens.warning import WarningScreen
from kiosk.screens.welcome import WelcomeScreen

SCREENS: Final[Mapping[type, tuple[str, type[ShownScreen]]]] = {
    WelcomeView: ("welcome", WelcomeScreen),
    HomeView: ("home", HomeScreen),
    ConsultationsView: ("consultations", ConsultationsScreen),
    QuestionView: ("question", QuestionScreen),
    ReviewView: ("review", ReviewScreen),
    BetweenView: ("between", BetweenScreen),
    FarewellView: ("farewell", FarewellScreen),
    BoardView: ("board", BoardScreen),
    PageView: ("page", PageScreen),
    HelpView: ("help", HelpScreen),
    WarningView: ("warning", WarningScreen),
    PinView: ("pin", PinScreen),
    ServiceView: ("service", ServiceScreen),
    ServicePartView: ("service_part", ServicePartScreen),
    MeasuringView: ("measuring", MeasuringScreen),
    TouchTestView: ("touch_test", TouchTestScreen),
    ColourTestView: ("colour_test", ColourTestScreen),
    OutOfServiceView: ("out_of_service", OutOfServiceScreen),
    OpeningView: ("opening", OpeningScreen),
    ComebackGivenView: ("comeback_given", ComebackGivenScreen),
    ComebackPicturesView: ("comeback_pictures", ComebackPicturesScreen),
    ComebackDigitsView: ("comeback_digits", ComebackDigitsScreen),
    ReadToMeView: ("read_to_me", ReadToMeScreen),
    BiggerView: ("bigger", BiggerScreen),
    HiddenView: ("hidden", HiddenScreen),
    BeforeView: ("before", BeforeScreen),
    PracticeView: ("practice", PracticeScreen),
    ReplyView: ("reply", ReplyScreen),
    ResultsView: ("results", ResultsScreen),
    ModeView: ("mode", ModeScreen),
    AnnounceView: ("announce", AnnounceScreen),
    NamesFoundView: ("names_found", NamesFoundScreen),
    HelpNowView: ("help_now", HelpNowScreen),
    BoothWelcomeView: ("booth_welcome", BoothWelcomeScreen),
    BoothSlipView: ("booth_slip", BoothSlipScreen),
    BoothVoteView: ("booth_vote", BoothVoteScreen),
    BoothAskView: ("booth_ask", BoothAskScreen),
    BoothWordsView: ("booth_words", BoothWordsScreen),
    BoothCheckView: ("booth_check", BoothCheckScreen),
    BoothSealedView: ("booth_sealed", BoothSealedScreen),
    BoothPaperView: ("booth_paper", BoothPaperScreen),
    CouncilView: ("council", CouncilScreen),
    CouncilStubView: ("council_stub", CouncilStubScreen),
    CouncilPageView: ("council_page", CouncilPageScreen),
    CouncilElectedView: ("council_elected", CouncilElectedScreen),
    CouncilFlowView: ("council_flow", CouncilFlowScreen),
    CouncilTallyView: ("council_tally", CouncilTallyScreen),
}
