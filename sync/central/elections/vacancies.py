"""A seat that falls vacant: who holds seats, who takes this one, the notice, and the plan of a by-election.

Rule 1: who holds seats is read from what was published: a final board, or what a close of nominations wrote.
Rule 2: a by-election is for one seat, with the same electorate, and names the election whose term it ends.
Source: elections.md section 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from models import seal
from models.canonical import LanguageTag
from models.election import terms
from models.election.call import KEY
from models.election.definition import Contest
from models.election.nominations import Closed, Nomination
from models.election.notices import withdrawn
from models.election.terms import ByElection, Filled, PartyList, Why
from models.errors import BoardError, VacancyError
from sync.central.elections import board, told
from sync.central.elections.paper import wording

UNOPPOSED: Final = "unopposed.json"
FORMAT: Final = "wingvoice-unopposed/1"
NOMINATIONS_DAYS: Final = 14
POLL_DAYS: Final = 21
_SAME: Final = ("title", "outside", "kiosks", "allow_spoil")
_KEPT: Final = ("number", "title", "kind", "electorates", "order", "minimum", "publish", "reach")


@dataclass(frozen=True, slots=True)
class Seats:
    """Who holds the seats of one contest. `plan` is that of a by-election but for its days and its notice."""

    title: Mapping[LanguageTag, str]
    ends: date
    lists: tuple[PartyList, ...]
    elected: tuple[str, ...]
    follows: str
    plan: Mapping[str, Any]

    def filled(self, person: str, gone: Sequence[str], day: date) -> Filled:
        """Return who takes the seat of a person; VacancyError where nobody of that name holds one."""
        if self.lists:
            return terms.party_seat(self.lists, person, gone, day, self.ends)
        return terms.person_seat(self.elected, person, day, self.ends)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the election is written in."""
        return tuple(self.title)


def read_seats(folder: Path, contest: int) -> Seats:
    """Return who holds the seats of a contest; VacancyError where it gave none."""
    if (folder / UNOPPOSED).is_file():
        return _of_close(json.loads((folder / UNOPPOSED).read_text(encoding="utf-8")), contest)
    files = board.read_files(folder)
    election = board.election_of(files)
    definition = election.definition
    found = next((one for one in definition.contests if one.number == contest), None)
    if found is None or found.kind == "question":
        raise VacancyError(detail=f"contest {contest} gives no seats")
    report = files.get(f"count-{contest}.json")
    if report is None:
        raise VacancyError(detail=f"contest {contest} was not counted on this board")
    gone = withdrawn(board.read_notices(election, files).values()).get(contest, frozenset())
    lists, elected = _holders(found, json.loads(report), gone)
    return Seats(
        title=found.title,
        ends=terms.term_ends(definition.dates),
        lists=lists,
        elected=elected,
        follows=definition.id.hex(),
        plan=_plan(json.loads(files["definition.json"]), contest),
    )


def fill(
    seats: Seats, person: str, *, gone: Sequence[str], day: date, why: Why, who: str, out: Path, notices: Path | None
) -> Filled:
    """Write the notice, and the plan of a by-election where there is one, into `out`; return who takes the seat."""
    filled = seats.filled(person, gone, day)
    words = told.of_vacancy(seats.title, seats.languages, person, why, who, filled, seats.ends)
    name = f"council-{seal.random_bytes(6).hex()}"
    written = {f"{name}.json": told.notice(name, words, day, who)}
    files = {f"notices/{path}": content for path, content in written.items()}
    if isinstance(filled, ByElection):
        files["plan.json"] = json.dumps(by_election(seats, day), ensure_ascii=False, indent=1).encode() + b"\n"
    board.write_files(out, files)
    told.lay(notices, written)
    return filled


