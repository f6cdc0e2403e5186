"""The postman carries on one thread, brings every answer back, and is not stopped by a stumble."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator

import pytest

from kiosk.postman import Postman
from models.errors import VaultError, WingVoiceError


class Desk:
    """The main thread as the postman sees it: it gathers what comes back."""

    def __init__(self) -> None:
        self.now = 0.0
        self.reports: list[BaseException] = []
        self.back: list[object] = []
        self.came = threading.Semaphore(0)

    def on_main_thread(self, errand: Callable[[], None]) -> None:
        errand()
        self.came.release()

    def then(self, result: object) -> None:
        self.back.append(result)

    def wait(self) -> None:
        assert self.came.acquire(timeout=10)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def postman(desk: Desk) -> Iterator[Postman]:
    carrier = Postman(desk.on_main_thread, lambda: desk.now, desk.reports.append)
    carrier.start()
    yield carrier
    carrier.stop()


def test_an_errand_runs_away_from_the_screen_and_its_result_comes_back(desk: Desk, postman: Postman) -> None:
    postman.ask(lambda: threading.current_thread().name, desk.then)
    desk.wait()
    assert desk.back == ["postman"]


def test_an_error_of_the_house_comes_back_as_a_value(desk: Desk, postman: Postman) -> None:
    def errand() -> None:
        raise VaultError

    postman.ask(errand, desk.then)
    desk.wait()
    assert isinstance(desk.back[0], VaultError)
    assert len(desk.reports) == 1


def test_a_mistake_of_our_own_is_reported_and_the_screen_still_gets_a_word(desk: Desk, postman: Postman) -> None:
    postman.ask(lambda: 1 / 0, desk.then)
    desk.wait()
    assert type(desk.back[0]) is WingVoiceError
    assert isinstance(desk.reports[0], ZeroDivisionError)
    postman.ask(lambda: "still walking", desk.then)
    desk.wait()
    assert desk.back[1] == "still walking"


def test_errands_are_run_in_the_order_they_were_asked(desk: Desk, postman: Postman) -> None:
    for number in range(20):
        postman.ask(lambda number=number: number, desk.then)  # type: ignore[misc]
    for _ in range(20):
        desk.wait()
    assert desk.back == list(range(20))


def test_a_regular_errand_comes_round_when_the_clock_says_so(desk: Desk, postman: Postman) -> None:
    rung = threading.Semaphore(0)
    postman.regularly(rung.release, lambda: 300.0)
    postman.ask(lambda: None, desk.then)
    desk.wait()
    assert not rung.acquire(blocking=False)
    desk.now = 301.0
    postman.ask(lambda: None, desk.then)  # any knock makes the postman look at the clock
    assert rung.acquire(timeout=10)


def test_what_is_in_the_bag_is_delivered_before_the_postman_goes_home(desk: Desk) -> None:
    carrier = Postman(desk.on_main_thread, lambda: desk.now, desk.reports.append)
    for number in range(5):
        carrier.ask(lambda number=number: number, desk.then)  # type: ignore[misc]
    carrier.start()
    carrier.stop()
    assert desk.back == list(range(5))


def test_an_errand_and_what_it_carried_are_dropped_once_it_is_done(desk: Desk, postman: Postman) -> None:
    class Words:
        """What somebody said."""

    gone = threading.Semaphore(0)

    def ask() -> weakref.ref[Words]:
        words = Words()
        postman.ask(lambda: repr(words), desk.then)
        return weakref.ref(words, lambda _: gone.release())

    left = ask()
    desk.wait()
    assert gone.acquire(timeout=10), "nothing else was asked meanwhile"
    assert left() is None
