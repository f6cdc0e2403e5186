"""Findings: what residents read of results, and that no finding can tell of fewer than ten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import LanguageTag, UnreadableContentError, canonical_json, read_canonical_json
from models.findings import FEWEST, Bar, Finding, finding_value, read_finding
from models.noticeboard import Notice, notice_bytes, read_notice

EN, AR = LanguageTag("en"), LanguageTag("ar")


def a_finding(*counts: int | None, base: int = 60, missing: int | None = None, several: bool = False) -> Finding:
    """Return a finding with these counts, one an answer."""
    bars = tuple(Bar({EN: f"Answer {at}", AR: f"جواب {at}"}, count) for at, count in enumerate(counts))
    return Finding({EN: "Is the food good?"}, None, bars, base, missing, several)


def back(finding: Finding) -> Finding:
    """Return what is read of the finding's bytes."""
    return read_finding(read_canonical_json(canonical_json(finding_value(finding)), 10_000))


@pytest.mark.parametrize(
    "finding",
    [
        a_finding(40, 20, base=70, missing=10),
        a_finding(40, None, missing=None),
        a_finding(None, None),
        a_finding(50, 11, missing=12, several=True),
        a_finding(50, None, missing=None, several=True),
        replace(a_finding(40, 10, missing=10), sentence={EN: "Most people like it."}),
    ],
)
def test_a_finding_comes_back_equal(finding: Finding) -> None:
    assert back(finding) == finding


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (a_finding(), "no answer"),
        (a_finding(51, 9, base=60), "from 10"),
        (a_finding(60, 0, base=60), "from 10"),
        (a_finding(9, base=9), "from 10"),
        (a_finding(50, base=60, missing=None), "alone"),
        (a_finding(30, None, missing=10), "alone"),
        (a_finding(30, 20, missing=20), "fit its base"),
        (a_finding(30, 10, base=60, missing=10), "fit its base"),
        (a_finding(51, None, None, base=60, missing=None), "fit its base"),
        (a_finding(51, 20, missing=10, several=True), "did not choose"),
        (a_finding(20, None, missing=10, several=True), "alone"),
    ],
)
def test_a_finding_that_could_trace_somebody_or_cannot_be_true_is_refused(finding: Finding, words: str) -> None:
    with pytest.raises(UnreadableContentError, match=words):
        back(finding)


def test_no_small_row_that_is_read_tells_a_count_under_ten_not_even_by_subtraction() -> None:
    """Every row of three cells, as it is and with any of them held back, against somebody who can take away."""
    for counts in product((0, 5, 9, 10, 11, 25), repeat=3):
        base = sum(counts)
        if base < FEWEST:
            continue
        for held in product((True, False), repeat=3):
            shown = [None if hide else count for count, hide in zip(counts, held, strict=True)]
            try:
                finding = back(a_finding(shown[0], shown[1], base=base, missing=shown[2]))
            except UnreadableContentError:
                continue
            known = [count for count in finding.counts if count is not None]
            assert all(count >= FEWEST for count in known)
            hidden = len(finding.counts) - len(known)
            left = finding.base - sum(known)
            assert hidden != 1
            assert (hidden == 0 and left == 0) or left >= FEWEST  # so that each could be nought, or ten and above


@given(st.dictionaries(st.sampled_from(["question", "bars", "base", "missing", "several", "sentence", "x"]), st.none()))
def test_whatever_is_missing_is_refused_by_name(left_out: dict[str, None]) -> None:
    value = finding_value(replace(a_finding(40, 10, missing=10), sentence={EN: "So it is."}))
    held = {key: part for key, part in value.items() if key not in left_out}
    if left_out.keys() & value.keys() <= {"sentence"}:
        read_finding(held)
    else:
        with pytest.raises(UnreadableContentError):
            read_finding(held)


def a_notice(**changes: object) -> Notice:
    notice = Notice(
        id="results-food",
        kind="results",
        day=date(2026, 11, 20),
        title={EN: "The food"},
        body={EN: "Thank you for answering."},
        said=None,
        did=None,
        by="the engagement lead",
        findings=(a_finding(40, 10, missing=10),),
    )
    return replace(notice, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "notice",
    [
        a_notice(),
        a_notice(findings=()),
        a_notice(kind="story", findings=(), picture="story", role={EN: "a resident", AR: "أحد المقيمين"}),
        a_notice(kind="story", findings=(), picture=f"{'0a' * 32}.webp"),
    ],
)
def test_a_notice_with_findings_a_picture_and_a_role_comes_back_equal(notice: Notice) -> None:
    assert read_notice(notice_bytes(notice)) == notice


def test_only_results_have_findings() -> None:
    with pytest.raises(UnreadableContentError, match="only results"):
        read_notice(notice_bytes(a_notice(kind="story")))


def test_an_empty_list_of_findings_is_no_canonical_notice() -> None:
    value = read_canonical_json(notice_bytes(a_notice(findings=())), 10_000)
    assert isinstance(value, dict)
    with pytest.raises(UnreadableContentError, match="empty"):
        read_notice(canonical_json(value | {"findings": []}))


@pytest.mark.parametrize("picture", ["../etc/passwd", "A", f"{'0a' * 32}.svg", f"{'0a' * 31}.png"])
def test_a_picture_is_an_icon_or_a_file_of_the_bundle(picture: str) -> None:
    with pytest.raises(UnreadableContentError):
        read_notice(notice_bytes(a_notice(picture=picture)))
