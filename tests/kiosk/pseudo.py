"""The long pseudo-language: English made two fifths longer by rule, so that what would not fit shows itself.

1. Vowels have accents, and come twice until the text is long enough; brackets at both ends show a text that is cut.
2. {facts}, digits and what is no letter stay as they are.
3. Names of pictures are one word each, chosen in every language to fit below their picture: they do not grow.
"""

from __future__ import annotations

import re
from typing import Final

from models.questionnaire import LanguageTag

LONG: Final = LanguageTag("qps")
_FACT: Final = re.compile(r"(\{[^}]*\})")
_ACCENTED: Final = dict(zip("aeiouyAEIOUY", "åéîôûŷÅÉÎÔÛŶ", strict=True))
_WITH_ACCENTS: Final = str.maketrans(_ACCENTED)
_BRACKETS: Final = 2
_GROWTH: Final = 0.45


def longer(text: str) -> str:
    """Return a text as the long pseudo-language has it; blank stays blank."""
    if not text.strip():
        return text
    parts = _FACT.split(text)
    letters = sum(len(part) for part in parts if not part.startswith("{"))
    left = round(letters * _GROWTH) - _BRACKETS
    grown = []
    for part in parts:
        if part.startswith("{"):
            grown.append(part)
            continue
        for letter in part:
            accented = _ACCENTED.get(letter, letter)
            twice = letter in _ACCENTED and left > 0
            left -= twice
            grown.append(accented * 2 if twice else accented)
    return f"[{''.join(grown)}]"


class LongWords:
    """A catalogue of the long pseudo-language, as gettext would have one."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the sentence, longer."""
        return message.translate(_WITH_ACCENTS) if context in ("picture", "kind") else longer(message)
