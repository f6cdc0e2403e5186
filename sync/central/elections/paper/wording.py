"""The words on sheets, in the language of whoever reads them.

Rule 1: a sentence that a kiosk says as well is taken from the kiosk's own catalogue, so that both say the same.
Rule 2: what only paper says stands in assets/paper/<language>.toml; a sentence that neither has is said in English.
Rule 3: facts are kept apart from the words around them, so that numbers and names keep their order everywhere.
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from models.canonical import ENGLISH, LanguageTag
from models.counting.words import Sentence
from models.election.definition import Definition
from sync.central.elections.paper.ink import is_rtl
from sync.central.elections.paper.pictures import ASSETS

_SCREENS: Final = ("booth", "board", "result", "count", "council")
"""The screens whose sentences paper may share."""


def say(tag: str, text: str, **facts: object) -> str:
    """Return a sentence in a language, with its {facts} filled in."""
    shown = {name: f"\u2068{fact}\u2069" for name, fact in facts.items()} if is_rtl(tag) else facts
    return translated(tag, text).format(**shown)


def sentence(tag: str, one: Sentence) -> str:
    """Return a sentence about a count in a language."""
    return say(tag, one.text, **one.facts)


def translated(tag: str, text: str) -> str:
    """Return the text in a language, or as it is in English."""
    if tag == ENGLISH:
        return text
    own, catalogue = _held(tag)
    if text in own:
        return own[text]
    for screen in _SCREENS if catalogue else ():
        found = catalogue.pgettext(screen, text) if catalogue else text
        if found != text:
            return found
    return text


def of(words: Mapping[LanguageTag, str], tag: str) -> str:
    """Return what somebody wrote in several languages, in this one or in English."""
    return words.get(LanguageTag(tag)) or words[ENGLISH]


def languages(definition: Definition) -> tuple[str, ...]:
    """Return the languages that an election is written in: those of its title, English first."""
    return (ENGLISH, *sorted(tag for tag in definition.title if tag != ENGLISH))


@lru_cache(32)
def _held(tag: str) -> tuple[Mapping[str, str], gettext.NullTranslations | None]:
    base = tag.split("-", maxsplit=1)[0]
    if not base.isalnum():
        return {}, None
    own, compiled = ASSETS / "paper" / f"{base}.toml", ASSETS / "locale" / base / "kiosk.mo"
    words = tomllib.loads(own.read_text(encoding="utf-8"))["words"] if own.is_file() else {}
    if not compiled.is_file():
        return words, None
    with compiled.open("rb") as stream:
        return words, gettext.GNUTranslations(stream)
