"""Number pads: one order of keys everywhere."""

from __future__ import annotations

import pytest

from kiosk.presenters.pads import DIGITS, FREE, as_on_a_telephone
from kiosk.presenters.shown import Key


def keys(rows: tuple[tuple[Key, ...], ...]) -> list[list[str]]:
    return [[key.key for key in row] for row in rows]


@pytest.mark.parametrize("before", [FREE, Key(".", "."), Key("further", "A-K")])
def test_the_last_sign_stands_below_the_middle_between_one_more_key_and_delete(before: Key) -> None:
    rows = as_on_a_telephone(DIGITS, "Delete", before)
    assert keys(rows) == [list("123"), list("456"), list("789"), [before.key, "0", "delete"]]


def test_signs_that_are_few_stand_where_they_would_stand_among_ten() -> None:
    assert keys(as_on_a_telephone("YZ", "Delete")) == [["Y", "Z", ""], [""] * 3, [""] * 3, ["", "", "delete"]]
