"""The noticeboard's findings, stories and answers: what stands on a page, and where each touch leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places import Page, Results
from kiosk.presenters.about import about
from kiosk.presenters.doors import Noted
from kiosk.presenters.results import ResultsView, cut, tenths_of
from models.findings import Bar, Finding
from models.noticeboard import Notice, NoticeKind
from sync.told import Told
from tests.builders_kiosk import AR, CY, EN, a_notice, a_place, a_shelf
from tests.kiosk.doors import ASSETS, FakeDoors, Person


def a_finding(*counts: int | None, base: int = 60, missing: int | None = None, several: bool = False) -> Finding:
    bars = tuple(Bar({EN: f"Answer {at}", CY: f"Ateb {at}"}, count) for at, count in enumerate(counts))
    return Finding({EN: "Is the food good?"}, None, bars, base, missing, several)


def results(*findings: Finding) -> Notice:
    return Notice("food", "results", date(2026, 11, 20), {EN: "The food"}, {EN: "Thank you."}, None, None, "lead",
                  findings=findings)  # fmt: skip


def reading(*notices: Notice, tag: str = "en", key: str = "food") -> Person:
    """Return somebody who reads a notice of the board."""
    person = Person(FakeDoors(a_shelf(notices=notices, place=a_place())))
    person.touch("tile", tag)
    person.touch("tile", "board")
    person.touch("tile", key)
    return person


def rows(person: Person) -> list[tuple[str, str, int | None]]:
    view = person.sees
    assert isinstance(view, ResultsView)
    return [(row.label.text, row.value.text, row.tenths) for row in view.rows]


# One finding.


def test_a_finding_says_its_sentence_first_then_each_answer_in_words() -> None:
    person = reading(results(a_finding(36, 12, missing=12)))
    view = person.sees
    assert (view.sentence.text, view.question.text) == ("6 of 10 said: Answer 0", "Is the food good?")
    assert rows(person) == [("Answer 0", "6 of 10", 6), ("Answer 1", "2 of 10", 2)]
    assert view.base.text == "Asked: 60. No answer: 12."


def test_what_is_held_back_says_so_and_draws_no_bar() -> None:
    person = reading(results(a_finding(36, None)))
    assert rows(person)[1] == ("Answer 1", "Too few people to show", None)
    assert person.sees.base.text == "Asked: 60. No answer: too few people to show."


def test_where_all_is_held_back_the_sentence_says_that() -> None:
    assert reading(results(a_finding(None, None))).sees.sentence.text == "Too few people to show"


def test_several_answers_are_chosen_and_an_authors_sentence_comes_before_ours() -> None:
    assert reading(results(a_finding(36, 30, missing=12, several=True))).sees.sentence.text == "6 of 10 chose: Answer 0"
    own = replace(a_finding(36, 12, missing=12), sentence={EN: "Most people like it."})
    assert reading(results(own)).sees.sentence.text == "Most people like it."


def test_a_share_is_never_rounded_to_none_or_to_all() -> None:
    person = reading(results(a_finding(290, 10, base=300), a_finding(12, 288, base=300)))
    assert [value for _, value, _ in rows(person)] == ["More than 9 of 10", "Fewer than 1 of 10"]
    assert [tenths for *_, tenths in rows(person)] == [9, 1]


@given(st.integers(10, 5000), st.data())
def test_tenths_are_the_nearest_and_none_and_all_stand_alone(base: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, base))
    tenths = tenths_of(count, base)
    assert (tenths == 0, tenths == 10) == (count == 0, count == base)
    assert abs(tenths * base - 10 * count) <= base / 2 or tenths in (1, 9)


def test_words_come_in_the_language_that_was_chosen_or_in_english() -> None:
    person = reading(results(a_finding(36, 12, missing=12)), tag="cy")
    assert rows(person)[0][0] == "Ateb 0"
    person = reading(results(a_finding(36, 12, missing=12)), tag="ar")
    assert person.sees.look.direction == "rtl"
    assert person.sees.question.tag == "en"


# From page to page.


def test_next_leads_through_the_findings_and_then_to_what_the_author_says() -> None:
    person = reading(results(a_finding(36, 12, missing=12), a_finding(48, 12)))
    assert (person.sees.page, person.sees.pages) == (0, 2)
    person.touch("onward")
    assert person.sees.page == 1
    person.touch("onward")
    assert person.turn.place == Page("notice", "food")
    assert person.sees.blocks[0].body.text == "Thank you."
    person.touch("back")
    assert person.sees.page == 1
    person.touch("back")
    person.touch("back")
    assert person.screen == "board"


def test_how_we_know_says_who_is_missing_and_leads_back() -> None:
    person = reading(results(a_finding(36, 12, missing=12)))
    view = person.sees
    person.touch("how")
    words = " ".join(block.body.text for block in person.sees.blocks)
    assert "Who did not take part is missing here." in words
    assert "Fewer than ten people are never shown." in words
    assert "From: lead, 20 November 2026" in words
    person.touch("back")
    assert person.sees == view


@given(st.integers(1, 24))
def test_many_answers_stand_on_several_pages_and_none_is_lost(count: int) -> None:
    finding = a_finding(*[None] * count)
    person = reading(results(finding))
    seen: list[str] = []
    for _ in range(person.sees.pages):
        assert 0 < len(person.sees.rows) <= 6
        seen += [label for label, *_ in rows(person)]
        person.touch("onward")
    assert seen == [bar.label[EN] for bar in finding.bars]


@pytest.mark.parametrize(
    ("count", "below", "a_page", "ends"),
    [
        (2, 5, 6, (2,)),
        (5, 3, 4, (3, 5)),
        (4, 3, 4, (2, 4)),
        (8, 3, 4, (3, 5, 8)),
        (5, 0, 3, (0, 2, 5)),
        (1, 0, 2, (0, 1)),
    ],
)
def test_as_many_answers_as_fit_stand_below_the_sentence(
    count: int, below: int, a_page: int, ends: tuple[int, ...]
) -> None:
    assert cut(count, below, a_page) == ends


def test_on_a_small_screen_a_sentence_alone_has_its_question_and_how_we_know_below_it() -> None:
    person = reading(results(a_finding(10, 12, 14, 24)))
    person.turn.room = replace(person.turn.room, small=True, below=0, answers=3)
    person.turn.again()
    view = person.sees
    assert (view.rows, view.pages, view.question.text) == ((), 3, "Is the food good?")
    assert (view.how, view.how_below.text) == (None, "How we know")


def test_larger_type_turns_answers_into_pages_and_a_page_that_is_gone_is_the_last() -> None:
    person = reading(results(a_finding(10, 12, 14, 24)))
    person.turn.move(replace(person.turn.sitting, scale=150))
    assert (len(person.sees.rows), person.sees.pages) == (2, 2)
    assert (person.sees.sentence.text, person.sees.question.text) == ("4 of 10 said: Answer 3", "Is the food good?")
    person.touch("onward")
    assert (len(person.sees.rows), person.sees.sentence.text) == (2, "Is the food good?")
    assert person.sees.question is None
    assert person.sees.how is None
    person.turn.move(replace(person.turn.sitting, scale=100))
    assert (len(person.sees.rows), person.sees.page) == (4, 0)


def test_results_without_findings_are_a_page_to_read() -> None:
    assert reading(results()).turn.place == Page("notice", "food")


def test_the_language_and_help_keep_the_page() -> None:
    person = reading(results(a_finding(36, 12, missing=12), a_finding(48, 12)))
    person.touch("onward")
    for aside in (("help",), ("language",)):
        person.touch(*aside)
        person.touch("back") if aside == ("help",) else person.touch("tile", "cy")
        assert person.turn.place == Results("food", 1)


# Stories, answers, kinds.


KINDS: Sequence[tuple[NoticeKind, str, str]] = (
    ("what-changed", "What changed", "change"),
    ("notice", "News", "notice"),
    ("reply", "Answer", "reply"),
    ("results", "Results", "results"),
    ("story", "Story", "story"),
)


@pytest.mark.parametrize(("kind", "words", "picture"), KINDS)
def test_the_kind_of_a_notice_is_told_by_picture_and_word(kind: NoticeKind, words: str, picture: str) -> None:
    person = reading(replace(a_notice("n"), kind=kind), key="nothing")
    (tile,) = person.sees.tiles
    assert (tile.small.text, tile.picture) == (words, picture)


def test_a_story_is_told_by_a_role_and_its_picture_is_large() -> None:
    story = replace(
        a_notice("food"),
        kind="story",
        said=None,
        did=None,
        picture="topic-kitchen",
        role={EN: "a resident of the kitchen group", AR: "أحد المقيمين"},
    )
    view = reading(story).sees
    assert (view.picture, view.large) == (None, "topic-kitchen")
    assert view.blocks[-1].body.text == "From: a resident of the kitchen group, 1 November 2026"
    assert "أحد المقيمين" in reading(story, tag="ar").sees.blocks[-1].body.text


def test_a_notice_with_a_picture_shows_it_beside_its_title() -> None:
    view = reading(replace(a_notice("food"), picture="topic-food")).sees
    assert (view.picture, view.large) == ("topic-food", None)


# About this screen.


def test_about_names_program_licences_and_the_delivery_and_is_reached_from_help() -> None:
    facts = replace(
        FakeDoors().facts, bundle=214, program=(0, 1, 0), last_round=(Noted(date(2026, 11, 20), Told("x")),)
    )
    person = Person(FakeDoors(a_shelf(place=a_place()), facts=facts))
    person.touch("tile", "en")
    person.touch("help")
    helping = person.sees
    person.touch("about")
    words = " ".join(block.body.text for block in person.sees.blocks)
    for _ in range(person.sees.pages - 1):
        words += " ".join(block.body.text for block in person.touch("more").blocks)
    for part in ("0.1.0", "OpenMoji", "CC BY-SA 4.0", "Phosphor", "SIL", "delivery number 214", "20 November 2026"):
        assert part in words
    assert person.sees.bars.help is None
    person.touch("back")
    assert person.sees == helping


def test_every_set_of_pictures_and_letters_that_asks_for_it_is_named_there() -> None:
    """What assets/LICENSES.md lists as somebody else's stands on the page, with its licence."""
    person = Person(FakeDoors(a_shelf()))
    person.touch("tile", "en")
    words = " ".join(said.text for said in about(person.turn))
    listed = (ASSETS / "LICENSES.md").read_text(encoding="utf-8")
    for name, licence in (("OpenMoji", "CC BY-SA 4.0"), ("Phosphor", "MIT"), ("Noto", "SIL"), ("Atkinson", "SIL")):
        assert name in listed
        assert name in words
        assert licence in words


def test_a_delivery_number_is_spoken_digit_by_digit() -> None:
    person = Person(FakeDoors(a_shelf(), facts=replace(FakeDoors().facts, bundle=214)))
    person.touch("tile", "en")
    said = next(one for one in about(person.turn) if "214" in one.text)
    assert said.clips
