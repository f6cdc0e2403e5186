"""Who takes a seat that falls vacant, on every edge of the rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest

from models.election.terms import (
    ByElection,
    PartyList,
    StaysVacant,
    TakenBy,
    is_a_term,
    later,
    party_seat,
    person_seat,
    term_ends,
)
from models.errors import VacancyError

ENDS: Final = date(2027, 9, 30)
DAY: Final = date(2027, 5, 1)
LISTS: Final = (
    PartyList("Families", ("Al", "Bo", "Cy", "Di"), 2),
    PartyList("Health", ("Ed",), 1),
    PartyList("Community", ("Flo", "Gus"), 0),
)


def test_a_party_seat_goes_to_the_next_person_on_the_list() -> None:
    assert party_seat(LISTS, "Al", (), DAY, ENDS) == TakenBy("Cy", "Families")
    assert party_seat(LISTS, " bo ", (), DAY, ENDS) == TakenBy("Cy", "Families")


def test_who_is_gone_is_passed_over() -> None:
    assert party_seat(LISTS, "Al", ("Cy",), DAY, ENDS) == TakenBy("Di", "Families")
    assert party_seat(LISTS, "Al", ("Cy", "DI"), DAY, ENDS) == StaysVacant(list_ran_out=True)


def test_two_vacancies_on_one_list_are_filled_one_after_another() -> None:
    assert party_seat(LISTS, "Al", (), DAY, ENDS) == TakenBy("Cy", "Families")
    assert party_seat(LISTS, "Bo", ("Al",), DAY, ENDS) == TakenBy("Di", "Families")
    assert party_seat(LISTS, "Cy", ("Al",), DAY, ENDS) == TakenBy("Di", "Families")  # who took Al's seat
    assert party_seat(LISTS, "Di", ("Al", "Bo"), DAY, ENDS) == StaysVacant(list_ran_out=True)


def test_a_list_of_one_is_exhausted_at_once() -> None:
    assert party_seat(LISTS, "Ed", (), DAY, ENDS) == StaysVacant(list_ran_out=True)


@pytest.mark.parametrize("name", ["Cy", "Flo", "Nobody", ""])
def test_who_holds_no_seat_leaves_none(name: str) -> None:
    with pytest.raises(VacancyError, match="nobody of this name"):
        party_seat(LISTS, name, (), DAY, ENDS)
    with pytest.raises(VacancyError, match="nobody of this name"):
        person_seat(("Al", "Bo"), name, DAY, ENDS)


def test_a_seat_is_not_vacated_twice() -> None:
    with pytest.raises(VacancyError, match="before"):
        party_seat(LISTS, "Al", ("al",), DAY, ENDS)


@pytest.mark.parametrize(
    ("left", "filled"),
    [
        (91, ByElection()),
        (90, ByElection()),
        (89, StaysVacant(list_ran_out=False)),
        (0, StaysVacant(list_ran_out=False)),
    ],
)
def test_a_persons_seat_is_filled_by_election_when_ninety_days_remain(left: int, filled: object) -> None:
    assert person_seat(("Al", "Bo"), "Al", ENDS - timedelta(days=left), ENDS) == filled


def test_after_the_term_there_is_nothing_to_fill_and_on_its_last_day_there_is() -> None:
    after = ENDS + timedelta(days=1)
    with pytest.raises(VacancyError, match="term ended"):
        party_seat(LISTS, "Al", (), after, ENDS)
    with pytest.raises(VacancyError, match="term ended"):
        person_seat(("Al",), "Al", after, ENDS)
    assert party_seat(LISTS, "Al", (), ENDS, ENDS) == TakenBy("Cy", "Families")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
        (date(2027, 6, 15), 12, date(2028, 6, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    assert later(day, months) == then


def test_a_term_is_six_months_unless_the_definition_says() -> None:
    dates = {"poll_opens": "2027-03-20", "poll_closes": "2027-03-20"}
    assert term_ends(dates) == date(2027, 9, 20)
    assert term_ends(dates | {"term_begins": "2027-04-01"}) == date(2027, 10, 1)
    assert is_a_term(dates)
    for ends, holds in {"2027-06-20": True, "2028-03-20": True, "2027-06-19": False, "2028-03-21": False}.items():
        assert term_ends(dates | {"term_ends": ends}) == date.fromisoformat(ends)
        assert is_a_term(dates | {"term_ends": ends}) is holds
