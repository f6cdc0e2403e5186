"""What can be wrong with words: missing in a language, holding HTML, naming a question that is not there.

Rule 1: completeness is judged on the cells, never on what pyxform made of them.
Rule 2: words that exist in one language exist in every language, or in one its fallback chain reaches.
Rule 3: the chain ends in the default language, so the default language has every word.
Source: questionnaires.md sections 4 and 10.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sync.central.authoring import vocabulary
from sync.central.authoring.check_expressions import REFERENCE, Reading, UnresolvedError
from sync.central.authoring.check_settings import chain
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.workbook import Row

HTML: Final = re.compile(r"<\s*/?\s*[A-Za-z!][^<>]*>|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});")
SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
WORDS_IN_A_SENTENCE: Final = 14


def check_words(form: Form, found: Found) -> None:
    """Add what is wrong with the words of every sheet."""
    checking = _Checking(form, found, form.fallback(), Reading.of(form))
    for item in form.items:
        useful = vocabulary.COLUMNS_OF.get(item.kind, frozenset())
        for column in vocabulary.WORDED["survey"]:
            if column in useful:
                checking.cell("survey", item.row, column, needed=column == "label" and _must_be_named(item))
    for rows in form.lists.values():
        for row in rows:
            checking.choice(row)
    for row in form.scales:
        checking.cell("scales", row, "title", needed=True)
    checking.title()


def _must_be_named(item: Item) -> bool:
    """A block needs no words; a repeat that people extend asks for one more of something."""
    if item.kind == "begin_group":
        return item.parent < 0
    return item.kind != "begin_repeat" or not item.row["repeat_count"]


@dataclass(frozen=True, slots=True)
class _Checking:
    """One form whose words are looked at, cell by cell."""

    form: Form
    found: Found
    fallback: dict[str, str]
    reading: Reading

    def title(self) -> None:
        """The one `form_title` counts as the default language's; shown_title has one a language."""
        row, shown = self.form.settings, self.form.words("settings", self.form.settings, "shown_title")
        if shown and row["form_title"]:
            shown = {self.form.default: row["form_title"]} | shown
        if shown:
            self.complete("settings", row, "shown_title", shown)
            self.plain("settings", row, "shown_title")
        elif row["form_title"]:
            self.complete("settings", row, "shown_title", {self.form.default: row["form_title"]})

    def cell(self, sheet: str, row: Row, column: str, *, needed: bool) -> None:
        words = self.form.words(sheet, row, column)
        if words or needed:
            self.complete(sheet, row, column, words)
        self.plain(sheet, row, column)

    def choice(self, row: Row) -> None:
        """A choice has words or a picture: in each language, or where its fallback leads."""
        words, pictures = self.form.words("choices", row, "label"), self.form.files("choices", row, "image")
        if "" not in pictures:  # one for every language
            self.complete("choices", row, "label", pictures | words)
        self.plain("choices", row, "label")

    def complete(self, sheet: str, row: Row, column: str, words: Mapping[str, str]) -> None:
        """Refuse a language that has no words here and none where its fallback leads."""
        for tongue in self.form.tongues:
            reached = chain(tongue.tag, self.fallback)
            if any(tag in words for tag in reached):
                continue
            key = (sheet, column, tongue.tag)
            header = self.form.headers.get(key, f"{column}::{tongue.name} ({tongue.tag})")
            reading = "" if len(reached) == 1 else "fallback"
            self.found.refuse(sheet, row.number, header, "no-words", reading, language=tongue.name)

    def plain(self, sheet: str, row: Row, column: str) -> None:
        """Refuse HTML and names of nothing; remark on long sentences."""
        for tag, text in self.form.words(sheet, row, column).items():
            header = self.form.headers[sheet, column, tag]
            if match := HTML.search(text):
                self.found.refuse(sheet, row.number, header, "html", "", text=match.group()[:40])
            if sheet == "survey":
                self.references(row, header, text)
            elif "${" in text:
                self.found.refuse(sheet, row.number, header, "unknown-name", "no-names", text=text[:60])
            if tag.split("-")[0] == "en":
                self.sentences(sheet, row, header, text)

    def sentences(self, sheet: str, row: Row, header: str, text: str) -> None:
        for sentence in SENTENCE.split(text):
            count = len(sentence.split())
            if count > WORDS_IN_A_SENTENCE:
                facts = {"count": count, "limit": WORDS_IN_A_SENTENCE, "start": " ".join(sentence.split()[:5])}
                self.found.remark(sheet, row.number, header, "hard-to-read", "sentence", **facts)

    def references(self, row: Row, header: str, text: str) -> None:
        for match in REFERENCE.finditer(text):
            try:
                self.reading.named(match.group(1).strip())
            except UnresolvedError as error:
                self.found.refuse("survey", row.number, header, error.code, error.reading, **error.facts)
        if "${" in REFERENCE.sub("", text):
            facts = {"at": text.rindex("${") + 1, "detail": 'A "}" is missing after "${".', "text": text[:120]}
            self.found.refuse("survey", row.number, header, "syntax", "expression", **facts)
