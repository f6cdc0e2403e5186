"""A wrong PIN is counted and slowed down, and never shuts staff out for good."""

from __future__ import annotations

import pytest

from kiosk.pin_lock import good_pin, wait_s


def test_the_first_wrong_tries_cost_nothing_and_then_each_costs_twice_the_last() -> None:
    assert [wait_s(tries) for tries in range(13)] == [0] * 5 + [60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_a_thousand_wrong_tries_still_leave_a_way_in() -> None:
    assert wait_s(1000) == 3600


@pytest.mark.parametrize(
    "digits", ["", "123456789", "1111111111", "0123456789", "9876543210", "12345a7890", "١٢٣٤٥٦٧٨٩٠"]
)
def test_a_pin_that_anybody_would_guess_is_refused(digits: str) -> None:
    assert not good_pin(digits)


def test_ten_mixed_digits_are_a_pin() -> None:
    assert good_pin("4071926385")