def by_election(seats: Seats, day: date) -> dict[str, Any]:
    """Return the plan of a by-election, noticed on `day`; its officer may set later days, and names the appeal."""
    plan = dict(seats.plan)
    contest = plan["contests"][0]
    facts = {"election": seats.follows, "day": seats.ends.isoformat()}
    about = {tag: wording.say(tag, told.FOLLOWS, **facts) for tag in told.languages(seats.languages)}
    poll = (day + timedelta(days=POLL_DAYS)).isoformat()
    return plan | {
        "contests": [contest | {"about": about}],
        "dates": {
            "notice": day.isoformat(),
            "nominations_close": (day + timedelta(days=NOMINATIONS_DAYS)).isoformat(),
            "poll_opens": poll,
            "poll_closes": poll,
            "term_ends": seats.ends.isoformat(),
        },
        KEY: {"appeal_to": "", "follows": seats.follows},
    }


def unopposed_file(plan: Mapping[str, Any], closed: Closed) -> bytes:
    """Return what a close of nominations keeps of those elected without a poll, so that their seats can be filled."""
    contests = [
        one | {"number": one.get("number", at), "holders": _unopposed(closed.unopposed[one.get("number", at)])}
        for at, one in enumerate(plan["contests"], 1)
        if one.get("number", at) in closed.unopposed
    ]
    whole = {"format": FORMAT, "plan": {key: value for key, value in plan.items() if key != KEY}, "contests": contests}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _unopposed(held: Sequence[Nomination]) -> list[dict[str, object]]:
    return [{"name": one.name, "people": list(one.people)} for one in held]


def _of_close(value: Mapping[str, Any], number: int) -> Seats:
    if value.get("format") != FORMAT:
        raise BoardError(detail=f"{UNOPPOSED} is of another kind")
    contest = next((one for one in value["contests"] if one["number"] == number), None)
    if contest is None:
        raise VacancyError(detail=f"contest {number} elected nobody without a poll")
    plan, held = value["plan"], contest["holders"]
    lists = tuple(
        PartyList(one["name"], tuple(one["people"]), min(contest.get("seats", 1), len(one["people"])))
        for one in held
        if one["people"]
    )
    written = contest["title"]
    title = {LanguageTag("en"): written} if isinstance(written, str) else written
    electorates = [one for one in plan["electorates"] if one["id"] in contest.get("electorates", [one["id"]])]
    return Seats(
        title=title,
        ends=terms.term_ends(plan["dates"]),
        lists=lists,
        elected=() if lists else tuple(one["name"] for one in held),
        follows=f"of {plan['dates']['poll_closes']}, without a poll",
        plan={key: one for key, one in plan.items() if key not in (KEY, "dates", "contests", "electorates")}
        | {"electorates": electorates, "contests": [_one_seat(contest)]},
    )


def _holders(
    contest: Contest, report: Mapping[str, Any], gone: frozenset[int]
) -> tuple[tuple[PartyList, ...], tuple[str, ...]]:
    names = {one.number: one.name[LanguageTag("en")] for one in contest.candidates}
    if contest.kind == "list":
        given = zip(sorted(contest.candidates, key=lambda one: one.number), report["seats_by_party"], strict=True)
        parties = tuple(
            PartyList(names[one.number], one.people, seats) for one, seats in given if one.number not in gone
        )
        return parties, ()
    numbers = [one if isinstance(one, int) else one["candidate"] for one in report["elected"]]
    return (), tuple(names[number] for number in numbers)


def _plan(written: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return a plan of one contest out of a definition: the same voters, kiosks and observers."""
    contest = next(one for one in written["contests"] if one["number"] == number)
    observers = sum(one["role"] == "observer" for one in written["witnesses"])
    return {key: written[key] for key in _SAME if key in written} | {
        "electorates": [one for one in written["electorates"] if one["id"] in contest["electorates"]],
        "contests": [_one_seat(contest)],
        "observers": observers,
    }


def _one_seat(contest: Mapping[str, Any]) -> dict[str, Any]:
    return {key: contest[key] for key in _KEPT if key in contest} | {"seats": 1}
