"""One person's turn from touch to touch: holds the sitting, hands it to the presenters, is told of idle seconds.

Rule 1: the sitting is the only thing that is held; every View follows from it and is given away at once.
Rule 2: every way out ends in `wipe`, which keeps nothing; what comes back later from a door holds no answers.
Rule 3: no Kivy, no clock: touches, idle seconds and errors are told from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, assert_never

from kiosk.booth_places import BoothCheck, BoothPaper, BoothSealed, BoothSlip, BoothVote, Council, CouncilPage, Stub
from kiosk.patience import Asking, Calm, Over, patience, stage
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
    Place,
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
from kiosk.presenters.doors import Doors, PinVerdict, ServiceFacts
from kiosk.presenters.farewell import FarewellPresenter, FarewellView
from kiosk.presenters.handing_in import hand_in
from kiosk.presenters.hearing import Deaf, Hearing
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
from kiosk.presenters.room import Room
from kiosk.presenters.service import ServicePresenter, ServiceView
from kiosk.presenters.service_part import ServicePartPresenter, ServicePartView
from kiosk.presenters.shown import Said, aloud
from kiosk.presenters.touch_test import TouchTestPresenter, TouchTestView
from kiosk.presenters.touching import Presenter
from kiosk.presenters.warning import WarningPresenter, WarningView
from kiosk.presenters.welcome import WelcomePresenter, WelcomeView
from kiosk.sitting import Shelf, Sitting, wiped
from kiosk.writing import announcing, asked_to_hand_in, choosing_mode
from models.errors import VaultError, WingVoiceError

__all__ = ["Doors", "PinVerdict", "ServiceFacts", "Turn", "View"]

View = (
    WelcomeView | HomeView | ConsultationsView | QuestionView | ReviewView | BetweenView | FarewellView | BoardView
    | PageView | HelpView | WarningView | PinView | ServiceView | OutOfServiceView
    | ServicePartView | MeasuringView | TouchTestView | ColourTestView
    | OpeningView | ComebackGivenView | ComebackPicturesView | ComebackDigitsView | ReadToMeView
    | BiggerView | HiddenView
    | BeforeView | PracticeView | ReplyView | ResultsView
    | ModeView | AnnounceView | NamesFoundView | HelpNowView | BoothView
)  # fmt: skip

STAFF_READ: Final = ("en", "cy")


class Turn:
    """Serves one person after the other; the screens show what it says and tell it what was touched."""

    def __init__(self, doors: Doors, show: Callable[[View], None], trouble: WingVoiceError | None = None) -> None:
        """With `trouble` the kiosk is out of service from the start."""
        self.doors = doors
        self._show = show
        self._sitting = wiped()
        self._errand = 0
        self._told_s = self._waited_s = 0.0
        self._welcome, self._home = WelcomePresenter(self), HomePresenter(self)
        self._consultations, self._question = ConsultationsPresenter(self), QuestionPresenter(self)
        self._review, self._between, self._farewell = (
            ReviewPresenter(self),
            BetweenPresenter(self),
            FarewellPresenter(self),
        )
        self._board, self._page, self._help = BoardPresenter(self), PagePresenter(self), HelpPresenter(self)
        self._warning, self._pin, self._service = WarningPresenter(self), PinPresenter(self), ServicePresenter(self)
        self._service_part, self._measuring = ServicePartPresenter(self), MeasuringPresenter(self)
        self._touch_test, self._colour_test = TouchTestPresenter(self), ColourTestPresenter(self)
        self._out_of_service, self._opening = OutOfServicePresenter(self), OpeningPresenter(self)
        self._given = ComebackGivenPresenter(self)
        self._pictures, self._digits = ComebackPicturesPresenter(self), ComebackDigitsPresenter(self)
        self._read_to_me = ReadToMePresenter(self)
        self._reply = ReplyPresenter(self)
        self._bigger, self._hidden = BiggerPresenter(self), HiddenPresenter(self)
        self._before, self._practice = BeforePresenter(self), PracticePresenter(self)
        self._results = ResultsPresenter(self)
        self._mode, self._announce = ModePresenter(self), AnnouncePresenter(self)
        self._names_found, self._help_now = NamesFoundPresenter(self), HelpNowPresenter(self)
        self._booth = Booth(self)
        self.hearing: Hearing = Deaf()  # the program gives it a voice, where it has one
        self.room = Room()  # the program says how much its screen holds
        self._returning = False
        self._trouble = trouble

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

    @property
    def sitting(self) -> Sitting:
        """Return the sitting as it stands."""
        return self._sitting

    @property
    def place(self) -> Place:
        """Return where the turn stands."""
        return self._sitting.place

    def start(self) -> None:
        """Show Welcome, with nobody there yet."""
        self.wipe()

    @property
    def reads_aloud(self) -> bool:
        """Return whether what is being shown is read without being asked: only on the way forward, if at all."""
        asked = self._sitting.read_aloud or isinstance(self._sitting.place, ReadToMe)
        return asked and not self._returning

    def move(self, sitting: Sitting) -> None:
        """Take the sitting as the present one, and show it."""
        answered = self._sitting.asking and not sitting.asking
        self._sitting = sitting
        if answered:
            self.return_by(lambda: self._show(self.view()))
        else:
            self._show(self.view())

    def return_by(self, step: Callable[[], None]) -> None:
        """Take a step back: what is shown then was there before, and is not read aloud again."""
        self._returning = True
        try:
            step()
        finally:
            self._returning = False

    def arrive(self, sitting: Sitting) -> None:
        """Take the sitting as the present one after something was waited for: patience begins now."""
        self._waited_s = self._told_s
        self.move(sitting)

    def wipe(self) -> None:
        """End the turn: nothing of it is left, and Welcome stands as at the start; "out of service" while it lasts."""
        self._errand += 1
        trouble = self._trouble
        self.move(wiped() if trouble is None else replace(wiped(), place=OutOfService(trouble.number)))

    def fail(self, error: WingVoiceError) -> None:
        """Take the kiosk out of service with the error's number; what the person said is gone from the screen."""
        self._trouble = error
        self.wipe()

    def recovered(self) -> None:
        """Be told that the store can be used: back in service, if the error is of a kind that may pass."""
        if isinstance(self._trouble, VaultError) and self._trouble.passes:
            self._trouble = None
            if isinstance(self._sitting.place, OutOfService):
                self.wipe()

    def again(self) -> None:
        """Show the same place anew, as when the shelf changed while Welcome rests."""
        self._show(self.view())

    def idle(self, seconds: float, shown_s: float | None = None) -> None:
        """Be told the seconds since the last touch; asks, and then wipes, when the place's patience ends.

        `shown_s`: the seconds since this page came; as long as nobody touched, where it is not said.
        """
        self._announce.stood(seconds if shown_s is None else shown_s)
        if seconds < self._told_s:  # somebody touched since
            self._waited_s = 0.0
        self._told_s = seconds
        limits = patience(self._sitting)
        if limits is None:
            return
        match stage(seconds - self._waited_s, limits):
            case Calm():
                return
            case Asking() if not self._sitting.asking:
                self.move(replace(self._sitting, asking=True))
            case Asking():
                return
            case Over() if asked_to_hand_in(self._sitting):
                hand_in(self)
            case Over():
                self.wipe()

    def touched(self) -> None:
        """Be told of any touch; only Yes or Stop on the warning answer it, and the app counts idle seconds anew."""
        if not self._sitting.asking:
            self._told_s = self._waited_s = 0.0

    def errand(self) -> int:
        """Return a fresh number for something that comes back later."""
        self._errand += 1
        return self._errand

    def current(self, errand: int) -> bool:
        """Return whether nothing else was begun, and nobody left, since the errand went."""
        return self._errand == errand

    def tag(self) -> str:
        """Return the language of the moment; at rest, the place's first that staff read, else English."""
        if self._sitting.language is not None:
            return self._sitting.language
        shelf = self.shelf()
        languages = () if shelf is None or shelf.place is None else shelf.place.languages
        return next((tag for tag in languages if tag in STAFF_READ), "en")

    def shelf(self) -> Shelf | None:
        """Return the turn's shelf, or the installed one at rest: a delivery never changes a turn under way."""
        return self._sitting.shelf or self.doors.shelf()

    def say(self, context: str, msgid: str, **facts: object) -> Said:
        """Return the kiosk's own sentence in the language of the moment."""
        return self.doors.say(context, msgid, self.tag(), **facts)

    def spoken(self, text: str, tag: str) -> Said:
        """Return words from the bundle, in the declared direction of their own language."""
        known = next((language for language in self.doors.languages() if language.tag == tag), None)
        return aloud(text, tag, "ltr" if known is None else known.direction)

    def view(self) -> View:  # noqa: C901, PLR0911, PLR0912 - a table of screens, one line each
        """Return all that is shown now."""
        if self._sitting.asking:
            return self._warning.view()
        match self._sitting.place:
            case Welcome():
                return self._welcome.view()
            case Home() if self._sitting.poll is not None:
                return self._booth.welcome.view()
            case Home():
                return self._home.view()
            case Consultations():
                return self._consultations.view()
            case AtQuestion() | Review() if choosing_mode(self._sitting):
                return self._mode.view()
            case AtQuestion() if announcing(self._sitting):
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
