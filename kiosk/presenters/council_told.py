"""What came of one vote, as facts for its pages: who is elected, what was counted, and in which pages it is told.

Rule 1: figures are those of the published count; where none are published, none are shown.
Rule 2: names are those of the definition, in the language of the moment; the report says what became of them.
Rule 3: who is elected comes first, then the picture, then every stage, for whoever wants them.
Source: elections.md 5.7, 8 and 9.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from kiosk.booth_places import CouncilPage, CouncilPart
from kiosk.presenters.booth_vote import MOST_CARDS
from kiosk.presenters.council import COUNTED, election_over
from kiosk.presenters.flowing import windows
from kiosk.presenters.room import HIGH_LINES
from kiosk.presenters.touching import Turning, pages_of
from models.canonical import UnreadableContentError
from models.consultation import text_of
from models.counting.page import CountPage, page_of
from models.counting.party_list import PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import QuestionCount
from models.counting.report import AnyCount
from models.counting.reported import read_report
from models.counting.stv import StvCount
from models.counting.votes import Candidate
from models.election.definition import Candidate as Standing
from models.election.definition import Contest
from models.elections import OnTheShelf
from models.questionnaire import LanguageTag

REPORTS: Final = 4


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is elected: the person, or the party and which of its people, from 0; None where nobody is named."""

    candidate: Standing
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A vote that is over. `count` and `page` are None where no figures are published, `counted` False without any."""

    over: OnTheShelf
    contest: Contest
    counted: bool = False
    count: AnyCount | None = None
    candidates: tuple[Candidate, ...] = ()
    page: CountPage | None = None
    outcome: Mapping[str, Any] = field(default_factory=dict)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Everybody who is elected, in order; parties with their people in the order of their lists."""
        match self.count:
            case StvCount(elected=elected):
                return self._people([number for number, _ in elected])
            case PluralityCount(elected=chosen):
                return self._people(chosen)
            case PartyListCount(seats_by_party=shares):
                return self._parties(shares)
            case QuestionCount():
                return ()
        return (*self._people(self.outcome.get("elected", ())), *self._parties(self.outcome.get("seats_by_party", ())))

    def _people(self, numbers: Sequence[int]) -> tuple[Seat, ...]:
        return tuple(Seat(self.standing(number)) for number in numbers)

    def _parties(self, shares: Sequence[int]) -> tuple[Seat, ...]:
        found = []
        for number, seats in enumerate(shares, start=1):
            party = self.standing(number)
            found += [Seat(party, at if at < len(party.people) else None) for at in range(seats)]
        return tuple(found)

    def standing(self, number: int) -> Standing:
        """Return the candidate of this number as the definition names one."""
        return next(one for one in self.contest.candidates if one.number == number)


def told(turn: Turning, number: int) -> Told | None:
    """Return what came of the vote of this number, or None while no election is over."""
    over = election_over(turn)
    if over is None:
        return None
    contest = over.election.definition.contest(number)
    report = over.files.get(f"count-{number}.json") if over.stage == COUNTED else None
    if report is None:
        return Told(over, contest)
    read = _read(report)
    if read is None:
        return Told(over, contest, counted=True, outcome=json.loads(report))
    count, gone, ballots = read
    tag = LanguageTag(turn.tag())
    people = tuple(
        Candidate(one.number, text_of(one.name, tag)[0], withdrawn=one.number in gone)
        for one in sorted(contest.candidates, key=lambda one: one.number)
    )
    page = page_of(count, people, text_of(contest.title, tag)[0], ballots)
    return Told(over, contest, counted=True, count=count, candidates=people, page=page)


@lru_cache(REPORTS)
def _read(report: bytes) -> tuple[AnyCount, frozenset[int], Mapping[str, int]] | None:
    """Return the count, who had withdrawn, and the numbers of ballots; None where no figures are published."""
    try:
        count, subject = read_report(report)
    except UnreadableContentError:
        return None
    return count, frozenset(one.number for one in subject.candidates if one.withdrawn), subject.ballots


# The pages of a vote.


@dataclass(frozen=True, slots=True)
class WordsStop:
    """A page of words, by its place among them."""

    leaf: int


