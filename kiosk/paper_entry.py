"""A paper ballot being typed in by two people: where each of the two entries leads.

Rule 1: pure; slip and votes of both entries must be the same before anything can be sealed.
Rule 2: where they differ both entries are dropped; that they differ is told, and in which vote, never who typed what.
Rule 3: nothing counts the papers: how many there were stands in the record on paper.
Source: elections.md 5.10.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.booth_places import BoothCheck, BoothPaper, BoothSlip, BoothVote
from kiosk.sitting import Sitting
from kiosk.voting import Slip, Voting


def on_paper(sitting: Sitting) -> bool:
    """Return whether paper ballots are typed in here, and nobody votes."""
    return sitting.poll is not None and sitting.poll.kind == "paper"


def anew(sitting: Sitting, place: BoothPaper | BoothSlip) -> Sitting:
    """Return the sitting before a paper: whatever was entered of the last one is gone."""
    return replace(sitting, voting=None, first=None, place=place)


def slip_taken(sitting: Sitting, slip: Slip, voting: Voting) -> Sitting:
    """Return where the number of a slip leads: to its first vote, unless the first entry had another slip."""
    if sitting.first is not None and sitting.first.slip != slip:
        return anew(sitting, BoothPaper("differ"))
    return replace(sitting, voting=voting, place=BoothVote())


def entered(sitting: Sitting, voting: Voting) -> Sitting:
    """Return where a whole entry leads: to the other one, on to seal it, or to what differs."""
    if sitting.first is None:
        return replace(sitting, first=voting, voting=None, place=BoothPaper("swap"))
    if differ := differing(sitting.first, voting):
        return anew(sitting, BoothPaper("differ", differ))
    return replace(sitting, voting=voting, place=BoothCheck())


def differing(first: Voting, second: Voting) -> tuple[int, ...]:
    """Return the votes, by number, in which two entries of one paper are not the same."""
    numbers = sorted(first.ballots.keys() | second.ballots.keys())
    return tuple(number for number in numbers if first.ballots.get(number) != second.ballots.get(number))
