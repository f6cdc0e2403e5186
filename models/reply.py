"""A reply to one person: what the code opens, and nobody else can read.

Rule 1: a reply is canonical JSON inside its seal; only bytes that this file would write are read.
Rule 2: it is there in English, the language of last resort; the language of the suggestion is welcome.
Rule 3: the author is a role; nothing says what was written, by whom, or on which wing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models.canonical import (
    Fields,
    LanguageTag,
    UnreadableContentError,
    canonical_json,
    read_canonical_json,
    texts_by_language,
)

LETTERS: Final = 900
"""Of a text in one language: three pages of the kiosk at the most."""
REPLY_LIMIT_BYTES: Final = 4_094


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers to one person, by language; `by` is a role, `day` that of writing."""

    text: Mapping[LanguageTag, str] = field(repr=False)
    by: str
    day: date


def reply_bytes(reply: Reply) -> bytes:
    """Return the one spelling of a reply; `read_reply` gives the same reply back."""
    return canonical_json({"format": 1, "text": dict(reply.text), "by": reply.by, "day": reply.day.isoformat()})


def read_reply(unverified: bytes) -> Reply:
    """Return the reply these bytes spell, or raise UnreadableContentError; the only way in."""
    fields = Fields(read_canonical_json(unverified, REPLY_LIMIT_BYTES), "reply")
    fields.whole("format", 1, 1)
    reply = Reply(text=texts_by_language(fields, "text"), by=fields.text("by"), day=fields.day("day"))
    fields.close()
    if any(len(text) > LETTERS for text in reply.text.values()):
        raise UnreadableContentError(f"reply.text is longer than {LETTERS} letters")
    return reply
