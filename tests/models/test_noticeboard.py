"""Notices: what residents read, newest first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import LanguageTag, UnreadableContentError, canonical_json
from models.noticeboard import Notice, newest_first, notice_bytes, read_notice

EN, AR = LanguageTag("en"), LanguageTag("ar")


def a_notice() -> Notice:
    return Notice(
        id="reply-0001",
        kind="reply",
        day=date(2026, 11, 20),
        title={EN: "Hot water", AR: "الماء الساخن"},
        body={EN: "The boiler was replaced."},
        said={EN: "The showers are cold."},
        did={EN: "A new boiler came on Monday."},
        by="Head of works",
    )


def test_a_notice_comes_back_equal_and_is_written_to_the_same_bytes() -> None:
    for notice in (a_notice(), replace(a_notice(), said=None, did=None, kind="what-changed")):
        assert read_notice(notice_bytes(notice)) == notice


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("surprise", 1),
        ("format", 0),
        ("kind", "rumour"),
        ("day", "yesterday"),
        ("title", {"ar": "x"}),
        ("body", {}),
        ("body", {"en": ""}),
        ("id", "../etc"),
        ("said", {}),
        ("by", 5),
    ],
)
def test_a_notice_of_another_shape_is_refused(key: str, value: object) -> None:
    held = json.loads(notice_bytes(a_notice())) | {key: value}
    with pytest.raises(UnreadableContentError):
        read_notice(canonical_json(held))


def test_one_half_of_you_said_we_did_is_refused() -> None:
    held = json.loads(notice_bytes(a_notice()))
    del held["did"]
    with pytest.raises(UnreadableContentError, match="half"):
        read_notice(canonical_json(held))


@given(st.permutations(range(6)))
def test_every_kiosk_shows_notices_in_one_order(order: list[int]) -> None:
    every = [replace(a_notice(), id=f"n{place}", day=date(2026, 11, 20 + place // 2)) for place in range(6)]
    shown = [notice.id for notice in newest_first(every[place] for place in order)]
    assert shown == ["n4", "n5", "n2", "n3", "n0", "n1"]
