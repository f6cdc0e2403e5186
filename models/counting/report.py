"""The report of a count: one JSON spelling for everybody who counts the same votes.

Rule 1: the bytes depend on the votes file, the rule, the seats and the lots, and on nothing of the machine.
Rule 2: votes with fractions are strings with exactly five decimals; candidates stand in order of their number.
Rule 3: how many ballots were blank, spoilt or unreadable comes from the record of the opening; a votes file counted on
        its own knows only its valid ballots, its blank ones, and those that named nobody but people who withdrew.
Source: elections.md section 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from models.canonical import canonical_json
from models.counting.party_list import PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import QuestionCount
from models.counting.stv import DECIMALS, ONE_VOTE, Stage, StvCount
from models.counting.ties import LotNumber, Tie
from models.counting.votes import Candidate

FORMAT: Final = "wingvoice-count/1"
AnyCount: TypeAlias = StvCount | PluralityCount | PartyListCount | QuestionCount


@dataclass(frozen=True, slots=True)
class Subject:
    """What was counted, and for whom: `rule` as it is named on the command line, `input` is SHA-256 of the votes file.

    `ballots`: the numbers of the opening record by name; those that are missing are 0.
    """

    rule: str
    title: str
    candidates: Sequence[Candidate]
    input: bytes
    ballots: Mapping[str, int]


def votes(units: int) -> str:
    """Return units of 0.00001 vote as votes with exactly five decimals."""
    whole, rest = divmod(abs(units), ONE_VOTE)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{DECIMALS}d}"


def report_json(count: AnyCount, subject: Subject) -> bytes:
    """Return the report of any rule, canonical JSON plus a final newline."""
    value: dict[str, object] = {
        "format": FORMAT,
        "rule": subject.rule,
        "title": subject.title,
        "input": subject.input.hex(),
        "candidates": [
            {"number": one.number, "name": one.name, "party": one.party, "withdrawn": one.withdrawn}
            for one in subject.candidates
        ],
        "ballots": _ballots(count, subject),
    }
    return canonical_json(value | _outcome(count)) + b"\n"


def _ballots(count: AnyCount, subject: Subject) -> dict[str, int]:
    """Return the numbers of ballots; blank and spoilt may have become one figure, `blank_or_spoilt`."""
    names = ["total", "invalid", "unreadable", "withdrawn_only"]
    names += [] if "blank_or_spoilt" in subject.ballots else ["blank", "spoilt"]
    found = 0 if isinstance(count, QuestionCount) else count.withdrawn_only
    return dict.fromkeys(names, 0) | {"withdrawn_only": found} | dict(subject.ballots) | {"valid": count.valid}


def _outcome(count: AnyCount) -> dict[str, object]:
    match count:
        case StvCount():
            return {
                "seats": count.seats,
                "quota": count.quota,
                "stages": [_stage(stage) for stage in count.stages],
                "elected": [{"candidate": candidate, "stage": stage} for candidate, stage in count.elected],
            } | _lots(count)
        case PluralityCount():
            elected = [{"candidate": candidate, "stage": 1} for candidate in count.elected]
            return {"seats": count.seats, "totals": list(count.totals), "elected": elected} | _lots(count)
        case PartyListCount():
            return {
                "seats": count.seats,
                "method": count.method,
                "totals": list(count.totals),
                "seats_by_party": list(count.seats_by_party),
                "vacant": count.vacant,
            } | _lots(count)
        case QuestionCount():
            return {
                "totals": list(count.totals),
                "majority": count.majority,
                "quorum_reached": count.quorum_reached,
                "carried": count.carried,
            }


def _stage(stage: Stage) -> dict[str, object]:
    value: dict[str, object] = {
        "stage": stage.number,
        "kind": stage.kind,
        "from": stage.source,
        "transfers": [votes(units) for units in stage.transfers],
        "totals": [votes(units) for units in stage.totals],
        "non_transferable": votes(stage.non_transferable),
        "elected": list(stage.elected),
    }
    return value if stage.surplus is None else value | {"surplus": votes(stage.surplus)}


def _lots(count: StvCount | PluralityCount | PartyListCount) -> dict[str, object]:
    """Return the ties, and where lots came from: "none" where no lot was needed."""
    drew = any(tie.settled == "lot" for tie in count.ties)
    return {"ties": [_tie(tie) for tie in count.ties], "lot_source": count.lots.source if drew else "none"}


def _tie(tie: Tie) -> dict[str, object]:
    value: dict[str, object] = {
        "stage": tie.stage,
        "over": tie.over,
        "candidates": list(tie.candidates),
        "settled": tie.settled,
        "chosen": tie.chosen,
    }
    if tie.numbers:
        value["numbers"] = [{"candidate": candidate, "number": _number(number)} for candidate, number in tie.numbers]
    return value


def _number(number: LotNumber) -> str | int:
    return number.hex() if isinstance(number, bytes) else number
