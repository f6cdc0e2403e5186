"""Results for residents: a notice says what the release shows, in each language, and nothing that it holds back."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import seal
from models.canonical import LanguageTag, canonical_json
from models.errors import ResultsError
from models.findings import FEWEST, Finding
from models.noticeboard import Notice, notice_bytes, read_notice
from models.questionnaire import ModuleName, Questionnaire, read_questionnaire
from models.questionnaire import Path as Question
from sync.central.results.disclosure import LEAST
from sync.central.results.noticed import A_NOTICE, BODY, Published, files_of, lay_ready, noticed
from sync.central.results.projection import Turn
from sync.central.results.release import Release, make_release
from tests.central import desks
from tests.kiosk.test_wording import AVOIDED

EN, CY = LanguageTag("en"), LanguageTag("cy")
BY = "Engagement lead"


def in_two_languages(**changes: Any) -> bytes:  # noqa: ANN401 - any part of a questionnaire's JSON
    """Return the survey with Welsh words for all but one of its choices."""
    form = desks.a_questionnaire(**changes)
    welsh = {"tag": "cy", "name": "Cymraeg", "direction": "ltr", "checked": True, "fallback": "en", "sound": "none"}
    words = {key: [f"cy {part}" for part in parts] for key, parts in form["words"]["en"].items() if key != "c:no"}
    languages = [*form["languages"], welsh]
    return canonical_json(form | {"languages": languages, "words": form["words"] | {"cy": words}})


FORM = in_two_languages()


def turns(form: bytes, *sheets: tuple[int, dict[str, str]], establishment: str = desks.CODE) -> list[Turn]:
    """Return so many times each of these sheets."""
    digest, module = seal.digest(form), ModuleName("m1")
    return [
        Turn(establishment, None, None, digest, module, "en", {Question(f"m1/{k}"): v for k, v in sheet.items()})
        for times, sheet in sheets
        for _ in range(times)
    ]


def known(*forms: bytes) -> dict[str, Questionnaire]:
    return {seal.digest(form).hex(): read_questionnaire(form) for form in forms}


def released(*sheets: tuple[int, dict[str, str]], form: bytes = FORM) -> Release:
    return make_release(turns(form, *sheets), [form], desks.TODAY)


def told(release: Release, form: bytes = FORM, questions: Sequence[str] = ()) -> Published:
    (published,) = noticed(release, known(form), BY, questions)
    return published


MANY = (
    (30, {"talk": "yes", "where": "gym", "calm": "4"}),
    (14, {"talk": "no", "calm": "2"}),
    (11, {"talk": "", "calm": ""}),
)


def test_a_notice_tells_each_question_as_the_release_shows_it() -> None:
    notice = told(released(*MANY)).notice
    assert (notice.kind, notice.day, notice.by) == ("results", desks.TODAY, BY)
    talk = notice.findings[0]
    assert talk.question == {EN: "Do you talk with staff?", CY: "cy Do you talk with staff?"}
    assert [bar.label for bar in talk.bars] == [{EN: "Yes", CY: "cy Yes"}, {EN: "No"}]
    assert ([bar.count for bar in talk.bars], talk.missing, talk.base) == ([30, 14], 11, 55)
    assert not talk.several


def test_words_come_in_the_questionnaires_languages_and_no_other() -> None:
    notice = told(released(*MANY)).notice
    assert set(notice.title) == set(notice.body) == {EN, CY}
    assert notice.body[CY] == BODY[CY]


def test_what_is_held_back_is_absent_and_never_nought() -> None:
    release = released((30, {"talk": "yes"}), (3, {"talk": "no"}), (12, {"talk": "pns"}))
    (talk,) = told(release).notice.findings
    assert [bar.count for bar in talk.bars] == [30, None]
    assert talk.missing is None
    assert json.loads(notice_bytes(told(release).notice))["findings"][0]["bars"][1] == {"label": {"en": "No"}}


def test_a_group_under_ten_gets_no_notice_at_all() -> None:
    assert noticed(released((9, {"talk": "yes"})), known(FORM), BY) == ()
    assert noticed(released(), known(FORM), BY) == ()


def test_a_question_that_may_not_be_shown_is_left_out_with_its_reason() -> None:
    release = released((5, {"talk": "yes", "where": "gym"}), (30, {"talk": "no"}), (6, {"talk": "pns"}))
    published = told(release)
    assert [next(iter(finding.question.values())) for finding in published.notice.findings] == [
        "Do you talk with staff?"
    ]
    assert any(reason.startswith("m1/where: held back") for reason in published.left_out)


def test_numbers_that_people_typed_are_left_out() -> None:
    nodes = [*desks.a_questionnaire()["nodes"][:2], {"kind": "integer", "name": "age", "parent": 1, "row": 3}]
    nodes[-1]["words"] = "t:calm"
    modules = [{"name": "m1", "title": "t:m1", "first": 1, "last": 2, "seconds": 60}]
    form = in_two_languages(nodes=nodes, modules=modules)
    release = released(*((1, {"age": str(at)}) for at in range(40)), form=form)
    assert any(table.asked for table in release.tables)
    assert noticed(release, known(form), BY) == ()


def test_sign_ups_are_no_results() -> None:
    form = in_two_languages(purpose="sign-up")
    assert noticed(released(*MANY, form=form), known(form), BY) == ()


def test_the_questions_asked_for_are_told_and_a_strange_one_is_refused() -> None:
    release = released(*MANY)
    published = told(release, questions=["m1/calm"])
    assert [finding.question[EN] for finding in published.notice.findings] == ["How calm is the wing?"]
    assert [bar.label for bar in published.notice.findings[0].bars] == [{EN: str(at)} for at in range(1, 6)]
    with pytest.raises(ResultsError, match="m1/mood"):
        noticed(release, known(FORM), BY, ["m1/mood"])


def test_only_the_first_few_are_told_unless_some_are_asked_for() -> None:
    form = desks.a_questionnaire()
    asked = [
        {"kind": "select_one", "name": f"q{at}", "parent": 1, "row": 3 + at, "words": "t:talk", "list": "yesno"}
        for at in range(A_NOTICE + 2)
    ]
    modules = [{"name": "m1", "title": "t:m1", "first": 1, "last": len(asked) + 1, "seconds": 60}]
    data = in_two_languages(nodes=[*form["nodes"][:2], *asked], modules=modules)
    sheet = {f"q{at}": "yes" for at in range(A_NOTICE + 2)}
    release = released((20, sheet), (15, dict.fromkeys(sheet, "no")), (10, dict.fromkeys(sheet, "")), form=data)
    published = told(release, data)
    assert len(published.notice.findings) == A_NOTICE
    assert len(published.left_out) == 2
    every = told(release, data, [f"m1/q{at}" for at in range(A_NOTICE + 2)])
    assert len(every.notice.findings) == A_NOTICE + 2


def test_each_establishment_gets_its_own() -> None:
    both = turns(FORM, *MANY) + turns(FORM, (25, {"talk": "no"}), establishment="HMY")
    published = noticed(make_release(both, [FORM], desks.TODAY), known(FORM), BY)
    assert [(one.establishment, one.notice.findings[0].base) for one in published] == [(desks.CODE, 55), ("HMY", 25)]


# Nothing hidden leaks, not by subtraction either.


def test_the_fewest_that_a_notice_may_tell_are_the_fewest_that_a_release_shows() -> None:
    assert FEWEST == LEAST


SHEETS = st.lists(
    st.tuples(
        st.integers(0, 25),
        st.fixed_dictionaries(
            {
                "talk": st.sampled_from(["yes", "no", "pns", ""]),
                "where": st.sampled_from(["gym", "yard", "gym yard", ""]),
                "calm": st.sampled_from(["1", "3", "5", ""]),
            }
        ),
    ),
    max_size=8,
)


@given(SHEETS)
def test_a_notice_holds_no_count_but_those_of_the_release_and_is_read_by_every_kiosk(
    sheets: list[tuple[int, dict[str, str]]],
) -> None:
    release = released(*sheets)
    for published in noticed(release, known(FORM), BY):
        assert read_notice(notice_bytes(published.notice)) == published.notice  # which refuses what could trace anybody
        shown = {table.words: table for table in release.tables if table.asked is not None}
        for finding in published.notice.findings:
            table = shown[finding.question[EN]]
            assert finding.base == table.asked
            assert list(finding.counts) == [cell.count for cell in table.cells]


@given(SHEETS)
def test_no_count_under_ten_can_be_had_from_a_notice_by_taking_away(sheets: list[tuple[int, dict[str, str]]]) -> None:
    for published in noticed(released(*sheets), known(FORM), BY):
        for finding in published.notice.findings:
            assert all(count is None or count >= LEAST for count in finding.counts)
            for low, high in _possible(finding):
                assert (low, high >= LEAST) == (0, True)


def _possible(finding: Finding) -> list[tuple[int, int]]:
    """Return the least and most that each hidden count may be, for somebody who has the notice alone."""
    hidden = [at for at, count in enumerate(finding.counts) if count is None]
    if finding.several:
        return [(0, finding.base) for _ in hidden]
    left = finding.base - sum(count for count in finding.counts if count is not None)
    return [(0 if len(hidden) > 1 else left, left) for _ in hidden]


def test_a_release_altered_by_hand_to_show_what_was_hidden_is_not_laid_ready(tmp_path: Path) -> None:
    release = released((30, {"talk": "yes"}), (3, {"talk": "no"}), (12, {"talk": "pns"}))
    (table,) = [one for one in release.tables if one.asked]
    for counts in itertools.product((None, 3, 30), repeat=3):
        cells = tuple(replace(cell, count=count) for cell, count in zip(table.cells, counts, strict=True))
        altered = replace(release, tables=(replace(table, cells=cells),))
        if 3 in counts or counts.count(None) == 1:
            with pytest.raises(Exception, match=r"from 10|alone|fit its base"):
                files_of(tmp_path, noticed(altered, known(FORM), BY))
    assert list(tmp_path.iterdir()) == []


# Files.


def test_a_notice_is_laid_ready_once_and_never_written_over(tmp_path: Path) -> None:
    content = desks.a_content(tmp_path)
    published = noticed(released(*MANY), known(FORM), BY)
    files = files_of(content, published)
    lay_ready(files)
    (path,) = files
    assert path.parent == content / desks.CODE / "notices"
    assert read_notice(path.read_bytes()) == published[0].notice
    before = desks.tree(content)
    lay_ready(files_of(content, published))
    assert desks.tree(content) == before
    other = noticed(released((40, {"talk": "yes"}), *MANY), known(FORM), BY)
    with pytest.raises(ResultsError, match="same day"):
        files_of(content, other)
    assert desks.tree(content) == before


def test_where_content_is_not_divided_it_lies_with_the_other_notices(tmp_path: Path) -> None:
    (path,) = files_of(tmp_path, noticed(released(*MANY), known(FORM), BY))
    assert path.parent == tmp_path / "notices"


def test_the_id_is_one_that_a_notice_may_have() -> None:
    form = in_two_languages(id="x" * 64)
    notice: Notice = told(released(*MANY, form=form), form).notice
    assert notice.id.startswith("results-xxx")
    assert read_notice(notice_bytes(notice)) == notice


def test_what_is_said_to_residents_is_plain() -> None:
    assert not AVOIDED.search(BODY[EN])
    assert json.dumps(sorted(BODY)) == json.dumps(sorted(set(BODY)))
