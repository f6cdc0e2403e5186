"""Who stands: what somebody asked for, whether it may stand on a ballot, and what the close of nominations makes of it.

Rule 1: a nomination is accepted when nothing is wrong with it, and refused with a written reason, never without.
Rule 2: whoever stands may withdraw freely until nominations close; after that, until the definition is sealed, a person
        who leaves is struck out.
Rule 3: seconders are kept until the decision and no longer; of a withdrawn nomination nothing is kept but its number,
        and when nominations close, of a refused one neither.
Rule 4: no clock: the day is an argument. Every refusal says who must act.
Source: elections.md section 2.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from models.canonical import LanguageTag
from models.election.call import Call, Called
from models.election.definition import NAME, STATEMENT_MOST
from models.election.terms import folded
from models.errors import NominationError

FIELDS: Final = frozenset({"contest", "ballot_name", "seconders", "statement", "symbol", "consent"})
"""The questions that make a sign-up a nomination, by name."""
VETTING_DAYS: Final = 3
NEW_NOTICE_DAYS: Final = 28
NAME_MOST: Final = 80
_BETWEEN: Final = re.compile(r"[\n,;،؛]+")
_PEOPLE_MOST: Final = 99


class Standing(enum.Enum):
    """What became of a nomination."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Nomination:
    """One nomination. `symbol` names a picture; `people` is a party's list in order; `day` is when the desk took it."""

    number: int
    contest: int
    name: str
    symbol: str
    day: date
    consent: bool
    people: tuple[str, ...] = ()
    seconders: tuple[str, ...] = ()
    statement: Mapping[LanguageTag, str] = field(default_factory=dict)
    standing: Standing = Standing.WAITING
    reason: str = ""

    @property
    def due(self) -> date:
        """The last day on which it may be decided."""
        return self.day + timedelta(days=VETTING_DAYS)


Nominations = tuple[Nomination, ...]


def is_form(names: Iterable[str]) -> bool:
    """Tell whether a sign-up with questions of these names is a nomination."""
    return set(names) >= FIELDS


def names_in(text: str) -> tuple[str, ...]:
    """Return the names that somebody wrote with commas or line breaks between them."""
    return tuple(part for one in _BETWEEN.split(text) if (part := " ".join(one.split())))


def from_answers(answers: Mapping[str, str], language: str, call: Call, number: int, day: date) -> Nomination:
    """Return the nomination that a sign-up makes; `answers` by name of question. What is missing is left blank.

    Contest `c2` is contest 2 of the plan; of a party the first name is the party's and the others are its list.
    """
    contest = answers.get("contest", "").removeprefix("c")
    chosen = int(contest) if contest.isascii() and contest.isdecimal() else 0
    written = answers.get("ballot_name", "")
    is_party = chosen in call.contests and call.contests[chosen].kind == "list"
    names = names_in(written) if is_party else (" ".join(written.split()),)
    sign, statement = answers.get("symbol", ""), answers.get("statement", "").strip()
    return Nomination(
        number=number,
        contest=chosen,
        name=names[0] if names else "",
        symbol="" if sign in ("", "skip") else f"code-{sign}",
        day=day,
        consent=answers.get("consent") == "yes",
        people=names[1:],
        seconders=names_in(answers.get("seconders", "")),
        statement={LanguageTag(language): statement} if statement else {},
    )


