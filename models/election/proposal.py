"""What an election says beside who stands: a proposal with its two sides, how to reach people, whom to tell outside.

Rule 1: a proposal is whole or refused: what it says, what speaks for it and against it, what it costs, who decides.
Rule 2: both sides have the same limits, so that neither gets more room than the other.
Rule 3: every language of the election has all of it; what is missing is named by contest, field and language.
Rule 4: a definition without any of this has the bytes that it had before there was any.
Source: elections.md 1.6, 2 and 6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from models.canonical import Fields, LanguageTag, UnreadableContentError, texts_by_language

Texts = Mapping[LanguageTag, str]
TEXT_MOST: Final = 600
REASONS_MOST: Final = 4
"""On each side; at least one."""
REASON_MOST: Final = 200
REACH_MOST: Final = 200
OUTSIDE_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is asked for, by language: the proposal, reasons for and against it, its cost, and who decides when."""

    text: Texts
    reasons_for: tuple[Texts, ...]
    reasons_against: tuple[Texts, ...]
    cost: Texts
    decides: Texts

    @property
    def parts(self) -> Iterator[tuple[str, Texts]]:
        """Yield every text of it with the name of its field, in the order in which it is read."""
        yield "text", self.text
        for key, side in (("for", self.reasons_for), ("against", self.reasons_against)):
            yield from ((f"{key} {at}", one) for at, one in enumerate(side, 1))
        yield "cost", self.cost
        yield "decides", self.decides


def read_proposal(value: object, what: str) -> Proposal:
    """Return a proposal as a definition spells it, or raise UnreadableContentError; `what` names the contest."""
    fields = Fields(value, f"{what}.proposal")
    proposal = Proposal(
        text=short_texts(fields, "text", TEXT_MOST),
        reasons_for=_side(fields, "for"),
        reasons_against=_side(fields, "against"),
        cost=short_texts(fields, "cost", REASON_MOST),
        decides=short_texts(fields, "decides", REASON_MOST),
    )
    fields.close()
    return proposal


def spelled(proposal: Proposal) -> dict[str, object]:
    """Return a proposal as a definition spells it."""
    return {
        "text": dict(proposal.text),
        "for": [dict(one) for one in proposal.reasons_for],
        "against": [dict(one) for one in proposal.reasons_against],
        "cost": dict(proposal.cost),
        "decides": dict(proposal.decides),
    }


def short_texts(fields: Fields, key: str, most: int) -> dict[LanguageTag, str]:
    """Return texts by language of at most `most` characters each."""
    texts = texts_by_language(fields, key)
    for tag, text in texts.items():
        if len(text) > most:
            raise UnreadableContentError(f"{fields.what}.{key} is longer than {most} characters in {tag}")
    return texts


def check_languages(texts: Texts, tags: Collection[LanguageTag], what: str) -> None:
    """Refuse texts that lack a language of the election; none at all are none that lack one."""
    lacking = sorted(set(tags) - texts.keys()) if texts else []
    if lacking:
        raise UnreadableContentError(f"{what} has no words in {', '.join(lacking)}")


def _side(fields: Fields, key: str) -> tuple[Texts, ...]:
    listed = fields.items(key, REASONS_MOST)
    if not listed:
        raise UnreadableContentError(f"{fields.what}.{key} has no reason; both sides have at least one")
    every = Fields({str(at): one for at, one in enumerate(listed, 1)}, f"{fields.what}.{key}")
    return tuple(short_texts(every, str(at), REASON_MOST) for at in range(1, len(listed) + 1))
