"""Which picture stands for a candidate: on paper the same as on the screen of a kiosk.

Rule 1: an answer to a question has the kiosk's own picture; a numbered sign is the picture of that number.
Rule 2: the table is that of the kiosk, which central does not import; a test holds the two against each other.
"""

from __future__ import annotations

from typing import Final

from models.election.definition import Candidate, Contest

ANSWERS: Final = {1: "yes", 2: "no", 3: "not-sure"}
SIGN: Final = "sign-"
_NAMES: Final = """
dog fish cow snail elephant lion hedgehog giraffe apple banana grapes cheese lemon cake mushroom pineapple
sun flower cloud rainbow leaf mountain wave palm bus boat plane tractor rocket helicopter map wheel
football guitar drum trumpet medal jigsaw headphones yo-yo shoe mittens dress scarf watch jeans umbrella crown
house chair bed mirror radio gift soap toothbrush hammer pencil battery telescope magnifying-glass camera
envelope thread
"""
SIGNS: Final = tuple(f"code-{name}" for name in _NAMES.split())


def symbol(contest: Contest, candidate: Candidate) -> str:
    """Return the name of a candidate's picture."""
    if contest.kind == "question":
        return ANSWERS[candidate.number]
    number = candidate.symbol.removeprefix(SIGN)
    if number != candidate.symbol and number.isdecimal() and 0 < int(number) <= len(SIGNS):
        return SIGNS[int(number) - 1]
    return candidate.symbol
