"""The long pseudo-language: English made about two fifths longer by rule, so that what would not fit shows itself.

1. Every vowel comes twice and with an accent; brackets stand at both ends, so that a cut text is seen at once.
2. {facts}, digits and what is no letter stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from models.questionnaire import LanguageTag

LONG: Final = LanguageTag("qps")
_FACT: Final = re.compile(r"(\{[^}]*\})")
_TWICE: Final = str.maketrans(
    {vowel: accented * 2 for vowel, accented in zip("aeiouyAEIOUY", "åéîôûŷÅÉÎÔÛŶ", strict=True)}
)


def longer(text: str) -> str:
    """Return a text as the long pseudo-language has it; blank stays blank."""
    if not text.strip():
        return text
    parts = _FACT.split(text)
    return f"[{''.join(part if part.startswith('{') else part.translate(_TWICE) for part in parts)}]"


class LongWords:
    """A catalogue of the long pseudo-language, as gettext would have one."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the sentence, longer."""
        return longer(message)
