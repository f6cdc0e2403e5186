"""Reads a report of a count back, so that a kiosk can show the page of a count that somebody else made.

Rule 1: only bytes that models.counting.report would write are read; everything else is refused by one family.
Rule 2: what a report says of itself must add up: stages, totals and the pile that goes no further make the valid votes.
Rule 3: whether the count is right is not judged here; whoever doubts it counts the votes file again.
Source: elections.md section 8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from models.canonical import Fields, UnreadableContentError, a_whole, read_canonical_json
from models.counting.blt import MOST_BALLOTS, MOST_CANDIDATES, MOST_SEATS
from models.counting.party_list import METHODS, PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import OPTIONS, Majority, QuestionCount
from models.counting.report import FORMAT, AnyCount, Subject, report_json
from models.counting.stv import ONE_VOTE, Stage, StageKind, StvCount, Units
from models.counting.ties import NO_LOTS, LotNumber, Lots, LotSource, Over, Tie
from models.counting.votes import Candidate

LIMIT_BYTES: Final = 4 * 1024 * 1024
_VOTES: Final = re.compile(r"(-?)([0-9]{1,8})\.([0-9]{5})", re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SETTLED: Final = re.compile(r"stage [1-9][0-9]{0,2}|lot|votes", re.ASCII)
_MOST_STAGES: Final = MOST_CANDIDATES + MOST_SEATS
_MOST_TIES: Final = 10_000
_SOURCES: Final[tuple[LotSource, ...]] = ("beacon", "seed", "hand", "none")
_OVERS: Final[tuple[Over, ...]] = ("surplus", "exclusion", "seat")
_MAJORITIES: Final[tuple[Majority, ...]] = ("simple", "two-thirds")
_KINDS: Final[tuple[StageKind, ...]] = ("first-preferences", "surplus", "exclusion")
_BALLOTS: Final = frozenset(
    ("total", "valid", "blank", "spoilt", "blank_or_spoilt", "invalid", "unreadable", "withdrawn_only")
)
_STV: Final = "scottish-stv"
_PLURALITY: Final = ("plurality", "approval")
_PARTY_LIST: Final = "party-list"
_QUESTION: Final = "question"
One = TypeVar("One", bound=str)


def read_report(unverified: bytes) -> tuple[AnyCount, Subject]:
    """Return the count and what it was about, or raise UnreadableContentError."""
    if not unverified.endswith(b"\n"):
        raise UnreadableContentError("a report does not end as it must")
    fields = Fields(read_canonical_json(unverified[:-1], LIMIT_BYTES), "report")
    fields.text("format", re.compile(re.escape(FORMAT)))
    rule, title = fields.text("rule"), fields.text("title")
    candidates = _candidates(fields)
    ballots = {name: _count(number, f"ballots.{name}") for name, number in fields.entries("ballots", 8).items()}
    subject = Subject(rule, title, candidates, bytes.fromhex(fields.text("input", _HASH)), ballots)
    if "valid" not in ballots or not ballots.keys() <= _BALLOTS:
        raise UnreadableContentError("report.ballots are not those of a report")
    count = _counted(rule, fields, ballots, len(candidates))
    fields.close()
    if report_json(count, subject) != unverified:
        raise UnreadableContentError("this is no report as this program writes it")
    return count, subject


def _counted(rule: str, fields: Fields, ballots: Mapping[str, int], candidates: int) -> AnyCount:
    valid, gone = ballots["valid"], ballots.get("withdrawn_only", 0)
    if rule == _QUESTION:
        yes, no, abstain = _totals(fields, OPTIONS)
        majority = _one_of(fields.text("majority"), _MAJORITIES, "majority")
        reached, carried = fields.flag("quorum_reached"), fields.flag("carried")
        return QuestionCount(valid, (yes, no, abstain), majority, reached, carried)
    seats = fields.whole("seats", 1, MOST_SEATS)
    ties = tuple(_tie(one, candidates) for one in fields.items("ties", _MOST_TIES))
    lots = Lots(_one_of(fields.text("lot_source"), _SOURCES, "lot_source"), NO_LOTS.number)
    if rule == _STV:
        return _stv(fields, seats, valid, candidates, ties, lots, gone)
    totals = _totals(fields, candidates)
    if rule in _PLURALITY:
        elected = tuple(candidate for candidate, _ in _elected(fields, candidates))
        return PluralityCount(seats, valid, totals, elected, ties, lots, gone)
    if rule == _PARTY_LIST:
        method = _one_of(fields.text("method"), tuple(METHODS), "method")
        shares = tuple(
            a_whole(one, "report.seats_by_party", 0, seats) for one in fields.items("seats_by_party", candidates)
        )
        return PartyListCount(method, seats, valid, totals, shares, fields.whole("vacant", 0, seats), ties, lots, gone)
    raise UnreadableContentError("report.rule is unknown")


def _stv(
    fields: Fields, seats: int, valid: int, candidates: int, ties: tuple[Tie, ...], lots: Lots, gone: int
) -> StvCount:
    quota = fields.whole("quota", 1, MOST_BALLOTS)
    stages = tuple(
        _stage(one, number, candidates) for number, one in enumerate(fields.items("stages", _MOST_STAGES), start=1)
    )
    before = (0,) * candidates
    for stage in stages:
        moved = tuple(had + change for had, change in zip(before, stage.transfers, strict=True))
        if moved != stage.totals or sum(stage.totals) + stage.non_transferable != valid * ONE_VOTE:
            raise UnreadableContentError(f"stage {stage.number} of a report does not add up")
        before = stage.totals
    if not stages:
        raise UnreadableContentError("report.stages is empty")
    elected = _elected(fields, candidates)
    if elected != tuple((one, stage.number) for stage in stages for one in stage.elected):
        raise UnreadableContentError("report.elected are not those of its stages")
    return StvCount(seats, valid, quota, stages, elected, ties, lots, gone)


def _stage(value: object, number: int, candidates: int) -> Stage:
    fields = Fields(value, "stage")
    fields.whole("stage", number, number)
    kind = _one_of(fields.text("kind"), _KINDS, "kind")
    first = kind == "first-preferences"
    if first != (number == 1):
        raise UnreadableContentError("stage.kind does not fit its number")
    stage = Stage(
        number=number,
        kind=kind,
        source=fields.whole("from", 0 if first else 1, 0 if first else candidates),
        transfers=_all_votes(fields, "transfers", candidates),
        totals=_all_votes(fields, "totals", candidates),
        non_transferable=_units(fields.take("non_transferable")),
        elected=tuple(a_whole(one, "stage.elected", 1, candidates) for one in fields.items("elected", candidates)),
        surplus=_units(fields.take("surplus")) if kind == "surplus" else None,
    )
    fields.close()
    return stage


def _all_votes(fields: Fields, key: str, candidates: int) -> tuple[Units, ...]:
    votes = tuple(map(_units, fields.items(key, candidates)))
    if len(votes) != candidates:
        raise UnreadableContentError(f"stage.{key} has not one figure a candidate")
    return votes


def _units(value: object) -> Units:
    found = _VOTES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise UnreadableContentError("votes are not written as they must be")
    units = int(found[2]) * ONE_VOTE + int(found[3])
    return Units(-units if found[1] else units)


def _candidates(fields: Fields) -> tuple[Candidate, ...]:
    found = []
    for number, one in enumerate(fields.items("candidates", MOST_CANDIDATES), start=1):
        read = Fields(one, "candidate")
        read.whole("number", number, number)
        found.append(Candidate(number, read.text("name"), read.text("party"), read.flag("withdrawn")))
        read.close()
    return tuple(found)


def _elected(fields: Fields, candidates: int) -> tuple[tuple[int, int], ...]:
    found = []
    for one in fields.items("elected", MOST_SEATS):
        read = Fields(one, "elected")
        found.append((read.whole("candidate", 1, candidates), read.whole("stage", 1, _MOST_STAGES)))
        read.close()
    return tuple(found)


def _tie(value: object, candidates: int) -> Tie:
    read = Fields(value, "tie")
    tie = Tie(
        stage=read.whole("stage", 1, _MOST_STAGES),
        over=_one_of(read.text("over"), _OVERS, "over"),
        candidates=tuple(a_whole(one, "tie.candidates", 1, candidates) for one in read.items("candidates", candidates)),
        settled=read.text("settled", _SETTLED),
        chosen=read.whole("chosen", 1, candidates),
        numbers=read.maybe("numbers", lambda key: tuple(map(_lot, read.items(key, candidates)))) or (),
    )
    read.close()
    if not {tie.chosen, *(one for one, _ in tie.numbers)} <= set(tie.candidates):
        raise UnreadableContentError("a tie took somebody who was not in it")
    return tie


def _lot(value: object) -> tuple[int, LotNumber]:
    read = Fields(value, "lot")
    candidate, number = read.whole("candidate", 1, MOST_CANDIDATES), read.take("number")
    read.close()
    if isinstance(number, str) and _HASH.fullmatch(number):
        return candidate, bytes.fromhex(number)
    return candidate, a_whole(number, "lot.number", 1, MOST_CANDIDATES)


def _totals(fields: Fields, candidates: int) -> tuple[int, ...]:
    totals = tuple(_count(one, "report.totals") for one in fields.items("totals", candidates))
    if len(totals) != candidates:
        raise UnreadableContentError("report.totals has not one figure a candidate")
    return totals


def _count(value: object, what: str) -> int:
    return a_whole(value, what, 0, MOST_BALLOTS * MOST_CANDIDATES)


def _one_of(value: str, known: tuple[One, ...], what: str) -> One:
    for one in known:
        if one == value:
            return one
    raise UnreadableContentError(f"{what} is unknown")
