"""Every place of a turn, by its type: how it ends when it is left alone, and that Stop and time leave nothing of it.

1. The table below is held against the whole list of places: a new screen without its row fails.
2. Each place is reached as a person reaches it (tests/gallery/stands.py), on the full shelf of the example.
3. What is seen is compared to the byte, frame after frame: between Stop and Welcome nothing of the page before stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

import pytest

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
from kiosk.presenters.shown import Bars
from kiosk.presenters.turn import Turn
from kiosk.sitting import wiped
from models.errors import VaultFullError
from tests.gallery.house import HouseDoors, the_shelf
from tests.gallery.stands import WAYS, Visitor
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver
from tests.kiosk.test_frames import drawn, touch
from tests.kiosk.test_speaking_out import NAMED, hand_in


class Ends(NamedTuple):
    """After how many seconds somebody is asked, and after how many all is wiped; None: never."""

    asked_s: int | None
    wiped_s: int | None


USUAL, COPYING, STAFF, RESTS = Ends(60, 90), Ends(120, 150), Ends(None, 60), Ends(None, None)
TYPING, HELPED, WAITING, PANEL = Ends(120, 180), Ends(None, 180), Ends(None, 120), Ends(None, 30)

PLACES: Mapping[type, Ends] = {
    Welcome: RESTS,
    OutOfService: RESTS,
    Opening: WAITING,
    **dict.fromkeys((ReadToMe, Home, Consultations, BeforeYouStart, Practice, AtQuestion, Review, Between), USUAL),
    **dict.fromkeys((Board, Page, Results, Help, Bigger, ReplyShown), USUAL),
    **dict.fromkeys((CodeGiven, CodePictures, CodeDigits), COPYING),
    **dict.fromkeys((Pin, Service, ServicePart, Measuring, TouchTest, ColourTest), STAFF),
    **dict.fromkeys((BoothSlip, BoothVote, BoothCheck), USUAL),
    BoothSealed: Ends(None, 60),
    BoothPaper: COPYING,
    **dict.fromkeys((Council, CouncilPage), USUAL),
    Stub: COPYING,
    Farewell: Ends(None, 20),
    Hidden: PANEL,
    HelpNow: HELPED,
    NamesFound: Ends(None, None),  # it is handed in, which has a test of its own below
}
"""How each kind of place ends. Source: the kiosk's design, section 9."""

TYPED = {
    *(f"question-{name}" for name in ("hours", "phone", "since", "month", "born", "time", "both", "words", "trouble")),
    *("mode", "announce"),
}
"""Ways that end at something to type or to turn."""
OTHERWISE = {"review-handing-in": WAITING, "telling": HELPED, "booth-check-sealing": WAITING, "warning": Ends(1, 90)}


def expected(name: str, place: Place) -> Ends:
    """Return how the place at the end of a way must end."""
    return OTHERWISE.get(name) or (TYPING if name in TYPED else PLACES[type(place)])


@cache
def reached(name: str) -> Visitor:
    """Return somebody who went a way."""
    visitor = Visitor("en")
    WAYS[name](visitor)
    return visitor


@cache
def by_place() -> Mapping[type, str]:
    """Return one way to each kind of place."""
    found: dict[type, str] = {}
    for name in WAYS:
        found.setdefault(type(reached(name).turn.place), name)
    return found


def test_every_kind_of_place_has_its_row_and_a_way_to_it() -> None:
    assert set(PLACES) == set(get_args(Place))
    assert set(by_place()) == set(get_args(Place))


@pytest.mark.parametrize("name", [name for name in WAYS if name != "names-found"])
def test_a_place_that_is_left_alone_ends_when_it_should_and_nothing_is_handed_in(name: str) -> None:
    visitor = Visitor("en")
    WAYS[name](visitor)
    handed, place = len(visitor.doors.records), visitor.turn.place
    asked_s = wiped_s = None
    visitor.turn.idle(0)
    for second in range(1, 400):
        visitor.turn.idle(second)
        if asked_s is None and visitor.turn.sitting.asking:
            asked_s = second
        if visitor.turn.sitting == wiped() and not isinstance(place, Welcome):
            wiped_s = second
            break
    assert Ends(asked_s, wiped_s) == expected(name, place)
    assert len(visitor.doors.records) == handed


