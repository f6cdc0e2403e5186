"""The words of an XForm without a workbook: its languages, and what stands behind each key in each of them.

Rule 1: each place where words are used has a key of its own, so that a path among the words means its own node.
Rule 2: a language is named as the form names it; one without a code gets a private one: qaa, qab and so on.
Rule 3: the default language has every word: what it lacks it borrows, or, where authors are held to the profile, is
        refused.
Source: questionnaires.md sections 5 and 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Final

from models.canonical import TAG_PATTERN
from models.errors import ExpressionError
from models.expressions.syntax import Call, Expr, TextLiteral
from models.questionnaire import Language, LanguageTag, Words, WordsKey
from sync.central.authoring import vocabulary
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.wording import direction
from sync.central.authoring.xform_parts import Output, Saying, Translation, XForm, expression, plain
from sync.central.authoring.xform_paths import Terrain

KEY: Final = re.compile(r"\S{1,200}")
TITLE: Final = WordsKey("f:title")
PART_LIMIT: Final = 200  # texts and expressions in one saying
ENDINGS: Final = {"label": "", "hint": ":h", "guidance": ":g", "constraint": ":c", "required": ":r"}
_PLAIN_FORMS: Final = ("", "long", "short")
_MEDIA: Final = frozenset({"image", "big-image", "audio", "video"})
_UNNAMED: Final = Translation("default", default=True, texts={})


class Speech:
    """The words of one form while they are gathered."""

    def __init__(self, xform: XForm, terrain: Terrain, report: Report) -> None:
        self.terrain = terrain
        self.report = report
        self.translations = xform.translations[: vocabulary.LANGUAGES_AT_MOST] or (_UNNAMED,)
        if len(xform.translations) > vocabulary.LANGUAGES_AT_MOST:
            report.refuse("/", "itext", "too-long", "languages", limit=len(xform.translations))
        self.tags = _tags(self.translations)
        by_default = [tag for tag, one in zip(self.tags, self.translations, strict=True) if one.default]
        self.default = by_default[0] if by_default else self.tags[0]
        self.words: dict[LanguageTag, dict[WordsKey, Words]] = {tag: {} for tag in self.tags}
        names = [spot.name for spot in terrain.grown.spots]
        self.shared = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()

    def languages(self) -> tuple[Language, ...]:
        """Return the languages in the order of the form."""
        return tuple(
            Language(tag, translation.lang or _UNNAMED.lang, direction(tag), checked=True, fallback=None, sound="none")
            for tag, translation in zip(self.tags, self.translations, strict=True)
        )

    def key(self, at: int, part: str) -> WordsKey:
        """Return the key of a node's words."""
        spot = self.terrain.grown.spots[at]
        name = spot.path.split("/", 2)[-1] if spot.name in self.shared else spot.name
        key = f"t:{name}{ENDINGS[part]}"
        return WordsKey(key if KEY.fullmatch(key) else f"t:{at}{ENDINGS[part]}")

    def of_node(self, said: Saying, at: int, part: str, forms: tuple[str, ...] = _PLAIN_FORMS) -> WordsKey | None:
        """Return the key of these words of a node, or None where there are none."""
        key = self.key(at, part)
        return key if said and self.say(key, said, at, part, forms) else None

    def message(self, written: str, at: int, part: str) -> WordsKey | None:
        """Return the key of a message that stands in an attribute: words, or a call of jr:itext()."""
        written = plain(written)
        if written.startswith("jr:itext("):
            return self.of_node(Saying((), written), at, part)
        return self.of_node(Saying((written,)) if written else Saying(), at, part)

    def say(self, key: WordsKey, said: Saying, at: int, part: str, forms: tuple[str, ...] = _PLAIN_FORMS) -> bool:
        """Put these words under a key in every language that has them; False where nothing came of it."""
        try:
            for tag, words in self.in_languages(said, at, part, forms):
                if any(not isinstance(one, str) or one.strip() for one in words):
                    self.words[tag][key] = words
        except UnresolvedError as wrong:
            self.report.refuse(self.path(at), part, wrong.code, wrong.reading, **wrong.facts)
        except ExpressionError as wrong:
            self.report.wrong(self.path(at), part, said.ref, wrong)
        return self.completed(key, at, part)

    def completed(self, key: WordsKey, at: int, part: str) -> bool:
        """Lend the default language words that it lacks; False where no language has any."""
        if key in self.words[self.default]:
            return True
        lender = next((words[key] for words in self.words.values() if key in words), None)
        if lender is None:
            return False
        if self.report.profile:
            name = self.translations[self.tags.index(self.default)].lang
            self.report.refuse(self.path(at), part, "no-words", "", language=name)
        self.words[self.default][key] = lender
        return True

    def path(self, at: int) -> str:
        """Return the path of a node."""
        return self.terrain.grown.spots[at].path

    def in_languages(
        self, said: Saying, at: int, part: str, forms: tuple[str, ...]
    ) -> Iterator[tuple[LanguageTag, Words]]:
        """Yield the words in each language. Raises UnresolvedError or ExpressionError."""
        if said.parts:
            yield self.default, self.resolved(said, at)
            return
        spoken = None if said.text_id else expression(said.ref)
        name = said.text_id if spoken is None else _text_id(spoken)
        if spoken is not None and name is None:
            made = self.terrain.settled(spoken, at)
            yield from ((tag, (made,)) for tag in self.tags)
            return
        for tag, translation in zip(self.tags, self.translations, strict=True):
            held = translation.texts.get(name or "", {})
            self.files(held, at, part)
            found = next((held[form] for form in forms if held.get(form)), None)
            if found is not None:
                yield tag, self.resolved(found, at)

    def files(self, held: Mapping[str, Saying], at: int, part: str) -> None:
        """Refuse, or remark on, sounds and pictures, which an XForm alone cannot bring."""
        for form in sorted(_MEDIA.intersection(held)):
            name = "".join(one for one in held[form].parts if isinstance(one, str))
            self.report.odd(self.path(at), part, "missing-file", "xform", name=name[:120])

    def resolved(self, said: Saying, at: int) -> Words:
        """Return text and expressions. Raises UnresolvedError or ExpressionError."""
        if len(said.parts) > PART_LIMIT:
            raise UnresolvedError("too-long", "cell", limit=PART_LIMIT)
        return tuple(self.terrain.read(one.expression, at) if isinstance(one, Output) else one for one in said.parts)

    def looked_up(self) -> None:
        """Put the texts that expressions look up by id under these very ids."""
        wanted = self.terrain.looks.texts
        every = {name for translation in self.translations for name in translation.texts}
        for name in sorted(every if "" in wanted else every & wanted):
            if KEY.fullmatch(name):
                self.say(WordsKey(name), Saying(text_id=name), 0, "itext")


def _tags(translations: tuple[Translation, ...]) -> tuple[LanguageTag, ...]:
    """Return a tag for each language: the code in its name, the name if it is one, else a private one."""
    found: list[str] = []
    private = (f"q{first}{second}" for first in ascii_lowercase[:20] for second in ascii_lowercase)
    for translation in translations:
        match = vocabulary.LANGUAGE.fullmatch(translation.lang)
        tag = match["tag"] if match else translation.lang
        if not TAG_PATTERN.fullmatch(tag) or tag in found:
            tag = next(one for one in private if one not in found)
        found.append(tag)
    return tuple(LanguageTag(tag) for tag in found)


def _text_id(spoken: Expr) -> str | None:
    """Return the id that jr:itext() is called with, if that is known before running."""
    return _constant(spoken.arguments[0]) if isinstance(spoken, Call) and spoken.name == "jr:itext" else None


def _constant(value: Expr) -> str | None:
    if isinstance(value, TextLiteral):
        return value.text
    if isinstance(value, Call) and value.name == "concat":
        parts = [_constant(argument) for argument in value.arguments]
        return None if None in parts else "".join(part for part in parts if part is not None)
    return None
