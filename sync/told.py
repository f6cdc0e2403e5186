"""A sentence for staff before anybody has said it: its plain English with {facts}, the facts, and a fault's number.

Rule 1: this room knows no languages: whoever shows a sentence finds its words by its English.
Rule 2: facts are ids, counts and versions; never an answer, never a person.
Rule 3: what was kept by an older program, as plain words, is still a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.errors import WingVoiceError

NO_FAULT: Final = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence; `str()` says it in English. `number` is the error's for staff to read out, or NO_FAULT."""

    sentence: str
    facts: tuple[tuple[str, str | int], ...] = ()
    number: int = NO_FAULT

    def __str__(self) -> str:
        return self.sentence.format(**dict(self.facts))


def told(sentence: str, **facts: str | int) -> Told:
    """Return a sentence of ours with its facts."""
    return Told(sentence, tuple(facts.items()))


def told_of(error: WingVoiceError) -> Told:
    """Return what an error says."""
    facts = ((name, fact if isinstance(fact, int) else str(fact)) for name, fact in error.facts.items())
    return Told(error.sentence, tuple(facts), error.number)


def in_english(sentences: Iterable[Told]) -> str:
    """Return all of them in English, none twice."""
    return " ".join(dict.fromkeys(str(one) for one in sentences))


def write_told(sentences: Iterable[Told]) -> str:
    """Return the sentences as text that read_told reads."""
    return json.dumps([[one.sentence, dict(one.facts), one.number] for one in sentences], ensure_ascii=False)


def read_told(kept: str) -> tuple[Told, ...]:
    """Return what write_told wrote; any other words are one sentence as it stands."""
    try:
        return tuple(Told(sentence, tuple(facts.items()), number) for sentence, facts, number in json.loads(kept))
    except (ValueError, TypeError, AttributeError):
        return (Told("{words}", (("words", kept),)),) if kept else ()