def wrong_in(call: Call, one: Nomination, among: Nominations) -> tuple[str, ...]:
    """Return in plain words everything that keeps a nomination off the ballot; nothing where it may stand."""
    contest = call.contests.get(one.contest)
    if contest is None or contest.kind == "question":
        return ("it names no contest that somebody can stand in",)
    others = [other for other in among if other.number != one.number and other.standing is Standing.ACCEPTED]
    taken = {other.symbol for other in others if other.contest == one.contest and other.symbol}
    called = {folded(other.name) for other in others if other.contest == one.contest}
    listed = [folded(name) for name in one.people]
    elsewhere = {folded(name) for other in others if other.contest == one.contest for name in other.people}
    seconders = {folded(name) for name in one.seconders} - {folded(one.name)}
    missing = [tag for tag in call.languages if one.statement and tag not in one.statement]
    found = {
        f"the name is missing or longer than {NAME_MOST} letters": bool(one.name) and len(one.name) <= NAME_MOST,
        "consent is not given": one.consent,
        f"{len(seconders)} seconders, {call.seconders} are needed": len(seconders) >= call.seconders,
        "the name stands on this ballot already": folded(one.name) not in called,
        "the picture is taken": one.symbol not in taken,
        "the picture has no such name": not one.symbol or bool(NAME.fullmatch(one.symbol)),
        f"the statement is longer than {STATEMENT_MOST} characters": all(
            len(text) <= STATEMENT_MOST for text in one.statement.values()
        ),
        f"the statement is missing in {', '.join(missing)}": not missing,
    }
    if contest.kind == "list":
        found |= {
            "the list of the party has no people, or too many": 0 < len(listed) <= _PEOPLE_MOST,
            "somebody is on the list twice": len(set(listed)) == len(listed),
            "somebody is on the list of another party": elsewhere.isdisjoint(listed),
        }
    else:
        found["a person has no list"] = not listed
    return tuple(what for what, holds in found.items() if not holds)


def of_number(among: Nominations, number: int) -> Nomination:
    """Return a nomination by number; NominationError where there is none."""
    for one in among:
        if one.number == number:
            return one
    raise NominationError(who="the returning officer", detail=f"there is no nomination {number}")


def added(call: Call, among: Nominations, one: Nomination, today: date) -> Nominations:
    """Return the nominations with one more, handed in on paper; NominationError once they are closed."""
    if today > call.closes:
        raise NominationError(who="nobody", detail=f"nominations closed on {call.closes.isoformat()}")
    return (*among, one)


def accepted(call: Call, among: Nominations, number: int) -> Nominations:
    """Return the nominations with one that may stand; a refused one is accepted when its appeal is upheld.

    Raises NominationError that says everything that is wrong.
    """
    one = of_number(among, number)
    if one.standing not in (Standing.WAITING, Standing.REFUSED):
        raise NominationError(who="nobody", detail=f"nomination {number} is {one.standing.value}")
    # after a refusal its seconders are gone, and were looked at when it was decided
    judged = call if one.standing is Standing.WAITING else replace(call, seconders=0)
    if wrong := wrong_in(judged, one, among):
        raise NominationError(who=f"whoever handed in nomination {number}", detail="; ".join(wrong))
    return _with(among, replace(one, standing=Standing.ACCEPTED, reason="", seconders=()))


def refused(among: Nominations, number: int, reason: str) -> Nominations:
    """Return the nominations with one refused; NominationError without a reason that can be read."""
    one, written = of_number(among, number), " ".join(reason.split())
    if one.standing is not Standing.WAITING:
        raise NominationError(who="nobody", detail=f"nomination {number} is {one.standing.value}")
    if not written:
        raise NominationError(who="the returning officer", detail="a refusal has a written reason")
    return _with(among, replace(one, standing=Standing.REFUSED, reason=written, seconders=()))


def withdrawn(call: Call, among: Nominations, number: int, today: date, *, left: bool = False) -> Nominations:
    """Return the nominations without one that its person takes back, or, where they `left`, that is struck out."""
    one = of_number(among, number)
    if one.standing is Standing.WITHDRAWN:
        raise NominationError(who="nobody", detail=f"nomination {number} is withdrawn")
    if today > call.closes and not left:
        detail = f"nominations closed on {call.closes.isoformat()}; only who has left the wing is struck out now"
        raise NominationError(who="the returning officer", detail=detail)
    return _with(among, _emptied(one, Standing.WITHDRAWN))


