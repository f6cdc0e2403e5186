"""Faults are kept for staff: one line a number, by day, for a month, and never what somebody did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.enrolled import Kiosk
from kiosk.fault_book import FaultBook, fault_told
from models.errors import CourierError, VaultError, VaultFullError
from sync.told import told_of
from tests.kiosk.scratch import MovedClock, an_enrolled_kiosk

ROAD, ROOM = told_of(CourierError()), told_of(VaultFullError())


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def kiosk(tmp_path: Path, clock: MovedClock) -> Iterator[Kiosk]:
    made = an_enrolled_kiosk(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def book(kiosk: Kiosk, clock: MovedClock) -> FaultBook:
    return FaultBook(kiosk.vault, lambda: clock.day)


def kept(book: FaultBook) -> list[tuple[date, int]]:
    return [(noted.day, noted.told.number) for noted in book.read()]


def test_a_number_stands_once_under_the_day_it_last_came_oldest_first(book: FaultBook, clock: MovedClock) -> None:
    first = clock.day
    book.note(ROOM)
    book.note(ROAD)
    clock.on(days=1)
    book.note(ROOM)
    assert kept(book) == [(first, 300), (first + timedelta(days=1), 404)]


def test_a_switched_off_kiosk_remembers_its_faults(book: FaultBook, kiosk: Kiosk, clock: MovedClock) -> None:
    book.note(ROAD)
    assert kept(FaultBook(kiosk.vault, lambda: clock.day)) == kept(book) != []


def test_after_a_month_a_fault_is_forgotten(book: FaultBook, clock: MovedClock) -> None:
    book.note(ROAD)
    clock.on(days=31)
    assert len(kept(book)) == 1
    clock.on(days=1)
    assert kept(book) == []


def test_a_vault_that_takes_nothing_loses_no_fault(
    book: FaultBook, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_settings: object) -> None:
        raise VaultFullError

    with monkeypatch.context() as broken:
        broken.setattr(kiosk.vault, "put_settings", full)
        book.note(ROOM)
    assert [number for _, number in kept(book)] == [404]
    assert kiosk.vault.setting("faults") is None
    book.note(ROAD)
    assert [number for _, number in kept(FaultBook(kiosk.vault, lambda: date(2026, 11, 22)))] == [300, 404]


def test_a_mistake_of_our_own_is_a_number_and_never_its_words() -> None:
    noted = fault_told(KeyError("what somebody said"))
    assert (noted.number, "somebody" in str(noted)) == (100, False)
    assert fault_told(VaultError()).number == 400
