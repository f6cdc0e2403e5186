"""What each key of the kiosk's keyboard does to a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places import Draft
from kiosk.presenters.composer import LIMIT, begin, letters_left, press
from kiosk.presenters.keyboard import KeyWords, narrow, wide
from tests.kiosk.doors import LANGUAGES, a_keyboard

WORDS = KeyWords("Space", "Delete", "Clear all", "Yes, clear it all", "No, keep it")


def typed(text: str, *keys: str, tag: str = "en") -> Draft:
    draft = begin(text, a_keyboard(tag))
    for key in keys:
        draft = press(draft, a_keyboard(tag), key)
    return draft


def keys_of(draft: Draft, tag: str = "en") -> list[str]:
    return [key.key for row in wide(draft, a_keyboard(tag), WORDS) for key in row]


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
    assert "shift" not in keys_of(begin("", a_keyboard("ar")), "ar")


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


def test_capital_keys_write_capitals() -> None:
    first = wide(typed(""), a_keyboard("en"), WORDS)[0][0]
    assert (first.key, first.words) == ("Q", "Q")
    assert typed("", first.key).text == "Q"


def test_a_page_that_the_new_language_lacks_falls_back_to_letters() -> None:
    assert keys_of(Draft("a", page="emoji"))[0] == "q"
    assert narrow(Draft("a", page="emoji", part=9), a_keyboard("en"), WORDS)[0][0].key == "y"


@pytest.mark.parametrize("tag", LANGUAGES)
@given(data=st.data())
def test_whatever_is_typed_stays_in_normal_form_and_within_the_limit(tag: str, data: st.DataObject) -> None:
    keyboard = a_keyboard(tag)
    draft = begin("x" * data.draw(st.integers(0, 1)) * 230, keyboard)
    for _ in range(data.draw(st.integers(0, 30))):
        shape = data.draw(st.sampled_from((wide, narrow)))
        shown = [key.key for row in shape(draft, keyboard, WORDS) for key in row if key.key]
        draft = press(draft, keyboard, data.draw(st.sampled_from(shown)))
        assert unicodedata.is_normalized("NFC", draft.text)
        assert len(draft.text) <= LIMIT


def test_everything_is_cleared_only_after_asking_once() -> None:
    asked = typed("Hi there", "clear")
    assert (asked.text, asked.clearing) == ("Hi there", True)
    assert [key for key in keys_of(asked) if key] == ["wipe", "keep"]
    assert [key.key for row in narrow(asked, a_keyboard("en"), WORDS) for key in row if key.key] == ["wipe", "keep"]
    assert typed("Hi there", "clear", "keep") == Draft("Hi there")
    cleared = typed("Hi there", "clear", "wipe")
    assert (cleared.text, cleared.clearing, cleared.shifted) == ("", False, True)
    assert typed("Hi there", "wipe").text == "Hi there", "nobody was asked"
    assert not typed("", "clear").clearing, "there is nothing to clear"


def test_letters_may_stand_in_the_order_of_the_alphabet() -> None:
    assert keys_of(typed("", "shift"))[:4] == ["q", "w", "e", "r"]
    assert keys_of(typed("", "shift", "order"))[:4] == ["a", "b", "c", "d"]
    assert keys_of(typed("", "order", "A", "b"))[:4] == ["a", "b", "c", "d"], "and stay so while writing"
    assert keys_of(typed("", "order", "order"))[0] == "Q"
    assert typed("Hi", "order", "clear", "wipe").ordered, "it is how somebody finds letters, not what was written"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("a", "\u0301"), "á"),
        (("ô", "\u0323"), "ộ"),
        (("ơ", "\u0303"), "ỡ"),
        (("A", "\u0309"), "Ả"),
        (("a", "\u0301", "\u0300"), "à"),
        (("ê", "\u0301", "\u0323"), "ệ"),
        (("\u0301",), ""),
        (("a", "space", "\u0301"), "a "),
        (("1", "\u0301"), "1"),
    ],
)
def test_a_tone_goes_on_the_letter_before_it_and_the_later_one_counts(keys: tuple[str, ...], text: str) -> None:
    draft = Draft("")
    for key in keys:
        draft = press(draft, a_keyboard("vi"), key)
    assert draft.text == text


def test_a_vowel_sign_without_a_letter_writes_nothing() -> None:
    assert typed("", "\u0a3e", tag="pa").text == ""
    assert typed("", "ਕ", "\u0a3e", tag="pa").text == "ਕਾ"
    assert typed("", "ਕ", "\u0a3e", "delete", tag="pa").text == "", "a syllable goes at once"


def test_a_sentence_may_open_with_a_mark_of_its_own() -> None:
    assert typed("", "¿", tag="es").shifted
    assert typed("Hola.", "space", "¡", tag="es").shifted
    assert not typed("Hola", "space", "(", tag="es").shifted
    assert not typed("Hola.", tag="es").shifted


def test_narrow_glass_goes_from_part_to_part_and_round_again() -> None:
    walk = [typed("", *["further"] * count) for count in range(6)]
    assert [(draft.page, draft.part) for draft in walk] == [
        ("letters", 0),
        ("letters", 1),
        ("accents", 0),
        ("accents", 1),
        ("letters", 0),
        ("letters", 1),
    ]
    assert typed("", "further", "Y").part == 1, "writing stays where it is"
    numbers = typed("", "numbers", "further")
    assert (numbers.page, numbers.part) == ("numbers", 1)
    assert typed("", "numbers", "further", "further").part == 0
