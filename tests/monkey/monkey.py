"""A monkey at the screen: touches of every kind by seeded chance, for as long as it is asked to.

1. It touches what is drawn, and glass; sometimes twice, long, with two fingers, with a key, or not at all for minutes.
2. It knows the PIN now and then, so that the staff page is touched too; without the PIN it must never stand there.
3. After every touch: no fault; something to touch or somewhere to rest; a record only where Hand in was touched last.
4. From every kind of page it comes upon, patience alone leads to Welcome with nothing of anybody left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final

from kivy.base import EventLoop
from kivy.uix.widget import Widget

from kiosk.places import ColourTest, Measuring, OutOfService, Service, ServicePart, TouchTest, Welcome
from kiosk.presenters.doors import Doors
from kiosk.presenters.turn import Turn
from kiosk.screens.pads import KeyCap
from kiosk.sitting import Opened, Sitting, wiped
from kiosk.writing import asked_to_hand_in
from models.errors import WingVoiceError
from models.record import Record
from tests.kiosk import hands
from tests.kiosk.driver import Driver, FakeTouch
from tests.kiosk.scratch import PIN

STAFF: Final = (Service, ServicePart, Measuring, TouchTest, ColourTest)
HANDS_IN: Final = {("review", "onward"), ("comeback_given", "onward"), ("names_found", "leave_it")}
SHY: Final = {
    "stop": 0.05,
    "back": 0.3,
    "hide": 0.1,
    "help": 0.15,
    "language": 0.15,
    "bigger": 0.15,
    "listen": 0.2,
    "come-back": 0.1,
    "reply": 0.2,
    "come_back": 0.1,
}
"""How much rarer than the rest these are touched, so that the monkey also gets somewhere."""
EAGER: Final = {"onward": 6.0, "skip": 2.0, "go_on": 3.0, "no": 2.0, "add": 0.3, "enlarge": 0.3}
FRAMES_FOR_A_DISK: Final = 200_000
PATIENT_EVERY: Final = 150
BORED_AFTER: Final = 8
LEAVES: Final = ("back", "stop", "onward", "skip", "finish", "no")
KEYS: Final = (hands.ESCAPE, hands.F1, hands.F4, hands.TAB, hands.ENTER, ord("q"))


class NoWayOnError(AssertionError):
    """A page stands from which there is no way on."""


@dataclass
class Saw:
    """What the monkey came upon; `kinds` counts kinds of page, `asked` and `stored` records."""

    touches: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    controls: set[tuple[str, str]] = field(default_factory=set)
    asked: int = 0
    stored: int = 0
    wipes: int = 0
    docked: int = 0

    def __str__(self) -> str:
        pages = ", ".join(f"{name} {count}" for name, count in sorted(self.kinds.items()))
        return (
            f"{self.touches} touches on {len(self.controls)} controls of {len(self.kinds)} kinds of page ({pages});"
            f" {self.stored} parts handed in, {self.wipes} turns wiped, {self.docked} rounds by staff"
        )


class Watched:
    """Doors that notice what is handed in and whether staff stand behind them; all else is the real thing."""

    def __init__(self, doors: Doors, saw: Saw, tell: Callable[[str], None]) -> None:
        self._doors, self._saw, self._tell = doors, saw, tell
        self.touched: set[tuple[str, str]] = set()  # screens and controls under the fingers of this step
        self.asked_about_a_name = False  # Hand in was touched before; who goes away then has handed in

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the doors have
        return getattr(self._doors, name)

    def hand_in(self, record: Record, opened: Opened, then: Callable[[WingVoiceError | None], None]) -> None:
        """Hand in, if Hand in was touched."""
        if not self.touched & HANDS_IN and not self.asked_about_a_name:
            message = f"a record was handed in by touches on {self.touched}"
            raise AssertionError(message)
        self._saw.asked += 1
        self._tell("asked")

        def back(error: WingVoiceError | None) -> None:
            if error is None:
                self._saw.stored += 1
                self._tell("stored")
            then(error)

        self._doors.hand_in(record, opened, back)

    def dock(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the doors take them
        """Make a round, and count it."""
        self._saw.docked += 1
        self._doors.dock(*args, **kwargs)


class Monkey:
    """One monkey before one kiosk."""

    def __init__(self, driver: Driver, watched: Watched, saw: Saw, chance: Random) -> None:
        self.driver, self.watched, self.saw, self.chance = driver, watched, saw, chance
        self._known: set[tuple[type, str]] = set()
        self._by_pin = False
        self._here = 0
        self._targets = driver.targets()

    def go(self, touches: int) -> None:
        """Touch so many times."""
        for _ in range(touches):
            self.step()

    def step(self) -> None:
        """Do one thing, and look whether all is well."""
        self.saw.touches += 1
        came_from = self.driver.screen
        self.watched.touched.clear()
        self.watched.asked_about_a_name = asked_to_hand_in(self.driver.app.turn.sitting)
        draw = self.chance.random()
        targets = self._targets
        if self.driver.screen == "welcome" and draw < 0.03:
            self._come_as_staff()
        elif draw < 0.84 and targets:
            self._touch(self._chosen(targets))
        elif draw < 0.93:
            self._tap(*self._anywhere())
        elif draw < 0.96:
            hands.press(self.chance.choice(KEYS), self.chance.choice((0, hands.CTRL, hands.ALT)))
            self.driver.frames(1)
        else:
            self.driver.idle(self.chance.choice((3, 10, 31, 61, 95)))
        self._look(came_from)
        if self.saw.touches % PATIENT_EVERY == 0:
            self.wait_it_out()

    # -- hands ----------------------------------------------------------------------------------------------------

    def _chosen(self, targets: list[Widget]) -> Widget:
        """Return one of them; a keyboard counts as four, and who is bored leaves."""
        keys = sum(isinstance(one, KeyCap) for one in targets)
        weights = [4 / keys if isinstance(one, KeyCap) else self._weight(named(one)) for one in targets]
        return self.chance.choices(targets, weights)[0]

    def _weight(self, name: str) -> float:
        if self._here > BORED_AFTER and name in LEAVES:
            return 10.0
        return SHY.get(name, EAGER.get(name, 1.0))

    def _touch(self, widget: Widget) -> None:
        self.saw.controls.add((self.driver.screen, type(widget).__name__ + (widget.name or "")))
        x, y = widget.to_window(*widget.center)
        how = self.chance.random()
        self._tap(x, y, hold_s=self.chance.choice((0.0, 0.0, 0.2, 1.0)))
        if how < 0.06:
            self._tap(x, y, after_s=0.1)  # twice, as shaking hands do
        elif how < 0.1:
            first, second = self._down(x, y), self._down(*self._anywhere())
            self._up(first)
            self._up(second)

    def _anywhere(self) -> tuple[float, float]:
        width, height = EventLoop.window.size
        return self.chance.uniform(0, width - 1), self.chance.uniform(0, height - 1)

    def _tap(self, x: float, y: float, *, hold_s: float = 0.0, after_s: float = 0.6) -> None:
        self.driver.clock.move(after_s)
        touch = self._down(x, y)
        self.driver.clock.move(hold_s)
        self._up(touch)

    def _down(self, x: float, y: float) -> FakeTouch:
        below = (one for one in self._targets if one.collide_point(*one.to_widget(x, y)))
        self.watched.touched |= {(self.driver.screen, named(one)) for one in below}
        touch = FakeTouch(next(self.driver._numbers), x, y, EventLoop.window.size)
        EventLoop.post_dispatch_input("begin", touch)
        return touch

    def _up(self, touch: FakeTouch) -> None:
        if self.chance.random() < 0.2:  # most fingers are quicker than a frame
            self.driver.frames(1)
        EventLoop.post_dispatch_input("end", touch)
        self.driver.frames(1)

    def _come_as_staff(self) -> None:
        """Hold the sign; half of the time with the right PIN."""
        if not self.driver.has(id="logo"):
            return
        self.driver.hold(5.2, id="logo")
        if self.driver.screen == "pin" and self.chance.random() < 0.5:
            self._by_pin = True
            for digit in PIN:
                self.driver.tap(key=digit)
            self.driver.tap(id="onward")

    # -- eyes -----------------------------------------------------------------------------------------------------

    def _look(self, came_from: str) -> None:
        """See whether all is well after a touch."""
        turn = self.driver.app.turn
        self._wait_for_the_disk(turn)
        sitting, screen = turn.sitting, self.driver.screen
        self._here = self._here + 1 if screen == came_from else 0
        if isinstance(sitting.place, STAFF) and not self._by_pin:
            raise AssertionError("the staff page stands, and nobody typed the PIN")
        if isinstance(sitting.place, Welcome) and sitting.language is None:
            self._by_pin = False
            self.saw.wipes += came_from != "welcome"
            assert replace(sitting, place=Welcome()) == wiped(), sitting
        self.saw.kinds[screen] += 1
        self._targets = self.driver.targets()
        if not self._targets and not self._rests(sitting):
            raise NoWayOnError(f"nothing can be touched on {screen}: {self.driver.words()}")
        kind = (type(sitting.place), screen)
        if kind not in self._known:
            self._known.add(kind)
            ends_by_itself(sitting, self.watched)

    @staticmethod
    def _rests(sitting: Sitting) -> bool:
        return isinstance(sitting.place, OutOfService | ServicePart)

    def _wait_for_the_disk(self, turn: Turn) -> None:
        """What is handed in, opened or carried comes back by itself."""

        def busy() -> bool:
            place = turn.place
            waits = getattr(place, "handing_in", False) or type(place).__name__ == "Opening"
            return bool(waits or getattr(place, "progress", None) is not None)

        if busy():
            self.driver.wait_for(lambda: not busy(), FRAMES_FOR_A_DISK)

    def wait_it_out(self) -> None:
        """Touch nothing until the kiosk stands at Welcome, with nothing of anybody left."""
        self.watched.touched.clear()
        self.watched.asked_about_a_name = asked_to_hand_in(self.driver.app.turn.sitting)
        for _ in range(20):
            if self.driver.app.turn.sitting == wiped():
                return
            self.driver.app.player.stop()
            self.driver.idle(200)
            self._wait_for_the_disk(self.driver.app.turn)
        raise NoWayOnError(f"patience does not lead from {self.driver.screen} to Welcome")


def named(widget: Widget) -> str:
    """Return how a control is called."""
    return str(getattr(widget, "name", "") or getattr(widget, "key", ""))


def ends_by_itself(sitting: Sitting, doors: Any) -> None:  # noqa: ANN401 - any doors
    """Raise NoWayOnError unless patience alone leads from this sitting to Welcome."""
    views: list[object] = []
    quiet = Turn(doors, views.append)
    quiet._sitting = sitting
    if isinstance(sitting.place, OutOfService) or type(sitting.place).__name__ == "NamesFound":
        return  # one stays until it is mended; the other hands in what was to be handed in
    quiet.idle(0)
    for second in range(0, 2000, 10):
        quiet.idle(second)
        if quiet.sitting == wiped():
            return
    if not (isinstance(sitting.place, Welcome) and not sitting.behind):
        raise NoWayOnError(f"patience does not lead from {type(sitting.place).__name__} to Welcome")
