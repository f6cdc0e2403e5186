"""A board under the glass: its files, and what several checks need of them, read once.

Rule 1: nothing is believed and nothing is judged here: every reader may refuse, and whoever checks tells of it.
Source: elections.md 5.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from models.election import close
from models.election.definition import Contest
from models.election.keys import Election
from models.election.merge import Merged
from models.election.notices import withdrawn
from sync.central.elections import board, opening_record
from sync.central.elections.opening_record import Entry, OpeningRecord

Verdict = Literal["PASS", "FAIL", "ATTESTED"]


class FailsError(Exception):
    """A check that does not hold; its text is the reason."""


class Look:
    """The files of a board of one stage."""

    def __init__(self, files: Mapping[str, bytes], stage: int) -> None:
        self.files, self.stage = files, stage

    @cached_property
    def election(self) -> Election:
        """The election that the board is of."""
        return board.election_of(self.files)

    @cached_property
    def void(self) -> frozenset[bytes]:
        """The slip keys of the void list."""
        return board.void_of(self.election, self.files)

    @cached_property
    def merged(self) -> Merged:
        """The merge that boxes and dice give."""
        return board.merged_of(self.election, self.files, self.void)

    @cached_property
    def openings(self) -> tuple[OpeningRecord, OpeningRecord]:
        """Both opening records."""
        definition = self.election.definition
        first, second = (opening_record.read_opening(self.files[f"opening-{n}.json"], definition) for n in (1, 2))
        return first, second

    @cached_property
    def withdrawn(self) -> Mapping[int, frozenset[int]]:
        """Contest -> candidates that notices strike out."""
        return withdrawn(board.read_notices(self.election, self.files).values())

    @property
    def beacon(self) -> bytes:
        """B, as the dice record says."""
        return close.read_dice(self.files["dice.json"])[3]

    def entries(self, *status: str) -> Iterator[tuple[Contest, Entry]]:
        """Yield each contest with what the first opening says of it, of these statuses or of any."""
        for contest, entry in zip(self.election.definition.contests, self.openings[0].contests, strict=True):
            if not status or entry.status in status:
                yield contest, entry


def need(holds: bool, reason: str) -> None:  # noqa: FBT001 - an assertion that stays under -O
    """Raise FailsError with this reason unless it holds."""
    if not holds:
        raise FailsError(reason)
