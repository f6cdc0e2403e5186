"""The desk of nominations: what a folder with a plan and a nominations file goes through until the ballot can be made.

Rule 1: the folder holds `plan.json`, a plan without candidates, and `nominations.json`, which is replaced whole.
Rule 2: what a kiosk brought is written here first and only then forgotten by the opening desk; twice is once.
Rule 3: close writes a folder that is not there yet: the plan with its candidates, and what the noticeboard says.
Source: elections.md section 2.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from models import seal
from models.election import nominations
from models.election.call import KEY, Call, plan_of, read_call
from models.election.nominations import Closed, Nomination, Nominations
from models.election.standing import Held, read_held, write_held
from models.errors import NominationError, ReturningOfficerError
from sync.central.elections import board, told, vacancies
from sync.central.elections.paper import wording
from sync.central.elections.paper.symbols import SIGNS
from sync.central.opened import OpenedStore

PLAN: Final = "plan.json"
FILE: Final = "nominations.json"
OFFICER: Final = "Returning officer"


@dataclass(frozen=True, slots=True)
class Draft:
    """A folder of nominations as read."""

    folder: Path
    plan: Mapping[str, Any]
    call: Call
    held: Held

    def with_nominations(self, changed: Nominations) -> Draft:
        """Write the nominations and return the folder as it is then."""
        held = Held(changed, self.held.taken)
        _put(self.folder / FILE, write_held(held))
        return Draft(self.folder, self.plan, self.call, held)


def read_folder(folder: Path) -> Draft:
    """Return what a folder holds; PlanRefusedError, or ReturningOfficerError where there is no plan."""
    path, file = folder / PLAN, folder / FILE
    if not path.is_file():
        raise ReturningOfficerError(detail=f"there is no {PLAN} in {folder.name}: begin with a plan without candidates")
    plan = plan_of(path.read_bytes())
    held = read_held(file.read_bytes()) if file.is_file() else Held()
    return Draft(folder, plan, read_call(plan), held)


def take(draft: Draft, store: OpenedStore, today: date, establishment: str = "") -> tuple[Draft, int]:
    """Move what the opening desk holds of one establishment's nominations into the file; return how many came.

    Raises NominationError where several have sent some and none is named.
    """
    every = store.nominations()
    places = sorted({one.establishment for one in every})
    if len(places) > 1 and not establishment:
        raise NominationError(who="the returning officer", detail=f"say --establishment ({', '.join(places)})")
    found = [one for one in every if establishment in ("", one.establishment)]
    fresh = [one for one in found if one.id not in draft.held.taken]
    number, made = draft.held.next_number, []
    for at, one in enumerate(fresh):
        came = nominations.from_answers(one.answers, one.language, draft.call, number + at, today)
        made.append(came if came.symbol in SIGNS else replace(came, symbol=""))  # a workbook may name other pictures
    held = Held((*draft.held.nominations, *made), frozenset(one.id for one in found))
    _put(draft.folder / FILE, write_held(held))
    store.forget_nominations([one.id for one in found])
    return Draft(draft.folder, draft.plan, draft.call, held), len(fresh)


def add(draft: Draft, one: Nomination, today: date) -> Draft:
    """Keep a nomination that came on paper; its number is the next."""
    return draft.with_nominations(nominations.added(draft.call, draft.held.nominations, one, today))


def listed(draft: Draft) -> list[dict[str, object]]:
    """Return every nomination as the desk sees it: what it asks, what is wrong with it, and by when it is decided."""
    rows: list[dict[str, object]] = []
    for one in draft.held.nominations:
        waits = one.standing is nominations.Standing.WAITING
        rows.append(
            {
                "number": one.number,
                "contest": one.contest,
                "name": one.name,
                "symbol": one.symbol,
                "standing": one.standing.value,
                "decide_by": one.due.isoformat() if waits else "",
                "wrong": list(nominations.wrong_in(draft.call, one, draft.held.nominations)) if waits else [],
                "reason": one.reason,
            }
        )
    return rows


def letter(call: Call, one: Nomination) -> str:
    """Return the letter that goes with a refusal, in every language of the wing that has its words."""
    contest = call.contests.get(one.contest)
    pages = []
    for tag in told.languages(call.languages):
        title = wording.of(contest.title, tag) if contest else ""
        lines = [
            wording.say(tag, told.NOT_ACCEPTED, number=one.number, contest=title),
            wording.say(tag, told.REASON, reason=one.reason),
            wording.say(tag, told.APPEAL, who=call.appeal_to),
        ]
        pages.append("\n".join(lines))
    return "\n\n".join(pages)


def close(draft: Draft, out: Path, today: date, notices: Path | None) -> Closed:
    """Write the plan with its candidates and the notices into `out`; forget what was refused.

    `notices` is a folder of content for the press, where the notices are laid as well.
    """
    if out.exists():
        raise ReturningOfficerError(detail=f"{out.name} is there already and is never overwritten")
    closed = nominations.close(draft.call, draft.held.nominations, today)
    files = {vacancies.UNOPPOSED: vacancies.unopposed_file(draft.plan, closed)} if closed.unopposed else {}
    plan = filled(draft.plan, closed)
    if plan["contests"]:
        files[PLAN] = json.dumps(plan, ensure_ascii=False, indent=1).encode() + b"\n"
    names = {f"council-{seal.random_bytes(6).hex()}": notice for notice in told.of_close(draft.call, closed)}
    said = {f"{name}.json": told.notice(name, words, today, OFFICER) for name, words in names.items()}
    board.write_files(out, files | {f"notices/{name}": content for name, content in said.items()})
    told.lay(notices, said)
    draft.with_nominations(nominations.forgotten(draft.held.nominations))
    return closed


def filled(plan: Mapping[str, Any], closed: Closed) -> dict[str, Any]:
    """Return a plan for `election prepare`: contests that need a poll, each with its candidates."""
    contests = []
    for at, one in enumerate(plan["contests"], 1):
        number = one.get("number", at)
        if one.get("kind") == "question":
            contests.append(one | {"number": number})
        elif number in closed.polls:
            signs = [f"sign-{n}" for n in range(1, len(SIGNS) + 1)]
            free = [
                sign for sign, picture in zip(signs, SIGNS, strict=True) if picture not in _pictures(closed, number)
            ]
            made = nominations.candidates(closed.polls[number], free)
            contests.append(one | {"number": number, "candidates": made})
    voting = {group for one in contests for group in one.get("electorates", [])}
    whole = {key: value for key, value in plan.items() if key != KEY} | {"contests": contests}
    if voting and all("electorates" in one for one in contests):
        whole["electorates"] = [group for group in plan.get("electorates", []) if group.get("id") in voting]
    return whole


def _pictures(closed: Closed, number: int) -> set[str]:
    return {one.symbol for one in closed.polls[number]}


def by_number(draft: Draft, number: int) -> Nomination:
    """Return a nomination by number; NominationError."""
    return nominations.of_number(draft.held.nominations, number)


def symbol_of(typed: str) -> str:
    """Return the picture that somebody names by its thing, such as dog; NominationError for one not shipped."""
    if not typed:
        return ""
    picture = f"code-{typed.strip().lower().removeprefix('code-')}"
    if picture not in SIGNS:
        named: Sequence[str] = [one.removeprefix("code-") for one in SIGNS]
        raise NominationError(who="the clerk", detail=f"there is no such picture; there are: {', '.join(named)}")
    return picture


def _put(path: Path, content: bytes) -> None:
    """Replace a file whole; what it holds is of people, so nobody else on this machine may read it."""
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
