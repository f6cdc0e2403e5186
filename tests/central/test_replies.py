"""The reply desk: a suggestion is answered in the lead's own words, once, and the next press carries it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import seal
from models.noticeboard import read_notice
from models.questionnaire import LanguageTag, Purpose
from sync.central.opened import OpenedStore
from sync.central.press import press
from sync.central.replies import ReplyError, reply, suggestions
from sync.central.repository import Repository
from sync.central.results.projection import Said
from tests.central import desks

CY = LanguageTag("cy")
WORDS = "more bread at supper please"


@pytest.fixture
def store(tmp_path: Path) -> OpenedStore:
    store = OpenedStore(tmp_path / "desk" / "opened.sqlite")
    form = seal.digest(desks.SUGGESTION)
    said = [
        Said(bytes([1]) * 16, "HMX", "2026-11-16", form, "food", WORDS, "en"),
        Said(bytes([2]) * 16, "HMX", "2026-11-09", form, "yard", "", "other"),
    ]
    store.put((), said, {})
    return store


def answer(store: OpenedStore, folder: Path, short: str = "0101", **changes: object) -> str:
    facts: dict[str, object] = {
        "said": {desks.EN: "Supper is too small."},
        "did": {desks.EN: "From Monday there is bread at every supper."},
        "today": desks.TODAY,
        "by": "Head of catering",
        "notices": folder / "notices",
    }
    return reply(store, short, **(facts | changes)).id  # type: ignore[arg-type]


def refused(store: OpenedStore, folder: Path, words: str, short: str = "0101", **changes: object) -> None:
    before = desks.tree(folder), store.said()
    with pytest.raises(ReplyError, match=words):
        answer(store, folder, short, **changes)
    assert (desks.tree(folder), store.said()) == before


def test_suggestions_are_listed_with_topic_and_words(store: OpenedStore) -> None:
    listed = suggestions(store, [desks.SUGGESTION])
    assert [(one.id, one.topic, one.text, one.purpose) for one in listed] == [
        ("02020202", "Yard", "", Purpose.SUGGESTION),
        ("01010101", "Food", WORDS, Purpose.SUGGESTION),
    ]


def test_a_reply_is_a_notice_that_the_next_press_carries(store: OpenedStore, tmp_path: Path) -> None:
    home, content = desks.a_home(tmp_path), desks.a_content(tmp_path)
    named = answer(
        store,
        content,
        said={desks.EN: "Supper is too small.", CY: "Mae swper yn rhy fach."},
        did={desks.EN: "There is bread now.", CY: "Mae bara nawr."},
        establishments=["HMX", "OTH"],
    )
    press(home, content, desks.NOW)
    notice = read_notice(Repository(home).content("HMX")[f"notices/{named}.json"])
    assert (notice.kind, notice.by, notice.day) == ("what-changed", "Head of catering", desks.TODAY)
    assert notice.said == {"en": "Supper is too small.", "cy": "Mae swper yn rhy fach."}
    assert notice.did == {"en": "There is bread now.", "cy": "Mae bara nawr."}
    assert notice.title["cy"] == "Dywedoch chi, gwnaethom ni"


def test_a_reply_never_repeats_what_was_written(store: OpenedStore, tmp_path: Path) -> None:
    named = answer(store, tmp_path)
    assert WORDS not in (tmp_path / "notices" / f"{named}.json").read_text()


def test_the_persons_own_words_are_refused(store: OpenedStore, tmp_path: Path) -> None:
    refused(store, tmp_path, "your own words", said={desks.EN: f"Somebody wrote: {WORDS.upper()}!"})


def test_an_answered_suggestion_is_listed_last_and_not_answered_again(store: OpenedStore, tmp_path: Path) -> None:
    named = answer(store, tmp_path, "0202")
    assert [one.notice for one in suggestions(store, [desks.SUGGESTION])] == [None, named]
    refused(store, tmp_path, "answered already", "0202")


@pytest.mark.parametrize(
    ("short", "changes", "words"),
    [
        ("ffff", {}, "0 suggestions"),
        ("", {}, "0 suggestions"),
        ("0", {}, "2 suggestions"),
        ("0101", {"said": {}}, "both"),
        ("0101", {"did": {}}, "both"),
        ("0101", {"said": {CY: "a"}, "did": {CY: "b"}}, "English"),
        ("0101", {"did": {"en": "a", "cy": "b"}}, "further language"),
        ("0101", {"did": {"en": "  "}}, "blank"),
    ],
)
def test_half_a_reply_is_refused(
    store: OpenedStore, tmp_path: Path, short: str, changes: dict[str, object], words: str
) -> None:
    refused(store, tmp_path, words, short, **changes)
