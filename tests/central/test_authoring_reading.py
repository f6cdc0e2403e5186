"""Reading age: which English words ask for more than a nine-year-old reads, and which short ones must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.central.authoring.reading_age import LEAST_WORDS, reading_age, syllables_of

PLAIN = [
    "Yes",
    "Prefer not to say",
    "Accommodation",
    "Living conditions",
    "Dissatisfied",
    "Saturday or Sunday",
    "Staff here treat me with respect.",
    "How many times did you talk with your key worker in the last month?",
    "I feel safe on my wing in the daytime.",
]
HARD = [
    "I am given sufficient opportunities to participate in meaningful decision-making processes.",
    "The establishment's administration communicates constructively regarding disciplinary adjudications.",
    "Describe institutional dissatisfaction regarding categorisation.",
    "Notwithstanding the aforementioned considerations, individuals may nevertheless experience difficulties.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_and_short_words_are_for_everybody(text: str) -> None:
    assert 4 < reading_age(text) < 10


@pytest.mark.parametrize("text", HARD)
def test_long_words_stand_out_even_in_a_short_text(text: str) -> None:
    assert reading_age(text) >= 12


def test_from_twenty_words_on_it_is_flesch_and_kincaid_s_grade_and_five_years() -> None:
    text = "The cat sat on the mat and the dog sat on the rug. " * 2
    assert len(text.split()) == 26 >= LEAST_WORDS
    assert reading_age(text) == pytest.approx(0.39 * 13 + 11.8 * 1 - 15.59 + 5)


def test_a_word_that_no_dictionary_has_is_hyphenated() -> None:
    assert syllables_of("adjudications") == 5
    assert syllables_of("zzyzx") >= 1


def test_no_english_words_need_no_age() -> None:
    assert reading_age("") == reading_age("123 …") == reading_age("日本") == 0


@given(st.text(max_size=200))
def test_any_text_has_an_age(text: str) -> None:
    assert 0 <= reading_age(text) < 10_000


@given(st.lists(st.sampled_from(["tea", "is", "hot", "we", "drink", "it"]), min_size=1, max_size=8))
def test_a_long_word_never_makes_a_text_easier(words: list[str]) -> None:
    text = " ".join(words)
    assert reading_age(f"{text} categorisation") > reading_age(f"{text} cup")
