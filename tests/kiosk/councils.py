"""An election that is over, with real parts: voted in on two kiosks, opened twice, published; for the noticeboard."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models import seal
from models.counting.blt import read_blt
from models.counting.report import AnyCount, Subject, report_json
from models.counting.stv import count_stv
from models.counting.ties import lots_by_hand
from models.counting.votes import Candidate, merged
from models.election.definition import Candidate as Standing
from models.election.definition import Contest
from models.elections import OnTheShelf, read_elections
from tests.central.polling import a_box, a_day, a_plan, some_votes
from tests.kiosk.booths import NAMES, STATEMENT, in_english
from tests.models.election_files import labelled
from tests.models.elections import VECTORS

OUTSIDE = "Ada Example of the monitoring board: the blue box by the gate"
REACH = "Ask at the wing office on Tuesdays."
OWN_REACH = "At the workshop door, every day at noon."
PROPOSAL: dict[str, Any] = {
    "text": "The gym opens on Sundays from ten to twelve.",
    "for": ["Many work all week and never get there.", "Two trained residents would help."],
    "against": ["Two more officers are needed on Sundays.", "It is louder on the wing."],
    "cost": "About 90 pounds a week.",
    "decides": "The governor decides in January.",
}
BLT = VECTORS.parent / "blt"
needs_wards = pytest.mark.skipif(not BLT.is_dir(), reason="the real wards of shared/data/elections are not here")
A_ROLL = 90
WITH_REACH = 2


@dataclass(frozen=True)
class Over:
    """An election that is over, and the stub numbers of three slips: counted, used on both kiosks, never used."""

    shelved: OnTheShelf
    files: dict[str, bytes]
    closed: dict[str, bytes]
    counted: str
    twice: str
    unused: str


@cache
def an_election_over(voters: int = 22) -> Over:
    """Return it; every voter but the last two votes, the first on both kiosks."""
    plan = a_plan()
    plan["dates"] = plan["dates"] | {"term_begins": "2026-12-01", "term_ends": "2027-05-31"}
    plan["outside"] = OUTSIDE
    persons, _, question = plan["contests"]
    persons["reach"] = REACH
    question["proposal"] = PROPOSAL
    with tempfile.TemporaryDirectory() as folder:
        day = a_day(Path(folder), plan)
        day.open_kiosks()
        given = day.voters[:voters]
        for number, slip in enumerate(given):
            day.vote(1 + number % 2, slip.code, *some_votes(number))
        day.vote(2, given[0].code, *some_votes(3))
        for number, slip in enumerate(day.audits):
            day.audit(1 + number % 2, slip.code, *some_votes(number))
        boxes = [a_box(box) for box in day.close_kiosks()]
        board_1, merged = day.board_1(boxes, given)
        board_2 = day.board_2(board_1, merged)
        day.shut()
    stubs = [_stub(slip.code, day.election.definition.id) for slip in (given[1], given[0], day.voters[-1])]
    flat = {path.replace("/", "."): data for path, data in board_2.items()}
    (shelved,) = read_elections(labelled(flat), {})
    return Over(shelved, flat, {path.replace("/", "."): data for path, data in board_1.items()}, *stubs)


def _stub(code: str, election: bytes) -> str:
    seed = seal.slip_seed(code, election)  # type: ignore[arg-type]  # a code as it is printed
    return seal.stub(seal.public_half(seal.slip_key(seed, election, 1)))


def only_closed() -> OnTheShelf:
    """Return the same election before it was opened."""
    (shelved,) = read_elections(labelled(an_election_over().closed), {})
    return shelved


def counted(count: AnyCount, names: Sequence[str], shelved: OnTheShelf | None = None, **fields: Any) -> OnTheShelf:  # noqa: ANN401 - of a contest
    """Return the election as if its first vote had come out so: these people stood in it, and this is its report."""
    over = shelved or an_election_over().shelved
    first, *others = over.election.definition.contests
    standing = tuple(
        Standing(
            number,
            in_english(name),
            f"sign-{number % 40 + 1}",
            statement=in_english(STATEMENT),
            reach=in_english(OWN_REACH) if number == WITH_REACH else {},
        )
        for number, name in enumerate(names, 1)
    )
    contest: Contest = replace(first, candidates=standing, **fields)
    definition = replace(over.election.definition, contests=(contest, *others))
    people = tuple(Candidate(number, name) for number, name in enumerate(names, 1))
    report = report_json(count, Subject(contest.rule, "Wing representatives", people, bytes(32), {}))
    election = replace(over.election, definition=definition)
    return OnTheShelf(over.label, election, over.notices, over.stage, {**over.files, "count-1.json": report})


@cache
def a_long_count(people: int = 9, seats: int = 3) -> OnTheShelf:
    """Return an election in which ninety voters put nine people in order, by chance that is the same every time."""
    random = Random(20261129)
    order, weights = range(1, people + 1), [9, 7, 6, 5, 4, 3, 3, 2, 2][:people]
    papers = []
    for _ in range(A_ROLL):
        ranked = dict.fromkeys(random.choices(order, weights, k=random.randint(2, 6)))
        papers.append((tuple(ranked), 1))
    count = count_stv(merged(papers), people, seats, lots=lots_by_hand(tuple(order)))
    return counted(count, NAMES[:people], seats=seats)


def a_ward(name: str) -> OnTheShelf:
    """Return an election whose first vote is a ward that was really counted; only for tests under `needs_wards`."""
    read = read_blt((BLT / f"{name}.blt").read_bytes())
    count = count_stv(read.rankings, len(read.candidates), read.seats, withdrawn=read.withdrawn)
    return counted(count, [one.name for one in read.candidates], seats=read.seats)
