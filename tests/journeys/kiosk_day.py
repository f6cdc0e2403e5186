"""One enrolled kiosk with its real screens under a finger; the demo starts it as a program of its own.

    python -m tests.journeys.kiosk_day ORDER.json      writes what was pressed beside it, as ORDER.done.json

Rule 1: the program under the finger is the one residents use, joined by kiosk.wiring; only its clock is moved.
Rule 2: what was pressed is told to the demo alone, outside the kiosk's own folder.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from kiosk.app import KioskApp
from kiosk.enrolled import Clock, Kiosk, provider_for
from kiosk.home import read_home
from kiosk.presenters.board import BoardView
from kiosk.presenters.comeback_digits import ComebackDigitsView
from kiosk.presenters.out_of_service import OutOfServiceView
from kiosk.presenters.pin import PinView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.service import ServiceView
from kiosk.presenters.service_part import ServicePartView
from kiosk.presenters.turn import Turn
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from kiosk.wiring import KioskDoors
from models.comeback import Code
from models.errors import VaultError, WingVoiceError
from models.questionnaire import read_questionnaire
from tests.journeys.finger import Finger, Pressed, Wish
from tests.kiosk.driver import Driver, TestClock

FRAMES_FOR_A_ROUND: Final = 2_000_000


@dataclass
class Order:
    """What the demo asks of one kiosk: wishes to serve, then a number of days to let pass, then a road to dock by."""

    home: str
    content: str
    first_day: str
    days_gone: int
    seed: int
    pin: str
    wishes: list[dict[str, Any]]
    docks: list[dict[str, Any]]  # {"days": 1, "road": "stick"}
    tour: list[str]
    expects: str = ""  # words that must stand on a page of the noticeboard, after docking
    reads: list[dict[str, Any]] = field(default_factory=list)  # {"language", "pictures", "digits", "expects"}
    pictures: str | None = None


class Day:
    """The kiosk, its clock, and the finger."""

    def __init__(self, order: Order) -> None:
        self.order, self.random = order, Random(order.seed)
        self.seconds, self.days = TestClock(), order.days_gone
        home = read_home(Path(order.home))
        clock = Clock(today=self._today, monotonic=self.seconds)
        self.kiosk = Kiosk(home, provider_for(home), clock)
        self.apps: list[KioskApp] = []
        self.troubles: list[str] = []
        self.doors = KioskDoors(self.kiosk, self._on_main_thread, self._report)
        app = KioskApp(lambda show: Turn(self.doors, show), monotonic=self.seconds)
        self.apps.append(app)
        self.driver = Driver(app, self.seconds, Path(os.environ["KIVY_HOME"]))
        forms = {
            path.stem: read_questionnaire(path.read_bytes())
            for path in (Path(order.content) / "questionnaires").glob("*.json")
        }
        self.finger = Finger(self.driver, self.random, forms, shown=self._picture)
        self.language, self.taken = "en", set[str]()
        self.not_yet: set[tuple[str, ...]] = set()  # what was said where a code opened nothing
        self.doors.start()

    def _today(self) -> date:
        return date.fromisoformat(self.order.first_day) + timedelta(days=self.days)

    def _on_main_thread(self, errand: Callable[[], None]) -> None:
        self.apps[0].on_main_thread(errand)

    def _report(self, error: BaseException) -> None:
        number = error.number if isinstance(error, WingVoiceError) else 0
        self.troubles.append(f"{type(error).__name__} {number}: {error}")

    def _picture(self, view: object) -> None:
        """Take a picture of each kind of screen once in each language."""
        if self.order.pictures is None:
            return
        kind = type(view).__name__.removesuffix("View").lower()
        if isinstance(view, QuestionView):
            kind += "-" + type(view.answer).__name__.lower()
            if getattr(view.answer, "likert", False):
                kind += "-likert"
            if getattr(view.answer, "many", False):
                kind += "-many"
        if isinstance(view, ServicePartView) and view.progress is not None:
            kind += "-docking"
        name = f"{self.language}-{kind}"
        if name not in self.taken:
            self.taken.add(name)
            self.driver.screenshot(Path(self.order.pictures) / f"{name}.png")

    def serve(self) -> list[Pressed]:
        """Let everybody have their turn; return what was handed in."""
        pressed: list[Pressed] = []
        for asked in self.order.wishes:
            wish = Wish(**{**asked, "habits": frozenset(asked["habits"])})
            self.language = wish.language
            pressed += self.finger.take_a_turn(wish)
        return pressed

    def look_around(self) -> None:
        """Show the screens that no turn passes: help, news, a page, the warning, and "call staff"."""
        for language in self.order.tour:
            self.language = language
            self._tap(key=self.language)
            self._tap(id="no")  # it need not be read aloud
            self._tap(id="help")
            self._picture(self.driver.view)
            self._tap(id="back")
            self._tap(key="board")
            for notice in ("results-wing-life", "phones-mended"):
                self._tap(key=notice)
                self._tap(id="back")
            self.driver.idle(61)
            self._picture(self.driver.view)
            assert isinstance(self.driver.view, WarningView)
            self.driver.idle(31)
            assert isinstance(self.driver.view, WelcomeView)
        self.language = "staff"
        self.driver.app.turn.fail(VaultError())
        self.driver.frames(3)
        assert isinstance(self.driver.view, OutOfServiceView)
        self._picture(self.driver.view)
        self.driver.app.turn.recovered()
        self.driver.frames(3)

    def read_the_board(self, words: str) -> None:
        """Look through the noticeboard in English for these words, as somebody who waits for an answer."""
        self.language = "en"
        self._tap(key="en")
        self._tap(id="no")  # it need not be read aloud
        self._tap(key="board")
        for tile in self.driver.view.tiles:
            self.driver.tap(key=tile.key)
            found = any(words == said for said in self.driver.words())
            if found:
                self.driver.screenshot(Path(str(self.order.pictures)) / "reply.png")
            self.driver.tap(id="back")
            if found:
                break
        else:
            message = f"the noticeboard does not say {words!r}"
            raise AssertionError(message)
        self.driver.tap(id="stop")

    def read_by_code(self, language: str, pictures: list[int], digits: str, expects: str) -> None:
        """Give a reply code; these words stand on the page that it opens, or, where there are none, no page opens."""
        self.language = language
        self._tap(key=language)
        self._tap(id="no")  # it need not be read aloud
        self._tap(key="board")
        self._tap(id="code")
        self.finger.give_code(Code(tuple(pictures), digits))
        self._picture(self.driver.view)
        if expects:
            assert isinstance(self.driver.view, ReplyView), self.driver.view
            assert any(expects in said for said in self.driver.words()), self.driver.words()
            self.driver.tap(id="back")
            assert isinstance(self.driver.view, BoardView)
            assert not any(expects in said for said in self.driver.words())
        else:
            assert isinstance(self.driver.view, ComebackDigitsView)
            self.not_yet.add(tuple(said.text for said in self.driver.view.trouble))
        self.driver.tap(id="stop")

    def _tap(self, **what: str) -> None:
        self.driver.tap(**what)
        self._picture(self.driver.view)

    def dock(self, days: int, road: str) -> str:
        """Let days go by, open the staff page with the PIN, press Dock, read the sentence, leave."""
        self.days += days
        self.seconds.move(days * 86_400.0)
        self.language = "staff"
        self.driver.frames(3)
        self.driver.hold(5.5, id="logo")
        assert isinstance(self.driver.view, PinView)
        self._picture(self.driver.view)
        for digit in self.order.pin:
            self.driver.tap(key=digit)
        self.driver.tap(id="onward")
        assert isinstance(self.driver.view, ServiceView), self.driver.view
        self._picture(self.driver.view)
        self.driver.tap(key="send")
        self.driver.tap(key=f"dock-{road}")
        self._picture(self.driver.view)
        self.driver.wait_for(lambda: self.driver.view.outcome is not None, FRAMES_FOR_A_ROUND)
        self._picture(self.driver.view)
        outcome = self.driver.view.outcome.text
        self.driver.tap(id="back")
        self.driver.tap(id="back")
        assert isinstance(self.driver.view, WelcomeView)
        return str(outcome)

    def close(self) -> None:
        """Leave the kiosk as a pulled plug would not."""
        self.doors.stop()
        self.driver.close()
        self.kiosk.close()


def main(path: Path) -> None:
    """Carry out one order."""
    order = Order(**json.loads(path.read_text(encoding="utf-8")))
    day = Day(order)
    pressed = day.serve()
    day.look_around()
    said = [day.dock(**dock) for dock in order.docks]
    if order.expects:
        day.read_the_board(order.expects)
    for read in order.reads:
        day.read_by_code(**read)
    day.close()
    done = {
        "pressed": [asdict(one) for one in pressed],
        "said": said,
        "troubles": day.troubles,
        "days": day.days,
        "codes": [asdict(code) for code in day.finger.codes],
        "not_yet": sorted(day.not_yet),
    }
    path.with_suffix(".done.json").write_text(json.dumps(done), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