@dataclass(frozen=True, slots=True)
class ElectedStop:
    """Cards of the elected, from the first to before the last."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FlowStop:
    """The picture of the stages from the first to the last; stage 0 is what its inks mean, on a page of its own."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TallyStop:
    """The rows of a stage, or of a count that has none (stage 0), from the first to before the last.

    Without rows it is what happened, on a page of its own; `silent`: it was said there.
    """

    stage: int
    first: int
    last: int
    silent: bool = False


Stop = WordsStop | ElectedStop | FlowStop | TallyStop
SIDES: Final = 3  # answers to a question: beside one of them alone the others would seem to have lost
PARTS: Final[Mapping[type, CouncilPart]] = {
    ElectedStop: "elected",
    WordsStop: "words",
    FlowStop: "flow",
    TallyStop: "tally",
}


def at(every: Sequence[Stop], place: CouncilPage) -> int:
    """Return which of the pages of a vote stands at a place, from 0: the nearest one where it has no such page."""
    same = [
        number for number, stop in enumerate(every) if PARTS[type(stop)] == place.part and _holds(stop, place.stage)
    ]
    return same[min(place.page, len(same) - 1)] if same else 0


def placed(every: Sequence[Stop], number: int, contest: int) -> CouncilPage:
    """Return the place of one of the pages of a vote."""
    stop = every[number]
    part = PARTS[type(stop)]
    stage = stop.first if isinstance(stop, FlowStop) else stop.stage if isinstance(stop, TallyStop) else 0
    before = [one for one in every[:number] if PARTS[type(one)] == part and _holds(one, stage)]
    return CouncilPage(contest=contest, part=part, stage=stage, page=len(before))


def _holds(stop: Stop, stage: int) -> bool:
    match stop:
        case FlowStop(first=first, last=last):
            return first <= stage < max(last, 1)
        case TallyStop(stage=own):
            return own == stage
    return True


def stops(turn: Turning, what: Told, leaves: int) -> tuple[Stop, ...]:
    """Return every page of a vote in order; `leaves` is how many pages of words it has, which come after the cards."""
    scale, room = turn.sitting.scale, turn.room
    lines = room.rows_at(scale)
    lines = max(2, lines - (turn.tag() in HIGH_LINES))
    cards = min(MOST_CARDS, room.cards_at(scale))
    found: list[Stop] = [ElectedStop(*cut) for cut in _even(len(what.seats), cards)]
    found += [WordsStop(leaf) for leaf in range(leaves)]
    match what.count:
        case StvCount(stages=stages):
            if len(stages) > 1:
                found += [FlowStop(0, 0)] if room.small else []
                found += [FlowStop(*window) for window in windows(len(stages), room.stages_at(scale))]
            for stage in stages:
                rows = len(rows_of(what, stage.number))
                found += [TallyStop(stage.number, *cut) for cut in _even(rows, lines)]
        case PluralityCount() | PartyListCount() | QuestionCount():
            rows = len(rows_of(what, 0))
            whole = isinstance(what.count, QuestionCount) and rows <= SIDES and not room.small
            found += [TallyStop(0, *cut) for cut in _even(rows, rows if whole else lines)]
    return tuple(found)


def _even(count: int, a_page: int) -> tuple[tuple[int, int], ...]:
    """Return where to cut so many things, so that pages hold about as many each; nothing has no page."""
    pages = pages_of(count, a_page)
    cuts = [-(-count * page // pages) for page in range(pages + 1)]  # the first are no emptier than the last
    return tuple(pairwise(cuts)) if count else ()


def rows_of(what: Told, stage: int) -> tuple[int, ...]:
    """Return who has a row at a stage, 0 for papers that go no further: in one order from the first stage to the last.

    The elected come first, in their order, then whoever lasted longest. Whoever was out before has no row any more.
    """
    count = what.count
    standing = [one.number for one in what.candidates if not one.withdrawn]
    match count:
        case StvCount():
            elected = [number for number, _ in count.elected]
            out = {one.source: one.number for one in count.stages if one.kind == "exclusion"}
            last = len(count.stages) + 1
            rest = sorted((one for one in standing if one not in elected), key=lambda one: (-out.get(one, last), one))
            lost = count.stages[stage - 1].non_transferable
            return (*elected, *(one for one in rest if out.get(one, last) >= stage), *([0] if lost else []))
        case PluralityCount(totals=totals) | PartyListCount(totals=totals):
            return tuple(sorted(standing, key=lambda one: (-totals[one - 1], one)))
        case QuestionCount():
            return (1, 2, 3)
    return ()
