"""Seeds are derived on every core, and come back in the order asked."""

from __future__ import annotations

import os
import threading

from models import seal
from sync.central.elections.derived import on_all_cores, seeds
from tests.models.elections import E, a_code


def test_seeds_on_all_cores_are_those_derived_one_after_another() -> None:
    codes = [a_code(number) for number in (5, 3, 9, 3)]
    assert seeds(codes, E) == tuple(seal.slip_seed(code, E) for code in codes)
    assert seeds([], E) == ()


def test_what_is_derived_first_comes_first_however_long_it_takes() -> None:
    later, done = threading.Event(), list[int]()

    def derive(number: int) -> int:
        if number == 1 and (os.cpu_count() or 1) > 1:
            assert later.wait(timeout=20)
        later.set()
        done.append(number)
        return number * 10

    assert on_all_cores(derive, [1, 2, 3]) == (10, 20, 30)
    assert sorted(done) == [1, 2, 3]
    assert done[0] != 1 or (os.cpu_count() or 1) == 1
