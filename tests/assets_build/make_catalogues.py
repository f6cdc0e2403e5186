"""Keep the catalogues of the kiosk's own words: `assets/locale/<tag>/kiosk.po` follows what the code says.

1. `make words` gives every catalogue each sentence, the new ones empty, and takes out what nobody says any more. What
   stands there stays, remarks too, so that a translator only ever fills in a `msgstr`. English is its own catalogue.
2. `python -m tests.assets_build.make_catalogues check` writes nothing. It names each sentence that is missing, left
   over, empty, fuzzy or untrue to its {facts} and numbers, by language and screen: part of `make check`.
3. `... compile` writes `kiosk.mo` where it is older than its catalogue; setting up and every run of the tests does so.
4. A sentence is found where it is said: `say("screen", "Plain sentence.")` or `Phrase("screen", "Plain sentence.")`.
5. What staff alone read is said in the languages of staff, and stands in their catalogues only.
6. A language begins with its folder and an empty `kiosk.po`; it is on the kiosk when it has its `language.toml`.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

from kiosk.presenters.turn import STAFF_READ

ROOT: Final = Path(__file__).parent.parent.parent
LOCALE: Final = ROOT / "assets" / "locale"
ENGLISH: Final = "en"
STAFF: Final = ("colour_test", "fault", "measuring", "pin", "round", "service", "touch_test")
"""The screens that staff alone read."""
SAYING: Final = ("say", "Phrase")
NOTES: Final = {
    "bars": "On every screen, in the bars: one or two words.",
    "bigger": "Choosing the size of words, colours, the hand (Left, Right: agree with it) and the loudness: one or two words.",  # noqa: E501 - one remark, one line
    "comeback": "Where somebody copies a code down, or brings one.",
    "day": "A day with its month, as it stands in a sentence: by {day}.",
    "kind": "A page of pictures, by kind: one word.",
    "month": "The month alone, on a wheel.",
    "picture": "The name of a picture in a code: one or two words; no other picture of its page begins with the same sound.",  # noqa: E501 - one remark, one line
    "question": "On or under a question.",
    "read_to_me": "Asked once, after the language, and spoken.",
    **dict.fromkeys(STAFF, "Read by staff only."),
}
"""For translators: where the sentences of a screen stand, and how long they may be."""


class Sentence(NamedTuple):
    """One of the kiosk's own sentences: its screen, and its plain English."""

    screen: str
    english: str


def said_in(tag: str) -> frozenset[Sentence]:
    """Return every sentence that the kiosk says in a language."""
    return frozenset(sentence for sentence in said() if tag in STAFF_READ or sentence.screen not in STAFF)


@cache
def said() -> frozenset[Sentence]:
    """Return every sentence that the kiosk's code says."""
    return frozenset(
        Sentence(str(call.args[0].value), str(call.args[1].value))
        for path in (ROOT / "kiosk").rglob("*.py")
        for call in calls(path)
        if len(call.args) > 1 and isinstance(call.args[0], ast.Constant) and isinstance(call.args[1], ast.Constant)
    )


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield every call in a file that says something."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in SAYING:
                yield call


