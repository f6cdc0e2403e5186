"""A count as it can be shown anywhere: facts, a table and words, as plain data.

Rule 1: no widget, no width, no font: paper, terminal, console and kiosk lay it out each in its own way.
Rule 2: figures are text already, so that nobody rounds them on the way.
Rule 3: a page holds nothing that the report of the same count does not hold.
Source: elections.md section 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from models.counting.party_list import PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import QuestionCount
from models.counting.report import AnyCount, votes
from models.counting.stv import ONE_VOTE, Stage, StvCount
from models.counting.votes import Candidate
from models.counting.words import (
    Sentence,
    StageWords,
    called,
    party_words,
    plurality_words,
    question_words,
    stage_words,
    whole_name,
)

SEATS: Final = "{count} seats"
ONE_SEAT: Final = "1 seat"
VALID: Final = "{count} valid"
QUOTA: Final = "quota {count}"
STAGE: Final = "Stage {stage}"
STAGE_SURPLUS: Final = "Stage {stage}: surplus of {name} ({votes})"
STAGE_EXCLUSION: Final = "Stage {stage}: exclusion of {name}"
NOT_TRANSFERABLE: Final = "Not transferable"
TOTAL: Final = "Total"
ELECTED_AT: Final = "elected, stage {stage}"
EXCLUDED_AT: Final = "out, stage {stage}"
ELECTED: Final = "elected"
WITHDRAWN: Final = "withdrawn"
WITHDRAWN_ONLY: Final = "{count} for withdrawn people only"
BLANK: Final = "{count} blank"
YES_NO_ABSTAIN: Final = ("Yes", "No", "Abstain")
_Result: TypeAlias = Sentence | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: `cells` hold a pair for each column, what it gained or lost there and what it then had.

    `change` is empty in the first column of a count by stages, and everywhere in other counts. `number` is the
    candidate's, 0 for papers that are not transferable, None for the line of sums.
    """

    number: int | None
    label: Sentence
    cells: tuple[tuple[str, str], ...]
    result: _Result = None


@dataclass(frozen=True, slots=True)
class CountPage:
    """A whole count to show: title, facts in a line, a column heading a stage, rows, words a stage, what came of it."""

    title: str
    facts: tuple[Sentence, ...]
    columns: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    stages: tuple[StageWords, ...] = ()
    outcome: tuple[Sentence, ...] = ()


def page_of(
    count: AnyCount, candidates: Sequence[Candidate], title: str, ballots: Mapping[str, int] | None = None
) -> CountPage:
    """Return the page of any count; `ballots` are the numbers of the opening record, as in the report."""
    names = called(candidates)
    match count:
        case StvCount():
            return _stv(count, candidates, title, ballots or {})
        case QuestionCount():
            return _question(count, names, title, ballots or {})
        case PluralityCount():
            results, words = {number: Sentence(ELECTED) for number in count.elected}, plurality_words(count, names)
        case PartyListCount():
            results = {number: _seats(seats) for number, seats in enumerate(count.seats_by_party, start=1) if seats}
            words = party_words(count, names)
    results |= {one.number: Sentence(WITHDRAWN) for one in candidates if one.withdrawn}
    rows = [
        Row(one.number, _label(one), (("", str(total)),), results.get(one.number))
        for one, total in zip(candidates, count.totals, strict=True)
    ]
    facts = (_seats(count.seats), _number(VALID, count.valid), *_others(count.withdrawn_only, ballots or {}))
    return CountPage(title, facts, (), tuple(rows), (), words)


def _question(count: QuestionCount, names: Mapping[int, str], title: str, ballots: Mapping[str, int]) -> CountPage:
    labels = [names.get(number, word) for number, word in enumerate(YES_NO_ABSTAIN, start=1)]
    rows = [
        Row(number, Sentence("{name}", {"name": name}), (("", str(total)),))
        for number, (name, total) in enumerate(zip(labels, count.totals, strict=True), start=1)
    ]
    facts = (_number(VALID, count.valid), *_others(0, ballots))
    return CountPage(title, facts, (), tuple(rows), (), question_words(count))


def _stv(count: StvCount, candidates: Sequence[Candidate], title: str, ballots: Mapping[str, int]) -> CountPage:
    names = called(candidates)
    facts = [_seats(count.seats), _number(VALID, count.valid), _number(QUOTA, count.quota)]
    facts += _others(count.withdrawn_only, ballots)
    results = _results(count, candidates)
    rows = [Row(one.number, _label(one), _cells(count, one.number), results.get(one.number)) for one in candidates]
    lost = [stage.non_transferable for stage in count.stages]
    changes = ["", *(votes(now - then) for then, now in pairwise(lost))]
    rows.append(Row(0, Sentence(NOT_TRANSFERABLE), tuple(zip(changes, map(votes, lost), strict=True))))
    whole, nothing = votes(count.valid * ONE_VOTE), votes(0)
    sums = [("", whole), *((nothing, whole) for _ in count.stages[1:])]
    rows.append(Row(None, Sentence(TOTAL), tuple(sums)))
    columns = tuple(_heading(stage, names) for stage in count.stages)
    return CountPage(title, tuple(facts), columns, tuple(rows), stage_words(count, candidates))


def _label(candidate: Candidate) -> Sentence:
    return Sentence("{name}", {"name": whole_name(candidate)})


def _cells(count: StvCount, number: int) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("" if stage.number == 1 else votes(stage.transfers[number - 1]), votes(stage.totals[number - 1]))
        for stage in count.stages
    )


def _results(count: StvCount, candidates: Sequence[Candidate]) -> dict[int, Sentence]:
    found = {one.number: Sentence(WITHDRAWN) for one in candidates if one.withdrawn}
    for stage in count.stages:
        facts = {"stage": str(stage.number)}
        if stage.kind == "exclusion":
            found[stage.source] = Sentence(EXCLUDED_AT, facts)
        found |= dict.fromkeys(stage.elected, Sentence(ELECTED_AT, facts))
    return found


def _heading(stage: Stage, names: Mapping[int, str]) -> Sentence:
    facts = {"stage": str(stage.number)}
    if not stage.source:
        return Sentence(STAGE, facts)
    facts["name"] = names[stage.source]
    if stage.surplus is None:
        return Sentence(STAGE_EXCLUSION, facts)
    return Sentence(STAGE_SURPLUS, facts | {"votes": votes(stage.surplus)})


def _seats(seats: int) -> Sentence:
    return Sentence(ONE_SEAT) if seats == 1 else _number(SEATS, seats)


def _number(text: str, count: int) -> Sentence:
    return Sentence(text, {"count": str(count)})


def _others(withdrawn_only: int, ballots: Mapping[str, int]) -> list[Sentence]:
    gone = ballots.get("withdrawn_only", withdrawn_only)
    found = [_number(BLANK, ballots["blank"])] if ballots.get("blank") else []
    return found + ([_number(WITHDRAWN_ONLY, gone)] if gone else [])
