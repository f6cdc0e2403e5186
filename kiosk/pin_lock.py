"""How long a wrong PIN makes one wait at the staff page; pure.

Rule 1: five free tries, then 1, 2, 4, 8 ... 60 minutes, and 60 for each further one.
Rule 2: it never locks for good here, or any resident could shut staff out.
Rule 3: while the wait lasts nothing is tried, so the right PIN cannot be told from a wrong one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from kiosk.presenters.pin import LEAST_DIGITS

FREE_TRIES: Final = 5
LONGEST_WAIT_S: Final = 3600


def wait_s(wrong_tries: int) -> int:
    """Return the seconds to wait after so many wrong tries in a row."""
    over = wrong_tries - FREE_TRIES
    return 0 if over < 0 else min(LONGEST_WAIT_S, 60 * 2 ** min(over, 6))


def good_pin(digits: str) -> bool:
    """Return whether a PIN may be set: ten digits or more, not all the same, not a run up or down."""
    if len(digits) < LEAST_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return False
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    return len(steps) > 1 or not steps <= {0, 1, 9}