def test_what_was_to_be_handed_in_is_where_nobody_answers_about_a_name() -> None:
    person = hand_in(NAMED)
    person.turn.idle(59)
    assert isinstance(person.turn.place, NamesFound)
    person.turn.idle(60)
    assert len(person.doors.records) == 1
    assert isinstance(person.turn.place, Farewell)


# On the real screen.

pytestmark = pytest.mark.screens


@pytest.fixture(scope="module")
def at_start() -> dict[str, str]:
    return {}


@pytest.fixture
def driver(drive: Drive, at_start: dict[str, str]) -> Driver:
    driver = drive(lambda show: Turn(HouseDoors(on_shelf=the_shelf()), show))
    driver.frames(3)
    at_start.setdefault("welcome", drawn())
    assert drawn() == at_start["welcome"]
    return driver


def stand(driver: Driver, at_start: dict[str, bytes], name: str) -> bytes:
    """Stand in the window where a way leads; return the page at rest, as it is before anybody came.

    Where a box is open it is another one than elsewhere: it says which election this is, and what is done here.
    """
    visitor = reached(name)
    poll = visitor.doors.booth.poll()
    rest = "welcome" if poll is None else poll.kind
    if rest not in at_start:
        driver.app.turn.doors = visitor.doors
        driver.app.turn.wipe()
        driver.frames(3)
        at_start[rest] = drawn()
    driver.clock.move(1)
    driver.app._touched_at = driver.clock()
    driver.app.turn.doors = visitor.doors
    driver.app.turn.move(visitor.turn.sitting)
    driver.frames(3)
    return at_start[rest]


def ways_of_a_person() -> list[Any]:
    """One way a kind of place, except where nobody is."""
    kinds = sorted((kind for kind in get_args(Place) if PLACES[kind] is not RESTS), key=lambda kind: kind.__name__)
    return [pytest.param(kind, id=kind.__name__) for kind in kinds]


@pytest.mark.parametrize("kind", ways_of_a_person())
def test_after_a_time_out_the_first_frame_is_the_first_after_start_to_the_byte(
    driver: Driver, at_start: dict[str, str], kind: type
) -> None:
    at_rest = stand(driver, at_start, by_place()[kind])
    assert drawn() != at_rest
    ends = expected(by_place()[kind], driver.app.turn.place)
    driver.app.player.stop()  # who listens is there
    if kind is NamesFound:
        driver.app.turn.wipe()
        driver.frames(1)
    for seconds in (ends.asked_s, ends.wiped_s):
        if seconds is not None:
            driver.clock.now = driver.app._touched_at + seconds
            driver.app._every_half_second()
            driver.frames(1)
    assert driver.app.turn.sitting == wiped()
    for _ in range(3):
        assert drawn() == at_rest
        driver.frames(1)


def stoppable() -> list[Any]:
    """The kinds of place that have Stop."""
    return [one for one in ways_of_a_person() if _has_stop(one.values[0])]


def _has_stop(kind: Any) -> bool:  # noqa: ANN401 - a place's type
    view: Any = reached(by_place()[kind]).sees
    return getattr(view, "bars", Bars()).stop is not None or getattr(view, "stop", None) is not None


@pytest.mark.parametrize("kind", stoppable())
def test_stop_wipes_at_once_and_no_frame_after_it_holds_anything_of_the_page_before(
    driver: Driver, at_start: dict[str, str], kind: type
) -> None:
    at_rest = stand(driver, at_start, by_place()[kind])
    assert touch(driver, id="stop") == at_rest
    assert driver.app.turn.sitting == wiped()
    for _ in range(3):
        driver.frames(1)
        assert drawn() == at_rest


def test_every_place_of_a_resident_has_stop_but_where_there_is_nothing_to_stop() -> None:
    without = {kind.values[0] for kind in ways_of_a_person()} - {kind.values[0] for kind in stoppable()}
    staff = {Pin, Service, ServicePart, Measuring, TouchTest, ColourTest}
    assert without == staff | {Farewell}


def test_a_kiosk_out_of_service_stays_so_however_long_nobody_comes(driver: Driver) -> None:
    driver.app.turn.fail(VaultFullError())
    driver.idle(10_000)
    assert isinstance(driver.app.turn.place, OutOfService)