def stated(among: Nominations, number: int, language: LanguageTag, text: str) -> Nominations:
    """Return the nominations with the statement of one in one more language; NominationError once it is decided."""
    one, written = of_number(among, number), text.strip()
    if one.standing is not Standing.WAITING:
        raise NominationError(who="nobody", detail=f"nomination {number} is {one.standing.value}")
    if not 0 < len(written) <= STATEMENT_MOST:
        detail = f"a statement has 1 to {STATEMENT_MOST} characters, this one has {len(written)}"
        raise NominationError(who="whoever translates", detail=detail)
    return _with(among, replace(one, statement=dict(one.statement) | {language: written}))


def forgotten(among: Nominations) -> Nominations:
    """Return the nominations as they are kept once they are closed: of refused ones nothing but the number."""
    return tuple(_emptied(one, Standing.REFUSED) if one.standing is Standing.REFUSED else one for one in among)


def warnings(call: Call, among: Nominations, today: date) -> tuple[str, ...]:
    """Return what is late or missing now, each with who must act."""
    late = [one for one in among if one.standing is Standing.WAITING and today > one.due]
    return (
        *call.warnings,
        *(
            f"Nomination {one.number} should have been decided by {one.due.isoformat()}: "
            "the returning officer with the establishment."
            for one in late
        ),
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """What the close makes of each contest: who stands for a poll, who is elected without one, where a seat is empty.

    `new_notice_by` is the last day for a new notice where nobody stands.
    """

    polls: Mapping[int, Nominations]
    unopposed: Mapping[int, Nominations]
    vacant: tuple[int, ...]
    new_notice_by: date


def close(call: Call, among: Nominations, today: date) -> Closed:
    """Return what comes of the nominations; NominationError before their last day, or while one waits."""
    if today < call.closes:
        detail = f"nominations are open until {call.closes.isoformat()}"
        raise NominationError(who="the returning officer", detail=detail)
    if waiting := [str(one.number) for one in among if one.standing is Standing.WAITING]:
        who = "the returning officer with the establishment"
        raise NominationError(who=who, detail=f"not decided yet: {', '.join(waiting)}")
    standing = {
        number: tuple(one for one in among if one.contest == number and one.standing is Standing.ACCEPTED)
        for number, contest in call.contests.items()
        if contest.kind != "question"
    }
    unopposed = {
        number: held for number, held in standing.items() if held and is_unopposed(call.contests[number], held)
    }
    return Closed(
        polls={number: held for number, held in standing.items() if held and number not in unopposed},
        unopposed=unopposed,
        vacant=tuple(number for number, held in standing.items() if not held),
        new_notice_by=today + timedelta(days=NEW_NOTICE_DAYS),
    )


def is_unopposed(contest: Called, held: Sequence[Nomination]) -> bool:
    """Tell whether there is nothing to choose: no more persons than seats; one party, or no more people than seats."""
    if contest.kind == "list":
        return len(held) == 1 or sum(len(one.people) for one in held) <= contest.seats
    return len(held) <= contest.seats


def candidates(held: Iterable[Nomination], signs: Sequence[str]) -> list[dict[str, object]]:
    """Return the candidates of a plan; whoever chose no picture gets the first of `signs` that nobody has."""
    standing = list(held)
    taken = {one.symbol for one in standing}
    free = iter([sign for sign in signs if sign not in taken])
    made = []
    for one in standing:
        candidate: dict[str, object] = {"name": one.name, "symbol": one.symbol or next(free)}
        if one.statement:
            candidate["statement"] = dict(one.statement)
        if one.people:
            candidate["people"] = list(one.people)
        made.append(candidate)
    return made


def _with(among: Nominations, changed: Nomination) -> Nominations:
    return tuple(changed if one.number == changed.number else one for one in among)


def _emptied(one: Nomination, standing: Standing) -> Nomination:
    return Nomination(one.number, one.contest, "", "", one.day, consent=False, standing=standing)
