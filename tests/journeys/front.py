"""The front of a kiosk without its glass: real doors and presenters, touched by name; and residents who touch them.

Rule 1: what a person can do here is what a screen would let them do; nothing reaches past the presenters.
Rule 2: a resident remembers what they touched, and never looks at the answer sheet.
Rule 3: nobody waits for time: what the postman brings back is taken from a queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from random import Random
from typing import Any, Final

from kiosk.enrolled import Kiosk
from kiosk.places import AtQuestion
from kiosk.presenters.announce import AnnounceView
from kiosk.presenters.before import BeforeView
from kiosk.presenters.between import BetweenView
from kiosk.presenters.consultations import ConsultationsView
from kiosk.presenters.doors import Doors
from kiosk.presenters.every_page import View
from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.home import HomeView
from kiosk.presenters.mode import ModeView
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.question import Keypad, NoteOnly, QuestionView, Steps, TextPad, Tiles
from kiosk.presenters.review import ReviewView
from kiosk.presenters.service import ServiceView
from kiosk.presenters.turn import Turn
from kiosk.presenters.welcome import WelcomeView
from kiosk.wiring import KioskDoors
from tests.kiosk.threshold import go_through

PATIENCE_S: Final = 60.0
MOST_STEPS: Final = 200


@dataclass(frozen=True)
class Handed:
    """One part that somebody handed in, as they remember it."""

    form: bytes
    module: str
    language: str
    answers: Mapping[str, str]


class Front:
    """All of a kiosk that a person meets, but for the glass."""

    def __init__(self, doors: Doors, errands: SimpleQueue[Callable[[], None]] | None = None) -> None:
        self._errands = errands or SimpleQueue()
        self.sees: Any = None  # the View; whoever stands here knows which one they expect
        self.turn = Turn(doors, self._show)
        self.turn.start()

    def _show(self, view: View) -> None:
        self.sees = view

    def touch(self, verb: str, *what: object) -> Any:  # noqa: ANN401 - as `sees`
        """Touch a control of the screen that is shown."""
        screen = type(self.sees).__module__.rpartition(".")[2]
        getattr(self.turn.presenters[screen], f"touch_{verb}")(*what)
        return self.sees

    def begin(self, tile: str = "take-part") -> Any:  # noqa: ANN401 - as `sees`
        """Touch a tile of Home, and go through what stands before the first question."""
        self.touch("tile", tile)
        go_through(self.turn, self.touch)
        return self.sees

    def until(self, condition: Callable[[], bool]) -> None:
        """Let what the postman brings back arrive, until something is so; queue.Empty if it never is."""
        while not condition():
            self._errands.get(timeout=PATIENCE_S)()

    def type_pin(self, digits: str) -> Any:  # noqa: ANN401 - as `sees`
        """Type digits on the PIN pad and enter them."""
        for digit in digits:
            self.touch("key", digit)
        return self.touch("onward")

    def staff(self, pin: str) -> ServiceView:
        """Hold the logo, type the PIN, stand on the staff page."""
        self.touch("logo_held")
        view = self.type_pin(pin)
        assert isinstance(view, ServiceView), view
        return view

    def a_minute_goes_by(self) -> None:
        """Let the postman look at the clock, as he does once a minute."""
        doors = self.turn.doors
        assert isinstance(doors, KioskDoors)
        doors._postman.ask(lambda: None, lambda _nothing: None)

    def dock(self, pin: str, road: str) -> str:
        """Press Dock on the staff page and return the sentence that comes of it."""
        self.staff(pin)
        self.touch("tile", "send")
        self.touch("tile", f"dock-{road}")
        self.until(lambda: self.sees.outcome is not None)
        said = str(self.sees.outcome.text)
        self.touch("back")
        self.touch("back")
        return said

    def resident(  # noqa: C901, PLR0912 - a table of screens
        self, random: Random, language: str, tile: str, consultation: str = "", words: str = ""
    ) -> list[Handed]:
        """Let one person have their turn; return what they handed in."""
        answers: dict[str, str] = {}
        handed: list[Handed] = []
        for _ in range(MOST_STEPS):
            match self.sees:
                case WelcomeView():
                    self.touch("tile", language)
                case HomeView():
                    self.touch("tile", tile)
                case ConsultationsView():
                    self.touch("tile", consultation)
                case BeforeView() | PracticeView():
                    go_through(self.turn, self.touch)
                case ModeView():
                    self.touch("tile", "anonymous")
                case AnnounceView():
                    self.turn.idle(3)
                    self.turn.idle(0)
                    self.touch("onward" if self.sees.bars.onward is not None else "more")
                case QuestionView():
                    self._answer(random, words, answers)
                case ReviewView():
                    handed.append(self._handed(language, answers))
                    answers = {}
                    self.touch("onward")
                    self.until(lambda: not isinstance(self.sees, ReviewView))
                case BetweenView():
                    self.touch("go_on")
                case OpeningView():
                    self.until(lambda: not isinstance(self.sees, OpeningView))
                case FarewellView():
                    self.touch("finish")
                    return handed
                case other:
                    raise AssertionError(f"a resident does not know {type(other).__name__}")
        raise AssertionError("the turn came to no end")

    def _handed(self, language: str, answers: Mapping[str, str]) -> Handed:
        opened = self.turn.sitting.opened
        assert opened is not None
        module = next(iter(answers)).partition("/")[0]
        return Handed(bytes(opened.form), module, language, answers)

    def _answer(self, random: Random, words: str, answers: dict[str, str]) -> None:
        """Answer what is asked and go on; a practice leads on once the right tile was touched, and counts nothing."""
        place = self.turn.place
        assert isinstance(place, AtQuestion)
        practice = place.path.startswith("practice/")
        given = self._touch_answer(random, words)
        if not practice and given is not None:
            answers[str(place.path)] = given
        if isinstance(self.sees, QuestionView) and self.sees.bars.onward is not None:
            self.touch("onward")

    def _touch_answer(self, random: Random, words: str) -> str | None:
        match self.sees.answer:
            case NoteOnly():
                return None
            case Tiles() as tiles:
                key = random.choice(tiles.tiles).key
                self.touch("tile", key)
                return key
            case Steps() as steps:
                at = random.randrange(len(steps.stops))
                self.touch("step", at)
                return steps.stops[at].text
            case Keypad():
                self.touch("key", "7")
                return "7"
            case TextPad():
                for char in words:
                    self.touch("key", "space" if char == " " else char)
                assert self.sees.answer.typed == words
                return words
            case other:
                raise AssertionError(f"nothing to touch on {type(other).__name__}")


@contextmanager
def front_of(kiosk: Kiosk) -> Iterator[Front]:
    """Stand before a kiosk whose postman is on the road; whatever he reports as a fault fails the test."""
    errands: SimpleQueue[Callable[[], None]] = SimpleQueue()
    faults: list[BaseException] = []
    doors = KioskDoors(kiosk, errands.put, faults.append)
    doors.start()
    try:
        yield Front(doors, errands)
    finally:
        doors.stop()
    assert faults == []
