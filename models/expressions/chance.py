"""Random order that a seed decides: the same on every kiosk, and in JavaRosa and Web Forms.

Rule 1: Park-Miller (times 16807 modulo 2^31-1) and the inside-out shuffle, exactly; questionnaires.md section 11.
Rule 2: this order is for fairness between choices, never for secrecy; what must be secret is shuffled by the seal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, TypeVar

_MODULUS: Final = 2**31 - 1
_FACTOR: Final = 16_807

Item = TypeVar("Item")


def in_random_order(items: Sequence[Item], seed: float) -> tuple[Item, ...]:
    """Return the items in the order of this seed; a NaN or infinite seed counts as 0, a fraction is cut off."""
    whole = int(seed) if math.isfinite(seed) else 0
    state = whole % _MODULUS if whole >= 0 else -(-whole % _MODULUS)
    if state <= 0:
        state += _MODULUS - 1
    mixed: list[Item] = []
    for index, item in enumerate(items):
        state = state * _FACTOR % _MODULUS
        # Whole numbers instead of floor(r * (index + 1)): the same, without a rounding that could differ.
        other = (state - 1) * (index + 1) // (_MODULUS - 1)
        mixed.append(item)
        mixed[index], mixed[other] = mixed[other], item
    return tuple(mixed)
