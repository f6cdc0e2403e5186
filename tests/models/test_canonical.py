"""Canonical JSON: one value, one spelling, and one error family."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json

LIMIT = 100_000
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-(10**17), 10**17),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_comes_back_and_is_written_to_the_same_bytes(value: object) -> None:
    written = canonical_json(value)
    again = read_canonical_json(written, LIMIT)
    assert again == value
    assert canonical_json(again) == written


@given(st.binary(max_size=60) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_garbage_is_read_or_refused_by_the_one_error(unverified: bytes) -> None:
    try:
        value = read_canonical_json(unverified, LIMIT)
    except UnreadableContentError:
        return
    assert canonical_json(value) == unverified


@pytest.mark.parametrize(
    "bad",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":null}',
        b"NaN",
        b"-0",
        b"01",
        b'"\\u00e9"',
        b'"\\ud800"',
        '"e\u0301"'.encode(),
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b"\xff",
        b'"open',
        b"",
        b"1" * 30,
        b"[" * 20 + b"]" * 20,
        b"[" * 100_000,
    ],
)
def test_every_other_spelling_is_refused(bad: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        read_canonical_json(bad, LIMIT)


def test_more_bytes_than_the_limit_are_refused_before_reading() -> None:
    with pytest.raises(UnreadableContentError, match="more than 5 bytes"):
        read_canonical_json(b'"longer"', 5)


def test_a_nest_within_its_limit_is_read() -> None:
    assert read_canonical_json(b"[[[]]]", LIMIT, 3) == [[[]]]
    with pytest.raises(UnreadableContentError, match="nested"):
        read_canonical_json(b"[[[]]]", LIMIT, 2)


def test_a_bracket_inside_a_text_is_no_nesting() -> None:
    assert read_canonical_json(canonical_json(["[" * 50, 'a\\"[[']), LIMIT, 1) == ["[" * 50, 'a\\"[[']


@pytest.mark.parametrize("bad", [1.5, None, {1: "a"}, "e\u0301", 10**18, {"a": {2.0}}])
def test_what_has_no_spelling_is_our_own_mistake(bad: object) -> None:
    with pytest.raises(RuntimeError):
        canonical_json(bad)


def test_a_key_that_nobody_asked_for_is_refused() -> None:
    fields = Fields({"a": "x", "extra": 1}, "thing")
    assert fields.text("a") == "x"
    with pytest.raises(UnreadableContentError, match="extra"):
        fields.close()


def test_a_mark_is_true_or_absent() -> None:
    assert Fields({"a": True}, "thing").mark("a") is True
    assert Fields({}, "thing").mark("a") is False
    with pytest.raises(UnreadableContentError):
        Fields({"a": False}, "thing").mark("a")


@pytest.mark.parametrize("bad", ["2026-2-3", "20260203", "2026-02-30", "2026-W01-1", 5])
def test_a_day_has_one_spelling(bad: object) -> None:
    with pytest.raises(UnreadableContentError):
        Fields({"day": bad}, "thing").day("day")
