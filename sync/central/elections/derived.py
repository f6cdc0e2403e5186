"""Derives the seeds of many codes at once, on every core: each is slow on purpose (`models.seal.slip_seed`).

Rule 1: what is derived comes back in the order asked, and does not depend on how many cores there are.
Rule 2: nothing is drawn here: a code is an argument, and nothing of it is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from models import seal
from models.election.slip import Code

T = TypeVar("T")
R = TypeVar("R")


def seeds(codes: Iterable[Code], election: bytes) -> tuple[bytes, ...]:
    """Return the seed of each code, in order; takes 0.05 s a code and core."""
    return on_all_cores(lambda code: seal.slip_seed(code, election), codes)


def on_all_cores(derive: Callable[[T], R], items: Iterable[T]) -> tuple[R, ...]:
    """Return what each item gives, in order; threads suffice, since deriving leaves the interpreter free."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as cores:
        return tuple(cores.map(derive, items))
