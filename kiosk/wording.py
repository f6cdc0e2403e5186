"""The kiosk's own words, from gettext catalogues that somebody else has opened.

Rule 1: the msgid is the plain English sentence, and msgctxt is its screen; English is its own catalogue.
Rule 2: a sentence that a catalogue lacks is said in English and tagged so: never a blank.
Rule 3: in a language read from right to left, words put into a sentence are isolated, so that they keep their order.
Rule 4: no file is opened here; catalogues and language files are arguments.
Rule 5: a fact is a number, a text that somebody published, or a Said; one without clips makes its sentence silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Final, Protocol

from kiosk.presenters.doors import KioskLanguage
from kiosk.presenters.shown import Direction, Heard, Said, aloud
from models.clips import clip_keys, number_keys, sentences

FALLBACK: Final = "en"


class Catalogue(Protocol):
    """What is used of gettext.GNUTranslations: it gives the msgid back where it has no translation."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of `message` on the screen `context`."""


def read_language(tag: str, unverified: Mapping[str, object]) -> KioskLanguage:
    """Return what assets/locale/<tag>/language.toml says; RuntimeError if it lacks a name or a direction."""
    name, direction = unverified.get("name"), unverified.get("direction")
    if not isinstance(name, str) or direction not in ("ltr", "rtl"):
        msg = f"language {tag}: name or direction is missing"
        raise RuntimeError(msg)
    checked = tag == FALLBACK or bool(unverified.get("checked_by"))
    return KioskLanguage(tag=tag, name=name, direction="rtl" if direction == "rtl" else "ltr", checked=checked)


class Wording:
    """Says the kiosk's own sentences in any of its languages."""

    def __init__(self, languages: tuple[KioskLanguage, ...], catalogues: Mapping[str, Catalogue]) -> None:
        self.languages = languages
        self._by_tag = {language.tag: language for language in languages}
        self._catalogues = dict(catalogues)

    def say(self, context: str, msgid: str, tag: str, **facts: object) -> Said:
        """Return the sentence in the language `tag`, with its {facts} filled in."""
        catalogue, language = self._catalogues.get(tag), self._by_tag.get(tag)
        words = msgid if catalogue is None else catalogue.pgettext(context, msgid)
        if language is None or (words == msgid and tag != FALLBACK):
            return _filled(msgid, FALLBACK, "ltr", facts)
        return _filled(words, tag, language.direction, facts)


def _filled(words: str, tag: str, direction: Direction, facts: Mapping[str, object]) -> Said:
    if not facts:
        return aloud(words.format(), tag, direction)
    shown = {name: fact.text if isinstance(fact, Said) else fact for name, fact in facts.items()}
    fitted = shown if direction == "ltr" else {name: _isolated(fact) for name, fact in shown.items()}
    return Said(words.format(**fitted), tag, direction, _heard(words, tag, facts))


def _heard(words: str, tag: str, facts: Mapping[str, object]) -> tuple[Heard, ...]:
    """Speak the fixed parts and the facts one after the other; nothing at all where a fact cannot be spoken."""
    clips: list[Heard] = []
    for part, name, _, _ in Formatter().parse(words):
        clips += [Heard(clip) for clip in clip_keys(tag, part)]
        fact = "" if name is None else facts[name]
        if isinstance(fact, Said):
            if not fact.clips and sentences(fact.text):
                return ()
            clips += fact.clips
        else:
            keys = number_keys(tag, fact) if isinstance(fact, int) else clip_keys(tag, str(fact))
            clips += [Heard(clip) for clip in keys]
    return tuple(clips)


def _isolated(fact: object) -> object:
    return f"\u2068{fact}\u2069" if isinstance(fact, str) else fact
