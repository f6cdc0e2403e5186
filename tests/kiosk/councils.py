"""An election that is over, with real parts: voted in on two kiosks, opened twice, published; for the noticeboard."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models import seal
from models.elections import OnTheShelf, read_elections
from tests.central.polling import a_box, a_day, a_plan, some_votes
from tests.models.election_files import labelled


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
