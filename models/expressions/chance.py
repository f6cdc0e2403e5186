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
_WORD: Final = 2**64 - 1

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


def random_share(seed: int, place: int, turn: int) -> float:
    """Return a number from 0 up to 1 for this sitting, node and turn: the same at every asking.

    The three are stirred (splitmix64), so that neighbouring seeds and nodes give numbers that have nothing in common.
    """
    state = 0
    for part in (seed, place, turn):
        state = (state + part + 0x9E37_79B9_7F4A_7C15) & _WORD
        state = (state ^ state >> 30) * 0xBF58_476D_1CE4_E5B9 & _WORD
        state = (state ^ state >> 27) * 0x94D0_49BB_1331_11EB & _WORD
        state ^= state >> 31
    return (state >> 11) / 2**53