def facts(sentence: str) -> list[str]:
    """Return the names of the {facts} of a sentence, in the order of the alphabet."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def tags() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.name for path in LOCALE.glob("*/kiosk.po"))


@dataclass
class Words:
    """A catalogue in memory: what stands above its sentences, their words, their remarks, and which are fuzzy."""

    tag: str
    head: str = ""
    words: dict[Sentence, str] = field(default_factory=dict)
    remarks: dict[Sentence, str] = field(default_factory=dict)
    fuzzy: set[Sentence] = field(default_factory=set)

    @property
    def file(self) -> Path:
        """The catalogue's file."""
        return LOCALE / self.tag / "kiosk.po"

    def follow(self, sentences: frozenset[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
        """Take in what is new and drop what is left over; return both."""
        new, over = sorted(sentences - self.words.keys()), sorted(self.words.keys() - sentences)
        for sentence in over:
            del self.words[sentence]
        for sentence in new:
            self.words[sentence] = sentence.english if self.tag == ENGLISH else ""
        return new, over

    def write(self) -> None:
        """Write the file, by screen and sentence."""
        entries = "".join(f"\n{self._entry(sentence)}" for sentence in sorted(self.words))
        self.file.write_text(f"{self.head}\n{entries}", encoding="utf-8")

    def _entry(self, sentence: Sentence) -> str:
        remark = self.remarks.get(sentence) or NOTES.get(sentence.screen)
        return "".join(
            (
                f"# {remark}\n" if remark else "",
                "#, fuzzy\n" if sentence in self.fuzzy else "",
                f"msgctxt {normalize(sentence.screen, width=0)}\n",
                f"msgid {normalize(sentence.english, width=0)}\n",
                f"msgstr {normalize(self.words[sentence], width=0)}\n",
            )
        )

    def wrong(self, sentences: frozenset[Sentence]) -> Iterator[str]:
        """Yield a line for each sentence that is not as it must be."""
        for sentence in sorted(sentences | self.words.keys()):
            if trouble := self._trouble(sentence, sentences):
                yield f"{self.tag}, {sentence.screen}: {trouble}: {sentence.english!r}"

    def _trouble(self, sentence: Sentence, sentences: frozenset[Sentence]) -> str:
        words = self.words.get(sentence)
        if words is None or sentence not in sentences:
            return "missing, run 'make words'" if words is None else "nobody says this, run 'make words'"
        if not words.strip() or sentence in self.fuzzy:
            return "not translated yet"
        if facts(words) != facts(sentence.english):
            return "has other {facts}"
        return "" if re.findall(r"\d+", words) == re.findall(r"\d+", sentence.english) else "has other numbers"


def read(tag: str) -> Words:
    """Return the catalogue of a language; a file that is still empty gets its head."""
    catalogue = Words(tag)
    text = catalogue.file.read_text(encoding="utf-8")
    catalogue.head = text.partition("\n\n")[0] if text.strip() else _head(tag)
    with catalogue.file.open("rb") as file:
        for message in read_po(file, locale=tag):
            if message.id:
                sentence = Sentence(str(message.context), str(message.id))
                catalogue.words[sentence] = str(message.string)
                catalogue.remarks[sentence] = " ".join(message.user_comments)
                if message.fuzzy:
                    catalogue.fuzzy.add(sentence)
    return catalogue


def _head(tag: str) -> str:
    name = Locale.parse(tag).english_name
    return f"""\
# Wing Voice: the kiosk's own words, {name}.
# NOT YET CHECKED BY A NATIVE SPEAKER. {name} words need a native reader before a real place uses them.
# msgctxt is the screen. Plain words, short sentences; keep every {{placeholder}}; digits stay Western.
msgid ""
msgstr ""
"Project-Id-Version: Wing Voice 0.1.0\\n"
"Language: {tag}\\n"
"Plural-Forms: {Catalog(locale=tag).plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n\""""


def follow(tag: str) -> None:
    """Bring one catalogue up to what the code says, and tell what came and went."""
    catalogue = read(tag)
    new, over = catalogue.follow(said_in(tag))
    catalogue.write()
    empty = sum(not words for words in catalogue.words.values())
    sys.stdout.write(f"{tag}: {len(new)} new, {len(over)} gone, {empty} to translate\n")


def compiled() -> None:
    """Write what gettext reads, where it is older than its catalogue."""
    for tag in tags():
        source = LOCALE / tag / "kiosk.po"
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            with source.open("rb") as words, target.open("wb") as file:
                write_mo(file, read_po(words, locale=tag))


def main(arguments: list[str]) -> None:
    """Bring every catalogue up to date, `compile` them, or `check` what is wrong and write nothing."""
    if arguments == ["check"]:
        wrong = [line for tag in tags() for line in read(tag).wrong(said_in(tag))]
        sys.exit("\n".join(wrong) if wrong else 0)
    if arguments == ["compile"]:
        compiled()
        return
    for tag in tags():
        follow(tag)


if __name__ == "__main__":
    main(sys.argv[1:])
