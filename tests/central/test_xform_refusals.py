"""What is wrong with an XForm is told by its path, all of it in one run, and never by any other exception."""

from __future__ import annotations

import re
import time

import pytest

from models.questionnaire import Purpose
from sync.central.authoring.author_xform import XFORM_LIMIT_BYTES, author_xform
from sync.central.authoring.refusal import SHOWN_AT_MOST, Refusal, WorkbookRefusedError
from tests.central.xform_mistakes import CASES
from tests.central.xforms import a_form, asked, bind, repeated, sheet_of

SOON_S = 5.0


def refused(xform: str | bytes, *, profile: bool = True) -> tuple[Refusal, ...]:
    unverified = xform if isinstance(xform, bytes) else xform.encode()
    with pytest.raises(WorkbookRefusedError) as caught:
        author_xform(unverified, Purpose.SURVEY, profile=profile)
    return caught.value.refusals


def read(refusal: Refusal) -> str:
    return f"{refusal.code}/{refusal.reading}" if refusal.reading else refusal.code


@pytest.mark.parametrize(
    ("code", "xform", "column"),
    [(code, xform, column) for code, cases in CASES.items() for xform, column in cases],
)
def test_a_mistake_is_refused_with_its_code_and_its_path(code: str, xform: str, column: str) -> None:
    refusals = refused(xform)
    assert ("xform", 0, column, code) in [(one.sheet, one.row, one.column, read(one)) for one in refusals]
    assert {one.sheet for one in refusals} == {"xform"}
    for refusal in refusals:
        assert re.search(r"\w.*[.?!:]", refusal.sentence)
        assert not re.search(r"(?<!\$)\{[a-z]+\}", refusal.sentence)


def test_all_problems_come_in_one_run() -> None:
    model = bind("a", type="geopoint") + bind("b", calculate="sparkle()") + bind("c", relevant="/data/x")
    body = asked("a") + asked("b") + asked("c", kind="select1") + asked("d")
    codes = [one.code for one in refused(a_form("<a/><b/><c/>", model, body))]
    assert sorted(codes) == ["not-here", "unknown-function", "unknown-list", "unknown-name", "unknown-name"]


def test_what_other_engines_know_is_passed_over_where_nobody_is_held_to_the_profile() -> None:
    model = '<odd/><submission action="https://a.example"/>' + bind("a", calculate="count(//q)") + bind("x", type="int")
    body = '<secret ref="/data/q"/><input ref="/data/q" appearance="sparkling"/>'
    sheet = sheet_of(a_form("<q/><a/>", model, body), profile=False)
    assert [stop.path for stop in sheet.stops(sheet.questionnaire.modules[0].name)] == ["q"]


def test_a_pattern_without_ends_is_remarked_on() -> None:
    xform = a_form("<q/>", bind("q", constraint="regex(., '[0-9]+')"), asked("q"))
    (notice,) = author_xform(xform.encode(), Purpose.SURVEY).notices
    assert (notice.code, notice.column) == ("bad-pattern", "/data/q constraint")


def test_white_space_before_the_xml_does_no_harm() -> None:
    xform = f'\ufeff\n<?xml version="1.0" encoding="utf-8"?>{a_form("<q/>", "", asked("q"))}'
    assert author_xform(xform.encode(), Purpose.SURVEY).questionnaire.id == "tea-time"


def test_what_could_not_be_right_is_refused_without_the_profile_too() -> None:
    assert [one.code for one in refused(a_form("<q/>", bind("q", type="geopoint"), asked("q")), profile=False)] == [
        "not-here"
    ]
    assert [one.code for one in refused(a_form("<q/>", "", asked("q", kind="select1")), profile=False)] == [
        "unknown-list"
    ]


def test_bytes_too_many_or_not_utf_8_are_refused_before_they_are_read() -> None:
    assert [one.code for one in refused(b" " * (XFORM_LIMIT_BYTES + 1))] == ["too-costly"]
    assert [one.code for one in refused("<a/>".encode("utf-16"))] == ["bad-file"]


def test_a_document_type_is_refused() -> None:
    xform = a_form("<q>&a;</q>", "", asked("q"))
    assert [read(one) for one in refused(f'<!DOCTYPE h [<!ENTITY a "b">]>{xform}')] == ["bad-file/xform"]


def test_a_flood_of_mistakes_is_cut_off() -> None:
    binds = "".join(bind(f"x{number}", type="int") for number in range(20_000))
    started = time.process_time()
    refusals = refused(a_form("".join(f"<q{number}/>" for number in range(900)), binds, asked("q1")))
    assert len(refusals) == SHOWN_AT_MOST
    assert time.process_time() - started < SOON_S


def test_paths_that_wander_are_cut_off() -> None:
    wandering = "count(" + "/".join(["../*/preceding-sibling::*"] * 100) + ")"
    model = "".join(bind(f"q{number}", relevant=wandering) for number in range(900))
    instance = "".join(f"<q{number}/>" for number in range(900))
    started = time.process_time()
    refusals = refused(a_form(instance, model, asked("q1")), profile=False)
    assert {one.code for one in refusals} <= {"too-costly", "unknown-name", "cycle"}
    assert time.process_time() - started < SOON_S


def test_a_form_that_is_deep_and_wide_is_read_soon() -> None:
    inside = "".join(f"<q{number}/>" for number in range(20))
    instance = "".join(f"<g{number}>{inside}</g{number}>" for number in range(45))
    controls = "".join(asked(f"g{group}/q{number}") for group in range(45) for number in range(20))
    started = time.process_time()
    sheet = sheet_of(a_form(instance, "", controls), profile=False)
    assert len(sheet.questionnaire.nodes) == 1 + 45 * 21
    assert time.process_time() - started < SOON_S


def test_a_cycle_names_every_question_that_takes_part() -> None:
    model = bind("a", calculate="/data/b") + bind("b", calculate="/data/c") + bind("c", calculate="/data/a + 1")
    (refusal,) = refused(a_form("<q/><a/><b/><c/>", model, asked("q")))
    assert refusal.sentence == "a depends on b, which depends on c, which depends on a."


def test_a_ring_through_a_repeat_s_count_is_refused() -> None:
    body = repeated("house", asked("house/q"), jr__count="/data/n")
    xform = a_form("<n/><house><q/></house>", bind("n", calculate="count(/data/house)"), body)
    assert [one.code for one in refused(xform)] == ["cycle"]
