"""Consultations and places: what is open, who may write, and what is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import LanguageTag, UnreadableContentError, canonical_json
from models.consultation import (
    Consultation,
    ConsultationId,
    FreeText,
    Helper,
    PlaceFile,
    StaffedQueue,
    Wing,
    consultation_bytes,
    is_open,
    place_bytes,
    read_consultation,
    read_place,
    text_allowed,
    text_of,
    with_lists,
)

EN, CY, PL = LanguageTag("en"), LanguageTag("cy"), LanguageTag("pl")
OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)


def a_consultation() -> Consultation:
    return Consultation(
        id=ConsultationId("wing-life-2026"),
        questionnaire="ab" * 32,
        campaign="winter",
        key="cd" * 8,
        wings=(Wing("a-wing"), Wing("b-wing")),
        opens=OPENS,
        closes=CLOSES,
        level="consult",
        form="individual",
        owner="Engagement lead",
        answer_by=date(2026, 12, 31),
        limits={EN: "The budget cannot change.", CY: "Ni all y gyllideb newid."},
        free_text=FreeText("staffed-queue", {EN: "The engagement team reads this."}, 5),
        min_own=0,
        notice_version="2026-11",
    )


def a_place() -> PlaceFile:
    return PlaceFile(
        wing=Wing("a-wing"),
        kind="wing",
        names={EN: "A wing"},
        languages=(EN, CY, PL),
        ask_after_s=60,
        wait_s=30,
        helpers=(Helper({EN: "Listeners"}, {EN: "Ring the bell."}, "help"), Helper({EN: "x"}, {EN: "y"}, None)),
        queue=StaffedQueue(demonstration=True, answers="Engagement team", lists={EN: 1, CY: 3}),
    )


def test_both_come_back_equal_and_are_written_to_the_same_bytes() -> None:
    for place in (a_place(), replace(a_place(), queue=None)):
        assert read_place(place_bytes(place)) == place
    assert read_consultation(consultation_bytes(a_consultation())) == a_consultation()


def test_both_its_days_are_days_on_which_it_is_open() -> None:
    held = a_consultation()
    day = timedelta(days=1)
    assert is_open(held, OPENS, "a-wing")
    assert is_open(held, CLOSES, "b-wing")
    assert not is_open(held, OPENS - day, "a-wing")
    assert not is_open(held, CLOSES + day, "a-wing")
    assert not is_open(held, OPENS, "c-wing")


def test_a_text_box_needs_a_policy_a_queue_and_a_list_in_the_language() -> None:
    held, place = a_consultation(), a_place()
    assert text_allowed(held, place, CY)
    assert not text_allowed(held, place, PL)
    assert not text_allowed(held, replace(place, queue=None), EN)
    assert not text_allowed(replace(held, free_text=FreeText("none", {}, 0)), place, EN)


def test_a_list_that_is_not_at_hand_in_its_declared_version_closes_the_text_box_of_its_language() -> None:
    held, place = a_consultation(), a_place()
    for versions, open_in in (({EN: 1, CY: 3}, {EN, CY}), ({EN: 1, CY: 2}, {EN}), ({EN: 1}, {EN}), ({}, set())):
        fitted = with_lists(place, versions)
        assert {tag for tag in (EN, CY, PL) if text_allowed(held, fitted, tag)} == open_in
    assert with_lists(replace(place, queue=None), {EN: 1}).queue is None


def test_outside_a_demonstration_no_text_box_is_shown_yet() -> None:
    queue = StaffedQueue(demonstration=False, answers="Engagement team", lists={EN: 1})
    assert not text_allowed(a_consultation(), replace(a_place(), queue=queue), EN)


def test_a_missing_language_falls_back_to_english_and_says_so() -> None:
    limits = a_consultation().limits
    assert text_of(limits, CY) == ("Ni all y gyllideb newid.", CY)
    assert text_of(limits, PL) == ("The budget cannot change.", EN)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("surprise", 1),
        ("format", 2),
        ("id", "Wing Life"),
        ("questionnaire", "ab"),
        ("key", "xy" * 8),
        ("level", "decide"),
        ("form", "crowd"),
        ("opens", "2026-12-24"),
        ("closes", "2027-01-24"),
        ("limits", {}),
        ("limits", {"cy": "x"}),
        ("limits", {"en": " "}),
        ("limits", {"english": "x"}),
        ("free_text", {"policy": "staffed-queue", "who_reads": {}, "longest_wait_days": 1}),
        ("free_text", {"policy": "open", "who_reads": {"en": "x"}, "longest_wait_days": 1}),
        ("min_own", -1),
        ("min_own", True),
        ("wings", ["A Wing"]),
    ],
)
def test_a_consultation_of_another_shape_is_refused(key: str, value: object) -> None:
    held = json.loads(consultation_bytes(a_consultation())) | {key: value}
    with pytest.raises(UnreadableContentError):
        read_consultation(canonical_json(held))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("surprise", 1),
        ("kind", "cell"),
        ("languages", []),
        ("languages", ["en", "en"]),
        ("ask_after_s", 0),
        ("helpers", [{"name": {"en": "x"}}]),
        ("helpers", [{"name": {"en": "x"}, "how": {"en": "x"}, "picture": "../x"}]),
        ("queue", {"demonstration": 1, "answers": "x", "lists": {}}),
        ("queue", {"demonstration": True, "answers": "x", "lists": {"en": 0}}),
        ("names", {"cy": "x"}),
    ],
)
def test_a_place_of_another_shape_is_refused(key: str, value: object) -> None:
    held = json.loads(place_bytes(a_place())) | {key: value}
    with pytest.raises(UnreadableContentError):
        read_place(canonical_json(held))


@given(st.data())
def test_damaged_bytes_are_refused_by_the_one_error_or_still_canonical(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([consultation_bytes(a_consultation()), place_bytes(a_place())]))
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    with suppress(UnreadableContentError):
        assert consultation_bytes(read_consultation(damaged)) == damaged
    with suppress(UnreadableContentError):
        assert place_bytes(read_place(damaged)) == damaged
