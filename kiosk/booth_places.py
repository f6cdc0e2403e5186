"""Where somebody stands in a booth, before a ballot box, over a paper ballot, or at the board of an election.

Rule 1: a place holds what its screen cannot learn from the sitting or the shelf, and nothing else.
Rule 2: what is secret (digits of a code, seal codes) is never in a repr.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SlipTrouble = Literal["wrong", "used", "wait"]
Asked = Literal["blank", "spoil", "rest"]
CouncilPart = Literal["elected", "words", "flow", "tally"]


@dataclass(frozen=True, slots=True)
class BoothSlip:
    """The long number of a slip, being typed or read in by a scanner."""

    typed: str = field(default="", repr=False)
    trouble: SlipTrouble | None = None


@dataclass(frozen=True, slots=True)
class BoothVote:
    """One vote of those of the slip, by its place from 0; `seen`: pages of it that were shown.

    `asking`: what is asked once more. `full`: one more than allowed was touched. `reading`: the candidate whose words
    are read, 0 for what the vote is about; `leaf` is the page of them. `checked`: it is being changed, after all.
    """

    at: int = 0
    page: int = 0
    seen: frozenset[int] = frozenset({0})
    asking: Asked | None = None
    asked_rest: bool = False
    full: bool = False
    reading: int | None = None
    leaf: int = 0
    checked: bool = False


@dataclass(frozen=True, slots=True)
class BoothCheck:
    """What will be sealed, vote by vote; `sealing`: it is being stored."""

    at: int = 0
    page: int = 0
    sealing: bool = False


@dataclass(frozen=True, slots=True)
class BoothSealed:
    """The ballots are stored: seal codes by contest number. Nothing else is left of the turn."""

    codes: tuple[tuple[int, str], ...] = field(repr=False)
    page: int = 0


@dataclass(frozen=True, slots=True)
class BoothPaper:
    """Between the two entries of a paper ballot, or after them: change places, they differ, or it is in.

    `differ` names the votes, by number, that were not the same; it is empty where the slips were not.
    """

    step: Literal["swap", "differ", "in"]
    differ: tuple[int, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Council:
    """What is known of an election that is over: a look-up, and one result a vote."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Stub:
    """The short number of a stub, being typed; `shelf` is the page of keys."""

    typed: str = field(default="", repr=False)
    shelf: int = 0


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """What the board says of a stub number, or the result of a vote by its number.

    `part` of it, `stage` where there are any, and `page` of these, so that one stays there when words become larger.
    `person`: the elected whose words are read, by place from 0; `leaf` is the page of these words.
    """

    found: Literal["counted", "used twice, one counted", "not here"] | None = None
    contest: int = 0
    part: CouncilPart = "elected"
    stage: int = 0
    page: int = 0
    person: int | None = None
    leaf: int = 0


BoothPlace = BoothSlip | BoothVote | BoothCheck | BoothSealed | BoothPaper | Council | Stub | CouncilPage
