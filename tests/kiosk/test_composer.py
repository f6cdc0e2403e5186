"""What each key of the kiosk's keyboard does to a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places import Draft
from kiosk.presenters.composer import LIMIT, begin, letters_left, press, read_keyboard, rows
from tests.kiosk.doors import TAGS, a_keyboard


def typed(text: str, *keys: str, tag: str = "en") -> Draft:
    draft = begin(text, a_keyboard(tag))
    for key in keys:
        draft = press(draft, a_keyboard(tag), key)
    return draft


def test_letters_are_written_one_after_the_other() -> None:
    assert typed("", "h", "i", "space", "y", "o", "u").text == "hi you"


def test_a_sentence_begins_with_one_capital() -> None:
    assert begin("", a_keyboard("en")).shifted
    assert not typed("", "H").shifted
    assert typed("Hi.", "space").shifted


def test_shift_is_for_one_letter_and_can_be_taken_back() -> None:
    assert typed("a", "shift").shifted
    assert not typed("a", "shift", "B").shifted
    assert not typed("a", "shift", "shift").shifted


def test_a_script_without_capitals_has_no_shift() -> None:
    assert not begin("", a_keyboard("ar")).shifted
    assert not typed("", "shift", tag="ar").shifted
    keys = [key.key for row in rows(begin("", a_keyboard("ar")), a_keyboard("ar"), "s", "d", "x") for key in row]
    assert "shift" not in keys


@pytest.mark.parametrize("letter", ["e\u0301", "\u0a15\u0a3f", "👨‍👩‍👧", "ŵ"])
def test_delete_takes_a_letter_as_people_see_it(letter: str) -> None:
    assert typed("a" + letter, "delete").text == "a"


def test_delete_on_nothing_leaves_nothing() -> None:
    assert typed("", "delete").text == ""


def test_no_text_begins_with_a_space_or_has_two_in_a_row() -> None:
    assert typed("", "space").text == ""
    assert typed("a", "space", "space").text == "a "


def test_a_key_that_is_not_on_the_keyboard_writes_nothing() -> None:
    assert typed("a", "ж").text == "a"
    assert typed("a", "\n").text == "a"
    assert typed("a", "").text == "a"


def test_the_accents_close_after_one_letter_and_the_numbers_after_a_space() -> None:
    assert typed("", "accents").page == "accents"
    assert typed("", "accents", "Ŵ", tag="cy") == Draft("Ŵ", "letters", shifted=False)
    assert typed("", "numbers", "1", "2").page == "numbers"
    assert typed("", "numbers", "1", "space").page == "letters"


def test_the_text_stops_at_its_limit() -> None:
    assert len(typed("a" * LIMIT, "b").text) == LIMIT
    assert typed("a" * (LIMIT - 1), "b").text.endswith("b")


def test_the_letters_left_are_told_in_the_last_forty() -> None:
    assert letters_left(Draft("a" * 199)) is None
    assert letters_left(Draft("a" * 200)) == 40
    assert letters_left(Draft("a" * 240)) == 0


def test_done_is_absent_until_something_is_written() -> None:
    def keys(draft: Draft) -> list[str]:
        return [key.key for row in rows(draft, a_keyboard("en"), "Space", "Delete", "Done") for key in row]

    assert "done" not in keys(typed(""))
    assert "done" in keys(typed("a"))


def test_capital_keys_write_capitals() -> None:
    first = rows(typed(""), a_keyboard("en"), "Space", "Delete", "Done")[0][0]
    assert (first.key, first.words) == ("Q", "Q")
    assert typed("", first.key).text == "Q"


def test_a_page_that_the_new_language_lacks_falls_back_to_letters() -> None:
    assert rows(Draft("a", page="emoji"), a_keyboard("en"), "s", "d", "x")[0][0].key == "q"


@pytest.mark.parametrize("tag", TAGS)
@given(data=st.data())
def test_whatever_is_typed_stays_in_normal_form_and_within_the_limit(tag: str, data: st.DataObject) -> None:
    keyboard = a_keyboard(tag)
    draft = begin("x" * data.draw(st.integers(0, 1)) * 230, keyboard)
    for _ in range(data.draw(st.integers(0, 30))):
        shown = [key.key for row in rows(draft, keyboard, "s", "d", "x") for key in row]
        draft = press(draft, keyboard, data.draw(st.sampled_from(shown)))
        assert unicodedata.is_normalized("NFC", draft.text)
        assert len(draft.text) <= LIMIT


@pytest.mark.parametrize(
    "broken",
    [
        {"name": "x", "direction": "up"},
        {"name": "x", "direction": "ltr", "stops": ".", "labels": {}, "pages": {"letters": ["abc"]}},
        {
            "name": "x",
            "direction": "ltr",
            "stops": ".",
            "labels": {},
            "pages": {"letters": ["a" * 11], "numbers": ["1"]},
        },
        {
            "name": "x",
            "direction": "ltr",
            "stops": ".",
            "labels": {},
            "pages": {"letters": ["a"] * 5, "numbers": ["1"]},
        },
    ],
)
def test_a_layout_that_would_not_fit_the_glass_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(RuntimeError):
        read_keyboard(broken)
