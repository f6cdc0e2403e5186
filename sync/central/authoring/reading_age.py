"""How old a reader of English words must be, and which items ask for more than the workbook means to.

Rule 1: syllables and sentences are textstat's, the grade is Flesch and Kincaid's; a grade is the age less five.
Rule 2: an item is what stands on a screen together: a question with its hint, or one choice.
Rule 3: the formula was made for passages. A text of under 20 words is judged as if plain words filled it up to 20, so
        that one long word in a label of two does not read as a thesis; a short text of long words still stands out.
Rule 4: above the age that the workbook names: a remark. Three years above: refused.
Source: questionnaires.md section 4, gate `reading age`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found
from sync.central.authoring.workbook import Row

LEAST_WORDS: Final = 20
PLAIN_SYLLABLES: Final = 1.3  # a word, in what nine-year-olds read
AGE_OF_GRADE: Final = 5  # years
REFUSED_ABOVE_YEARS: Final = 3
WORD: Final = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
SHOWN_ANSWER: Final = re.compile(r"\$\{[^{}]*\}")
ENDED: Final = (".", "!", "?", ":", ";")


def reading_age(text: str) -> float:
    """Return the age in years at which English words can be read; 0 where there are no words.

    Units: years, from Flesch and Kincaid's grade: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    words = WORD.findall(text)
    if not words:
        return 0.0
    count = max(len(words), LEAST_WORDS)
    syllables = sum(syllables_of(word.lower().replace("\u2019", "'")) for word in words)
    syllables_a_word = (syllables + (count - len(words)) * PLAIN_SYLLABLES) / count
    words_a_sentence = len(words) / max(1, int(_textstat().sentence_count(text)))
    return 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59 + AGE_OF_GRADE


@cache
def syllables_of(word: str) -> int:
    """Return how many syllables an English word has.

    textstat 0.7.7 means to hyphenate a word that its dictionary lacks, but stops at a KeyError with newer
    dictionaries, so that step is taken here.
    """
    try:
        return max(1, int(_textstat().syllable_count(word)))
    except KeyError:
        return len(_hyphens().positions(word)) + 1


@cache
def _textstat() -> Any:  # noqa: ANN401 - it has no types
    import textstat  # type: ignore[import-untyped]  # loads a dictionary of pronunciations, so not before it is needed

    return textstat


@cache
def _hyphens() -> Any:  # noqa: ANN401 - as above
    from pyphen import Pyphen  # type: ignore[import-untyped]

    return Pyphen(lang="en_GB")


def check_reading_age(form: Form, found: Found) -> None:
    """Add every English item that asks for an older reader than the workbook means to."""
    written = form.settings["reading_age"]
    limit = int(written) if written.isdecimal() else vocabulary.READING_AGE
    for sheet, row, header, text in _items(form):
        age = int(reading_age(text))
        if age <= limit:
            continue
        facts = {"age": age, "limit": limit, "start": " ".join(text.split()[:6])}
        if age >= limit + REFUSED_ABOVE_YEARS:
            found.refuse(sheet, row.number, header, "hard-to-read", "", **facts)
        else:
            found.remark(sheet, row.number, header, "hard-to-read", "age", **facts)


def _items(form: Form) -> Iterator[tuple[str, Row, str, str]]:
    """Every item in English: sheet, row, the header of its words, and the text."""
    english = [tongue.tag for tongue in form.tongues if tongue.tag.split("-")[0] == "en"]
    for tag in english:
        for item in form.items:
            useful = vocabulary.COLUMNS_OF.get(item.kind, frozenset())
            for columns in (("label", "hint"), ("guidance_hint",), ("constraint_message",), ("required_message",)):
                words = [form.cell("survey", item.row, column, tag) for column in columns if column in useful]
                if any(words):
                    first = next(column for column in columns if form.cell("survey", item.row, column, tag))
                    yield "survey", item.row, form.headers["survey", first, tag], _joined(words)
        for rows in form.lists.values():
            for row in rows:
                if text := form.cell("choices", row, "label", tag):
                    yield "choices", row, form.headers["choices", "label", tag], _joined([text])


def _joined(texts: list[str]) -> str:
    """Return the texts as sentences, without marks; an answer that is shown counts as a short word."""
    plain = [re.sub(r"[*_]+", "", SHOWN_ANSWER.sub("it", text)).strip() for text in texts if text]
    return " ".join(text if text.endswith(ENDED) else f"{text}." for text in plain if text)
