"""A question put to everybody: yes, no or abstain, with a quorum and a majority.

Rule 1: carried means that the quorum was reached and the majority was won; equal is not carried, and no lot is drawn.
Rule 2: abstaining counts towards a quorum of turnout, and never towards the majority.
Source: elections.md section 7.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from models.counting.plurality import totals_of
from models.counting.votes import Rankings, struck_out
from models.errors import CountError

Majority = Literal["simple", "two-thirds"]
OPTIONS: Final = 3  # yes, no, abstain
_WHOLE: Final = 100  # per cent


@dataclass(frozen=True, slots=True)
class Quorum:
    """`percent` of the `roll` (people) must have turned out, or must have said yes."""

    of: Literal["turnout", "yes"]
    percent: int
    roll: int


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """`totals` are the votes for yes, no and abstain."""

    valid: int
    totals: tuple[int, int, int]
    majority: Majority
    quorum_reached: bool
    carried: bool


def count_question(
    marks: Rankings, *, majority: Majority = "simple", quorum: Quorum | None = None, turned_out: int | None = None
) -> QuestionCount:
    """Count one mark a ballot: 1 is yes, 2 no, 3 abstain.

    `turned_out`: all opened ballots, blank and spoilt included; without it, all that are here. Raises CountError where
    a ballot marks another option.
    """
    if max((max(marked) for marked in marks if marked), default=0) > OPTIONS:
        raise CountError("a question has the options 1 to 3 only")
    valid = struck_out(marks, ()).rankings
    yes, no, abstain = totals_of(valid, OPTIONS)
    opened = sum(marks.values()) if turned_out is None else turned_out
    reached = quorum is None or _WHOLE * (opened if quorum.of == "turnout" else yes) >= quorum.percent * quorum.roll
    won = yes > no if majority == "simple" else yes > 0 and 3 * yes >= 2 * (yes + no)
    return QuestionCount(yes + no + abstain, (yes, no, abstain), majority, reached, reached and won)
