"""How long a seat is held, and who takes it when it falls vacant.

Rule 1: a party's seat goes to the next person on its list who is still here; where there is none it stays vacant.
Rule 2: a seat of a person is filled by a by-election when 90 days or more of the term remain; else it stays vacant.
Rule 3: there is no count-back: opened ballots and keys no longer exist.
Rule 4: whoever fills a seat holds it until the day on which its term would have ended anyway.
Source: elections.md section 2.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from models.errors import VacancyError

Why = Literal["release", "transfer", "resigned", "removed"]
TERM_MONTHS: Final = 6
MONTHS_LEAST: Final = 3
MONTHS_MOST: Final = 12
BY_ELECTION_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class PartyList:
    """A party with the seats that it was given, and its people in order; who withdrew is not among them."""

    name: str
    people: tuple[str, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class TakenBy:
    """The next person on the list takes the seat."""

    person: str
    party: str


@dataclass(frozen=True, slots=True)
class ByElection:
    """There is an election for this one seat."""


@dataclass(frozen=True, slots=True)
class StaysVacant:
    """The seat stays vacant until the term ends; a list ran out, or too little of the term is left."""

    list_ran_out: bool


Filled = TakenBy | ByElection | StaysVacant


def folded(name: str) -> str:
    """Return a name as it is compared: no case, no white space around or twice."""
    return " ".join(name.casefold().split())


def later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def term_ends(dates: Mapping[str, str]) -> date:
    """Return the last day of the term that a definition's dates set: six months from its begin unless they say.

    A term begins, unless they say, when the poll closes.
    """
    return date.fromisoformat(dates["term_ends"]) if "term_ends" in dates else later(_begins(dates), TERM_MONTHS)


def is_a_term(dates: Mapping[str, str]) -> bool:
    """Tell whether a term is 3 to 12 months; what is left of one, after a by-election, may be shorter."""
    begins = _begins(dates)
    return later(begins, MONTHS_LEAST) <= term_ends(dates) <= later(begins, MONTHS_MOST)


def _begins(dates: Mapping[str, str]) -> date:
    return date.fromisoformat(dates.get("term_begins", dates["poll_closes"]))


def party_seat(lists: Sequence[PartyList], person: str, gone: Collection[str], day: date, ends: date) -> Filled:
    """Return who takes the seat of a person on a party's list; `gone` are those who left before.

    Raises VacancyError where the term is over, or the person holds no seat.
    """
    _check_term(day, ends)
    absent = {folded(one) for one in gone}
    if folded(person) in absent:
        raise VacancyError(detail="this seat was vacated before: the person is among those who are gone")
    for party in lists:
        here = [one for one in party.people if folded(one) not in absent]
        if folded(person) in [folded(one) for one in here[: party.seats]]:
            waiting = here[party.seats :]
            return TakenBy(waiting[0], party.name) if waiting else StaysVacant(list_ran_out=True)
    raise VacancyError(detail="nobody of this name holds a seat in this contest")


def person_seat(elected: Collection[str], person: str, day: date, ends: date) -> Filled:
    """Return whether there is a by-election for the seat of a person; VacancyError as `party_seat`."""
    _check_term(day, ends)
    if folded(person) not in {folded(one) for one in elected}:
        raise VacancyError(detail="nobody of this name holds a seat in this contest")
    return ByElection() if (ends - day).days >= BY_ELECTION_DAYS else StaysVacant(list_ran_out=False)


def _check_term(day: date, ends: date) -> None:
    if day > ends:
        raise VacancyError(detail=f"the term ended on {ends.isoformat()}; there is nothing to fill")
